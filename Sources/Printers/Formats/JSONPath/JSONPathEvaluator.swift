import Support
import Value

/// Walks a template over a value.
///
/// `range` runs the nodes behind it once per value up to the matching `end`; the state beside the
/// nodes is how upstream keeps track of that, which decides what unbalanced templates do.
struct JSONPathEvaluator {
    let nodes: [JSONPathNode]
    let allowsMissingKeys: Bool
    private var begins = 0
    private var depth = 0
    private var ends = 0
    /// The place of the last `end` that closed a range.
    private var lastEnd: Int?

    init(nodes: [JSONPathNode], allowsMissingKeys: Bool) {
        self.nodes = nodes
        self.allowsMissingKeys = allowsMissingKeys
    }

    mutating func results(in value: Value, from start: Int) throws(JSONPathError) -> [[Value]] {
        var all: [[Value]] = []
        var index = start
        while index < nodes.count {
            defer { index += 1 }
            let found = try walk([value], nodes[index])
            if ends > 0, ends <= depth {
                ends -= 1
                lastEnd = index
                break
            }
            guard begins > 0 else {
                all.append(found)
                continue
            }
            begins -= 1
            depth += 1
            for item in found { all += try results(in: item, from: index + 1) }
            // Without values the block is still walked once, to find its end.
            if found.isEmpty { _ = try results(in: .null, from: index + 1) }
            depth -= 1
            if let lastEnd, lastEnd > index { index = lastEnd }
        }
        return all
    }

    private mutating func walk(
        _ input: [Value], _ node: JSONPathNode
    ) throws(JSONPathError) -> [Value] {
        switch node {
        case .text(let text): return [Value(text)]
        case .int(let number): return [Value(number)]
        case .double(let number): return [.double(number)]
        case .bool(let flag): return [.bool(flag)]
        case .list(let nodes): return try walk(input, nodes)
        case .field(let name): return try fields(input, name)
        case .wildcard: return input.flatMap(Self.children)
        case .recursive: return input.flatMap(Self.descendants)
        case .slice(let slice): return try elements(input, slice)
        case .filter(let left, let comparison, let right):
            return try filter(input, left, comparison, right)
        case .union(let parts):
            var found: [Value] = []
            for part in parts { found += try walk(input, part) }
            return found
        case .identifier(let name): return try identifier(input, name)
        }
    }

    private mutating func walk(
        _ input: [Value], _ nodes: [JSONPathNode]
    ) throws(JSONPathError) -> [Value] {
        var found = input
        for node in nodes { found = try walk(found, node) }
        return found
    }

    private mutating func identifier(
        _ input: [Value], _ name: String
    ) throws(JSONPathError) -> [Value] {
        switch name {
        case "range":
            begins += 1
            return input
        case "end":
            guard depth > 0 else { throw JSONPathError("not in range, nothing to end") }
            ends += 1
            return []
        default: throw JSONPathError("unrecognized identifier \(name)")
        }
    }

    private func fields(_ input: [Value], _ name: String) throws(JSONPathError) -> [Value] {
        let key = Key(name)
        var found: [Value] = []
        for case .object(let object) in input where object.contains(key) {
            found.append(object[key])
        }
        if found.isEmpty, !input.isEmpty, !allowsMissingKeys {
            throw JSONPathError("\(name) is not found")
        }
        return found
    }

    private static func children(_ value: Value) -> [Value] {
        switch value {
        case .array(let values): values
        case .object(let object): object.sortedByName.map(\.value)
        default: []
        }
    }

    private static func descendants(_ value: Value) -> [Value] {
        let children = children(value)
        return children.isEmpty ? [] : [value] + children.flatMap(descendants)
    }

