import Support
import Value

extension Validator {
    /// validateOS, validateLinux and validateWindows: what the other system has may not be asked for.
    mutating func operatingSystem(_ spec: Value, _ path: ErrorPath) {
        let os = spec[.os]
        guard !os.isNull else { return }
        switch os.text(.name) {
        case "": add(.required(path.child("os").child("name")))
        case "linux":
            forbidWindows(spec[.securityContext], path.child("securityContext"))
            eachContainer(spec, path) { $0.forbidWindows($1, $2) }
        case "windows": windows(spec, path)
        case let other:
            add(.notSupported(path.child("os"), Value(other), ["linux", "windows"]))
        }
    }

    private mutating func forbidWindows(_ context: Value, _ path: ErrorPath) {
        if context[.windowsOptions].isNull { return }
        add(
            .forbidden(
                path.child("windowsOptions"), "windows options cannot be set for a linux pod"))
    }

    /// What a pod of Windows has not, the fields of the pod among those of its security context, in
    /// upstream's order.
    private static let notOfPods: [(key: Key, isOfPod: Bool)] = [
        (.appArmorProfile, false), (.seLinuxOptions, false), (.hostUsers, true), (.hostPID, true),
        (.hostIPC, true), (.seccompProfile, false), (.fsGroup, false),
        (.fsGroupChangePolicy, false), (.sysctls, false), (.shareProcessNamespace, true),
        (.runAsUser, false), (.runAsGroup, false), (.supplementalGroups, false),
        (.supplementalGroupsPolicy, false), ("seLinuxChangePolicy", false),
    ]

    private static let notOfContainers: [Key] = [
        .appArmorProfile, .seLinuxOptions, .seccompProfile, .capabilities,
        .readOnlyRootFilesystem, .privileged, .allowPrivilegeEscalation, .procMount, .runAsUser,
        .runAsGroup,
    ]

    private mutating func windows(_ spec: Value, _ path: ErrorPath) {
        let words = "cannot be set for a windows pod"
        let place = path.child("securityContext")
        for (key, isOfPod) in Self.notOfPods {
            let value = isOfPod ? spec[key] : spec[.securityContext][key]
            // Of the host's namespaces only a yes is something that was set.
            if value.isNull || (key == .hostPID || key == .hostIPC) && value == false { continue }
            if key == .sysctls, value.elements.isEmpty { continue }
            add(.forbidden(isOfPod ? path.child(key) : place.child(key), words))
        }
        eachContainer(spec, path) { validator, context, path in
            for key in Self.notOfContainers where !context[key].isNull {
                validator.add(.forbidden(path.child(key), words))
            }
        }
    }

    /// The security contexts of all containers, in upstream's order.
    private mutating func eachContainer(
        _ spec: Value, _ path: ErrorPath, _ check: (inout Validator, Value, ErrorPath) -> Void
    ) {
        for list in [Key.initContainers, .containers, .ephemeralContainers] {
            for (index, container) in spec.list(list).enumerated() {
                check(
                    &self, container[.securityContext],
                    path.child(list)[index].child("securityContext"))
            }
        }
    }
}
