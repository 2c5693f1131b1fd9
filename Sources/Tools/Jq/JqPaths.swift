import Support
import Value

/// Elements of values by keys, and by lists of keys.
enum JqPaths {
    /// `.[key]`
    static func element(of value: Value, _ key: Value) throws(JqStop) -> Value {
        switch (value, key) {
        case (.object(let object), .text(let name)): return object[name.string]
        case (.array(let items), .int(let index)):
            let place = index < 0 ? Int(index) + items.count : Int(clamping: index)
            return items.indices.contains(place) ? items[place] : .null
        case (.array(let items), .double(let index)):
            guard !index.isNaN else { return .null }
            return try element(of: .array(items), .int(Int64(index.rounded(.down).clamped)))
        case (.array(let items), .object(let range)):
            let bounds = try bounds(range, count: items.count)
            return .array(Array(items[bounds]))
        case (.text(let text), .object(let range)):
            let scalars = Array(text.string.unicodeScalars)
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[try bounds(range, count: scalars.count)])
            return Value(String(view))
        case (.array(let items), .array(let part)): return .array(places(of: part, in: items))
        case (.null, .text), (.null, .int), (.null, .double), (.null, .null): return .null
        case (.null, .object(let range)):
            _ = try bounds(range, count: 0)
            return .null
        case (_, .text(let name)):
            throw .failure("Cannot index \(value.jqTypeName) with string \"\(name.string)\"")
        default: throw .failure("Cannot index \(value.jqTypeName) with \(key.jqTypeName)")
        }
    }

    /// Where a list stands inside another.
    static func places(of part: [Value], in items: [Value]) -> [Value] {
        guard !part.isEmpty, part.count <= items.count else { return [] }
        return (0...(items.count - part.count)).filter { start in
            part.indices.allSatisfy { JqOrder.compare(items[start + $0], part[$0]) == 0 }
        }.map { Value($0) }
    }

    /// The places of `{"start": 1, "end": 3}` in a list of that many items.
    private static func bounds(_ range: Object, count: Int) throws(JqStop) -> Range<Int> {
        func place(_ value: Value, _ standard: Int, roundsUp: Bool) throws(JqStop) -> Int {
            if value.isNull { return standard }
            guard let number = value.number else {
                throw .failure("Start and end indices of an array slice must be numbers")
            }
            let whole = number.rounded(roundsUp ? .up : .down).clamped
            return min(count, max(0, whole < 0 ? whole + count : whole))
        }
        let start = try place(range["start"], 0, roundsUp: false)
        return start..<max(start, try place(range["end"], count, roundsUp: true))
    }

    static func value(at keys: ArraySlice<Value>, of value: Value) throws(JqStop) -> Value {
        var value = value
        for key in keys {
            if value.isNull { return .null }
            value = try element(of: value, key)
        }
        return value
    }

    /// The value with another one at a path; what is missing on the way is made.
    static func setting(
        _ keys: ArraySlice<Value>, of value: Value, to new: Value
    ) throws(JqStop) -> Value {
        guard let key = keys.first else { return new }
        let inner = try setting(keys.dropFirst(), of: element(of: value, key), to: new)
        switch (value, key) {
        case (.null, .text(let name)): return .object([Key(name.string): inner])
        case (.object(var object), .text(let name)):
            object.set(Key(name.string), to: inner)
            return .object(object)
        case (.null, .int), (.null, .double): return try setting(inner, at: key, in: [])
        case (.array(let items), .int), (.array(let items), .double):
            return try setting(inner, at: key, in: items)
        case (.null, .object(let range)): return try setting(inner, at: range, in: [])
        case (.array(let items), .object(let range)):
            return try setting(inner, at: range, in: items)
        default: throw .failure("Cannot update field at object index of \(value.jqTypeName)")
        }
    }

    private static func setting(
        _ new: Value, at key: Value, in items: [Value]
    ) throws(JqStop) -> Value {
        var items = items
        var index = key.number?.rounded(.down).clamped ?? 0
        if index < 0 { index += items.count }
        if index < 0 { throw .failure("Out of bounds negative array index") }
        if index > 10_000_000 { throw .failure("Array index too large") }
        if index >= items.count {
            items += Array(repeating: .null, count: index + 1 - items.count)
        }
        items[index] = new
        return .array(items)
    }

    private static func setting(
        _ new: Value, at range: Object, in items: [Value]
    ) throws(JqStop) -> Value {
        guard case .array(let part) = new else {
            throw .failure("A slice of an array can only be assigned another array")
        }
        var items = items
        items.replaceSubrange(try bounds(range, count: items.count), with: part)
        return .array(items)
    }

    /// The value without what stands at any of the paths.
    static func deleting(_ paths: [[Value]], from value: Value) throws(JqStop) -> Value {
        // The last ones first, so that the places before them stay what they are.
        let sorted = paths.sorted { JqOrder.compare(.array($0), .array($1)) > 0 }
        var value = value
        for keys in sorted { value = try deleting(keys[...], from: value) }
        return value
    }

    private static func deleting(
        _ keys: ArraySlice<Value>, from value: Value
    ) throws(JqStop) -> Value {
        guard let key = keys.first else { return .null }
        if value.isNull { return .null }
        guard keys.count == 1 else {
            let inner = try element(of: value, key)
            if inner.isNull { return value }
            return try setting([key], of: value, to: deleting(keys.dropFirst(), from: inner))
        }
        switch (value, key) {
        case (.object(var object), .text(let name)):
            object.removeValue(forKey: Key(name.string))
            return .object(object)
        case (.array(var items), .int), (.array(var items), .double):
            var index = key.number?.rounded(.down).clamped ?? 0
            if index < 0 { index += items.count }
            if items.indices.contains(index) { items.remove(at: index) }
            return .array(items)
        case (.array(var items), .object(let range)):
            items.removeSubrange(try bounds(range, count: items.count))
            return .array(items)
        case (.object, _):
            throw .failure("Cannot delete field at object index of \(key.jqTypeName)")
        default:
            throw .failure(
                "Cannot delete field at \(key.string == nil ? "array" : "object") index of \(value.jqTypeName)"
            )
        }
    }
}

