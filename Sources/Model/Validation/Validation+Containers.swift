import Support
import Value

extension Validator {
    /// validateContainers, validateInitContainers and validateEphemeralContainers.
    mutating func containers(_ spec: Value, _ volumes: [String: Value], _ path: ErrorPath) {
        let containers = spec.list(.containers)
        if containers.isEmpty { add(.required(path.child("containers"))) }
        var names: Set<String> = []
        for (index, container) in containers.enumerated() {
            let place = path.child("containers")[index]
            self.container(container, of: spec, volumes, place)
            unique(container, &names, place)
            lifecycle(container, of: spec, place)
            probes(container, place)
            restartRules(container, place)
        }
        hostPortConflicts(containers, path.child("containers"))
        for (index, container) in spec.list(.initContainers).enumerated() {
            let place = path.child("initContainers")[index]
            self.container(container, of: spec, volumes, place)
            restartRules(container, place)
            unique(container, &names, place)
            // They run one after another: their ports conflict with none but their own.
            hostPortConflicts([container], path.child("initContainers"))
            initContainer(container, of: spec, place)
        }
        let targets = names
        for (index, container) in spec.list(.ephemeralContainers).enumerated() {
            let place = path.child("ephemeralContainers")[index]
            self.container(container, of: spec, volumes, place)
            image(container, place)
            unique(container, &names, place)
            ephemeral(container, targets, place)
        }
    }

    /// The fields of containers that ephemeral ones do not have.
    private static let notEphemeral: [Key] = [
        .ports, .resources, .resizePolicy, .restartPolicy, "restartPolicyRules", .livenessProbe,
        .readinessProbe, .startupProbe, .lifecycle,
    ]

    /// The end of validateEphemeralContainers.
    private mutating func ephemeral(
        _ container: Value, _ targets: Set<String>, _ place: ErrorPath
    ) {
        let target = container.text(.targetContainerName)
        if !target.isEmpty, !targets.contains(target) {
            add(.notFound(place.child("targetContainerName"), Value(target)))
        }
        let words = "cannot be set for an Ephemeral Container"
        for key in Self.notEphemeral where container[key].count > 0 {
            add(.forbidden(place.child(key), words))
        }
        for (index, mount) in container.list(.volumeMounts).enumerated() {
            for key in [Key.subPath, .subPathExpr] where !mount.text(key).isEmpty {
                add(.forbidden(place.child("volumeMounts")[index].child(key), words))
            }
        }
    }

    private mutating func unique(
        _ container: Value, _ names: inout Set<String>, _ place: ErrorPath
    ) {
        let name = container.text(.name)
        if !name.isEmpty, !names.insert(name).inserted {
            add(.duplicate(place.child("name"), Value(name)))
        }
    }

    /// validateContainerRestartPolicy (KEP-5307).
    private mutating func restartRules(_ container: Value, _ place: ErrorPath) {
        let rules = container.list("restartPolicyRules")
        if let policy = container[.restartPolicy].string {
            if !["Always", "Never", "OnFailure"].contains(policy) {
                add(
                    .notSupported(
                        place.child("restartPolicy"), Value(policy),
                        ["Always", "Never", "OnFailure"]))
            }
        } else if !rules.isEmpty {
            add(
                .required(
                    place.child("restartPolicy"),
                    "must specify restartPolicy when restart rules are used"))
        }
        if rules.count > 20 { add(.tooMany(place.child("restartPolicyRules"), rules.count, 20)) }
        for (index, rule) in rules.enumerated() {
            let path = place.child("restartPolicyRules")[index]
            if !["Restart", "RestartAllContainers"].contains(rule.text(.action)) {
                add(
                    .notSupported(
                        path.child("action"), Value(rule.text(.action)),
                        ["Restart", "RestartAllContainers"]))
            }
            let codes = rule["exitCodes"]
            guard !codes.isNull else {
                add(.required(path.child("exitCodes"), "must be specified"))
                continue
            }
            if !["In", "NotIn"].contains(codes.text(.operator)) {
                add(
                    .notSupported(
                        path.child("exitCodes").child("operator"), Value(codes.text(.operator)),
                        ["In", "NotIn"]))
            }
            let count = codes.list(.values).count
            if count > 255 {
                add(.tooMany(path.child("exitCodes").child("values"), count, 255))
            }
        }
    }

