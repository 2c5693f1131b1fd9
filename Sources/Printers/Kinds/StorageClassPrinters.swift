import Support
import Value

extension KindPrinter {
    static let storageClass = KindPrinter(table: .storageClass, description: .storageClass)
    static let volumeAttributesClass = KindPrinter(
        table: .volumeAttributesClass, description: .volumeAttributesClass)
    static let volumeAttachment = KindPrinter(table: .volumeAttachment)
    static let csiNode = KindPrinter(table: .csiNode, description: .csiNode)
    static let csiDriver = KindPrinter(table: .csiDriver)
    static let csiStorageCapacity = KindPrinter(table: .csiStorageCapacity)
}

extension Table {
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
}

extension Description {
    static let storageClass = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.line(0, "IsDefaultClass:\t\(isDefaultClass(object) ? "Yes" : "No")")
        writer.line(0, "Annotations:\t\(labelsText(object[.metadata][.annotations]))")
        writer.line(0, "Provisioner:\t\(object[.provisioner].cellText)")
        writer.line(0, "Parameters:\t\(labelsText(object[.parameters]))")
        writer.line(
            0, "AllowVolumeExpansion:\t\(object[.allowVolumeExpansion].cellBool(unset: "<unset>"))")
        let options = object[.mountOptions].texts
        writer.line(0, "MountOptions:\(options.isEmpty ? "\t<none>" : "")")
        for option in options { writer.line(1, option) }
        writer.field("ReclaimPolicy", object[.reclaimPolicy])
        writer.field("VolumeBindingMode", object[.volumeBindingMode])
        let topologies = object[.allowedTopologies]
        guard !topologies.isNull else { return }
        writer.write(0, "AllowedTopologies:\t")
        writer.end(topologies.elements.isEmpty ? "<none>" : "")
        for (index, term) in topologies.elements.enumerated() {
            writer.requirements(
                "Term \(index)", term[.matchLabelExpressions].elements, level: 1, operator: "in")
        }
    }

    static let volumeAttributesClass = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.line(0, "Annotations:\t\(labelsText(object[.metadata][.annotations]))")
        writer.line(0, "DriverName:\t\(object["driverName"].cellText)")
        writer.line(0, "Parameters:\t\(labelsText(object[.parameters]))")
    }

    static let csiNode = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.labelsAndAnnotations(object)
        writer.creation(object)
        writer.line(0, "Spec:")
        let drivers = object[.spec]["drivers"]
        guard !drivers.isNull else { return }
        writer.line(1, "Drivers:")
        for driver in drivers.elements {
            writer.line(2, "\(driver[.name].cellText):")
            writer.line(3, "Node ID:\t\(driver["nodeID"].cellText)")
            if let count = driver[.allocatable][.count].int {
                writer.line(3, "Allocatables:")
                writer.line(4, "Count:\t\(count)")
            }
            let keys = driver["topologyKeys"]
            if !keys.isNull { writer.line(3, "Topology Keys:\t\(bracketed(keys))") }
        }
    }
}
