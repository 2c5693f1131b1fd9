import API
import Containers
import Model
import Support
import Tools
import Value

extension Verb {
    /// `kubectl exec`.
    static let exec: Verb = {
        var verb = Verb("exec", summary: "Run a command in a container")
        verb.usage = "(POD | TYPE/NAME) [-c CONTAINER] [flags] -- COMMAND [args…]"
        verb.examples = [
            "exec web-0 -- hostname", "exec deploy/web -c nginx -- cat /etc/resolv.conf",
            "exec -it web-0 -- sh",
        ]
        verb.flags = [
            Flag("container", "c", .string, "the container; the first one where none is given"),
            Flag("filename", "f", .strings, "a manifest that names the pod"),
            Flag("stdin", "i", .bool, "give the command standard input"),
            Flag("tty", "t", .bool, "a terminal: a shell shows its prompt"),
            Flag("quiet", "q", .bool, "print the command's output only"),
            Flag(
                "pod-running-timeout", nil, .duration, "how long to wait for a running pod",
                standard: "1m0s"),
        ]
        verb.completes = .names("pods")
        verb.advancesTime = true
        verb.run = { call in try Exec(call: call).run() }
        return verb
    }()
}

/// One run of `kubectl exec`. Source of rules and texts: kubectl's exec command.
private struct Exec {
    let call: VerbCall
    var flags: FlagValues { call.flags }

    func run() throws {
        let cut = call.argumentsBeforeDashes
        let hasFile = flags.has("filename")
        if cut == nil, call.arguments.count > 1 || !call.arguments.isEmpty && hasFile {
            throw call.usageError(
                "exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead"
            )
        }
        let name = cut == 0 ? nil : call.arguments.first
        if name == nil, !hasFile {
            throw VerbError.message("pod, type/name or --filename must be specified")
        }
        let words = Array(call.arguments.dropFirst(cut ?? call.arguments.count))
        if words.isEmpty {
            throw VerbError.message("you must specify at least one command for the container")
        }
        let pod = try find(name)
        try call.require(
            Access(
                "create", pod.info, namespace: pod.namespace, name: pod.name, subresource: "exec"),
            pod.info)
        let phase = PodView(pod.value).phase
        if phase == "Succeeded" || phase == "Failed" {
            throw VerbError.message(
                "cannot exec into a container in a completed pod; current phase is \(phase)")
        }
        let container = try PodTarget.container(
            flags.string("container"), of: pod, isQuiet: flags.bool("quiet"), call)
        if PodView(pod.value).nodeName.isEmpty {
            throw VerbError.api(.badRequest("pod \(pod.name) does not have a host assigned"), nil)
        }
        try ContainerSession(
            call: call, hasInput: flags.bool("stdin"), isTerminal: flags.bool("tty")
        ).run(words, in: PodTarget(pod: pod, container: container).target)
    }

    /// The pod, waited for where it does not run yet and is named by what it belongs to.
    private func find(_ name: String?) throws -> FoundObject {
        let found = try call.find(name.map { [call.podReference($0)] } ?? [])
        try call.fail(found.errors)
        guard found.objects.count == 1, let object = found.objects.first else {
            throw VerbError.message("cannot exec into multiple objects at a time")
        }
        if object.info.kind == .pod { return object }
        let limit = flags.milliseconds("pod-running-timeout") ?? 60_000
        _ = try call.context.reaches(limit: limit) {
            (try? PodTarget.pod(of: object, call)) != nil
        }
        return try PodTarget.pod(of: object, call)
    }
}

/// A command in a container with the streams of a verb: runs it, lets the world's time pass while it sleeps,
/// and reads what is typed where it is a shell at a terminal.
struct ContainerSession {
    let call: VerbCall
    let hasInput: Bool
    let isTerminal: Bool

    private var context: VerbContext { call.context }

