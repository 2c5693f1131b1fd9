import API
import Containers
import Model
import Support
import Tools
import Value

extension Verb {
    /// `kubectl attach`.
    static let attach: Verb = {
        var verb = Verb("attach", summary: "Attach to the process of a container")
        verb.usage = "(POD | TYPE/NAME) [-c CONTAINER] [flags]"
        verb.examples = ["attach shell -it", "attach web-0 -c side"]
        verb.flags = [
            Flag("container", "c", .string, "the container; the first one where none is given"),
            Flag("stdin", "i", .bool, "give the process standard input"),
            Flag("tty", "t", .bool, "a terminal: a shell shows its prompt"),
            Flag("quiet", "q", .bool, "print the process's output only"),
            Flag(
                "pod-running-timeout", nil, .duration, "how long to wait for a running pod",
                standard: "1m0s"),
            .idle(
                "detach-keys", .string, "Ctrl-D or `exit` ends the shell; nothing is detached from",
                standard: "ctrl-p,ctrl-q"),
        ]
        verb.completes = .names("pods")
        verb.advancesTime = true
        verb.run = { call in try attach(call) }
        return verb
    }()

    private static func attach(_ call: VerbCall) throws {
        guard let first = call.arguments.first else {
            throw VerbError.message("at least 1 argument is required for attach")
        }
        if call.arguments.count > 2 {
            throw VerbError.message(
                "expected POD, TYPE/NAME, or TYPE NAME, (at most 2 arguments) saw "
                    + "\(call.arguments.count): [\(call.arguments.joined(separator: " "))]")
        }
        let words = call.arguments.count == 2 ? call.arguments : [call.podReference(first)]
        guard let object = try call.findAll(words).first else { return }
        let pod = try PodTarget.pod(of: object, call)
        try call.require(
            Access(
                "create", pod.info, namespace: pod.namespace, name: pod.name, subresource: "attach"),
            pod.info)
        let phase = PodView(pod.value).phase
        if phase == "Succeeded" || phase == "Failed" {
            throw VerbError.message(
                "cannot attach a container in a completed pod; current phase is \(phase)")
        }
        let container: String
        do throws(VerbError) {
            container = try PodTarget.container(
                call.flags.string("container"), of: pod, isQuiet: call.flags.bool("quiet"), call)
        } catch {
            throw VerbError.message("cannot attach to the container: \(error.plainText)")
        }
        let session = AttachSession(
            call: call, hasInput: call.flags.bool("stdin"), isTerminal: call.flags.bool("tty"),
            isQuiet: call.flags.bool("quiet"))
        if object.info.kind != .pod {
            let limit = call.flags.milliseconds("pod-running-timeout") ?? 60_000
            try session.waitUntilRunning(pod, container, limit: limit)
        }
        try session.attach(PodTarget(pod: pod, container: container), from: nil)
    }
}

/// Somebody at the streams of a container's own process. Source of the texts: kubectl's attach command.
struct AttachSession {
    let call: VerbCall
    let hasInput: Bool
    let isTerminal: Bool
    let isQuiet: Bool

    private var context: VerbContext { call.context }

    /// How long a process may run that is attached to no longer than it takes kubectl to get there: then its
    /// output comes from the log.
    private static let connecting: Milliseconds = 1_000

    /// Attaches; comes back when the process ends, or where it reads nothing and does not end, when the world
    /// is at rest.
    ///
    /// - Parameter shown: how many lines of its output were shown before; nil: all that there are.
    func attach(_ place: PodTarget, from shown: Int?) throws {
        let containers = try context.world().containers
        let target = place.target
        let spec = Self.container(place)
        var isTerminal = isTerminal
        if isTerminal, !spec.flag(.tty) {
            isTerminal = false
            if !isQuiet {
                context.output.error(
                    "error: Unable to use a TTY - container \(place.container) did not allocate one\n"
                )
            }
        } else if spec.flag(.tty) {
            isTerminal = hasInput
        }
        sayHello()
        let output = context.output
        let sink = ToolOutput { output.write(String(decoding: $0, as: UTF8.self)) }
        let streams = ShellStreams(input: ToolInput(), output: sink, error: sink)
        let execution: ContainerExecution?
        do throws(ContainerProblem) {
            execution = try containers.attach(to: target, streams: streams)
        } catch {
            throw call.failure(error)
        }
        if let execution, hasInput {
            let reader = PromptReader(
                session: ContainerSession(call: call, hasInput: true, isTerminal: isTerminal),
                execution: execution)
            let status = try reader.run()
            containers.endShell(of: target, status: status)
            try context.advance(by: context.clock.standsStill ? 0 : 1)
        } else {
            let before = shown ?? containers.output(of: target, previous: false).count
            try context.follow()
            show(target, from: before)
        }
        if !isQuiet, hasInput, isTerminal { sayGoodbye(place) }
    }

