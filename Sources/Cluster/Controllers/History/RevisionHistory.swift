import Model
import Support
import Value

// Making and numbering revisions. Origin: CreateControllerRevision and UpdateControllerRevision in
// pkg/controller/history/controller_history.go, and snapshot in pkg/controller/daemon/update.go. What
// is done about a name that is taken, and which revisions may go, differs between the controllers.
extension Controller {
    /// Makes the revision of the workload `set` that keeps `data`, or finds it where it was made before.
    /// Nil when its name belongs to other data: the hash collides.
    ///
    /// - Parameters:
    ///   - hash: of the data; the end of the name, and the value of the label `label`.
    func makeRevision(
        of set: StoredObject, _ data: Value, number: Int, hash: String, label: Key
    ) throws(APIError) -> StoredObject? {
        let name = ControllerRevisions.name(set.name, hash)
        var labels = set.value[.spec][.template][.metadata][.labels]
        labels[label] = Value(hash)
        let manifest = ControllerRevisions.make(
            name: name, number: number, data: data, labels: labels,
            annotations: set.value[.metadata][.annotations], owner: controllerReference(to: set))
        do throws(APIError) {
            return try ask { () throws(APIError) in
                try api.create(.controllerRevision, manifest, in: set.namespace)
            }
        } catch {
            guard error.isAlreadyExists else { throw error }
            let key = ObjectKey(namespace: set.namespace, name: name)
            guard let found = api.find(.controllerRevision, key) else {
                throw .notFound(api.kinds[.controllerRevision], name)
            }
            return found.value[.data] == data ? found : nil
        }
    }

    /// Gives a revision a new number, whatever version of it is in force.
    @discardableResult
    func renumberRevision(
        _ revision: StoredObject, _ number: Int
    ) throws(APIError) -> StoredObject {
        try ask { () throws(APIError) in
            try api.modify(revision, verb: .update) { $0[.revision] = Value(number) }
        }
    }
}
