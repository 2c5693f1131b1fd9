import API
import Model
import Value

/// A client whose writing requests somebody may refuse.
final class GuardedClient: APIClient {
    private let client: any APIClient
    private let actGuard: any ActGuard

    init(_ client: any APIClient, _ actGuard: any ActGuard) {
        self.client = client
        self.actGuard = actGuard
    }

    private func check(
        _ verb: GuardedRequest.Verb, _ kind: Kind, _ namespace: String, _ name: String
    ) throws(APIError) {
        let info = client.kinds[kind]
        let request = GuardedRequest(verb: verb, kind: info, namespace: namespace, name: name)
        guard let reason = actGuard.refusal(of: request) else { return }
        throw .forbidden(info, name, reason)
    }

    var kinds: KindRegistry { client.kinds }
    var serverVersion: String { client.serverVersion }
    var user: UserInfo { client.user }
    func discoverAgain() { client.discoverAgain() }

    // MARK: Writing

    func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult {
        let name = object[.metadata][.name].string ?? ""
        try check(.create, kind, namespace, name)
        return try client.create(kind, namespace: namespace, object, options: options)
    }

    func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        try check(.update, kind, namespace, name)
        return try client.replace(
            kind, namespace: namespace, name: name, object, subresource: subresource,
            options: options)
    }

    func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult {
        try check(.patch, kind, namespace, name)
        return try client.patch(
            kind, namespace: namespace, name: name, patch, subresource: subresource,
            options: options)
    }

    func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value {
        try check(.delete, kind, namespace, name)
        return try client.delete(kind, namespace: namespace, name: name, options: options)
    }

    func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value {
        try check(.patch, kind, namespace, name)
        return try client.setScale(
            kind, namespace: namespace, name: name, replicas: replicas, options: options)
    }

    func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError) {
        try check(.evict, .pod, namespace, name)
        try client.evict(pod: name, namespace: namespace, options: options)
    }

    func acting(as user: UserInfo) -> any APIClient {
        GuardedClient(client.acting(as: user), actGuard)
    }

    // MARK: Reading

    func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try client.get(kind, namespace: namespace, name: name)
    }

    func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult {
        try client.list(kind, namespace: namespace, options: options)
    }

    func watch(
        _ target: WatchTarget, after version: Int?, _ receive: @escaping (WatchEvent) -> Void
    ) throws(APIError) -> any Watch {
        try client.watch(target, after: version, receive)
    }

    func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value {
        try client.scale(kind, namespace: namespace, name: name)
    }

    func review(_ access: Access) throws(APIError) -> AccessDecision { try client.review(access) }

    func rules(inNamespace namespace: String) throws(APIError) -> AccessRules {
        try client.rules(inNamespace: namespace)
    }

    func whoAmI() throws(APIError) -> UserInfo { try client.whoAmI() }

    func podMetrics(namespace: String?) throws(APIError) -> [PodMetrics]? {
        try client.podMetrics(namespace: namespace)
    }

    func nodeMetrics() throws(APIError) -> [NodeMetrics]? { try client.nodeMetrics() }
}
