import Support
import Value

extension Table {
    static let persistentVolume = Table(
        .name,
        TableColumn("CAPACITY") { volume, _ in volume[.spec][.capacity][.storage].quantityText },
        TableColumn("ACCESS MODES") { volume, _ in accessModesText(volume[.spec][.accessModes]) },
        .text("RECLAIM POLICY") { $0[.spec][.persistentVolumeReclaimPolicy] },
        TableColumn("STATUS") { volume, _ in phase(volume) },
        TableColumn("CLAIM") { volume, _ in
            let claim = volume[.spec][.claimRef]
            guard !claim.isNull else { return "" }
            return "\(claim[.namespace].cellText)/\(claim[.name].cellText)"
        },
        TableColumn("STORAGECLASS") { volume, _ in storageClassName(volume) },
        .text("VOLUMEATTRIBUTESCLASS", or: "<unset>") { $0[.spec][.volumeAttributesClassName] },
        .text("REASON") { $0[.status][.reason] },
        .age,
        .wide("VOLUMEMODE") { volume, _ in volume[.spec][.volumeMode].cellText(or: "<unset>") })

    static let persistentVolumeClaim = Table(
        .name,
        TableColumn("STATUS") { claim, _ in phase(claim) },
        .text("VOLUME") { $0[.spec][.volumeName] },
        TableColumn("CAPACITY") { claim, _ in
            isBound(claim) ? claim[.status][.capacity][.storage].quantityText : ""
        },
        TableColumn("ACCESS MODES") { claim, _ in
            isBound(claim) ? accessModesText(claim[.status][.accessModes]) : ""
        },
        TableColumn("STORAGECLASS") { claim, _ in storageClassName(claim) },
        .text("VOLUMEATTRIBUTESCLASS", or: "<unset>") { $0[.spec][.volumeAttributesClassName] },
        .age,
        .wide("VOLUMEMODE") { claim, _ in claim[.spec][.volumeMode].cellText(or: "<unset>") })

    static let storageClass = Table(
        TableColumn("NAME", isName: true) { object, _ in
            object.objectName + (isDefaultClass(object) ? " (default)" : "")
        },
        .text("PROVISIONER") { $0[.provisioner] },
        .text("RECLAIMPOLICY", or: "Delete") { $0[.reclaimPolicy] },
        .text("VOLUMEBINDINGMODE", or: "Immediate") { $0[.volumeBindingMode] },
        .text("ALLOWVOLUMEEXPANSION", or: "false") { $0[.allowVolumeExpansion] },
        .age)

    static let volumeAttributesClass = Table(
        .name,
        .text("DRIVERNAME") { $0["driverName"] },
        .age)

    static let volumeAttachment = Table(
        .name,
        .text("ATTACHER") { $0[.spec]["attacher"] },
        .text("PV") { $0[.spec][.source]["persistentVolumeName"] },
        .text("NODE") { $0[.spec][.nodeName] },
        .text("ATTACHED", or: "false") { $0[.status]["attached"] },
        .age)

    static let csiNode = Table(
        .name,
        TableColumn("DRIVERS") { object, _ in String(object[.spec]["drivers"].count) },
        .age)

    static let csiDriver = Table(
        .name,
        .text("ATTACHREQUIRED", or: "true") { $0[.spec]["attachRequired"] },
        .text("PODINFOONMOUNT", or: "false") { $0[.spec]["podInfoOnMount"] },
        .text("STORAGECAPACITY", or: "false") { $0[.spec]["storageCapacity"] },
        TableColumn("TOKENREQUESTS") { object, _ in
            let requests = object[.spec]["tokenRequests"]
            guard !requests.isNull else { return "<unset>" }
            return requests.elements.map { $0[.audience].cellText }.joined(separator: ",")
        },
        .text("REQUIRESREPUBLISH", or: "false") { $0[.spec]["requiresRepublish"] },
        TableColumn("MODES") { object, _ in
            let modes = object[.spec]["volumeLifecycleModes"].texts
            return modes.isEmpty ? "<none>" : modes.joined(separator: ",")
        },
        .age)

    static let csiStorageCapacity = Table(
        .name,
        .text("STORAGECLASSNAME") { $0[.storageClassName] },
        .text("CAPACITY", or: "<unset>") { $0[.capacity] })

    private static func isBound(_ claim: Value) -> Bool {
        !claim[.spec][.volumeName].cellText.isEmpty
    }

    private static func phase(_ object: Value) -> String {
        object[.metadata][.deletionTimestamp].isNull
            ? object[.status][.phase].cellText : "Terminating"
    }
}
