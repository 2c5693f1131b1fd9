import Support
import Value

extension Validator {
    /// ValidatePodTemplateSpec.
    mutating func podTemplate(_ template: Value, _ path: ErrorPath) {
        labels(template[.metadata][.labels], path.child("labels"))
        annotations(template[.metadata][.annotations], path.child("annotations"))
        podAnnotations(template[.metadata][.annotations], path.child("annotations"))
        podSpec(template[.spec], path.child("spec"), isTemplate: true)
        if !template[.spec].list(.ephemeralContainers).isEmpty {
            add(
                .forbidden(
                    path.child("spec").child("ephemeralContainers"),
                    "ephemeral containers not allowed in pod template"))
        }
    }

    /// ValidatePodSpecificAnnotations: a deletion cost is a number.
    mutating func podAnnotations(_ annotations: Value, _ path: ErrorPath) {
        if hasDeletionCost(annotations) { return }
        let name = Self.deletionCost
        add(.invalid(path.key(name), annotations[Key(name)], "must be a 32bit integer"))
    }

    /// Whether the annotations have a readable deletion cost, or none.
    func hasDeletionCost(_ annotations: Value) -> Bool {
        annotations[Key(Self.deletionCost)].string.map { PodView.deletionCost($0) != nil } ?? true
    }

    private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"

    /// ValidatePodSpec.
    mutating func podSpec(_ spec: Value, _ path: ErrorPath, isTemplate: Bool) {
        let volumes = volumes(spec.list(.volumes), path.child("volumes"))
        containers(spec, volumes, path)
        oneOf(
            spec[.restartPolicy], ["Always", "OnFailure", "Never"], path.child("restartPolicy"))
        oneOf(
            spec[.dnsPolicy], ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"],
            path.child("dnsPolicy"))
        labels(spec[.nodeSelector], path.child("nodeSelector"))
        hostNetwork(spec, path)
        affinity(spec[.affinity], path.child("affinity"))
        dnsConfig(spec, path.child("dnsConfig"))
        topologySpread(
            spec.list(.topologySpreadConstraints), path.child("topologySpreadConstraints"))
        for key in [Key.serviceAccountName, .nodeName, .priorityClassName, .runtimeClassName] {
            guard let text = spec[key].string, !text.isEmpty else { continue }
            messages(NameRules.dns1123Subdomain(text), text, path.child(key))
        }
        if let seconds = spec[.activeDeadlineSeconds].int, !(1...Int(Int32.max)).contains(seconds) {
            add(
                .invalid(
                    path.child("activeDeadlineSeconds"), Value(seconds),
                    NameRules.inclusiveRange(1, Int(Int32.max))))
        }
        for key in [Key.hostname, .subdomain] {
            guard let text = spec[key].string else { continue }
            messages(NameRules.dns1123Label(text), text, path.child(key))
        }
        tolerations(spec.list(.tolerations), path.child("tolerations"))
        optionalOneOf(
            spec[.preemptionPolicy], ["PreemptLowerPriority", "Never"],
            path.child("preemptionPolicy"))
        optionalOneOf(spec[.os][.name], ["linux", "windows"], path.child("os").child("name"))
        schedulingGates(spec, path, isTemplate: isTemplate)
    }

    /// validatePodSpec: with the host's network, a container's port is the host's.
    private mutating func hostNetwork(_ spec: Value, _ path: ErrorPath) {
        guard spec.flag(.hostNetwork) else { return }
        for (index, container) in spec.list(.containers).enumerated() {
            for (number, port) in container.list(.ports).enumerated() {
                // In templates the port is set when the pod is made; only a different one is wrong.
                guard let host = port[.hostPort].int, host != port.int(.containerPort) else {
                    continue
                }
                add(
                    .invalid(
                        path.child("containers")[index].child("ports")[number].child(
                            "containerPort"),
                        port[.containerPort],
                        "must match `hostPort` when `hostNetwork` is true"))
            }
        }
    }

