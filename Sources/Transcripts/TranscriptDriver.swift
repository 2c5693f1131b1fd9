import Session
import Tools
import Value

/// Runs transcripts: every session line in order, against a world of its own.
package struct TranscriptDriver {
    private let matcher: TranscriptMatcher
    private let makeWorld: (_ nodes: [String]) throws -> any TranscriptWorld

    /// - Parameters:
    ///   - matcher: how outputs are compared.
    ///   - makeWorld: builds a clean cluster with these nodes, all Ready.
    package init(
        matcher: TranscriptMatcher = TranscriptMatcher(),
        makeWorld: @escaping (_ nodes: [String]) throws -> any TranscriptWorld
    ) {
        self.matcher = matcher
        self.makeWorld = makeWorld
    }

    /// Runs a case. A case that needs an API which 1.32 lacks is not run.
    package func run(_ transcript: TranscriptCase) -> TranscriptRun {
        var run = TranscriptRun(transcript: transcript)
        if let exclusion = TextRules.exclusion(of: transcript) {
            run.exclusion = exclusion
            return run
        }
        do {
            let world = try makeWorld(transcript.nodeNames)
            var session = TranscriptSession(transcript: transcript, world: world, matcher: matcher)
            try session.prepare()
            for step in transcript.steps {
                do {
                    try session.perform(step)
                } catch {
                    run.failure = "line \(step.line): \(error)"
                    break
                }
            }
            run.results = session.results
        } catch {
            run.failure = "\(error)"
        }
        return run
    }
}

/// One session under way.
private struct TranscriptSession {
    let transcript: TranscriptCase
    let world: any TranscriptWorld
    let matcher: TranscriptMatcher
    let folder = MemoryFolder()
    var results: [TranscriptResult] = []
    private var background: BackgroundCommand?

    init(transcript: TranscriptCase, world: any TranscriptWorld, matcher: TranscriptMatcher) {
        self.transcript = transcript
        self.world = world
        self.matcher = matcher
    }

    func prepare() throws {
        for file in transcript.files { try folder.place(file.text, at: file.path) }
    }

    mutating func perform(_ step: TranscriptStep) throws {
        world.began(step.action.line)
        switch step.action {
        case .settle: world.settleAsRecorder()
        case .sleep(let milliseconds): world.sleep(milliseconds: milliseconds)
        case .addNode(let name): try world.addNode(name)
        case .removeNode(let name): try world.removeNode(name)
        case .failNode(let name): try world.failNode(name)
        case .recoverNode(let name): try world.recoverNode(name)
        case .background(let command):
            let started = BackgroundCommand(command, world: world)
            started.start(in: folder)
            background = started
        case .foreground(let expected):
            let run = background?.collect(in: folder) ?? ShellRun(terminal: "", exitStatus: 0)
            // The command was stopped, so that its exit status says nothing.
            record(step, background?.commandLine ?? "", run.terminal, 0, expected)
            background = nil
        case .command(let command, let expected):
            let run = Shell(folder: folder, host: TranscriptHost(world: world)).run(command)
            record(step, command, run.terminal, run.exitStatus, expected)
        }
    }

    private mutating func record(
        _ step: TranscriptStep, _ command: String, _ output: String, _ exitStatus: Int32,
        _ expected: ExpectedOutput
    ) {
        let verdict = matcher.compare(
            expected, output: output, exitStatus: exitStatus,
            context: TextRule.Context(command: command, files: transcript.files))
        results.append(
            TranscriptResult(
                number: results.count + 1, line: step.line, command: command, output: output,
                exitStatus: exitStatus, verdict: verdict))
    }
}

/// Gives the shell kubectl and the world's clock.
private final class TranscriptHost: ShellHost {
    private let world: any TranscriptWorld

    init(world: any TranscriptWorld) { self.world = world }

    func run(_ invocation: ShellInvocation) -> ShellResult? {
        invocation.arguments[0] == "kubectl" ? world.runKubectl(invocation) : nil
    }

    func hasCommand(_ name: String) -> Bool { name == "kubectl" }

    var now: Timestamp { world.now }

    /// A replay is never interrupted.
    var isInterrupted: Bool { false }

    func sleep(milliseconds: Int64) { world.sleep(milliseconds: milliseconds) }
}

/// A command line that runs beside others. What it reads at once (`$(kubectl get …)`) runs when it
/// starts; the kubectl that goes on printing is started in the world, and the rest of the line sees
/// its output at the end.
private final class BackgroundCommand: ShellHost {
    let commandLine: String
    private let world: any TranscriptWorld
    private var finished: [ShellResult?] = []
    private var handle: Int?
    /// While collecting: the next of `finished` to hand out.
    private var replayed: Int?

    init(_ commandLine: String, world: any TranscriptWorld) {
        self.commandLine = commandLine
        self.world = world
    }

    func start(in folder: MemoryFolder) { _ = Shell(folder: folder, host: self).run(commandLine) }

    func collect(in folder: MemoryFolder) -> ShellRun {
        if let handle { finished.append(world.collectBackground(handle)) }
        replayed = 0
        return Shell(folder: folder, host: self).run(commandLine)
    }

    func run(_ invocation: ShellInvocation) -> ShellResult? {
        if let next = replayed {
            replayed = next + 1
            return next < finished.count ? finished[next] : ShellResult()
        }
        // What comes after the command that goes on is never reached: that one only ends by being
        // stopped.
        if handle != nil { return ShellResult() }
        guard invocation.arguments[0] == "kubectl" else {
            finished.append(nil)
            return nil
        }
        if Self.goesOn(invocation.arguments) {
            handle = world.startBackground(invocation)
            return ShellResult()
        }
        let result = world.runKubectl(invocation)
        finished.append(result)
        return result
    }

    func hasCommand(_ name: String) -> Bool { name == "kubectl" }

    var now: Timestamp { world.now }

    /// A replay is never interrupted.
    var isInterrupted: Bool { false }

    /// Time spent sleeping in the background is not the session's.
    func sleep(milliseconds: Int64) {}

    private static func goesOn(_ arguments: [String]) -> Bool {
        let watches = ["-w", "--watch", "--watch=true", "--watch-only", "--watch-only=true"]
        if arguments.contains(where: { watches.contains($0) }) { return true }
        let verbs = arguments.dropFirst().filter { !$0.hasPrefix("-") }
        return verbs.first == "wait" || verbs.starts(with: ["rollout", "status"])
    }
}
