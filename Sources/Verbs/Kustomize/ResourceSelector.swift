import Model
import Patterns
import Support
import Value

/// What `target` of a patch and `select` of a replacement ask for: each field is a regular expression for
/// the whole text. Source: kustomize, types.SelectorRegex.
struct ResourceSelector {
    private let group: Pattern?
    private let version: Pattern?
    private let kind: Pattern?
    private let name: Pattern?
    private let namespace: Pattern?
    private let labels: LabelSelector?
    private let annotations: LabelSelector?
    /// Whether it names no field of an ID.
    let isOpen: Bool

    // tidy: lists
    static let fields: Set<String> = [
        "group", "version", "kind", "name", "namespace", "annotationSelector", "labelSelector",
    ]

    init(_ value: Value) throws(VerbError) {
        func pattern(_ key: Key) throws(VerbError) -> Pattern? {
            let text = value.text(key)
            if text.isEmpty { return nil }
            do throws(PatternError) {
                return try Pattern("^(?:\(text))$")
            } catch {
                throw .message("error parsing regexp: '\(text)' in a target's \(key.name)")
            }
        }
        func selector(_ key: Key) throws(VerbError) -> LabelSelector? {
            let text = value.text(key)
            if text.isEmpty { return nil }
            do throws(SelectorError) {
                return try LabelSelector(parsing: text)
            } catch {
                throw .message(error.message)
            }
        }
        group = try pattern("group")
        version = try pattern("version")
        kind = try pattern("kind")
        name = try pattern("name")
        namespace = try pattern("namespace")
        labels = try selector("labelSelector")
        annotations = try selector("annotationSelector")
        isOpen =
            group == nil && version == nil && kind == nil && name == nil && namespace == nil
    }

    private func holds(_ pattern: Pattern?, _ text: String) -> Bool {
        guard let pattern else { return true }
        return (try? pattern.matches(text)) ?? false
    }

    private func holds(_ type: ResourceType) -> Bool {
        holds(group, type.group) && holds(version, type.version) && holds(kind, type.kind)
    }

    /// Whether labels and annotations are as asked for.
    func holdsMetadata(_ resource: KustomizeResource) -> Bool {
        let metadata = resource.value[.metadata]
        return (labels?.matches(metadata[.labels].fields) ?? true)
            && (annotations?.matches(metadata[.annotations].fields) ?? true)
    }

    var hasMetadata: Bool { labels != nil || annotations != nil }

    func holds(_ id: ResourceID) -> Bool {
        holds(id.type) && holds(name, id.name) && holds(namespace, id.namespace)
    }

    /// Whether it means the resource as it was at first or as it is now.
    func selects(_ resource: KustomizeResource) -> Bool {
        if resource.isGone { return false }
        let (old, now) = (resource.originalID, resource.currentID)
        return
            (holds(namespace, old.effectiveNamespace) || holds(namespace, now.effectiveNamespace))
            && (holds(name, old.name) || holds(name, now.name))
            && holds(resource.type) && holdsMetadata(resource)
    }
}
