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
}
