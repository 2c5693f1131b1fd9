import ArgumentParser
import Glibc
import REPL

/// `drydock` without arguments: the prompt.
struct PromptCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prompt", abstract: "Explore a cluster at a prompt (the default).")

    @Option(help: "The seed of all randomness.")
    var seed: UInt64 = 1

    @Option(help: "Another folder that may be read; may be repeated.")
    var allowRead: [String] = []

    @Flag(inversion: .prefixedNo, help: "Colour what is shown (default: on a terminal).")
    var color: Bool?

    @Flag(help: "Go on with the last session that was killed.")
    var resume = false

    func run() throws {
        var start = REPL.Start()
        start.seed = seed
        start.allowedFolders = allowRead
        start.resumes = resume
        try Self.run(start, color: color)
    }

    /// Runs a prompt; `prepare` comes before its first statement.
    static func run(
        _ start: REPL.Start, color: Bool?, prepare: (REPL) -> Void = { _ in }
    ) throws {
        Interrupts.catchSignals([SIGINT], secondEnds: isatty(0) == 0)
        let output = OutputFile.standardOutput()
        let screen = Self.screen(output, color: color)
        let repl = REPL(
            start,
            interrupts: REPL.Interrupts(
                isPending: { Interrupts.isPending }, clear: { Interrupts.clear() }),
            screen: screen)
        repl.isDone = { output.problem != nil }
        prepare(repl)
        let code = repl.run()
        try output.checkWhole()
        if code != 0 { throw ExitCode(code) }
    }

    /// What a person sees, on standard output.
    static func screen(_ output: OutputFile, color: Bool?) -> Screen {
        let pager = Pager()
        return Screen(
            usesColor: color ?? output.showsColor,
            window: { output.isTerminal ? .ofStandardOutput() : nil },
            page: pager.map { pager in { text in pager.show(text) } }
        ) { text in
            output.write(text)
            output.flush()
        }
    }
}
