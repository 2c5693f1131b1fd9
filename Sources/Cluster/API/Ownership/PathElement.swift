import Support
import Value

/// One step of a path into an object, as field managers own fields: a field of an object or map, an item
/// of a list that is known by its keys, or an item of a set.
///
/// Source: structured-merge-diff, fieldpath (PathElement). `f:spec`, `k:{"name":"web"}`, `v:"a"`.
enum PathElement: Hashable, Sendable {
    case field(Key)
    /// The keys of a list's item, by name.
    case item(Object)
    case value(SetItem)

    /// A value behind a reference, so that steps are small.
    final class SetItem: Hashable, Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
        static func == (left: SetItem, right: SetItem) -> Bool { left.value == right.value }
        func hash(into hasher: inout Hasher) { hasher.combine(value) }
    }

    /// Any total order that costs little: by number of the key where names would have to be compared.
    static func precedes(_ left: PathElement, _ right: PathElement) -> Bool {
        switch (left, right) {
        case (.field(let left), .field(let right)): left.id < right.id
        default: compare(left, right) < 0
        }
    }

    /// The order in which the API shows steps: fields, keys, values; each by what it says.
    static func compare(_ left: PathElement, _ right: PathElement) -> Int {
        switch (left, right) {
        case (.field(let left), .field(let right)):
            left == right ? 0 : left.name < right.name ? -1 : 1
        case (.field, _): -1
        case (_, .field): 1
        case (.item(let left), .item(let right)): compare(left, right)
        case (.item, _): -1
        case (_, .item): 1
        case (.value(let left), .value(let right)): compare(left.value, right.value)
        }
    }

    private static func compare(_ left: Object, _ right: Object) -> Int {
        for (left, right) in zip(left, right) {
            if left.key != right.key { return left.key.name < right.key.name ? -1 : 1 }
            let order = compare(left.value, right.value)
            if order != 0 { return order }
        }
        return left.count - right.count
    }

    /// Numbers come before texts, and texts before truth values. Source: value.Compare.
    private static func compare(_ left: Value, _ right: Value) -> Int {
        func rank(_ value: Value) -> Int {
            switch value {
            case .int, .double: 0
            case .text: 1
            case .bool: 2
            case .array, .null, .object, .opaque: 3
            }
        }
        switch (left, right) {
        case (.int(let left), .int(let right)): return left == right ? 0 : left < right ? -1 : 1
        case (.text(let left), .text(let right)):
            return left.string == right.string ? 0 : left.string < right.string ? -1 : 1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : right ? -1 : 1
        default:
            if let left = left.number, let right = right.number {
                return left == right ? 0 : left < right ? -1 : 1
            }
            return rank(left) - rank(right)
        }
    }
}

// MARK: - Text

extension PathElement {
    /// The step as `fieldsV1` names it.
    var encoded: String {
        switch self {
        case .field(let key): "f:" + key.name
        case .item(let keys): "k:" + JSON.text(.object(keys), style: .go)
        case .value(let item): "v:" + JSON.text(item.value, style: .go)
        }
    }

    /// The step that `fieldsV1` calls `text`; nil for one that cannot be read.
    init?(encoded text: String) {
        let rest = String(text.dropFirst(2))
        switch text.prefix(2) {
        case "f:": self = .field(Key(rest))
        case "k:":
            guard let keys = try? JSON.parse(rest), case .object(let fields) = keys else {
                return nil
            }
            self = .item(Self.sorted(fields))
        case "v:":
            guard let value = try? JSON.parse(rest) else { return nil }
            self = .value(SetItem(value))
        default: return nil
        }
    }

    static func sorted(_ keys: Object) -> Object {
        keys.count < 2 ? keys : Object(fields: keys.sortedByName.map { ($0.key, $0.value) })
    }

    /// The step as errors show it: `.spec`, `[name="web"]`, `[="a"]`.
    var description: String {
        switch self {
        case .field(let key): "." + key.name
        case .item(let keys):
            "["
                + keys.map { "\($0.key.name)=\(Self.shown($0.value))" }.joined(separator: ",")
                + "]"
        case .value(let item): "[=\(Self.shown(item.value))]"
        }
    }

    private static func shown(_ value: Value) -> String { JSON.text(value, style: .canonical) }
}
