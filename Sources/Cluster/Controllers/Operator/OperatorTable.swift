import Patterns
import Value

/// How an operator acts on objects of one kind: what a script says with `behavior kind/NAME`.
///
/// Texts of templates can name fields of the object: `"{.metadata.name}-data"`, and `"{.spec.replicas}"`
/// alone stands for the number itself.
package struct OperatorBehavior: Sendable, Equatable {
    /// From an object's appearance, or a change of what is wanted, to the operator's work.
    package var after: Milliseconds?
    /// Objects that it makes and keeps: they are owned by the object, and go with it.
    package var creates: [Value]?
    /// Objects that it removes: `configmap/old-{.metadata.name}`.
    package var deletes: [String]?
    /// What it says in the status once it has done its work.
    package var status: Value?
    /// What it says when all that it made is ready.
    package var whenReady: Value?
    /// Why it cannot do its work; empty: it can.
    package var failure: String?
    /// How many attempts fail; all where it does not say.
    package var failTimes: Int?

    package init() {}
}

/// The behaviors of operators; later ones win over earlier ones, property by property.
package struct OperatorTable: Sendable {
    private struct Rule {
        let kind: String
        let name: String
        let namespace: String
        let behavior: OperatorBehavior
    }

    private var rules: [Rule] = []

    /// - Parameters:
    ///   - kind: any name of the kind; it may come to be served later.
    ///   - name: of objects; `*` stands for any text.
    ///   - namespace: of objects; `*` stands for any text.
    package mutating func add(
        kind: String, name: String, namespace: String, _ behavior: OperatorBehavior
    ) {
        rules.append(Rule(kind: kind, name: name, namespace: namespace, behavior: behavior))
    }

    /// The names of the kinds that there are behaviors for, each once.
    var kinds: [String] {
        var names: [String] = []
        for rule in rules where !names.contains(rule.kind) { names.append(rule.kind) }
        return names
    }

    /// The templates of all rules for a kind by one of its names.
    func templates(of kind: String) -> [Value] {
        rules.filter { $0.kind == kind }.flatMap { $0.behavior.creates ?? [] }
    }

    /// How the operator acts on an object; nil where there is none.
    func behavior(of kind: String, namespace: String, name: String) -> OperatorBehavior? {
        var result: OperatorBehavior?
        for rule in rules
        where rule.kind == kind && Glob(rule.name, syntax: .star).matches(name)
            && Glob(rule.namespace, syntax: .star).matches(namespace)
        {
            var merged = result ?? OperatorBehavior()
            merged.after = rule.behavior.after ?? merged.after
            merged.creates = rule.behavior.creates ?? merged.creates
            merged.deletes = rule.behavior.deletes ?? merged.deletes
            merged.status = rule.behavior.status ?? merged.status
            merged.whenReady = rule.behavior.whenReady ?? merged.whenReady
            merged.failure = rule.behavior.failure ?? merged.failure
            merged.failTimes = rule.behavior.failTimes ?? merged.failTimes
            result = merged
        }
        return result
    }
}

/// Fills in what a template takes from an object.
package enum OperatorTemplate {
    /// `value` with the fields of `object` that its texts name between braces. A field that is not there
    /// leaves nothing: an absent value, or no text.
    package static func filled(_ value: Value, from object: Value) -> Value {
        switch value {
        case .text(let text): return filled(text.string, from: object)
        case .array(let elements): return .array(elements.map { filled($0, from: object) })
        case .object(let fields):
            var result = Object()
            for field in fields {
                let inner = filled(field.value, from: object)
                if !inner.isNull || field.value.isNull { result.set(field.key, to: inner) }
            }
            return .object(result)
        case .null, .bool, .int, .double, .opaque: return value
        }
    }

    private static func filled(_ text: String, from object: Value) -> Value {
        guard text.contains("{.") else { return Value(text) }
        var result = ""
        var rest = text[...]
        while let start = rest.range(of: "{."),
            let end = rest[start.upperBound...].firstIndex(of: "}")
        {
            let inside = String(rest[rest.index(after: start.lowerBound)..<end])
            guard let path = try? FieldPath(parsing: inside) else { break }
            let found = object[path]
            if start.lowerBound == text.startIndex, text.index(after: end) == text.endIndex {
                return found
            }
            result += rest[..<start.lowerBound]
            result += found.string ?? (found.isNull ? "" : JSON.text(found))
            rest = rest[rest.index(after: end)...]
        }
        return Value(result + rest)
    }
}

extension Substring {
    /// Where a text first stands in it.
    fileprivate func range(of text: String) -> Range<Index>? {
        var place = startIndex
        while place < endIndex {
            if self[place...].hasPrefix(text) {
                return place..<index(place, offsetBy: text.count)
            }
            place = index(after: place)
        }
        return nil
    }
}
