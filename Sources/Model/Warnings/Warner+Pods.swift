import Support
import Value

// Source: pkg/api/pod/warnings.go (warningsForPodSpecAndMeta).
extension Warner {
    /// The template of a workload, at `path`, unless the update leaves the workload's spec as it is.
    mutating func podTemplate(_ object: Value, _ old: Value?, at keys: [Key]) {
        if let old, old[keys[0]] == object[keys[0]] { return }
        let path = keys.reduce(ErrorPath.root) { $0.child($1) }
        pod(object.value(at: keys), path, isTemplate: true)
    }

    /// A pod, or a template of pods at `path`.
    mutating func pod(_ pod: Value, _ path: ErrorPath, isTemplate: Bool) {
        let spec = pod[.spec]
        let place = path.child("spec")
        nodeLabels(spec, place)
        spreadConstraints(spec, place)
        let annotations = path.child("metadata").child("annotations")
        for field in pod[.metadata][.annotations].fields.sortedByName {
            if let words = Self.deprecatedPodAnnotations[field.key.name] {
                add(annotations.key(field.key.name), words)
            }
        }
        volumes(spec.list(.volumes), place.child("volumes"))
        overlappingPaths(spec.list(.volumes))
        references(spec, place)
        for name in [Key.memory, .ephemeralStorage] {
            wholeBytes(spec[.overhead], name, place.child("overhead"))
        }
        let seccomp = "seccomp.security.alpha.kubernetes.io/pod"
        if spec[.securityContext][.seccompProfile].isNull,
            !pod[.metadata][.annotations][seccomp].isNull
        {
            add(annotations.key(seccomp), Self.seccompWords)
        }
        let containers = Self.containers(spec, place)
        for (container, path) in containers {
            securityAnnotations(container, pod, annotations, isTemplate: isTemplate)
            resources(container, path)
            environment(container, path)
        }
        ports(containers)
        if spec.int(.terminationGracePeriodSeconds) < 0 {
            add(
                place.child("terminationGracePeriodSeconds"),
                "must be >= 0; negative values are invalid and will be treated as 1")
        }
        podAffinity(spec, place)
        for (index, server) in spec[.dnsConfig].list(.nameservers).enumerated() {
            address(
                server.string ?? "", place.child("dnsConfig").child("nameservers")[index])
        }
        for (index, alias) in spec.list(.hostAliases).enumerated() {
            address(alias.text(.ip), place.child("hostAliases")[index].child("ip"))
        }
    }

    private static let deprecatedPodAnnotations = [
        "scheduler.alpha.kubernetes.io/critical-pod":
            "non-functional in v1.16+; use the \"priorityClassName\" field instead",
        "security.alpha.kubernetes.io/sysctls":
            "non-functional in v1.11+; use the \"sysctls\" field instead",
        "security.alpha.kubernetes.io/unsafe-sysctls":
            "non-functional in v1.11+; use the \"sysctls\" field instead",
    ]

    private static let seccompWords =
        "non-functional in v1.27+; use the \"seccompProfile\" field instead"

    /// The containers in the order in which they are visited, with their paths.
    static func containers(_ spec: Value, _ path: ErrorPath) -> [(Value, ErrorPath)] {
        [Key.initContainers, .containers, .ephemeralContainers].flatMap { list in
            spec.list(list).enumerated().map { ($1, path.child(list)[$0]) }
        }
    }

    private mutating func nodeLabels(_ spec: Value, _ path: ErrorPath) {
        for field in spec[.nodeSelector].fields.sortedByName {
            if let words = Self.deprecatedNodeLabels[field.key.name] {
                add(path.child("nodeSelector").key(field.key.name), words)
            }
        }
        let affinity = spec[.affinity][.nodeAffinity]
        let place = path.child("affinity").child("nodeAffinity")
        let required = Key.requiredDuringSchedulingIgnoredDuringExecution
        for (index, term) in affinity[required].list(.nodeSelectorTerms).enumerated() {
            nodeSelectorTerm(term, place.child(required).child("nodeSelectorTerms")[index])
        }
        let preferred = Key.preferredDuringSchedulingIgnoredDuringExecution
        for (index, term) in affinity.list(preferred).enumerated() {
            nodeSelectorTerm(
                term[.preference], place.child(preferred)[index].child("preference"),
                checksValues: true)
        }
    }

    private mutating func spreadConstraints(_ spec: Value, _ path: ErrorPath) {
        for (index, entry) in spec.list(.topologySpreadConstraints).enumerated() {
            let place = path.child("topologySpreadConstraints")[index]
            let key = entry.text(.topologyKey)
            if let words = Self.deprecatedNodeLabels[key] {
                add(place.child("topologyKey"), "\(key) is \(words)")
            }
            nullSelector(entry, place)
        }
    }

    private mutating func nullSelector(_ term: Value, _ path: ErrorPath) {
        guard term[.labelSelector].isNull else { return }
        add(path.child("labelSelector"), "a null labelSelector results in matching no pod")
    }

    private mutating func podAffinity(_ spec: Value, _ path: ErrorPath) {
        for kind in [Key.podAffinity, .podAntiAffinity] {
            let affinity = spec[.affinity][kind]
            let place = path.child("affinity").child(kind)
            let required = Key.requiredDuringSchedulingIgnoredDuringExecution
            for (index, term) in affinity.list(required).enumerated() {
                nullSelector(term, place.child(required)[index])
            }
            let preferred = Key.preferredDuringSchedulingIgnoredDuringExecution
            for (index, term) in affinity.list(preferred).enumerated() {
                nullSelector(
                    term[.podAffinityTerm],
                    place.child(preferred)[index].child("podAffinityTerm"))
            }
        }
    }

