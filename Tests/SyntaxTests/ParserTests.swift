import Syntax
import Testing

@Suite("Parser")
struct ParserTests {
    @Test("the example of the design parses")
    func designExample() {
        let result = parse(SampleScripts.canary)
        #expect(rendered(SampleScripts.canary) == "")
        #expect(result.script.statements.count == 3)
    }

    @Test("statements that are right", arguments: SampleScripts.statements)
    func accepted(_ text: String) {
        #expect(rendered(text) == "", "\(text)")
        #expect(!parse(text).script.statements.isEmpty)
    }
}