    /// Init containers have no probes and hooks, unless they are sidecars.
    private mutating func initContainer(
        _ container: Value, of spec: Value, _ place: ErrorPath
    ) {
        if container[.restartPolicy] == "Always" {
            lifecycle(container, of: spec, place)
            probes(container, place)
            return
        }
        defer { restartingResize(container, place) }
        for key in [Key.lifecycle, .livenessProbe, .readinessProbe, .startupProbe]
        where !container[key].isNull {
            add(
                .forbidden(
                    place.child(key),
                    "may not be set for init containers without restartPolicy=Always"))
        }
    }

    /// Who has ended already cannot be restarted to get other resources.
    private mutating func restartingResize(_ container: Value, _ place: ErrorPath) {
        for (index, entry) in container.list(.resizePolicy).enumerated()
        where entry[.restartPolicy] == "RestartContainer" {
            add(
                .invalid(
                    place.child("resizePolicy")[index].child("restartPolicy"), "RestartContainer",
                    "must not be set to 'RestartContainer' for non-sidecar initContainers"))
        }
    }

    /// validateContainerCommon.
    private mutating func container(
        _ container: Value, of spec: Value, _ volumes: [String: Value], _ path: ErrorPath
    ) {
        let name = container.text(.name)
        if name.isEmpty {
            add(.required(path.child("name")))
        } else {
            messages(NameRules.dns1123Label(name), name, path.child("name"))
        }
        if container.text(.image).isEmpty { add(.required(path.child("image"))) }
        optionalOneOf(
            container[.terminationMessagePolicy], ["File", "FallbackToLogsOnError"],
            path.child("terminationMessagePolicy"))
        ports(container.list(.ports), path.child("ports"))
        environment(container.list(.env), path.child("env"))
        environmentSources(container.list(.envFrom), path.child("envFrom"))
        mounts(container, volumes, path.child("volumeMounts"))
        devices(container, volumes, path.child("volumeDevices"))
        oneOf(
            container[.imagePullPolicy], ["Always", "IfNotPresent", "Never"],
            path.child("imagePullPolicy"))
        resources(container[.resources], path.child("resources"))
        resizePolicy(container, spec.text(.restartPolicy), path.child("resizePolicy"))
        securityContext(
            container[.securityContext], path.child("securityContext"),
            hasHostUsers: spec[.hostUsers].bool != false)
    }

    /// validateContainerOnlyForPod: templates may hold what pods may not.
    mutating func image(_ container: Value, _ path: ErrorPath) {
        let image = container.text(.image)
        guard image.first?.isWhitespace == true || image.last?.isWhitespace == true else { return }
        add(
            .invalid(
                path.child("image"), Value(image), "must not have leading or trailing whitespace"))
    }

    /// validateContainerPorts.
    private mutating func ports(_ ports: [Value], _ path: ErrorPath) {
        var names: Set<String> = []
        for (index, port) in ports.enumerated() {
            let place = path[index]
            let name = port.text(.name)
            if !name.isEmpty {
                let problems = NameRules.portName(name)
                messages(problems, name, place.child("name"))
                if problems.isEmpty, !names.insert(name).inserted {
                    add(.duplicate(place.child("name"), Value(name)))
                }
            }
            if port.int(.containerPort) == 0 {
                add(.required(place.child("containerPort")))
            } else {
                portNumber(port[.containerPort], place.child("containerPort"))
            }
            if port.int(.hostPort) != 0 { portNumber(port[.hostPort], place.child("hostPort")) }
            oneOf(port[.protocol], ["SCTP", "TCP", "UDP"], place.child("protocol"))
        }
    }

    mutating func portNumber(_ value: Value, _ path: ErrorPath) {
        for message in NameRules.portNumber(value.int ?? 0) { add(.invalid(path, value, message)) }
    }

    /// checkHostPortConflicts.
    private mutating func hostPortConflicts(_ containers: [Value], _ path: ErrorPath) {
        var seen: Set<String> = []
        for (index, container) in containers.enumerated() {
            for (number, port) in container.list(.ports).enumerated() {
                guard port.int(.hostPort) != 0 else { continue }
                let text = "\(port.text(.protocol))/\(port.text(.hostIP))/\(port.int(.hostPort))"
                if !seen.insert(text).inserted {
                    add(
                        .duplicate(
                            path[index].child("ports")[number].child("hostPort"), Value(text)))
                }
            }
        }
    }

    /// validateLocalDescendingPath: below the volume, never out of it.
    mutating func localPath(_ text: String, _ path: ErrorPath) {
        if text.hasPrefix("/") { add(.invalid(path, Value(text), "must be a relative path")) }
        if text.split(separator: "/").contains("..") {
            add(.invalid(path, Value(text), "must not contain '..'"))
        }
    }
}
