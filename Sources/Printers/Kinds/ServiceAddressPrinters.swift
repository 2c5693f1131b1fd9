import Support
import Value

extension KindPrinter {
    static let ipAddress = KindPrinter(table: .ipAddress, description: .ipAddress)
    static let serviceCIDR = KindPrinter(table: .serviceCIDR, description: .serviceCIDR)
}

extension Table {
    static let ipAddress = Table(
        .name,
        TableColumn("PARENTREF") { object, _ in
            let parent = object[.spec]["parentRef"]
            if parent.isNull { return "<none>" }
            let group = parent[.group].cellText
            let resource = parent[.resource].cellText
            let head = (group.isEmpty ? resource : "\(resource).\(group)").lowercased()
            let namespace = parent[.namespace].cellText
            return head + (namespace.isEmpty ? "" : "/\(namespace)") + "/\(parent[.name].cellText)"
        })

    static let serviceCIDR = Table(
        .name,
        TableColumn("CIDRS") { object, _ in
            object[.spec]["cidrs"].texts.joined(separator: ",")
        },
        .age)
}

extension Description {
    static let ipAddress = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.labelsAndAnnotations(object)
        let parent = object[.spec]["parentRef"]
        guard !parent.isNull else { return }
        writer.line(0, "Parent Reference:")
        writer.line(1, "Group:\t\(parent[.group].cellText)")
        writer.line(1, "Resource:\t\(parent[.resource].cellText)")
        writer.line(1, "Namespace:\t\(parent[.namespace].cellText)")
        writer.line(1, "Name:\t\(parent[.name].cellText)")
    }

    static let serviceCIDR = Description { object, _, writer in
        writer.heading(object, hasNamespace: false)
        writer.labelsAndAnnotations(object)
        writer.line(0, "CIDRs:\t\(object[.spec]["cidrs"].texts.joined(separator: ", "))")
        let conditions = object[.status][.conditions].elements
        guard !conditions.isEmpty else { return }
        writer.line(0, "Status:")
        writer.line(0, "Conditions:")
        writer.line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage")
        writer.line(1, "----\t------\t------------------\t------\t-------")
        for condition in conditions {
            writer.line(
                1,
                "\(condition[.type].cellText)\t\(condition[.status].cellText)\t"
                    + "\(longDate(condition[.lastTransitionTime]))\t"
                    + "\(condition[.reason].cellText)\t\(condition[.message].cellText)")
        }
    }
}
