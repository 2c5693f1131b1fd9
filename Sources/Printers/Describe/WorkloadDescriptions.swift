import Support
import Value

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

    static let replicaSet = Description { set, context, writer in
        writer.heading(set)
        writer.line(0, "Selector:\t\(selectorTextOrNone(set[.spec][.selector]))")
        writer.labelsAndAnnotations(set)
        writer.controlledBy(set)
        writer.replicas(of: set, context)
    }

    static let replicationController = Description { controller, context, writer in
        writer.heading(controller)
        writer.line(0, "Selector:\t\(labelsText(controller[.spec][.selector]))")
        writer.labelsAndAnnotations(controller)
        writer.replicas(of: controller, context)
    }

    static let statefulSet = Description { set, context, writer in
        let spec = set[.spec]
        writer.heading(set)
        writer.creation(set)
        writer.line(0, "Selector:\t\(selectorText(spec[.selector]))")
        writer.labelsAndAnnotations(set)
        writer.line(
            0,
            "Replicas:\t\(spec[.replicas].cellInt) desired"
                + " | \(set[.status][.replicas].cellInt) total")
        let strategy = spec[.updateStrategy]
        writer.line(0, "Update Strategy:\t\(strategy[.type].cellText)")
        let rolling = strategy[.rollingUpdate]
        if !rolling[.partition].isNull {
            writer.line(1, "Partition:\t\(rolling[.partition].cellInt)")
            writer.field("MaxUnavailable", rolling[.maxUnavailable], level: 1)
        }
        writer.line(0, "Pods Status:\t\(context.podPhases(of: set).text)")
        writer.podTemplate(spec[.template])
        writer.claimTemplates(spec[.volumeClaimTemplates])
    }

    static let daemonSet = Description { set, context, writer in
        let status = set[.status]
        // kubectl 1.32 leaves the namespace out for this kind.
        writer.heading(set, hasNamespace: false)
        writer.line(0, "Selector:\t\(selectorText(set[.spec][.selector]))")
        writer.line(
            0, "Node-Selector:\t\(labelsText(set[.spec][.template][.spec][.nodeSelector]))")
        writer.labelsAndAnnotations(set)
        for (title, field) in [
            ("Desired Number of Nodes Scheduled", Key.desiredNumberScheduled),
            ("Current Number of Nodes Scheduled", .currentNumberScheduled),
            ("Number of Nodes Scheduled with Up-to-date Pods", .updatedNumberScheduled),
            ("Number of Nodes Scheduled with Available Pods", .numberAvailable),
            ("Number of Nodes Misscheduled", .numberMisscheduled),
        ] {
            writer.line(0, "\(title): \(status[field].cellInt)")
        }
        writer.line(0, "Pods Status:\t\(context.podPhases(of: set).text)")
        writer.podTemplate(set[.spec][.template])
    }
}

extension DescriptionWriter {
    /// `CreationTimestamp:  Wed, 01 Jan 2025 …`.
    mutating func creation(_ object: Value) {
        line(0, "CreationTimestamp:\t\(longDate(object[.metadata][.creationTimestamp]))")
    }

    /// Replicas, pods, template and conditions of a ReplicaSet or ReplicationController.
    fileprivate mutating func replicas(of set: Value, _ context: DescribeContext) {
        line(
            0,
            "Replicas:\t\(set[.status][.replicas].cellInt) current"
                + " / \(set[.spec][.replicas].cellInt) desired")
        line(0, "Pods Status:\t\(context.podPhases(of: set).text)")
        podTemplate(set[.spec][.template])
        conditionReasons(set[.status][.conditions])
    }

    fileprivate mutating func claimTemplates(_ templates: Value) {
        let list = templates.elements
        guard !list.isEmpty else { return line(0, "Volume Claims:\t<none>") }
        line(0, "Volume Claims:")
        for claim in list {
            line(1, "Name:\t\(claim.objectName)")
            line(1, "StorageClass:\t\(storageClassName(claim))")
            labels("Labels", claim[.metadata][.labels], indent: "  ")
            labels("Annotations", claim[.metadata][.annotations], indent: "  ")
            let storage = claim[.spec][.resources][.requests][.storage]
            line(1, "Capacity:\t\(storage.cellText(or: "<default>"))")
            line(1, "Access Modes:\t\(bracketed(claim[.spec][.accessModes]))")
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
