import Syntax
import Testing

@Suite("Printer")
struct PrinterTests {
    @Test("printing and parsing again gives the same tree", arguments: SampleScripts.all)
    func roundTrip(_ text: String) {
        expectRoundTrip(text)
    }

    @Test("printing and parsing again gives the same tree for texts that nobody would write")
    func roundTripOfOddTexts() {
        var random = TestRandom(seed: 42)
        let pool = SampleScripts.all.flatMap(Mutation.tokens)
        for index in 0..<3_000 {
            var text = SampleScripts.all[index % SampleScripts.all.count]
            for _ in 0..<(1 + index % 3) where !text.isEmpty {
                text = Mutation.mutate(text, pool: pool, &random)
            }
            if parse(text).diagnostics.isEmpty { expectRoundTrip(text) }
        }
        var generator = SentenceGenerator(.drydock, seed: 5)
        for _ in 0..<1_000 {
            let text = generator.sentence()
            if parse(text).diagnostics.isEmpty { expectRoundTrip(text) }
        }
    }

    private func expectRoundTrip(_ text: String) {
        let first = parse(text)
        let printed = SyntaxPrinter.text(of: first.script)
        let second = parse(printed)
        #expect(
            treeText(second.script.statements) == treeText(first.script.statements),
            "\(text)\n--- printed\n\(printed)\n\(rendered(printed))")
        #expect(SyntaxPrinter.text(of: second.script) == printed)
    }
}