    /// Host aliases and secrets for pulling that are given twice, or have no name.
    private mutating func references(_ spec: Value, _ path: ErrorPath) {
        for (list, key) in [(Key.hostAliases, Key.ip), (.imagePullSecrets, .name)] {
            var seen: Set<String> = []
            for (index, entry) in spec.list(list).enumerated()
            where !seen.insert(entry.text(key)).inserted {
                add(
                    path.child(list)[index].child(key),
                    "duplicate \(key.name) \(GoSyntax.quote(entry.text(key)))")
            }
        }
        for (index, entry) in spec.list(.imagePullSecrets).enumerated()
        where entry.text(.name).isEmpty {
            add(
                path.child("imagePullSecrets")[index].child("name"),
                #"invalid empty name """#)
        }
    }

    private mutating func securityAnnotations(
        _ container: Value, _ pod: Value, _ path: ErrorPath, isTemplate: Bool
    ) {
        let annotations = pod[.metadata][.annotations]
        let context = container[.securityContext]
        let seccomp = "container.seccomp.security.alpha.kubernetes.io/\(container.text(.name))"
        if context[.seccompProfile].isNull, !annotations[Key(seccomp)].isNull {
            add(path.key(seccomp), Self.seccompWords)
        }
        let appArmor = "container.apparmor.security.beta.kubernetes.io/\(container.text(.name))"
        guard context[.appArmorProfile].isNull, let text = annotations[Key(appArmor)].string,
            pod[.spec][.os][.name] != "windows" || isTemplate
        else { return }
        let profile = pod[.spec][.securityContext][.appArmorProfile]
        if profile.isNull || profile != Self.appArmorProfile(text) {
            add(
                path.key(appArmor),
                "deprecated since v1.30; use the \"appArmorProfile\" field instead")
        }
    }

    /// ApparmorFieldForAnnotation.
    private static func appArmorProfile(_ text: String) -> Value {
        switch text {
        case "unconfined": [.type: "Unconfined"]
        case "runtime/default": [.type: "RuntimeDefault"]
        default:
            text.hasPrefix("localhost/")
                ? [
                    .type: "Localhost",
                    "localhostProfile": Value(String(text.dropFirst("localhost/".count))),
                ] : .null
        }
    }

    private mutating func resources(_ container: Value, _ path: ErrorPath) {
        for name in [Key.memory, .ephemeralStorage] {
            for list in [Key.limits, .requests] {
                wholeBytes(
                    container[.resources][list], name, path.child("resources").child(list))
            }
        }
    }

    /// A variable that is given again hides the first one, unless it is made of it:
    /// `X="a"`, `X="$(X)b"` is fine.
    private mutating func environment(_ container: Value, _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, entry) in container.list(.env).enumerated() {
            let name = entry.text(.name)
            guard !seen.insert(name).inserted else { continue }
            let reference = "$(\(name))"
            let text = entry.text(.value)
            guard !entry[.valueFrom].isNull || text == reference || !text.contains(reference)
            else { continue }
            add(
                path.child("env")[index],
                "hides previous definition of \(GoSyntax.quote(name)), which may be dropped when "
                    + "using apply")
        }
    }

    /// Ports that several containers open, or one opens twice.
    private mutating func ports(_ containers: [(Value, ErrorPath)]) {
        var known: [String: [(port: Value, path: ErrorPath)]] = [:]
        let all = containers.flatMap { container, path in
            container.list(.ports).enumerated().map { ($1, path.child("ports")[$0]) }
        }
        for (port, path) in all {
            let (ip, host) = (port.text(.hostIP), port.int(.hostPort))
            if !ip.isEmpty, host == 0 {
                add(path, "hostIP set without hostPort: \(Self.goPort(port))")
            }
            let key = "\(port.int(.containerPort))/\(port.text(.protocol))"
            for other in known[key] ?? [] {
                let (otherIP, otherHost) = (other.port.text(.hostIP), other.port.int(.hostPort))
                let word: String? =
                    if ip == otherIP, host == otherHost {
                        "duplicate"
                    } else if host == 0 || otherHost == 0 {
                        "overlapping"
                    } else if host == otherHost, ip.isEmpty != otherIP.isEmpty {
                        "dangerously ambiguous"
                    } else {
                        nil
                    }
                if let word { add(path, "\(word) port definition with \(other.path.text)") }
            }
            known[key, default: []].append((port, path))
        }
        var names: [String: ErrorPath] = [:]
        for (port, path) in all where !port.text(.name).isEmpty {
            let name = port.text(.name)
            guard let other = names[name]?.text else {
                names[name] = path
                continue
            }
            add(
                path,
                "duplicate port name \(GoSyntax.quote(name)) with \(other), services and probes "
                    + "that select ports by name will use \(other)")
        }
    }

    /// Go's `%+v` of a port.
    private static func goPort(_ port: Value) -> String {
        "{Name:\(port.text(.name)) HostPort:\(port.int(.hostPort)) "
            + "ContainerPort:\(port.int(.containerPort)) Protocol:\(port.text(.protocol)) "
            + "HostIP:\(port.text(.hostIP))}"
    }
}
