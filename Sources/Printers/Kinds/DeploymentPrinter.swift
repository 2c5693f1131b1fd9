import Support
import Value

extension KindPrinter {
    static let deployment = KindPrinter(
        table: .deployment, description: .deployment, rolloutStatus: RolloutStatus.ofDeployment)
}

extension Table {
    static let deployment = Table(
        .name,
        TableColumn("READY") { object, _ in
            "\(object[.status][.readyReplicas].cellInt)/\(object[.spec][.replicas].cellInt)"
        },
        .int("UP-TO-DATE") { $0[.status][.updatedReplicas] },
        .int("AVAILABLE") { $0[.status][.availableReplicas] },
        .age,
        .containers,
        .images,
        .wide("SELECTOR") { object, _ in selectorText(object[.spec][.selector]) })
}

extension Description {
    static let deployment = Description { deployment, context, writer in
        let spec = deployment[.spec]
        let status = deployment[.status]
        writer.heading(deployment)
        writer.creation(deployment)
        writer.labelsAndAnnotations(deployment)
        writer.line(0, "Selector:\t\(selectorText(spec[.selector]))")
        writer.line(
            0,
            "Replicas:\t\(spec[.replicas].cellInt) desired"
                + " | \(status[.updatedReplicas].cellInt) updated"
                + " | \(status[.replicas].cellInt) total"
                + " | \(status[.availableReplicas].cellInt) available"
                + " | \(status[.unavailableReplicas].cellInt) unavailable")
        writer.line(0, "StrategyType:\t\(spec[.strategy][.type].cellText)")
        writer.line(0, "MinReadySeconds:\t\(spec[.minReadySeconds].cellInt)")
        let rolling = spec[.strategy][.rollingUpdate]
        if !rolling.isNull {
            writer.line(
                0,
                "RollingUpdateStrategy:\t\(rolling[.maxUnavailable].cellText) max unavailable,"
                    + " \(rolling[.maxSurge].cellText) max surge")
        }
        writer.podTemplate(spec[.template])
        writer.conditionReasons(status[.conditions])
        let sets = DeploymentReplicaSets(
            deployment, context.controlled(by: deployment, .replicaSet))
        if !sets.old.isEmpty || sets.new != nil {
            writer.line(0, "OldReplicaSets:\t\(replicaSetsText(sets.old))")
            writer.line(0, "NewReplicaSet:\t\(replicaSetsText(sets.new.map { [$0] } ?? []))")
        }
    }
}

/// `web-5d (2/3 replicas created), …`.
private func replicaSetsText(_ sets: [Value]) -> String {
    guard !sets.isEmpty else { return "<none>" }
    return sets.map { set in
        let created = set[.status][.replicas].cellInt
        return "\(set.objectName) (\(created)/\(set[.spec][.replicas].cellInt) replicas created)"
    }
    .joined(separator: ", ")
}

/// The ReplicaSets of a Deployment: the one with its present template, and the others.
/// Source: kubectl, util/deployment: listReplicaSets, findNewReplicaSet, findOldReplicaSets.
struct DeploymentReplicaSets {
    /// The ReplicaSet of the present template; of several the oldest.
    let new: Value?
    /// The others, as the server lists them.
    let old: [Value]

    init(_ deployment: Value, _ sets: [Value]) {
        let template = Self.template(of: deployment)
        let newest =
            sets.sortedByText {
                "\($0[.metadata][.creationTimestamp].cellText) \($0.objectName)"
            }
            .first { Self.template(of: $0) == template }
        new = newest
        old = sets.filter { $0[.metadata][.uid] != newest?[.metadata][.uid] }
    }

    /// The template without the label that tells the revisions of a Deployment apart.
    private static func template(of workload: Value) -> Value {
        var template = workload[.spec][.template]
        var labels = template[.metadata][.labels].fields
        labels.removeValue(forKey: "pod-template-hash")
        template[.metadata][.labels] = labels.isEmpty ? .null : .object(labels)
        if template[.metadata].fields.isEmpty { template[.metadata] = .null }
        return template
    }
}

extension RolloutStatus {
    @Sendable static func ofDeployment(
        _ deployment: Value, revision: Int
    ) throws(Failure) -> RolloutStatus {
        let name = deployment.objectName
        if revision > 0 {
            let annotation = deployment.annotation("deployment.kubernetes.io/revision")
            guard let running = Int(annotation.cellText) else {
                throw .unknownRevision(name: name)
            }
            guard running == revision else {
                throw .otherRevision(wanted: revision, running: running)
            }
        }
        guard isObserved(deployment) else {
            return RolloutStatus("Waiting for deployment spec update to be observed...")
        }
        let status = deployment[.status]
        let progress = status[.conditions].condition("Progressing")
        if progress[.reason].string == "ProgressDeadlineExceeded" {
            throw .exceededDeadline(name: name)
        }
        let wanted = deployment[.spec][.replicas].cellInt
        let updated = status[.updatedReplicas].cellInt
        let total = status[.replicas].cellInt
        let available = status[.availableReplicas].cellInt
        let waiting = "Waiting for deployment \"\(name)\" rollout to finish:"
        if updated < wanted {
            return RolloutStatus(
                "\(waiting) \(updated) out of \(wanted) new replicas have been updated...")
        }
        if total > updated {
            return RolloutStatus(
                "\(waiting) \(total - updated) old replicas are pending termination...")
        }
        if available < updated {
            return RolloutStatus(
                "\(waiting) \(available) of \(updated) updated replicas are available...")
        }
        return RolloutStatus("deployment \"\(name)\" successfully rolled out", isDone: true)
    }
}
