import API
import Model
import Value

/// The log of one container, as a command reads it.
final class LogStream {
    private let call: VerbCall
    private let pod: FoundObject
    private let container: String
    private var flags: FlagValues { call.flags }
    /// Of the run that is read: how many of its lines were taken.
    private var taken: Int?
    private var run: Int?
    /// Bytes that were written.
    private var written = 0

    init(_ call: VerbCall, pod: FoundObject, container: String) {
        self.call = call
        self.pod = pod
        self.container = container
    }

    // MARK: Whether there is a log

    /// Throws what the API server and the kubelet say where there is none. Source: the pod registry's
    /// LogLocation and kubelet's validateContainerLogStatus.
    func check() throws(VerbError) {
        let value: Value
        do throws(APIError) {
            value = try call.context.client.get(.pod, namespace: pod.namespace, name: pod.name)
        } catch {
            throw .api(error, pod.info)
        }
        let view = PodView(value)
        if view.nodeName.isEmpty { throw refused("pod \(pod.name) does not have a host assigned") }
        try checkNode(view.nodeName)
        let status = view.status
        let all =
            status.containerStatuses + status.initContainerStatuses
            + value[.status].list("ephemeralContainerStatuses").map { ContainerStatusView($0) }
        let place = "container \"\(container)\" in pod \"\(pod.name)\""
        guard let found = all.first(where: { $0.name == container }) else {
            throw refused("\(place) is not available")
        }
        if flags.bool("previous") {
            if found.lastTerminated.isNull {
                throw refused("previous terminated \(place) not found")
            }
            return
        }
        guard !found.waiting.isNull, found.lastTerminated.isNull else { return }
        let reason = found.waiting.text(.reason)
        switch reason {
        case "ErrImagePull": throw refused("\(place) is waiting to start: image can't be pulled")
        case "ImagePullBackOff":
            throw refused("\(place) is waiting to start: trying and failing to pull image")
        default: throw refused("\(place) is waiting to start: \(reason)")
        }
    }

    private func refused(_ text: String) -> VerbError { .api(.badRequest(text), nil) }

    /// The API server asks the kubelet, which a dead or a lonely machine does not answer.
    private func checkNode(_ name: String) throws(VerbError) {
        guard let world = try? call.context.world(), let state = world.machine(name),
            state != .running,
            let node = try? call.context.client.get(.node, namespace: "", name: name)
        else { return }
        let address = "\(NodeView(node).address("InternalIP")):10250"
        throw .plain(
            "Error from server: Get \"https://\(address)/containerLogs/\(pod.namespace)/\(pod.name)/"
                + "\(container)\": dial tcp \(address): connect: no route to host")
    }

    // MARK: Lines

    /// What the container wrote, up to `horizon`.
    func log(until horizon: Milliseconds) throws(VerbError) -> ContainerLog? {
        try call.context.world().containerLog(
            ObjectKey(namespace: pod.namespace, name: pod.name), container: container,
            previous: flags.bool("previous"), until: horizon)
    }

    /// Writes the lines up to an instant that were not written yet; answers the time of the next one that
    /// is known, and whether more can come.
    ///
    /// - Parameter horizon: how far ahead lines are looked for.
    @discardableResult
    func write(
        until instant: Milliseconds, horizon: Milliseconds? = nil
    ) throws(VerbError) -> (next: Milliseconds?, isOver: Bool) {
        guard let log = try log(until: horizon ?? instant) else { return (nil, false) }
        if let run, run != log.run { return (nil, true) }
        run = log.run
        let due = log.lines.count { $0.time <= instant }
        let first = taken ?? start(in: log.lines[..<due])
        for line in log.lines[min(first, due)..<due] { write(line) }
        taken = max(due, first)
        let next = due < log.lines.count ? log.lines[due].time : nil
        return (next, log.ended.map { $0 <= instant } ?? false)
    }

