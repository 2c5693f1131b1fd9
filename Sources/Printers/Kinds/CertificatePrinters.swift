import Support
import Value

extension KindPrinter {
    static let webhookConfiguration = KindPrinter(table: .webhookConfiguration)
    static let certificateSigningRequest = KindPrinter(table: .certificateSigningRequest)
}

extension Table {
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
