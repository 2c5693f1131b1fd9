import Foundation

/// Builds sources with rules broken in them, and asks the tests.
struct MutationTrial {
    /// What became of a rule.
    enum Verdict {
        /// The test that the table names fails; the first failure.
        case noticed(String)
        /// Another test fails.
        case noticedElsewhere(String)
        /// Nothing fails.
        case unnoticed
        /// What the compiler says.
        case broken(String)
        /// The test says nothing: it fails while nothing is broken, or there is none.
        case untested(String)
    }

    /// Seconds that a rule's test may take, and the whole suite; a broken rule may make a loop endless.
    private static let testSeconds = 120
    private static let suiteSeconds = 900
    /// Kilobytes of addresses that tests may have: a broken rule may also make a list endless.
    private static let kilobytes = 16_000_000

    private static let build = ["swift", "build", "--build-tests"]
    private static let program = ".build/debug/drydockPackageTests.xctest"

    /// The text of a build of the sources as they are, or nil if it succeeds.
    static func buildProblem() throws -> String? {
        let run = try ChildProcess.run(build)
        return run.exitCode == 0 ? nil : run.output
    }

    /// Why the test of a rule says nothing; nil if it passes on the sources as they are.
    static func problem(of test: String) throws -> String? {
        let run = try tests(["--filter", test], seconds: testSeconds)
        let ran = run.output.split(separator: "\n").contains {
            $0.contains("Test run with ") && !$0.contains("with 0 tests")
        }
        if !ran { return "\(test) is the name of no test" }
        return run.exitCode == 0 ? nil : "\(test) fails while nothing is broken"
    }

    /// Breaks rules in one build and runs the test of each. A group that does not build is halved; nil
    /// when a signal ended it.
    static func verdicts(_ rules: [Mutation]) throws -> [Verdict]? {
        var sources = MutatedSources()
        defer {
            for path in sources.restore() {
                note("\(path) was changed meanwhile; what it was is in \(MutatedSources.keep)")
            }
        }
        for rule in rules { try sources.apply(rule) }
        let problem = try buildProblem()
        if Termination.signal != nil { return nil }
        if let problem {
            guard rules.count > 1 else { return [.broken(problem)] }
            sources.restore()
            let half = rules.count / 2
            guard let first = try verdicts(Array(rules[..<half])),
                let second = try verdicts(Array(rules[half...]))
            else { return nil }
            return first + second
        }
        var result: [Verdict] = []
        for rule in rules {
            result.append(try verdict(rule))
            if Termination.signal != nil { return nil }
        }
        guard result.count == 1, case .unnoticed = result[0] else { return result }
        // Alone in its build: what the whole suite says is about this rule.
        let run = try tests(["--parallel"], seconds: suiteSeconds)
        if Termination.signal != nil { return nil }
        return run.exitCode == 0 ? result : [.noticedElsewhere(failure(run))]
    }

    private static func verdict(_ rule: Mutation) throws -> Verdict {
        let run = try tests(["--filter", rule.test], seconds: testSeconds)
        return run.exitCode == 0 ? .unnoticed : .noticed(failure(run))
    }

    private static func tests(_ arguments: [String], seconds: Int) throws -> ChildRun {
        try ChildProcess.run(
            [
                "sh", "-c", "ulimit -v \(kilobytes); export NO_COLOR=1; exec \"$@\"", "sh",
                "timeout",
                "--kill-after=5", "\(seconds)", program, "--testing-library", "swift-testing",
            ] + arguments)
    }

    /// The first test that failed, as the runner prints it, or how the tests ended.
    private static func failure(_ run: ChildRun) -> String {
        for line in run.output.split(separator: "\n") {
            guard let start = line.range(of: "✘ Test "), !line.contains("✘ Test run"),
                let end = line.range(of: " failed after ") ?? line.range(of: " recorded an issue")
            else { continue }
            return String(line[start.upperBound..<end.lowerBound])
        }
        return run.exitCode == 124 ? "does not end" : "ends with \(run.exitCode)"
    }

    /// A line for standard error.
    static func note(_ text: String) {
        FileHandle.standardError.write(Data("drydock-dev: \(text)\n".utf8))
    }
}
