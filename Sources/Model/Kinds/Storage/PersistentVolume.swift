import Support
import Value

extension KindDescriptor {
    /// A piece of storage.
    static func persistentVolume(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PersistentVolume", plural: "persistentvolumes", shortNames: ["pv"], group: "",
            isNamespaced: false, subresources: ["status"],
            rules: KindRules(
                defaults: Defaults.persistentVolume,
                object: { $0.persistentVolumeSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.persistentVolumeUpdate($1[.spec], $2[.spec]) },
                warnings: { warner, volume, _ in warner.persistentVolume(volume) }),
            texts: .persistentVolume)
    }

    /// A wish for storage.
    static func persistentVolumeClaim(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PersistentVolumeClaim", plural: "persistentvolumeclaims", shortNames: ["pvc"],
            group: "", subresources: ["status"],
            rules: KindRules(
                defaults: Defaults.persistentVolumeClaim,
                object: { $0.claimSpec($1[.spec], ErrorPath("spec")) },
                change: { $0.claimUpdate($1, $2, ErrorPath("spec")) },
                warnings: { warner, claim, _ in warner.claim(claim) }),
            texts: .persistentVolumeClaim)
    }
}

extension Defaults {
    /// SetDefaults_PersistentVolume.
    static func persistentVolume(_ value: inout Value) {
        value[.status].fill(.phase, "Pending")
        value.ifPresent(.spec) { spec in
            spec.ifPresent(.capacity) { amounts(&$0) }
            spec.fill(.persistentVolumeReclaimPolicy, "Retain")
            spec.fill(.volumeMode, "Filesystem")
            spec.ifPresent(.hostPath) { $0.fill(.type, "") }
            remoteSources(&spec)
        }
    }

    /// SetDefaults_PersistentVolumeClaim.
    static func persistentVolumeClaim(_ value: inout Value) {
        value[.status].fill(.phase, "Pending")
        value.ifPresent(.spec) { spec in
            spec.fill(.volumeMode, "Filesystem")
            resources(&spec)
        }
    }
}

extension Validator {
    private static let accessModes = [
        "ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod",
    ]

    /// Fields of a volume's spec that are no source.
    private static let plainVolumeKeys: Set<Key> = [
        .accessModes, .capacity, .claimRef, .mountOptions, .nodeAffinity,
        .persistentVolumeReclaimPolicy, .storageClassName, .volumeAttributesClassName, .volumeMode,
    ]

    /// ValidatePersistentVolumeSpec.
    mutating func persistentVolumeSpec(_ spec: Value, _ path: ErrorPath) {
        let modes = spec.list(.accessModes)
        if modes.isEmpty { add(.required(path.child("accessModes"))) }
        accessModes(modes, path.child("accessModes"))
        let capacity = spec.map(.capacity)
        if capacity.isEmpty { add(.required(path.child("capacity"))) }
        if !capacity.contains(.storage) || capacity.count > 1 {
            add(
                .notSupported(
                    path.child("capacity"), capacity.isEmpty ? .null : .object(capacity),
                    ["storage"]))
        }
        for field in capacity.sortedByName {
            guard let amount = Quantity(field.value), amount <= .zero else { continue }
            let place = path.child("capacity").key(field.key.name)
            if amount < .zero {
                add(
                    .invalid(
                        place, Value(amount.text), "must be a valid resource quantity"))
            }
            add(.invalid(place, Value(amount.text), "must be greater than zero"))
        }
        oneOf(
            spec[.persistentVolumeReclaimPolicy], ["Delete", "Recycle", "Retain"],
            path.child("persistentVolumeReclaimPolicy"))
        if !spec[.nodeAffinity].isNull {
            let place = path.child("nodeAffinity").child("required")
            if spec[.nodeAffinity][.required].isNull {
                add(.required(place, "must specify required node constraints"))
            } else {
                nodeSelector(spec[.nodeAffinity][.required], place)
            }
        }
        volumeSources(spec, path)
        let name = spec.text(.storageClassName)
        if !name.isEmpty {
            messages(NameRules.dns1123Subdomain(name), name, path.child("storageClassName"))
        }
        optionalOneOf(spec[.volumeMode], ["Block", "Filesystem"], path.child("volumeMode"))
        guard let attributes = spec[.volumeAttributesClassName].string else { return }
        let place = path.child("volumeAttributesClassName")
        if attributes.isEmpty {
            add(.required(place, "an empty string is disallowed"))
        } else {
            messages(NameRules.dns1123Subdomain(attributes), attributes, place)
        }
        if spec[.csi].isNull {
            add(
                .required(
                    path.child("csi"),
                    "has to be specified when using volumeAttributesClassName"))
        }
    }

    /// The sources of a volume in upstream's order.
    private static let volumeSources: [Key] = [
        .hostPath, "gcePersistentDisk", "awsElasticBlockStore", "glusterfs", "flocker", .nfs, .rbd,
        "quobyte", "cephfs", .iscsi, "cinder", "fc", "flexVolume", "azureFile", "vsphereVolume",
        "photonPersistentDisk", "portworxVolume", .azureDisk, .scaleIO, .local, "storageos", .csi,
    ]

