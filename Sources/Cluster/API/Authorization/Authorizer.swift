import API
import Model
import Support
import Value

/// Decides by roles and bindings who may do what.
///
/// Source: plugin/pkg/auth/authorizer/rbac, pkg/registry/rbac/validation (VisitRulesFor) and
/// pkg/apis/rbac/v1 (evaluation_helpers.go). A rule allows what one of its verbs, groups, resources and
/// names names: `resources: [pods]` says nothing of `pods/log`, and a rule with names allows no list.
struct Authorizer {
    let api: APIServer

    /// Members may do everything, whatever roles there are.
    private static let privilegedGroup = "system:masters"

    func decide(_ access: Access, for user: UserInfo) -> AccessDecision {
        if user.groups.contains(Self.privilegedGroup) { return AccessDecision(isAllowed: true) }
        var isAllowed = false
        let problems = visit(user, access.namespace) { rule in
            isAllowed = Self.allows(rule, access)
            return !isAllowed
        }
        if isAllowed { return AccessDecision(isAllowed: true) }
        return AccessDecision(
            isAllowed: false,
            reason: problems.isEmpty ? "" : "RBAC: \(Self.joined(problems))")
    }

    func rules(for user: UserInfo, inNamespace namespace: String) -> AccessRules {
        var rules: [Value] = []
        let problems = visit(user, namespace) { rule in
            rules.append(rule)
            return true
        }
        return AccessRules(rules: rules, problem: Self.joined(problems))
    }

    // MARK: Rules of a user

    /// Shows `body` each rule in force for the user until it answers false; answers what was wrong.
    private func visit(
        _ user: UserInfo, _ namespace: String, _ body: (Value) -> Bool
    ) -> [String] {
        api.establishPolicy()
        var problems: [String] = []
        var bindings = api.store.state.list(.clusterRoleBinding)
        if !namespace.isEmpty {
            bindings += api.objects(.roleBinding, inNamespace: namespace)
        }
        for binding in bindings {
            let place = binding.namespace
            let applies = binding.value["subjects"].elements.contains {
                Self.names($0, user, place)
            }
            guard applies else { continue }
            let reference = binding.value["roleRef"]
            let isCluster = reference.text(.kind) == "ClusterRole"
            guard
                let role = api.find(
                    isCluster ? .clusterRole : .role, namespace: isCluster ? "" : place,
                    name: reference.text(.name))
            else {
                let kind = isCluster ? "clusterrole" : "role"
                let problem =
                    "\(kind).rbac.authorization.k8s.io \"\(reference.text(.name))\" not found"
                if !problems.contains(problem) { problems.append(problem) }
                continue
            }
            for rule in role.value[.rules].elements where !body(rule) { return problems }
        }
        return problems
    }

    /// Whether a subject of a binding in `namespace` names the user.
    private static func names(_ subject: Value, _ user: UserInfo, _ namespace: String) -> Bool {
        let name = subject.text(.name)
        switch subject.text(.kind) {
        case "User": return user.name == name
        case "Group": return user.groups.contains(name)
        case "ServiceAccount":
            let own = subject.text(.namespace)
            let place = own.isEmpty ? namespace : own
            return !place.isEmpty && user.name == "system:serviceaccount:\(place):\(name)"
        default: return false
        }
    }

    /// Several errors as Go's aggregate prints them.
    private static func joined(_ problems: [String]) -> String {
        problems.count > 1 ? "[\(problems.joined(separator: ", "))]" : problems.first ?? ""
    }

    // MARK: One rule

    private static func allows(_ rule: Value, _ access: Access) -> Bool {
        func has(_ key: Key, _ word: String) -> Bool {
            rule[key].elements.contains { $0.string == "*" || $0.string == word }
        }
        guard has("verbs", access.verb) else { return false }
        if let path = access.path {
            return rule["nonResourceURLs"].elements.contains { url in
                covers(url.string ?? "", path)
            }
        }
        let names = rule["resourceNames"].elements
        return has("apiGroups", access.group)
            && rule[.resources].elements.contains { covers($0.string ?? "", access) }
            && (names.isEmpty || names.contains { $0.string == access.name })
    }

    /// Whether a resource of a rule ("pods", "pods/log", "*/scale") is the one asked for.
    private static func covers(_ resource: String, _ access: Access) -> Bool {
        if resource == "*" { return true }
        if access.subresource.isEmpty { return resource == access.resource }
        return resource == "\(access.resource)/\(access.subresource)"
            || resource == "*/\(access.subresource)"
    }

    /// Whether a path of a rule, which may end in `*`, is the one asked for.
    private static func covers(_ url: String, _ path: String) -> Bool {
        guard url.hasSuffix("*") else { return url == path }
        var start = url
        while start.hasSuffix("*") { start.removeLast() }
        return path.hasPrefix(start)
    }
}
