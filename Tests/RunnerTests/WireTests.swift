import Testing

@testable import Language
@testable import Reports
@testable import Runner
@testable import Syntax
@testable import Value

@Suite("results on their way between processes")
struct WireTests {
    /// What a suite's worker sends of a script, read back.
    private func record(_ text: String, _ setup: SuiteSetup = SuiteSetup()) throws -> FileRecord {
        try ScratchFile.with(text) { path in
            var record = FileRecord(FileJob(path: path))
            var lines: [String] = []
            SuiteWorker(setup) { lines.append($0) }.run(record.job)
            for line in lines {
                #expect(line.hasSuffix("\n") && !line.dropLast().contains("\n"))
                try record.take(line.utf8.dropLast())
            }
            return record
        }
    }

    @Test("a report says the same of a script that ran elsewhere")
    func sameReport() throws {
        let text = """
            # Values of every kind, in failures of every kind.
            fn soft(x) { expect soft x == 2 }
            fn hard(x) { soft(x); expect x == [2] }
            scenario "notes" {
              attach "what" [1, {a: 2Gi, b: "x"}]
              attach "a text" "two\\nlines"
              hard(1)
              finally { expect 3 == 4 }
            }
            scenario "warned" { print "$x" }
            scenario "numbers" { expect [1, 2.5, 1.0, -0.0] == [30s, 25%, 500m, 1..3] }
            scenario "texts" tags a, b-c { print "ä\\u{1}\\n"; expect "x\\ty" == 'a"b' }
            scenario "maps" { expect {a: {b: null}, "c d": [true]} == {a: 1} }
            scenario "nothing there" { expect deployment/web .spec.replicas == 3 }
            scenario "lists" {
              node add worker-1
              create deployment web --image=nginx --replicas=3
              settle
              expect every pods[app=web] has .status.phase == "Pending", "why it matters"
            }
            scenario "quantities" {
              node add worker-1
              expect node/worker-1 .status.capacity.cpu == 3
            }
            scenario "output" { expect output { print "a" } == "b" }
            scenario "over time" { node add a; expect within 5s: node/a .spec.unschedulable == true }
            scenario "a command" { get pods nothing }
            scenario "broken" { let x = 1 / 0 }
            scenario "skipped" skip "because" { }
            scenario "left" { skip }
            scenario "holds" { expect 1 == 1 }

            """
        var setup = SuiteSetup()
        setup.wantsOutput = true
        let record = try record(text, setup)
        let path = record.job.path
        for format in [ReportFormat.quiet, .json, .junit, .html] {
            var here = ""
            var there = ""
            let direct = format.make(ReportSettings { here += $0 })
            let result = try ScratchFile.with(text, at: path) { path in
                ScriptRunner(RunOptions(), listener: direct).run(FileJob(path: path)).0
            }
            direct.finish()
            let elsewhere = format.make(ReportSettings { there += $0 })
            let sent = try #require(record.tell(elsewhere))
            elsewhere.finish()
            #expect(here == there, "\(format.name)")
            #expect(here.contains("expectation failed") || here.contains("expect 3 == 4"))
            check(sent, result)
        }
        #expect(record.account.selected == 15)
    }

    private func check(_ sent: ScriptResult, _ result: ScriptResult) {
        #expect(sent.scenarios.map(\.trace) == result.scenarios.map(\.trace))
        #expect(sent.scenarios.map(\.seed) == result.scenarios.map(\.seed))
        #expect(sent.scenarios.map(\.tags) == result.scenarios.map(\.tags))
        #expect([sent].exitCode == [result].exitCode)
    }

    @Test("what a script prints is sent where somebody will read it")
    func output() throws {
        let text = "scenario \"a\" { print 1 }\nscenario \"b\" { print 2; expect 1 == 2 }\n"
        func printed(_ setup: SuiteSetup) throws -> [String] {
            let listener = Printed()
            _ = try record(text, setup).tell(listener)
            return listener.texts
        }
        #expect(try printed(SuiteSetup()) == ["2\n"])
        var all = SuiteSetup()
        all.wantsOutput = true
        #expect(try printed(all) == ["1\n", "2\n"])
    }

    @Test("a large value is sent as far as reports show it")
    func largeValue() throws {
        let text = "expect map(1..20000, fn(x) => [x, \"abc\"]) == []\n"
        let record = try record(text)
        guard case .failed(let failure)? = record.result?.scenarios.first?.outcome else {
            Issue.record("no failure")
            return
        }
        #expect(Rendering.short(failure.parts[0].value).hasSuffix("… (20000 items)"))
    }

    @Test("a script that does not check is sent with its diagnostics")
    func refused() throws {
        let record = try record("expect nothing == 1\n")
        #expect(record.result?.diagnostics.map(\.code) == ["DD2001"])
        #expect(record.result?.isRefused == true)
    }

    @Test("a crash fails the scenario at work, and keeps those before it")
    func crash() throws {
        let text = "scenario \"a\" { }\nscenario \"b\" { }\n"
        try ScratchFile.with(text) { path in
            var record = FileRecord(FileJob(path: path))
            var lines: [String] = []
            SuiteWorker(SuiteSetup()) { lines.append($0) }.run(record.job)
            // Up to the beginning of the second scenario.
            for line in lines.prefix(while: {
                !$0.contains("\"title\":\"b\"") || $0.contains("began")
            }) {
                try record.take(line.utf8.dropLast())
            }
            #expect(record.current == "b" && record.result == nil)
            record.crash("was ended by the signal 11", words: "Fatal error: x", seed: 1)
            let result = try #require(record.tell(Printed()))
            #expect(result.scenarios.map(\.title) == ["a", "b"])
            #expect(result.scenarios[0].isPassed)
            guard case .broken(let diagnostic) = result.scenarios[1].outcome else {
                Issue.record("not broken")
                return
            }
            #expect(diagnostic.code == "DD3072" && diagnostic.message.contains("signal 11"))
        }
    }

    @Test("jobs and setups come back as they were")
    func jobs() throws {
        var setup = SuiteSetup()
        setup.seed = .max
        setup.choice.tags = ["a", "!b"]
        setup.choice.shard = Shard(parsing: "2/5")
        setup.parameters = ["x": .text("1"), "y": .list(["a", "b"])]
        setup.node.pods = 3
        setup.wallLimit = 30_000
        let line = try WorkerLine.text(setup, sources: SourceTable())
        let back = try WorkerLine.read(
            SuiteSetup.self, line.utf8.dropLast(), sources: SourceTable())
        #expect(line.hasSuffix("}\n"))
        #expect(back.seed == .max && back.choice.shard == setup.choice.shard)
        #expect(back.parameters == setup.parameters && back.virtualLimit == nil)
        let job = FileJob(
            path: "ä b.dock", repetition: 3,
            only: [ScenarioIdentity(title: "", ordinal: 2, path: "x/y.dock")])
        let text = try WorkerLine.text(job, sources: SourceTable())
        #expect(try WorkerLine.read(FileJob.self, text.utf8, sources: SourceTable()) == job)
        #expect(throws: (any Error).self) {
            try WorkerLine.read(FileJob.self, "{\"path\":1}".utf8, sources: SourceTable())
        }
    }
}

/// Keeps what scenarios wrote.
private final class Printed: RunListener {
    var texts: [String] = []

    func began(script path: String) {}
    func began(scenario title: String) {}
    func wrote(_ text: String) { texts.append(text) }
    func ended(_ result: ScenarioResult) {}
    func ended(_ result: ScriptResult) {}
}
