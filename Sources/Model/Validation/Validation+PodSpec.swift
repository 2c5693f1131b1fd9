import Support
import Value

extension Validator {
    /// ValidatePodTemplateSpec.
    mutating func podTemplate(_ template: Value, _ path: ErrorPath) {
        labels(template[.metadata][.labels], path.child("labels"))
        annotations(template[.metadata][.annotations], path.child("annotations"))
        podAnnotations(
            template[.metadata][.annotations], of: template[.spec], path.child("annotations"))
        podSpec(template[.spec], path.child("spec"), isTemplate: true)
        if !template[.spec].list(.ephemeralContainers).isEmpty {
            add(
                .forbidden(
                    path.child("spec").child("ephemeralContainers"),
                    "ephemeral containers not allowed in pod template"))
        }
    }

    /// ValidatePodSpecificAnnotations: a deletion cost is a number, and a profile one for a container.
    mutating func podAnnotations(_ annotations: Value, of spec: Value, _ path: ErrorPath) {
        if !hasDeletionCost(annotations) {
            let name = Self.deletionCost
            add(.invalid(path.key(name), annotations[Key(name)], "must be a 32bit integer"))
        }
        let entries = annotations.fields.sortedByName
        for entry in entries where Self.isSeccomp(entry.key.name) {
            let profile = entry.value.string ?? ""
            let place = path.child(entry.key.name)
            if profile.hasPrefix("localhost/") {
                localPath(String(profile.dropFirst("localhost/".count)), place)
            } else if !["runtime/default", "docker/default", "unconfined"].contains(profile) {
                add(.invalid(place, Value(profile), "must be a valid seccomp profile"))
            }
        }
        for entry in entries where entry.key.name.hasPrefix(Self.appArmor) {
            let container = String(entry.key.name.dropFirst(Self.appArmor.count))
            let profile = entry.value.string ?? ""
            let place = path.key(entry.key.name)
            if !Self.containers(of: spec).contains(container) {
                add(.invalid(place, Value(container), "container not found"))
            }
            let isKnown =
                ["", "runtime/default", "unconfined"].contains(profile)
                || profile.hasPrefix("localhost/")
            if !isKnown {
                add(
                    .invalid(
                        place, Value(profile),
                        "invalid AppArmor profile name: \(GoSyntax.quote(profile))"))
            }
        }
    }

    /// ValidatePodSpecificAnnotationUpdates: profiles stay as they were.
    mutating func podAnnotationUpdates(_ new: Value, _ old: Value, _ path: ErrorPath) {
        for entry in old.fields.sortedByName
        where entry.key.name.hasPrefix(Self.appArmor) && new[entry.key] != entry.value {
            add(
                .forbidden(
                    path.key(entry.key.name), "may not remove or update AppArmor annotations"))
        }
        for entry in new.fields.sortedByName
        where entry.key.name.hasPrefix(Self.appArmor) && old[entry.key].isNull {
            add(.forbidden(path.key(entry.key.name), "may not add AppArmor annotations"))
        }
    }

    private static let appArmor = "container.apparmor.security.beta.kubernetes.io/"

    private static func isSeccomp(_ name: String) -> Bool {
        name == "seccomp.security.alpha.kubernetes.io/pod"
            || name.hasPrefix("container.seccomp.security.alpha.kubernetes.io/")
    }

    private static func containers(of spec: Value) -> [String] {
        [Key.initContainers, .containers, .ephemeralContainers].flatMap { list in
            spec.list(list).map { $0.text(.name) }
        }
    }

    /// Whether the annotations have a readable deletion cost, or none.
    func hasDeletionCost(_ annotations: Value) -> Bool {
        annotations[Key(Self.deletionCost)].string.map { PodView.deletionCost($0) != nil } ?? true
    }

    private static let deletionCost = "controller.kubernetes.io/pod-deletion-cost"

    /// ValidatePodSpec.
    ///
    /// The pod's name is known where there is a pod: claims of its volumes are called after it.
    mutating func podSpec(_ spec: Value, _ path: ErrorPath, isTemplate: Bool, pod: String = "") {
        let volumes = volumes(spec.list(.volumes), ofPod: pod, path.child("volumes"))
        resourceClaims(spec.list(.resourceClaims), path.child("resourceClaims"))
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
        hostnameOverride(spec, path.child("hostnameOverride"))
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
        operatingSystem(spec, path)
        fileReferences(spec, path)
    }

    /// validatePodResourceClaims.
    private mutating func resourceClaims(_ claims: [Value], _ path: ErrorPath) {
        let (plain, template): (Key, Key) = ("resourceClaimName", "resourceClaimTemplateName")
        var names: Set<String> = []
        for (index, claim) in claims.enumerated() {
            let place = path[index]
            let name = claim.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else if !names.insert(name).inserted {
                add(.duplicate(place.child("name"), Value(name)))
            } else {
                messages(NameRules.dns1123Label(name), name, place.child("name"))
            }
            let shown = InternalForm.json(claim, as: "PodResourceClaim")
            if !claim[plain].isNull, !claim[template].isNull {
                add(
                    .invalid(
                        place, json: shown,
                        "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be "
                            + "specified"))
            }
            if claim[plain].isNull, claim[template].isNull {
                add(
                    .invalid(
                        place, json: shown,
                        "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"))
            }
            for key in [plain, template] {
                guard let text = claim[key].string else { continue }
                messages(NameRules.dns1123Subdomain(text), text, place.child(key))
            }
        }
    }

    /// validatePodHostName.
    private mutating func hostnameOverride(_ spec: Value, _ path: ErrorPath) {
        guard let name = spec["hostnameOverride"].string else { return }
        if spec.flag("setHostnameAsFQDN") {
            add(.forbidden(path, "may not be specified when setHostnameAsFQDN is true"))
        }
        if spec.flag(.hostNetwork) {
            add(.forbidden(path, "may not be specified when hostNetwork is true"))
        }
        if name.utf8.count > 64 { add(.tooLong(path, 64)) }
        messages(NameRules.dns1123Subdomain(name), name, path)
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

    /// validateHostUsers: who has users of its own shares nothing else with the node. Upstream spells
    /// the paths as Go's fields.
    private mutating func hostUsers(_ spec: Value, _ path: ErrorPath) {
        guard spec[.hostUsers].bool == false else { return }
        for (key, name) in [
            (Key.hostNetwork, "hostNetwork"), (.hostPID, "HostPID"), (.hostIPC, "HostIPC"),
        ] where spec.flag(key) {
            add(.forbidden(path.child(name), "when `hostUsers` is false"))
        }
        for list in [Key.initContainers, .containers, .ephemeralContainers] {
            for (index, container) in spec.list(list).enumerated()
            where !container.list(.volumeDevices).isEmpty {
                add(
                    .forbidden(
                        path.child(list)[index].child("volumeDevices"),
                        "when `hostUsers` is false"))
            }
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
        for (index, search) in searches.enumerated() {
            let text = search.string ?? ""
            let name = text.hasSuffix(".") ? String(text.dropLast()) : text
            if text == "." { continue }
            messages(NameRules.searchPath(name), name, path.child("searches")[index])
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
