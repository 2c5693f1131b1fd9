import Syntax
import Testing

/// Whatever comes in, a tree and diagnostics come out.
@Suite("Robustness")
struct RobustnessTests {
    @Test("random bytes never crash the parser, and spans stay inside the text")
    func randomBytes() {
        var random = TestRandom(seed: 3)
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<80, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            check(Source(name: "bytes", bytes: bytes))
        }
    }

    @Test("random signs and words never crash the parser")
    func randomTokens() {
        var random = TestRandom(seed: 4)
        let pool = SampleScripts.all.flatMap(Mutation.tokens)
        for _ in 0..<3_000 {
            let count = Int.random(in: 0..<40, using: &random)
            let tokens = (0..<count).map { _ in pool.randomElement(using: &random)! }
            check(Source(name: "tokens", text: tokens.joined()))
        }
    }

    @Test(
        "a text that breaks off anywhere is reported, never a crash", arguments: SampleScripts.all)
    func prefixes(_ text: String) {
        let bytes = Array(text.utf8)
        for count in 0..<bytes.count {
            check(Source(name: "prefix", bytes: Array(bytes[..<count])))
        }
    }

    private func check(_ source: Source) {
        check(Parser.parse(source), source)
        check(Parser.parseShell(source), source)
    }

    private func check(_ result: ParseResult, _ source: Source) {
        for diagnostic in result.diagnostics {
            #expect(diagnostic.span.start >= 0 && Int(diagnostic.span.end) <= source.utf8.count)
            #expect(!DiagnosticRenderer(usesColor: true).render(diagnostic).isEmpty)
        }
        var last = 0
        for statement in result.script.statements {
            #expect(Int(statement.span.start) >= last, "\(source.text)")
            #expect(Int(statement.span.end) <= source.utf8.count)
            last = Int(statement.span.start)
        }
    }

    // MARK: Limits

    private func codes(_ text: String, _ change: (inout SyntaxLimits) -> Void = { _ in })
        -> [String]
    {
        var options = ParseOptions()
        change(&options.limits)
        return Parser.parse(Source(name: "limits", text: text), options: options).diagnostics
            .map(\.code)
    }

    @Test("a script beyond the size limit is refused")
    func sourceSize() {
        #expect(codes("settle\n") { $0.sourceBytes = 6 } == ["DD1901"])
        #expect(codes("settle") { $0.sourceBytes = 6 } == [])
    }

    @Test(
        "nesting beyond the limit is one diagnostic, whatever is nested",
        arguments: [
            "print " + String(repeating: "(", count: 100_000),
            "print " + String(repeating: "[", count: 100_000),
            "print " + String(repeating: "{a: ", count: 100_000),
            "print " + String(repeating: "- ", count: 100_000) + "1",
            "print " + String(repeating: "not ", count: 100_000) + "x",
            "print " + String(repeating: "f(", count: 100_000),
            "print " + String(repeating: "fn() => ", count: 100_000) + "1",
            "print " + String(repeating: "if a then ", count: 100_000),
            "print " + String(repeating: "any x has ", count: 100_000) + "1",
            "print " + String(repeating: "\"${", count: 100_000),
            "print x" + String(repeating: "[x", count: 100_000),
            "print x matches " + String(repeating: "[", count: 100_000),
            "echo " + String(repeating: "$(echo ", count: 100_000),
            "echo " + String(repeating: "${\"${", count: 100_000),
            String(repeating: "if x { ", count: 100_000),
            String(repeating: "scenario \"x\" {\n", count: 100_000),
            String(repeating: "get pods -w {\n", count: 100_000),
            String(repeating: "for i in a; do ", count: 100_000),
            String(repeating: "until a; do ", count: 100_000),
            String(repeating: "case x in a) ", count: 100_000),
            "a | " + String(repeating: "( ", count: 100_000),
            "a | " + String(repeating: "{ b | ", count: 100_000),
            "a | " + String(repeating: "if a; then ", count: 100_000),
            "echo " + String(repeating: "\"$(", count: 100_000),
            "echo " + String(repeating: "$(( $(a ", count: 100_000),
            "echo " + String(repeating: "${x:-", count: 100_000),
            "echo " + String(repeating: "<(a ", count: 100_000),
        ])
    func nesting(_ text: String) {
        #expect(codes(text) == ["DD1902"])
    }

    @Test("braces that stand for too many words are one diagnostic")
    func choices() {
        #expect(codes("touch a{1..99999}") == ["DD1905"])
        #expect(codes("touch {x,{1..500}{1..500}}") == ["DD1905"])
        #expect(codes("touch {x,{1..50}{1..50}}") == [])
    }

    @Test(
        "brackets that never close cost no more than they are long",
        arguments: ["while ((((", "for x in [[[[", "if {{{{", "echo {{{{", "(", "touch {a,{a,{a,"])
    func openBrackets(_ start: String) {
        #expect(!codes(String(repeating: start, count: 20_000)).isEmpty)
    }

    @Test("nesting just below the limit is fine")
    func allowedNesting() {
        let text = String(repeating: "(", count: 70) + "1" + String(repeating: ")", count: 70)
        #expect(codes("print " + text) == [])
    }

    @Test(
        "an expression of too many levels is one diagnostic",
        arguments: [
            "print " + String(repeating: "1 + ", count: 5_000) + "1",
            "print " + String(repeating: "x and ", count: 5_000) + "x",
            "print x" + String(repeating: "(1)", count: 5_000),
            "print x" + String(repeating: ".y", count: 5_000),
            "print xs" + String(repeating: " where .x", count: 5_000),
        ])
    func height(_ text: String) {
        #expect(codes(text) == ["DD1903"])
    }

    @Test("a hundred operators are fine")
    func allowedHeight() {
        #expect(codes("print " + String(repeating: "1 + ", count: 100) + "1") == [])
    }

    @Test("diagnostics beyond the limit are counted")
    func diagnosticCount() {
        let text = String(repeating: "let = 1\n", count: 60)
        #expect(codes(text).count == 51)
        #expect(codes(text).last == "DD1904")
        #expect(rendered(text).contains("10 more errors not shown"))
    }

    @Test("a large script parses in linear time")
    func largeScript() {
        let line = "expect deployment/web .status.readyReplicas == 3 and x[0].y in [1, 2]\n"
        let result = parse(String(repeating: line, count: 5_000))
        #expect(result.diagnostics.isEmpty)
        #expect(result.script.statements.count == 5_000)
    }
}
