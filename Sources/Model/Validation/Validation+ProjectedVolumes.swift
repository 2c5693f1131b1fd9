import Support
import Value

extension Validator {
    /// validateProjectedVolumeSource and validateProjectionSources.
    mutating func projected(_ volume: Value, _ path: ErrorPath) {
        fileMode(volume[.defaultMode], path.child("defaultMode"))
        var paths: Set<String> = []
        for (index, source) in volume.list(.sources).enumerated() {
            let place = path.child("sources")[index]
            for kind in [Key.secret, .configMap] where !source[kind].isNull {
                projectedFiles(source[kind], &paths, place.child(kind), volume: path)
            }
            if !source[.downwardAPI].isNull {
                for file in source[.downwardAPI].list(.items) {
                    downwardFile(file, place.child("downwardAPI"))
                    let text = file.text(.path)
                    distinct(text, &paths, shown: text, path)
                }
            }
            serviceAccountToken(source[.serviceAccountToken], place, volume: path)
            trustBundle(source["clusterTrustBundle"], &paths, place, volume: path)
            if source.fields.count > 1 {
                add(.forbidden(place, "may not specify more than 1 volume type per source"))
            }
        }
    }

    private mutating func projectedFiles(
        _ source: Value, _ paths: inout Set<String>, _ path: ErrorPath, volume: ErrorPath
    ) {
        required(source, .name, path)
        for (index, item) in source.list(.items).enumerated() {
            keyToPath(item, path.child("items")[index])
            distinct(item.text(.path), &paths, shown: source.text(.name), volume)
        }
    }

    /// No two sources write one file. Upstream names the source, not the file, of keys.
    private mutating func distinct(
        _ file: String, _ paths: inout Set<String>, shown: String, _ path: ErrorPath
    ) {
        guard !file.isEmpty, !paths.insert(file).inserted else { return }
        add(.invalid(path, Value(shown), "conflicting duplicate paths"))
    }

    /// Upstream looks for the token's path beside the sources.
    private mutating func serviceAccountToken(
        _ token: Value, _ path: ErrorPath, volume: ErrorPath
    ) {
        guard !token.isNull else { return }
        let seconds = token.int(.expirationSeconds)
        let place = path.child("serviceAccountToken").child("expirationSeconds")
        if seconds < 600 {
            add(
                .invalid(place, Value(seconds), "may not specify a duration less than 10 minutes"))
        }
        if seconds > 1 << 32 {
            add(
                .invalid(
                    place, Value(seconds), "may not specify a duration larger than 2^32 seconds"))
        }
        let file = token.text(.path)
        if file.isEmpty {
            add(.required(volume.child("path")))
        } else {
            unreservedPath(file, volume.child("path"))
        }
    }

    private mutating func trustBundle(
        _ bundle: Value, _ paths: inout Set<String>, _ path: ErrorPath, volume: ErrorPath
    ) {
        guard !bundle.isNull else { return }
        let place = path.child("clusterTrustBundle")
        if bundle[.name].isNull, bundle["signerName"].isNull {
            add(.required(place, "either name or signerName must be specified"))
        }
        required(bundle, .path, place)
        let file = bundle.text(.path)
        unreservedPath(file, place.child("path"))
        distinct(file, &paths, shown: file, volume)
    }

    /// validateDownwardAPIVolumeFile.
    mutating func downwardFile(_ file: Value, _ path: ErrorPath) {
        required(file, .path, path)
        unreservedPath(file.text(.path), path.child("path"))
        if !file[.fieldRef].isNull {
            fieldReference(
                file[.fieldRef],
                [
                    "metadata.annotations", "metadata.labels", "metadata.name",
                    "metadata.namespace", "metadata.uid",
                ], path.child("fieldRef"))
            if !file[.resourceFieldRef].isNull {
                add(
                    .invalid(
                        path, "resource",
                        "fieldRef and resourceFieldRef can not be specified simultaneously"))
            }
        } else if !file[.resourceFieldRef].isNull {
            resourceReference(
                file[.resourceFieldRef], namesContainer: true, path.child("resourceFieldRef"))
        } else {
            add(.required(path, "one of fieldRef and resourceFieldRef is required"))
        }
        fileMode(file["mode"], path.child("mode"))
    }
}
