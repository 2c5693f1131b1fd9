import Model
import Support
import Value

/// A rule on one resource (or one URL), with all the verbs that the rules of a role give for it.
///
/// Source: kubectl, util/rbac: BreakdownRule, CompactRules, SortableRuleSlice.
package struct CompactRule {
    var group: String?
    var resource: String?
    var names: [String] = []
    var urls: [String] = []
    var verbs: [String]

    /// The cells of a table: resource, paths, names, verbs.
    package var line: String {
        "\(resourceText)\t\(Self.list(urls))\t\(Self.list(names))\t\(Self.list(verbs))"
    }

    private static func list(_ texts: [String]) -> String {
        "[\(texts.joined(separator: " "))]"
    }

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
        let list = Self.list
        return "Verbs:\(list(verbs)),APIGroups:\(list(group.map { [$0] } ?? [])),"
            + "Resources:\(list(resource.map { [$0] } ?? [])),ResourceNames:\(list(names)),"
            + "NonResourceURLs:\(list(urls)),"
    }

    /// The rules taken apart and put together again by resource, sorted as kubectl shows them.
    package static func rules(of rules: [Value]) -> [CompactRule] {
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
            for verb in verbs { parts.append(CompactRule(urls: [url], verbs: [verb])) }
        }
        return parts
    }
}
