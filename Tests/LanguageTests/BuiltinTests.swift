import Testing

@testable import Language

@Suite("Built-in functions")
struct BuiltinTests {
    @Test("every row is complete and has a name of its own")
    func rows() {
        #expect(Set(Builtins.names).count == Builtins.all.count)
        for builtin in Builtins.all {
            #expect(!builtin.summary.isEmpty && !builtin.summary.hasSuffix("."))
            #expect(builtin.example.contains(builtin.name + "("))
            #expect(builtin.required <= builtin.maximum)
        }
    }

    @Test("every example checks and, where it states something, holds", arguments: Builtins.names)
    func examples(name: String) throws {
        let example = try #require(Builtins.named(name)).example
        let world = { (host: FakeHost) in
            smallWorld(host)
            host.put("pods/web", Samples.startedPod)
        }
        // There is no network here; scripts in scenarios/network hold these.
        if name == "http" || name == "httpAll" {
            #expect(!run(example + "\n", prepare: world).trouble.contains("error[DD2"))
        } else if example.contains("==") && !example.hasPrefix("if") && name != "count" {
            #expect(evaluate(example, prepare: world) == "true")
        } else if example.hasPrefix("let") || example.hasPrefix("if") {
            #expect(run(example + "\n", prepare: world).trouble.contains("error[DD2") == false)
        } else {
            #expect(!evaluate(example, prepare: world).hasPrefix("error"))
        }
    }

    @Test(
        "refuse what they cannot use",
        arguments: [
            ("upper(1)", "DD3031"), ("count(1)", "DD3031"), ("sum([1, \"a\"])", "DD3005"),
            ("max([])", "DD3032"), ("max([1, \"a\"])", "DD3002"), ("round(\"a\")", "DD3031"),
            ("range(1, 2, 0)", "DD3032"), ("number(\"abc\")", "DD3031"),
            ("duration(\"soon\")", "DD3031"), ("quantity(\"lots\")", "DD3031"),
            ("time(\"yesterday\")", "DD3031"), ("fromJson(\"{\")", "DD3032"),
            ("mapOf([1])", "DD3031"), ("toJson(fn() => 1)", "DD3028"),
            ("repeat(\"a\", -1)", "DD3031"), ("replace(\"a\", \"\", \"b\")", "DD3031"),
            ("number(5m)", "DD3009"), ("seconds(3)", "DD3031"), ("round(1e300)", "DD3020"),
            ("count(pod/nothing)", "DD3040"), ("type(pod/nothing)", "DD3040"),
            ("fail(\"stop\")", "DD3032"), ("map(3, it)", "DD3007"),
            ("fromYaml(\"a: [\")", "DD3032"), ("fromYaml(\"a: 1\\n---\\nb: 2\")", "DD3032"),
            ("toYaml(fn() => 1)", "DD3028"), ("base64decode(\"?\")", "DD3031"),
            ("base64decode(\"/w==\")", "DD3032"), ("capture(\"(\", \"a\")", "DD3067"),
            ("reduce([1], 3, 0)", "DD3008"), ("reduce([1], fn(a) => a, 0)", "DD3030"),
            ("groupBy([1], null)", "DD3008"), ("groupBy([{a: 1}], it.b)", "DD3032"),
            ("merge({}, [1])", "DD3031"), ("enumerate(3)", "DD3031"),
        ])
    func refusals(expression: String, code: String) {
        #expect(evaluate(expression, prepare: smallWorld).hasPrefix("error[\(code)]"))
    }
}
