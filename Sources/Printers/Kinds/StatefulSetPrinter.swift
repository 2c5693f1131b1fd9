import Support
import Value

extension KindPrinter {
    static let statefulSet = KindPrinter(
        table: .statefulSet, description: .statefulSet, rolloutStatus: RolloutStatus.ofStatefulSet)
    static let controllerRevision = KindPrinter(table: .controllerRevision)
}

extension Table {
    static let statefulSet = Table(
        .name,
        TableColumn("READY") { object, _ in
            "\(object[.status][.readyReplicas].cellInt)/\(object[.spec][.replicas].cellInt)"
        },
        .age,
        .containers,
        .images)

    static let controllerRevision = Table(
        .name,
        TableColumn("CONTROLLER") { object, _ in
            let owner = object.controllerReference
            guard !owner.isNull else { return "<none>" }
            return "\(KindReference(of: owner).qualifiedName)/\(owner[.name].cellText)"
        },
        .int("REVISION") { $0[.revision] },
        .age)
}

extension Description {
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
}

extension DescriptionWriter {
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

extension RolloutStatus {
    @Sendable static func ofStatefulSet(
        _ set: Value, revision: Int
    ) throws(Failure) -> RolloutStatus {
        guard isRollingUpdate(set) else { throw .onlyForRollingUpdate }
        let status = set[.status]
        guard status[.observedGeneration].cellInt != 0, isObserved(set) else {
            return RolloutStatus("Waiting for statefulset spec update to be observed...")
        }
        let wanted = set[.spec][.replicas].cellInt
        let ready = status[.readyReplicas].cellInt
        let updated = status[.updatedReplicas].cellInt
        if ready < wanted {
            return RolloutStatus("Waiting for \(wanted - ready) pods to be ready...")
        }
        let rolling = set[.spec][.updateStrategy][.rollingUpdate]
        if !rolling.isNull {
            if let partition = rolling[.partition].int, updated < wanted - partition {
                return RolloutStatus(
                    "Waiting for partitioned roll out to finish: \(updated) out of"
                        + " \(wanted - partition) new pods have been updated...")
            }
            return RolloutStatus(
                "partitioned roll out complete: \(updated) new pods have been updated...",
                isDone: true)
        }
        let revision = status[.updateRevision].cellText
        let current = status[.currentRevision].cellText
        if revision != current {
            return RolloutStatus(
                "waiting for statefulset rolling update to complete \(updated) pods at revision"
                    + " \(revision)...")
        }
        return RolloutStatus(
            "statefulset rolling update complete \(status[.currentReplicas].cellInt) pods at"
                + " revision \(current)...",
            isDone: true)
    }
}
