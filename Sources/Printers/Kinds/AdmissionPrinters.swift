import Support
import Value

extension KindPrinter {
    static let webhookConfiguration = KindPrinter(table: .webhookConfiguration)
    static let validatingAdmissionPolicy = KindPrinter(
        table: .admissionPolicy("VALIDATIONS", "validations"))
    static let mutatingAdmissionPolicy = KindPrinter(
        table: .admissionPolicy("MUTATIONS", "mutations"))
    static let admissionPolicyBinding = KindPrinter(table: .admissionPolicyBinding)
    static let apiService = KindPrinter(table: .apiService)
}

extension Table {
    static let webhookConfiguration = Table(
        .name,
        TableColumn("WEBHOOKS") { object, _ in String(object["webhooks"].count) },
        .age)

    /// The policies of both sorts: what they do stands in `field`.
    fileprivate static func admissionPolicy(_ header: String, _ field: Key) -> Table {
        Table(
            .name,
            TableColumn(header) { policy, _ in String(policy[.spec][field].count) },
            TableColumn("PARAMKIND") { policy, _ in
                let kind = policy[.spec]["paramKind"]
                return kind.isNull
                    ? "<unset>" : "\(kind[.apiVersion].cellText)/\(kind[.kind].cellText)"
            },
            .age)
    }

    static let admissionPolicyBinding = Table(
        .name,
        .text("POLICYNAME") { $0[.spec]["policyName"] },
        TableColumn("PARAMREF") { binding, _ in
            let reference = binding[.spec]["paramRef"]
            let name = reference[.name].cellText
            if !name.isEmpty {
                return "\(reference[.namespace].cellText(or: "*"))/\(name)"
            }
            return reference[.selector].isNull
                ? "<unset>" : selectorTextOrNone(reference[.selector])
        },
        .age)

    static let apiService = Table(
        .name,
        TableColumn("SERVICE") { object, _ in
            let service = object[.spec][.service]
            return service.isNull
                ? "Local" : "\(service[.namespace].cellText)/\(service[.name].cellText)"
        },
        TableColumn("AVAILABLE") { object, _ in
            let condition = object[.status][.conditions].elements.first {
                $0[.type].string == "Available"
            }
            guard let condition else { return "Unknown" }
            let (status, reason) = (condition[.status].cellText, condition[.reason].cellText)
            return status == "True" || reason.isEmpty ? status : "\(status) (\(reason))"
        },
        .age)
}
