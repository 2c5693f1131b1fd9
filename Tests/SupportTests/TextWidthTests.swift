import Support
import Testing

@Suite("The width of texts")
struct TextWidthTests {
    @Test(
        "wide characters take two columns, marks none",
        arguments: [
            ("", 0), ("pod", 3), ("容器", 4), ("ＡＢ", 4), ("é", 1), ("e\u{301}", 1),
            ("✓ 目标", 6), ("\u{1B}[1mbold\u{1B}[0m", 4), ("、。", 4), ("“”", 2), ("한글", 4),
            ("★☆", 2), ("😀", 2), ("a\u{200B}b", 2),
        ])
    func columns(text: String, columns: Int) {
        #expect(TextWidth.columns(text) == columns)
    }

    @Test("padding counts columns, and cuts nothing")
    func padding() {
        #expect(TextWidth.padded("目标", to: 6) == "目标  ")
        #expect(TextWidth.padded("目标", to: 3) == "目标")
    }
}
