import Support
import Value

extension Builtins {
    /// New structures out of others.
    static let reshaping: [Builtin] = [
        Builtin(
            "reduce", ["list", "each", "start"],
            "what remains when `each(total, item)` is called for every item, with the result of the call "
                + "before it as total, and `start` as the first",
            example: "reduce([1, 2, 3], fn(total, n) => total * n, 1) == 6",
            run: { evaluator, arguments in
                let each = evaluator.value(arguments, 1)
                var total = evaluator.value(arguments, 2)
                for item in try evaluator.list(arguments, 0) {
                    total = try evaluator.call(each, with: [total, item], at: arguments.node)
                }
                return total
            }),
        Builtin(
            "enumerate", ["list", .optional("start")],
            "the pairs of an index, from 0 or `start`, and an item",
            example: "enumerate([\"a\", \"b\"]) == [[0, \"a\"], [1, \"b\"]]",
            run: { evaluator, arguments in
                let start = try evaluator.integer(arguments, 1, default: 0)
                let items = try evaluator.list(arguments, 0)
                guard !start.addingReportingOverflow(items.count).overflow else {
                    throw evaluator.wrong(arguments, 1, "an index")
                }
                let result = Value.array(
                    items.enumerated().map { .array([Value(start + $0), $1]) })
                try evaluator.noteNesting(result, levels: 2)
                return result
            }),
        Builtin(
            "groupBy", ["list", "key"],
            "a map of lists: the items by what `key` gives for each, a function or an expression about `it`, "
                + "in order of the first",
            example:
                "groupBy([\"web-1\", \"db-1\", \"web-2\"], split(it, \"-\")[0]).web == [\"web-1\", \"web-2\"]",
            run: { try $0.grouped($1) }),
        Builtin(
            "merge", [.rest("maps")],
            "one map of several: later ones win, maps inside maps are merged too, lists are replaced",
            example: "merge({a: {x: 1}}, {a: {y: 2}}) == {a: {x: 1, y: 2}}",
            run: { evaluator, arguments in
                var result = Object()
                for index in 0..<arguments.count {
                    result = Reshaping.merged(result, try evaluator.map(arguments, index))
                }
                return .object(result)
            }),
    ]
}

enum Reshaping {
    /// `base` with the fields of `other` over it. Both are bounded in depth.
    static func merged(_ base: Object, _ other: Object) -> Object {
        var result = base
        for field in other {
            if case .object(let inner) = result[field.key], case .object(let over) = field.value {
                result.set(field.key, to: .object(merged(inner, over)))
            } else {
                result.set(field.key, to: field.value)
            }
        }
        return result
    }
}

extension Evaluator {
    fileprivate mutating func grouped(_ arguments: Arguments) throws -> Value {
        let key = value(arguments, 1)
        var places: [String: Int] = [:]
        var groups: [(key: String, items: [Value])] = []
        for item in try list(arguments, 0) {
            let found = try call(key, with: [item], at: arguments.node)
            guard let name = try found.fieldText ?? Self.plainText(found) else {
                if let absent = found.absentObject { throw absent.error }
                throw RuntimeError.builtin(
                    "`groupBy` needs a text, a number or a boolean for each item, found "
                        + RuntimeError.shown(found),
                    hint: found.isNull
                        ? "a missing field reads as null: write `default(it.…, \"none\")`" : nil)
            }
            if let place = places[name] {
                groups[place].items.append(item)
            } else {
                places[name] = groups.count
                groups.append((name, [item]))
            }
        }
        var object = Object()
        for group in groups { object.set(Key(group.key), to: .array(group.items)) }
        let result = Value.object(object)
        try noteNesting(result, levels: 2)
        return result
    }

    /// A number or boolean as the key of a map.
    private static func plainText(_ value: Value) throws -> String? {
        switch value {
        case .bool, .int, .double: try Rendering.text(value)
        case .null, .text, .array, .object, .opaque: nil
        }
    }
}
