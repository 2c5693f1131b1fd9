import Foundation
import Syntax
import Testing

@Suite("Formatter")
struct FormatterTests {
    @Test("lays out", arguments: FormatterCases.all)
    func cases(_ row: FormatterCases.Row) {
        #expect(formatted(row.text) == row.expected, "\(row.name)")
        #expect(formatted(row.expected) == row.expected, "\(row.name), once more")
    }

    @Test("sample scripts keep their trees and settle at once", arguments: SampleScripts.all)
    func samples(_ text: String) {
        expectSound(text)
    }

    @Test(
        "ten thousand generated programs keep their trees, and formatting them twice changes nothing"
    )
    func generated() {
        var generator = SentenceGenerator(.drydock, seed: 23)
        var (valid, tried) = (0, 0)
        while valid < 10_000, tried < 200_000 {
            tried += 1
            let text = generator.sentence()
            guard parse(text).diagnostics.isEmpty else { continue }
            valid += 1
            expectSound(text)
        }
        #expect(valid == 10_000)
    }

    @Test("so do texts that nobody would write")
    func mutated() {
        var random = TestRandom(seed: 77)
        let pool =
            SampleScripts.all.flatMap(Mutation.tokens) + ["# why\n", "\n\n\n", " \\\n", "  "]
        for index in 0..<4_000 {
            var text = SampleScripts.all[index % SampleScripts.all.count]
            for _ in 0..<(1 + index % 4) where !text.isEmpty {
                text = Mutation.mutate(text, pool: pool, &random)
            }
            if parse(text).diagnostics.isEmpty { expectSound(text) }
        }
    }

    @Test("a script with errors is refused with its diagnostics")
    func refused() {
        guard
            case .refused(let problems) = SourceFormatter.format(
                Source(name: "x", text: "expect (1\n"))
        else {
            Issue.record("formatted")
            return
        }
        #expect(problems.map(\.code) == ["DD1002"])
    }

    @Test("time grows with the length of the text")
    func linear() {
        let unit =
            "scenario \"x\" {\n  expect count(pods[app=web])==3 # three\n  apply -f web.yaml\n}\n\n"
        // Of this thread alone: what else the machine does has no part in it.
        func nanoseconds() -> Int {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return time.tv_sec * 1_000_000_000 + time.tv_nsec
        }
        func steps(_ count: Int) -> Int {
            let begin = nanoseconds()
            _ = formatted(String(repeating: unit, count: count))
            return nanoseconds() - begin
        }
        _ = steps(20)
        // Sixteen times the text: quadratic cost would take 256 times as long.
        #expect(steps(1_600) < steps(100) * 100)
    }

    private func expectSound(_ text: String) {
        switch SourceFormatter.format(Source(name: "test.dock", text: text)) {
        case .refused(let problems):
            Issue.record("refused: \(text)\n\(DiagnosticRenderer().render(problems))")
        case .formatted(let once):
            let tree = treeText(parse(once).script.statements)
            #expect(
                tree == treeText(parse(text).script.statements), "\(text)\n--- formatted\n\(once)")
            #expect(formatted(once) == once, "\(text)")
        }
    }
}

/// The laid out text, or the diagnostics of a text that cannot be.
func formatted(_ text: String) -> String {
    switch SourceFormatter.format(Source(name: "test.dock", text: text)) {
    case .formatted(let result): result
    case .refused(let problems): DiagnosticRenderer().render(problems)
    }
}
