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
            self.container(container, volumes, place)
            unique(container, &names, place)
            lifecycle(container, place)
            probes(container, place)
            if !container[.restartPolicy].isNull {
                add(
                    .forbidden(
                        place.child("restartPolicy"), "may not be set for non-init containers"))
            }
        }
        hostPortConflicts(containers, path.child("containers"))
        for (index, container) in spec.list(.initContainers).enumerated() {
            let place = path.child("initContainers")[index]
            self.container(container, volumes, place)
            unique(container, &names, place)
            initContainer(container, place)
        }
        for (index, container) in spec.list(.ephemeralContainers).enumerated() {
            let place = path.child("ephemeralContainers")[index]
            self.container(container, volumes, place)
            unique(container, &names, place)
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

    /// Init containers have no probes and hooks, unless they are sidecars.
    private mutating func initContainer(_ container: Value, _ place: ErrorPath) {
        if let policy = container[.restartPolicy].string, policy != "Always" {
            add(.notSupported(place.child("restartPolicy"), Value(policy), ["Always"]))
        }
        if container[.restartPolicy] == "Always" {
            lifecycle(container, place)
            probes(container, place)
            return
        }
        for key in [Key.lifecycle, .livenessProbe, .readinessProbe, .startupProbe]
        where !container[key].isNull {
            add(
                .forbidden(
                    place.child(key),
                    "may not be set for init containers without restartPolicy=Always"))
        }
    }

    /// validateContainerCommon.
    private mutating func container(
        _ container: Value, _ volumes: [String: Value], _ path: ErrorPath
    ) {
        let name = container.text(.name)
        if name.isEmpty {
            add(.required(path.child("name")))
        } else {
            messages(NameRules.dns1123Label(name), name, path.child("name"))
        }
        let image = container.text(.image)
        if image.isEmpty {
            add(.required(path.child("image")))
        } else if image.first?.isWhitespace == true || image.last?.isWhitespace == true {
            add(
                .invalid(
                    path.child("image"), Value(image),
                    "must not have leading or trailing whitespace"))
        }
        optionalOneOf(
            container[.terminationMessagePolicy], ["File", "FallbackToLogsOnError"],
            path.child("terminationMessagePolicy"))
        ports(container.list(.ports), path.child("ports"))
        environment(container.list(.env), path.child("env"))
        mounts(container.list(.volumeMounts), volumes, path.child("volumeMounts"))
        oneOf(
            container[.imagePullPolicy], ["Always", "IfNotPresent", "Never"],
            path.child("imagePullPolicy"))
        resources(container[.resources], path.child("resources"))
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

    /// ValidateEnv and validateEnvVarValueFrom.
    private mutating func environment(_ variables: [Value], _ path: ErrorPath) {
        for (index, variable) in variables.enumerated() {
            let place = path[index]
            let name = variable.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else {
                messages(NameRules.environmentVariable(name), name, place.child("name"))
            }
            guard case .object(let source) = variable[.valueFrom] else { continue }
            let from = place.child("valueFrom")
            if source.isEmpty {
                add(
                    .invalid(
                        from, "",
                        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or "
                            + "`secretKeyRef`"))
            } else if source.count > 1 {
                add(.invalid(from, "", "may not have more than one field specified at a time"))
            } else if !variable.text(.value).isEmpty {
                add(.invalid(from, "", "may not be specified when `value` is not empty"))
            }
            reference(variable[.valueFrom], from)
        }
    }

    private mutating func reference(_ source: Value, _ path: ErrorPath) {
        for kind in [Key.configMapKeyRef, .secretKeyRef] where !source[kind].isNull {
            let place = path.child(kind)
            if source[kind].text(.name).isEmpty { add(.required(place.child("name"))) }
            let key = source[kind].text(.key)
            if key.isEmpty {
                add(.required(place.child("key")))
            } else {
                messages(NameRules.configMapKey(key), key, place.child("key"))
            }
        }
        if !source[.fieldRef].isNull, source[.fieldRef].text(.fieldPath).isEmpty {
            add(.required(path.child("fieldRef").child("fieldPath")))
        }
        if !source[.resourceFieldRef].isNull, source[.resourceFieldRef].text(.resource).isEmpty {
            add(.required(path.child("resourceFieldRef").child("resource")))
        }
    }

    /// ValidateVolumeMounts.
    private mutating func mounts(
        _ mounts: [Value], _ volumes: [String: Value], _ path: ErrorPath
    ) {
        var paths: Set<String> = []
        for (index, mount) in mounts.enumerated() {
            let place = path[index]
            let name = mount.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else if volumes[name] == nil {
                add(.notFound(place.child("name"), Value(name)))
            }
            let target = mount.text(.mountPath)
            if target.isEmpty {
                add(.required(place.child("mountPath")))
            } else if !paths.insert(target).inserted {
                add(.invalid(place.child("mountPath"), Value(target), "must be unique"))
            }
            for key in [Key.subPath, .subPathExpr] {
                localPath(mount.text(key), place.child(key))
            }
            if !mount.text(.subPath).isEmpty, !mount.text(.subPathExpr).isEmpty {
                add(
                    .invalid(
                        place.child("subPathExpr"), mount[.subPathExpr],
                        "subPathExpr and subPath are mutually exclusive"))
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

    /// ValidateContainerResourceRequirements.
    mutating func resources(_ resources: Value, _ path: ErrorPath) {
        let limits = resources.map(.limits)
        for list in [Key.limits, .requests] {
            for field in resources[list].fields.sortedByName {
                let name = field.key.name
                let place = path.child(list).key(name)
                messages(NameRules.qualifiedName(name), name, place)
                let standard = ["cpu", "memory", "ephemeral-storage"]
                if !name.contains("/"), !standard.contains(name), !name.hasPrefix("hugepages-") {
                    add(
                        .invalid(
                            place, Value(name),
                            "must be a standard resource type or fully qualified"))
                    add(.invalid(place, Value(name), "must be a standard resource for containers"))
                }
                nonnegativeQuantity(field.value, place)
                if name.contains("/"), let amount = Quantity(field.value), !amount.isInteger {
                    add(.invalid(place, field.value, "must be an integer"))
                }
            }
        }
        for field in resources[.requests].fields.sortedByName {
            guard let request = Quantity(field.value), let limit = Quantity(limits[field.key]),
                request > limit
            else { continue }
            add(
                .invalid(
                    path.child("requests"), Value(request.text),
                    "must be less than or equal to \(field.key.name) limit of \(limit.text)"))
        }
    }
}
