import Model
import Value

/// A cluster's API as a client sees it: everything that kubectl needs.
///
/// The simulated cluster implements it; a real one behind a kubeconfig can do so as well. Objects carry
/// `metadata.resourceVersion`. Names and namespaces are not checked against the object where the API
/// would take them from the path.
package protocol APIClient: AnyObject {
    /// The kinds that are served.
    var kinds: KindRegistry { get }

    /// Asks anew what is served: a client goes on asking for kinds that it has seen, also when they are
    /// gone.
    func discoverAgain()

    /// Whether objects come with `metadata.managedFields`: who owns which of their fields.
    var showsManagedFields: Bool { get set }

    /// The version that the server reports: "v1.36.2".
    var serverVersion: String { get }

    // MARK: Reading

    /// One object. Throws NotFound.
    func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value

    /// The objects of a kind in one namespace, or in all with nil, sorted by namespace and name.
    func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult

    /// Tells `receive` of every change of what `target` names, from the write after `version` on; with
    /// nil of what comes from now on.
    ///
    /// Each change is told once, in the order of the writes, while time passes or a request is made,
    /// until the watch is stopped. What `receive` does may not make requests that write. Throws Expired
    /// when the changes after `version` are not kept any more: list and watch again.
    func watch(
        _ target: WatchTarget, after version: Int?, _ receive: @escaping (WatchEvent) -> Void
    ) throws(APIError) -> any Watch

    // MARK: Writing

    /// Creates an object; `metadata.generateName` works.
    func create(
        _ kind: Kind, namespace: String, _ object: Value, options: WriteOptions
    ) throws(APIError) -> WriteResult

    /// Replaces an object. Throws Conflict when the object carries an outdated resourceVersion.
    func replace(
        _ kind: Kind, namespace: String, name: String, _ object: Value, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult

    /// Patches an object.
    func patch(
        _ kind: Kind, namespace: String, name: String, _ patch: Patch, subresource: Subresource,
        options: WriteOptions
    ) throws(APIError) -> WriteResult

    /// Deletes an object; answers what is left of it: its last version.
    func delete(
        _ kind: Kind, namespace: String, name: String, options: DeleteOptions
    ) throws(APIError) -> Value

    // MARK: Subresources

    /// The `Scale` of a scalable object.
    func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value

    /// Sets the number of replicas. Answers the new `Scale`.
    func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value

    /// Evicts a pod: deletes it unless a PodDisruptionBudget forbids it (then TooManyRequests).
    func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError)

    // MARK: Access

    /// Who makes the requests.
    var user: UserInfo { get }

    /// The same cluster for another user, who may do what the cluster's roles say.
    func acting(as user: UserInfo) -> any APIClient

    /// Whether the user may do something (a SelfSubjectAccessReview). Throws Forbidden for one who may not
    /// even ask.
    func review(_ access: Access) throws(APIError) -> AccessDecision

    /// What the user may do in a namespace (a SelfSubjectRulesReview). Throws Forbidden for one who may not
    /// even ask.
    func rules(inNamespace namespace: String) throws(APIError) -> AccessRules

    /// What the server knows of the user (a SelfSubjectReview). Throws Forbidden for one who may not ask.
    func whoAmI() throws(APIError) -> UserInfo

    // MARK: Metrics

    /// What the metrics API says of the pods in one namespace, or in all with nil, by namespace and name;
    /// nil where no such API is served.
    func podMetrics(namespace: String?) throws(APIError) -> [PodMetrics]?

    /// What the metrics API says of the nodes that answer, by name; nil where no such API is served.
    func nodeMetrics() throws(APIError) -> [NodeMetrics]?
}

extension APIClient {
    package func discoverAgain() {}

    /// A client that knows no owners of fields.
    package var showsManagedFields: Bool {
        get { false }
        set {}
    }

    /// Throws Forbidden where the user may not do that.
    package func require(_ access: Access) throws(APIError) {
        let decision = try review(access)
        guard !decision.isAllowed else { return }
        throw access.forbidden(user, reason: decision.reason)
    }

    /// One object as it is now; nil when there is none.
    package func find(
        _ kind: Kind, namespace: String, name: String
    ) throws(APIError) -> Value? {
        do throws(APIError) {
            return try get(kind, namespace: namespace, name: name)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }
}
