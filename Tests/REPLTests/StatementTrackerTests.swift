import Testing

@testable import REPL

@Suite("Reading statements of many lines")
struct StatementTrackerTests {
    private func looks(_ lines: [String]) -> Int {
        var tracker = StatementTracker()
        return lines.count { tracker.mayEnd(after: $0) }
    }

    @Test("a block or a here-document of 5,000 lines is looked at a hundred times, not 5,000")
    func longStatements() {
        let block = ["if true {"] + (0..<5_000).map { "  let v\($0) = [\($0), {a: \"}\"}]" } + ["}"]
        #expect(looks(block) < 100)
        let nested = ["if true {"] + (0..<2_500).flatMap { _ in ["if true {", "}"] } + ["}"]
        #expect(looks(nested) < 100)
        let document =
            ["apply -f - <<'E'"] + (0..<5_000).map { "  v\($0): \"}\"" } + ["E"]
        #expect(looks(document) < 100)
    }

    @Test(
        "a long statement may end where it ends",
        arguments: [
            (["if true {"], "  print \"{\" # }", "}"), (["apply -f - <<E"], "a: }", "E"),
            (["print [\"it's\","], "  1,", "]"), (["x = '{"], "more", "'"),
            (["cat <<-A <<B"], "text", "B"),
        ])
    func ends(start: [String], line: String, end: String) {
        var tracker = StatementTracker()
        for line in start + [String](repeating: line, count: 300) {
            _ = tracker.mayEnd(after: line)
        }
        if start[0].contains("<<-A") { _ = tracker.mayEnd(after: "\tA") }
        let ends = tracker.mayEnd(after: end)
        #expect(ends)
    }
}
