import Support
import Value

/// Functions of the input and of values.
extension JqMachine {
    func value(
        _ builtin: JqBuiltin, _ input: Value, _ arguments: [Value]
    ) throws(JqStop) -> Value {
        if let value = try number(builtin, input, arguments) { return value }
        if let value = try text(builtin, input, arguments) { return value }
        if let value = try collection(builtin, input, arguments) { return value }
        switch builtin {
        case .not: return .bool(!input.isJqTrue)
        case .type: return Value(input.jqTypeName)
        case .length: return try length(input)
        case .env: return environment
        case .now: return JqText.number(Double(call.context.host.now.milliseconds) / 1000)
        case .inputFilename: return reader.fileName.map { Value($0) } ?? .null
        default: return try time(builtin, input, arguments)
        }
    }

    func length(_ input: Value) throws(JqStop) -> Value {
        switch input {
        case .null: return 0
        case .text(let text): return Value(text.string.unicodeScalars.count)
        case .array(let items): return Value(items.count)
        case .object(let object): return Value(object.count)
        case .int(let number): return number == .min ? .double(-Double(number)) : .int(abs(number))
        case .double(let number): return .double(abs(number))
        case .bool, .opaque: throw .failure("\(JqText.described(input)) has no length")
        }
    }

    // MARK: Numbers

    func number(
        _ builtin: JqBuiltin, _ input: Value, _ arguments: [Value]
    ) throws(JqStop) -> Value? {
        switch builtin {
        case .infinite: return .double(.infinity)
        case .nan: return .double(.nan)
        case .pow:
            guard let base = arguments[0].number, let exponent = arguments[1].number else {
                throw .failure("\(JqText.described(arguments[0])) number required")
            }
            return JqText.number(AwkMath.power(base, exponent))
        case .ceil, .floor, .round, .trunc, .fabs, .sqrt, .exp, .log, .log2, .log10, .isinfinite,
            .isnan, .isnormal:
            guard let number = input.number else {
                throw .failure("\(JqText.described(input)) number required")
            }
            return number1(builtin, number)
        default: return nil
        }
    }

    func number1(_ builtin: JqBuiltin, _ number: Double) -> Value? {
        switch builtin {
        case .ceil: JqText.number(number.rounded(.up))
        case .floor: JqText.number(number.rounded(.down))
        case .round: JqText.number(number.rounded(.toNearestOrAwayFromZero))
        case .trunc: JqText.number(number.rounded(.towardZero))
        case .fabs: JqText.number(abs(number))
        case .sqrt: JqText.number(number.squareRoot())
        case .exp: JqText.number(AwkMath.value(.exp, number, 0) ?? 0)
        case .log: JqText.number(AwkMath.value(.log, number, 0) ?? 0)
        case .log2: JqText.number(AwkMath.logarithm(number, base: 2))
        case .log10: JqText.number(AwkMath.logarithm(number, base: 10))
        case .isinfinite: .bool(number.isInfinite)
        case .isnan: .bool(number.isNaN)
        case .isnormal: .bool(number.isNormal)
        default: nil
        }
    }

    // MARK: Texts
    // MARK: Lists and objects

    func collection(
        _ builtin: JqBuiltin, _ input: Value, _ arguments: [Value]
    ) throws(JqStop) -> Value? {
        switch builtin {
        case .keys, .keysUnsorted: return try keys(input, isSorted: builtin == .keys)
        case .has: return try has(input, arguments[0])
        case .contains: return .bool(try contains(input, arguments[0]))
        case .add: return try sum(input)
        case .any0: return .bool(try elements(input).contains { $0.isJqTrue })
        case .all0: return .bool(try elements(input).allSatisfy { $0.isJqTrue })
        case .flatten0: return .array(try flattened(list(input, ""), depth: 1_000_000_000))
        case .flatten1:
            guard let depth = arguments[0].number else {
                throw .failure("flatten depth must not be negative")
            }
            if depth < 0 { throw .failure("flatten depth must not be negative") }
            return .array(try flattened(list(input, ""), depth: depth.clamped))
        case .reverse:
            if case .text(let text) = input { return Value(String(text.string.reversed())) }
            if input.isNull { return .emptyArray }
            return .array(try list(input, "reversed").reversed())
        case .sort: return .array(try ordered(list(input, "sorted")))
        case .unique:
            var unique: [Value] = []
            for item in try ordered(list(input, "sorted"))
            where unique.last.map({ JqOrder.compare($0, item) != 0 }) ?? true {
                unique.append(item)
            }
            return .array(unique)
        case .min: return try list(input, "").min { JqOrder.compare($0, $1) < 0 } ?? .null
        case .max: return try ordered(list(input, "")).last ?? .null
        case .indices: return try indices(input, arguments[0])
        case .transpose: return try transpose(input)
        case .setpath:
            guard case .array(let keys) = arguments[0] else {
                throw .failure("Path must be specified as an array")
            }
            return try JqPaths.setting(keys[...], of: input, to: arguments[1])
        case .delpaths:
            guard case .array(let paths) = arguments[0] else {
                throw .failure("Paths must be specified as an array")
            }
            return try JqPaths.deleting(paths.map(\.elements), from: input)
        default: return nil
        }
    }

