import Support
import Value

extension Table {
    static let node = Table(
        .name,
        TableColumn("STATUS") { node, _ in
            let ready = node[.status][.conditions].condition("Ready")
            var words: [String]
            if ready.isNull {
                words = ["Unknown"]
            } else {
                words = [ready[.status].string == "True" ? "Ready" : "NotReady"]
            }
            if node[.spec][.unschedulable].bool == true { words.append("SchedulingDisabled") }
            return words.joined(separator: ",")
        },
        TableColumn("ROLES") { node, _ in
            let roles = nodeRoles(node)
            return roles.isEmpty ? "<none>" : roles.joined(separator: ",")
        },
        .age,
        .text("VERSION") { $0[.status][.nodeInfo][.kubeletVersion] },
        .wide("INTERNAL-IP") { node, _ in address(of: node, type: "InternalIP") },
        .wide("EXTERNAL-IP") { node, _ in address(of: node, type: "ExternalIP") },
        .wide("OS-IMAGE") { node, _ in
            node[.status][.nodeInfo][.osImage].cellText(or: "<unknown>")
        },
        .wide("KERNEL-VERSION") { node, _ in
            node[.status][.nodeInfo][.kernelVersion].cellText(or: "<unknown>")
        },
        .wide("CONTAINER-RUNTIME") { node, _ in
            node[.status][.nodeInfo][.containerRuntimeVersion].cellText(or: "<unknown>")
        })

    static let namespace = Table(
        .name,
        .text("STATUS") { $0[.status][.phase] },
        .age)

    static let lease = Table(
        .name,
        .text("HOLDER") { $0[.spec]["holderIdentity"] },
        .age)

    static let componentStatus = Table(
        .name,
        TableColumn("STATUS") { object, _ in
            let healthy = object[.conditions].condition("Healthy")
            if healthy.isNull { return "Unknown" }
            return healthy[.status].string == "True" ? "Healthy" : "Unhealthy"
        },
        .text("MESSAGE") { $0[.conditions].condition("Healthy")[.message] },
        .text("ERROR") { $0[.conditions].condition("Healthy")[.error] })

    static let priorityClass = Table(
        .name,
        .int("VALUE") { $0[.value] },
        TableColumn("GLOBAL-DEFAULT") { object, _ in
            object[.globalDefault].bool == true ? "true" : "false"
        },
        .age,
        .wide("PREEMPTIONPOLICY") { object, _ in object[.preemptionPolicy].cellText })

    static let runtimeClass = Table(
        .name,
        .text("HANDLER") { $0["handler"] },
        .age)

    private static func address(of node: Value, type: String) -> String {
        let address = node[.status][.addresses].elements.first { $0[.type].string == type }
        return address.map { $0[.address].cellText } ?? "<none>"
    }
}
