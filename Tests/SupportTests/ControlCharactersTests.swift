import Testing

@testable import Support

@Suite("control characters")
struct ControlCharactersTests {
    @Test(
        "are shown, not sent",
        arguments: [
            ("\u{1B}[31mred\u{1B}[0m", "^[[31mred^[[0m"), ("a\u{0}b\u{7}", "a^@b^G"),
            ("over\rwritten", "over^Mwritten"), ("\u{7F}", "^?"), ("\u{9B}31m", "\\u{9B}31m"),
            ("a\u{202E}b", "a\\u{202E}b"),
        ])
    func shown(_ text: String, _ wanted: String) {
        #expect(text.showingControls == wanted)
    }

    @Test(
        "lines, tabs and letters of all scripts stay",
        arguments: ["a\tb\nc\r\nd", "é Â £ ☃ 日本", ""])
    func kept(_ text: String) {
        #expect(text.showingControls == text)
    }

    @Test(
        "colours alone stay where they are drawn",
        arguments: [
            ("\u{1B}[1;31mred\u{1B}[0m", "\u{1B}[1;31mred\u{1B}[0m"), ("\u{1B}[2J", "^[[2J"),
            ("\u{1B}]0;title\u{7}", "^[]0;title^G"), ("\u{1B}[31", "^[[31"),
        ])
    func colours(_ text: String, _ wanted: String) {
        #expect(text.showingControlsButColors == wanted)
    }
}
