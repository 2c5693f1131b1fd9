import Model
import Support
import Value

// Which claims go with their pod or their set: persistentVolumeClaimRetentionPolicy (KEP-1847).
// Origin: pkg/controller/statefulset/stateful_set_utils.go.
extension StatefulSetController {
    /// The pod that a claim is for, as far as owner references name it.
    struct ClaimUser {
        let name: String
        /// Empty for a pod that could not be made.
        let uid: String
        let pod: StoredObject?

        init(_ pod: StoredObject) {
            name = pod.name
            uid = pod.uid
            self.pod = pod
        }

        init(missing name: String) {
            self.name = name
            uid = ""
            pod = nil
        }
    }

    /// The owners that a claim is to have. With both policies Retain it has neither; WhenDeleted lets
    /// it follow the set, WhenScaled a pod beyond the wanted ordinals.
    private func wantedOwners(
        _ pass: Pass, _ ordinal: Int
    ) -> (set: Bool, pod: Bool) {
        let isScaledDown = !pass.contains(ordinal)
        let followsSet = pass.view.claimPolicyWhenDeleted == "Delete"
        let followsPod = pass.view.claimPolicyWhenScaled == "Delete"
        switch (followsPod, followsSet) {
        case (false, false): return (false, false)
        case (false, true): return (true, false)
        case (true, false): return (false, isScaledDown)
        case (true, true): return (!isScaledDown, isScaledDown)
        }
    }

    /// Whether every claim of a pod has the owners that the policy gives it.
    func claimsMatchPolicy(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) -> Bool {
        let user = ClaimUser(pod)
        return claims(pass, ordinal).allSatisfy { isUpToDate($0, pass, user, ordinal) }
    }

    /// Whether claims of the ordinal can have to be given owners, or lose some.
    func mayNeedOwners(_ pass: Pass, _ ordinal: Int) -> Bool {
        pass.view.claimPolicyWhenDeleted == "Delete" || pass.view.claimPolicyWhenScaled == "Delete"
            || claims(pass, ordinal).contains { !owners($0).isEmpty }
    }

    /// Gives every claim of a pod the owners that the policy gives it
    /// (`UpdatePodClaimForRetentionPolicy`).
    func updateClaimOwners(
        _ pass: Pass, _ user: ClaimUser, _ ordinal: Int
    ) throws(APIError) {
        for claim in claims(pass, ordinal) {
            let isForeign = hasUnexpectedController(claim, pass, user)
            if isForeign {
                record(
                    pass.set, .warning, reason: "ConflictingController",
                    message: "PersistentVolumeClaim \(claim.name) has a conflicting "
                        + "OwnerReference that acts as a manging controller, the retention "
                        + "policy is ignored for this claim")
            }
            if isUpToDate(claim, pass, user, ordinal) { continue }
            let value = corrected(claim, pass, user, ordinal, isForeign: isForeign)
            do throws(APIError) {
                try api.update(claim, to: value)
            } catch {
                throw APIError(
                    error.reason,
                    "could not update claim \(claim.name) for delete policy ownerRefs: "
                        + error.message)
            }
        }
    }

    /// Whether a claim waits to be deleted with an earlier pod of the same name; the new pod must not
    /// be made before that.
    func isClaimStale(_ pass: Pass, _ ordinal: Int) -> Bool {
        guard pass.view.claimPolicyWhenScaled == "Delete" else { return false }
        let name = "\(pass.set.name)-\(ordinal)"
        return claims(pass, ordinal).contains { claim in
            owners(claim).contains { Self.names($0, "v1", "Pod", name) }
        }
    }

    private func claims(_ pass: Pass, _ ordinal: Int) -> [StoredObject] {
        pass.view.volumeClaimTemplates.compactMap { template in
            let name = StatefulPods.claimName(template, pass.set, ordinal)
            return view.get(
                .persistentVolumeClaim, ObjectKey(namespace: pass.set.namespace, name: name))
        }
    }

    // MARK: Owners of a claim

    private func owners(_ claim: StoredObject) -> [Value] {
        claim.value[.metadata][.ownerReferences].elements
    }

    private static func names(
        _ owner: Value, _ apiVersion: String, _ kind: String, _ name: String
    ) -> Bool {
        owner[.apiVersion].string == apiVersion && owner[.kind].string == kind
            && owner[.name].string == name
    }

    private func isSet(_ owner: Value, _ pass: Pass) -> Bool {
        Self.names(owner, "apps/v1", "StatefulSet", pass.set.name)
    }

    private func isPod(_ owner: Value, _ user: ClaimUser) -> Bool {
        Self.names(owner, "v1", "Pod", user.name)
    }

    /// `isClaimOwnerUpToDate`.
    private func isUpToDate(
        _ claim: StoredObject, _ pass: Pass, _ user: ClaimUser, _ ordinal: Int
    ) -> Bool {
        let owners = owners(claim)
        let (wantsSet, wantsPod) = wantedOwners(pass, ordinal)
        if owners.isEmpty { return !wantsSet && !wantsPod }
        // Claims that an earlier set or pod of this name left behind are not touched.
        if owners.contains(where: { isSet($0, pass) && $0[.uid].string != pass.set.uid })
            || owners.contains(where: { isPod($0, user) && $0[.uid].string != user.uid })
        {
            return true
        }
        let hasSet = owners.contains { $0[.uid].string == pass.set.uid }
        let hasPod = owners.contains { $0[.uid].string == user.uid }
        if hasUnexpectedController(claim, pass, user) { return !hasSet && !hasPod }
        let hasNonController = owners.contains {
            ($0[.uid].string == pass.set.uid || $0[.uid].string == user.uid)
                && !$0.flag(.controller)
        }
        return !hasNonController && hasSet == wantsSet && hasPod == wantsPod
    }

    private func hasUnexpectedController(
        _ claim: StoredObject, _ pass: Pass, _ user: ClaimUser
    ) -> Bool {
        if pass.view.claimPolicyWhenDeleted != "Delete"
            && pass.view.claimPolicyWhenScaled != "Delete"
        {
            return false
        }
        return owners(claim).contains { owner in
            if isSet(owner, pass) { return owner[.uid].string != pass.set.uid }
            if isPod(owner, user) { return owner[.uid].string != user.uid }
            return owner.flag(.controller)
        }
    }

    /// `updateClaimOwnerRefForSetAndPod`.
    private func corrected(
        _ claim: StoredObject, _ pass: Pass, _ user: ClaimUser, _ ordinal: Int, isForeign: Bool
    ) -> Value {
        var owners = owners(claim).filter { !isSet($0, pass) && !isPod($0, user) }
        let (wantsSet, wantsPod) = wantedOwners(pass, ordinal)
        if !isForeign {
            if wantsPod, let pod = user.pod { owners.append(controllerReference(to: pod)) }
            if wantsSet { owners.append(controllerReference(to: pass.set)) }
        }
        var value = claim.value
        value[.metadata][.ownerReferences] = owners.isEmpty ? .null : .array(owners)
        return value
    }
}
