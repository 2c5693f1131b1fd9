import Support
import Value

extension Table {
    static let configMap = Table(
        .name,
        TableColumn("DATA") { object, _ in
            String(object[.data].count + object[.binaryData].count)
        },
        .age)

    static let secret = Table(
        .name,
        .text("TYPE") { $0[.type] },
        TableColumn("DATA") { object, _ in String(object[.data].count) },
        .age)

    static let serviceAccount = Table(
        .name,
        TableColumn("SECRETS") { object, _ in String(object[.secrets].count) },
        .age)

    static let resourceQuota = Table(
        .name,
        .age,
        TableColumn("REQUEST") { quota, _ in quotaText(quota, limits: false) },
        TableColumn("LIMIT") { quota, _ in quotaText(quota, limits: true) })

    static let podDisruptionBudget = Table(
        .name,
        .text("MIN AVAILABLE", or: "N/A") { $0[.spec][.minAvailable] },
        .text("MAX UNAVAILABLE", or: "N/A") { $0[.spec][.maxUnavailable] },
        .int("ALLOWED DISRUPTIONS") { $0[.status][.disruptionsAllowed] },
        .age)

    static let horizontalPodAutoscaler = Table(
        .name,
        TableColumn("REFERENCE") { object, _ in
            let target = object[.spec][.scaleTargetRef]
            return "\(target[.kind].cellText)/\(target[.name].cellText)"
        },
        TableColumn("TARGETS") { object, _ in autoscalerTargets(object) },
        .text("MINPODS", or: "<unset>") { $0[.spec][.minReplicas] },
        .int("MAXPODS") { $0[.spec][.maxReplicas] },
        .int("REPLICAS") { $0[.status][.currentReplicas] },
        .age)

    static let roleBinding = Table(
        .name,
        TableColumn("ROLE") { object, _ in
            let role = object["roleRef"]
            return "\(role[.kind].cellText)/\(role[.name].cellText)"
        },
        .age,
        .wide("USERS") { object, _ in subjects(object, kind: "User") },
        .wide("GROUPS") { object, _ in subjects(object, kind: "Group") },
        .wide("SERVICEACCOUNTS") { object, _ in subjects(object, kind: "ServiceAccount") })

    static let webhookConfiguration = Table(
        .name,
        TableColumn("WEBHOOKS") { object, _ in String(object["webhooks"].count) },
        .age)

    static let certificateSigningRequest = Table(
        .name,
        .age,
        .text("SIGNERNAME", or: "<none>") { $0[.spec]["signerName"] },
        .text("REQUESTOR") { $0[.spec]["username"] },
        TableColumn("REQUESTEDDURATION") { object, _ in
            guard let seconds = object[.spec][.expirationSeconds].int else { return "<none>" }
            return Duration(milliseconds: Int64(seconds) * 1000).humanText
        },
        TableColumn("CONDITION") { object, _ in certificateCondition(object[.status]) })

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

    /// The subjects of one kind; a ServiceAccount with its namespace.
    private static func subjects(_ binding: Value, kind: String) -> String {
        binding["subjects"].elements.filter { $0[.kind].string == kind }
            .map { subject in
                let name = subject[.name].cellText
                return kind == "ServiceAccount"
                    ? "\(subject[.namespace].cellText)/\(name)" : name
            }
            .joined(separator: ", ")
    }

    private static func certificateCondition(_ status: Value) -> String {
        let types = status[.conditions].elements.map { $0[.type].cellText }
        var text =
            types.contains("Denied")
            ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
        if types.contains("Failed") { text += ",Failed" }
        if !status["certificate"].cellText.isEmpty { text += ",Issued" }
        return text
    }
}
