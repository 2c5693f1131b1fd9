import Model
import Support
import Value

// Making, mending and deleting pods and their claims. Origin:
// pkg/controller/statefulset/stateful_pod_control.go.
extension StatefulSetController {
    /// What is asked for to make a missing pod: its claims, the pod, and the owners of the claims.
    func creation(_ pass: Pass, _ index: Int) -> [Request] {
        let replica = pass.replicas[index]
        let set = pass.set
        let name = "\(set.name)-\(replica.ordinal)"
        let created = Creation()
        let fixesOwners = mayNeedOwners(pass, replica.ordinal)
        var requests = telling("create", set, name, claimCreations(pass, name, replica.ordinal))
        let creation: Request = { [unowned self] () throws(APIError) in
            if !pass.isMonotonic { tellPodCreation() }
            do throws(APIError) {
                let pod = try api.create(.pod, manifest(pass, replica, name), in: set.namespace)
                created.pod = pod
            } catch {
                if error.isAlreadyExists { throw error }
                created.failure = error
            }
            if !fixesOwners { try conclude(created, set, name) }
        }
        requests.append(creation)
        guard fixesOwners else { return requests }
        // The claims get their owners even when there is no pod: they were made before it. Upstream
        // looks at its cache for them here, which has seen them by now.
        let owners: Request = { [unowned self] () throws(APIError) in
            let user = created.pod.map(ClaimUser.init) ?? ClaimUser(missing: name)
            try updateClaimOwners(pass, user, replica.ordinal)
        }
        let end: Request = { [unowned self] () throws(APIError) in
            try tell("update", set, name, owners)
            try conclude(created, set, name)
        }
        requests.append(end)
        return requests
    }

    // tidy: no copy: while its requests wait, a world is not copied
    /// What came of asking for a pod.
    private final class Creation {
        var pod: StoredObject?
        var failure: APIError?
    }

