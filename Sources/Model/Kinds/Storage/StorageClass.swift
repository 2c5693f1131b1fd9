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
                defaults: Defaults.csiDriver,
                object: { $0.csiDriver($1[.spec], ErrorPath("spec")) },
                change: { $0.csiDriverUpdate($1[.spec], $2[.spec], ErrorPath("spec")) },
                warnings: { $0.csiDriver($1, $2) }))
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
        parameters(object[.parameters], ErrorPath("parameters"))
        oneOf(object[.reclaimPolicy], ["Delete", "Retain"], ErrorPath("reclaimPolicy"))
        oneOf(
            object[.volumeBindingMode], ["Immediate", "WaitForFirstConsumer"],
            ErrorPath("volumeBindingMode"))
        topologies(object.list(.allowedTopologies), ErrorPath("allowedTopologies"))
    }

    /// validateParameters.
    private mutating func parameters(_ parameters: Value, _ path: ErrorPath) {
        if parameters.fields.count > 512 { return add(.tooLong(path, 512)) }
        var size = 0
        for field in parameters.fields {
            if field.key.name.isEmpty { add(.invalid(path, "", "field can not be empty.")) }
            size += field.key.name.utf8.count + (field.value.string ?? "").utf8.count
        }
        if size > 256 * 1024 { add(.tooLong(path, 256 * 1024)) }
    }

    /// validateAllowedTopologies.
    private mutating func topologies(_ terms: [Value], _ path: ErrorPath) {
        var known: [[String: Set<String>]] = []
        for (index, term) in terms.enumerated() {
            let list = path[index].child("matchLabelExpressions")
            var labels: [String: Set<String>] = [:]
            for (number, entry) in term.list("matchLabelExpressions").enumerated() {
                let values = entry.list(.values).map { $0.string ?? "" }
                var seen: Set<String> = []
                if values.isEmpty { add(.required(list[number].child("values"))) }
                for (place, value) in values.enumerated() where !seen.insert(value).inserted {
                    add(.duplicate(list[number].child("values")[place], Value(value)))
                }
                let key = entry.text(.key)
                messages(NameRules.qualifiedName(key), key, list[number].child("key"))
                if labels[key] != nil {
                    add(.duplicate(list[number].child("key"), Value(key)))
                }
                labels[key] = seen
            }
            if known.contains(labels) { add(.duplicate(list, "")) }
            known.append(labels)
        }
    }

    /// validateCSIDriverSpec, of what is not filled in.
    mutating func csiDriver(_ spec: Value, _ path: ErrorPath) {
        oneOf(
            spec["fsGroupPolicy"], ["File", "None", "ReadWriteOnceWithFSType"],
            path.child("fsGroupPolicy"))
        var audiences: Set<String> = []
        for (index, request) in spec.list("tokenRequests").enumerated() {
            let place = path.child("tokenRequests")[index]
            let audience = request.text("audience")
            guard audiences.insert(audience).inserted else {
                add(.duplicate(place.child("audience"), Value(audience)))
                continue
            }
            guard let seconds = request[.expirationSeconds].int else { continue }
            let limit: String? =
                seconds < 600
                ? "less than 10 minutes" : seconds > 1 << 32 ? "larger than 2^32 seconds" : nil
            if let limit {
                add(
                    .invalid(
                        place.child("expirationSeconds"), Value(seconds),
                        "may not specify a duration \(limit)"))
            }
        }
        for mode in spec.list("volumeLifecycleModes")
        where mode != "Persistent" && mode != "Ephemeral" {
            add(
                .notSupported(
                    path.child("volumeLifecycleModes"), mode, ["Persistent", "Ephemeral"]))
        }
        if let period = spec["nodeAllocatableUpdatePeriodSeconds"].int, period < 10 {
            add(
                .invalid(
                    path.child("nodeAllocatableUpdatePeriodSeconds"), Value(period),
                    "must be greater than or equal to 10 seconds"))
        }
        if !spec["serviceAccountTokenInSecrets"].isNull, spec.list("tokenRequests").isEmpty {
            add(
                .invalid(
                    path.child("serviceAccountTokenInSecrets"),
                    spec["serviceAccountTokenInSecrets"],
                    "serviceAccountTokenInSecrets is set but no tokenRequests are specified"))
        }
    }

    /// ValidateCSIDriverUpdate, with its paths as they are.
    mutating func csiDriverUpdate(_ spec: Value, _ old: Value, _ path: ErrorPath) {
        immutable(spec["attachRequired"], old["attachRequired"], path.child("attachedRequired"))
        immutable(
            spec["volumeLifecycleModes"], old["volumeLifecycleModes"],
            path.child("volumeLifecycleModes"))
    }

    /// ValidateStorageClassUpdate.
    mutating func storageClassUpdate(_ object: Value, _ old: Value) {
        for key in [Key.parameters, .provisioner, .reclaimPolicy, .volumeBindingMode] {
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
