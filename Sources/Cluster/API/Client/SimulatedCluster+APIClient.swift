import API
import Model
import Value

/// The simulated cluster's API for whoever drives the world: what is written here is the user's doing.
extension SimulatedCluster: APIClient {
    package var kinds: KindRegistry { api.kinds }

    package func discoverAgain() {
        note { $0.discoverAgain() }
        api.kinds.forgetWithdrawn()
    }

    package var showsManagedFields: Bool {
        get { api.ownership.isShown }
        set { api.ownership.isShown = newValue }
    }

    package var serverVersion: String { options.version }

    // MARK: Access

    package var user: UserInfo { .administrator }

    package func acting(as user: UserInfo) -> any APIClient { ImpersonatedClient(self, user) }

    /// An administrator may do everything.
    package func review(_ access: Access) throws(APIError) -> AccessDecision {
        AccessDecision(isAllowed: true)
    }

    package func rules(inNamespace namespace: String) throws(APIError) -> AccessRules {
        Authorizer(api: api).rules(for: user, inNamespace: namespace)
    }

    package func whoAmI() throws(APIError) -> UserInfo { user }

    // MARK: Reading

    package func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try api.get(kind, namespace: namespace, name: name)
    }

    package func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        try api.list(kind, namespace: namespace, options: options)
    }

    package func watch(
        _ target: WatchTarget, after version: Int?, _ receive: @escaping (WatchEvent) -> Void
    ) throws(APIError) -> any Watch {
        let version = version ?? log.head
        guard version >= log.start else {
            throw APIError(.expired, "too old resource version: \(version) (\(log.start))")
        }
        let stored = WatchTarget(
            try api.stored(target.kind, "get"), namespace: target.namespace, name: target.name,
            options: target.options)
        let watch = ClientWatch(stored, after: version, in: self) { [unowned self] event in
            receive(
                WatchEvent(type: event.type, object: api.shown(event.object, as: target.kind)))
        }
        for change in log.changes(after: version) { watch.tell(change) }
        addObserver(watch)
        return watch
    }

    // MARK: Writing

    /// Notes a request with whoever makes it: policies may look at that when it is made again.
    private func noteRequest(_ request: @escaping (SimulatedCluster) -> Void) {
        let user = api.impersonated
        note { cluster in
            cluster.api.impersonated = user
            defer { cluster.api.impersonated = nil }
            request(cluster)
        }
    }

    package func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        noteRequest { _ = try? $0.create(kind, namespace: namespace, object, options: options) }
        beginUserRequest()
        return try api.create(kind, namespace: namespace, object, options: options)
    }

    package func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        noteRequest {
            _ = try? $0.replace(
                kind, namespace: namespace, name: name, object, subresource: subresource,
                options: options)
        }
        beginUserRequest()
        return try api.replace(
            kind, namespace: namespace, name: name, object, subresource: subresource,
            options: options)
    }

    package func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        noteRequest {
            _ = try? $0.patch(
                kind, namespace: namespace, name: name, patch, subresource: subresource,
                options: options)
        }
        beginUserRequest()
        return try api.patch(
            kind, namespace: namespace, name: name, patch, subresource: subresource,
            options: options)
    }

    package func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value {
        noteRequest { _ = try? $0.delete(kind, namespace: namespace, name: name, options: options) }
        beginUserRequest()
        return try api.delete(kind, namespace: namespace, name: name, options: options)
    }

    // MARK: Subresources

    package func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try api.scale(kind, namespace: namespace, name: name)
    }

    package func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        noteRequest {
            _ = try? $0.setScale(
                kind, namespace: namespace, name: name, replicas: replicas, options: options)
        }
        beginUserRequest()
        return try api.setScale(
            kind, namespace: namespace, name: name, replicas: replicas, options: options)
    }

    package func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError) {
        noteRequest { try? $0.evict(pod: name, namespace: namespace, options: options) }
        beginUserRequest()
        try api.evict(pod: name, namespace: namespace, options: options)
    }
}

extension SimulatedCluster: ClientClock {
    package var now: Milliseconds { clock.now }

    package var standsStill: Bool { deferred.isActing }

    package var commandPause: Milliseconds { profile.client }

    package var objectPause: Milliseconds { profile.clientRequest }

    package func runUntilRest() throws(ClusterError) -> RunEnd {
        switch try settle() {
        case .settled: .reached
        case .stopped: .stopped
        case .restless: .expired
        }
    }
}
