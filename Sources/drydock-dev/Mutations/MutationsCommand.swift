import ArgumentParser
import Foundation

/// `drydock-dev mutations`: breaks rules one after another and runs the tests that must notice.
struct MutationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutations",
        abstract: "Break rules of the sources one by one, and see which test fails.",
        discussion: """
            Works on the sources of this folder and puts them back, interrupted or not; run it on a clean \
            checkout. Each rule takes a build and a run of its tests.
            """)

    @Argument(help: "The table of rules.")
    var table = "Tests/Mutations/mutations.txt"

    @Flag(help: "Only check that the table fits the sources; change nothing.")
    var check = false

    @Option(help: "Only rules whose name holds this text.")
    var filter = ""

    func run() throws {
        let text = try String(contentsOfFile: table, encoding: .utf8)
        let all = try Mutation.table(text, path: table)
        let chosen = all.filter { filter.isEmpty || $0.rule.contains(filter) }
        var survivors = 0
        Termination.catchSignals()
        for mutation in chosen {
            let original = try String(contentsOfFile: mutation.file, encoding: .utf8)
            let broken = try mutation.applied(to: original)
            if check { continue }
            let verdict = try Self.verdict(mutation, original, broken)
            // What a build or a test says that was ended is no verdict.
            if let signal = Termination.signal { throw ExitCode(128 + signal) }
            if !verdict.isNoticed { survivors += 1 }
            // At once, not when a buffer is full: a rule takes half a minute.
            let line = "\(verdict.isNoticed ? "✓" : "✗") \(mutation.rule): \(verdict.text)\n"
            FileHandle.standardOutput.write(Data(line.utf8))
        }
        if check { return print("\(chosen.count) rules fit the sources") }
        print("\(chosen.count - survivors) noticed, \(survivors) not")
        if survivors > 0 { throw ExitCode(1) }
    }

    /// What the tests say while the rule is broken.
    private static func verdict(
        _ mutation: Mutation, _ original: String, _ broken: String
    ) throws -> (isNoticed: Bool, text: String) {
        defer {
            try? original.write(toFile: mutation.file, atomically: true, encoding: .utf8)
        }
        try broken.write(toFile: mutation.file, atomically: true, encoding: .utf8)
        let build = try ChildProcess.run(["swift", "build", "--build-tests"])
        if build.exitCode != 0 { return (false, "does not build:\n\(build.output)") }
        let test = try ChildProcess.run(
            ["swift", "test", "--skip-build", "--filter", mutation.test])
        let failures = failedTests(test.output)
        if test.exitCode == 0 { return (false, "no test of \(mutation.test) fails") }
        return (true, failures.first ?? "\(mutation.test) ends with \(test.exitCode)")
    }

    /// The names of tests that failed, as the runner prints them.
    private static func failedTests(_ output: String) -> [String] {
        output.split(separator: "\n").compactMap { line in
            guard line.hasPrefix("✘ Test "), line.contains(" failed after "),
                !line.hasPrefix("✘ Test run"), let end = line.range(of: " failed after ")
            else { return nil }
            return String(line[..<end.lowerBound].dropFirst("✘ Test ".count))
        }
    }
}
