import API
import Model
import Value

/// The simulated cluster for a user who may do only what roles allow.
final class ImpersonatedClient: APIClient {
    private let cluster: SimulatedCluster
    let user: UserInfo

    init(_ cluster: SimulatedCluster, _ user: UserInfo) {
        self.cluster = cluster
        self.user = user
    }

    var kinds: KindRegistry { cluster.kinds }
    var serverVersion: String { cluster.serverVersion }

    var authorizer: Authorizer { Authorizer(api: cluster.api) }

    var showsManagedFields: Bool {
        get { cluster.showsManagedFields }
        set { cluster.showsManagedFields = newValue }
    }

    func discoverAgain() { cluster.discoverAgain() }

    /// Throws Forbidden unless the user may do that to an object, or to all of a kind.
    private func check(
        _ verb: String, _ kind: Kind, _ namespace: String?, _ name: String = "",
        _ subresource: String = ""
    ) throws(APIError) {
        let info = cluster.kinds[kind]
        // What is not served is not found before anybody asks whether it is allowed.
        guard cluster.kinds.serves(kind) else { return }
        let access = Access(
            verb, info, namespace: namespace ?? "", name: name, subresource: subresource)
        let decision = authorizer.decide(access, for: user)
        if !decision.isAllowed {
            throw access.forbidden(user, reason: decision.reason, kind: kind)
        }
    }

    // MARK: Access

    func acting(as user: UserInfo) -> any APIClient { ImpersonatedClient(cluster, user) }

    func review(_ access: Access) throws(APIError) -> AccessDecision {
        try mayAsk("authorization.k8s.io", "selfsubjectaccessreviews")
        return authorizer.decide(access, for: user)
    }

    func rules(inNamespace namespace: String) throws(APIError) -> AccessRules {
        try mayAsk("authorization.k8s.io", "selfsubjectrulesreviews")
        return authorizer.rules(for: user, inNamespace: namespace)
    }

    func whoAmI() throws(APIError) -> UserInfo {
        try mayAsk("authentication.k8s.io", "selfsubjectreviews")
        return user
    }

    private func mayAsk(_ group: String, _ resource: String) throws(APIError) {
        var access = Access("create")
        access.group = group
        access.resource = resource
        let decision = authorizer.decide(access, for: user)
        if !decision.isAllowed { throw access.forbidden(user, reason: decision.reason) }
    }

    // MARK: Reading

    func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try check("get", kind, namespace, name)
        return try cluster.get(kind, namespace: namespace, name: name)
    }

    func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        try check("list", kind, namespace, Self.name(options))
        return try cluster.list(kind, namespace: namespace, options: options)
    }

    func watch(
        _ target: WatchTarget, after version: Int?, _ receive: @escaping (WatchEvent) -> Void
    ) throws(APIError) -> any Watch {
        try check(
            "watch", target.kind, target.namespace, target.name ?? Self.name(target.options))
        return try cluster.watch(target, after: version, receive)
    }

    /// The name that a list is limited to. Source: apiserver, request/requestinfo.go.
    private static func name(_ options: ListOptions) -> String {
        options.fields.requirements.first { $0.isEqual && $0.field == "metadata.name" }?.value ?? ""
    }

    // MARK: Writing

    /// Makes a request of the user's, as admission sees it.
    private func asUser<Answer>(
        _ request: () throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        cluster.api.impersonated = user
        defer { cluster.api.impersonated = nil }
        return try request()
    }

    func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        try check("create", kind, namespace)
        try confirmNoEscalation(kind, namespace: namespace, object)
        return try asUser { () throws(APIError) in
            try cluster.create(kind, namespace: namespace, object, options: options)
        }
    }

    func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        try check("update", kind, namespace, name, subresource.path)
        if kind.isPolicy {
            let old = try cluster.get(kind, namespace: namespace, name: name)
            try confirmNoEscalation(kind, namespace: namespace, object, old: old)
        }
        return try asUser { () throws(APIError) in
            try cluster.replace(
                kind, namespace: namespace, name: name, object, subresource: subresource,
                options: options)
        }
    }

    func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        try check("patch", kind, namespace, name, subresource.path)
        // Whoever makes an object by applying it needs the right to create it too.
        // Source: apiserver's handlers/patch.go, createAuthorizerAttributes.
        if patch.makesObjects, try cluster.find(kind, namespace: namespace, name: name) == nil {
            try check("create", kind, namespace, name, subresource.path)
        }
        if kind.isPolicy {
            var preview = options
            preview.isDryRun = true
            let old =
                patch.makesObjects
                ? try cluster.find(kind, namespace: namespace, name: name) ?? .null
                : try cluster.get(kind, namespace: namespace, name: name)
            let new = try cluster.patch(
                kind, namespace: namespace, name: name, patch, subresource: subresource,
                options: preview)
            try confirmNoEscalation(kind, namespace: namespace, new.object, old: old)
        }
        return try asUser { () throws(APIError) in
            try cluster.patch(
                kind, namespace: namespace, name: name, patch, subresource: subresource,
                options: options)
        }
    }

    func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value {
        try check("delete", kind, namespace, name)
        return try asUser { () throws(APIError) in
            try cluster.delete(kind, namespace: namespace, name: name, options: options)
        }
    }

    // MARK: Subresources

    func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try check("get", kind, namespace, name, "scale")
        return try cluster.scale(kind, namespace: namespace, name: name)
    }

    /// kubectl patches the scale unless it is told what it must be before.
    func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        try check("patch", kind, namespace, name, "scale")
        return try asUser { () throws(APIError) in
            try cluster.setScale(
                kind, namespace: namespace, name: name, replicas: replicas, options: options)
        }
    }

    func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError) {
        try check("create", .pod, namespace, name, "eviction")
        try asUser { () throws(APIError) in
            try cluster.evict(pod: name, namespace: namespace, options: options)
        }
    }

    // MARK: Metrics

    func podMetrics(namespace: String?) throws(APIError) -> [PodMetrics]? {
        try checkMetrics("pods", namespace ?? "")
        return cluster.podMetrics(namespace: namespace)
    }

    func nodeMetrics() throws(APIError) -> [NodeMetrics]? {
        try checkMetrics("nodes", "")
        return cluster.nodeMetrics()
    }

    private func checkMetrics(_ resource: String, _ namespace: String) throws(APIError) {
        var access = Access("list")
        access.group = "metrics.k8s.io"
        access.resource = resource
        access.namespace = namespace
        let decision = authorizer.decide(access, for: user)
        if !decision.isAllowed { throw access.forbidden(user, reason: decision.reason) }
    }
}

extension Subresource {
    /// What a request's path calls it.
    fileprivate var path: String {
        switch self {
        case .none: ""
        case .status: "status"
        case .approval: "approval"
        case .ephemeralContainers: "ephemeralcontainers"
        case .resize: "resize"
        }
    }
}