    private func sayHello() {
        guard !isQuiet else { return }
        context.output.error(
            "All commands and output from this session will be recorded in container logs, including "
                + "credentials and sensitive information passed through the command prompt.\n"
                + "If you don't see a command prompt, try pressing enter.\n")
    }

    private func sayGoodbye(_ place: PodTarget) {
        let name = place.pod.name
        let command =
            "'kubectl attach \(name) -c \(place.container) -n \(place.pod.namespace) -i -t'"
        let isAdded = place.pod.value[.spec].list(.ephemeralContainers).contains {
            $0.text(.name) == place.container
        }
        context.output.line(
            isAdded
                ? "Session ended, the ephemeral container will not be restarted but may be reattached "
                    + "using \(command) if it is still running"
                : "Session ended, resume using \(command) command")
    }

    private static func container(_ place: PodTarget) -> Value {
        let spec = place.pod.value[.spec]
        return
            (spec.list(.containers) + spec.list(.initContainers)
            + spec.list(.ephemeralContainers)).first { $0.text(.name) == place.container } ?? .null
    }

    /// Shows the lines of a container's output after the first `count`; answers how many there are.
    @discardableResult
    func show(_ target: ContainerTarget, from count: Int) -> Int {
        guard let lines = try? context.world().containers.output(of: target, previous: false) else {
            return count
        }
        for line in lines.dropFirst(count) {
            context.output.write(line.text + (line.isWhole ? "\n" : ""))
        }
        return max(lines.count, count)
    }

    // MARK: A pod that was just made

    /// Waits until a container runs or has run, and attaches to it; one that ends at once is shown by its log.
    /// Source: kubectl run's handleAttachPod.
    func attachWhenRunning(_ pod: FoundObject, container: String, timeout: Milliseconds) throws {
        let client = context.client
        var state: Value = .null
        let isReached = try context.reaches(limit: timeout) {
            let status = try client.get(.pod, namespace: pod.namespace, name: pod.name)[.status]
            state = Self.state(of: container, status)
            return !state[.running].isNull || !state[.terminated].isNull
        }
        guard isReached else { throw VerbError.message("timed out waiting for the condition") }
        let newest = FoundObject(
            info: pod.info,
            value: try client.get(.pod, namespace: pod.namespace, name: pod.name))
        let place = PodTarget(pod: newest, container: container)
        let spec = Self.container(place)
        if hasInput, spec.flag(.stdin), isPrompt(spec) { return try attach(place, from: 0) }
        let isDone = try waitForEnd(of: place, limit: Self.connecting)
        if !isDone { sayHello() }
        var shown = show(place.target, from: 0)
        if isDone { return }
        let end = context.clock.now + VerbContext.waitLimit
        while context.clock.now < end {
            let isDone = try waitForEnd(of: place, limit: Self.connecting)
            shown = show(place.target, from: shown)
            if isDone { return }
        }
        throw VerbError.message("the command did not end within 1h of virtual time")
    }

    /// Waits until a container runs, or gives up and says so.
    func waitUntilRunning(_ pod: FoundObject, _ container: String, limit: Milliseconds) throws {
        let client = context.client
        let isRunning = try context.reaches(limit: limit) {
            let status = try client.get(.pod, namespace: pod.namespace, name: pod.name)[.status]
            return !Self.state(of: container, status)[.running].isNull
        }
        if !isRunning { throw VerbError.message("timed out waiting for the condition") }
    }

    private func isPrompt(_ spec: Value) -> Bool {
        let words =
            (spec[.command].elements + spec[.args].elements).compactMap(\.string)
        let shells = ["sh", "bash", "ash", "dash"]
        let image = ContainerImage(spec.text(.image))
        guard let first = (words.first ?? image.entryPoint.first)?.split(separator: "/").last else {
            return false
        }
        return shells.contains(String(first)) && words.count < 2
    }

    static func state(of container: String, _ status: Value) -> Value {
        let lists: [Key] = [
            .initContainerStatuses, .containerStatuses, .ephemeralContainerStatuses,
        ]
        return lists.flatMap { status.list($0) }.first { $0.text(.name) == container }?[.state]
            ?? .null
    }

    private func waitForEnd(of place: PodTarget, limit: Milliseconds) throws -> Bool {
        let client = context.client
        return try context.reaches(limit: limit) {
            let pod = try client.find(.pod, namespace: place.pod.namespace, name: place.pod.name)
            guard let pod else { return true }
            return !Self.state(of: place.container, pod[.status])[.terminated].isNull
        }
    }
}
