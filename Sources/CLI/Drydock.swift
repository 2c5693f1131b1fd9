import ArgumentParser

/// The program: `drydock`, `drydock FILE…`, `drydock run`, `drydock test`, `drydock verify`.
package struct Drydock: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "drydock",
        abstract: "Scenarios for a simulated Kubernetes cluster, in virtual time.",
        discussion: """
            Without arguments: a prompt. With files: runs them.
            Exit codes: 0 passed, 1 bad usage, 2 a script does not parse or check, 3 a command failed, \
            4 an expectation failed.
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, TestCommand.self, PageCommand.self, CheckCommand.self,
            FormatCommand.self, ExplainCommand.self, VerifyCommand.self, PromptCommand.self,
            OpenCommand.self, LearnCommand.self, LSPCommand.self, ManualCommand.self,
            WorkerCommand.self, LearnWorkerCommand.self,
        ],
        defaultSubcommand: RunCommand.self)

    package init() {}

    /// Runs the program with the process's arguments and ends it with the exit code of DESIGN 5.
    package static func start(_ arguments: [String]) -> Never {
        let isPrompt = arguments.isEmpty || arguments == ["--resume"]
        let arguments = isPrompt ? ["prompt"] + arguments : arguments
        do {
            var command = try parseAsRoot(arguments)
            try command.run()
            exit()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch let refusal as Refusal {
            OutputFile.tell(refusal.message)
            exit(withError: ExitCode(ProgramExit.badUsage.rawValue))
        } catch {
            let text = fullMessage(for: error)
            if exitCode(for: error).isSuccess {
                exit(withError: print(text, to: .standardOutput()))
            }
            // ArgumentParser ends bad usage with 64; here it is 1.
            _ = print(text, to: OutputFile(2, name: "standard error"))
            exit(withError: ExitCode(ProgramExit.badUsage.rawValue))
        }
    }

    /// Prints a text that ends the program; answers how, were it help that was asked for.
    private static func print(_ text: String, to output: OutputFile) -> any Error {
        output.write(text + "\n")
        output.flush()
        do {
            try output.checkWhole()
            return ExitCode.success
        } catch {
            return error
        }
    }
}

/// What the program cannot do as it was called, though every flag was in order.
struct Refusal: Error {
    let message: String

    init(_ message: String) { self.message = message }
}

/// How the program ends (DESIGN 5).
package enum ProgramExit: Int32, Sendable {
    case passed = 0
    case badUsage = 1
    case doesNotParse = 2
    case commandFailed = 3
    case expectationFailed = 4
}

/// The version of the program.
package enum Version {
    package static let text = "0.1.0"
}
