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

        /// In the form that nginx and httpd call combined, as nginx's image has it.
        var text: String {
            return
                "\(client) - - [\(AccessLog.time(time))] \"\(method) \(target) HTTP/1.1\" \(status) "
                + "\(size) \"-\" \"\(agent)\" \"-\""
        }
    }

    /// `01/Jan/2025:00:00:05 +0000`
    static func time(_ worldTime: Milliseconds) -> String {
        let time = Timestamp(worldTime: worldTime).calendar
        return "\(two(time.day))/\(WebDate.months[time.month - 1])/\(time.year):\(two(time.hour)):"
            + "\(two(time.minute)):\(two(time.second)) +0000"
    }

    /// `2025/01/01 00:00:05`
    static func errorTime(_ worldTime: Milliseconds) -> String {
        let time = Timestamp(worldTime: worldTime).calendar
        return "\(time.year)/\(two(time.month))/\(two(time.day)) \(two(time.hour)):"
            + "\(two(time.minute)):\(two(time.second))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

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