    func ordered(_ items: [Value]) -> [Value] {
        items.enumerated().sorted { left, right in
            let order = JqOrder.compare(left.element, right.element)
            return order == 0 ? left.offset < right.offset : order < 0
        }.map(\.element)
    }

    func elements(_ input: Value) throws(JqStop) -> [Value] {
        switch input {
        case .array(let items): return items
        case .object(let object): return object.map(\.value)
        case .null, .bool, .int, .double, .text, .opaque:
            throw .failure("Cannot iterate over \(JqText.described(input))")
        }
    }

    func keys(_ input: Value, isSorted: Bool) throws(JqStop) -> Value {
        switch input {
        case .array(let items): return .array(items.indices.map { Value($0) })
        case .object(let object):
            return isSorted
                ? Value(strings: JqOrder.sortedFields(object).map(\.name))
                : Value(strings: object.map { $0.key.name })
        case .null, .bool, .int, .double, .text, .opaque:
            throw .failure("\(JqText.described(input)) has no keys")
        }
    }

    func has(_ input: Value, _ key: Value) throws(JqStop) -> Value {
        switch (input, key) {
        case (.object(let object), .text(let name)): return .bool(object.contains(Key(name.string)))
        case (.array(let items), .int), (.array(let items), .double):
            return .bool(items.indices.contains((key.number ?? -1).clamped))
        default:
            throw .failure(
                "Cannot check whether \(input.jqTypeName) has a \(key.jqTypeName == "string" ? "string" : key.jqTypeName) key"
            )
        }
    }

    func contains(_ whole: Value, _ part: Value) throws(JqStop) -> Bool {
        switch (whole, part) {
        case (.object(let a), .object(let b)):
            for field in b {
                guard a.contains(field.key), try contains(a[field.key], field.value) else {
                    return false
                }
            }
            return true
        case (.array(let a), .array(let b)):
            for item in b {
                var isIn = false
                for other in a where other.jqTypeName == item.jqTypeName {
                    if try contains(other, item) {
                        isIn = true
                        break
                    }
                }
                if !isIn { return false }
            }
            return true
        case (.text(let a), .text(let b)):
            return b.string.isEmpty
                || Array(a.string.utf8)[...].firstPlace(of: Array(b.string.utf8), from: 0) != nil
        default:
            if whole.jqTypeName == part.jqTypeName { return JqOrder.compare(whole, part) == 0 }
            throw .failure(
                "\(JqText.described(whole)) and \(JqText.described(part)) cannot have their containment checked"
            )
        }
    }

    func sum(_ input: Value) throws(JqStop) -> Value {
        let items = try elements(input)
        // Texts and lists are put together at once, not copied again for each.
        if let first = items.first, case .text = first, items.allSatisfy({ $0.string != nil }) {
            let text = items.map { $0.string ?? "" }.joined()
            try check(size: text.utf8.count)
            return Value(text)
        }
        if let first = items.first, case .array = first, items.allSatisfy({ $0.array != nil }) {
            return .array(items.flatMap(\.elements))
        }
        var sum = Value.null
        for item in items { sum = try JqArithmetic.add.result(sum, item) }
        return sum
    }

