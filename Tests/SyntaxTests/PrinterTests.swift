import Syntax
import Testing

@Suite("Printer")
struct PrinterTests {
    @Test("printing and parsing again gives the same tree", arguments: SampleScripts.all)
    func roundTrip(_ text: String) {
        expectRoundTrip(text)
    }

    @Test("so does the shell dialect", arguments: SampleScripts.shellTexts)
    func shellRoundTrip(_ text: String) {
        expectRoundTrip(text, asShell: true)
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
        for index in 0..<2_000 {
            let samples = SampleScripts.shellTexts.filter { !$0.isEmpty }
            let text = Mutation.mutate(samples[index % samples.count], pool: pool, &random)
            if parseShell(text).diagnostics.isEmpty { expectRoundTrip(text, asShell: true) }
        }
        var generator = SentenceGenerator(.drydock, seed: 5)
        for _ in 0..<1_000 {
            let text = generator.sentence()
            if parse(text).diagnostics.isEmpty { expectRoundTrip(text) }
        }
    }

    private func expectRoundTrip(_ text: String, asShell: Bool = false) {
        let read = asShell ? parseShell : { parse($0) }
        let first = read(text)
        let printed = SyntaxPrinter.text(of: first.script, asShell: asShell)
        let second = read(printed)
        #expect(
            treeText(second.script.statements) == treeText(first.script.statements),
            "\(text)\n--- printed\n\(printed)\n\(DiagnosticRenderer().render(second.diagnostics))")
        #expect(SyntaxPrinter.text(of: second.script, asShell: asShell) == printed)
    }
}
