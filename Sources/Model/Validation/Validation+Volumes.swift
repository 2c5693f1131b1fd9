import Support
import Value

extension Validator {
    /// ValidateVolumes. Answers the volumes by name, for the mounts: those that are wrong are none.
    mutating func volumes(_ volumes: [Value], ofPod pod: String = "", _ path: ErrorPath)
        -> [String: Value]
    {
        var known: [String: Value] = [:]
        let made = pod.isEmpty ? [] : volumes.filter { !$0[.ephemeral].isNull }
        let claims = Set(made.map { pod + "-" + $0.text(.name) })
        for (index, volume) in volumes.enumerated() {
            let place = path[index]
            let name = volume.text(.name)
            let before = errors.count
            volumeSource(volume, ofPod: pod, place)
            if name.isEmpty {
                add(.required(place.child("name")))
            } else {
                messages(NameRules.dns1123Label(name), name, place.child("name"))
            }
            if known[name] != nil { add(.duplicate(place.child("name"), Value(name))) }
            if errors.count == before { known[name] = volume }
            let claim = volume[.persistentVolumeClaim].text(.claimName)
            if claims.contains(claim) {
                add(
                    .invalid(
                        place.child("persistentVolumeClaim").child("claimName"), Value(claim),
                        "must not reference a PVC that gets created for an ephemeral volume"))
            }
        }
        return known
    }

    /// The sources in upstream's order; the first that is given counts, the others are one too many.
    private static let sources: [Key] = [
        .emptyDir, .hostPath, "gitRepo", "gcePersistentDisk", "awsElasticBlockStore", .secret, .nfs,
        .iscsi, "glusterfs", "flocker", .persistentVolumeClaim, .rbd, "cinder", "cephfs", "quobyte",
        .downwardAPI, "fc", "flexVolume", .configMap, "azureFile", "vsphereVolume",
        "photonPersistentDisk", "portworxVolume", .azureDisk, "storageos", .projected, .scaleIO,
        .csi, .ephemeral, .image,
    ]

    /// Two sources are called otherwise where they are one too many.
    private static let misspelt: [Key: String] = ["cephfs": "cephFS", .downwardAPI: "downwarAPI"]

    /// validateVolumeSource.
    private mutating func volumeSource(_ volume: Value, ofPod pod: String, _ path: ErrorPath) {
        var isTaken = false
        for source in Self.sources where !volume[source].isNull {
            if isTaken {
                add(
                    .forbidden(
                        path.child(Self.misspelt[source] ?? source.name),
                        "may not specify more than 1 volume type"))
                continue
            }
            isTaken = true
            volumeSource(source, volume[source], path.child(source))
            let name = volume.text(.name)
            guard source == .ephemeral, !pod.isEmpty, !name.isEmpty else { continue }
            let claim = pod + "-" + name
            for message in NameRules.dns1123Subdomain(claim) {
                add(
                    .invalid(
                        path.child("name"), Value(name),
                        "PVC name \(GoSyntax.quote(claim)): \(message)"))
            }
        }
        if !isTaken { add(.required(path, "must specify a volume type")) }
    }

    private mutating func volumeSource(_ kind: Key, _ source: Value, _ path: ErrorPath) {
        switch kind {
        case .configMap:
            required(source, .name, path)
            files(source, path)
        case .secret:
            required(source, .secretName, path)
            files(source, path)
        case .persistentVolumeClaim: required(source, .claimName, path)
        case .hostPath: hostPath(source, path)
        case .emptyDir:
            if let amount = Quantity(source[.sizeLimit]), amount < .zero {
                add(
                    .forbidden(
                        path.child("sizeLimit"), "SizeLimit field must be a valid resource quantity"
                    ))
            }
        case .nfs: networkFiles(source, path)
        case "gitRepo":
            required(source, "repository", path)
            localPath(source.text("directory"), path.child("directory"))
        case .downwardAPI:
            fileMode(source[.defaultMode], path.child("defaultMode"))
            for file in source.list(.items) { downwardFile(file, path) }
        case .projected: projected(source, path)
        case .csi: inlineDriver(source, path)
        case .ephemeral: claimTemplate(source[.volumeClaimTemplate], path)
        case .image:
            oneOf(
                source["pullPolicy"], ["Always", "IfNotPresent", "Never"], path.child("pullPolicy"))
        default: break
        }
    }

