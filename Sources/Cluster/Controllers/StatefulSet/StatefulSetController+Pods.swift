import Model
import Support
import Value

// Making, mending and deleting pods and their claims. Origin:
// pkg/controller/statefulset/stateful_pod_control.go.
extension StatefulSetController {
    /// Makes the claims of a missing pod, and the pod.
    func createPod(
        _ pass: Pass, _ replica: StatefulReplica
    ) throws(APIError) -> StoredObject {
        let set = pass.set
        let name = "\(set.name)-\(replica.ordinal)"
        do throws(APIError) {
            try createClaims(pass, name, replica.ordinal)
        } catch {
            recordPod("create", set, name, error)
            throw error
        }
        let created: Result<StoredObject, APIError>
        do throws(APIError) {
            created = .success(
                try api.create(.pod, manifest(pass, replica, name), in: set.namespace))
        } catch {
            if error.isAlreadyExists { throw error }
            created = .failure(error)
        }
        // The claims get their owners even when there is no pod: they were made before it.
        do throws(APIError) {
            let user = (try? created.get()).map(ClaimUser.init) ?? ClaimUser(missing: name)
            try updateClaimOwners(pass, user, replica.ordinal)
        } catch {
            recordPod("update", set, name, error)
            throw error
        }
        switch created {
        case .success(let pod):
            recordPod("create", set, name, nil)
            return pod
        case .failure(let error):
            recordPod("create", set, name, error)
            throw error
        }
    }

    /// `newStatefulSetPod` with the label of its revision.
    private func manifest(_ pass: Pass, _ replica: StatefulReplica, _ name: String) -> Value {
        let revision =
            replica.revision == pass.revisions.update.name
            ? pass.revisions.update : pass.revisions.current
        let template = ControllerRevisions.apply(revision, to: pass.set.value)[.spec][.template]
        var pod = podPrototype(template, owner: pass.set)
        StatefulPods.setIdentity(&pod, name: name, ordinal: replica.ordinal)
        pod[.metadata][.labels][WellKnown.controllerRevisionHash] = Value(replica.revision)
        pod[.spec][.hostname] = Value(name)
        let service = pass.view.serviceName
        if !service.isEmpty { pod[.spec][.subdomain] = Value(service) }
        if !pass.view.volumeClaimTemplates.isEmpty {
            pod[.spec][.volumes] = .array(
                StatefulPods.volumes(
                    pod[.spec][.volumes].elements, pass.set, replica.ordinal))
        }
        return pod
    }

    /// Gives a pod back its identity, its storage and its claims' owners. A conflict is told and left
    /// to the next sync: upstream tries again after 10 ms, when its cache has caught up.
    func updatePod(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) throws(APIError) {
        let set = pass.set
        var value = pod.value
        do throws(APIError) {
            if !StatefulPods.identityMatches(pod, set) {
                StatefulPods.setIdentity(&value, name: pod.name, ordinal: ordinal)
            }
            if !StatefulPods.storageMatches(pod, set, ordinal) {
                value[.spec][.volumes] = .array(
                    StatefulPods.volumes(value[.spec][.volumes].elements, set, ordinal))
                try createClaims(pass, pod.name, ordinal)
            }
            if !claimsMatchPolicy(pass, pod, ordinal) {
                try updateClaimOwners(pass, ClaimUser(pod), ordinal)
            }
            try api.update(pod, to: value)
        } catch {
            recordPod("update", set, pod.name, error)
            if error.isConflict { return enqueueRateLimited(set.key) }
            throw error
        }
        recordPod("update", set, pod.name, nil)
    }

    /// Deletes a pod; answers what the deletion left of it.
    @discardableResult
    func deletePod(_ pass: Pass, _ pod: StoredObject) throws(APIError) -> StoredObject {
        do throws(APIError) {
            let outcome = try api.delete(pod)
            recordPod("delete", pass.set, pod.name, nil)
            return outcome.object
        } catch {
            recordPod("delete", pass.set, pod.name, error)
            throw error
        }
    }

    // MARK: Claims

    /// Makes the claims of a pod that are missing; one that is being deleted is in the way.
    private func createClaims(
        _ pass: Pass, _ podName: String, _ ordinal: Int
    ) throws(APIError) {
        let set = pass.set
        var messages: [String] = []
        for claim in StatefulPods.claims(set, ordinal) {
            let name = claim[.metadata].text(.name)
            let key = ObjectKey(namespace: set.namespace, name: name)
            if let existing = view.get(.persistentVolumeClaim, key) {
                if existing.isDeleting { messages.append("pvc \(name) is being deleted") }
                continue
            }
            do throws(APIError) {
                try api.create(.persistentVolumeClaim, claim, in: set.namespace)
                record(
                    set, .normal, reason: "SuccessfulCreate",
                    message: "create Claim \(name) Pod \(podName) in StatefulSet \(set.name) "
                        + "success")
            } catch {
                messages.append("failed to create PVC \(name): \(error.message)")
                if error.isAlreadyExists { continue }
                record(
                    set, .warning, reason: "FailedCreate",
                    message: "create Claim \(name) for Pod \(podName) in StatefulSet \(set.name) "
                        + "failed error: \(error.message)")
            }
        }
        if messages.isEmpty { return }
        let text =
            messages.count == 1 ? messages[0] : "[\(messages.joined(separator: ", "))]"
        throw APIError(.internalError, text)
    }

    /// A pending pod may wait for a claim that was deleted meanwhile: it is made again.
    func createMissingClaims(
        _ pass: Pass, _ pod: StoredObject, _ ordinal: Int
    ) throws(APIError) {
        guard !pass.view.volumeClaimTemplates.isEmpty else { return }
        try createClaims(pass, pod.name, ordinal)
        do throws(APIError) {
            try updateClaimOwners(pass, ClaimUser(pod), ordinal)
        } catch {
            recordPod("update", pass.set, pod.name, error)
            throw error
        }
    }

    // MARK: Events

    private func recordPod(_ verb: String, _ set: StoredObject, _ name: String, _ error: APIError?)
    {
        let title = verb.prefix(1).uppercased() + verb.dropFirst()
        if let error {
            record(
                set, .warning, reason: "Failed\(title)",
                message: "\(verb) Pod \(name) in StatefulSet \(set.name) failed error: "
                    + error.message)
        } else {
            record(
                set, .normal, reason: "Successful\(title)",
                message: "\(verb) Pod \(name) in StatefulSet \(set.name) successful")
        }
    }
}
