import Language
import Reports
import Runner
import Testing

/// `expect soft`, `finally`, `teardown` and `attach`.
@Suite("what goes on after a failure")
struct CleanupTests {
    private func run(
        _ text: String, change: (inout RunOptions) -> Void = { _ in }
    ) -> ScriptResult {
        var options = RunOptions()
        change(&options)
        let report = HumanReport(ReportSettings { _ in }, hidesOutput: true)
        return ScriptRunner(options, listener: report).run(
            text: text, path: "test.dock", folder: "/nonexistent")
    }

    /// What a scenario printed, and what went wrong, by the first words of each.
    private func told(_ text: String) -> (output: String, problems: [String], exitCode: Int32) {
        let listener = Listener()
        let result = ScriptRunner(RunOptions(), listener: listener).run(
            text: text, path: "test.dock", folder: "/nonexistent")
        let outcomes = result.scenarios.flatMap { [$0.outcome] + $0.further }
        return (listener.output, outcomes.compactMap(words), [result].exitCode)
    }

    private func words(_ outcome: ScenarioResult.Outcome) -> String? {
        switch outcome {
        case .passed: nil
        case .skipped: "skipped"
        case .interrupted: "interrupted"
        case .failed(let failure): failure.expression
        case .commandFailed(let failure): failure.text
        case .broken(let diagnostic): diagnostic.message
        }
    }

    private final class Listener: RunListener {
        var output = ""
        func began(script path: String) {}
        func began(scenario title: String) {}
        func wrote(_ text: String) { output += text }
        func ended(_ result: ScenarioResult) {}
        func ended(_ result: ScriptResult) {}
    }

    @Test(
        "soft expectations let the scenario go on, and fail it with all of them",
        arguments: [
            ("expect soft 1 == 2\nprint \"on\"\n", "on\n", ["1 == 2"], 4),
            (
                "expect soft 1 == 2\nexpect soft 2 == 2\nexpect soft 3 == 4\nprint \"on\"\n",
                "on\n", ["1 == 2", "3 == 4"], 4
            ),
            ("expect soft 1 == 2\nexpect 5 == 6\nprint \"on\"\n", "", ["1 == 2", "5 == 6"], 4),
            ("expect soft within 1s: pod/x exists\nprint \"on\"\n", "on\n", ["pod/x exists"], 4),
            ("expect soft fails { print 1 }\nprint \"on\"\n", "on\n", [""], 4),
            ("expect soft output { print 1 } == \"2\"\nprint \"on\"\n", "on\n", [""], 4),
            // Other failures are none of its business.
            ("expect soft output { get pod x } == \"2\"\nprint \"on\"\n", "", ["get pod x"], 3),
            ("expect soft 1 / 0 == 2\nprint \"on\"\n", "", ["division by zero"], 2),
            // Inside `expect fails` it is the failure that is meant.
            ("expect fails { expect soft 1 == 2 }\nprint \"on\"\n", "on\n", [], 0),
            ("expect soft 1 == 2\nskip\n", "", ["1 == 2"], 4),
            ("at 1s { expect soft 1 == 2 }\nadvance 2s\nprint \"on\"\n", "on\n", ["1 == 2"], 4),
            (
                "fn f() { expect soft 1 == 2; return 3 }\nfor i in 1..2 { print f() }\n", "3\n3\n",
                ["1 == 2", "1 == 2"], 4
            ),
        ])
    func soft(_ body: String, _ output: String, _ problems: [String], _ exitCode: Int32) {
        let whole = told(body)
        #expect(whole.problems == problems && whole.exitCode == exitCode)
        #expect(whole.output.filter { $0 != "\r" }.hasSuffix(output), "\(whole.output)")
    }

    @Test("a hundred soft expectations may fail; the next one ends the scenario")
    func softLimit() {
        let flat = told("for i in 1..1000 { expect soft i < 0 }\nprint \"on\"\n")
        #expect(flat.problems.count == 101 && flat.output.isEmpty)
        let nested = told(
            "fn f(i) { expect soft i < 0 }\nfor i in 1..1000 { f(i) }\nprint \"on\"\n")
        #expect(nested.problems.count == 101 && nested.output.isEmpty)
    }

