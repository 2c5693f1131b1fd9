import Testing
import Value

@testable import Reports

@Suite("JSON reports")
struct JSONReportTests {
    private func lines(_ scripts: [ScriptResult], printing: String = "") throws -> [Value] {
        try Told.report(.json, scripts, printing: printing).split(separator: "\n").map {
            try JSON.parse(String($0))
        }
    }

    @Test("a line for the run, each scenario, each script and the end")
    func order() throws {
        let script = ScriptResult(
            path: "web.dock", diagnostics: [Told.diagnostic("hardly", .warning)],
            scenarios: [
                Told.scenario("rolls"), Told.scenario("waits", .skipped(reason: "slow")),
                Told.scenario("breaks", .broken(Told.diagnostic("out of range")), seed: 7),
            ])
        let lines = try lines([script])
        #expect(
            lines.map { $0["type"].string }
                == ["run", "scenario", "scenario", "scenario", "script", "summary"])
        #expect(
            lines[1..<5].map { $0["status"].string } == ["passed", "skipped", "failed", "failed"])
        #expect(lines[2]["reason"].string == "slow")
        #expect(lines[3]["failures"][0]["code"].string == "DD3999")
        #expect(lines[3]["failures"][0]["place"]["line"].int == 1)
        #expect(lines[4]["diagnostics"][0]["severity"].string == "warning")
        #expect(lines[5]["again"].string == "drydock run --seed 7 --filter breaks web.dock")
        #expect(lines[5]["exitCode"].int == 2)
    }

    @Test("texts are as they were, on one line")
    func texts() throws {
        let printed = "\u{1B}[31m\u{0}\u{FFFE}\u{2028}\r\n\"ü\" 😀"
        let script = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [Told.scenario("a\nb\u{7}")])
        let text = Told.report(.json, [script], printing: printed)
        #expect(text.utf8.count { $0 == UInt8(ascii: "\n") } == 4)
        let lines = try lines([script], printing: printed)
        #expect(lines[1]["output"].string == printed)
        #expect(lines[1]["title"].string == "a\nb\u{7}")
    }

    @Test("a wall time is there only where somebody looked at a clock")
    func wallTimes() throws {
        var timed = Told.scenario("timed")
        timed.wallMicroseconds = 1_250
        let script = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [timed, Told.scenario("not")])
        let lines = try lines([script])
        #expect(lines[1]["wallMs"] == .double(1.25) && lines[2]["wallMs"].isNull)
    }

    @Test("attachments keep their values, and texts are texts")
    func attachments() throws {
        let lines = try lines(
            [ScriptResult(path: "a.dock", diagnostics: [], scenarios: [Told.noted])])
        let attachments = lines[1]["attachments"]
        #expect(attachments[0]["value"] == .array([.int(1)]))
        #expect(attachments[1]["text"].string == "one <two>\n")
        #expect(lines[1]["warnings"][0]["message"].string == "hardly")
    }

    @Test("a seed that no integer holds is a text")
    func seeds() throws {
        let script = ScriptResult(
            path: "a.dock", diagnostics: [], scenarios: [Told.scenario("a", seed: .max)])
        #expect(try lines([script])[1]["seed"].string == "18446744073709551615")
    }
}