/// The order of all values: null, false, true, numbers, strings, arrays, objects.
enum JqOrder {
    static func compare(_ left: Value, _ right: Value) -> Int {
        let (a, b) = (rank(left), rank(right))
        if a != b { return a - b }
        switch (left, right) {
        case (.int(let a), .int(let b)): return a < b ? -1 : a > b ? 1 : 0
        case (.int, .double), (.double, .int), (.double, .double):
            let (a, b) = (left.number ?? 0, right.number ?? 0)
            // Not a number comes before all numbers, itself included.
            return a < b || a.isNaN ? -1 : a == b ? 0 : 1
        case (.text(let a), .text(let b)):
            if a.string.utf8.elementsEqual(b.string.utf8) { return 0 }
            return a.string.utf8.lexicographicallyPrecedes(b.string.utf8) ? -1 : 1
        case (.array(let a), .array(let b)):
            for (x, y) in zip(a, b) {
                let result = compare(x, y)
                if result != 0 { return result }
            }
            return a.count - b.count
        case (.object(let a), .object(let b)): return compare(a, b)
        default: return 0
        }
    }

    /// First by the sorted names, then by the values in the order of the names.
    private static func compare(_ left: Object, _ right: Object) -> Int {
        let (a, b) = (sortedFields(left), sortedFields(right))
        for (x, y) in zip(a, b) where x.name != y.name {
            return x.name.utf8.lexicographicallyPrecedes(y.name.utf8) ? -1 : 1
        }
        if a.count != b.count { return a.count - b.count }
        for (x, y) in zip(a, b) {
            let result = compare(x.value, y.value)
            if result != 0 { return result }
        }
        return 0
    }

    static func sortedFields(_ object: Object) -> [(name: String, value: Value)] {
        object.map { ($0.key.name, $0.value) }.sorted {
            $0.0.utf8.lexicographicallyPrecedes($1.0.utf8)
        }
    }

    private static func rank(_ value: Value) -> Int {
        switch value {
        case .null: 0
        case .bool(let flag): flag ? 2 : 1
        case .int, .double: 3
        case .text, .opaque: 4
        case .array: 5
        case .object: 6
        }
    }
}