    private mutating func dnsConfig(_ spec: Value, _ path: ErrorPath) {
        let servers = spec[.dnsConfig].list(.nameservers)
        if spec[.dnsPolicy] == "None" {
            if spec[.dnsConfig].isNull {
                add(.required(path, "must provide `dnsConfig` when `dnsPolicy` is None"))
            } else if servers.isEmpty {
                add(
                    .required(
                        path.child("nameservers"),
                        "must provide at least one DNS nameserver when `dnsPolicy` is None"))
            }
        }
        if servers.count > 3 {
            add(
                .invalid(
                    path.child("nameservers"), .array(servers),
                    "must not have more than 3 nameservers"))
        }
    }

    private mutating func schedulingGates(_ spec: Value, _ path: ErrorPath, isTemplate: Bool) {
        let gates = spec.list(.schedulingGates)
        if !gates.isEmpty, !isTemplate, !spec.text(.nodeName).isEmpty {
            add(
                .forbidden(
                    path.child("nodeName"),
                    "cannot be set until all schedulingGates have been cleared"))
        }
        var seen: Set<String> = []
        for (index, gate) in gates.enumerated() {
            let name = gate.text(.name)
            let place = path.child("schedulingGates")[index]
            messages(NameRules.qualifiedName(name), name, place.child("name"))
            if !seen.insert(name).inserted { add(.duplicate(place.child("name"), Value(name))) }
        }
    }

    private mutating func topologySpread(_ constraints: [Value], _ path: ErrorPath) {
        for (index, entry) in constraints.enumerated() {
            let place = path[index]
            if entry.int(.maxSkew) <= 0 {
                add(
                    .invalid(
                        place.child("maxSkew"), Value(entry.int(.maxSkew)),
                        "must be greater than zero"))
            }
            if entry.text(.topologyKey).isEmpty {
                add(.required(place.child("topologyKey"), "can not be empty"))
            }
            let policy = entry.text(.whenUnsatisfiable)
            if policy != "DoNotSchedule" && policy != "ScheduleAnyway" {
                add(
                    .notSupported(
                        place.child("whenUnsatisfiable"), Value(policy),
                        ["DoNotSchedule", "ScheduleAnyway"]))
            }
            labelSelector(entry[.labelSelector], place.child("labelSelector"))
        }
    }

    /// ValidateTolerations.
    mutating func tolerations(_ tolerations: [Value], _ path: ErrorPath) {
        for (index, entry) in tolerations.enumerated() {
            let place = path[index]
            let key = entry.text(.key)
            let name = entry.text(.operator)
            if !key.isEmpty { messages(NameRules.qualifiedName(key), key, place.child("key")) }
            if key.isEmpty && name != "Exists" {
                add(
                    .invalid(
                        place.child("operator"), Value(name),
                        "operator must be Exists when `key` is empty, which means \"match all "
                            + "values and all keys\""))
            }
            if !entry[.tolerationSeconds].isNull && entry[.effect] != "NoExecute" {
                add(
                    .invalid(
                        place.child("effect"), Value(entry.text(.effect)),
                        "effect must be 'NoExecute' when `tolerationSeconds` is set"))
            }
            let text = entry.text(.value)
            switch name {
            case "", "Equal":
                let problems = NameRules.labelValue(text)
                if !problems.isEmpty {
                    add(
                        .invalid(
                            place.child("operator"), Value(text),
                            problems.joined(separator: ";")))
                }
            case "Exists":
                if !text.isEmpty {
                    add(
                        .invalid(
                            place.child("operator"), entry,
                            "value must be empty when `operator` is 'Exists'"))
                }
            default:
                add(.notSupported(place.child("operator"), Value(name), ["Equal", "Exists"]))
            }
            if !entry.text(.effect).isEmpty { taintEffect(entry[.effect], place.child("effect")) }
        }
    }

    /// validateTaintEffect.
    mutating func taintEffect(_ effect: Value, _ path: ErrorPath) {
        oneOf(effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"], path)
    }
}
