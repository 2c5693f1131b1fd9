import Support
import Value

extension Builtins {
    /// Maps and JSON.
    static let structures: [Builtin] = [
        Builtin(
            "keys", ["map"], "the keys of a map, in its order",
            example: "keys({a: 1, b: 2}) == [\"a\", \"b\"]",
            run: { .array(try $0.map($1, 0).keys.map { Value($0.name) }) }),
        Builtin(
            "values", ["map"], "the values of a map, in its order",
            example: "values({a: 1, b: 2}) == [1, 2]",
            run: { .array(try $0.map($1, 0).map(\.value)) }),
        Builtin(
            "entries", ["map"], "the `[key, value]` pairs of a map",
            example: "entries({a: 1}) == [[\"a\", 1]]",
            run: { try Conversion.sequence(.object(try $0.map($1, 0))) }),
        Builtin(
            "hasKey", ["map", "key"], "whether a map has the key, be it with null",
            example: "hasKey({a: 1}, \"a\")",
            run: { .bool(try $0.map($1, 0).contains(Key(try $0.text($1, 1)))) }),
        Builtin(
            "get", ["map", "key", .optional("default")],
            "the value of a key, or the default where it is missing",
            example: "get({a: 1}, \"b\", 0) == 0",
            run: { evaluator, arguments in
                let found = try evaluator.map(arguments, 0)[Key(try evaluator.text(arguments, 1))]
                return found.isNull ? evaluator.value(arguments, 2) : found
            }),
        Builtin(
            "without", ["map", .rest("keys")], "a map without the keys",
            example: "without({a: 1, b: 2}, \"a\") == {b: 2}",
            run: { evaluator, arguments in
                var object = try evaluator.map(arguments, 0)
                for index in 1..<max(arguments.count, 1) {
                    object.removeValue(forKey: Key(try evaluator.text(arguments, index)))
                }
                return .object(object)
            }),
        Builtin(
            "mapOf", ["pairs"], "a map of `[key, value]` pairs",
            example: "mapOf([[\"a\", 1]]) == {a: 1}",
            run: { evaluator, arguments in
                var object = Object()
                for pair in try evaluator.list(arguments, 0) {
                    guard case .array(let parts) = pair, parts.count == 2,
                        case .text(let key) = parts[0]
                    else { throw evaluator.wrong(arguments, 0, "a list of [key, value] pairs") }
                    object.set(Key(key.string), to: parts[1])
                }
                try evaluator.noteNesting(.object(object))
                return .object(object)
            }),
        Builtin(
            "toJson", ["value", .optional("indent")],
            "the JSON text of a value, on one line or indented by so many blanks",
            example: "toJson({a: 1}) == '{\"a\":1}'",
            run: { evaluator, arguments in
                let value = evaluator.value(arguments, 0)
                try Measure.check(value, evaluator.limits, asJSON: true)
                let indent = try evaluator.integer(arguments, 1, default: 0)
                guard (0...16).contains(indent) else {
                    throw evaluator.wrong(arguments, 1, "a number of blanks from 0 to 16")
                }
                return try evaluator.textValue(JSON.text(value, style: JSONStyle(indent: indent)))
            }),
        Builtin(
            "fromJson", ["text"], "the value that a JSON text stands for",
            example: "fromJson('{\"a\":1}').a == 1",
            run: { evaluator, arguments in
                let text = try evaluator.text(arguments, 0)
                do throws(JSONError) {
                    return try JSON.parseExactly(text)
                } catch {
                    throw RuntimeError.builtin("this is no JSON: \(error)", hint: nil)
                }
            }),
        Builtin(
            "type", ["value"],
            "the name of the kind of a value: null, boolean, integer, number, "
                + "string, list, map, duration, quantity, percentage, range, function",
            example: "type(3) == \"integer\"",
            run: { evaluator, arguments in
                if let absent = evaluator.value(arguments, 0).absentObject { throw absent.error }
                return Value(evaluator.value(arguments, 0).typeName)
            }),
    ]
}