    private func elements(
        _ input: [Value], _ slice: JSONPathSlice
    ) throws(JSONPathError) -> [Value] {
        var found: [Value] = []
        for value in input where !value.isNull {
            guard case .array(let values) = value else {
                throw JSONPathError("\(GoSyntax.typeName(value)) is not array or slice")
            }
            let count = values.count
            var start = slice.start ?? 0
            if start < 0 { start += count }
            var end = slice.end ?? count
            if end < 0 || (end == 0 && slice.isIndex) { end += count }
            if start == end { return found }
            guard (0..<count).contains(start) else {
                throw JSONPathError(
                    "array index out of bounds: index \(start), length \(count)")
            }
            guard (0...count).contains(end) else {
                throw JSONPathError(
                    "array index out of bounds: index \(end - 1), length \(count)")
            }
            guard start <= end else {
                throw JSONPathError(
                    "starting index \(start) is greater than ending index \(end)")
            }
            let step = slice.step ?? 1
            guard step > 0 else { throw JSONPathError("step must be > 0") }
            found += stride(from: start, to: end, by: step).map { values[$0] }
        }
        return found
    }
}

// MARK: - Filters

extension JSONPathEvaluator {
    private mutating func filter(
        _ input: [Value], _ left: [JSONPathNode], _ comparison: String, _ right: [JSONPathNode]
    ) throws(JSONPathError) -> [Value] {
        var found: [Value] = []
        for value in input {
            guard case .array(let values) = value else {
                throw JSONPathError(
                    "\(GoSyntax.plain(value)) is not array or slice and cannot be filtered")
            }
            for element in values {
                if comparison == "exists" {
                    if exists(left, in: element) { found.append(element) }
                    continue
                }
                guard let left = try only(try walk([element], left)),
                    let right = try only(try walk([element], right))
                else { continue }
                if try compare(left, comparison, right) { found.append(element) }
            }
        }
        return found
    }

    /// Whether the nodes find anything. An error counts as what was found before it.
    private mutating func exists(_ nodes: [JSONPathNode], in element: Value) -> Bool {
        var found = [element]
        for node in nodes {
            do {
                found = try walk(found, node)
            } catch {
                return !found.isEmpty
            }
        }
        return !found.isEmpty
    }

    private func only(_ values: [Value]) throws(JSONPathError) -> Value? {
        guard values.count <= 1 else {
            throw JSONPathError("can only compare one element at a time")
        }
        return values.first
    }

    private func compare(
        _ left: Value, _ comparison: String, _ right: Value
    ) throws(JSONPathError) -> Bool {
        do throws(GoComparison) {
            switch comparison {
            case "==": return try GoComparison.equal(left, right)
            case "!=": return try !GoComparison.equal(left, right)
            case "<": return try GoComparison.less(left, right)
            case "<=": return try GoComparison.lessOrEqual(left, right)
            case ">": return try !GoComparison.lessOrEqual(left, right)
            case ">=": return try !GoComparison.less(left, right)
            default: break
            }
        } catch {
            throw JSONPathError(error.message)
        }
        throw JSONPathError("unrecognized filter operator \(comparison)")
    }
}

/// Comparing as Go's `text/template` does: numbers, strings and booleans, each with its own kind.
enum GoComparison: Error {
    case badType
    case incompatible

    var message: String {
        switch self {
        case .badType: "invalid type for comparison"
        case .incompatible: "incompatible types for comparison"
        }
    }

    static func equal(_ left: Value, _ right: Value) throws(GoComparison) -> Bool {
        guard let leftKind = kind(left), let rightKind = kind(right) else { throw .badType }
        guard leftKind == rightKind else { throw .incompatible }
        return left == right
    }

    static func less(_ left: Value, _ right: Value) throws(GoComparison) -> Bool {
        guard let leftKind = kind(left), let rightKind = kind(right) else { throw .badType }
        guard leftKind == rightKind else { throw .incompatible }
        switch (left, right) {
        case (.int(let left), .int(let right)): return left < right
        case (.double(let left), .double(let right)): return left < right
        case (.text(let left), .text(let right)):
            return left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
        default: throw .badType
        }
    }

    static func lessOrEqual(_ left: Value, _ right: Value) throws(GoComparison) -> Bool {
        if try less(left, right) { return true }
        return left == right
    }

    private enum Kind { case bool, int, float, string }

    private static func kind(_ value: Value) -> Kind? {
        switch value {
        case .bool: .bool
        case .int: .int
        case .double: .float
        case .text: .string
        case .null, .array, .object, .opaque: nil
        }
    }
}
