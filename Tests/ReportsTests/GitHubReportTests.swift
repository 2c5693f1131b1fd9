import Testing

@testable import Reports

@Suite("annotations for GitHub")
struct GitHubReportTests {
    @Test("name file, line and title, one for each failure and warning")
    func annotations() {
        let script = ScriptResult(
            path: "web.dock", diagnostics: [],
            scenarios: [
                Told.scenario("rolls"),
                Told.scenario("breaks: 50%, again", .broken(Told.diagnostic("out of range"))),
                Told.noted,
            ])
        #expect(
            Told.report(.github, [script], printing: "::error::no\n") == """
                ::error file=a.dock,line=1,endLine=1,col=1,endColumn=1,title=breaks%3A 50%25%2C again\
                ::error[DD3999]: out of range%0A  ┌─ a.dock:1:1%0A  │%0A1 │ expect 1 == 2%0A  │ ^
                ::warning file=a.dock,line=1,endLine=1,col=1,endColumn=1,title=noted\
                ::warning[DD3999]: hardly%0A  ┌─ a.dock:1:1%0A  │%0A1 │ expect 1 == 2%0A  │ ^

                """)
    }

    @Test(
        "messages and properties are escaped as documented",
        arguments: [
            ("100%", "100%25", "100%25"), ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("a: b, c", "a: b, c", "a%3A b%2C c"), ("%0A", "%250A", "%250A"),
            ("größer 😀", "größer 😀", "größer 😀"),
        ])
    func escapes(_ text: String, _ data: String, _ property: String) {
        #expect(GitHubReport.data(text) == data)
        #expect(GitHubReport.property(text) == property)
    }

    @Test("a file that cannot be read has no line")
    func missing() {
        let script = ScriptResult(path: "a,b.dock", problem: "no such file or directory")
        #expect(
            Told.report(.github, [script])
                == "::error file=a%2Cb.dock,title=a%2Cb.dock::no such file or directory\n")
    }
}
