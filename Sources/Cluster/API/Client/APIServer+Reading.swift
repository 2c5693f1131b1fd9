import API
import Model
import Value

extension APIServer {
    package func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        let key = ObjectKey(namespace: namespace, name: name)
        if kind == .lease, namespace == Heartbeats.leaseNamespace,
            store.state.get(kind, key) == nil,
            let node = store.state.get(.node, name: name), let lease = heartbeats.lease(node)
        {
            return lease
        }
        let object = try require(kind, "get", namespace: namespace, name: name)
        return read(object, as: kind)
    }

    package func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        let found = try select(kind, namespace: namespace, options: options)
        var items = found.map { read($0, as: kind) }
        if kind == .lease { items += kubeletLeases(in: namespace, options: options) }
        return ListResult(items: items, resourceVersion: store.head)
    }

    private func read(_ object: StoredObject, as kind: Kind) -> Value {
        guard kind == .node else { return served(object, as: kind) }
        let node = heartbeats.node(object)
        return ownership.isShown ? withOwners(node, of: object) : node
    }

    /// The objects that a list would give. Throws BadRequest for a field that cannot be selected by.
    func select(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> [StoredObject] {
        let info = kinds[kind]
        let stored = try stored(kind, "get")
        if let error = info.rules.selectableFields.check(options.fields) {
            throw .badRequest(error.message)
        }
        if let namespace, info.isNamespaced, !namespace.isEmpty {
            return objects(stored, inNamespace: namespace).filter {
                options.selects(shown($0.value, as: kind))
            }
        }
        return store.state.list(stored, where: { options.selects(shown($0.value, as: kind)) })
    }
}
