import Testing

@testable import Reports

@Suite("TAP reports")
struct TAPReportTests {
    @Test("scenarios are subtests of their script, whose plan stands behind them")
    func subtests() {
        let script = ScriptResult(
            path: "web.dock", diagnostics: [],
            scenarios: [
                Told.scenario("rolls"), Told.scenario("waits", .skipped(reason: "slow")),
                Told.scenario("breaks", .broken(Told.diagnostic("out of range"))),
            ])
        #expect(
            Told.report(.tap, [script], printing: "pod/a created\n") == """
                TAP version 14
                # Subtest: web.dock
                    ok 1 - rolls
                      ---
                      virtual_ms: 1500
                      ...
                    ok 2 - waits # SKIP slow
                    not ok 3 - breaks
                      ---
                      virtual_ms: 1500
                      message: |
                        error[DD3999]: out of range
                          ┌─ a.dock:1:1
                          │
                        1 │ expect 1 == 2
                          │ ^
                      output: "pod/a created"
                      ...
                    1..3
                not ok 1 - web.dock
                1..1

                """)
    }

    @Test("a script without scenarios is a test; one that does not parse says why")
    func wholeScripts() {
        let passing = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [Told.scenario("")])
        let refused = ScriptResult(
            path: "b.dock", diagnostics: [Told.diagnostic("what is this")], scenarios: [])
        let unselected = ScriptResult(path: "c.dock", diagnostics: [], scenarios: [])
        #expect(
            Told.report(.tap, [passing, refused, unselected]) == """
                TAP version 14
                ok 1 - a.dock
                  ---
                  virtual_ms: 1500
                  ...
                not ok 2 - b.dock
                  ---
                  diagnostics: |
                    error[DD3999]: what is this
                      ┌─ a.dock:1:1
                      │
                    1 │ expect 1 == 2
                      │ ^
                  ...
                ok 3 - c.dock # SKIP no scenario was selected
                1..3

                """)
    }

    @Test("titles are one line in which nothing means anything")
    func titles() {
        let script = ScriptResult(
            path: "a#b.dock", diagnostics: [],
            scenarios: [Told.scenario("back\\slash # SKIP\nand \u{1B}[31mred")])
        let text = Told.report(.tap, [script])
        #expect(text.contains("    ok 1 - back\\\\slash \\# SKIP and ^[[31mred\n"), "\(text)")
        #expect(text.contains("\nok 1 - a\\#b.dock\n"), "\(text)")
    }

    @Test("texts of any shape are read back as they were")
    func texts() {
        func output(_ printed: String) -> Substring {
            let script = ScriptResult(
                path: "a.dock", diagnostics: [], scenarios: [Told.scenario("", .interrupted)])
            let text = Told.report(.tap, [script], printing: printed)
            let start = text.firstRange(of: "  output: ")?.upperBound ?? text.endIndex
            return text[start...].prefix(upTo: text.firstRange(of: "  ...")!.lowerBound)
        }
        #expect(output("say \"a\\b\"\n") == "\"say \\\"a\\\\b\\\"\"\n")
        #expect(output("one\n\n  two\n") == "|\n    one\n    \n      two\n")
        #expect(output("\n one\ttab\n") == "\"\\n one\\ttab\"\n")
        #expect(
            output("one\r\ntwo\u{2028}three\u{FFFE}") == "|\n    one\n    two\n    three\u{FFFD}\n")
        #expect(output("  indented\ntwo\n") == "\"  indented\\ntwo\"\n")
    }

    @Test("an interrupted run bails out instead of naming a plan")
    func interrupted() {
        let script = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [Told.scenario("", .interrupted)])
        let text = Told.report(.tap, [script])
        #expect(text.hasSuffix("Bail out! interrupted\n"), "\(text)")
        #expect(text.contains("not ok 1 - a.dock\n"))
        #expect(!text.contains("1..1"))
    }

    @Test("statistics are fields of a scenario's block")
    func statistics() {
        let script = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [Told.scenario("")])
        let text = Told.report(.tap, [script]) { $0.showsStatistics = true }
        #expect(text.contains("  writes: 7\n  events: 11\n  trace: \"abc\"\n"), "\(text)")
    }

    @Test("a run of nothing is a plan of nothing")
    func empty() {
        #expect(Told.report(.tap, []) == "TAP version 14\n1..0\n")
    }
}
