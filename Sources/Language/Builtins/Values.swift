import Support
import Value

extension Builtins {
    /// Deciding about values.
    static let values: [Builtin] = [
        Builtin(
            "default", ["value", "otherwise"], "the value, or another where it is null",
            example: "default(pod/web .metadata.labels[\"tier\"], \"none\")",
            run: {
                let value = $0.value($1, 0)
                return value.isNull ? $0.value($1, 1) : value
            }),
        Builtin(
            "isEmpty", ["value"],
            "whether a list, map or text has nothing in it, or a value is null",
            example: "isEmpty([])",
            run: { evaluator, arguments in
                switch evaluator.value(arguments, 0) {
                case .null: return true
                case .array(let values): return .bool(values.isEmpty)
                case .object(let object): return .bool(object.isEmpty)
                case .text(let text): return .bool(text.string.isEmpty)
                case .opaque(let range as RangeValue): return .bool(range.count == 0)
                case .bool, .int, .double, .opaque:
                    throw evaluator.wrong(arguments, 0, "a list, a map or text")
                }
            }),
        Builtin(
            "fail", ["message"], "ends the scenario with a message",
            example: "if count(nodes[]) == 0 { fail(\"no nodes\") }",
            run: { throw RuntimeError.builtin(try $0.text($1, 0), hint: nil) }),
    ]
}
