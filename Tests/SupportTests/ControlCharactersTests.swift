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
}
