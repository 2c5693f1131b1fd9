import Syntax
import Testing

@Suite("Printer")
struct PrinterTests {
    @Test("printing and parsing again gives the same tree", arguments: SampleScripts.all)
    func roundTrip(_ text: String) {
        let first = parse(text)
        let printed = SyntaxPrinter.text(of: first.script)
        let second = parse(printed)
        #expect(second.diagnostics.isEmpty, "\(printed)\n\(rendered(printed))")
        #expect(
            treeText(second.script.statements) == treeText(first.script.statements), "\(printed)")
        #expect(SyntaxPrinter.text(of: second.script) == printed)
    }
}
