import Support
import Value

/// Which rules of roles others cover. Source: component-helpers/auth/rbac/validation.
package enum RuleCoverage {
    /// The rules taken apart into those of one verb, one resource and one name, without those that some
    /// rule of `owners` covers.
    package static func uncovered(_ rules: [Value], by owners: [Value]) -> [Value] {
        rules.flatMap(parts).filter { part in !owners.contains { covers($0, part) } }
    }

    private static func texts(_ rule: Value, _ key: Key) -> [String] {
        rule[key].elements.compactMap(\.string)
    }

    private static func parts(of rule: Value) -> [Value] {
        var found: [Value] = []
        let verbs = texts(rule, "verbs")
        let names = texts(rule, "resourceNames")
        for group in texts(rule, "apiGroups") {
            for resource in texts(rule, "resources") {
                for verb in verbs {
                    let part: Value = [
                        "verbs": [Value(verb)], "apiGroups": [Value(group)],
                        "resources": [Value(resource)],
                    ]
                    if names.isEmpty { found.append(part) }
                    for name in names {
                        var named = part
                        named["resourceNames"] = [Value(name)]
                        found.append(named)
                    }
                }
            }
        }
        for url in texts(rule, "nonResourceURLs") {
            for verb in verbs {
                found.append(["verbs": [Value(verb)], "nonResourceURLs": [Value(url)]])
            }
        }
        return found
    }

    private static func covers(_ owner: Value, _ part: Value) -> Bool {
        func has(_ key: Key) -> Bool {
            let owned = texts(owner, key)
            return owned.contains("*") || texts(part, key).allSatisfy(owned.contains)
        }
        let names = texts(owner, "resourceNames")
        let wanted = texts(part, "resourceNames")
        let hasNames =
            names.isEmpty || !wanted.isEmpty && wanted.allSatisfy(names.contains)
        let resources = texts(owner, "resources")
        let hasResources =
            resources.contains("*")
            || texts(part, "resources").allSatisfy { resource in
                if resources.contains(resource) { return true }
                // `*/scale` covers that part of everything.
                guard let slash = resource.firstIndex(of: "/") else { return false }
                return resources.contains("*" + resource[slash...])
            }
        let urls = texts(owner, "nonResourceURLs")
        let hasURLs = texts(part, "nonResourceURLs").allSatisfy { url in
            urls.contains { owned in
                owned == url || owned.hasSuffix("*") && url.hasPrefix(owned.prefix { $0 != "*" })
            }
        }
        return has("verbs") && has("apiGroups") && hasResources && hasNames && hasURLs
    }
}
