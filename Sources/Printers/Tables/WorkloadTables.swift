import Support
import Value

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

    static let replicaSet = Table(
        .name,
        .int("DESIRED") { $0[.spec][.replicas] },
        .int("CURRENT") { $0[.status][.replicas] },
        .int("READY") { $0[.status][.readyReplicas] },
        .age,
        .containers,
        .images,
        .selector)

    static let replicationController = Table(
        .name,
        .int("DESIRED") { $0[.spec][.replicas] },
        .int("CURRENT") { $0[.status][.replicas] },
        .int("READY") { $0[.status][.readyReplicas] },
        .age,
        .containers,
        .images,
        .wide("SELECTOR") { object, _ in labelsText(object[.spec][.selector]) })

    static let statefulSet = Table(
        .name,
        TableColumn("READY") { object, _ in
            "\(object[.status][.readyReplicas].cellInt)/\(object[.spec][.replicas].cellInt)"
        },
        .age,
        .containers,
        .images)

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

    static let controllerRevision = Table(
        .name,
        TableColumn("CONTROLLER") { object, _ in
            let owner = object.controllerReference
            guard !owner.isNull else { return "<none>" }
            return "\(KindReference(of: owner).qualifiedName)/\(owner[.name].cellText)"
        },
        .int("REVISION") { $0[.revision] },
        .age)

    static let job = Table(
        .name,
        TableColumn("STATUS") { job, _ in jobStatus(job) },
        TableColumn("COMPLETIONS") { job, _ in
            let succeeded = job[.status][.succeeded].cellInt
            if let wanted = job[.spec][.completions].int { return "\(succeeded)/\(wanted)" }
            let parallelism = job[.spec][.parallelism].cellInt
            return parallelism > 1 ? "\(succeeded)/1 of \(parallelism)" : "\(succeeded)/1"
        },
        TableColumn("DURATION") { job, context in
            let start = job[.status][.startTime]
            guard !start.isNull else { return "" }
            let end = job[.status][.completionTime]
            return end.isNull ? context.age(start) : durationText(from: start, to: end)
        },
        .age,
        .containers,
        .images,
        .selector)

    static let cronJob = Table(
        .name,
        .text("SCHEDULE") { $0[.spec][.schedule] },
        .text("TIMEZONE", or: "<none>") { $0[.spec][.timeZone] },
        TableColumn("SUSPEND") { object, _ in object[.spec][.suspend].cellBool(unset: "<unset>") },
        TableColumn("ACTIVE") { object, _ in String(object[.status][.active].count) },
        TableColumn("LAST SCHEDULE") { object, context in
            let last = object[.status][.lastScheduleTime]
            return last.isNull ? "<none>" : context.age(last)
        },
        .age,
        .wide("CONTAINERS") { object, _ in
            containerNames(object[.spec][.jobTemplate][.spec][.template])
        },
        .wide("IMAGES") { object, _ in
            containerImages(object[.spec][.jobTemplate][.spec][.template])
        },
        .wide("SELECTOR") { object, _ in
            selectorTextOrNone(object[.spec][.jobTemplate][.spec][.selector])
        })

    /// The word for a Job's state, by its conditions in this order.
    private static func jobStatus(_ job: Value) -> String {
        let conditions = job[.status][.conditions]
        if conditions.isConditionTrue("Complete") { return "Complete" }
        if conditions.isConditionTrue("Failed") { return "Failed" }
        if !job[.metadata][.deletionTimestamp].isNull { return "Terminating" }
        if conditions.isConditionTrue("Suspended") { return "Suspended" }
        if conditions.isConditionTrue("FailureTarget") { return "FailureTarget" }
        return "Running"
    }
}
