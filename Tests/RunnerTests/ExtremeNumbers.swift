import Foundation
import Model
import Support
import Value

/// Numbers at the ends of what a field can hold, and beyond.
enum ExtremeNumbers {
    static let integers = [
        "-1", "0", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807",
        "-9223372036854775808", "9223372036854775808", "99999999999999999999", "0.5", "1e300",
    ]
    static let quantities = [
        "9223372036854775807", "9Ei", "7Ei", "-9Ei", "1e30", "99999E", "1n", "-1", "0",
        "9223372036854775808",
    ]
    static let percentages = ["2147483648%", "99999999999999999999%", "-1%", "2147483647%"]
    static let times = [
        "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "99999-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
    ]

    /// The texts to put into a field as YAML; empty for a field that holds no number.
    static func texts(for field: FieldFact) -> [String] {
        switch field.element {
        case .int32, .int64, .double: integers
        case .quantity: quantities
        case .intOrString: integers + percentages.map { "\"\($0)\"" }
        case .time, .microTime: times.map { "\"\($0)\"" }
        case .string, .boolean, .bytes, .object, .any: []
        }
    }
}

/// A numeric field of a kind: the way to it from the root, and what it is.
struct NumericField {
    enum Step {
        case field(String)
        case item
    }

    let path: [Step]
    let fact: FieldFact

    var text: String {
        path.reduce("") { text, step in
            switch step {
            case .field(let name): text + "." + name
            case .item: text + "[]"
            }
        }
    }

    /// All of a type, to a depth at which every kind has been seen whole.
    static func all(of type: TypeFacts) -> [NumericField] {
        var found: [NumericField] = []
        collect(type, [], [], &found)
        return found
    }

    private static func collect(
        _ type: TypeFacts, _ path: [Step], _ outer: [TypeID], _ found: inout [NumericField]
    ) {
        guard path.count < 16, !outer.contains(type.id) else { return }
        for field in type.fields {
            var steps = path + [.field(field.name)]
            switch field.container {
            case .single: break
            case .list: steps.append(.item)
            case .map: steps.append(.field("cpu"))
            case .mapOfLists: continue
            }
            if let inner = field.elementType {
                collect(inner, steps, outer + [type.id], &found)
            } else if !ExtremeNumbers.texts(for: field).isEmpty {
                found.append(NumericField(path: steps, fact: field))
            }
        }
    }

    /// The object with the number of `text`, a JSON scalar, at the field; what is missing on the way is
    /// made.
    func setting(_ text: String, in object: Value) -> Value {
        Self.set(text, in: object, path[...])
    }

    private static func set(_ text: String, in value: Value, _ path: ArraySlice<Step>) -> Value {
        guard let step = path.first else { return Value("\u{1}\(text)\u{1}") }
        switch step {
        case .field(let name):
            var object = value.fields
            let key = Key(name)
            object.set(key, to: set(text, in: object[key], path.dropFirst()))
            return .object(object)
        case .item:
            var items = value.elements
            let first = items.first ?? .null
            let changed = set(text, in: first, path.dropFirst())
            if items.isEmpty { items = [changed] } else { items[0] = changed }
            return .array(items)
        }
    }
}
