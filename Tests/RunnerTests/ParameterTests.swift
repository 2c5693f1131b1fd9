import Testing

@testable import Language
@testable import Reports
@testable import Runner

@Suite("param")
struct ParameterTests {
    private func run(
        _ text: String, _ given: [String: ParameterValues.Given] = [:]
    ) -> (output: String, exitCode: Int32) {
        var output = ""
        let report = HumanReport(ReportSettings { output += $0 }, hidesOutput: false)
        var options = RunOptions()
        options.parameters = ParameterValues(given)
        let result = ScriptRunner(options, listener: report).run(
            text: text, path: "a.dock", folder: "/nonexistent")
        return (output, [result].exitCode)
    }

    @Test(
        "is its default, or what is given from outside, of the same type",
        arguments: [
            (#""nginx""#, "nginx:1.27", "nginx:1.27"), (#""nginx""#, "", ""),
            (#""nginx""#, "a ${b} \\ \"c\"", "a ${b} \\ \"c\""), ("3", "-5", "-5"),
            ("true", "false", "false"), ("0.5", "2", "2"), ("-1", "0", "0"),
            ("25%", "50%", "50%"),
            ("30s", "2m", "2m0s"), ("500m", "2Gi", "2Gi"), ("512Mi", "1Gi", "1Gi"),
            ("5m", "10s", "10s"), ("[1, 2]", "3,4,5", "[3,4,5]"), ("[]", "a,b", #"["a","b"]"#),
            ("[\"x\"]", "", "[]"), ("[30s, 5m]", "1h", "[\"1h0m0s\"]"), ("[1, 0.5]", "2", "[2]"),
        ])
    func values(standard: String, given: String, shown: String) {
        let text = "param p = \(standard)\nprint \"${p}\"\n"
        let plain = run(text)
        #expect(plain.exitCode == 0, "\(plain.output)")
        let changed = run(text, ["p": .text(given)])
        #expect(changed.exitCode == 0, "\(changed.output)")
        #expect(changed.output.hasPrefix(shown + "\n"), "\(changed.output)")
    }

    @Test("is read by scenarios, functions, titles and rows")
    func places() {
        let text = """
            param image = "nginx"
            param counts = [1, 2]
            fn shown() => "<${image}>"
            scenario "${image} ${count}" for count in counts { print shown(), count }

            """
        let result = run(text, ["image": .text("web"), "counts": .list(["7"])])
        #expect(result.exitCode == 0)
        #expect(result.output.hasPrefix("── web 7\n<web> 7\n✓ web 7"), "\(result.output)")
        #expect(run(text).output.contains("nginx 2"))
    }

    @Test(
        "refuses values of another type with the place",
        arguments: [
            ("3", "many", "the parameter `p` is a whole number, and \"many\" is given"),
            ("3", "3.5", "the parameter `p` is a whole number, and \"3.5\" is given"),
            ("true", "yes", "the parameter `p` is true or false, and \"yes\" is given"),
            ("30s", "2Gi", "the parameter `p` is a duration, and \"2Gi\" is given"),
            ("2Gi", "30s", "the parameter `p` is a quantity, and \"30s\" is given"),
            ("25%", "25", "the parameter `p` is a percentage, and \"25\" is given"),
            (
                "[1]", "1,b",
                "the parameter `p` is a list, each item a whole number, and \"1,b\" is given"
            ),
        ])
    func types(standard: String, given: String, message: String) {
        let result = run("param p = \(standard)\nprint p\n", ["p": .text(given)])
        #expect(result.exitCode == 2)
        #expect(result.output.contains("error[DD2082]: \(message)"), "\(result.output)")
        #expect(result.output.contains("a.dock:1:11"), "\(result.output)")
    }

    @Test("is a text where a list is given to it: no")
    func listForText() {
        let result = run("param p = \"a\"\nprint p\n", ["p": .list(["a", "b"])])
        #expect(result.output.contains("and the list [\"a\", \"b\"] is given"), "\(result.output)")
    }

    @Test(
        "needs a literal at the top of a script",
        arguments: [
            ("let a = 1\nparam p = a\n", "DD2081"), ("param p = 1 + 2\n", "DD2081"),
            ("param p = [1, [2]]\n", "DD2081"), ("param p = [1, \"a\"]\n", "DD2081"),
            ("param p = \"${1}\"\n", "DD2081"),
            ("scenario \"a\" { param p = 1 }\n", "DD2080"), ("if true { param p = 1 }\n", "DD2080"),
            ("param p = 1\nparam p = 2\n", "DD2004"), ("param if = 1\n", "DD2060"),
        ])
    func structure(text: String, code: String) {
        let result = run(text)
        #expect(result.exitCode == 2)
        #expect(result.output.contains("error[\(code)]"), "\(result.output)")
    }

    @Test("is no keyword")
    func noKeyword() {
        #expect(
            run("let param = 3\nprint param\nparam = 4\nprint param\n").output.hasPrefix("3\n4\n"))
    }

    @Test("names that no script declares are found, includes followed")
    func scan() throws {
        try ScratchFile.with("param image = \"a\"\nparam count = 1\n") { path in
            func undeclared(_ names: [String]) -> [String] {
                ParameterScan.undeclared(names, in: [path], allowed: []).map {
                    "\($0.name): \($0.nearest ?? "-")"
                }
            }
            #expect(undeclared(["image", "count"]).isEmpty)
            #expect(undeclared(["image", "imge", "x"]) == ["imge: image", "x: -"])
        }
    }
}