    /// Runs a command in a container. Throws what kubectl says of an exit code that is not 0.
    func run(_ words: [String], in target: ContainerTarget) throws {
        let output = context.output
        let streams = ShellStreams(
            input: hasInput ? input() : ToolInput(),
            output: ToolOutput { output.write(String(decoding: $0, as: UTF8.self)) },
            error: ToolOutput { [isTerminal] piece in
                let text = String(decoding: piece, as: UTF8.self)
                // A terminal has one stream.
                if isTerminal { output.write(text) } else { output.error(text) }
            })
        let execution: ContainerExecution
        let containers = try context.world().containers
        do throws(ContainerProblem) {
            execution = try containers.execute(
                words, in: target, streams: streams, isTerminal: isTerminal)
        } catch {
            throw call.failure(error)
        }
        defer { execution.end() }
        // What was to be worked out up to now is not, where the user asked to stop.
        if StopRequest.isMade { throw ClusterError.interrupted }
        if hasInput, isTerminal, ContainerExecution.isPrompt(words, in: execution.space) {
            execution.beginPrompt()
            return try report(PromptReader(session: self, execution: execution).run())
        }
        try report(try drive(execution))
    }

    private func input() -> ToolInput {
        var isRead = false
        let read = context.input
        return ToolInput(pieces: {
            if isRead { return nil }
            isRead = true
            return Array(read().utf8)
        })
    }

    /// Lets a command go on to its end; answers its status.
    func drive(_ execution: ContainerExecution) throws -> Int32 {
        let begin = context.clock.now
        while true {
            switch execution.resume(at: context.clock.now) {
            case .done(let status): return status
            case .waiting(let instant):
                let end = begin + VerbContext.waitLimit
                if context.clock.standsStill, instant > context.clock.now {
                    throw VerbError.message(
                        "a deferred block acts within one instant: nothing can sleep in it")
                }
                try context.run(until: min(instant, end))
                if context.clock.now >= end {
                    execution.machine.kill(status: 124)
                    throw VerbError.message(
                        "the command did not end within 1h of virtual time; `timeout 60 …` in front of it "
                            + "ends it sooner")
                }
            }
        }
    }

    /// Source: kubectl's cmdutil.checkErr and the remote command's exit codes.
    private func report(_ status: Int32) throws {
        guard status != 0 else { return }
        context.output.error("command terminated with exit code \(status)\n")
        throw VerbError.exit(status)
    }
}

/// A shell in a container whose commands are typed.
struct PromptReader {
    let session: ContainerSession
    let execution: ContainerExecution

    private var context: VerbContext { session.call.context }

    /// Reads and runs lines until `exit` or the end of input; answers the shell's status.
    func run() throws -> Int32 {
        let lines = source()
        var text = ""
        while true {
            let prompt = text.isEmpty ? execution.prompt : "> "
            switch lines(session.isTerminal ? prompt : "") {
            case .interrupted:
                text = ""
                context.session.forgetInterruption()
                continue
            case .end: return execution.machine.state.status
            case .line(let line):
                text += text.isEmpty ? line : "\n" + line
            }
            guard execution.take(text) else { continue }
            text = ""
            do {
                let status = try session.drive(execution)
                if execution.machine.hasQuit || !execution.isAlive { return status }
            } catch ClusterError.interrupted where context.session.typedLine != nil {
                // Ctrl-C ends what runs, not the shell.
                context.session.forgetInterruption()
                execution.machine.kill(status: 130)
            }
        }
    }

    /// Where lines come from: the keyboard, or the text that follows in a script, which is shown as a terminal
    /// would show it.
    private func source() -> (String) -> TypedLine {
        if let typed = context.session.typedLine { return typed }
        var rest = Substring(context.input())
        let output = session.isTerminal ? context.output : VerbOutput { _, _ in }
        return { prompt in
            guard !rest.isEmpty else {
                // The lines of a script end with `exit`.
                output.write("\(prompt)exit\n")
                return .end
            }
            let line = rest.prefix { $0 != "\n" }
            rest = rest.dropFirst(line.count + 1)
            output.write("\(prompt)\(line)\n")
            return .line(String(line))
        }
    }
}
