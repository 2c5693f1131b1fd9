import Support
import Value

extension KindPrinter {
    static let daemonSet = KindPrinter(
        table: .daemonSet, description: .daemonSet, rolloutStatus: RolloutStatus.ofDaemonSet)
}

extension Table {
    static let daemonSet = Table(
        .name,
        .int("DESIRED") { $0[.status][.desiredNumberScheduled] },
        .int("CURRENT") { $0[.status][.currentNumberScheduled] },
        .int("READY") { $0[.status][.numberReady] },
        .int("UP-TO-DATE") { $0[.status][.updatedNumberScheduled] },
        .int("AVAILABLE") { $0[.status][.numberAvailable] },
        TableColumn("NODE SELECTOR") { object, _ in
            labelsText(object[.spec][.template][.spec][.nodeSelector])
        },
        .age,
        .containers,
        .images,
        .selector)
}

extension Description {
    static let daemonSet = Description { set, context, writer in
        let status = set[.status]
        writer.heading(set)
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

extension RolloutStatus {
    @Sendable static func ofDaemonSet(
        _ set: Value, revision: Int
    ) throws(Failure) -> RolloutStatus {
        guard isRollingUpdate(set) else { throw .onlyForRollingUpdate }
        guard isObserved(set) else {
            return RolloutStatus("Waiting for daemon set spec update to be observed...")
        }
        let name = set.objectName
        let wanted = set[.status][.desiredNumberScheduled].cellInt
        let updated = set[.status][.updatedNumberScheduled].cellInt
        let available = set[.status][.numberAvailable].cellInt
        let waiting = "Waiting for daemon set \"\(name)\" rollout to finish:"
        if updated < wanted {
            return RolloutStatus(
                "\(waiting) \(updated) out of \(wanted) new pods have been updated...")
        }
        if available < wanted {
            return RolloutStatus(
                "\(waiting) \(available) of \(wanted) updated pods are available...")
        }
        return RolloutStatus("daemon set \"\(name)\" successfully rolled out", isDone: true)
    }
}
