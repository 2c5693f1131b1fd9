import Model
import Support
import Value

// Which claims go with their pod or their set: persistentVolumeClaimRetentionPolicy (KEP-1847).
// Origin: pkg/controller/statefulset/stateful_set_utils.go.
extension StatefulSetController {
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
        claims(pass, ordinal).allSatisfy { isUpToDate($0, pass, pod, ordinal) }
    }

    /// Corrects the owners of a condemned pod's claims before the pod goes.
    func fixClaims(_ pass: Pass, _ pod: StoredObject, _ ordinal: Int) throws(APIError) {
        if !claimsMatchPolicy(pass, pod, ordinal) {
            try updateClaimOwners(pass, pod, ordinal)
        }
    }

    /// Gives every claim of a pod the owners that the policy gives it.
    func updateClaimOwners(
        _ pass: Pass, _ pod: StoredObject, _ ordinal: Int
    ) throws(APIError) {
        for claim in claims(pass, ordinal) {
            let isForeign = hasUnexpectedController(claim, pass, pod)
            if isForeign {
                record(
                    pass.set, .warning, reason: "ConflictingController",
                    message: "PersistentVolumeClaim \(claim.name) has a conflicting "
                        + "OwnerReference that acts as a manging controller, the retention "
                        + "policy is ignored for this claim")
            }
            if isUpToDate(claim, pass, pod, ordinal) { continue }
            try api.update(claim, to: corrected(claim, pass, pod, ordinal, isForeign: isForeign))
        }
    }

    /// Whether a claim waits to be deleted with an earlier pod of the same name; the new pod must not
    /// be made before that.
    func isClaimStale(_ pass: Pass, _ ordinal: Int) throws(APIError) -> Bool {
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

    private func isPod(_ owner: Value, _ pod: StoredObject) -> Bool {
        Self.names(owner, "v1", "Pod", pod.name)
    }

    /// `isClaimOwnerUpToDate`.
    private func isUpToDate(
        _ claim: StoredObject, _ pass: Pass, _ pod: StoredObject, _ ordinal: Int
    ) -> Bool {
        let owners = owners(claim)
        let (wantsSet, wantsPod) = wantedOwners(pass, ordinal)
        if owners.isEmpty { return !wantsSet && !wantsPod }
        // Claims that an earlier set or pod of this name left behind are not touched.
        if owners.contains(where: { isSet($0, pass) && $0[.uid].string != pass.set.uid })
            || owners.contains(where: { isPod($0, pod) && $0[.uid].string != pod.uid })
        {
            return true
        }
        let hasSet = owners.contains { $0[.uid].string == pass.set.uid }
        let hasPod = owners.contains { $0[.uid].string == pod.uid }
        if hasUnexpectedController(claim, pass, pod) { return !hasSet && !hasPod }
        let hasNonController = owners.contains {
            ($0[.uid].string == pass.set.uid || $0[.uid].string == pod.uid)
                && !$0.flag(.controller)
        }
        return !hasNonController && hasSet == wantsSet && hasPod == wantsPod
    }

    private func hasUnexpectedController(
        _ claim: StoredObject, _ pass: Pass, _ pod: StoredObject
    ) -> Bool {
        if pass.view.claimPolicyWhenDeleted != "Delete"
            && pass.view.claimPolicyWhenScaled != "Delete"
        {
            return false
        }
        return owners(claim).contains { owner in
            if isSet(owner, pass) { return owner[.uid].string != pass.set.uid }
            if isPod(owner, pod) { return owner[.uid].string != pod.uid }
            return owner.flag(.controller)
        }
    }

    /// `updateClaimOwnerRefForSetAndPod`.
    private func corrected(
        _ claim: StoredObject, _ pass: Pass, _ pod: StoredObject, _ ordinal: Int, isForeign: Bool
    ) -> Value {
        var owners = owners(claim).filter { !isSet($0, pass) && !isPod($0, pod) }
        let (wantsSet, wantsPod) = wantedOwners(pass, ordinal)
        if !isForeign {
            if wantsPod { owners.append(controllerReference(to: pod)) }
            if wantsSet { owners.append(controllerReference(to: pass.set)) }
        }
        var value = claim.value
        value[.metadata][.ownerReferences] = owners.isEmpty ? .null : .array(owners)
        return value
    }
}