    /// The first line that `--since`, `--since-time` and `--tail` leave.
    private func start(in lines: ArraySlice<LogLine>) -> Int {
        var first = 0
        if let since = flags.milliseconds("since"), since > 0 {
            // kubectl asks in whole seconds.
            let seconds = (since + 500) / 1_000
            let earliest = call.context.clock.now - seconds * 1_000
            first = lines.count { $0.time < earliest }
        } else if let time = Timestamp(parsing: flags.string("since-time")) {
            first = lines.count { $0.time < time.worldTime }
        }
        var tail = flags.int("tail")
        if tail == -1, !flags.isGiven("tail"), !flags.string("selector").isEmpty { tail = 10 }
        return tail < 0 ? first : max(first, lines.count - tail)
    }

    private func write(_ line: LogLine) {
        var text = line.text + "\n"
        if flags.bool("timestamps") { text = "\(Self.time(line.time)) \(text)" }
        let limit = flags.int("limit-bytes")
        if limit > 0 {
            if written >= limit { return }
            let room = limit - written
            if text.utf8.count > room {
                text = String(decoding: text.utf8.prefix(room), as: UTF8.self)
            }
        }
        written += text.utf8.count
        let isMarked = flags.bool("prefix") || flags.bool("all-pods")
        call.context.output.write(isMarked ? "[pod/\(pod.name)/\(container)] \(text)" : text)
    }

    /// Nine digits of a second, of which a world has three.
    private static func time(_ instant: Milliseconds) -> String {
        let stamp = Timestamp(worldTime: instant)
        let digits = String(stamp.millisecond)
        let fraction = String(repeating: "0", count: 3 - digits.count) + digits
        return String(stamp.text.prefix(19)) + ".\(fraction)000000Z"
    }
}

/// `kubectl logs -f`: goes on while containers write.
///
/// A simulated minute is over at once, and a container may write for ever: without `timeout` the command
/// ends after a minute of virtual time.
struct LogFollowing {
    private static let longest: Milliseconds = 60_000
    /// How often it is looked for what nobody can know ahead: an end, a request.
    private static let step: Milliseconds = 1_000

    let call: VerbCall
    let streams: [LogStream]
    private let end: Milliseconds

    init(_ call: VerbCall, _ streams: [LogStream]) {
        self.call = call
        self.streams = streams
        end = call.context.begin + (call.context.timeLimit ?? Self.longest)
    }

    func run() throws {
        let context = call.context
        var open: [LogStream] = []
        for stream in streams where try begin(stream) { open.append(stream) }
        while !open.isEmpty {
            let now = context.clock.now
            var next = now + Self.step
            open = try open.filter { stream in
                let state = try stream.write(until: now, horizon: end)
                if let due = state.next { next = min(next, due) }
                return !state.isOver
            }
            if open.isEmpty { return }
            if now >= end {
                if context.timeLimit == nil {
                    context.output.error(
                        "(followed for 1m of virtual time; `timeout 10m kubectl logs -f …` goes on for "
                            + "longer)\n")
                    return
                }
                throw VerbInterruption.timedOut
            }
            try context.run(until: min(next, end))
        }
    }

    /// Waits for a container that cannot be read yet, asking once a second. Answers whether it can.
    private func begin(_ stream: LogStream) throws -> Bool {
        let context = call.context
        let limit = context.clock.now + (call.flags.milliseconds("pod-running-timeout") ?? 20_000)
        while true {
            do throws(VerbError) {
                try stream.check()
                return true
            } catch {
                if call.flags.bool("ignore-errors") {
                    context.output.write("error: \(error.plainText)\n")
                    return false
                }
                guard case .api(let refusal, _) = error else { throw error }
                context.output.error("\(refusal.message)\n")
                guard context.clock.now + Self.step <= limit else {
                    throw VerbError.message("timed out waiting for the condition")
                }
            }
            try context.advance(by: Self.step)
        }
    }
}
