import Testing

@testable import Reports

@Suite("the registry of reports")
struct ReportRegistryTests {
    @Test("has a name and a summary for each format, and no name twice")
    func rows() {
        #expect(Set(ReportRegistry.names).count == ReportRegistry.formats.count)
        for format in ReportRegistry.formats {
            #expect(!format.summary.isEmpty && !format.summary.hasSuffix("."))
            #expect(ReportRegistry.format(format.name)?.summary == format.summary)
        }
        #expect(ReportRegistry.format("nonsense") == nil)
    }

    @Test(
        "every format tells of a failure by the title of its scenario",
        arguments: ReportRegistry.names)
    func failure(name: String) throws {
        let format = try #require(ReportRegistry.format(name))
        let script = ScriptResult(
            path: "a.dock", diagnostics: [],
            scenarios: [Told.scenario("breaks", .broken(Told.diagnostic("out of range")))])
        let text = Told.report(format, [script])
        #expect(text.contains("breaks") && text.contains("out of range"))
    }

    @Test("several reports hear the same, and are flushed after each scenario and at the end")
    func several() {
        var texts = ["", ""]
        var flushes = 0
        let reports = [
            ReportFormat.quiet.make(ReportSettings { texts[0] += $0 }),
            ReportFormat.tap.make(ReportSettings { texts[1] += $0 }),
        ]
        let set = ReportSet(reports) { flushes += 1 }
        let script = ScriptResult(path: "a.dock", diagnostics: [], scenarios: [Told.scenario("a")])
        set.began(script: "a.dock")
        set.began(scenario: "a")
        set.wrote("hello\n")
        set.ended(script.scenarios[0])
        #expect(flushes == 1)
        set.ended(script)
        set.finish()
        #expect(flushes == 2)
        #expect(texts[0] == Told.report(.quiet, [script], printing: "hello\n"))
        #expect(texts[1] == Told.report(.tap, [script], printing: "hello\n"))
    }
}
