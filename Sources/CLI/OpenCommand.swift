import ArgumentParser
import REPL
import Session
import struct Verbs.FileProblem

/// `drydock open FILE --filter TITLE`: a scenario at the prompt, up to what fails.
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open a scenario at the prompt, where it failed.",
        discussion: """
            Runs the statements of the first scenario whose title has TEXT in it, and stops at what fails, \
            with the world, the variables and the functions as they are there.
            """)

    @Argument(help: ArgumentHelp("A script.", valueName: "file"))
    var path: String

    @Option(help: ArgumentHelp("A part of the scenario's title.", valueName: "text"))
    var filter: String?

    @Option(help: "The seed of all randomness.")
    var seed: UInt64?

    @Option(help: "Another folder that may be read; may be repeated.")
    var allowRead: [String] = []

    @Flag(inversion: .prefixedNo, help: "Colour what is shown (default: on a terminal).")
    var color: Bool?

    func run() throws {
        let scenario = try opened()
        var start = REPL.Start()
        if let seed { start.seed = seed }
        start.allowedFolders = allowRead
        start.title = scenario.title
        start.folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        try PromptCommand.run(start, color: color) { $0.open(scenario) }
    }

    private func opened() throws -> OpenedScenario {
        do {
            let text = try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
            return try OpenedScenario(text: text, path: path, filter: filter)
        } catch let problem as FileProblem {
            throw Refusal("\(path): \(problem.message)")
        } catch let problem as OpenedScenario.Problem {
            throw Refusal(problem.message)
        }
    }
}
