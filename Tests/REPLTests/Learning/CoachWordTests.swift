import Testing

@testable import REPL

@Suite("The words of an exercise's prompt")
struct CoachWordTests {
    @Test(
        "stand alone on a line, in English or Chinese",
        arguments: [
            ("hint", .hint), ("  check ", .check), ("提示", .hint), ("下一题", .next),
            ("exit", .quit), ("重来", .reset), ("solution --anyway", .solution),
            ("notes it's {open", .notes), ("笔记 看事件", .notes), ("hint please", nil),
            ("next 3", nil), ("goals\nget pods", nil), ("solution 2", nil), ("get pods", nil),
            ("", nil), ("reset\n", nil),
        ] as [(String, CoachWord?)])
    func reading(line: String, word: CoachWord?) {
        #expect(CoachWord.read(line)?.word == word)
    }

    @Test("what follows the word is kept as it is typed")
    func rest() {
        #expect(CoachWord.read("notes  two  blanks")?.rest == "two  blanks")
        #expect(CoachWord.read("solution --anyway")?.rest == "--anyway")
        #expect(CoachWord.read("solution")?.rest == "")
    }

    @Test("no two words share a name")
    func names() {
        let chinese = CoachWord.allCases.map { $0.name(in: .chinese) }
        #expect(Set(chinese).count == CoachWord.allCases.count)
    }
}