    private mutating func volumeSources(_ spec: Value, _ path: ErrorPath) {
        var isTaken = false
        for source in Self.volumeSources where !spec[source].isNull {
            if isTaken, source != "flexVolume" {
                let name = source == "cephfs" ? "cephFS" : source.name
                add(.forbidden(path.child(name), "may not specify more than 1 volume type"))
            } else {
                isTaken = true
                volumeSource(source, spec, path.child(source))
            }
        }
        if !isTaken { add(.required(path, "must specify a volume type")) }
        if spec[.hostPath][.path] == "/", spec[.persistentVolumeReclaimPolicy] == "Recycle" {
            add(
                .forbidden(
                    path.child("persistentVolumeReclaimPolicy"),
                    "may not be 'recycle' for a hostPath mount of '/'"))
        }
    }

    private mutating func volumeSource(_ kind: Key, _ spec: Value, _ path: ErrorPath) {
        let source = spec[kind]
        switch kind {
        case .hostPath: hostPath(source, path)
        case .nfs: networkFiles(source, path)
        case .csi:
            driver(source, path.child("driver"))
            required(source, "volumeHandle", path)
        case .local:
            let text = source.text(.path)
            required(source, .path, path)
            if text.split(separator: "/").contains("..") {
                add(.invalid(path.child("path"), Value(text), "must not contain '..'"))
            }
            if spec[.nodeAffinity].isNull {
                add(
                    .required(
                        ErrorPath("spec").child("nodeAffinity"),
                        "Local volume requires node affinity"))
            }
        default: break
        }
    }

    /// ValidatePersistentVolumeUpdate.
    mutating func persistentVolumeUpdate(_ spec: Value, _ old: Value) {
        func sources(_ spec: Value) -> [Field] {
            spec.fields.sortedByName.filter { !Self.plainVolumeKeys.contains($0.key) }
        }
        let (new, before) = (sources(spec), sources(old))
        if new.map(\.key) != before.map(\.key) || new.map(\.value) != before.map(\.value) {
            add(
                .forbidden(
                    ErrorPath("spec").child("persistentvolumesource"),
                    "spec.persistentvolumesource is immutable after creation\n"
                        + InternalForm.difference(old, spec, as: "PersistentVolumeSource")))
        }
        immutable(spec[.volumeMode], old[.volumeMode], ErrorPath("volumeMode"))
        if !old[.nodeAffinity].isNull, spec[.nodeAffinity] != old[.nodeAffinity] {
            add(
                .invalid(
                    ErrorPath("nodeAffinity"),
                    json: spec[.nodeAffinity].isNull
                        ? "null"
                        : InternalForm.json(spec[.nodeAffinity], as: "VolumeNodeAffinity"),
                    "field is immutable, except for updating from beta label to GA"))
        }
    }

    /// ValidatePersistentVolumeClaimSpec.
    mutating func claimSpec(_ spec: Value, _ path: ErrorPath) {
        let modes = spec.list(.accessModes)
        if modes.isEmpty {
            add(.required(path.child("accessModes"), "at least 1 access mode is required"))
        }
        labelSelector(spec[.selector], path.child("selector"))
        accessModes(modes, path.child("accessModes"))
        let place = path.child("resources").key("storage")
        if let amount = Quantity(spec[.resources][.requests][.storage]) {
            if amount <= .zero {
                add(.invalid(place, Value(amount.text), "must be greater than zero"))
            }
        } else {
            add(.required(place))
        }
        if let name = spec[.storageClassName].string, !name.isEmpty {
            messages(NameRules.dns1123Subdomain(name), name, path.child("storageClassName"))
        }
        optionalOneOf(spec[.volumeMode], ["Block", "Filesystem"], path.child("volumeMode"))
        dataSources(spec, path)
        if let name = spec[.volumeAttributesClassName].string, !name.isEmpty {
            messages(
                NameRules.dns1123Subdomain(name), name, path.child("volumeAttributesClassName"))
        }
    }

    private mutating func accessModes(_ modes: [Value], _ path: ErrorPath) {
        for mode in modes where !Self.accessModes.contains(mode.string ?? "") {
            add(.notSupported(path, mode, Self.accessModes))
        }
        let known = Set(modes.compactMap(\.string)).intersection(Self.accessModes)
        if known.contains("ReadWriteOncePod"), known.count > 1 {
            add(.forbidden(path, "may not use ReadWriteOncePod with other access modes"))
        }
    }

    /// validateDataSource, validateDataSourceRef and what they have to do with each other.
    private mutating func dataSources(_ spec: Value, _ path: ErrorPath) {
        let (source, reference) = (spec[.dataSource], spec[.dataSourceRef])
        for key in [Key.dataSource, .dataSourceRef] where !spec[key].isNull {
            dataSource(spec[key], path.child(key))
        }
        guard !source.isNull, !reference.isNull else { return }
        if !reference.text(.namespace).isEmpty {
            add(
                .invalid(
                    path, Value(path.child("dataSource").text),
                    "may not be specified when dataSourceRef.namespace is specified"))
        } else if [Key.apiGroup, .kind, .name].contains(where: { source[$0] != reference[$0] }) {
            add(
                .invalid(path, Value(path.child("dataSource").text), "must match dataSourceRef"))
        }
    }

