import Model
import Value

/// How the API server treats one kind: what its descriptor says and what its ``KindStrategy`` adds,
/// with what is asked for at every write made ready.
final class ResourceStrategy: Sendable {
    let kind: Kind
    let hasGeneration: Bool
    /// Whether a plain update leaves `status` alone.
    let hasStatus: Bool
    let rules: KindStrategy
    /// How quotas count the objects: each by `count/…` unless the kind says more. Nil where none counts
    /// them: objects of the cluster, and events.
    let quota: QuotaEvaluator?
    /// `apiVersion` and `kind` of objects, shared by all.
    let apiVersion: Value
    let kindName: Value

    init(_ info: KindDescriptor, _ rules: KindStrategy) {
        kind = info.kind
        hasGeneration = info.hasGeneration
        hasStatus = info.hasStatusSubresource
        self.rules = rules
        quota = info.isNamespaced && kind != .event ? rules.quota ?? .counted : nil
        apiVersion = Value(info.apiVersion)
        kindName = Value(info.name)
    }
}
