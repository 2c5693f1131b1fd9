import Testing

@testable import Reports

@Suite("HTML reports")
struct HTMLReportTests {
    private let script = ScriptResult(
        path: "web.dock", diagnostics: [],
        scenarios: [
            Told.scenario("rolls"), Told.scenario("waits", .skipped(reason: "<slow> & 'late'")),
            Told.scenario("breaks \"it\"", .broken(Told.diagnostic("out of range"))), Told.noted,
        ])

    @Test("failures are open, the rest is folded, and each can be shown alone")
    func page() {
        let text = Told.report(.html, [script], printing: "<b>bold</b>\n")
        #expect(text.contains("<details class=\"failed\" open>\n<summary>"))
        #expect(text.contains("<details class=\"passed\">\n<summary>"))
        #expect(text.contains("<details class=\"passed warned\" open>\n<summary>"))
        #expect(text.contains("<label for=\"failed\" class=\"failed\">1 failed</label>"))
        #expect(text.contains("<label for=\"warned\" class=\"warned\">1 warned</label>"))
        #expect(text.contains("<title>✗ 1 failed · drydock</title>"))
        #expect(text.contains("&lt;slow&gt; &amp; &#39;late&#39;"))
        #expect(text.contains("&lt;b&gt;bold&lt;/b&gt;") && !text.contains("<b>"))
        #expect(text.contains("breaks &quot;it&quot;"))
        #expect(
            text.contains(
                "<summary>Attached: text</summary><pre class=\"text\">one &lt;two&gt;</pre>"))
        #expect(text.hasPrefix("<!DOCTYPE html>\n") && text.hasSuffix("</html>\n"))
    }

    @Test("needs nothing from anywhere and runs no program")
    func selfContained() {
        let text = Told.report(.html, [script])
        #expect(text.contains("default-src 'none'"))
        for word in ["<script", "<link", "<img", "src=", "href=", "url(", "http"] {
            // `http-equiv` is the policy itself.
            let found = text.replacing("http-equiv", with: "").contains(word)
            #expect(!found, "\(word)")
        }
    }

    @Test("of a long output the end is shown, from the beginning of a line")
    func longOutput() {
        let output = String(repeating: "0123456789\n", count: 100_000)
        let shown = HTMLReport.end(of: output)
        #expect(shown.utf8.count <= HTMLReport.outputLimit + 40)
        #expect(shown.hasPrefix("… ") && shown.contains(" bytes before\n0123456789\n"))
        #expect(HTMLReport.end(of: "short\n") == "short\n")
    }
}
