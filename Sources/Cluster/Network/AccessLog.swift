import Model
import Value

/// What servers noted of the requests they answered: of each container the last ones.
package struct AccessLog {
    /// Of how many requests each container keeps a line.
    static let linesOfContainer = 10_000

    struct Line {
        let time: Milliseconds
        let client: String
        let method: String
        let target: String
        let status: Int
        let size: Int
        let agent: String
        /// Which run of the container answered.
        let run: Int
    }

    private struct Subject: Hashable {
        let uid: String
        let container: String
    }

    private var lines: [Subject: [Line]] = [:]

    init() {}

    /// Notes a request, where the container's server is one that keeps such a log.
    mutating func note(
        _ request: ServerRequest, _ answer: ServerAnswer, at time: Milliseconds,
        _ place: ContainerPlace
    ) {
        guard place.plan.listening.server?.keepsAccessLog ?? false else { return }
        let subject = Subject(uid: place.work.uid, container: place.container)
        let agent = request.header("user-agent") ?? "-"
        lines[subject, default: []].append(
            Line(
                time: time, client: place.client, method: request.method, target: request.target,
                status: answer.status, size: answer.body.count, agent: agent,
                run: place.generation))
        // Half of them go at a time, so that a line costs the same however many there were.
        if lines[subject]!.count >= 2 * Self.linesOfContainer {
            lines[subject]!.removeFirst(Self.linesOfContainer)
        }
    }

    /// The lines of one run of a container, oldest first.
    func lines(uid: String, container: String, run: Int) -> [Line] {
        (lines[Subject(uid: uid, container: container)] ?? []).filter { $0.run == run }
    }
}
