import Support
import Value

/// The needs of recent pods by the identity of their template's parts, so that a thousand pods of
/// one template are looked at once.
struct PodNeedsCache {
    private struct Entry {
        let needs: PodNeeds
        let spec: Value
    }

    /// Labels that are remembered, and templates of equal labels.
    private static let capacity = 1024
    private static let perLabels = 4
    /// By the identity of the labels, which pods of one template share; the needs keep them.
    private var entries: [ObjectIdentifier: [Entry]] = [:]
    private let plugins: PluginSet
    /// The parts of a pod's spec that its needs depend on.
    private let fields: [Key]

    init(_ plugins: PluginSet) {
        self.plugins = plugins
        fields = PodNeeds.fields + plugins.podFields.filter { !PodNeeds.fields.contains($0) }
    }

    mutating func needs(of pod: StoredObject) -> PodNeeds {
        let labels = pod.value[.metadata][.labels].fields
        let spec = pod.value[.spec]
        let known = entries[labels.identity] ?? []
        for entry in known
        where entry.needs.labels.isIdentical(to: labels) && entry.needs.namespace == pod.namespace
            && areAlike(entry.spec, spec)
        {
            return entry.needs
        }
        let needs = PodNeeds(pod: pod.value, plugins)
        if needs.hasOwnClaims { return needs }
        if entries.count >= Self.capacity { entries.removeAll(keepingCapacity: true) }
        entries[labels.identity] =
            known.suffix(Self.perLabels - 1) + [Entry(needs: needs, spec: spec)]
        return needs
    }

    /// Equality is quick for shared storage.
    private func areAlike(_ left: Value, _ right: Value) -> Bool {
        fields.allSatisfy { left[$0] == right[$0] }
    }
}
