import Model
import Support
import Value

/// Changing an object's `metadata.ownerReferences`.
enum OwnerReferences {
    /// Adds `reference` to an object, unless the object names that owner already (`adopt`).
    static func add(_ reference: Value, to object: inout Value) {
        var references = object[.metadata][.ownerReferences].elements
        if let place = references.firstIndex(where: { $0[.uid] == reference[.uid] }) {
            references[place] = reference
        } else {
            references.append(reference)
        }
        object[.metadata][.ownerReferences] = .array(references)
    }

    /// Takes the references to `uid` out of an object (`release`).
    static func remove(_ uid: String, from object: inout Value) {
        let kept = object[.metadata][.ownerReferences].elements.filter { $0[.uid].string != uid }
        object[.metadata][.ownerReferences] = kept.isEmpty ? .null : .array(kept)
    }
}

/// Making and deleting pods on behalf of a set, with the events that tell of it.
///
/// Origin: `RealPodControl` in pkg/controller/controller_utils.go.
extension Controller {
    /// The reference by which an object names `owner` as its controller (`NewControllerRef`).
    func controllerReference(to owner: StoredObject) -> Value {
        let info = api.kinds[owner.kind]
        return OwnerReference.controller(
            apiVersion: info.apiVersion, kind: info.name, name: owner.name, uid: owner.uid
        ).value
    }

    /// Makes `reference` the controller of an object that nobody controls (`AdoptPod`,
    /// `AdoptReplicaSet`).
    ///
    /// Throws NotFound when the object is gone, and Invalid when another controller was faster: the
    /// API server lets one reference only be that of the controller.
    func adopt(_ object: StoredObject, by reference: Value) throws(APIError) {
        let info = api.kinds[object.kind]
        guard let live = api.find(object.kind, object.key), live.uid == object.uid else {
            throw .notFound(info, object.name)
        }
        if let other = live.controllerReference, other[.uid] != reference[.uid] {
            throw APIError(
                .invalid,
                "\(info.name) \"\(object.name)\" is invalid: metadata.ownerReferences: Only one "
                    + "reference can have Controller set to true. Found \"true\" in references for "
                    + "\(other.text(.name)) and \(reference.text(.name))",
                kind: object.kind, name: object.name)
        }
        try api.modify(live) { OwnerReferences.add(reference, to: &$0) }
    }

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
