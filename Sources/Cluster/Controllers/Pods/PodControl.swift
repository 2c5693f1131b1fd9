import Model
import Support
import Value

/// Making and deleting pods on behalf of a set, with the events that tell of it.
///
/// Origin: `RealPodControl` in pkg/controller/controller_utils.go.
extension Controller {
    /// The pod that `template` gives for `owner`, without a name of its own (`GetPodFromTemplate`).
    ///
    /// All pods made from one prototype share their spec, labels and owner references.
    func podPrototype(_ template: Value, owner: StoredObject) -> Value {
        let from = template[.metadata]
        var metadata = Object(minimumCapacity: 12)
        metadata[.generateName] = Value(owner.name + "-")
        metadata[.labels] = from[.labels]
        metadata[.annotations] = from[.annotations]
        metadata[.finalizers] = from[.finalizers]
        metadata[.ownerReferences] = [
            controllerReference(to: owner)
        ]
        return [.metadata: .object(metadata), .spec: template[.spec]]
    }

    /// Creates a pod for `owner` from a prototype and records the outcome on the owner.
    @discardableResult
    func createPod(_ prototype: Value, for owner: StoredObject) throws(APIError) -> StoredObject {
        do throws(APIError) {
            let pod = try api.create(.pod, prototype, in: owner.namespace)
            record(
                owner, .normal, reason: "SuccessfulCreate", message: "Created pod: \(pod.name)")
            return pod
        } catch {
            if !error.isNamespaceTerminating {
                record(
                    owner, .warning, reason: "FailedCreate",
                    message: "Error creating: \(error.message)")
            }
            throw error
        }
    }

    /// Deletes a pod of `owner` and records the outcome on the owner. That the pod is gone already
    /// throws, but is not recorded; any other failure is thrown in `DeletePod`'s words.
    func deletePod(_ pod: StoredObject, for owner: StoredObject) throws(APIError) {
        do throws(APIError) {
            try api.delete(pod)
            record(
                owner, .normal, reason: "SuccessfulDelete", message: "Deleted pod: \(pod.name)")
        } catch {
            if !error.isNotFound {
                record(
                    owner, .warning, reason: "FailedDelete",
                    message: "Error deleting: \(error.message)")
                throw APIError(error.reason, "unable to delete pods: \(error.message)")
            }
            throw error
        }
    }
}

extension APIError {
    /// Whether a creation failed because its namespace is going away: all later ones will, too.
    var isNamespaceTerminating: Bool { causes.contains { $0.reason == "NamespaceTerminating" } }
}