    /// A text that must be there.
    mutating func required(_ source: Value, _ key: Key, _ path: ErrorPath) {
        if source.text(key).isEmpty { add(.required(path.child(key))) }
    }

    private mutating func files(_ source: Value, _ path: ErrorPath) {
        fileMode(source[.defaultMode], path.child("defaultMode"))
        for (index, item) in source.list(.items).enumerated() {
            keyToPath(item, path.child("items")[index])
        }
    }

    /// validateKeyToPath.
    mutating func keyToPath(_ item: Value, _ path: ErrorPath) {
        required(item, .key, path)
        required(item, .path, path)
        unreservedPath(item.text(.path), path.child("path"))
        fileMode(item["mode"], path.child("mode"))
    }

    mutating func fileMode(_ value: Value, _ path: ErrorPath) {
        guard let mode = value.int, !(0...0o777).contains(mode) else { return }
        add(
            .invalid(
                path, value, "must be a number between 0 and 0777 (octal), both inclusive"))
    }

    /// ValidateLocalNonReservedPath.
    mutating func unreservedPath(_ text: String, _ path: ErrorPath) {
        localPath(text, path)
        if text.hasPrefix(".."), !text.hasPrefix("../") {
            add(.invalid(path, Value(text), "must not start with '..'"))
        }
    }

    /// validateNFSVolumeSource.
    mutating func networkFiles(_ source: Value, _ path: ErrorPath) {
        required(source, .server, path)
        required(source, .path, path)
        let text = source.text(.path)
        if !text.hasPrefix("/") {
            add(.invalid(path.child("path"), Value(text), "must be an absolute path"))
        }
    }

    /// ValidateCSIDriverName.
    mutating func driver(_ source: Value, _ path: ErrorPath) {
        let driver = source.text("driver")
        if driver.isEmpty { return add(.required(path)) }
        if driver.utf8.count > 63 { add(.tooLong(path, 63)) }
        messages(NameRules.dns1123Subdomain(driver.lowercased()), driver, path)
    }

    /// validateCSIVolumeSource.
    private mutating func inlineDriver(_ source: Value, _ path: ErrorPath) {
        driver(source, path.child("driver"))
        let secret: Value = source["nodePublishSecretRef"]
        guard !secret.isNull else { return }
        let name = secret.text(.name)
        if name.isEmpty {
            add(.required(path.child("nodePublishSecretRef").child("name")))
        } else {
            messages(NameRules.dns1123Subdomain(name), name, path.child("name"))
        }
    }

    /// validateEphemeralVolumeSource: a claim of which only labels and annotations may be said.
    private mutating func claimTemplate(_ template: Value, _ path: ErrorPath) {
        let place = path.child("volumeClaimTemplate")
        guard !template.isNull else {
            add(.required(place))
            return
        }
        let meta = template[.metadata]
        annotations(meta[.annotations], place.child("metadata").child("annotations"))
        labels(meta[.labels], place.child("metadata").child("labels"))
        for key in [Key.name, .generateName, .namespace, .uid, .ownerReferences, .finalizers]
        where meta[key].count > 0 {
            add(.forbidden(place.child("metadata").child(key), "cannot be set"))
        }
        claimSpec(template[.spec], place.child("spec"))
    }

    /// validateHostPathVolumeSource.
    mutating func hostPath(_ source: Value, _ path: ErrorPath) {
        let text = source.text(.path)
        if text.isEmpty {
            add(.required(path.child("path")))
            return
        }
        if text.split(separator: "/").contains("..") {
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
