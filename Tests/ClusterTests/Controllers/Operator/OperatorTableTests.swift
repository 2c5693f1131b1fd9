import Testing
import Value

@testable import Cluster

@Suite("behaviors of operators")
struct OperatorTableTests {
    private static let object: Value = [
        "metadata": ["name": "orders"], "spec": ["size": 3, "tags": ["a", "b"]],
    ]

    @Test(
        "texts of templates take fields of the object",
        arguments: [
            ("plain", "\"plain\""), ("{.metadata.name}-db", "\"orders-db\""),
            ("{.spec.size}", "3"), ("n={.spec.size}/{.metadata.name}", "\"n=3/orders\""),
            ("{.spec.tags}", "[\"a\",\"b\"]"), ("x{.spec.none}y", "\"xy\""),
            ("{.spec.none}", "null"), ("{not a path}", "\"{not a path}\""),
        ])
    func templates(_ text: String, _ expected: String) {
        let filled = OperatorTemplate.filled(Value(text), from: Self.object)
        #expect(JSON.text(filled) == expected)
    }

    @Test("a field of a template that stands for nothing is left out")
    func absent() {
        let filled = OperatorTemplate.filled(
            ["a": "{.spec.none}", "b": ["{.spec.size}"]], from: Self.object)
        #expect(JSON.text(filled) == "{\"b\":[3]}")
    }

    @Test("later behaviors win, setting by setting, for the objects they name")
    func rules() throws {
        var table = OperatorTable()
        var first = OperatorBehavior()
        first.after = 1000
        first.failure = "no"
        table.add(kind: "Widget", name: "*", namespace: "*", first)
        var second = OperatorBehavior()
        second.failure = ""
        table.add(kind: "Widget", name: "good-*", namespace: "*", second)
        let good = try #require(table.behavior(of: "Widget", namespace: "x", name: "good-1"))
        #expect(good.after == 1000 && good.failure == "")
        #expect(table.behavior(of: "Widget", namespace: "x", name: "bad")?.failure == "no")
        #expect(table.behavior(of: "Gadget", namespace: "x", name: "bad") == nil)
        #expect(table.kinds == ["Widget"])
    }
}
