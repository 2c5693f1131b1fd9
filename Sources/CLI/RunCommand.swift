import ArgumentParser
import Glibc
import Reports
import Runner
import Session

/// `drydock run FILE|DIR…`: runs scripts, prints what their commands print, and reports.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run scenario scripts and report what held and what did not.")

    @Argument(help: "Scripts (*.dock) or folders with them.")
    var paths: [String]

    @Option(help: "The seed of all randomness (default: the script's own, or 1).")
    var seed: UInt64?

    @Option(
        help:
            "Only scenarios whose title holds this text; of a script that has one, the one of this title."
    )
    var filter = ""

    @Option(help: "Only scenarios with this tag; may be repeated.")
    var tag: [String] = []

    @Option(help: "Another folder that scripts may read; may be repeated.")
    var allowRead: [String] = []

    @Flag(name: .shortAndLong, help: "Show what commands print only for scenarios that fail.")
    var quiet = false

    @Option(help: ReportOption.help, transform: ReportOption.init(parsing:))
    var report: [ReportOption] = []

    @Flag(help: "Tell for each scenario how many writes and events there were, and its trace hash.")
    var statistics = false

    @Flag(help: "Let warnings fail what they are about.")
    var strict = false

    @Flag(inversion: .prefixedNo, help: "Colour the report (default: on a terminal).")
    var color: Bool?

    func validate() throws {
        let toOutput = report.filter { $0.file == nil && !$0.format.isBesides }
        if toOutput.count > 1 {
            throw ValidationError(
                "only one report goes to standard output: give the others a file, as in "
                    + "--report \(toOutput[1].format.name)=FILE")
        }
        if quiet, let other = toOutput.first {
            throw ValidationError(
                "--quiet is a report for standard output, and so is --report \(other.format.name)")
        }
    }

    func run() throws {
        let outputs = try Outputs(reports, makeSettings: settings)
        var options = RunOptions()
        options.seed = seed
        options.filter = filter
        options.tags = tag
        options.allowedFolders = allowRead
        options.isStrict = strict
        let runner = ScriptRunner(options, listener: outputs.report)
        runner.memoryLimit = SessionLimits.programMemory
        runner.wallClock = WallClock.microseconds
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        runner.interruptCheck = { Interrupts.isPending || outputs.hasProblem }
        let results = runner.run(paths: paths)
        outputs.report.finish()
        try outputs.close()
        if let signal = Interrupts.signal { throw ExitCode(128 + signal) }
        if let problem = runner.selection.problem, results.exitCode == 0 {
            OutputFile.tell(problem)
            throw ExitCode(ProgramExit.badUsage.rawValue)
        }
        if results.exitCode != 0 { throw ExitCode(results.exitCode) }
    }

    /// The reports asked for; one of them goes to standard output, the one for people unless another
    /// is named.
    private var reports: [ReportOption] {
        let reports = ReportOption.withGitHub(report)
        if reports.contains(where: { $0.file == nil && !$0.format.isBesides }) { return reports }
        return [ReportOption(quiet ? .quiet : .human)] + reports
    }

    private func settings(for file: OutputFile) -> ReportSettings {
        var settings = ReportSettings(write: file.write)
        settings.usesColor = color ?? file.showsColor
        settings.showsStatistics = statistics
        settings.showsWallTime = file.isTerminal
        settings.command =
            ["drydock", "run"] + (strict ? ["--strict"] : [])
            + allowRead.flatMap { ["--allow-read", $0] }
        return settings
    }
}
