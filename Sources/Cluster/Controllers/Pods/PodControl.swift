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
    /// throws, but is not recorded.
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
            }
            throw error
        }
    }
}

extension APIError {
    /// Whether a creation failed because its namespace is going away: all later ones will, too.
    var isNamespaceTerminating: Bool { causes.contains { $0.reason == "NamespaceTerminating" } }
}

/// Calls `body` `count` times in batches of 1, 2, 4 …; a batch with a failure is the last one.
///
/// `slowStartBatch`: a quota that lets nothing through costs one attempt instead of hundreds.
/// Answers how many calls succeeded, and the first failure. Example: 5 calls, the third fails:
/// batches of 1 and 2, two successes.
func slowStartBatch(
    _ count: Int, initial: Int = 1, _ body: (Int) throws(APIError) -> Void
) -> (successes: Int, failure: APIError?) {
    var done = 0
    var successes = 0
    var size = min(count, initial)
    while size > 0 {
        var failure: APIError?
        for index in done..<done + size {
            do throws(APIError) {
                try body(index)
                successes += 1
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { return (successes, failure) }
        done += size
        size = min(2 * size, count - done)
    }
    return (successes, nil)
}

/// Where the last batch of ``slowStartBatch(_:initial:_:)`` begins when all succeed: what was made
/// before it has been seen by the time it is through. Example: 3 calls: batches of 1 and 2, so 1.
func lastSlowStartBatch(_ count: Int) -> Int {
    var done = 0
    var size = min(count, 1)
    while done + size < count {
        done += size
        size = min(2 * size, count - done)
    }
    return done
}