    func flattened(_ items: [Value], depth: Int) throws(JqStop) -> [Value] {
        var result: [Value] = []
        for item in items {
            try step()
            if case .array(let inner) = item, depth > 0 {
                result += try flattened(inner, depth: depth - 1)
            } else {
                result.append(item)
            }
        }
        return result
    }

    func indices(_ input: Value, _ part: Value) throws(JqStop) -> Value {
        switch (input, part) {
        case (.null, _): return .null
        case (.text(let text), .text(let part)):
            let (bytes, needle) = (Array(text.string.utf8)[...], Array(part.string.utf8))
            guard !needle.isEmpty else { return .null }
            var places: [Value] = []
            var start = 0
            while let place = bytes.firstPlace(of: needle, from: start) {
                places.append(Value(place))
                start = place + 1
            }
            return .array(places)
        case (.array(let items), .array(let part)):
            return .array(JqPaths.places(of: part, in: items))
        case (.array(let items), _):
            return .array(
                items.indices.filter { JqOrder.compare(items[$0], part) == 0 }.map { Value($0) })
        default:
            throw .failure("Cannot determine indices of \(part.jqTypeName) in \(input.jqTypeName)")
        }
    }

    func transpose(_ input: Value) throws(JqStop) -> Value {
        let rows = try list(input, "").map(\.elements)
        let width = rows.map(\.count).max() ?? 0
        try check(size: width * rows.count)
        return .array(
            (0..<width).map { column in
                .array(rows.map { $0.indices.contains(column) ? $0[column] : .null })
            })
    }

    // MARK: Time

    func time(
        _ builtin: JqBuiltin, _ input: Value, _ arguments: [Value]
    ) throws(JqStop) -> Value {
        switch builtin {
        case .fromdate, .fromdateiso8601:
            guard let text = input.string else {
                throw .failure("strptime/1 requires string inputs and arguments")
            }
            guard let instant = Timestamp(parsing: text) else {
                throw .failure("date \"\(text)\" does not match format \"%Y-%m-%dT%H:%M:%SZ\"")
            }
            return .int(instant.seconds)
        case .gmtime:
            let instant = try self.instant(input, "gmtime() requires a number")
            let time = instant.calendar
            let first = Timestamp(CalendarTime(year: time.year, month: 1, day: 1))
            let seconds = Double(time.second) + Double(instant.millisecond) / 1000
            return [
                Value(time.year), Value(time.month - 1), Value(time.day), Value(time.hour),
                Value(time.minute), JqText.number(seconds), Value(time.weekday),
                .int((instant.seconds - first.seconds) / 86_400),
            ]
        case .mktime: return .int(try broken(input, "mktime requires array of 6 numbers").seconds)
        case .todate, .todateiso8601:
            return Value(
                DateFormat.text(
                    try instant(input, "strftime/1 requires parsed datetime inputs"),
                    "%Y-%m-%dT%H:%M:%SZ"))
        case .strftime:
            guard let format = arguments[0].string else {
                throw .failure("strftime/1 requires a string format")
            }
            let instant =
                input.number == nil
                ? try broken(input, "strftime/1 requires parsed datetime inputs")
                : try instant(input, "strftime/1 requires parsed datetime inputs")
            return Value(DateFormat.text(instant, format))
        default: return .null
        }
    }

    func instant(_ value: Value, _ message: String) throws(JqStop) -> Timestamp {
        guard let seconds = value.number, abs(seconds) < 1e12 else { throw .failure(message) }
        return Timestamp(milliseconds: Int64((seconds * 1000).rounded(.down)))
    }

    /// An instant in parts: year, month from 0, day, hour, minute, second.
    func broken(_ value: Value, _ message: String) throws(JqStop) -> Timestamp {
        let parts = value.elements.compactMap { $0.number?.clamped }
        guard parts.count >= 6, parts.count == value.elements.count, (0...11).contains(parts[1]),
            parts.allSatisfy({ abs($0) < 100_000 })
        else { throw .failure(message) }
        return Timestamp(
            CalendarTime(
                year: parts[0], month: parts[1] + 1, day: parts[2], hour: parts[3],
                minute: parts[4], second: parts[5]))
    }
}
