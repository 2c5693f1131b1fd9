import Testing

@testable import REPL

@Suite("words of the prompt")
struct PromptWordTests {
    private func word(_ text: String) -> PromptWord? {
        PromptWord(text) { !$0.isEmpty && !$0.hasPrefix("get") && !$0.hasPrefix("kubectl") }
    }

    @Test(
        "are told from statements by what follows",
        arguments: [
            ("until count(pods[]) == 3", PromptWord.until("count(pods[]) == 3")),
            ("until false; do echo a; done", nil),
            ("watch pods[]", .watch("pods[]")),
            ("watch get pods", nil),
            ("watch kubectl get pods", nil),
            ("unwatch", .unwatch(nil)),
            ("unwatch 2", .unwatch("2")),
            ("breakpoint", .listBreakpoints),
            ("breakpoint delete 2", .deleteBreakpoint("2")),
            ("breakpoint pod/a exists", .breakpoint("pod/a exists")),
            ("break on write pods[app=web]", .breakOnWrite("pods[app=web]")),
            ("break", nil),
            ("prompt auto", .rests(true)),
            ("prompt still", .rests(false)),
            ("prompt loud", .malformed("prompt takes one word, auto or still")),
            ("save a.dock --expect", .save(["a.dock", "--expect"])),
            ("load a.dock", .load("a.dock")),
            ("load deployment/web cpu=1", nil),
            ("reload", .reload),
            ("get pods", nil),
        ])
    func reading(text: String, expected: PromptWord?) { #expect(word(text) == expected) }
}
