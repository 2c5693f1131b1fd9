import Language
import Syntax
import Testing

@testable import Reports

@Suite("JUnit reports")
struct JUnitReportTests {
    @Test("a suite for each script, a case for each scenario, and the counts at the top")
    func cases() {
        var passing = Told.scenario("rolls")
        passing.wallMicroseconds = 12_345
        let script = ScriptResult(
            path: "web.dock", diagnostics: [],
            scenarios: [
                passing, Told.scenario("waits", .skipped(reason: "slow")),
                Told.scenario("breaks", .broken(Told.diagnostic("out of range"))),
            ])
        #expect(
            Told.report(.junit, [script], printing: "pod/a created\n") == """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="drydock" tests="3" failures="0" errors="1" time="0.012345">
                  <testsuite name="web.dock" file="web.dock" tests="3" failures="0" errors="1" skipped="1" time="0.012345">
                    <properties>
                      <property name="virtual_ms" value="4500"/>
                    </properties>
                    <testcase name="rolls" classname="web.dock" time="0.012345">
                      <system-out>1.5s of virtual time, seed 1
                --- output
                pod/a created
                </system-out>
                    </testcase>
                    <testcase name="waits" classname="web.dock" time="0.000000">
                      <skipped message="slow"/>
                    </testcase>
                    <testcase name="breaks" classname="web.dock" time="0.000000">
                      <error message="a.dock:1:1: out of range" type="DD3999">error[DD3999]: out of range
                  ┌─ a.dock:1:1
                  │
                1 │ expect 1 == 2
                  │ ^</error>
                      <system-out>1.5s of virtual time, seed 1
                --- output
                pod/a created
                </system-out>
                    </testcase>
                  </testsuite>
                </testsuites>

                """)
    }

    @Test(
        "texts are what XML allows",
        arguments: [
            ("a < b & c > d", "a &lt; b &amp; c &gt; d"), ("]]>", "]]&gt;"),
            ("\u{0}\u{1B}[31m\u{7F}", "^@^[[31m^?"), ("a\r\nb", "a&#13;\nb"), ("a\rb", "a^Mb"),
            ("\u{FFFE}\u{FFFF}", "\u{FFFD}\u{FFFD}"), ("größer 大 😀", "größer 大 😀"),
        ])
    func texts(_ text: String, _ written: String) {
        #expect(XMLWriter.escaped(text) == written)
    }

    @Test("attributes keep quotes, tabs and line ends")
    func attributes() {
        var writer = XMLWriter(level: 0)
        writer.element("e", [("a", "\"x\"\ty\nz")])
        #expect(writer.text == "<e a=\"&quot;x&quot;&#9;y&#10;z\"/>\n")
    }

    @Test("a script that cannot run or be read is a case with an error")
    func refused() {
        let refused = ScriptResult(
            path: "b.dock", diagnostics: [Told.diagnostic("what is this")], scenarios: [])
        let missing = ScriptResult(path: "c.dock", problem: "no such file or directory")
        let text = Told.report(.junit, [refused, missing])
        #expect(text.contains("tests=\"2\" failures=\"0\" errors=\"2\""))
        #expect(text.contains("<error message=\"no such file or directory\" type=\"file\"/>"))
        #expect(text.contains("type=\"DD3999\">error[DD3999]: what is this"))
    }

    @Test("warnings and attachments stand with their scenario")
    func notes() {
        let text = Told.report(
            .junit, [ScriptResult(path: "a.dock", diagnostics: [], scenarios: [Told.noted])])
        #expect(
            text.contains("--- attached: list\n[\n  1\n]\n--- attached: text\none &lt;two&gt;\n"))
        #expect(text.contains("<system-err>warning[DD3999]: hardly"))
    }
}
