import API
import Model
import Support
import Value

/// Nobody gives more than they have: who writes a role must hold its rules, who writes a binding those of
/// its role, unless they may escalate or bind.
///
/// Source: pkg/registry/rbac, policybased and validation (ConfirmNoEscalation).
extension ImpersonatedClient {
    /// Throws Forbidden where the new object of a policy kind gives more than the user has. `old` is what
    /// stood there before.
    func confirmNoEscalation(
        _ kind: Kind, namespace: String, _ object: Value, old: Value = .null
    ) throws(APIError) {
        guard kind.isPolicy, !user.groups.contains("system:masters") else { return }
        let info = kinds[kind]
        let name = object[.metadata].text(.name)
        var given = object[.rules].elements
        if kind == .role || kind == .clusterRole {
            if !old.isNull, object[.rules] == old[.rules] { return }
            if holds("escalate", info, namespace, name) { return }
        } else {
            if !old.isNull, object["subjects"] == old["subjects"] { return }
            let reference = object["roleRef"]
            let isCluster = reference.text(.kind) == "ClusterRole"
            let role = reference.text(.name)
            let roles = kinds[isCluster ? Kind.clusterRole : .role]
            if holds("bind", roles, namespace, role) { return }
            given = try rules(of: role, roles, namespace)
        }
        let owned = authorizer.rules(for: user, inNamespace: info.isNamespaced ? namespace : "")
        let missing = RuleCoverage.uncovered(given, by: owned.rules)
        guard !missing.isEmpty else { return }
        let groups = user.groups.map { JSON.text(Value($0)) }.joined(separator: " ")
        let problem = owned.problem.isEmpty ? "" : "; resolution errors: [\(owned.problem)]"
        throw .forbidden(
            info, name,
            "user \(JSON.text(Value(user.name))) (groups=[\(groups)]) is attempting to grant RBAC "
                + "permissions not currently held:\n"
                + Self.descriptions(of: missing).joined(separator: "\n") + problem)
    }

    private func holds(
        _ verb: String, _ info: KindDescriptor, _ namespace: String, _ name: String
    ) -> Bool {
        var access = Access(verb, info, namespace: namespace, name: name)
        // A cluster role is bound in the namespace of its binding.
        if verb == "bind" { access.namespace = namespace }
        return authorizer.decide(access, for: user).isAllowed
    }

    private func rules(
        of role: String, _ info: KindDescriptor, _ namespace: String
    ) throws(APIError) -> [Value] {
        let place = info.isNamespaced ? namespace : ""
        guard let found = authorizer.api.find(info.kind, namespace: place, name: role) else {
            throw APIError(
                .notFound, "\(info.name.lowercased()).\(info.group) \"\(role)\" not found",
                kind: info.kind, name: role)
        }
        return found.value[.rules].elements
    }

    /// The rules in short, those of one resource together, sorted.
    private static func descriptions(of rules: [Value]) -> [String] {
        var compact: [Value] = []
        for rule in rules {
            var other = rule
            other["verbs"] = .null
            let place = compact.firstIndex { known in
                var known = known
                known["verbs"] = .null
                return known == other && rule["nonResourceURLs"].isNull
            }
            if let place {
                compact[place]["verbs"] = .array(
                    compact[place]["verbs"].elements + rule["verbs"].elements)
            } else {
                compact.append(rule)
            }
        }
        let fields: [(name: String, key: Key)] = [
            ("APIGroups", "apiGroups"), ("Resources", "resources"),
            ("NonResourceURLs", "nonResourceURLs"), ("ResourceNames", "resourceNames"),
            ("Verbs", "verbs"),
        ]
        let texts = compact.map { rule -> String in
            let parts = fields.filter { !rule[$0.key].elements.isEmpty }.map { name, key in
                let words = rule[key].elements.map { JSON.text($0) }
                return "\(name):[\(words.joined(separator: " "))]"
            }
            return "{\(parts.joined(separator: ", "))}"
        }
        return Set(texts).sorted()
    }
}
