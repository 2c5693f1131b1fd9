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
        if let amount = Quantity(capacity[.storage]), amount <= .zero {
            add(
                .invalid(
                    path.child("capacity").key("storage"), Value(amount.text),
                    "must be greater than zero"))
        }
        oneOf(
            spec[.persistentVolumeReclaimPolicy], ["Delete", "Recycle", "Retain"],
            path.child("persistentVolumeReclaimPolicy"))
        volumeSources(spec, path)
        if !spec[.nodeAffinity][.required].isNull {
            nodeSelector(
                spec[.nodeAffinity][.required], path.child("nodeAffinity").child("required"))
        }
        let name = spec.text(.storageClassName)
        if !name.isEmpty {
            messages(NameRules.dns1123Subdomain(name), name, path.child("storageClassName"))
        }
        optionalOneOf(spec[.volumeMode], ["Block", "Filesystem"], path.child("volumeMode"))
    }

    private mutating func volumeSources(_ spec: Value, _ path: ErrorPath) {
        let sources = spec.fields.sortedByName.filter { !Self.plainVolumeKeys.contains($0.key) }
        for source in sources.dropFirst() {
            add(.forbidden(path.child(source.key), "may not specify more than 1 volume type"))
        }
        guard let source = sources.first else {
            add(.required(path, "must specify a volume type"))
            return
        }
        switch source.key {
        case .hostPath:
            hostPath(source.value, path.child("hostPath"))
            if source.value[.path] == "/", spec[.persistentVolumeReclaimPolicy] == "Recycle" {
                add(
                    .forbidden(
                        path.child("persistentVolumeReclaimPolicy"),
                        "may not be 'recycle' for a hostPath mount of '/'"))
            }
        case .local:
            if source.value.text(.path).isEmpty {
                add(.required(path.child("local").child("path")))
            }
            if spec[.nodeAffinity].isNull {
                add(
                    .required(
                        path.child("nodeAffinity"), "Local volume requires node affinity"))
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
        if !old[.nodeAffinity].isNull {
            immutable(
                spec[.nodeAffinity], old[.nodeAffinity], ErrorPath("nodeAffinity"))
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
