import API
import Cluster
import Language
import Tools
import Value
import Verbs

extension Session {
    package func hasCommand(_ word: String) -> Bool {
        word == "kubectl" || VerbRegistry.verb(word) != nil
    }

    package func run(_ call: CommandCall) throws -> Int32 { try run(call, block: nil) }

    package func run(_ call: CommandCall, body: () throws -> Void) throws -> Int32 {
        // The body runs while the command is in force, never after.
        try withoutActuallyEscaping(body) { body in try run(call, block: body) }
    }

    private func run(_ call: CommandCall, block: (() throws -> Void)?) throws -> Int32 {
        cluster.beginUserRequest()
        guard let block else {
            let code = try carryOut(call, block: nil)
            try checkInterrupt()
            return code
        }
        var hasRun = false
        let mayLeave = VerbRegistry.verb(call.words.first ?? "")?.blockMayLeave ?? false
        verbBlocks += mayLeave ? 0 : 1
        defer { verbBlocks -= mayLeave ? 0 : 1 }
        let code = try carryOut(call) {
            hasRun = true
            try block()
        }
        // A block that nothing ran must not pass for one in which everything held.
        if !hasRun, code == 0 {
            throw HostError(
                "`\(call.words.joined(separator: " "))` runs no block",
                hint: CommandCheck.blockHint)
        }
        return code
    }

    private func carryOut(_ call: CommandCall, block: (() throws -> Void)?) throws -> Int32 {
        if let reason = actGuard?.refusal(ofCommand: call.words) {
            call.error.write("error: \(reason)\n")
            return 1
        }
        let outer = (editor, diffProgram)
        defer { (editor, diffProgram) = outer }
        (editor, diffProgram) = (call.editor, call.diffProgram)
        // A person may name a program of the machine, a script only one of its own.
        let isTyped = call.place.source.name == Session.promptName
        if let terminalEditor, editor.map({ isTyped && !$0.isOwn }) ?? true {
            editor = terminalEditor(editor?.name, nil)
        }
        let begin = cluster.clock.now
        defer { journal.add(call, from: begin, to: cluster.clock.now) }
        let code: Int32
        do {
            code = try interruptible {
                try VerbRegistry.run(call.words, in: context(call, block: block))
            }
        } catch VerbInterruption.timedOut {
            code = 124
        }
        if code == 124 || code != 0 && saysTimeout { noteTimeout(of: call.words) }
        return code
    }

    private func context(_ call: CommandCall, block: (() throws -> Void)?) -> VerbContext {
        let files: any VerbFiles =
            call.workingDirectory == "/"
            ? files : FilesBelow(folder: call.workingDirectory, of: files)
        saysTimeout = false
        let output = VerbOutput { [unowned self] stream, text in
            if stream == .error, text.contains("timed out waiting for the condition") {
                saysTimeout = true
            }
            (stream == .output ? call.output : call.error).write(text)
        }
        return VerbContext(
            connection, session: self, files: files,
            input: { String(decoding: call.input.readAll(), as: UTF8.self) }, output: output,
            block: block, timeLimit: call.timeLimit)
    }

    /// The world as the user of the session is connected to it.
    private var connection: ClusterConnection {
        if isPeeking {
            return ClusterConnection(
                client: GuardedClient(cluster, ReadOnlyGuard()), clock: StillClock(cluster))
        }
        guard let actGuard else { return cluster.connection }
        return ClusterConnection(
            client: GuardedClient(cluster, actGuard), clock: cluster, world: cluster)
    }

    /// Turns a verb's interruption into what unwinds the script.
    private func interruptible<T>(_ work: () throws -> T) throws -> T {
        do {
            return try stoppable(work)
        } catch VerbInterruption.stopped {
            if let trouble = deferredTrouble {
                deferredTrouble = nil
                throw trouble
            }
            throw Unwinding()
        }
    }

    package func sleep(milliseconds: Int64) throws {
        try advance(until: cluster.clock.now + milliseconds)
    }
}

/// Files by paths that begin in a folder.
private final class FilesBelow: VerbFiles {
    private let folder: String
    private let files: any VerbFiles

    /// - Parameter folder: an absolute path in the session's files, not the root.
    init(folder: String, of files: any VerbFiles) {
        self.folder = String(folder.dropFirst())
        self.files = files
    }

    private func path(_ path: String) -> String {
        path.hasPrefix("/") ? path : "\(folder)/\(path)"
    }

    func read(_ path: String) throws(FileProblem) -> String { try files.read(self.path(path)) }
    func entries(_ path: String) -> [String]? { files.entries(self.path(path)) }
    func exists(_ path: String) -> Bool { files.exists(self.path(path)) }
    func isLink(_ path: String) -> Bool { files.isLink(self.path(path)) }
    func absolute(_ path: String) -> String { files.absolute(self.path(path)) }

    func bytes(_ path: String) throws(FileProblem) -> [UInt8] {
        try files.bytes(self.path(path))
    }

    func write(_ text: String, to path: String) throws(FileProblem) {
        try files.write(text, to: self.path(path))
    }
}