    private func conclude(
        _ created: Creation, _ set: StoredObject, _ name: String
    ) throws(APIError) {
        recordPod("create", set, name, created.failure)
        if let failure = created.failure { throw failure }
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

    /// What is asked for to give a pod back its identity, its storage and its claims' owners.
    func correction(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) -> [Request] {
        let set = pass.set
        var value = pod.value
        var requests: [Request] = []
        if !StatefulPods.identityMatches(pod, set) {
            StatefulPods.setIdentity(&value, name: pod.name, ordinal: ordinal)
        }
        if !StatefulPods.storageMatches(pod, set, ordinal) {
            value[.spec][.volumes] = .array(
                StatefulPods.volumes(value[.spec][.volumes].elements, set, ordinal))
            requests += claimCreations(pass, pod.name, ordinal)
        }
        if !claimsMatchPolicy(pass, pod, ordinal) {
            requests.append(ownersUpdate(pass, pod, ordinal))
        }
        let corrected = value
        let update: Request = { [unowned self] () throws(APIError) in
            try api.update(pod, to: corrected)
            recordPod("update", set, pod.name, nil)
        }
        requests.append(update)
        return telling("update", set, pod.name, requests)
    }

    /// What is asked for to delete a pod.
    func deletion(_ pass: Pass, _ pod: StoredObject) -> Request {
        { [unowned self] () throws(APIError) in try deletePod(pass, pod) }
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

    /// What is asked for to make the claims of a pod that are missing. All are tried; the last request
    /// throws what went wrong with any. One that is being deleted is in the way.
    private func claimCreations(_ pass: Pass, _ podName: String, _ ordinal: Int) -> [Request] {
        let set = pass.set
        // Mostly all are there: then none has to be put together to be told so.
        let areThere = pass.view.volumeClaimTemplates.allSatisfy { template in
            let name = StatefulPods.claimName(template, set, ordinal)
            let key = ObjectKey(namespace: set.namespace, name: name)
            return view.get(.persistentVolumeClaim, key).map { !$0.isDeleting } ?? false
        }
        if areThere { return [] }
        let claims = StatefulPods.claims(set, ordinal)
        let problems = ClaimProblems(count: claims.count)
        var missing: [Int] = []
        for (index, claim) in claims.enumerated() {
            let name = claim[.metadata].text(.name)
            let key = ObjectKey(namespace: set.namespace, name: name)
            guard let existing = view.get(.persistentVolumeClaim, key) else {
                missing.append(index)
                continue
            }
            if existing.isDeleting { problems.messages[index] = "pvc \(name) is being deleted" }
        }
        var requests: [Request] = []
        for index in missing {
            let request: Request = { [unowned self] () throws(APIError) in
                problems.messages[index] = createClaim(claims[index], set, podName)
                if index == missing.last { try problems.check() }
            }
            requests.append(request)
        }
        if missing.isEmpty, !problems.isEmpty {
            let verdict: Request = { () throws(APIError) in try problems.check() }
            requests.append(verdict)
        }
        return requests
    }

    /// Makes a claim; answers what went wrong.
    private func createClaim(_ claim: Value, _ set: StoredObject, _ podName: String) -> String? {
        let name = claim[.metadata].text(.name)
        do throws(APIError) {
            try api.create(.persistentVolumeClaim, claim, in: set.namespace)
            record(
                set, .normal, reason: "SuccessfulCreate",
                message: "Create Claim \(name) Pod \(podName) in StatefulSet \(set.name) success")
            return nil
        } catch {
            if !error.isAlreadyExists {
                record(
                    set, .warning, reason: "FailedCreate",
                    message: "Create Claim \(name) for Pod \(podName) in StatefulSet \(set.name) "
                        + "failed error: \(error.message)")
            }
            return "failed to create PVC \(name): \(error.message)"
        }
    }

    // tidy: no copy: while its requests wait, a world is not copied
    /// What went wrong with the claims of one pod, by template.
    private final class ClaimProblems {
        var messages: [String?]

        init(count: Int) { messages = Array(repeating: nil, count: count) }

        var isEmpty: Bool { messages.allSatisfy { $0 == nil } }

        func check() throws(APIError) {
            let found = messages.compactMap { $0 }
            if found.isEmpty { return }
            throw APIError(
                .internalError,
                found.count == 1 ? found[0] : "[\(found.joined(separator: ", "))]")
        }
    }

    /// A pending pod may wait for a claim that was deleted meanwhile: it is made again, and gets its
    /// owners.
    func missingClaims(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) -> [Request] {
        guard !pass.view.volumeClaimTemplates.isEmpty else { return [] }
        var requests = claimCreations(pass, pod.name, ordinal)
        if !requests.isEmpty || !claimsMatchPolicy(pass, pod, ordinal),
            mayNeedOwners(pass, ordinal)
        {
            requests += telling(
                "update", pass.set, pod.name, [ownersUpdate(pass, pod, ordinal)])
        }
        return requests
    }

    func ownersUpdate(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) -> Request {
        { [unowned self] () throws(APIError) in
            try updateClaimOwners(pass, ClaimUser(pod), ordinal)
        }
    }

    // MARK: Events

    /// The same requests; one that fails is told of in an event.
    private func telling(
        _ verb: String, _ set: StoredObject, _ name: String, _ requests: [Request]
    ) -> [Request] {
        var result: [Request] = []
        for request in requests {
            let told: Request = { [unowned self] () throws(APIError) in
                try tell(verb, set, name, request)
            }
            result.append(told)
        }
        return result
    }

    private func tell(
        _ verb: String, _ set: StoredObject, _ name: String, _ request: Request
    ) throws(APIError) {
        do throws(APIError) {
            try request()
        } catch {
            recordPod(verb, set, name, error)
            throw error
        }
    }

    private func recordPod(_ verb: String, _ set: StoredObject, _ name: String, _ error: APIError?)
    {
        let title = verb.prefix(1).uppercased() + verb.dropFirst()
        if let error {
            record(
                set, .warning, reason: "Failed\(title)",
                message: "\(title) Pod \(name) in StatefulSet \(set.name) failed error: "
                    + error.message)
        } else {
            record(
                set, .normal, reason: "Successful\(title)",
                message: "\(title) Pod \(name) in StatefulSet \(set.name) successful")
        }
    }
}
