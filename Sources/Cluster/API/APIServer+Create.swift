import Model
import Support
import Value

extension APIServer {
    /// Creates an object of `kind` in `namespace` (empty for cluster-scoped kinds).
    ///
    /// `metadata.generateName` gives a seeded name. Throws AlreadyExists, NotFound or Forbidden for
    /// a namespace that is missing or going away, Invalid for what does not validate.
    @discardableResult
    public func create(
        _ kind: Kind, _ value: Value, in namespace: String = "",
        options: WriteOptions = WriteOptions()
    ) throws(APIError) -> StoredObject {
        let info = kinds[kind]
        var object = value
        let key = try nameObject(&object, info, namespace)
        try checkNamespace(info, key)
        if store.state.get(kind, key) != nil { throw .alreadyExists(info, key.name) }
        prepareForCreate(&object, info, key)
        return options.isDryRun
            ? StoredObject(
                kind: kind, slot: Slot(index: -1), key: key, resourceVersion: 0, value: object)
            : commit(kind, key, old: nil, value: object, verb: .create)
    }

    private func nameObject(
        _ object: inout Value, _ info: KindInfo, _ namespace: String
    ) throws(APIError) -> ObjectKey {
        let metadata = object[.metadata]
        if let own = metadata[.namespace].string, info.isNamespaced, own != namespace {
            throw .badRequest(
                "the namespace of the provided object does not match the namespace sent on the "
                    + "request")
        }
        var name = metadata[.name].string ?? ""
        if name.isEmpty {
            guard let prefix = metadata[.generateName].string, !prefix.isEmpty else {
                throw APIError(
                    .invalid,
                    "\(info.name)\(info.group.isEmpty ? "" : ".\(info.group)") \"\" is invalid: "
                        + "metadata.name: Required value: name or generateName is required",
                    kind: info.kind)
            }
            repeat {
                name = identities.name(info, namespace: namespace, prefix: prefix)
            } while store.state.get(info.kind, namespace: namespace, name: name) != nil
            object[.metadata][.name] = Value(name)
        }
        return ObjectKey(namespace: info.isNamespaced ? namespace : "", name: name)
    }

    private func checkNamespace(_ info: KindInfo, _ key: ObjectKey) throws(APIError) {
        guard info.isNamespaced else { return }
        guard let namespace = store.state.get(.namespace, name: key.namespace) else {
            throw .notFound(kinds[.namespace], key.namespace)
        }
        guard namespace.isDeleting else { return }
        var error = APIError.forbidden(
            info, key.name,
            "unable to create new content in namespace \(key.namespace) because it is being "
                + "terminated")
        error.causes = [
            APIError.Detail(
                reason: "NamespaceTerminating",
                message: "namespace \(key.namespace) is being terminated",
                field: "metadata.namespace")
        ]
        throw error
    }

    private func prepareForCreate(_ object: inout Value, _ info: KindInfo, _ key: ObjectKey) {
        let strategy = strategy(info.kind)
        if strategy.hasStatus && info.kind != .node { object[.status] = strategy.initialStatus }
        if info.kind == .namespace { prepareNamespace(&object, key.name) }
        var metadata = object[.metadata]
        metadata[.namespace] = info.isNamespaced ? Value(key.namespace) : .null
        metadata[.uid] = Value(identities.uid(info, key, at: clock.now))
        metadata[.creationTimestamp] = timestamp
        metadata[.resourceVersion] = .null
        metadata[.deletionTimestamp] = .null
        metadata[.deletionGracePeriodSeconds] = .null
        metadata["managedFields"] = .null
        metadata["selfLink"] = .null
        metadata[.generation] = strategy.hasGeneration ? 1 : .null
        object[.metadata] = metadata
        object[.apiVersion] = Value(info.apiVersion)
        object[.kind] = Value(info.name)
    }

    /// Source: the namespace strategy and the NamespaceDefaultLabelName defaulting.
    private func prepareNamespace(_ object: inout Value, _ name: String) {
        object[.metadata][.labels]["kubernetes.io/metadata.name"] = Value(name)
        object[.spec][.finalizers] = ["kubernetes"]
    }
}
