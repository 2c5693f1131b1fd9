import Testing

@testable import Reports

@Suite("reports for people")
struct HumanReportTests {
    private let script = ScriptResult(
        path: "web.dock", diagnostics: [],
        scenarios: [
            Told.scenario("rolls"), Told.scenario("waits", .skipped(reason: nil)),
            Told.scenario("breaks", .broken(Told.diagnostic("out of range")), seed: 7),
        ])

    private static let trouble = """
          error[DD3999]: out of range
            ┌─ a.dock:1:1
            │
          1 │ expect 1 == 2
            │ ^

        """

    @Test("what commands print stands under the title of its scenario")
    func human() {
        #expect(
            Told.report(.human, [script], printing: "hello") == """
                ── rolls
                hello
                ✓ rolls  1.5s
                ── waits
                hello
                – waits  skipped
                ── breaks
                hello
                ✗ breaks  1.5s
                \(Self.trouble)1 passed, 1 failed, 1 skipped
                4.5s of virtual time
                again: drydock run --seed 7 --filter breaks web.dock

                """)
    }

    @Test("quiet shows it only where a scenario failed, and names the script")
    func quiet() {
        #expect(
            Told.report(.quiet, [script], printing: "hello") == """
                web.dock
                ✓ rolls  1.5s
                – waits  skipped
                hello
                ✗ breaks  1.5s
                \(Self.trouble)1 passed, 1 failed, 1 skipped
                4.5s of virtual time
                again: drydock run --seed 7 --filter breaks web.dock

                """)
    }

    @Test("statistics follow each scenario")
    func statistics() {
        let text = Told.report(.quiet, [script]) { $0.showsStatistics = true }
        #expect(text.contains("statistics: 7 writes, 11 events, trace abc\n"))
    }

    @Test("wall times stand in brackets where they are wanted")
    func wallTimes() {
        var timed = Told.scenario("rolls")
        timed.wallMicroseconds = 3_412_000
        var script = ScriptResult(path: "a.dock", diagnostics: [], scenarios: [timed])
        script.wallMicroseconds = 3_500_000
        let text = Told.report(.quiet, [script]) { $0.showsWallTime = true }
        #expect(text.contains("✓ rolls  1.5s (3.41s)\n"), "\(text)")
        #expect(text.contains("1.5s of virtual time in 3.50s\n"), "\(text)")
        #expect(!Told.report(.quiet, [script]).contains("3.4"))
    }

    @Test("everything that went wrong is told, with what was attached; warnings are counted")
    func several() {
        var failing = Told.noted
        failing.outcome = .broken(Told.diagnostic("first"))
        failing.further = [.broken(Told.diagnostic("second"))]
        let script = ScriptResult(path: "a.dock", diagnostics: [], scenarios: [failing])
        let text = Told.report(.quiet, [script])
        #expect(text.contains("error[DD3999]: first") && text.contains("error[DD3999]: second"))
        #expect(text.contains("  attached: text\n    | one <two>\n"), "\(text)")
        #expect(text.contains("warning[DD3999]: hardly"))
        #expect(text.contains("0 passed, 1 failed, 1 warning\n"))
    }

    @Test(
        "wall times round to what people read",
        arguments: [
            (0, "0ms"), (1_499, "1ms"), (1_500, "2ms"), (999_000, "999ms"), (1_000_000, "1.00s"),
            (61_049_999, "61.05s"),
        ] as [(Int64, String)])
    func rounding(_ microseconds: Int64, _ text: String) {
        #expect(WallTime.text(microseconds) == text)
    }
}
