import Model
import Support
import Value

extension KindPrinter {
    static let certificateSigningRequest = KindPrinter(
        table: .certificateSigningRequest, description: .certificateSigningRequest)
}

extension Table {
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

    fileprivate static func certificateCondition(_ status: Value) -> String {
        let types = status[.conditions].elements.map { $0[.type].cellText }
        var text =
            types.contains("Denied")
            ? "Denied" : types.contains("Approved") ? "Approved" : "Pending"
        if types.contains("Failed") { text += ",Failed" }
        if !status["certificate"].cellText.isEmpty { text += ",Issued" }
        return text
    }
}

extension Description {
    static let certificateSigningRequest = Description { request, context, writer in
        let (spec, metadata) = (request[.spec], request[.metadata])
        writer.line(0, "Name:\t\(request.objectName)")
        writer.line(0, "Labels:\t\(labelsText(metadata[.labels]))")
        writer.line(0, "Annotations:\t\(labelsText(metadata[.annotations]))")
        writer.creation(request)
        writer.line(0, "Requesting User:\t\(spec["username"].cellText)")
        if !spec["signerName"].cellText.isEmpty {
            writer.line(0, "Signer:\t\(spec["signerName"].cellText)")
        }
        if let seconds = spec[.expirationSeconds].int {
            let text = Duration(milliseconds: Int64(seconds) * 1000).humanText
            writer.line(0, "Requested Duration:\t\(text)")
        }
        writer.line(0, "Status:\t\(Table.certificateCondition(request[.status]))")
        let subject = CertificateSubject(PEMBlock(base64: spec["request"].cellText)?.bytes ?? [])
        writer.line(0, "Subject:")
        writer.line(0, "\tCommon Name:\t\(subject["Common Name"].last ?? "")")
        writer.line(0, "\tSerial Number:\t\(subject["Serial Number"].last ?? "")")
        for name in CertificateSubject.lists where !subject[name].isEmpty {
            writer.line(0, "\t\(name):\t\(subject[name].joined(separator: "\n\t\t"))")
        }
    }
}
