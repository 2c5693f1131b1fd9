import Language
import Tools
import Value

/// Runs transcripts: every session line in order, against a world of its own.
package struct TranscriptDriver {
    private let makeWorld: (_ transcript: TranscriptCase) throws -> any TranscriptWorld

    /// - Parameter makeWorld: builds the clean cluster that a case asks for, with its nodes Ready.
    package init(
        makeWorld: @escaping (_ transcript: TranscriptCase) throws -> any TranscriptWorld
    ) {
        self.makeWorld = makeWorld
    }

    /// Runs a case.
    package func run(_ transcript: TranscriptCase) -> TranscriptRun {
        var run = TranscriptRun(transcript: transcript)
        do {
            let world = try makeWorld(transcript)
            var session = TranscriptSession(transcript: transcript, world: world)
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
    let folder = MemoryFolder()
    var results: [TranscriptResult] = []
    private var background: BackgroundCommand?

    init(transcript: TranscriptCase, world: any TranscriptWorld) {
        self.transcript = transcript
        self.world = world
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
            let started = BackgroundCommand(command, world: world, folder: folder)
            try started.start()
            background = started
            world.sleep(milliseconds: RecorderPause.afterBackground)
        case .foreground(let expected):
            world.sleep(milliseconds: RecorderPause.beforeForeground)
            let text = try background?.collect() ?? ""
            // The command was stopped, so that its exit status says nothing.
            record(step, background?.commandLine ?? "", text, 0, expected)
            background = nil
        case .command(let command, let expected):
            let host = TranscriptHost(world: world, folder: folder)
            let status = try Shell(host: host).run(command)
            record(step, command, host.takeText(), status, expected)
        }
    }

    private mutating func record(
        _ step: TranscriptStep, _ command: String, _ output: String, _ exitStatus: Int32,
        _ expected: ExpectedOutput
    ) {
        let verdict = TranscriptMatcher.compare(
            expected, output: output, exitStatus: exitStatus)
        results.append(
            TranscriptResult(
                number: results.count + 1, line: step.line, command: command, output: output,
                exitStatus: exitStatus, verdict: verdict))
    }
}

/// What a session's commands see: kubectl, the world's clock and a folder. Keeps what they print.
private class TranscriptHost: CommandHost {
    let world: any TranscriptWorld
    let folder: MemoryFolder
    private var text = ""

    init(world: any TranscriptWorld, folder: MemoryFolder) {
        self.world = world
        self.folder = folder
    }

    /// What was printed since the last look.
    func takeText() -> String {
        defer { text = "" }
        return text
    }

    func hasCommand(_ word: String) -> Bool { word == "kubectl" }

    func run(_ call: CommandCall) -> Int32 { world.runKubectl(call, in: folder).replay(to: call) }

    func sleep(milliseconds: Int64) { world.sleep(milliseconds: milliseconds) }

    var sessionFiles: any ToolFiles { folder }

    var virtualMilliseconds: Int64 { (world.now - Timestamp.zero).milliseconds }

    /// A replay is never interrupted.
    var isInterrupted: Bool { false }

    func write(_ text: String) { self.text += text }
}

extension KubectlResult {
    /// Prints what was printed, and answers the status.
    fileprivate func replay(to call: CommandCall) -> Int32 {
        for chunk in chunks {
            (chunk.stream == .output ? call.output : call.error).write(chunk.text)
        }
        return exitStatus
    }
}

/// A command line that runs beside others. What it reads at once (`$(kubectl get …)`) runs when it
/// starts; the kubectl that goes on printing is started in the world, and the rest of the line sees
/// its output at the end.
private final class BackgroundCommand: TranscriptHost {
    let commandLine: String
    private var finished: [KubectlResult] = []
    private var handle: Int?
    /// While collecting: the next of `finished` to hand out.
    private var replayed: Int?

    init(_ commandLine: String, world: any TranscriptWorld, folder: MemoryFolder) {
        self.commandLine = commandLine
        super.init(world: world, folder: folder)
    }

    func start() throws { _ = try Shell(host: self).run(commandLine) }

    /// Ends the command; answers what it has printed.
    func collect() throws -> String {
        if let handle { finished.append(world.collectBackground(handle)) }
        replayed = 0
        _ = takeText()
        _ = try Shell(host: self).run(commandLine)
        return takeText()
    }

    override func run(_ call: CommandCall) -> Int32 {
        if let next = replayed {
            replayed = next + 1
            return next < finished.count ? finished[next].replay(to: call) : 0
        }
        // What comes after the command that goes on is never reached: that one only ends by being
        // stopped.
        if handle != nil { return 0 }
        if Self.goesOn(call.words) {
            handle = world.startBackground(call, in: folder)
            return 0
        }
        let result = world.runKubectl(call, in: folder)
        finished.append(result)
        return result.replay(to: call)
    }

    /// Time spent sleeping in the background is not the session's.
    override func sleep(milliseconds: Int64) {}

    private static func goesOn(_ words: [String]) -> Bool {
        let watches = ["-w", "--watch", "--watch=true", "--watch-only", "--watch-only=true"]
        if words.contains(where: { watches.contains($0) }) { return true }
        let verbs = words.filter { !$0.hasPrefix("-") }
        return verbs.first == "wait" || verbs.starts(with: ["rollout", "status"])
    }
}
