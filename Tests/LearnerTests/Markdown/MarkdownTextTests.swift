import Learner
import Support
import Testing

@Suite("Markdown on a terminal")
struct MarkdownTextTests {
    private func plain(_ text: String, width: Int = 40) -> String {
        MarkdownText(width: width, usesColor: false, showsUnicode: true).render(text)
    }

    @Test("reads well without colours")
    func blocks() {
        let text = """
            # A title
            Some **strong** words and `code`,
            on two lines.
            - one
            - two `2`
              goes on
              - inner
            1. first

            ```sh
            kubectl get pods   # stays
              as it is
            ```
            > quoted
            """
        #expect(
            plain(text) == """
                A title
                ═══════

                Some strong words and `code`, on two
                lines.

                • one
                • two `2` goes on
                  • inner
                1. first

                    kubectl get pods   # stays
                      as it is

                │ quoted

                """)
    }

    @Test("colours faces, not marks")
    func colours() {
        let text = MarkdownText(width: 40, usesColor: true, showsUnicode: true)
        #expect(
            text.render("## T\n**a b** `c`")
                == "\u{1B}[1mT\u{1B}[0m\n\n\u{1B}[1ma\u{1B}[0m \u{1B}[1mb\u{1B}[0m \u{1B}[36m`c`\u{1B}[0m\n"
        )
    }

    @Test("only ASCII where the terminal shows no more")
    func ascii() {
        let text = MarkdownText(width: 40, usesColor: false, showsUnicode: false)
            .render("# T\n- a\n\n> b\n\n---\n\n| a | b |\n|---|---|\n| c | d |")
        #expect(text.unicodeScalars.allSatisfy { $0.isASCII })
        #expect(text.contains("- a\n") && text.contains("| b\n"))
    }

    @Test("cells of a table line up, wide characters and all")
    func tables() {
        let text = plain("| 名字 | b |\n|---|---|\n| a | 值 |\n| `cd` | x |")
        #expect(text == "名字  b\n────  ──\na     值\n`cd`  x\n")
    }

    @Test(
        "Chinese breaks between characters, and no line begins with a stop",
        arguments: [
            ("一二三四五六七八九十甲乙丙", ["一二三四五六七八九十", "甲乙丙"]),
            ("一二三四五六七八九十。甲乙", ["一二三四五六七八九", "十。甲乙"]),
            ("一二三四五六七八九（甲乙）", ["一二三四五六七八九", "（甲乙）"]),
            ("用 kubectl 看看 pod 的状态", ["用 kubectl 看看 pod", "的状态"]),
            ("一二三四五六七八`kubectl`", ["一二三四五六七八", "`kubectl`"]),
        ])
    func chinese(text: String, lines: [String]) {
        #expect(plain(text, width: 20) == lines.map { $0 + "\n" }.joined())
    }

    @Test("no line is wider than the window, and nothing is lost", arguments: [20, 33, 60, 80])
    func filling(width: Int) {
        let text = "滚动更新会逐个替换 Pod：`maxSurge` 决定**最多**多出几个，another word 另一句话，以及更多。"
        let shown = plain(text, width: width)
        for line in shown.split(separator: "\n") { #expect(TextWidth.columns(line) <= width) }
        let dense = { (text: String) in text.filter { !$0.isWhitespace && $0 != "*" } }
        #expect(dense(shown) == dense(text))
    }

    @Test(
        "marks that are not closed are text",
        arguments: [
            ("a ` b", "a ` b"), ("2 ** 3", "2 ** 3"), ("2 * 3 * 4", "2 * 3 * 4"),
            ("is *not* so", "is not so"), ("a\\*b \\`c\\`", "a*b `c`"),
            ("[text](https://x.y)", "text (https://x.y)"), ("a[0] == b", "a[0] == b"),
            ("`` a`b ``", "`a`b`"), ("a | b", "a | b"),
        ])
    func loose(text: String, shown: String) {
        #expect(plain(text) == shown + "\n")
    }

    @Test("lines of a paragraph join without a blank between wide characters")
    func joins() {
        #expect(plain("一\n二\nthree\nfour") == "一二 three four\n")
    }
}
