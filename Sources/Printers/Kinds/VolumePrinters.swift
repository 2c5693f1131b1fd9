import Support
import Value

extension KindPrinter {
    static let persistentVolume = KindPrinter(
        table: .persistentVolume, description: .persistentVolume)
    static let persistentVolumeClaim = KindPrinter(
        table: .persistentVolumeClaim, description: .persistentVolumeClaim)
}

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

    private static func isBound(_ claim: Value) -> Bool {
        !claim[.spec][.volumeName].cellText.isEmpty
    }

    private static func phase(_ object: Value) -> String {
        object[.metadata][.deletionTimestamp].isNull
            ? object[.status][.phase].cellText : "Terminating"
    }
}

extension Description {
    static let persistentVolume = Description { volume, context, writer in
        let spec = volume[.spec]
        writer.heading(volume, hasNamespace: false)
        writer.labelsAndAnnotations(volume)
        writer.line(0, "Finalizers:\t\(bracketed(volume[.metadata][.finalizers]))")
        writer.line(0, "StorageClass:\t\(storageClassName(volume))")
        writer.phase(of: volume, context)
        let claim = spec[.claimRef]
        let owner = claim.isNull ? "" : "\(claim[.namespace].cellText)/\(claim[.name].cellText)"
        writer.line(0, "Claim:\t\(owner)")
        writer.line(0, "Reclaim Policy:\t\(spec[.persistentVolumeReclaimPolicy].cellText)")
        writer.line(0, "Access Modes:\t\(accessModesText(spec[.accessModes]))")
        writer.field("VolumeMode", spec[.volumeMode])
        writer.line(0, "Capacity:\t\(spec[.capacity][.storage].quantityText)")
        writer.volumeNodeAffinity(spec[.nodeAffinity][.required])
        writer.line(0, "Message:\t\(volume[.status][.message].cellText)")
        writer.line(0, "Source:")
        writer.volumeSource(of: spec, isPersistent: true)
    }

    static let persistentVolumeClaim = Description { claim, context, writer in
        writer.heading(claim)
        writer.claim(claim, context: context, isTemplate: false)
        let users = podsUsing(claim, context.pods(in: claim.objectNamespace))
        writer.multiline("Used By", users.map(\.objectName).sorted(by: goLess))
        let conditions = claim[.status][.conditions].elements
        guard !conditions.isEmpty else { return }
        writer.line(0, "Conditions:")
        writer.line(1, "Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage")
        writer.line(1, "----\t------\t-----------------\t------------------\t------\t-------")
        for condition in conditions {
            writer.line(
                1,
                "\(condition[.type].cellText) \t\(condition[.status].cellText) \t"
                    + "\(longDate(condition[.lastProbeTime])) \t"
                    + "\(longDate(condition[.lastTransitionTime])) \t"
                    + "\(condition[.reason].cellText) \t\(condition[.message].cellText)")
        }
    }

    /// The pods that mount a claim, then those that own it (its ephemeral volume).
    private static func podsUsing(_ claim: Value, _ pods: [Value]) -> [Value] {
        let owners = claim[.metadata][.ownerReferences].elements
            .filter { $0[.kind].string == "Pod" }.map { $0[.uid].cellText }
        return pods.filter { pod in
            owners.contains(pod[.metadata][.uid].cellText)
                || pod[.spec][.volumes].elements.contains {
                    $0[.persistentVolumeClaim][.claimName].string == claim.objectName
                }
        }
    }
}

extension DescriptionWriter {
    /// What a claim and the template of one have in common. A template has neither state nor
    /// finalizers.
    mutating func claim(
        _ claim: Value, context: DescribeContext? = nil, isTemplate: Bool
    ) {
        let spec = claim[.spec]
        line(0, "StorageClass:\t\(storageClassName(claim))")
        if let context { phase(of: claim, context) }
        line(0, "Volume:\t\(spec[.volumeName].cellText)")
        labelsAndAnnotations(claim)
        if !isTemplate { line(0, "Finalizers:\t\(bracketed(claim[.metadata][.finalizers]))") }
        let isBound = !spec[.volumeName].cellText.isEmpty
        let status = claim[.status]
        line(0, "Capacity:\t\(isBound ? status[.capacity][.storage].quantityText : "")")
        line(0, "Access Modes:\t\(isBound ? accessModesText(status[.accessModes]) : "")")
        field("VolumeMode", spec[.volumeMode])
        let source = spec[.dataSource]
        guard !source.isNull else { return }
        line(0, "DataSource:")
        field("APIGroup", source[.apiGroup], level: 1)
        line(1, "Kind:\t\(source[.kind].cellText)")
        line(1, "Name:\t\(source[.name].cellText)")
    }

    /// `Status:  Bound`, or how long the object has been on its way out.
    fileprivate mutating func phase(of object: Value, _ context: DescribeContext) {
        let deletion = object[.metadata][.deletionTimestamp]
        line(
            0,
            deletion.isNull
                ? "Status:\t\(object[.status][.phase].cellText)"
                : "Status:\tTerminating (lasts \(context.age(deletion)))")
    }

    fileprivate mutating func volumeNodeAffinity(_ required: Value) {
        write(0, "Node Affinity:\t")
        guard !required.isNull else { return end("<none>") }
        end()
        write(1, "Required Terms:\t")
        let terms = required[.nodeSelectorTerms].elements
        end(terms.isEmpty ? "<none>" : "")
        for (index, term) in terms.enumerated() {
            requirements("Term \(index)", term[.matchExpressions].elements, level: 2)
        }
    }
}