    @Test("a soft expectation in a function knows the calls that led to it")
    func softCalls() throws {
        let result = run(
            """
            fn one(n) {
              expect soft n == 2
              return n
            }
            fn two(n) => one(n) + one(n + 2)
            print two(1)
            """)
        let outcomes = [result.scenarios[0].outcome] + result.scenarios[0].further
        let calls = outcomes.map { outcome -> [String] in
            guard case .failed(let failure) = outcome else { return [] }
            return failure.calls.places.map(\.description)
        }
        #expect(
            calls == [["test.dock:5:14", "test.dock:6:7"], ["test.dock:5:23", "test.dock:6:7"]])
    }

    @Test(
        "finally runs after success and failure, not after skip",
        arguments: [
            ("print 1\nfinally { print 2 }\n", "1\n2\n", []),
            ("print 1\nexpect 1 == 2\nprint 3\nfinally { print 2 }\n", "1\n2\n", ["1 == 2"]),
            ("print 1\nskip\nfinally { print 2 }\n", "1\n", ["skipped"]),
            ("expect 1 == 2\nfinally { print 2; expect 3 == 4 }\n", "2\n", ["1 == 2", "3 == 4"]),
            ("print 1\nfinally { expect 3 == 4 }\n", "1\n", ["3 == 4"]),
            ("print 1 / 0\nfinally { print 2 }\n", "2\n", ["division by zero"]),
            (
                "let a = 1\nlet b = 2\nprint a\nexpect a == b\nlet c = 3\n"
                    + "finally { print a, b, c }\n", "1\n1 2 null\n", ["a == b"]
            ),
            (
                "let n = 1\nfn f() { n += 1 }\nf()\nexpect n == 1\nfinally { print n }\n",
                "2\n", ["n == 1"]
            ),
            (
                "fn deep(n) { if n == 0 { expect 1 == 2 }; deep(n - 1) }\ndeep(5)\n"
                    + "finally { print \"ok\" }\n", "ok\n", ["1 == 2"]
            ),
            (
                "expect soft 1 == 2\nexpect 3 == 4\nfinally { expect soft 5 == 6; print 2 }\n",
                "2\n", ["1 == 2", "5 == 6", "3 == 4"]
            ),
        ])
    func finally(_ body: String, _ output: String, _ problems: [String]) {
        let whole = told(body)
        #expect(whole.output == output)
        #expect(whole.problems == problems)
        // In a scenario it does the same.
        let inScenario = told("scenario \"s\" {\n\(body)}\n")
        #expect(inScenario.output == output)
        #expect(inScenario.problems == problems)
    }

    @Test("teardown runs after each scenario, after finally, and after a set-up that failed")
    func teardown() {
        let script = """
            setup { node add n1 }
            teardown { print "down"; expect 1 == 2 }
            scenario "a" {
              print "a"
              finally { print "finally" }
            }
            scenario "b" { expect 3 == 4 }
            scenario "c" { skip }
            """
        let all = told(script + "\n")
        #expect(
            all.output == "node/n1 added\na\nfinally\ndown\nnode/n1 added\ndown\nnode/n1 added\n")
        #expect(all.problems == ["1 == 2", "3 == 4", "1 == 2", "skipped"])
        let broken = told(
            "setup { expect 1 == 2 }\nteardown { print \"down\" }\n"
                + "scenario \"a\" { print \"a\"; finally { print \"finally\" } }\n")
        #expect(broken.output == "down\n" && broken.problems == ["1 == 2"])
    }

    @Test("attach keeps texts as they are and other values as values")
    func attach() {
        let result = run(
            """
            node add n1
            attach "text" "a\\nb"
            attach "list" [1, "x"]
            attach "object" node/n1
            attach "time" 90s
            attach "absent" pod/none
            for i in 1..2 { attach "round ${i}" i }
            """)
        let attachments = result.scenarios[0].attachments
        #expect(
            attachments.map(\.name)
                == ["text", "list", "object", "time", "absent", "round 1", "round 2"])
        #expect(attachments[0].content.text == "a\nb")
        #expect(attachments[1].content.text == "[\n  1,\n  \"x\"\n]")
        #expect(attachments[2].content.text.contains("\"kind\": \"Node\""))
        #expect(attachments[3].content.text == "1m30s")
        #expect(attachments[4].content.text == "pod/none does not exist")
        #expect([result].exitCode == 0)
    }

    @Test(
        "attachments have limits, with the reason and what to do",
        arguments: [
            ("attach \"big\" repeat(\"x\", 1100000)\n", "has 1100000 bytes, and 1 MiB is the most"),
            (
                "for i in 1..20 { attach \"big\" repeat(\"x\", 1000000) }\n",
                "have more than 16 MiB"
            ),
        ])
    func tooLarge(_ script: String, _ words: String) {
        let whole = told(script)
        #expect(whole.exitCode == 2)
        #expect(whole.problems.contains { $0.contains(words) }, "\(whole.problems)")
    }
}
