import ArgumentParser
import Glibc

/// Runs the real program on the scripts in `Benchmarks/` and prints what it took beside the budgets of
/// DESIGN 6 (DECISIONS 34).
///
/// Times are processor time (of one thread, so at least the time on the wall of an idle machine), the
/// least of several runs; only the start of a process is measured on the wall.
struct BenchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure drydock against its budgets, and its interpreter against python3.")

    @Option(help: "The program (default: drydock beside this one).")
    var program: String?

    @Option(help: "The folder with the scripts.")
    var folder = "Benchmarks"

    @Option(help: "How often each script is run; starts of a process ten times as often.")
    var runs = 5

    @Flag(help: "Also 150,000 pods on 5,000 nodes, once.")
    var large = false

    @Option(help: "Only measures whose name holds this text.")
    var filter = ""

    func validate() throws {
        guard runs > 0 else { throw ValidationError("--runs is at least 1") }
    }

    func run() throws {
        let bench = Bench(
            program: program ?? Self.sibling(of: CommandLine.arguments[0]), folder: folder,
            runs: runs)
        var rows: [BenchRow] = []
        for measure in Bench.measures where filter.isEmpty || measure.name.contains(filter) {
            guard large || !measure.isLarge else { continue }
            rows += try measure.run(bench)
        }
        print(BenchTable.text(rows))
        if !rows.allSatisfy(\.meetsMust) { throw ExitCode(1) }
    }

    /// `drydock` in the folder of the program at `path`.
    private static func sibling(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "drydock" }
        return path[...slash] + "drydock"
    }
}
