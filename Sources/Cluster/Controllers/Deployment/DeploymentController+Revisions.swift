import Model
import Support
import Value

// Which ReplicaSet is the new one, and the numbers of revisions. Origin: getNewReplicaSet and
// getAllReplicaSetsAndSyncRevision in pkg/controller/deployment/sync.go.
extension DeploymentController {
    /// Splits `sets` into the one of the present template and the others, and brings revision
    /// numbers and annotations up to date. Without `creating` the new set may be missing.
    func replicaSets(
        _ deployment: inout WorkingDeployment, _ rows: [ReplicaSetRow], creating: Bool
    ) throws(APIError) -> ReplicaSets {
        let template = deployment.view.template
        let hash = PodTemplates.hashIgnoringHash(template)
        let place = rows.firstIndex { row in
            row.templateHash == hash
                && PodTemplates.areEqualIgnoringHash(row.object.value[.spec][.template], template)
        }
        var sets = ReplicaSets(new: nil, old: [], oldAtWork: [])
        sets.old.reserveCapacity(rows.count)
        // Unreadable numbers do not count (`MaxRevision`).
        var revision = 1
        for (other, row) in rows.enumerated() where other != place {
            sets.old.append(row.object)
            if !row.isAtRest { sets.oldAtWork.append(row.object) }
            revision = max(revision, (row.revision ?? 0) + 1)
        }
        if let place {
            sets.new = try update(rows[place].object, revision, &deployment)
        } else if creating {
            sets.new = try create(revision, sets.oldAtWork, &deployment)
        }
        return sets
    }

    // MARK: The set exists

    private func update(
        _ set: StoredObject, _ revision: Int, _ deployment: inout WorkingDeployment
    ) throws(APIError) -> StoredObject {
        var value = set.value
        let isChanged = ReplicaSetAnnotations.setNew(
            &value, deployment: deployment.value, newRevision: revision)
        let minReadySeconds = deployment.view.minReadySeconds
        if isChanged || ReplicaSetView(value).minReadySeconds != minReadySeconds {
            value[.spec][.minReadySeconds] = .counter(minReadySeconds)
            return try sendUpdate(set, to: value)
        }
        // The set's own number counts: it may be higher, when newer sets were deleted.
        var needsUpdate = setRevision(ReplicaSetAnnotations.text(of: value), &deployment)
        if deployment.progressDeadlineSeconds != nil,
            deployment.value[.status].conditions[DeploymentConditions.progressing] == nil
        {
            setProgressing(
                "True", DeploymentConditions.foundNewReplicaSet,
                "Found new replica set \"\(set.name)\"", &deployment)
            needsUpdate = true
        }
        if needsUpdate { try write(deployment) }
        return set
    }

    private func setRevision(_ text: String, _ deployment: inout WorkingDeployment) -> Bool {
        let old = deployment.value[.metadata][.annotations][WellKnown.deploymentRevision].string
        guard old != text else { return false }
        deployment.value[.metadata][.annotations][WellKnown.deploymentRevision] = Value(text)
        return true
    }

    private func setProgressing(
        _ status: String, _ reason: String, _ message: String,
        _ deployment: inout WorkingDeployment
    ) {
        deployment.value[.status].conditions.setLast(
            DeploymentConditions.make(
                DeploymentConditions.progressing, status, reason, message, now: api.timestamp))
    }

    // MARK: The set is to be made

