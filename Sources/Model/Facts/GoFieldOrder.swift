import Support
import Value

/// The order in which Go declares the fields of its types: kubectl's JSON of objects that it holds in Go's
/// types has it, while objects it holds as they came are ordered by name.
///
/// Source: `types.go` of k8s.io/api and of apimachinery's meta/v1, 1.36.
package enum GoFieldOrder {
    private static let table: [String: [String]] = {
        var table: [String: [String]] = [:]
        var name = ""
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ").map(String.init)
            if line.first != " " { name = String(words.removeFirst().dropLast()) }
            table[name, default: []] += words
        }
        return table
    }()

    /// `object` with its fields as Go has them. An object of a type that is not known stays as it is.
    package static func ordered(_ object: Value) -> Value {
        let version = object.text(.apiVersion).split(separator: "/").map(String.init)
        guard let last = version.last else { return object }
        // "rbac.authorization.k8s.io/v1" are the types of the package rbac.v1.
        let group = version.count > 1 ? String(version[0].prefix { $0 != "." }) : "core"
        let name = "\(group).\(last).\(object.text(.kind))"
        if let type = FieldFacts.type(named: name) { return ordered(object, type) }
        guard name.hasSuffix("List"),
            let type = FieldFacts.type(named: String(name.dropLast("List".count)))
        else { return object }
        return [
            .kind: object[.kind], .apiVersion: object[.apiVersion],
            .metadata: sorted(object[.metadata]),
            .items: .array(object[.items].elements.map { ordered($0, type) }),
        ]
    }

    private static func ordered(_ value: Value, _ type: TypeFacts) -> Value {
        guard case .object(let fields) = value else { return value }
        let order = table[type.name] ?? []
        let rank = { (name: String) in order.firstIndex(of: name) ?? order.count }
        let sorted = fields.map { $0 }.sorted { left, right in
            (rank(left.key.name), left.key.name) < (rank(right.key.name), right.key.name)
        }
        var result = Object()
        for field in sorted {
            result.append(field.key, ordered(field.value, type[field.key]))
        }
        return .object(result)
    }

    private static func ordered(_ value: Value, _ fact: FieldFact?) -> Value {
        guard let fact else { return sorted(value) }
        let child = { (value: Value) in
            fact.elementType.map { ordered(value, $0) } ?? sorted(value)
        }
        switch (fact.container, value) {
        case (.single, _): return child(value)
        case (.list, .array(let items)): return .array(items.map(child))
        case (.map, .object(let fields)), (.mapOfLists, .object(let fields)):
            var result = Object()
            for field in fields.sortedByName { result.append(field.key, child(field.value)) }
            return .object(result)
        default: return sorted(value)
        }
    }

    /// A value without a type of Go: its maps are ordered by key.
    private static func sorted(_ value: Value) -> Value {
        switch value {
        case .array(let items): return .array(items.map(sorted))
        case .object(let fields):
            var result = Object()
            for field in fields.sortedByName { result.append(field.key, sorted(field.value)) }
            return .object(result)
        case .null, .bool, .int, .double, .text, .opaque: return value
        }
    }
}
