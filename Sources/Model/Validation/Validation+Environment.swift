import Support
import Value

extension Validator {
    /// ValidateEnvFrom. Upstream shows the list, not the entry, where no source is named.
    mutating func environmentSources(_ sources: [Value], _ path: ErrorPath) {
        for (index, source) in sources.enumerated() {
            let prefix = source.text(.prefix)
            if !prefix.isEmpty {
                messages(
                    NameRules.environmentVariable(prefix), prefix, path[index].child("prefix"))
            }
            let kinds = [Key.configMapRef, .secretRef].filter { !source[$0].isNull }
            for kind in kinds {
                let place = path[index].child(kind).child("name")
                let name = source[kind].text(.name)
                if name.isEmpty {
                    add(.required(place))
                } else {
                    let whole = name.hasSuffix("-") ? name.dropLast() + "a" : name
                    messages(NameRules.dns1123Subdomain(String(whole)), name, place)
                }
            }
            if kinds.isEmpty {
                add(.invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"))
            } else if kinds.count > 1 {
                add(.invalid(path, "", "may not have more than one field specified at a time"))
            }
        }
    }

    /// ValidateEnv and validateEnvVarValueFrom.
    mutating func environment(_ variables: [Value], _ path: ErrorPath) {
        for (index, variable) in variables.enumerated() {
            let place = path[index]
            let name = variable.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else {
                messages(NameRules.environmentVariable(name), name, place.child("name"))
            }
            guard case .object = variable[.valueFrom] else { continue }
            let from = place.child("valueFrom")
            let count = references(variable[.valueFrom], from)
            if count == 0 {
                add(
                    .invalid(
                        from, "",
                        "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, "
                            + "`secretKeyRef` or `fileKeyRef`"))
            } else if !variable.text(.value).isEmpty {
                add(.invalid(from, "", "may not be specified when `value` is not empty"))
            } else if count > 1 {
                add(.invalid(from, "", "may not have more than one field specified at a time"))
            }
        }
    }

    /// The sources of one variable. Answers how many there are.
    private mutating func references(_ source: Value, _ path: ErrorPath) -> Int {
        var count = 0
        if !source[.fieldRef].isNull {
            count += 1
            fieldReference(
                source[.fieldRef],
                [
                    "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName",
                    "spec.serviceAccountName", "status.hostIP", "status.hostIPs", "status.podIP",
                    "status.podIPs",
                ], path.child("fieldRef"))
        }
        if !source[.resourceFieldRef].isNull {
            count += 1
            resourceReference(
                source[.resourceFieldRef], namesContainer: false, path.child("resourceFieldRef"))
        }
        for kind in [Key.configMapKeyRef, .secretKeyRef] where !source[kind].isNull {
            count += 1
            let place = path.child(kind)
            let name = source[kind].text(.name)
            messages(NameRules.dns1123Subdomain(name), name, place.child("name"))
            let key = source[kind].text(.key)
            if key.isEmpty {
                add(.required(place.child("key")))
            } else {
                messages(NameRules.configMapKey(key), key, place.child("key"))
            }
        }
        if !source["fileKeyRef"].isNull {
            count += 1
            fileReference(source["fileKeyRef"], path.child("fileKeyRef"))
        }
        return count
    }

    /// validateFileKeySelector.
    private mutating func fileReference(_ file: Value, _ path: ErrorPath) {
        let (key, volume, text) = (file.text(.key), file.text(.volumeName), file.text(.path))
        if key.isEmpty {
            add(.required(path.child("key")))
        } else {
            messages(NameRules.environmentVariable(key), key, path.child("key"))
        }
        if volume.isEmpty {
            add(.required(path.child("volumeName")))
        } else {
            messages(NameRules.dns1123Label(volume), volume, path.child("volumeName"))
        }
        if text.isEmpty {
            add(.required(path.child("path")))
        } else if text.split(separator: "/").contains("..") {
            add(.invalid(path.child("path"), Value(text), "must not contain '..'"))
        }
    }

    /// validateFileKeyRefVolumes: files of variables lie in an emptyDir of the pod.
    mutating func fileReferences(_ spec: Value, _ path: ErrorPath) {
        for list in [Key.initContainers, .containers, .ephemeralContainers] {
            for (index, container) in spec.list(list).enumerated() {
                for (number, variable) in container.list(.env).enumerated() {
                    let file: Value = variable[.valueFrom]["fileKeyRef"]
                    guard !file.isNull else { continue }
                    let name = file.text(.volumeName)
                    let place = path.child(list)[index].child("env")[number].child("valueFrom")
                        .child("fileKeyRef").child("volumeName")
                    let volume = spec.list(.volumes).last { $0.text(.name) == name }
                    if let volume, volume[.emptyDir].isNull {
                        add(
                            .invalid(
                                place, Value(name), "referenced volume must be of type emptyDir"))
                    } else if volume == nil {
                        add(.notFound(place, Value(name)))
                    }
                }
            }
        }
    }

    /// What a pod can say of itself by a field's name; some of it only in volumes, some nowhere.
    private static let labels: Set<String> = [
        "metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace",
        "metadata.uid", "spec.nodeName", "spec.restartPolicy", "spec.serviceAccountName",
        "spec.schedulerName", "status.phase", "status.hostIP", "status.hostIPs", "status.podIP",
        "status.podIPs", "spec.host",
    ]

    /// validateObjectFieldSelector. `metadata.labels['app']` is one label.
    mutating func fieldReference(_ source: Value, _ known: [String], _ path: ErrorPath) {
        let place = path.child("fieldPath")
        let (version, text) = (source.text(.apiVersion), source.text(.fieldPath))
        if version.isEmpty {
            add(.required(path.child("apiVersion")))
            return
        }
        if text.isEmpty {
            add(.required(place))
            return
        }
        func unusable(_ words: String) {
            add(.invalid(place, Value(text), "error converting fieldPath: " + words))
        }
        if version != "v1" { return unusable("unsupported pod version: \(version)") }
        if let (map, key) = Self.subscripted(text) {
            switch map {
            case "metadata.annotations":
                messages(NameRules.qualifiedName(key.lowercased()), key.lowercased(), path)
            case "metadata.labels": messages(NameRules.qualifiedName(key), key, path)
            default: unusable("field label does not support subscript: \(text)")
            }
            return
        }
        if !Self.labels.contains(text) { return unusable("field label not supported: \(text)") }
        let name = text == "spec.host" ? "spec.nodeName" : text
        if !known.contains(name) { add(.notSupported(place, Value(name), known)) }
    }

    /// SplitMaybeSubscriptedPath: `metadata.labels['app']` is `metadata.labels` and `app`.
    private static func subscripted(_ text: String) -> (String, String)? {
        guard text.hasSuffix("']"), let start = text.range(of: "['"),
            start.lowerBound > text.startIndex
        else { return nil }
        return (
            String(text[..<start.lowerBound]), String(text[start.upperBound...].dropLast(2))
        )
    }

    /// validateContainerResourceFieldSelector and validateContainerResourceDivisor.
    mutating func resourceReference(
        _ source: Value, namesContainer: Bool, _ path: ErrorPath
    ) {
        let known = [
            "limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu",
            "requests.ephemeral-storage", "requests.memory",
        ]
        let resource = source.text(.resource)
        let isPages =
            resource.hasPrefix("requests.hugepages-") || resource.hasPrefix("limits.hugepages-")
        if namesContainer, source.text("containerName").isEmpty {
            add(.required(path.child("containerName")))
        } else if resource.isEmpty {
            add(.required(path.child("resource")))
        } else if !known.contains(resource), !isPages {
            add(.notSupported(path.child("resource"), Value(resource), known))
        }
        guard let divisor = Quantity(source[.divisor]), divisor != .zero else { return }
        let sizes = [
            "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei",
        ]
        let words: (values: [String], kind: String)? =
            switch resource {
            case "limits.cpu", "requests.cpu": (["1m", "1"], "cpu")
            case "limits.memory", "requests.memory": (sizes, "memory")
            case "limits.ephemeral-storage", "requests.ephemeral-storage":
                (sizes, "local ephemeral storage")
            default: isPages ? (sizes, "hugepages") : nil
            }
        guard let words, !words.values.contains(divisor.text) else { return }
        let list = words.kind == "cpu" ? "1m and 1" : words.values.joined(separator: ", ")
        add(
            .invalid(
                path.child("divisor"), Value(resource),
                "only divisor's values \(list) are supported with the \(words.kind) resource"))
    }
}
