import Model
import Value

/// A cluster's API as a client sees it: kubectl's verbs, HTTP clients and tests go through here.
///
/// The simulated cluster's ``APIServer`` implements it; a real cluster behind a kubeconfig can do so
/// later. Objects carry `metadata.resourceVersion`. Names and namespaces are not checked against the
/// object where the API would take them from the path.
package protocol APIClient: AnyObject {
    /// The kinds that are served.
    var kinds: KindRegistry { get }

    /// One object. Throws NotFound.
    func get(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value

    /// The objects of a kind in one namespace, or in all with nil, sorted by namespace and name.
    func list(
        _ kind: Kind, namespace: String?, options: ListOptions
    ) throws(APIError) -> ListResult

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

    /// Deletes the objects that a list would give; answers them.
    func deleteCollection(
        _ kind: Kind, namespace: String, list: ListOptions, options: DeleteOptions
    ) throws(APIError) -> [Value]

    /// The `Scale` of a scalable object.
    func scale(_ kind: Kind, namespace: String, name: String) throws(APIError) -> Value

    /// Sets the number of replicas. With `current` or `resourceVersion`, throws Conflict when the
    /// object differs. Answers the new `Scale`.
    func setScale(
        _ kind: Kind, namespace: String, name: String, replicas: Int, options: WriteOptions
    ) throws(APIError) -> Value

    /// Evicts a pod: deletes it unless a PodDisruptionBudget forbids it (then TooManyRequests).
    func evict(
        pod name: String, namespace: String, options: DeleteOptions
    ) throws(APIError)
}

/// The part of an object that a request concerns.
package enum Subresource: Sendable {
    case none
    case status
}

/// Which objects a list or watch gives.
package struct ListOptions: Sendable {
    package var labels: LabelSelector
    package var fields: FieldSelector

    package init(
        labels: LabelSelector = .everything, fields: FieldSelector = .everything
    ) {
        self.labels = labels
        self.fields = fields
    }

    /// Whether `object` is selected.
    package func selects(_ object: Value) -> Bool {
        (labels.isEverything || labels.matches(object[.metadata][.labels].fields))
            && (fields.requirements.isEmpty || fields.matches(object))
    }
}

/// Objects and the state of the cluster they were read from.
package struct ListResult: Sendable {
    package let items: [Value]
    /// The number of the last write that the list contains: where a watch goes on.
    package let resourceVersion: Int
}

/// An accepted write.
package struct WriteResult: Sendable {
    /// The object as it is stored (or would be, in a dry run).
    package let object: Value
    /// What kubectl prints as `Warning: …`.
    package let warnings: [String]
}

/// A patch in one of the API's three languages.
package enum Patch: Sendable {
    case json(JSONPatch)
    case merge(Value)
    case strategic(Value)
}
