import Model
import Support
import Value

extension KindPrinter {
    static let node = KindPrinter(table: .node, description: .node)
    static let lease = KindPrinter(table: .lease)
    static let runtimeClass = KindPrinter(table: .runtimeClass)
    static let componentStatus = KindPrinter(table: .componentStatus)
}

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
            let info = node[.status][.nodeInfo]
            let architecture = info["architecture"].cellText
            return info[.kernelVersion].cellText(or: "<unknown>")
                + (architecture.isEmpty ? "" : " (\(architecture))")
        },
        .wide("CONTAINER-RUNTIME") { node, _ in
            node[.status][.nodeInfo][.containerRuntimeVersion].cellText(or: "<unknown>")
        })

    private static func address(of node: Value, type: String) -> String {
        let address = node[.status][.addresses].elements.first { $0[.type].string == type }
        return address.map { $0[.address].cellText } ?? "<none>"
    }

    static let lease = Table(
        .name,
        .text("HOLDER") { $0[.spec]["holderIdentity"] },
        .age)

    static let runtimeClass = Table(
        .name,
        .text("HANDLER") { $0["handler"] },
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
}

extension Description {
    static let node = Description { node, context, writer in
        let spec = node[.spec]
        writer.line(0, "Name:\t\(node.objectName)")
        let roles = nodeRoles(node)
        writer.line(0, "Roles:\t\(roles.isEmpty ? "<none>" : roles.joined(separator: ","))")
        writer.labelsAndAnnotations(node)
        writer.creation(node)
        writer.multiline("Taints", taintTexts(spec[.taints].elements))
        writer.line(0, "Unschedulable:\t\(spec[.unschedulable].cellText(or: "false"))")
        writer.nodeLease(of: node, context)
        writer.nodeConditions(node[.status][.conditions].elements)
        writer.line(0, "Addresses:")
        for address in node[.status][.addresses].elements {
            writer.line(1, "\(address[.type].cellText):\t\(address[.address].cellText)")
        }
        writer.amounts("Capacity", node[.status][.capacity])
        writer.amounts("Allocatable", node[.status][.allocatable])
        writer.systemInfo(node[.status][.nodeInfo])
        writer.field("PodCIDR", spec[.podCIDR])
        let ranges = spec[.podCIDRs].texts
        if !ranges.isEmpty { writer.line(0, "PodCIDRs:\t\(ranges.joined(separator: ","))") }
        writer.field("ProviderID", spec[.providerID])
        writer.nodePods(of: node, context)
    }

    /// `key=value:Effect`, ordered by effect and key.
    private static func taintTexts(_ taints: [Value]) -> [String] {
        taints.sortedByText { "\($0[.effect].cellText),\($0[.key].cellText)" }.map { taint in
            let value = taint[.value].cellText
            let effect = taint[.effect].cellText
            let front = taint[.key].cellText + (value.isEmpty ? "" : "=\(value)")
            return effect.isEmpty ? front + (value.isEmpty ? "" : ":") : "\(front):\(effect)"
        }
    }
}

extension DescriptionWriter {
    fileprivate mutating func nodeLease(of node: Value, _ context: DescribeContext) {
        let name = node.objectName
        let lease = context.object(.lease, namespace: "kube-node-lease", name: name)
        guard !lease.isNull else {
            let error = "leases.coordination.k8s.io \"\(name)\" not found"
            return line(0, "Lease:\tFailed to get lease: \(error)")
        }
        line(0, "Lease:")
        line(1, "HolderIdentity:\t\(lease[.spec]["holderIdentity"].cellText(or: "<unset>"))")
        for (title, field) in [("AcquireTime", "acquireTime"), ("RenewTime", "renewTime")] {
            let time = lease[.spec][field]
            line(1, "\(title):\t\(time.isNull ? "<unset>" : longDate(time))")
        }
    }

    fileprivate mutating func nodeConditions(_ conditions: [Value]) {
        guard !conditions.isEmpty else { return }
        line(0, "Conditions:")
        line(1, "Type\tStatus\tLastHeartbeatTime\tLastTransitionTime\tReason\tMessage")
        line(1, "----\t------\t-----------------\t------------------\t------\t-------")
        for condition in conditions {
            line(
                1,
                "\(condition[.type].cellText) \t\(condition[.status].cellText) \t"
                    + "\(longDate(condition[.lastHeartbeatTime])) \t"
                    + "\(longDate(condition[.lastTransitionTime])) \t"
                    + "\(condition[.reason].cellText) \t\(condition[.message].cellText)")
        }
    }

