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
        for rule in CompactRule.rules(of: role[.rules].elements) {
            writer.line(
                1,
                "\(rule.resourceText)\t\(list(rule.urls))\t\(list(rule.names))\t\(list(rule.verbs))"
            )
        }
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

    private static func list(_ texts: [String]) -> String {
        "[\(texts.joined(separator: " "))]"
    }
}

/// A rule on one resource (or one URL), with all the verbs that the rules of a role give for it.
///
/// Source: kubectl, util/rbac: BreakdownRule, CompactRules, SortableRuleSlice.
private struct CompactRule {
    var group: String?
    var resource: String?
    var names: [String] = []
    var urls: [String] = []
    var verbs: [String]

    /// `pods/log`, `deployments.apps/scale`.
    var resourceText: String {
        guard let resource else { return "" }
        let parts = resource.split(
            separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let group = group.flatMap { $0.isEmpty ? nil : ".\($0)" } ?? ""
        return parts[0] + group + (parts.count == 2 ? "/\(parts[1])" : "")
    }

    /// What kubectl sorts by: the text that Go's generated code gives the rule, verbs first.
    private var sortText: String {
        func list(_ texts: [String]) -> String { "[\(texts.joined(separator: " "))]" }
        return "Verbs:\(list(verbs)),APIGroups:\(list(group.map { [$0] } ?? [])),"
            + "Resources:\(list(resource.map { [$0] } ?? [])),ResourceNames:\(list(names)),"
            + "NonResourceURLs:\(list(urls)),"
    }

    static func rules(of rules: [Value]) -> [CompactRule] {
        var compact: [CompactRule] = []
        for rule in rules {
            for part in parts(of: rule) {
                let known = compact.firstIndex {
                    $0.resource != nil && $0.resource == part.resource && $0.group == part.group
                        && $0.names == part.names
                }
                if let known {
                    compact[known].verbs += part.verbs.filter {
                        !compact[known].verbs.contains($0)
                    }
                } else {
                    compact.append(part)
                }
            }
        }
        return compact.sortedByText(\.sortText)
    }

    private static func parts(of rule: Value) -> [CompactRule] {
        var parts: [CompactRule] = []
        let verbs = rule["verbs"].texts
        let names = rule["resourceNames"].texts
        for group in rule["apiGroups"].texts {
            for resource in rule[.resources].texts {
                if names.isEmpty {
                    parts.append(CompactRule(group: group, resource: resource, verbs: verbs))
                }
                for name in names {
                    parts.append(
                        CompactRule(group: group, resource: resource, names: [name], verbs: verbs))
                }
            }
        }
        for url in rule["nonResourceURLs"].texts {
            parts.append(CompactRule(urls: [url], verbs: verbs))
        }
        return parts
    }
}
