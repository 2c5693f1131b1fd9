import Model
import Support
import Value

/// An object of a kustomization, and what is remembered of its way through the transformers.
final class KustomizeResource {
    /// The object; null once a patch has deleted it.
    var value: Value
    /// What it was called before each change of its name or namespace, the first one first.
    private(set) var previous: [(kind: String, name: String, namespace: String)] = []
    var prefixes: [String] = []
    var suffixes: [String] = []
    var needsHash = false
    /// `create`, `merge` or `replace`, for what a generator made.
    var behavior = ""
    /// The variables that are read from it.
    var variables: [String] = []
    /// The fields that its manifest writes without a value: gone once a strategic merge patch has been here.
    var emptyFields: [[Key]] = []
    /// What is wrong with its keys, which is told when it is printed.
    var duplicateKeys: [String] = []
    /// Where it comes from, and what has been done with it; kept where `buildMetadata` asks for it.
    var origin: KustomizeOrigin?
    var transformations: [KustomizeOrigin] = []

    init(_ value: Value) { self.value = value }

    var isGone: Bool { value.isNull }

    var type: ResourceType {
        ResourceType(apiVersion: value.text(.apiVersion), kind: value.text(.kind))
    }

    var name: String {
        get { value[.metadata].text(.name) }
        set { value[.metadata][.name] = Value(newValue) }
    }

    var namespace: String { value[.metadata].text(.namespace) }

    var currentID: ResourceID { ResourceID(type, name: name, namespace: namespace) }

    /// Its earlier IDs, of the type it has now but for the kind.
    var previousIDs: [ResourceID] {
        let type = type
        return previous.map { id in
            ResourceID(
                ResourceType(group: type.group, version: type.version, kind: id.kind),
                name: id.name, namespace: id.namespace, isKnownScope: false)
        }
    }

    var originalID: ResourceID { previousIDs.first ?? currentID }

    /// Its earlier IDs and the one it has.
    var allIDs: [ResourceID] { previousIDs + [currentID] }

    func rememberID() {
        let id = currentID
        previous.append((id.type.kind, id.name, id.effectiveNamespace))
    }

    /// Takes the place of `old`, which a generator is to replace or merge into: its labels, annotations,
    /// name, namespace and history, with its own labels and annotations over them.
    func takeOver(_ old: KustomizeResource) {
        for key in [Key.labels, .annotations] {
            var merged = old.value[.metadata][key].fields
            for field in value[.metadata][key].fields { merged.set(field.key, to: field.value) }
            value[.metadata][key] = merged.isEmpty ? .null : .object(merged)
        }
        name = old.name
        value[.metadata][.namespace] = old.value[.metadata][.namespace]
        previous = old.previous
        prefixes = old.prefixes
        suffixes = old.suffixes
        behavior = old.behavior
        needsHash = needsHash && old.needsHash
        variables = old.variables
        origin = old.origin ?? origin
        transformations = old.transformations
    }

    /// Takes fields without a value away, as walking through all of the object does upstream.
    func dropEmptyFields() {
        for path in emptyFields { Self.drop(path[...], from: &value) }
        emptyFields = []
    }

    private static func drop(_ path: ArraySlice<Key>, from value: inout Value) {
        guard let key = path.first, case .object(var object) = value, object.contains(key) else {
            return
        }
        if path.count > 1 {
            var field = object[key]
            drop(path.dropFirst(), from: &field)
            object.set(key, to: field)
        } else if object[key].isNull {
            object.removeValue(forKey: key)
        }
        value = .object(object)
    }

    /// As messages of Kustomize show it: JSON, with the annotations in which it remembers earlier IDs.
    var shown: String {
        var shown = value
        let prefix = "internal.config.kubernetes.io/previous"
        for (key, part) in [
            ("Kinds", previous.map(\.kind)), ("Names", previous.map(\.name)),
            ("Namespaces", previous.map(\.namespace)),
        ] where !part.isEmpty {
            shown[.metadata][.annotations][Key(prefix + key)] = Value(
                part.joined(separator: ","))
        }
        return JSON.text(shown, style: .canonical)
    }

    /// Whether both have been prefixed and suffixed alike at the end of their ways.
    /// - Parameter allowsNone: whether one without any is like every other.
    func isAffixed(like other: KustomizeResource, allowsNone: Bool) -> Bool {
        func isAlike(_ left: [String], _ right: [String]) -> Bool {
            if left.isEmpty || right.isEmpty {
                return allowsNone || left.isEmpty && right.isEmpty
            }
            let count = min(left.count, right.count)
            return left.suffix(count) == right.suffix(count)
        }
        return isAlike(prefixes, other.prefixes) && isAlike(suffixes, other.suffixes)
    }
}
