import Value

/// What a timeline tracks of one kind of object: a row of the registry.
struct TimelineKind: Sendable {
    /// `Deployment`
    let kind: String
    /// `deploy`
    let short: String
    let fields: [TimelineTrackedField]

    static let all: [TimelineKind] = [
        TimelineKind("Pod", "pod", pod),
        TimelineKind(
            "ReplicaSet", "rs",
            replicas([.revision], ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"])),
        TimelineKind(
            "ReplicationController", "rc",
            replicas([.revision], ["fullyLabeledReplicas", "readyReplicas", "availableReplicas"])),
        TimelineKind(
            "Deployment", "deploy",
            replicas(
                [.flag("paused", "spec", "paused"), .revision],
                ["updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas"])),
        TimelineKind(
            "StatefulSet", "sts",
            replicas(
                [], ["readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"])
                + [
                    .hashed("currentRevision"), .hashed("updateRevision"),
                    .text("collisionCount", "status", "collisionCount"),
                ]),
        TimelineKind(
            "DaemonSet", "ds",
            [
                .generations, .count("desired", "desiredNumberScheduled"),
                .count("current", "currentNumberScheduled"),
                .count("ready", "numberReady"), .count("updated", "updatedNumberScheduled"),
                .count("available", "numberAvailable"), .count("unavailable", "numberUnavailable"),
                .count("misscheduled", "numberMisscheduled"),
            ]),
        TimelineKind(
            "ControllerRevision", "crev", [.plain("revision") { $0["revision"].timelineText }]),
        TimelineKind(
            "Job", "job",
            [
                .count("active", "active"), .count("succeeded", "succeeded"),
                .count("failed", "failed"), .text("ready", "status", "ready"),
                .text("terminating", "status", "terminating"),
                .plain("uncounted") { uncounted($0["status"]["uncountedTerminatedPods"]) },
                .text("completedIndexes", "status", "completedIndexes"),
                .text("failedIndexes", "status", "failedIndexes"),
                .text("parallelism", "spec", "parallelism"),
                .plain("started") { $0["status"]["startTime"].isNull ? "False" : "True" },
                .conditions,
            ]),
        TimelineKind(
            "CronJob", "cj",
            [
                .plain("suspend") { $0["spec"]["suspend"].bool == true ? "True" : "False" },
                .plain("active") { String($0["status"]["active"].count) },
                .plain("lastScheduleTime", showsAbsence: true) {
                    $0["status"]["lastScheduleTime"].isNull ? nil : "set"
                },
            ]),
        TimelineKind(
            "PersistentVolumeClaim", "pvc",
            [
                .text("phase", "status", "phase"),
                .plain("volume", showsAbsence: true) { $0["spec"]["volumeName"].timelineText },
            ]),
        TimelineKind(
            "PersistentVolume", "pv",
            [
                .text("phase", "status", "phase"),
                .plain("claim", showsAbsence: true) { volume in
                    let claim = volume["spec"]["claimRef"]
                    return claim["name"].string.map { "\(claim["namespace"].string ?? "")/\($0)" }
                },
            ]),
        TimelineKind("Node", "node", node),
        TimelineKind(
            "Endpoints", "ep",
            [
                .plain("ready") { addresses($0, "addresses") },
                .plain("notReady") { addresses($0, "notReadyAddresses") },
            ]),
        TimelineKind("Service", "svc", [.text("type", "spec", "type")]),
        TimelineKind(
            "PodDisruptionBudget", "pdb",
            [
                .count("disruptionsAllowed", "disruptionsAllowed"),
                .count("currentHealthy", "currentHealthy"),
                .count("desiredHealthy", "desiredHealthy"), .count("expectedPods", "expectedPods"),
            ]),
        TimelineKind(
            "HorizontalPodAutoscaler", "hpa",
            [
                .plain("current/desired") { autoscaler in
                    let status = autoscaler["status"]
                    let current = status["currentReplicas"].int.map { String($0) } ?? "None"
                    return "\(current)/\(status["desiredReplicas"].int ?? 0)"
                }
            ]),
        TimelineKind("Namespace", "ns", [.text("phase", "status", "phase")]),
    ]

    private static let byKind = Dictionary(uniqueKeysWithValues: all.map { ($0.kind, $0) })

    /// The row of a kind, nil for kinds that timelines do not track.
    static func named(_ kind: String) -> TimelineKind? { byKind[kind] }

    init(_ kind: String, _ short: String, _ fields: [TimelineTrackedField]) {
        self.kind = kind
        self.short = short
        self.fields = TimelineTrackedField.common + fields
    }

    // MARK: Kinds with more to say

    private static let pod: [TimelineTrackedField] = [
        .text("phase", "status", "phase"),
        .plain("ready") { pod in
            let ready = pod["status"]["containerStatuses"].elements.count {
                $0["ready"].bool == true
            }
            return "\(ready)/\(pod["spec"]["containers"].count)"
        },
        .text("node", "spec", "nodeName"),
        .plain("state") { pod in
            let states = pod["status"]["containerStatuses"].elements.map {
                containerState($0["state"])
            }
            return states.isEmpty ? nil : states.joined(separator: ",")
        },
        .plain("restarts") { pod in
            let counts = pod["status"]["containerStatuses"].elements.map {
                $0["restartCount"].int ?? 0
            }
            return counts.contains { $0 > 0 }
                ? counts.map { String($0) }.joined(separator: ",") : nil
        },
        .text("reason", "status", "reason"),
        .plain("podIP") { $0["status"]["podIP"].string.map { $0.isEmpty ? nil : "set" } ?? nil },
        .text("nominated", "status", "nominatedNodeName"),
        .podConditions, .generations,
        .labels(showsNone: true),
    ]

    private static let node: [TimelineTrackedField] = [
        .condition("Ready", showsReason: true),
        .plain("taints", showsAbsence: true) { node in
            let taints = node["spec"]["taints"].elements.map { taint in
                let value = taint["value"].string.map { $0.isEmpty ? "" : "=\($0)" } ?? ""
                return "\(taint["key"].string ?? "")\(value):\(taint["effect"].string ?? "")"
            }
            return taints.isEmpty ? nil : taints.joined(separator: ";")
        },
        .labels(showsNone: false),
        .flag("unschedulable", "spec", "unschedulable"),
    ]

    /// The kinds that keep replicas: desired, generations, what stands between, counts, conditions.
    private static func replicas(
        _ between: [TimelineTrackedField], _ counts: [String]
    ) -> [TimelineTrackedField] {
        [.text("spec.replicas", "spec", "replicas"), .generations] + between
            + [.count("replicas", "replicas")] + counts.map { .count($0, $0) }
            + [.text("terminatingReplicas", "status", "terminatingReplicas"), .conditions]
    }

    private static func containerState(_ state: Value) -> String {
        if !state["running"].isNull { return "running" }
        if !state["terminated"].isNull {
            return "terminated(\(state["terminated"]["reason"].string ?? ""))"
        }
        return state["waiting"]["reason"].string.map { "waiting(\($0))" } ?? "waiting"
    }

    private static func addresses(_ endpoints: Value, _ field: String) -> String {
        String(endpoints["subsets"].elements.reduce(0) { $0 + $1[field].count })
    }

    /// How many pods of a job that ended are not in its counts yet: those that succeeded, those that failed.
    private static func uncounted(_ pods: Value) -> String? {
        let (succeeded, failed) = (pods["succeeded"].count, pods["failed"].count)
        return succeeded + failed == 0 ? nil : "\(succeeded)/\(failed)"
    }
}

/// One field that a timeline tracks.
struct TimelineTrackedField: Sendable {
    /// A value as printed, and as compared: they differ where random parts stand as placeholders.
    struct Reading: Equatable {
        var name: String
        var shown: String
        var raw: String
    }

    /// Whether a new object without the field shows `-`.
    let showsAbsence: Bool
    /// The name for absence; conditions have none, because there are as many as the object has.
    let name: String
    let read: @Sendable (Value, TimelineNames) -> [Reading]

    static let common: [TimelineTrackedField] = [
        TimelineTrackedField(showsAbsence: false, name: "owner") { object, names in
            let owner = object["metadata"]["ownerReferences"].elements.first {
                $0["controller"].bool == true
            }
            guard let owner else { return [] }
            return [
                Reading(
                    name: "owner", shown: names.owner(owner, of: object),
                    raw: owner["uid"].string ?? "")
            ]
        },
        .plain("deletionTimestamp") { $0["metadata"]["deletionTimestamp"].isNull ? nil : "set" },
        .text("grace", "metadata", "deletionGracePeriodSeconds"),
        .plain("finalizers") { object in
            let finalizers = object["metadata"]["finalizers"].elements.compactMap(\.string)
            return finalizers.isEmpty ? nil : finalizers.joined(separator: ",")
        },
    ]

    static func plain(
        _ name: String, showsAbsence: Bool = false, _ read: @escaping @Sendable (Value) -> String?
    ) -> TimelineTrackedField {
        TimelineTrackedField(showsAbsence: showsAbsence, name: name) { object, _ in
            read(object).map { [Reading(name: name, shown: $0, raw: $0)] } ?? []
        }
    }

    static func text(_ name: String, _ section: String, _ field: String) -> TimelineTrackedField {
        plain(name) { $0[section][field].timelineText }
    }

    /// A number in the status; absent is 0.
    static func count(_ name: String, _ field: String) -> TimelineTrackedField {
        plain(name) { String($0["status"][field].int ?? 0) }
    }

    static func flag(_ name: String, _ section: String, _ field: String) -> TimelineTrackedField {
        plain(name) { $0[section][field].bool == true ? "True" : nil }
    }

    static let generations = plain("gen/obs") { object in
        "\(object["metadata"]["generation"].int ?? 0)/\(object["status"]["observedGeneration"].int ?? 0)"
    }

    static let revision = plain("rev", showsAbsence: true) {
        $0["metadata"]["annotations"]["deployment.kubernetes.io/revision"].string
    }

    /// The name of a ControllerRevision in the status, its hash as a placeholder.
    static func hashed(_ field: String) -> TimelineTrackedField {
        TimelineTrackedField(showsAbsence: false, name: field) { object, _ in
            guard let raw = object["status"][field].string, !raw.isEmpty else { return [] }
            let stem = raw.split(separator: "-", omittingEmptySubsequences: false).dropLast()
            return [
                Reading(name: field, shown: (stem + ["{hash}"]).joined(separator: "-"), raw: raw)
            ]
        }
    }

    /// A named condition as `True` or, where the reason is of interest, `False(Unschedulable)`.
    static func condition(_ type: String, showsReason: Bool) -> TimelineTrackedField {
        plain(type) { object in
            let condition = object["status"]["conditions"].elements.first {
                $0["type"].string == type
            }
            return condition.map { conditionText($0, showsReason: showsReason) }
        }
    }

    /// All conditions that the object has, in order of their types.
    static let conditions = TimelineTrackedField(showsAbsence: false, name: "") { object, _ in
        object["status"]["conditions"].elements
            .map { condition in
                let text = conditionText(condition, showsReason: true)
                return Reading(name: condition["type"].string ?? "", shown: text, raw: text)
            }
            .sorted { $0.name < $1.name }
    }

    /// All conditions of a pod; only that it is scheduled tells its reason.
    static let podConditions = TimelineTrackedField(showsAbsence: false, name: "") { object, _ in
        object["status"]["conditions"].elements
            .map { condition in
                let name = condition["type"].string ?? ""
                let text = conditionText(condition, showsReason: name == "PodScheduled")
                return Reading(name: name, shown: text, raw: text)
            }
            .sorted { $0.name < $1.name }
    }

    private static func conditionText(_ condition: Value, showsReason: Bool) -> String {
        let status = condition["status"].string ?? ""
        guard showsReason, let reason = condition["reason"].string, !reason.isEmpty else {
            return status
        }
        return "\(status)(\(reason))"
    }

    /// Labels in order of their keys, without those that every node has, hashes and uids as placeholders.
    ///
    /// - Parameter showsNone: whether an object without labels has the empty text, as pods have.
    static func labels(showsNone: Bool) -> TimelineTrackedField {
        TimelineTrackedField(showsAbsence: true, name: "labels") { object, _ in
            let labels = object["metadata"]["labels"].fields.sortedByName.filter { field in
                !field.key.name.hasPrefix("kubernetes.io/")
                    && !field.key.name.hasPrefix("beta.kubernetes.io/")
            }
            if labels.isEmpty, !showsNone { return [] }
            let raw = labels.map { "\($0.key.name)=\($0.value.string ?? "")" }
            let shown = labels.map { field in
                let name = field.key.name
                return "\(name)=\(TimelineNames.label(name, field.value.string ?? ""))"
            }
            return [
                Reading(
                    name: "labels", shown: shown.joined(separator: ","),
                    raw: raw.joined(separator: ","))
            ]
        }
    }
}

extension Value {
    /// A text or number as timelines print it; nil for everything else and for an empty text.
    fileprivate var timelineText: String? {
        if let int { return String(int) }
        return string.flatMap { $0.isEmpty ? nil : $0 }
    }
}