    fileprivate mutating func amounts(_ title: String, _ list: Value) {
        guard !list.fields.isEmpty else { return }
        line(0, "\(title):")
        for resource in list.fields.sortedByName {
            line(1, "\(resource.key.name):\t\(resource.value.quantityText)")
        }
    }

    fileprivate mutating func systemInfo(_ info: Value) {
        line(0, "System Info:")
        for (title, field) in [
            ("Machine ID", Key.machineID), ("System UUID", .systemUUID), ("Boot ID", .bootID),
            ("Kernel Version", .kernelVersion), ("OS Image", .osImage),
            ("Operating System", .operatingSystem), ("Architecture", .architecture),
            ("Container Runtime Version", .containerRuntimeVersion),
            ("Kubelet Version", .kubeletVersion),
        ] {
            line(1, "\(title):\t\(info[field].cellText)")
        }
    }

    /// The pods that still run on the node, and what all of them ask for.
    fileprivate mutating func nodePods(of node: Value, _ context: DescribeContext) {
        let pods = context.pods(in: "").filter { pod in
            pod[.spec][.nodeName].cellText == node.objectName
                && !["Succeeded", "Failed"].contains(pod[.status][.phase].cellText)
        }
        let allocatable = node[.status][.allocatable]
        let capacity = allocatable.fields.isEmpty ? node[.status][.capacity] : allocatable
        line(0, "Non-terminated Pods:\t(\(pods.count) in total)")
        line(
            1, "Namespace\tName\t\tCPU Requests\tCPU Limits\tMemory Requests\tMemory Limits\tAge")
        line(
            1, "---------\t----\t\t------------\t----------\t---------------\t-------------\t---")
        let use = NodeUse(capacity: ResourceList(capacity.fields))
        var totals = (requests: ResourceList(), limits: ResourceList())
        for pod in pods {
            let requests = PodSpecView(pod[.spec]).requests
            let limits = PodSpecView(pod[.spec]).limits
            totals.requests.add(requests)
            totals.limits.add(limits)
            line(
                1,
                "\(pod.objectNamespace)\t\(pod.objectName)\t\t\(use.text(.cpu, requests))\t"
                    + "\(use.text(.cpu, limits))\t\(use.text(.memory, requests))\t"
                    + "\(use.text(.memory, limits))\t"
                    + context.age(pod[.metadata][.creationTimestamp]))
        }
        line(0, "Allocated resources:")
        line(1, "(Total limits may be over 100 percent, i.e., overcommitted.)")
        line(1, "Resource\tRequests\tLimits")
        line(1, "--------\t--------\t------")
        for name in use.percentResources {
            line(
                1,
                "\(name.name)\t\(use.text(name, totals.requests))\t\(use.text(name, totals.limits))"
            )
        }
        for name in use.extendedResources {
            line(1, "\(name.name)\t\(totals.requests[name].text)\t\(totals.limits[name].text)")
        }
    }
}

/// Amounts against what a node has.
private struct NodeUse {
    let capacity: ResourceList

    /// CPU, memory and ephemeral storage, then huge pages of each size.
    var percentResources: [Key] {
        [.cpu, .memory, "ephemeral-storage"] + named { $0.hasPrefix("hugepages-") }
    }

    /// The resources of device plugins.
    var extendedResources: [Key] {
        let standard = ["cpu", "memory", "ephemeral-storage", "pods", "storage"]
        return named { !standard.contains($0) && !$0.hasPrefix("hugepages-") }
    }

    private func named(_ isIncluded: (String) -> Bool) -> [Key] {
        capacity.entries.map(\.name).filter { isIncluded($0.name) }.sortedByText(\.name)
    }

    /// `100m (10%)`, the share cut to whole percents.
    func text(_ name: Key, _ amounts: ResourceList) -> String {
        let amount = amounts[name]
        let total = name == .cpu ? capacity[name].milliValue : capacity[name].value
        let part = name == .cpu ? amount.milliValue : amount.value
        let percent = total == 0 ? 0 : Int64(Double(part) / Double(total) * 100)
        return "\(amount.text) (\(percent)%)"
    }
}
