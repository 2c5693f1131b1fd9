import Patterns
import Model
import Support
import Value

/// A path through an object as replacements write it: `spec.containers.[name=web].image`, `args.0`,
/// `spec.rules.*.host`; a dot in a name is `\.` or the name stands in brackets.
///
/// Source: kyaml, utils.SmarterPathSplitter, PathGetter and PathMatcher.
enum KustomizePath {
    static func split(_ path: String) -> [String] {
        var result: [String] = []
        var rest = FieldSpec.split(path, at: ".")[...]
        while let part = rest.popFirst() {
            guard part.hasPrefix("["), !part.hasSuffix("]") else {
                result.append(part)
                continue
            }
            var bracketed = part
            while let next = rest.popFirst() {
                bracketed += "." + next
                if next.hasSuffix("]") { break }
            }
            result.append(
                bracketed.contains("=")
                    ? bracketed : bracketed.trimmed { $0 == "[" || $0 == "]" })
        }
        return result
    }

    /// What a part such as `[name=web]` asks of an element; `[=web]` asks it of a scalar.
    private static func condition(_ part: String) -> (key: String, value: String)? {
        guard part.hasPrefix("["), part.hasSuffix("]"), let equals = part.firstIndex(of: "=") else {
            return nil
        }
        return (
            String(part[part.index(after: part.startIndex)..<equals]),
            String(part[part.index(after: equals)...].dropLast())
        )
    }

    /// The one value at `path`; nil where there is none.
    static func find(_ path: ArraySlice<String>, in value: Value) -> Value? {
        guard let part = path.first else {
            if value.isNull { return .none }
            return .some(value)
        }
        let rest = path.dropFirst()
        if let index = Int(part), case .array(let elements) = value {
            return elements.indices.contains(index) ? find(rest, in: elements[index]) : .none
        }
        if part == "-" { return value.elements.last.flatMap { find(rest, in: $0) } }
        if let (key, wanted) = condition(part) {
            let element = value.elements.first {
                (key.isEmpty ? $0 : $0[Key(key)]).scalarText == wanted
            }
            return element.flatMap { find(rest, in: $0) }
        }
        return find(rest, in: value[Key(part)])
    }

    /// Calls `set` with each value at `path`, and whether it was made for that. Answers how many there are.
    ///
    /// - Parameter leaf: what stands at the end where the way is made; nil where nothing is made.
    static func update(
        _ value: inout Value, _ path: ArraySlice<String>, leaf: Value?, isNew: Bool = false,
        _ set: (inout Value, Bool) throws(VerbError) -> Void
    ) throws(VerbError) -> Int {
        guard let part = path.first else {
            try set(&value, isNew)
            return 1
        }
        let rest = path.dropFirst()
        let isElement = Int(part) != nil || condition(part) != nil || part == "*"
        guard isElement else {
            guard case .object(var object) = value else {
                if value.isNull { return 0 }
                throw .message("wrong node kind: expected MappingNode")
            }
            let key = Key(part)
            var field = object[key]
            let isMissing = field.isNull
            if isMissing {
                guard let leaf else { return 0 }
                field = made(rest.first, leaf)
            }
            let count = try update(&field, rest, leaf: leaf, isNew: isMissing, set)
            object.set(key, to: field)
            value = .object(object)
            return count
        }
        guard case .array(var elements) = value else {
            if value.isNull { return 0 }
            throw .message("wrong node kind: expected SequenceNode")
        }
        defer { value = .array(elements) }
        if let index = Int(part) {
            if index == elements.count, let leaf { elements.append(made(rest.first, leaf)) }
            guard elements.indices.contains(index) else {
                throw .message(
                    "index \(index) specified but only \(elements.count) elements found")
            }
            return try update(&elements[index], rest, leaf: leaf, set)
        }
        var count = 0
        if part == "*" {
            for index in elements.indices {
                count += try update(&elements[index], rest, leaf: leaf, set)
            }
            return count
        }
        guard let (key, wanted) = condition(part) else { return 0 }
        let pattern: Pattern
        do throws(PatternError) { pattern = try Pattern(wanted) } catch {
            throw .message("error parsing regexp: '\(wanted)'")
        }
        func isMeant(_ element: Value) -> Bool {
            let field = key.isEmpty ? element : element[Key(key)]
            guard !field.isNull, let text = field.scalarText else { return false }
            return (try? pattern.matches(text)) ?? false
        }
        if leaf != nil, !elements.contains(where: isMeant) {
            elements.append(
                key.isEmpty ? Value(wanted) : .object(Object(fields: [(Key(key), Value(wanted))])))
        }
        for index in elements.indices where isMeant(elements[index]) {
            count += try update(&elements[index], rest, leaf: leaf, set)
        }
        return count
    }

    /// The places that `path` leads to, with their values, in order.
    static func places(
        _ path: ArraySlice<String>, in value: Value
    ) -> [(place: FieldPath, value: Value)] {
        guard let part = path.first else { return [(.root, value)] }
        let rest = path.dropFirst()
        func below(_ segment: FieldPath.Segment, _ value: Value) -> [(FieldPath, Value)] {
            places(rest, in: value).map { (FieldPath([segment] + $0.place.segments), $0.value) }
        }
        guard case .array(let elements) = value else {
            guard let object = value.object, object.contains(Key(part)) else { return [] }
            return below(.field(Key(part)), object[Key(part)])
        }
        return elements.enumerated().flatMap { index, element -> [(FieldPath, Value)] in
            var isMeant = part == "*" || Int(part) == index
            if let (key, wanted) = condition(part) {
                isMeant = (key.isEmpty ? element : element[Key(key)]).scalarText == wanted
            }
            return isMeant ? below(.index(index), element) : []
        }
    }

    /// What is made for a part of a path, by the part that follows.
    private static func made(_ next: String?, _ leaf: Value) -> Value {
        guard let next else { return leaf }
        return Int(next) != nil || condition(next) != nil || next == "*" || next == "-"
            ? .emptyArray : .emptyObject
    }
}
