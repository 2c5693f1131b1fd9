import Model
import Support
import Value

// The undo that extensions/v1beta1 had in the spec and that an annotation still carries. kubectl
// patches the template instead. Origin: pkg/controller/deployment/rollback.go.
extension DeploymentController {
    /// Gives the deployment the template and the annotations of a revision, and in any case takes the
    /// request away. `revision` 0 is the last one before the present.
    ///
    /// Example: revisions 1, 3 and 4, `revision` 0: the template of 3 comes back.
    func rollback(
        _ deployment: inout WorkingDeployment, _ sets: [ReplicaSetRow], to revision: Int
    ) throws(APIError) {
        let sets = try replicaSets(&deployment, sets, creating: true)
        var revision = revision
        if revision == 0 {
            revision = Self.lastRevision(sets.all)
            if revision == 0 {
                warn(deployment, "RevisionNotFound", "Unable to find last revision.")
                return try clearRollback(&deployment)
            }
        }
        let found = sets.all.first { ReplicaSetAnnotations.revision(of: $0.value) == revision }
        guard let found else {
            warn(deployment, "RevisionNotFound", "Unable to find the revision to rollback to.")
            return try clearRollback(&deployment)
        }
        let name = deployment.original.name
        let template = found.value[.spec][.template]
        if PodTemplates.areEqualIgnoringHash(template, deployment.view.template) {
            warn(
                deployment, "TemplateUnchanged",
                "The rollback revision contains the same template as current deployment \"\(name)\""
            )
            return try clearRollback(&deployment)
        }
        restore(template, found, &deployment)
        let (original, number) = (deployment.original, revision)
        try clearRollback(&deployment) { own in
            own.record(
                original, .normal, reason: "DeploymentRollback",
                message: "Rolled back deployment \"\(name)\" to revision \(number)")
        }
    }

    /// The second highest revision number, 0 without one (`LastRevision`).
    static func lastRevision(_ sets: [StoredObject]) -> Int {
        var (highest, second) = (0, 0)
        for set in sets {
            guard let number = ReplicaSetAnnotations.revision(of: set.value) else { continue }
            if number >= highest {
                (second, highest) = (highest, number)
            } else if number > second {
                second = number
            }
        }
        return second
    }

    private func restore(
        _ template: Value, _ set: StoredObject, _ deployment: inout WorkingDeployment
    ) {
        var template = template
        template[.metadata][.labels][WellKnown.podTemplateHash] = .null
        deployment.value[.spec][.template] = template
        deployment.value[.metadata][.annotations] = ReplicaSetAnnotations.restored(
            of: set.value, to: deployment.value)
    }

    private func clearRollback(
        _ deployment: inout WorkingDeployment,
        then: @escaping @Sendable (DeploymentController) -> Void = { _ in }
    ) throws(APIError) {
        deployment.value[.metadata][.annotations][WellKnown.deprecatedRollbackTo] = .null
        _ = try sendUpdate(deployment.original, to: deployment.value, then: then)
    }

    private func warn(_ deployment: WorkingDeployment, _ reason: String, _ message: String) {
        record(
            deployment.original, .warning, reason: "DeploymentRollback" + reason, message: message)
    }
}

extension WorkingDeployment {
    /// The revision that the deprecated annotation asks to go back to; an unreadable one is ignored
    /// (`getRollbackTo`).
    var rollbackRevision: Int? {
        ReplicaSetAnnotations.number(WellKnown.deprecatedRollbackTo, of: value)
    }
}
