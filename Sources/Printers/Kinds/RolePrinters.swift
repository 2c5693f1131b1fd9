import Model
import Support
import Value

extension KindPrinter {
    static let role = KindPrinter(table: .plain, description: .role)
    static let roleBinding = KindPrinter(table: .roleBinding, description: .roleBinding)
}

extension Table {
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
}

extension Description {
    static let role = Description(hasEvents: false) { role, _, writer in
        writer.heading(role, hasNamespace: false)
        writer.labelsAndAnnotations(role)
        writer.line(0, "PolicyRule:")
        writer.line(1, "Resources\tNon-Resource URLs\tResource Names\tVerbs")
        writer.line(1, "---------\t-----------------\t--------------\t-----")
        for rule in CompactRule.rules(of: role[.rules].elements) { writer.line(1, rule.line) }
    }

    static let roleBinding = Description(hasEvents: false) { binding, _, writer in
        writer.heading(binding, hasNamespace: false)
        writer.labelsAndAnnotations(binding)
        writer.line(0, "Role:")
        writer.line(1, "Kind:\t\(binding["roleRef"][.kind].cellText)")
        writer.line(1, "Name:\t\(binding["roleRef"][.name].cellText)")
        writer.line(0, "Subjects:")
        writer.line(1, "Kind\tName\tNamespace")
        writer.line(1, "----\t----\t---------")
        for subject in binding["subjects"].elements {
            writer.line(
                1,
                "\(subject[.kind].cellText)\t\(subject[.name].cellText)\t"
                    + subject[.namespace].cellText)
        }
    }
}
