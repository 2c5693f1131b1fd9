import API
import Model
import Support
import Value

extension APIServer {
    private static let immortalNamespaces: Set<String> = ["default", "kube-system", "kube-public"]

    /// The objects of `kind` in `namespace` as they are now, sorted by name. O(what is found).
    func objects(_ kind: Kind, inNamespace namespace: String) -> [StoredObject] {
        let indexed = store.indexed
        return StoredObject.listed(
            indexed.objects(kind, indexed.slots(kind, inNamespace: namespace)))
    }

    /// All objects of `kind` as they are now.
    func objects(_ kind: Kind) -> [StoredObject] { store.state.list(kind) }

    /// A namespace's deletion only marks it; its controller empties and finalizes it.
    /// Source: the namespace registry's Delete and the NamespaceLifecycle plugin.
    func deleteNamespace(
        _ current: StoredObject, _ options: DeleteOptions
    ) throws(APIError) -> DeletionOutcome? {
        if Self.immortalNamespaces.contains(current.name) {
            throw .forbidden(
                kinds[.namespace], current.name, "this namespace may not be deleted")
        }
        let isHeld = !current.value[.spec][.finalizers].elements.isEmpty
        if current.isDeleting { return isHeld ? .pending(current) : nil }
        var value = current.value
        value[.metadata][.deletionTimestamp] = timestamp
        value[.status][.phase] = "Terminating"
        if options.isDryRun { return .pending(current) }
        return .pending(
            commit(.namespace, current.key, old: current, value: value, verb: .delete))
    }

    /// Takes the finalizer `kubernetes` from a namespace, which thereby goes unless another holds it.
    @discardableResult
    package func finalizeNamespace(_ namespace: StoredObject) throws(APIError) -> StoredObject {
        let current = try current(namespace)
        var value = current.value
        let kept = value[.spec][.finalizers].elements.filter { $0.string != "kubernetes" }
        value[.spec][.finalizers] = kept.isEmpty ? .null : .array(kept)
        if value == current.value { return current }
        let isReleased =
            kept.isEmpty && current.isDeleting && value[.metadata][.finalizers].elements.isEmpty
        return commit(
            .namespace, current.key, old: current, value: isReleased ? .none : .some(value),
            verb: .finalize)
    }
}
