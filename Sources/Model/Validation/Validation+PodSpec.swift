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
        podResources(spec, path)
        hostNetwork(spec, path, isTemplate: isTemplate)
        oneOf(
            spec[.restartPolicy], ["Always", "OnFailure", "Never"], path.child("restartPolicy"))
        oneOf(
            spec[.dnsPolicy], ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"],
            path.child("dnsPolicy"))
        labels(spec[.nodeSelector], path.child("nodeSelector"))
        podSecurityContext(spec, path.child("securityContext"))
        affinity(spec[.affinity], path.child("affinity"))
        dnsConfig(spec, path.child("dnsConfig"))
        for (index, gate) in spec.list(.readinessGates).enumerated() {
            let type = gate.text(.conditionType)
            messages(
                NameRules.qualifiedName(type), type,
                path.child("readinessGates")[index].child("conditionType"))
        }
        schedulingGates(spec, path.child("schedulingGates"))
        topologySpread(
            spec.list(.topologySpreadConstraints), path.child("topologySpreadConstraints"))
        hostUsers(spec, path)
        subdomains(spec, [.serviceAccountName, .nodeName], path)
        if let seconds = spec[.activeDeadlineSeconds].int, !(1...Int(Int32.max)).contains(seconds) {
            add(
                .invalid(
                    path.child("activeDeadlineSeconds"), Value(seconds),
                    NameRules.inclusiveRange(1, Int(Int32.max))))
        }
        for key in [Key.hostname, .subdomain] {
            guard let text = spec[key].string, !text.isEmpty else { continue }
            messages(NameRules.dns1123Label(text), text, path.child(key))
        }
        tolerations(spec.list(.tolerations), path.child("tolerations"))
        hostAliases(spec.list(.hostAliases), path.child("hostAliases"))
        subdomains(spec, [.priorityClassName, .runtimeClassName], path)
        optionalOneOf(
            spec[.preemptionPolicy], ["PreemptLowerPriority", "Never"],
            path.child("preemptionPolicy"))
        resources([.limits: spec[.overhead]], path.child("overhead"))
        operatingSystem(spec[.os], path.child("os"))
    }

    private mutating func subdomains(_ spec: Value, _ keys: [Key], _ path: ErrorPath) {
        for key in keys {
            guard let text = spec[key].string, !text.isEmpty else { continue }
            messages(NameRules.dns1123Subdomain(text), text, path.child(key))
        }
    }

    /// ValidateHostAliases.
    private mutating func hostAliases(_ aliases: [Value], _ path: ErrorPath) {
        for (index, alias) in aliases.enumerated() {
            legacyAddress(alias.text(.ip), path[index].child("ip"))
            for (number, name) in alias.list(.hostnames).enumerated() {
                let text = name.string ?? ""
                messages(
                    NameRules.dns1123Subdomain(text), text, path[index].child("hostnames")[number])
            }
        }
    }

    /// validateOS.
    private mutating func operatingSystem(_ os: Value, _ path: ErrorPath) {
        guard !os.isNull else { return }
        let name = os.text(.name)
        if name.isEmpty {
            add(.required(path.child("name")))
        } else if name != "linux", name != "windows" {
            add(.notSupported(path, os[.name], ["linux", "windows"]))
        }
    }

    /// validateHostUsers: who has users of its own shares nothing else with the node. Upstream spells
    /// the paths as Go's fields.
    private mutating func hostUsers(_ spec: Value, _ path: ErrorPath) {
        guard spec[.hostUsers].bool == false else { return }
        for (key, name) in [
            (Key.hostNetwork, "hostNetwork"), (.hostPID, "HostPID"), (.hostIPC, "HostIPC"),
        ] where spec.flag(key) {
            add(.forbidden(path.child(name), "when `hostUsers` is false"))
        }
    }

    /// validatePodHostNetworkDeps: with the host's network, a container's port is the host's. In
    /// templates the port is set when the pod is made; only a different one is wrong.
    private mutating func hostNetwork(_ spec: Value, _ path: ErrorPath, isTemplate: Bool) {
        guard spec.flag(.hostNetwork) else { return }
        for (index, container) in spec.list(.containers).enumerated() {
            for (number, port) in container.list(.ports).enumerated() {
                let host = port.int(.hostPort)
                guard !isTemplate || host != 0, host != port.int(.containerPort) else { continue }
                add(
                    .invalid(
                        path.child("containers")[index].child("ports")[number].child("hostPort"),
                        Value(host), "must match `containerPort` when `hostNetwork` is true"))
            }
        }
    }

    /// validatePodDNSConfig.
    private mutating func dnsConfig(_ spec: Value, _ path: ErrorPath) {
        let config = spec[.dnsConfig]
        let servers = config.list(.nameservers)
        if spec[.dnsPolicy] == "None", servers.isEmpty {
            add(
                config.isNull
                    ? .required(path, "must provide `dnsConfig` when `dnsPolicy` is None")
                    : .required(
                        path.child("nameservers"),
                        "must provide at least one DNS nameserver when `dnsPolicy` is None"))
            return
        }
        if servers.count > 3 {
            add(
                .invalid(
                    path.child("nameservers"), json: JSON.text(.array(servers), style: .go),
                    "must not have more than 3 nameservers"))
        }
        for (index, server) in servers.enumerated() {
            legacyAddress(server.string ?? "", path.child("nameservers")[index])
        }
        let searches = config.list(.searches)
        if searches.count > 32 {
            add(
                .invalid(
                    path.child("searches"), json: JSON.text(.array(searches), style: .go),
                    "must not have more than 32 search paths"))
        }
        if searches.reduce(searches.count - 1, { $0 + ($1.string?.utf8.count ?? 0) }) > 2048 {
            add(
                .invalid(
                    path.child("searches"), json: JSON.text(.array(searches), style: .go),
                    "must not have more than 2048 characters (including spaces) in the search list")
            )
        }
        for (index, option) in config.list(.options).enumerated()
        where option.text(.name).isEmpty {
            add(.required(path.child("options")[index], "must not be empty"))
        }
    }

    /// validateSchedulingGates.
    private mutating func schedulingGates(_ spec: Value, _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, gate) in spec.list(.schedulingGates).enumerated() {
            let name = gate.text(.name)
            messages(NameRules.qualifiedName(name), name, path[index])
            if !seen.insert(name).inserted { add(.duplicate(path[index], Value(name))) }
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
                            place.child("operator"), Value(text),
                            "value must be empty when `operator` is 'Exists'"))
                }
            default:
                let known = name == "Lt" || name == "Gt" ? ["Lt", "Gt"] : []
                add(
                    .notSupported(
                        place.child("operator"), Value(name), ["Equal", "Exists"] + known))
            }
            if !entry.text(.effect).isEmpty { taintEffect(entry[.effect], place.child("effect")) }
        }
    }

    /// validateTaintEffect.
    mutating func taintEffect(_ effect: Value, _ path: ErrorPath) {
        oneOf(effect, ["NoSchedule", "PreferNoSchedule", "NoExecute"], path)
    }
}
