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

    @OptionGroup var scripts: ScriptArguments

    @Flag(name: .shortAndLong, help: "Show what commands print only for scenarios that fail.")
    var quiet = false

    @Flag(help: "Show each command before what it prints.")
    var echo = false

    func validate() throws {
        if quiet,
            let other = scripts.report.first(where: {
                $0.file == nil && !$0.format.isBesides
            })
        {
            throw ValidationError(
                "--quiet is a report for standard output, and so is --report \(other.format.name)")
        }
    }

    func run() throws {
        let configuration = try scripts.configuration(for: paths)
        try scripts.checkParameters(
            configuration,
            files: FileSearch.below(paths, ending: ".dock").compactMap(\.path))
        let outputs = try Outputs(reports) { scripts.settings(for: $0, command: "run") }
        var options = scripts.setup(configuration).options
        options.echoes = echo
        let runner = ScriptRunner(options, listener: outputs.report)
        runner.memoryLimit = SessionLimits.programMemory
        runner.alarm = WallAlarm()
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
        let asked = ReportOption.withGitHub(scripts.report)
        if asked.contains(where: { $0.file == nil && !$0.format.isBesides }) { return asked }
        return [ReportOption(quiet ? .quiet : .human)] + asked
    }
}

extension FileSearch.Found {
    /// The path of a file that was found.
    var path: String? {
        if case .file(let path) = self { return path }
        return nil
    }
}
