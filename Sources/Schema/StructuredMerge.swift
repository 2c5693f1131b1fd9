import Model
import Support
import Value

/// Merges what an expression says an object should have into the object: maps by their keys, lists by
/// what identifies their elements. Of fields that would be replaced whole nothing is taken.
///
/// Source: apiserver `policy/mutating/patch/smd.go` and structured-merge-diff's `typed.Merge`. Into a
/// list `[{name: a}, {name: b, image: x}]` with the key `name` goes `[{name: b, image: y}]` as
/// `[{name: a}, {name: b, image: y}]`.
package struct StructuredMerge {
    /// What is known of one place of an object.
    private indirect enum Place {
        case scalar
        case object(TypeFacts)
        case map(Place)
        case list(ListKind, Place)
        case node(SchemaNode)
        /// Nothing: maps are merged, all else is replaced.
        case deduced
    }

    private let root: Place
    private var unknown: [String] = []
    private var atomic: [String] = []

    /// Why a patch is not taken, in upstream's words.
    package struct Problem: Error {
        package let message: String
    }

    /// For objects of a built-in kind.
    package init(_ kind: Kind) { root = FieldFacts.root(of: kind).map { .object($0) } ?? .deduced }

    /// For objects of a custom kind, by the schema of their version.
    package init(schema: Value) { root = .node(SchemaNode(schema)) }

    /// The object with what `patch` has; kind and version stay.
    package mutating func apply(_ patch: Value, to object: Value) throws(Problem) -> Value {
        unknown = []
        atomic = []
        var patch = patch
        for key in [Key.apiVersion, .kind] { patch[key] = object[key] }
        check(patch, root, "", isRoot: true)
        guard unknown.isEmpty else {
            let lines = unknown.map { "\($0): field not declared in schema" }
            throw Problem(
                message: "failed to convert patch object to typed object: "
                    + (lines.count == 1
                        ? lines[0] : "errors:\n" + lines.map { "  \($0)" }.joined(separator: "\n")))
        }
        guard atomic.isEmpty else {
            throw Problem(
                message: "invalid ApplyConfiguration: may not mutate atomic arrays, maps or "
                    + "structs: \(atomic.joined(separator: ", "))")
        }
        return Self.merge(object, patch, root)
    }

    // MARK: What may not be in a patch

    private mutating func check(_ value: Value, _ place: Place, _ path: String, isRoot: Bool) {
        switch value {
        case .object(let object):
            if !isRoot, Self.isAtomicMap(place) { atomic.append(path) }
            for entry in object.sortedByName {
                let spot = "\(path).\(entry.key.name)"
                guard let inner = Self.field(entry.key, place, isRoot: isRoot) else {
                    unknown.append(spot)
                    continue
                }
                check(entry.value, inner, spot, isRoot: false)
            }
        case .array(let elements):
            guard let (kind, element) = Self.list(place) else { return }
            if kind == .atomic || kind == .unspecified { atomic.append(path) }
            for (index, value) in elements.enumerated() {
                check(value, element, "\(path)[\(index)]", isRoot: false)
            }
        case .null, .bool, .int, .double, .text, .opaque: break
        }
    }

    private static func isAtomicMap(_ place: Place) -> Bool {
        switch place {
        case .object(let type): type.isAtomic
        case .node(let node): node.isAtomicMap
        case .scalar, .map, .list, .deduced: false
        }
    }

    /// What is known of a field; nil for one that there is not.
    private static func field(_ key: Key, _ place: Place, isRoot: Bool) -> Place? {
        switch place {
        case .object(let type): return type[key].map { Self.place(of: $0) }
        case .map(let element): return element
        case .node(let node):
            if isRoot || node.isEmbedded {
                if key == .metadata { return .object(FieldFacts.objectMeta) }
                if key == .apiVersion || key == .kind { return .scalar }
            }
            if let inner = node.field(key) { return .node(inner) }
            if node.preservesUnknown { return .deduced }
            if case .anything = node.additional { return .deduced }
            return nil
        case .scalar, .list, .deduced: return .deduced
        }
    }

    private static func place(of field: FieldFact) -> Place {
        let element: Place =
            if let type = field.elementType {
                .object(type)
            } else if field.element == .any {
                .deduced
            } else {
                .scalar
            }
        switch field.container {
        case .single: return element
        case .list: return .list(field.listKind, element)
        case .map: return .map(element)
        case .mapOfLists: return .map(.list(.atomic, element))
        }
    }

    private static func list(_ place: Place) -> (ListKind, Place)? {
        switch place {
        case .list(let kind, let element): return (kind, element)
        case .node(let node):
            let element = node.items.map { Place.node($0) } ?? .deduced
            switch node.listType {
            case "set": return (.set, element)
            case "map": return (.map(node.listKeys.map { Key($0) }), element)
            default: return (.atomic, element)
            }
        case .scalar, .object, .map, .deduced: return nil
        }
    }

    // MARK: Merging

    private static func merge(
        _ old: Value, _ new: Value, _ place: Place, isRoot: Bool = true
    ) -> Value {
        switch (old, new) {
        case (.object(let object), .object(let patch)):
            var result = object
            for entry in patch {
                let inner = field(entry.key, place, isRoot: isRoot) ?? .deduced
                let merged =
                    object.contains(entry.key)
                    ? merge(object[entry.key], entry.value, inner, isRoot: false) : entry.value
                result.set(entry.key, to: merged)
            }
            return .object(result)
        case (.array(let elements), .array(let changes)):
            guard let (kind, element) = list(place) else { return new }
            switch kind {
            case .atomic, .unspecified: return new
            case .set: return .array(elements + changes.filter { !elements.contains($0) })
            case .map(let keys): return .array(mergeLists(elements, changes, keys, element))
            }
        default: return new
        }
    }

    /// What the patch orders otherwise than the object comes in the order of the patch, what it does not
    /// name stays where it was.
    private static func mergeLists(
        _ old: [Value], _ new: [Value], _ keys: [Key], _ element: Place
    ) -> [Value] {
        let (oldNames, newNames) = (old.map { name($0, keys) }, new.map { name($0, keys) })
        var merged: [Value] = []
        var done: [[Value]] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, done.contains(oldNames[left]) {
                left += 1
            } else if left < old.count, !newNames.contains(oldNames[left]) {
                merged.append(old[left])
                left += 1
            } else if right < new.count {
                let before = oldNames.firstIndex(of: newNames[right])
                merged.append(
                    before.map { merge(old[$0], new[right], element, isRoot: false) } ?? new[right])
                done.append(newNames[right])
                right += 1
            } else {
                left += 1
            }
        }
        return merged
    }

    /// What tells an element from others. A port without protocol is one of TCP.
    private static func name(_ element: Value, _ keys: [Key]) -> [Value] {
        keys.map { key in
            let value = element[key]
            return value.isNull && key == "protocol" ? "TCP" : value
        }
    }
}
