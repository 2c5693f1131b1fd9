import Support
import Value

extension Builtins {
    /// Lists and ranges as wholes.
    static let collections: [Builtin] = [
        Builtin(
            "count", ["collection"],
            "the number of items of a list, entries of a map or characters "
                + "of a text", example: "count(pods[app=web]) == 3",
            run: { .int(Int64(try $0.size($1))) }),
        Builtin(
            "length", ["collection"], "the same as `count`", example: "length(\"abc\") == 3",
            run: { .int(Int64(try $0.size($1))) }),
        Builtin(
            "sum", ["list"], "the sum of numbers, durations or quantities; 0 for an empty list",
            example: "sum(deployments[][*].spec.replicas)",
            run: { evaluator, arguments in
                var total: Value?
                for item in try evaluator.list(arguments, 0) {
                    guard try Operators.isAmount(item) else {
                        throw item.absentObject?.error ?? RuntimeError.notNumber(item)
                    }
                    total = try total.map { try Operators.add($0, item) } ?? item
                }
                return total ?? 0
            }),
        Builtin(
            "min", [.rest("items")], "the least of the items of a list, or of the arguments",
            example: "min([3, 1, 2]) == 1", run: { try $0.extreme($1, .less) }),
        Builtin(
            "max", [.rest("items")], "the greatest of the items of a list, or of the arguments",
            example: "max(3, 1, 2) == 3", run: { try $0.extreme($1, .greater) }),
        Builtin(
            "map", ["list", "each"],
            "the list of what `each` gives for every item: a function, or "
                + "an expression about `it`", example: "map(pods[], it.metadata.name)",
            run: { evaluator, arguments in
                // The resolver turns calls into loops; what comes here is `map` as a value.
                throw evaluator.wrong(arguments, 1, "written at the call")
            }),
        Builtin(
            "first", ["list"], "the first item; null for an empty list",
            example: "first([1, 2]) == 1", run: { try $0.list($1, 0).first ?? .null }),
        Builtin(
            "last", ["list"], "the last item; null for an empty list", example: "last([1, 2]) == 2",
            run: { try $0.list($1, 0).last ?? .null }),
        Builtin(
            "reverse", ["list"], "the items in the opposite order",
            example: "reverse([1, 2]) == [2, 1]",
            run: { .array(try $0.list($1, 0).reversed()) }),
        Builtin(
            "sort", ["list"], "the items in ascending order; `sort by` takes a key",
            example: "sort([2, 1]) == [1, 2]",
            run: { evaluator, arguments in
                let items = try evaluator.list(arguments, 0)
                return .array(try Sorting.sorted(items, by: items, descending: false))
            }),
        Builtin(
            "unique", ["list"], "every different item once, in order of the first",
            example: "unique([1, 2, 1]) == [1, 2]",
            run: { evaluator, arguments in
                var seen: Set<Value> = []
                return .array(try evaluator.list(arguments, 0).filter { seen.insert($0).inserted })
            }),
        Builtin(
            "flatten", ["list"], "the items of the lists in a list, one level",
            example: "flatten([[1], [2, 3]]) == [1, 2, 3]",
            run: { evaluator, arguments in
                var result: [Value] = []
                for item in try evaluator.list(arguments, 0) {
                    if case .array(let inner) = item {
                        result += inner
                    } else {
                        result.append(item)
                    }
                    try evaluator.checkItems(result.count)
                }
                return .array(result)
            }),
        Builtin(
            "slice", ["list", "start", .optional("end")],
            "the items from index `start` to before `end`; negative indices count from the end",
            example: "slice([1, 2, 3], 1) == [2, 3]",
            run: { evaluator, arguments in
                let items = try evaluator.list(arguments, 0)
                return .array(Array(items[try evaluator.bounds(arguments, items.count)]))
            }),
        Builtin(
            "indexOf", ["list", "item"],
            "the index of the first equal item; -1 where there is none",
            example: "indexOf([\"a\", \"b\"], \"b\") == 1",
            run: { evaluator, arguments in
                let item = evaluator.value(arguments, 1)
                for (place, other) in try evaluator.list(arguments, 0).enumerated()
                where try Operators.equal(other, item) {
                    return .int(Int64(place))
                }
                return .int(-1)
            }),
        Builtin(
            "zip", ["first", "second"], "the pairs of the items of two lists, as many as both have",
            example: "zip([1, 2], [\"a\", \"b\"]) == [[1, \"a\"], [2, \"b\"]]",
            run: { evaluator, arguments in
                let pairs = zip(
                    try evaluator.list(arguments, 0), try evaluator.list(arguments, 1))
                let result = Value.array(pairs.map { .array([$0, $1]) })
                try evaluator.noteNesting(result, levels: 2)
                return result
            }),
        Builtin(
            "range", ["start", .optional("end"), .optional("step")],
            "the integers from `start` to before `end`; with one argument from 0",
            example: "range(3) == [0, 1, 2]", run: { try $0.steps($1) }),
        Builtin(
            "list", ["sequence"], "the items of a range or map as a list",
            example: "list(1..3) == [1, 2, 3]",
            run: { evaluator, arguments in
                let sequence = try Conversion.sequence(evaluator.value(arguments, 0))
                if case .opaque(let range as RangeValue) = sequence {
                    try evaluator.checkItems(range.count)
                }
                return .array(sequence.sequence)
            }),
    ]
}

extension Evaluator {
    fileprivate func size(_ arguments: Arguments) throws -> Int {
        switch value(arguments, 0) {
        case .array(let values): return values.count
        case .object(let object): return object.count
        case .text(let text): return text.string.count
        case .opaque(let range as RangeValue):
            guard range.count < Int.max else {
                throw RuntimeError.overflow("count(\(Rendering.short(.opaque(range))))")
            }
            return range.count
        case .null, .bool, .int, .double, .opaque:
            throw wrong(arguments, 0, "a list, a map, a range or text")
        }
    }

    fileprivate func extreme(_ arguments: Arguments, _ order: Operators.Order) throws -> Value {
        let items = arguments.count == 1 ? try list(arguments, 0) : values(arguments, from: 0)
        guard var best = items.first else {
            throw RuntimeError.builtin(
                "an empty list has no \(order == .less ? "least" : "greatest") item",
                hint: "test it with `count(…) > 0` first")
        }
        for item in items.dropFirst() where try Operators.ordered(item, best, order) {
            best = item
        }
        return best
    }

    /// The range that `start` and `end` (arguments 1 and 2) cut out of `count` items.
    func bounds(_ arguments: Arguments, _ count: Int) throws -> Range<Int> {
        func place(_ index: Int) -> Int { min(max(index < 0 ? index + count : index, 0), count) }
        let start = place(try integer(arguments, 1))
        let end = place(try integer(arguments, 2, default: count))
        return start..<max(start, end)
    }

    fileprivate func steps(_ arguments: Arguments) throws -> Value {
        let isShort = arguments.count == 1
        let start = isShort ? 0 : try integer(arguments, 0)
        let end = try integer(arguments, isShort ? 0 : 1)
        let step = try integer(arguments, 2, default: 1)
        guard step != 0 else {
            throw RuntimeError.builtin("the step of a range cannot be 0", hint: nil)
        }
        let span = Int128(end) - Int128(start)
        let count = span / Int128(step) + (span % Int128(step) == 0 ? 0 : 1)
        if (span < 0) != (step < 0) || span == 0 { return .emptyArray }
        try checkItems(Int(clamping: count))
        return .array(stride(from: start, to: end, by: step).map { Value($0) })
    }
}
