import Support
import Value

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

    /// `Term 0:  zone in [a, b]`, further requirements beneath it.
    fileprivate mutating func requirements(
        _ title: String, _ requirements: [Value], level: Int, operator fixed: String? = nil
    ) {
        write(level, "\(title):\t")
        guard !requirements.isEmpty else { return end("<none>") }
        for (index, requirement) in requirements.enumerated() {
            if index > 0 { write(level, "\t") }
            let comparison = fixed ?? requirement[.operator].cellText.lowercased()
            let values = requirement[.values].texts.joined(separator: ", ")
            line(
                0,
                "\(requirement[.key].cellText) \(comparison)"
                    + (values.isEmpty ? "" : " [\(values)]"))
        }
    }
}