    private func create(
        _ revision: Int, _ old: [StoredObject], _ deployment: inout WorkingDeployment
    ) throws(APIError) -> StoredObject {
        let (manifest, size) = newReplicaSet(deployment, revision, old)
        let name = manifest[.metadata].text(.name)
        let created: StoredObject
        var alreadyExists = false
        do throws(APIError) {
            created = try ask { () throws(APIError) in
                try api.create(.replicaSet, manifest, in: deployment.original.namespace)
            }
        } catch {
            created = try existing(name, error, &deployment)
            alreadyExists = true
        }
        if !alreadyExists && size > 0 {
            record(
                deployment.original, .normal, reason: "ScalingReplicaSet",
                message: "Scaled up replica set \(name) from 0 to \(size)")
        }
        var needsUpdate = setRevision(String(revision), &deployment)
        if !alreadyExists && deployment.progressDeadlineSeconds != nil {
            setProgressing(
                "True", DeploymentConditions.newReplicaSet, "Created new replica set \"\(name)\"",
                &deployment)
            needsUpdate = true
        }
        if needsUpdate { try write(deployment) }
        return created
    }

    private func newReplicaSet(
        _ deployment: WorkingDeployment, _ revision: Int, _ old: [StoredObject]
    ) -> (manifest: Value, size: Int) {
        let view = deployment.view
        let collisions = deployment.value[.status][.collisionCount].int
        let hash = TemplateHash.of(template: view.template, collisionCount: collisions)
        var template = view.template
        template[.metadata][.labels][WellKnown.podTemplateHash] = Value(hash)
        var selector = view.selector
        selector[.matchLabels][WellKnown.podTemplateHash] = Value(hash)
        let size = newSize(deployment, current: 0, total: old.wantedReplicas)
        var manifest: Value = [
            .metadata: [
                .name: Value(Self.replicaSetName(of: view.name, hash: hash)),
                .labels: template[.metadata][.labels],
                .ownerReferences: [controllerReference(to: deployment.original)],
            ],
            .spec: [.replicas: Value(size), .selector: selector, .template: template],
        ]
        if view.minReadySeconds > 0 {
            manifest[.spec][.minReadySeconds] = Value(view.minReadySeconds)
        }
        _ = ReplicaSetAnnotations.setNew(
            &manifest, deployment: deployment.value, newRevision: revision)
        _ = ReplicaSetAnnotations.setReplicas(
            &manifest, desired: view.replicas, max: view.replicas + deployment.maxSurge)
        return (manifest, size)
    }

    /// The deployment's name is cut so that the set's name stays one that the server accepts.
    static func replicaSetName(of deployment: String, hash: String) -> String {
        "\(deployment.prefix(253 - 1 - hash.count))-\(hash)"
    }

    /// The size that the new set may have (`NewRSNewReplicas`).
    func newSize(_ deployment: WorkingDeployment, current: Int, total: Int) -> Int {
        let desired = deployment.view.replicas
        guard deployment.isRollingUpdate else { return desired }
        return DeploymentMath.newReplicaSetSize(
            current: current, desired: desired, surge: deployment.maxSurge, totalOfAllSets: total)
    }

    /// What to do when the new set could not be created: it may be there already, its name may be
    /// taken by a set of another template (then the next attempt takes another name), or the failure
    /// is reported and thrown.
    private func existing(
        _ name: String, _ error: APIError, _ deployment: inout WorkingDeployment
    ) throws(APIError) -> StoredObject {
        if error.isAlreadyExists {
            let key = ObjectKey(namespace: deployment.original.namespace, name: name)
            guard let set = view.get(.replicaSet, key) else {
                throw .notFound(api.kinds[.replicaSet], name)
            }
            if set.controllerUID == deployment.original.uid,
                PodTemplates.areEqualIgnoringHash(
                    set.value[.spec][.template], deployment.view.template)
            {
                return set
            }
            deployment.value[.status][.collisionCount] = Value(deployment.view.collisionCount + 1)
            try? write(deployment)
            throw error
        }
        if error.isNamespaceTerminating { throw error }
        let message = "Failed to create new replica set \"\(name)\": \(error.message)"
        if deployment.progressDeadlineSeconds != nil {
            setProgressing("False", DeploymentConditions.failedCreate, message, &deployment)
            try? write(deployment)
        }
        record(
            deployment.original, .warning, reason: DeploymentConditions.failedCreate,
            message: message)
        throw error
    }
}
