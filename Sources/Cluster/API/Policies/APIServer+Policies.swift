import API
import Model
import Support
import Value

extension APIServer {
    /// The policies of a kind that are in force now.
    func policies(_ kind: Kind) -> [PolicyHook] {
        if kind == .mutatingAdmissionPolicy {
            mutatingPolicies.refresh(self, at: clock.now)
            return mutatingPolicies.hooks
        }
        validatingPolicies.refresh(self, at: clock.now)
        return validatingPolicies.hooks
    }

    /// Whether any policy of a kind is in force.
    func hasPolicies(_ kind: Kind) -> Bool { !policies(kind).isEmpty }

    /// Whether a write to objects of `kind` changes which policies are in force.
    func isAboutPolicies(_ kind: Kind) -> Bool {
        validatingPolicies.concerns(kind) || mutatingPolicies.concerns(kind)
    }

    /// Looks at what was written before the write that is about to be made, if it was time to.
    func refreshPolicies() {
        validatingPolicies.refresh(self, at: clock.now)
        mutatingPolicies.refresh(self, at: clock.now)
    }

    func notePolicyChange(_ kind: Kind) {
        if validatingPolicies.concerns(kind) {
            validatingPolicies.noteChange(at: clock.now)
        } else {
            mutatingPolicies.noteChange(at: clock.now)
        }
    }

    /// Holds a deletion to the policies in force.
    func checkDeletion(
        _ current: StoredObject, _ info: KindDescriptor, isDryRun: Bool
    ) throws(APIError) {
        guard hasPolicies(.validatingAdmissionPolicy) else { return }
        var request = PolicyRequest(
            .delete, info, current.key, object: .null, old: current.apiValue, server: self)
        request.isDryRun = isDryRun
        try ValidatingPolicyAdmission.check(request)
    }

    /// Holds the change of a part of an object, or of an object by a component, to the policies in force.
    ///
    /// - Parameter subresource: `status`; empty for the object itself.
    func checkChange(
        _ object: Value, over old: Value, _ key: ObjectKey, _ info: KindDescriptor,
        subresource: String = "", isDryRun: Bool = false
    ) throws(APIError) {
        guard hasPolicies(.validatingAdmissionPolicy) else { return }
        var request = PolicyRequest(
            .update, info, key, object: object, old: old, server: self)
        request.subresource = subresource
        request.isDryRun = isDryRun
        try ValidatingPolicyAdmission.check(request)
    }

    /// The schema of a custom kind in the version of `info`; null where it has none.
    func schema(of info: KindDescriptor) -> Value {
        let definition = find(.customResourceDefinition, name: info.qualifiedPlural)
        let version = definition?.value[.spec]["versions"].elements.first {
            $0[.name].string == info.version
        }
        return version?["schema"]["openAPIV3Schema"] ?? .null
    }
}
