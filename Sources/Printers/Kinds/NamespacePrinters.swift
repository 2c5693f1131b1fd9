import Support
import Value

extension KindPrinter {
    static let namespace = KindPrinter(table: .namespace, description: .namespace)
    static let resourceQuota = KindPrinter(table: .resourceQuota, description: .resourceQuota)
    static let limitRange = KindPrinter(table: .plain, description: .limitRange)
}

extension Table {
    static let namespace = Table(
        .name,
        .text("STATUS") { $0[.status][.phase] },
        .age)

    static let resourceQuota = Table(
        .name,
        TableColumn("REQUEST") { quota, _ in quotaText(quota, limits: false) },
        TableColumn("LIMIT") { quota, _ in quotaText(quota, limits: true) },
        .age)

    /// `cpu: 1/2, pods: 3/10`: used and hard amounts, by resource name.
    private static func quotaText(_ quota: Value, limits: Bool) -> String {
        let status = quota[.status]
        return status[.hard].fields.sortedByName
            .filter { $0.key.name.hasPrefix("limits.") == limits }
            .map { field in
                let used = status[.used][field.key].quantityText
                return "\(field.key.name): \(used)/\(field.value.quantityText)"
            }
            .joined(separator: ", ")
    }
}

extension Description {
    static let namespace = Description(hasEvents: false) { namespace, context, writer in
        writer.heading(namespace, hasNamespace: false)
        writer.labelsAndAnnotations(namespace)
        writer.line(0, "Status:\t\(namespace[.status][.phase].cellText)")
        writer.namespaceConditions(namespace[.status][.conditions].elements)
        writer.line(0, "")
        writer.quotas(
            context.list(.resourceQuota, namespace.objectName).sortedByText(\.objectName))
        writer.line(0, "")
        writer.limitRanges(context.list(.limitRange, namespace.objectName))
    }

    static let resourceQuota = Description(hasEvents: false) { quota, _, writer in
        writer.heading(quota)
        writer.scopes(of: quota, level: 0, bullet: " * ")
        writer.line(0, "Resource\tUsed\tHard")
        writer.line(0, "--------\t----\t----")
        writer.quotaRows(of: quota, level: 0)
    }

    static let limitRange = Description(hasEvents: false) { range, _, writer in
        writer.heading(range)
        writer.limitHeader(prefix: "")
        writer.limitRows(of: range, prefix: "")
    }
}

extension DescriptionWriter {
    fileprivate mutating func namespaceConditions(_ conditions: [Value]) {
        guard !conditions.isEmpty else { return }
        line(0, "Conditions:")
        line(1, "Type\tStatus\tLastTransitionTime\tReason\tMessage")
        line(1, "----\t------\t------------------\t------\t-------")
        for condition in conditions {
            line(
                1,
                "\(condition[.type].cellText)\t\(condition[.status].cellText)\t"
                    + "\(longDate(condition[.lastTransitionTime]))\t"
                    + "\(condition[.reason].cellText)\t\(condition[.message].cellText)")
        }
    }

    fileprivate mutating func quotas(_ quotas: [Value]) {
        guard !quotas.isEmpty else { return line(0, "No resource quota.") }
        line(0, "Resource Quotas")
        for quota in quotas {
            line(1, "Name:\t\(quota.objectName)")
            scopes(of: quota, level: 1, bullet: "* ")
            line(1, "Resource\tUsed\tHard")
            line(1, "--------\t---\t---")
            quotaRows(of: quota, level: 1)
        }
    }

    fileprivate mutating func scopes(of quota: Value, level: Int, bullet: String) {
        let scopes = quota[.spec][.scopes].texts.sorted(by: goLess)
        guard !scopes.isEmpty else { return }
        line(level, "Scopes:\t\(scopes.joined(separator: ", "))")
        for scope in scopes {
            guard let meaning = Self.scopeMeanings[scope] else { continue }
            line(level, "\(bullet)\(meaning)")
        }
    }

    /// What kubectl says about the scopes of a quota.
    private static let scopeMeanings = [
        "Terminating":
            "Matches all pods that have an active deadline. These pods have a limited lifespan on"
            + " a node before being actively terminated by the system.",
        "NotTerminating":
            "Matches all pods that do not have an active deadline. These pods usually include long"
            + " running pods whose container command is not expected to terminate.",
        "BestEffort":
            "Matches all pods that do not have resource requirements set. These pods have a best"
            + " effort quality of service.",
        "NotBestEffort":
            "Matches all pods that have at least one resource requirement set. These pods have a"
            + " burstable or guaranteed quality of service.",
    ]

    fileprivate mutating func quotaRows(of quota: Value, level: Int) {
        let status = quota[.status]
        for field in status[.hard].fields.sortedByName {
            line(
                level,
                "\(field.key.name)\t\(status[.used][field.key].quantityText)\t"
                    + field.value.quantityText)
        }
    }

    fileprivate mutating func limitRanges(_ ranges: [Value]) {
        guard !ranges.isEmpty else { return line(0, "No LimitRange resource.") }
        line(0, "Resource Limits")
        limitHeader(prefix: " ")
        for range in ranges { limitRows(of: range, prefix: " ") }
    }

    fileprivate mutating func limitHeader(prefix: String) {
        line(
            0,
            "\(prefix)Type\tResource\tMin\tMax\tDefault Request\tDefault Limit"
                + "\tMax Limit/Request Ratio")
        line(
            0,
            "\(prefix)----\t--------\t---\t---\t---------------\t-------------"
                + "\t-----------------------")
    }

    /// One line per type and resource; kubectl's order among the resources of a type is random,
    /// here it is that of their names.
    fileprivate mutating func limitRows(of range: Value, prefix: String) {
        for limit in range[.spec][.limits].elements {
            let lists = [
                limit[.min], limit[.max], limit[.defaultRequest], limit[.default],
                limit[.maxLimitRequestRatio],
            ]
            for name in sortedSet(lists.flatMap { $0.fields.keys.map(\.name) }) {
                let cells = lists.map { $0[name].cellText(or: "-") }.joined(separator: "\t")
                line(0, "\(prefix)\(limit[.type].cellText)\t\(name)\t\(cells)")
            }
        }
    }
}
