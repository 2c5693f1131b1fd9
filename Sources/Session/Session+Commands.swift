import Cluster
import Language
import Value
import Verbs

extension Session {
    package func run(_ invocation: Invocation) throws -> CommandResult {
        try run(invocation, block: nil)
    }

    package func run(_ invocation: Invocation, body: () throws -> Void) throws -> CommandResult {
        // The body runs while the command is in force, never after.
        try withoutActuallyEscaping(body) { body in try run(invocation, block: body) }
    }

    private func run(
        _ invocation: Invocation, block: (() throws -> Void)?
    ) throws -> CommandResult {
        cluster.beginUserRequest()
        if let stage = invocation.stages.first, invocation.stages.count == 1,
            !invocation.isBackground, let input = plainInput(stage),
            stage.hasKubectl || VerbRegistry.verb(stage.words.first ?? "") != nil
        {
            return try runVerb(stage.words, input: input, block: block)
        }
        return try runPipeline(invocation)
    }

    /// The text of standard input when the only redirection is a here-document or there is none.
    private func plainInput(_ stage: Stage) -> String? {
        guard !stage.redirections.isEmpty else { return "" }
        if stage.redirections.count == 1, stage.redirections[0].operation == .hereDocument,
            case .text(let text) = stage.redirections[0].target
        {
            return text
        }
        return nil
    }

    private func runVerb(
        _ words: [String], input: String, block: (() throws -> Void)?
    ) throws -> CommandResult {
        var errors = ""
        let output = VerbOutput { [unowned self] stream, text in
            if stream == .error { errors += text }
            write(text)
        }
        let code = try interruptible {
            try VerbRegistry.run(words, in: context(output, input: input, block: block))
        }
        return CommandResult(exitCode: Int(code), errorText: errors)
    }

    private func context(
        _ output: VerbOutput, input: String, block: (() throws -> Void)? = nil,
        timeLimit: Milliseconds? = nil
    ) -> VerbContext {
        VerbContext(
            cluster.connection, session: self, files: files, input: input, output: output,
            block: block, timeLimit: timeLimit)
    }

    /// Turns a verb's interruption into what unwinds the script.
    private func interruptible<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch VerbInterruption.stopped {
            if let trouble = deferredTrouble {
                deferredTrouble = nil
                throw trouble
            }
            throw Unwinding()
        }
    }

    // MARK: Pipelines

    private func runPipeline(_ invocation: Invocation) throws -> CommandResult {
        if invocation.isBackground {
            throw HostError(
                "a command cannot run in the background here",
                hint: "give `get -w` a block: get pods -w { … }")
        }
        let host = PipelineHost(session: self)
        let shell = Shell(folder: files.memory, host: host)
        let run = shell.run(shellText(invocation))
        if let trouble = host.trouble { throw trouble }
        write(run.terminal)
        return CommandResult(
            exitCode: Int(run.exitStatus),
            errorText: run.exitStatus == 0 ? "" : run.terminal)
    }

    /// The pipeline as the in-process shell reads it.
    private func shellText(_ invocation: Invocation) -> String {
        var documents = ""
        let stages = invocation.stages.enumerated().map { index, stage in
            var words = stage.words.map(quoted)
            if stage.hasKubectl { words.insert("kubectl", at: 0) }
            for redirection in stage.redirections {
                let descriptor = redirection.descriptor.map(String.init) ?? ""
                switch redirection.target {
                case .word(let word):
                    let isNumber =
                        redirection.operation == .duplicateOutput
                        || redirection.operation == .duplicateInput
                    words.append(
                        descriptor + redirection.operation.rawValue
                            + (isNumber ? word : quoted(word)))
                case .text(let text):
                    var end = "END_OF_TEXT_\(index)"
                    while text.contains(end) { end += "_" }
                    words.append("\(descriptor)<<'\(end)'")
                    documents +=
                        text + (text.hasSuffix("\n") || text.isEmpty ? "" : "\n") + end + "\n"
                }
            }
            return words.joined(separator: " ")
        }
        return stages.joined(separator: " | ") + "\n" + documents
    }

    private func quoted(_ word: String) -> String {
        "'"
            + word.split(separator: "'", omittingEmptySubsequences: false).joined(
                separator: "'\\''")
            + "'"
    }

    /// Gives the stages of a pipeline the verbs and the clock.
    private final class PipelineHost: ShellHost {
        private unowned let session: Session
        /// What ended the pipeline from inside: thrown on when the shell has returned.
        private(set) var trouble: (any Error)?

        init(session: Session) { self.session = session }

        func run(_ invocation: ShellInvocation) -> ShellResult? {
            guard trouble == nil else { return ShellResult(exitStatus: 1) }
            var words = invocation.arguments
            if words.first == "kubectl" {
                words.removeFirst()
            } else if VerbRegistry.verb(words.first ?? "") == nil {
                return nil
            }
            var chunks: [ShellResult.Chunk] = []
            let output = VerbOutput { stream, text in
                chunks.append(ShellResult.Chunk(stream == .output ? .output : .error, text))
            }
            do {
                let code = try session.interruptible {
                    try VerbRegistry.run(
                        words,
                        in: session.context(
                            output, input: invocation.input,
                            timeLimit: invocation.timeLimitMilliseconds))
                }
                return ShellResult(chunks: chunks, exitStatus: code)
            } catch VerbInterruption.timedOut {
                return ShellResult(chunks: chunks, exitStatus: 124, timedOut: true)
            } catch {
                trouble = error
                return ShellResult(chunks: chunks, exitStatus: 1)
            }
        }

        func hasCommand(_ name: String) -> Bool {
            name == "kubectl" || VerbRegistry.verb(name) != nil
        }

        var now: Timestamp {
            Timestamp.zero + Duration(milliseconds: session.cluster.clock.now)
        }

        var isInterrupted: Bool { trouble != nil || session.isInterrupted }

        func sleep(milliseconds: Int64) {
            guard trouble == nil else { return }
            do {
                try session.advance(until: session.cluster.clock.now + milliseconds)
            } catch {
                trouble = error
            }
        }
    }
}
