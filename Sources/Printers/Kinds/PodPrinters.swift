import Model
import Support
import Value

extension KindPrinter {
    static let pod = KindPrinter(table: .pod, description: .pod)
    static let podTemplate = KindPrinter(table: .podTemplate)
}

extension Table {
    static let pod = Table(
        .name,
        TableColumn("READY") { pod, _ in
            let summary = PodStatusSummary(pod)
            return "\(summary.readyContainers)/\(summary.totalContainers)"
        },
        TableColumn("STATUS") { pod, _ in PodStatusSummary(pod).reason },
        TableColumn("RESTARTS") { pod, context in
            let summary = PodStatusSummary(pod)
            guard summary.restarts != 0, !summary.lastRestart.isNull else {
                return String(summary.restarts)
            }
            return "\(summary.restarts) (\(context.age(summary.lastRestart)) ago)"
        },
        .age,
        .wide("IP") { pod, _ in pod[.status][.podIPs][0][.ip].cellText(or: "<none>") },
        .wide("NODE") { pod, _ in pod[.spec][.nodeName].cellText(or: "<none>") },
        .wide("NOMINATED NODE") { pod, _ in
            pod[.status][.nominatedNodeName].cellText(or: "<none>")
        },
        .wide("READINESS GATES") { pod, _ in
            let gates = pod[.spec][.readinessGates].elements
            guard !gates.isEmpty else { return "<none>" }
            let open = gates.count {
                pod[.status][.conditions].isConditionTrue($0[.conditionType].cellText)
            }
            return "\(open)/\(gates.count)"
        })

    static let podTemplate = Table(
        .name,
        TableColumn("CONTAINERS") { object, _ in containerNames(object[.template]) },
        TableColumn("IMAGES") { object, _ in containerImages(object[.template]) },
        TableColumn("POD LABELS") { object, _ in
            labelsText(object[.template][.metadata][.labels])
        })
}

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
}