    private mutating func dataSource(_ source: Value, _ path: ErrorPath) {
        for key in [Key.name, .kind] where source.text(key).isEmpty {
            add(.required(path.child(key)))
        }
        let (group, kind) = (source.text(.apiGroup), source.text(.kind))
        if group.isEmpty, kind != "PersistentVolumeClaim" {
            add(
                .invalid(
                    path, Value(kind),
                    "must be 'PersistentVolumeClaim' when referencing the default apiGroup"))
        }
        if !group.isEmpty {
            messages(NameRules.dns1123Subdomain(group), group, path.child("apiGroup"))
        }
        let namespace = source.text(.namespace)
        if !namespace.isEmpty {
            messages(NameRules.dns1123Label(namespace), namespace, path.child("namespace"))
        }
    }

    /// ValidatePersistentVolumeClaimUpdate.
    mutating func claimUpdate(_ object: Value, _ old: Value, _ path: ErrorPath) {
        let before = old[.spec]
        var spec = object[.spec]
        let size = Quantity(spec[.resources][.requests][.storage])
        // Binding sets the volume; the default class may be set later (KEP-3333).
        if before[.volumeName].isNull { spec[.volumeName] = nil }
        if before[.storageClassName].isNull { spec[.storageClassName] = nil }
        if old[.status][.phase] == "Bound" {
            spec[.resources][.requests] = before[.resources][.requests]
            spec[.volumeAttributesClassName] = before[.volumeAttributesClassName]
        }
        if spec != before {
            add(
                .forbidden(
                    path,
                    "spec is immutable after creation except resources.requests and "
                        + "volumeAttributesClassName for bound claims\n"
                        + InternalForm.difference(before, spec, as: "PersistentVolumeClaimSpec")))
        }
        // Less than was asked for before is allowed as long as it is more than there is: that is how a
        // growth that failed is taken back (KEP-1790).
        let asked = Quantity(before[.resources][.requests][.storage])
        let held = Quantity(old[.status][.capacity][.storage]) ?? .zero
        if let size, let asked, size < asked, size <= held {
            add(
                .forbidden(
                    path.child("resources").child("requests").child("storage"),
                    "field can not be less than status.capacity"))
        }
        immutable(object[.spec][.volumeMode], before[.volumeMode], ErrorPath("volumeMode"))
    }
}

extension KindTexts {
    static let persistentVolumeClaim = KindTexts(
        summaries: #"""
            PersistentVolumeClaimSpec.accessModes How it shall be mountable, such as
             [ReadWriteOnce]; or ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.
            PersistentVolumeClaimSpec.resources How much it asks for; may grow where the class
             allows it.
            PersistentVolumeClaimSpec.selector Labels that the volume must have.
            PersistentVolumeClaimSpec.storageClassName The class; the default one where none is
             given, no class where it is empty.
            PersistentVolumeClaimSpec.volumeMode Filesystem or Block, a bare device; Filesystem
             where none is given.
            PersistentVolumeClaimSpec.volumeName The volume it is bound to.
            PersistentVolumeClaimStatus.accessModes How the bound volume is mountable.
            PersistentVolumeClaimStatus.capacity How much the bound volume holds.
            PersistentVolumeClaimStatus.phase Whether it waits, is bound, or has lost its volume.
            """#,
        values: #"""
            PersistentVolumeClaimSpec.accessModes ReadOnlyMany ReadWriteMany ReadWriteOnce
             ReadWriteOncePod
            PersistentVolumeClaimSpec.volumeMode Block Filesystem
            PersistentVolumeClaimStatus.phase Bound Lost Pending
            """#)

    static let persistentVolume = KindTexts(
        summaries: #"""
            PersistentVolumeSpec.accessModes How it is mountable, such as [ReadWriteOnce]; or
             ReadOnlyMany, ReadWriteMany, ReadWriteOncePod.
            PersistentVolumeSpec.capacity How much it holds, such as storage: 10Gi.
            PersistentVolumeSpec.claimRef The claim it is bound to or kept for.
            PersistentVolumeSpec.nodeAffinity The nodes that can reach it.
            PersistentVolumeSpec.persistentVolumeReclaimPolicy What becomes of it when its claim is
             deleted; Retain where none is given.
            PersistentVolumeSpec.storageClassName The class it belongs to.
            PersistentVolumeSpec.volumeMode Filesystem or Block, a bare device; Filesystem where
             none is given.
            PersistentVolumeStatus.phase Whether it is available, bound, released or failed.
            """#,
        values: #"""
            PersistentVolumeSpec.accessModes ReadOnlyMany ReadWriteMany ReadWriteOnce
             ReadWriteOncePod
            PersistentVolumeSpec.persistentVolumeReclaimPolicy Delete Recycle Retain
            PersistentVolumeSpec.volumeMode Block Filesystem
            PersistentVolumeStatus.phase Available Bound Failed Pending Released
            """#)
}
