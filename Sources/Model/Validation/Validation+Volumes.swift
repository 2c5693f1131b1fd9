import Support
import Value

extension Validator {
    /// ValidateVolumes. Answers the volumes by name, for the mounts.
    mutating func volumes(_ volumes: [Value], _ path: ErrorPath) -> [String: Value] {
        var known: [String: Value] = [:]
        for (index, volume) in volumes.enumerated() {
            let place = path[index]
            let name = volume.text(.name)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else {
                messages(NameRules.dns1123Label(name), name, place.child("name"))
                if known[name] != nil { add(.duplicate(place.child("name"), Value(name))) }
            }
            let sources = volume.fields.sortedByName.filter { $0.key != .name }
            for source in sources.dropFirst() {
                add(
                    .forbidden(
                        place.child(source.key), "may not specify more than 1 volume type"))
            }
            if let source = sources.first {
                volumeSource(source.key, source.value, place.child(source.key))
            } else {
                add(.required(place, "must specify a volume type"))
            }
            known[name] = volume
        }
        return known
    }

    private mutating func volumeSource(_ kind: Key, _ source: Value, _ path: ErrorPath) {
        switch kind {
        case .configMap:
            if source.text(.name).isEmpty { add(.required(path.child("name"))) }
            files(source, path)
        case .secret:
            if source.text(.secretName).isEmpty { add(.required(path.child("secretName"))) }
            files(source, path)
        case .persistentVolumeClaim:
            if source.text(.claimName).isEmpty { add(.required(path.child("claimName"))) }
        case .hostPath: hostPath(source, path)
        case .emptyDir: nonnegativeQuantity(source[.sizeLimit], path.child("sizeLimit"))
        case .nfs:
            if source.text(.server).isEmpty { add(.required(path.child("server"))) }
            if source.text(.path).isEmpty { add(.required(path.child("path"))) }
        default: break
        }
    }

    private mutating func files(_ source: Value, _ path: ErrorPath) {
        if let mode = source[.defaultMode].int, !(0...0o777).contains(mode) {
            add(
                .invalid(
                    path.child("defaultMode"), Value(mode),
                    "must be a number between 0 and 0777 (octal), both inclusive"))
        }
        for (index, item) in source.list(.items).enumerated() {
            let place = path.child("items")[index]
            if item.text(.key).isEmpty { add(.required(place.child("key"))) }
            if item.text(.path).isEmpty { add(.required(place.child("path"))) }
            localPath(item.text(.path), place.child("path"))
        }
    }

    /// validateHostPathVolumeSource.
    mutating func hostPath(_ source: Value, _ path: ErrorPath) {
        let text = source.text(.path)
        if text.isEmpty {
            add(.required(path.child("path")))
        } else if text.split(separator: "/").contains("..") {
            add(.invalid(path.child("path"), Value(text), "must not contain '..'"))
        }
        let types = [
            "", "BlockDevice", "CharDevice", "Directory", "DirectoryOrCreate", "File",
            "FileOrCreate", "Socket",
        ]
        if let type = source[.type].string, !types.contains(type) {
            add(.notSupported(path.child("type"), Value(type), types))
        }
    }
}
