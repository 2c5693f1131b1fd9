import Model
import Support
import Value

extension Description {
    static let pod = Description { pod, context, writer in
        let spec = pod[.spec]
        writer.podHeading(pod, context)
        writer.podNetwork(pod)
        if !spec[.resources].isNull {
            writer.line(0, "Resources:")
            writer.resources(spec[.resources], level: 1)
        }
        let statuses = pod[.status]
        if !spec[.initContainers].elements.isEmpty {
            writer.containers(
                "Init Containers", spec[.initContainers], statuses[.initContainerStatuses], pod)
        }
        writer.containers("Containers", spec[.containers], statuses[.containerStatuses], pod)
        if !spec[.ephemeralContainers].elements.isEmpty {
            writer.containers(
                "Ephemeral Containers", spec[.ephemeralContainers],
                statuses[.ephemeralContainerStatuses], pod)
        }
        writer.podConditions(pod)
        writer.volumes(spec[.volumes], space: "")
        let quality = statuses[.qosClass].cellText(or: PodSpecView(spec).qosClass)
        writer.line(0, "QoS Class:\t\(quality)")
        writer.labels("Node-Selectors", spec[.nodeSelector])
        writer.tolerations("Tolerations", spec[.tolerations])
        writer.spreadConstraints(spec[.topologySpreadConstraints], space: "")
    }
}

extension DescriptionWriter {
    fileprivate mutating func podHeading(_ pod: Value, _ context: DescribeContext) {
        let spec = pod[.spec]
        let status = pod[.status]
        heading(pod)
        if let priority = spec[.priority].int { line(0, "Priority:\t\(priority)") }
        field("Priority Class Name", spec[.priorityClassName])
        field("Runtime Class Name", spec[.runtimeClassName])
        field("Service Account", spec[.serviceAccountName])
        let node = spec[.nodeName].cellText
        line(0, "Node:\t" + (node.isEmpty ? "<none>" : "\(node)/\(status[.hostIP].cellText)"))
        if !status[.startTime].isNull {
            line(0, "Start Time:\t\(longDate(status[.startTime]))")
        }
        labelsAndAnnotations(pod)
        let phase = status[.phase].cellText
        let deletion = pod[.metadata][.deletionTimestamp]
        if !deletion.isNull, phase != "Failed", phase != "Succeeded" {
            line(0, "Status:\tTerminating (lasts \(context.age(deletion)))")
            let grace = pod[.metadata][.deletionGracePeriodSeconds].cellInt
            line(0, "Termination Grace Period:\t\(grace)s")
        } else {
            line(0, "Status:\t\(phase)")
        }
        field("Reason", status[.reason])
        field("Message", status[.message])
        seccompProfile(spec[.securityContext], level: 0, profileLevel: 0)
    }

    fileprivate mutating func podNetwork(_ pod: Value) {
        let status = pod[.status]
        line(0, "IP:\t\(status[.podIP].cellText)")
        let addresses = status[.podIPs].elements
        if addresses.isEmpty {
            line(0, "IPs:\t<none>")
        } else {
            line(0, "IPs:")
            for address in addresses { line(1, "IP:\t\(address[.ip].cellText)") }
        }
        controlledBy(pod)
        field("NominatedNodeName", status[.nominatedNodeName])
    }

    fileprivate mutating func podConditions(_ pod: Value) {
        let conditions = pod[.status][.conditions]
        let gates = pod[.spec][.readinessGates].elements
        if !gates.isEmpty {
            line(0, "Readiness Gates:")
            line(1, "Type\tStatus")
            for gate in gates {
                let type = gate[.conditionType].cellText
                let condition = conditions.condition(type)
                let status = condition.isNull ? "<none>" : condition[.status].cellText
                line(1, "\(type) \t\(status) ")
            }
        }
        guard !conditions.elements.isEmpty else { return }
        line(0, "Conditions:")
        line(1, "Type\tStatus")
        for condition in conditions.elements {
            line(1, "\(condition[.type].cellText) \t\(condition[.status].cellText) ")
        }
    }

    /// A line for a text that is there; none otherwise.
    mutating func field(_ title: String, _ value: Value, level: Int = 0) {
        let text = value.cellText
        if !text.isEmpty { line(level, "\(title):\t\(text)") }
    }

    /// `Controlled By:  ReplicaSet/web-5d…`.
    mutating func controlledBy(_ object: Value) {
        let owner = object.controllerReference
        guard !owner.isNull else { return }
        line(0, "Controlled By:\t\(owner[.kind].cellText)/\(owner[.name].cellText)")
    }

    mutating func seccompProfile(_ securityContext: Value, level: Int, profileLevel: Int) {
        let profile = securityContext[.seccompProfile]
        guard !profile.isNull else { return }
        line(level, "SeccompProfile:\t\(profile[.type].cellText)")
        if profile[.type].string == "Localhost" {
            line(profileLevel, "LocalhostProfile:\t\(profile["localhostProfile"].cellText)")
        }
    }

    /// `zone:DoNotSchedule when max skew 1 is exceeded for selector app=web`.
    mutating func spreadConstraints(_ constraints: Value, space: String) {
        guard !constraints.elements.isEmpty else { return }
        write(0, "\(space)Topology Spread Constraints:\t")
        let ordered = constraints.elements.sortedByText { $0[.topologyKey].cellText }
        for (index, constraint) in ordered.enumerated() {
            if index > 0 { write(0, "\(space)\t") }
            var text =
                "\(constraint[.topologyKey].cellText):\(constraint[.whenUnsatisfiable].cellText)"
                + " when max skew \(constraint[.maxSkew].cellInt) is exceeded"
            if !constraint[.labelSelector].isNull {
                text += " for selector \(selectorTextOrNone(constraint[.labelSelector]))"
            }
            line(0, text)
        }
    }

    /// The template of a workload's pods.
    mutating func podTemplate(_ template: Value) {
        line(0, "Pod Template:")
        guard !template.isNull else { return write(1, "<unset>") }
        let spec = template[.spec]
        labels("  Labels", template[.metadata][.labels])
        if !template[.metadata][.annotations].fields.isEmpty {
            annotations("  Annotations", template[.metadata][.annotations])
        }
        field("Service Account", spec[.serviceAccountName], level: 1)
        if !spec[.initContainers].elements.isEmpty {
            containers("Init Containers", spec[.initContainers], .null, .null, space: "  ")
        }
        containers("Containers", spec[.containers], .null, .null, space: "  ")
        volumes(spec[.volumes], space: "  ")
        spreadConstraints(spec[.topologySpreadConstraints], space: "  ")
        field("Priority Class Name", spec[.priorityClassName], level: 1)
        labels("  Node-Selectors", spec[.nodeSelector])
        tolerations("  Tolerations", spec[.tolerations])
    }
}
