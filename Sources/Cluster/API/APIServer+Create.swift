import API
import Model
import Support
import Value

extension APIServer {
    /// Creates an object of `kind` in `namespace` (empty for cluster-scoped kinds).
    ///
    /// `metadata.generateName` gives a seeded name; apiVersion and kind may be left out. Throws
    /// AlreadyExists, NotFound or Forbidden for a namespace that is missing or going away, Forbidden
    /// by admission, Invalid for what does not validate.
    @discardableResult
    package func create(
        _ kind: Kind, _ value: Value, in namespace: String = "",
        options: WriteOptions = WriteOptions()
    ) throws(APIError) -> StoredObject {
        let info = kinds[kind]
        var object = value
        let key = try nameObject(&object, info, namespace)
        defer { ownership.pending = nil }
        try checkNamespace(info, key)
        if kind == .pod {
            try preparePod(&object, info, key, isDryRun: options.isDryRun)
        } else {
            try prepare(&object, info, key, isDryRun: options.isDryRun)
        }
        try checkIsNew(info, key)
        return options.isDryRun
            ? StoredObject(
                kind: kind, slot: Slot(index: -1), key: key, resourceVersion: 0, value: object,
                owners: ownership.pending?.owners ?? .empty)
            : commit(kind, key, old: nil, value: object, verb: .create)
    }

    private func nameObject(
        _ object: inout Value, _ info: KindDescriptor, _ namespace: String
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
                throw .invalid(
                    info, "",
                    [
                        FieldError(
                            path: "metadata.name", reason: .required,
                            detail: "name or generateName is required")
                    ])
            }
            repeat {
                name = identities.name(info, namespace: namespace, prefix: prefix)
            } while store.state.get(info.kind, namespace: namespace, name: name) != nil
            object[.metadata][.name] = Value(name)
        }
        return ObjectKey(namespace: info.isNamespaced ? namespace : "", name: name)
    }

    private func checkNamespace(_ info: KindDescriptor, _ key: ObjectKey) throws(APIError) {
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

    private func checkIsNew(_ info: KindDescriptor, _ key: ObjectKey) throws(APIError) {
        if store.state.get(info.kind, key) != nil { throw .alreadyExists(info, key.name) }
    }

    /// Defaults, admits, completes and validates a new object. That there is one already is found when
    /// it is to be stored, after all that may be wrong with it, but before any quota is charged.
    func prepare(
        _ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey, isDryRun: Bool
    ) throws(APIError) {
        setDefaults(&object, info)
        let strategy = strategy(info.kind)
        if let place = info.podTemplate {
            PodFieldGates.drop(from: &object, old: .null, at: place.path)
        }
        strategy.rules.applyGates?(&object, .null, featureGates)
        noteOwners(ofNew: object, info, key)
        var request = AdmissionRequest(
            operation: .create, info: info, key: key, object: object, old: nil,
            isDryRun: isDryRun, server: self)
        object = .null
        try admission.admit(&request)
        complete(&request.object, info, key)
        try strategy.rules.completeNew?(&request.object, self, info, key)
        try validateNew(request.object, info)
        if warnings != nil { warn(Warnings.create(request.object, kind: info)) }
        strategy.rules.canonicalize?(&request.object)
        try checkIsNew(info, key)
        try admission.validate(request)
        object = request.object
    }

    /// What the API server adds to every new object, whatever the client sent.
    func complete(_ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey) {
        let strategy = strategy(info.kind)
        if strategy.hasStatus && !strategy.rules.keepsStatusOfNew {
            object[.status] = strategy.rules.initialStatus
        }
        var metadata = object[.metadata]
        metadata[.namespace] = info.isNamespaced ? Value(key.namespace) : .null
        metadata[.uid] = Value(identities.uid(info, key, at: clock.now))
        metadata[.creationTimestamp] = timestamp
        for field in Self.clearedMetadata { metadata[field] = .null }
        metadata[.generation] = strategy.hasGeneration ? 1 : .null
        object[.metadata] = metadata
        object[.apiVersion] = strategy.apiVersion
        object[.kind] = strategy.kindName
    }

    /// Stores an object of the server's own, which is complete and valid but for what every new object
    /// is given; it is as old as `instant` says.
    @discardableResult
    func install(
        _ kind: Kind, _ value: Value, in namespace: String = "", at instant: Milliseconds? = nil
    ) -> StoredObject {
        let info = kinds[kind]
        let key = ObjectKey(namespace: namespace, name: value[.metadata].text(.name))
        var object = value
        complete(&object, info, key)
        if let instant { object[.metadata][.creationTimestamp] = timestamp(at: instant) }
        if !value[.status].isNull {
            object[.status] = value[.status]
            for index in object[.status][.conditions].elements.indices {
                object[.status][.conditions][index][.lastTransitionTime] = timestamp
            }
        }
        return commit(kind, key, old: nil, value: object, verb: .create)
    }

    /// Stores an object as the same server stored it at the same instant of another world; only its uid is
    /// this world's own.
    func restore(_ object: InitialObjects.Entry) {
        var value = object.value
        let uid = identities.uid(kinds[object.kind], object.key, at: clock.now)
        value[.metadata][.uid] = Value(uid)
        _ = commit(
            object.kind, object.key, old: nil, content: .value(value, object.owners),
            verb: .create)
    }

    private static let clearedMetadata: [Key] = [
        .resourceVersion, .deletionTimestamp, .deletionGracePeriodSeconds, .managedFields,
        .selfLink,
    ]
}
