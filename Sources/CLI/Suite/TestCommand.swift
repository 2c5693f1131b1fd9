import ArgumentParser
import Glibc
import Reports
import Runner
import Session

/// `drydock test FILE|DIR…`: runs the scripts of a suite in parallel and reports.
struct TestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run a suite of scenario scripts in parallel and report what failed.",
        discussion: """
            Each file runs in a process of its own time; output is in the order of the paths, and the \
            same for any number of jobs. What commands print is shown of scenarios that fail.
            """)

    @Argument(help: "Scripts (*.dock) or folders with them (default: this folder).")
    var paths: [String] = []

    @OptionGroup var scripts: ScriptArguments

    @Option(
        name: [.customShort("j", allowingJoined: true), .long],
        help: "How many files to run at a time (default: as many as there are cores).")
    var jobs: Int?

    @Flag(help: "Only what failed last time.")
    var failed = false

    @Option(
        help: ArgumentHelp(
            "Only one part of several, such as 2/5: for as many machines.", valueName: "part/parts")
    )
    var shard: String?

    @Option(
        help: ArgumentHelp(
            "Only the scenario around this line, and show what its commands print from there on; "
                + "what stands before runs too.", valueName: "line"))
    var fromStep: Int?

    @Flag(help: "List the scenarios that would run.")
    var list = false

    @Flag(help: "End with the first file, in their order, in which something failed.")
    var failFast = false

    @Option(
        name: .customLong("repeat"),
        help: ArgumentHelp(
            "Run everything so many times, each time with the next seed.", valueName: "times"))
    var repetitions = 1

    @Flag(help: "Stay, and run again what a saved file concerns.")
    var watch = false

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs must be 1 or more, found \(jobs)") }
        if repetitions < 1 {
            throw ValidationError("--repeat must be 1 or more, found \(repetitions)")
        }
        if let shard, Shard(parsing: shard) == nil {
            throw ValidationError(
                "--shard is a part and their number, such as 2/5; found '\(shard)'")
        }
        if list, watch { throw ValidationError("--list ends at once, and --watch stays") }
    }

    func run() throws {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        let suite = try Suite(self, scripts.configuration(for: paths.isEmpty ? ["."] : paths))
        if list { return try suite.list() }
        var end = try suite.run()
        while watch, let files = suite.waitForChange() {
            end = try suite.run(files)
        }
        if let signal = Interrupts.signal { throw ExitCode(128 + signal) }
        if end != 0 { throw ExitCode(end) }
    }
}
