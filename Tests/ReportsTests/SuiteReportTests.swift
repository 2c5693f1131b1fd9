import Testing

@testable import Reports

@Suite("the report of a suite")
struct SuiteReportTests {
    private func script(_ path: String, _ scenarios: [ScenarioResult]) -> ScriptResult {
        ScriptResult(path: path, diagnostics: [], scenarios: scenarios)
    }

    private func report(
        _ scripts: [ScriptResult], change: (inout ReportSettings) -> Void = { _ in }
    ) -> String {
        Told.report(.suite, scripts, printing: "printed\n", change: change)
    }

    @Test("has a line for each file, and shows what is printed where a scenario fails")
    func lines() {
        let broken = Told.scenario("breaks", .broken(Told.diagnostic("out of range")))
        let text = report([
            script("a.dock", [Told.scenario("one"), Told.scenario("two")]),
            script("b.dock", [Told.scenario("holds"), broken]),
            script("c.dock", [Told.scenario("later", .skipped(reason: "not yet"))]),
            ScriptResult(path: "d.dock", problem: "permission denied"),
        ])
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines[0] == "✓ a.dock  2 passed  3s")
        #expect(lines[1] == "✗ b.dock  1 passed, 1 failed  3s")
        #expect(lines[2] == "printed")
        #expect(lines[3] == "✗ breaks  1.5s")
        #expect(lines.contains("– c.dock  1 skipped  1.5s"))
        #expect(lines.contains("✗ d.dock  permission denied"))
        #expect(lines.contains("4 files: 3 passed, 2 failed, 1 skipped"))
        #expect(lines.contains("7.5s of virtual time"))
        #expect(lines.last == "again: drydock run --seed 1 --filter breaks b.dock")
        #expect(text.components(of: "printed") == 1)
    }

    @Test("tells the time on the clock and the seeds where they are wanted")
    func settings() {
        let scripts = [script("a.dock", [Told.scenario("one", seed: 7)])]
        #expect(report(scripts).contains("✓ a.dock  1 passed  1.5s\n1 file: 1 passed\n"))
        let text = report(scripts) { settings in
            settings.showsSeeds = true
            settings.showsOutput = true
            settings.wallMicroseconds = { 12_345 }
        }
        #expect(
            text.hasPrefix("✓ a.dock  1 passed, seed 7  1.5s\nprinted\n✓ one  1.5s\n"), "\(text)")
        #expect(text.hasSuffix("1.5s of virtual time in 12ms on the clock\n"), "\(text)")
    }

    @Test("shows control characters of paths instead of sending them")
    func controls() {
        let text = report([script("a\u{1B}.dock", [Told.scenario("one")])])
        #expect(!text.unicodeScalars.contains("\u{1B}"))
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
