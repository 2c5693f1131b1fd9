import Model
import Value

extension APIServer {
    public func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try require(kind, ObjectKey(namespace: namespace, name: name)).apiValue
    }

    public func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        let found = try select(kind, namespace: namespace, options: options)
        return ListResult(items: found.map(\.apiValue), resourceVersion: store.head)
    }

    /// The objects that a list would give. Throws BadRequest for a field that cannot be selected by.
    func select(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> [StoredObject] {
        let info = kinds[kind]
        if let error = SelectableFields.check(options.fields, kind: info) {
            throw .badRequest(error.message)
        }
        if let namespace, info.isNamespaced, !namespace.isEmpty {
            return objects(kind, inNamespace: namespace).filter { options.selects($0.value) }
        }
        return store.state.list(kind, where: { options.selects($0.value) })
    }
}
