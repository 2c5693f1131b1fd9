import Support
import Value

extension Validator {
    /// ValidateVolumeMounts. Upstream names no index before a sub-path.
    mutating func mounts(_ container: Value, _ volumes: [String: Value], _ path: ErrorPath) {
        let devices = container.list(.volumeDevices)
        var paths: Set<String> = []
        for (index, mount) in container.list(.volumeMounts).enumerated() {
            let place = path[index]
            let name = mount.text(.name)
            if name.isEmpty { add(.required(place.child("name"))) }
            if volumes[name] == nil { add(.notFound(place.child("name"), Value(name))) }
            let target = mount.text(.mountPath)
            if target.isEmpty { add(.required(place.child("mountPath"))) }
            if !paths.insert(target).inserted {
                add(.invalid(place.child("mountPath"), Value(target), "must be unique"))
            }
            if devices.contains(where: { $0.text(.name) == name }) {
                add(
                    .invalid(
                        place.child("name"), Value(name), "must not already exist in volumeDevices")
                )
            }
            if devices.contains(where: { $0.text(.devicePath) == target }) {
                add(
                    .invalid(
                        place.child("mountPath"), Value(target),
                        "must not already exist as a path in volumeDevices"))
            }
            subPaths(mount, place, path)
            propagation(mount, container, path.child("mountPropagation"))
            recursion(mount, path.child("recursiveReadOnly"))
        }
    }

    private mutating func subPaths(_ mount: Value, _ place: ErrorPath, _ path: ErrorPath) {
        let (plain, expression) = (mount.text(.subPath), mount.text(.subPathExpr))
        if !plain.isEmpty { localPath(plain, path.child("subPath")) }
        guard !expression.isEmpty else { return }
        if !plain.isEmpty {
            add(
                .invalid(
                    place.child("subPathExpr"), mount[.subPathExpr],
                    "subPathExpr and subPath are mutually exclusive"))
        }
        localPath(expression, path.child("subPathExpr"))
    }

    /// validateMountPropagation.
    private mutating func propagation(_ mount: Value, _ container: Value, _ path: ErrorPath) {
        let mode = mount[.mountPropagation]
        guard !mode.isNull else { return }
        optionalOneOf(mode, ["Bidirectional", "HostToContainer", "None"], path)
        if mode == "Bidirectional", !container[.securityContext].flag(.privileged) {
            add(
                .forbidden(
                    path,
                    "Bidirectional mount propagation is available only to privileged "
                        + "containers"))
        }
    }

    /// validateMountRecursiveReadOnly.
    private mutating func recursion(_ mount: Value, _ path: ErrorPath) {
        let mode: Value = mount["recursiveReadOnly"]
        guard !mode.isNull else { return }
        switch mode.string ?? "" {
        case "Disabled": break
        case "Enabled", "IfPossible":
            if !mount.flag(.readOnly) {
                add(.forbidden(path, "may only be specified when readOnly is true"))
            }
            let propagation = mount[.mountPropagation]
            if !propagation.isNull, propagation != "None" {
                add(
                    .forbidden(
                        path,
                        "may only be specified when mountPropagation is None or not specified"))
            }
        case let other:
            add(.notSupported(path, Value(other), ["Disabled", "Enabled", "IfPossible"]))
        }
    }

    /// ValidateVolumeDevices.
    mutating func devices(_ container: Value, _ volumes: [String: Value], _ path: ErrorPath) {
        let mounts = container.list(.volumeMounts)
        var (names, paths): (Set<String>, Set<String>) = ([], [])
        for (index, device) in container.list(.volumeDevices).enumerated() {
            let (place, namePath) = (path[index], path[index].child("name"))
            let (name, target) = (device.text(.name), device.text(.devicePath))
            let devicePath = place.child("devicePath")
            if name.isEmpty { add(.required(namePath)) }
            if names.contains(name) { add(.invalid(namePath, Value(name), "must be unique")) }
            if let volume = volumes[name] {
                if volume[.persistentVolumeClaim].isNull, volume[.ephemeral].isNull {
                    add(
                        .invalid(
                            namePath, Value(name),
                            "can only use volume source type of PersistentVolumeClaim or Ephemeral "
                                + "for block mode"))
                }
            } else {
                add(.notFound(namePath, Value(name)))
            }
            if target.isEmpty { add(.required(devicePath)) }
            if paths.contains(target) {
                add(.invalid(devicePath, Value(target), "must be unique"))
            }
            if target.split(separator: "/").contains("..") {
                add(.invalid(devicePath, Value(target), "can not contain backsteps ('..')"))
            } else {
                paths.insert(target)
            }
            if mounts.contains(where: { $0.text(.name) == name }) {
                add(.invalid(namePath, Value(name), "must not already exist in volumeMounts"))
            }
            if mounts.contains(where: { $0.text(.mountPath) == target }) {
                add(
                    .invalid(
                        devicePath, Value(target),
                        "must not already exist as a path in volumeMounts"))
            }
            if !name.isEmpty { names.insert(name) }
        }
    }
}
