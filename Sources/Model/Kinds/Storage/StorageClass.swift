import Support
import Value

extension KindDescriptor {
    /// A sort of storage, and who provides it.
    static func storageClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "StorageClass", plural: "storageclasses", shortNames: ["sc"],
            group: "storage.k8s.io", isNamespaced: false,
            rules: KindRules(
                defaults: Defaults.storageClass,
                object: { $0.storageClass($1) }, change: { $0.storageClassUpdate($1, $2) },
                warnings: { warner, object, _ in warner.storageClass(object) }),
            texts: .storageClass)
    }

    /// A driver of storage.
    static func csiDriver(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSIDriver", plural: "csidrivers", group: "storage.k8s.io", isNamespaced: false,
            hasGeneration: true,
            rules: KindRules(
                defaults: Defaults.csiDriver, warnings: { $0.csiDriver($1, $2) }))
    }

    /// The drivers of storage on a node.
    static func csiNode(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSINode", plural: "csinodes", group: "storage.k8s.io", isNamespaced: false)
    }

    /// How much storage of a class is left at some place.
    static func csiStorageCapacity(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "CSIStorageCapacity", plural: "csistoragecapacities", group: "storage.k8s.io")
    }

    /// That a volume is to be attached to a node.
    static func volumeAttachment(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "VolumeAttachment", plural: "volumeattachments", group: "storage.k8s.io",
            isNamespaced: false, subresources: ["status"])
    }

    /// A sort of volumes, which a volume can be changed to while it is used.
    static func volumeAttributesClass(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "VolumeAttributesClass", plural: "volumeattributesclasses",
            shortNames: ["vac"], group: "storage.k8s.io", isNamespaced: false,
            rules: KindRules(
                object: { $0.volumeAttributesClass($1) },
                change: { $0.volumeAttributesClassUpdate($1, $2) }))
    }
}

extension Validator {
    /// ValidateVolumeAttributesClass.
    fileprivate mutating func volumeAttributesClass(_ object: Value) {
        let driver = object.text("driverName")
        let path = ErrorPath("driverName")
        if driver.isEmpty {
            add(.required(path))
        } else {
            if driver.utf8.count > 63 { add(.tooLong(path, 63)) }
            messages(NameRules.dns1123Subdomain(driver.lowercased()), driver, path)
        }
        if object["parameters"].fields.isEmpty {
            add(
                .required(
                    ErrorPath("parameters"), "must contain at least one key/value pair"))
        }
    }

    /// ValidateVolumeAttributesClassUpdate.
    fileprivate mutating func volumeAttributesClassUpdate(_ object: Value, _ old: Value) {
        for (field, name) in [("driverName", "driverName"), ("parameters", "parameters")]
        where object[Key(field)] != old[Key(field)] {
            add(.forbidden(ErrorPath(name), "updates to \(name) are forbidden."))
        }
    }
}

extension Defaults {
    /// SetDefaults_StorageClass.
    static func storageClass(_ value: inout Value) {
        value.fill(.reclaimPolicy, "Delete")
        value.fill(.volumeBindingMode, "Immediate")
    }

    /// SetDefaults_CSIDriver.
    static func csiDriver(_ value: inout Value) {
        value.ifPresent(.spec) { spec in
            spec.fill("attachRequired", true)
            spec.fill("podInfoOnMount", false)
            spec.fill("storageCapacity", false)
            spec.fill("fsGroupPolicy", "ReadWriteOnceWithFSType")
            if spec.list("volumeLifecycleModes").isEmpty {
                spec["volumeLifecycleModes"] = ["Persistent"]
            }
            spec.fill("requiresRepublish", false)
            spec.fill("seLinuxMount", false)
        }
    }
}

extension Validator {
    /// ValidateStorageClass.
    mutating func storageClass(_ object: Value) {
        let provisioner = object.text(.provisioner)
        if provisioner.isEmpty {
            add(.required(ErrorPath("provisioner")))
        } else {
            messages(
                NameRules.qualifiedName(provisioner.lowercased()), provisioner,
                ErrorPath("provisioner"))
        }
        oneOf(object[.reclaimPolicy], ["Delete", "Retain"], ErrorPath("reclaimPolicy"))
        oneOf(
            object[.volumeBindingMode], ["Immediate", "WaitForFirstConsumer"],
            ErrorPath("volumeBindingMode"))
    }

    /// ValidateStorageClassUpdate.
    mutating func storageClassUpdate(_ object: Value, _ old: Value) {
        if object[.parameters] != old[.parameters] {
            add(.forbidden(ErrorPath("parameters"), "updates to parameters are forbidden."))
        }
        for key in [Key.provisioner, .reclaimPolicy, .volumeBindingMode] {
            immutable(object[key], old[key], ErrorPath(key.name))
        }
    }
}

extension KindTexts {
    static let storageClass = KindTexts(
        summaries: #"""
            storage.v1.StorageClass.allowVolumeExpansion Whether claims may grow; false where none
             is given.
            storage.v1.StorageClass.parameters Settings for the provisioner.
            storage.v1.StorageClass.provisioner Who makes volumes of this class.
            storage.v1.StorageClass.reclaimPolicy What becomes of its volumes when their claims are
             deleted; Delete where none is given.
            storage.v1.StorageClass.volumeBindingMode Whether a claim is bound at once (Immediate,
             as where none is given) or when a pod uses it.
            """#,
        values: #"""
            storage.v1.StorageClass.reclaimPolicy Delete Recycle Retain
            storage.v1.StorageClass.volumeBindingMode Immediate WaitForFirstConsumer
            """#)
}
