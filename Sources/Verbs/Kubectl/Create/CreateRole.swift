import Model
import Value

extension Verb {
    private static let ruleFlags: [Flag] = [
        Flag("verb", nil, .strings, "what is allowed: get, list, …"),
        Flag("resource", nil, .strings, "on what: pods, deployments.apps, pods/log"),
        Flag("resource-name", nil, .strings, "only on objects of these names"),
    ]

    /// `kubectl create role`.
    static let createRole = generator(
        "role", summary: "Create a role with one rule for each group",
        usage: "NAME --verb=verb --resource=resource.group/subresource [flags]",
        examples: ["create role reader --verb=get,list --resource=pods"], flags: ruleFlags,
        run: { call in
            try Creation(call).generate(
                .role,
                [
                    .metadata: [.name: Value(try call.onlyName())],
                    "rules": .array(try Rules(call: call).rules()),
                ], failing: nil)
        })

    /// `kubectl create clusterrole`.
    static let createClusterRole = generator(
        "clusterrole", summary: "Create a cluster role",
        usage: "NAME --verb=verb --resource=resource.group [--non-resource-url=url] [flags]",
        examples: ["create clusterrole reader --verb=get,list --resource=pods"],
        flags: ruleFlags + [
            Flag("non-resource-url", nil, .strings, "paths beside resources: /healthz"),
            Flag("aggregation-rule", nil, .string, "take the rules of roles with these labels"),
        ],
        run: createClusterRole)

    private static func createClusterRole(_ call: VerbCall) throws {
        let name = try call.onlyName()
        var value: Value = [.metadata: [.name: Value(name)]]
        let aggregation = call.flags.string("aggregation-rule")
        if !aggregation.isEmpty,
            ["verb", "resource", "resource-name", "non-resource-url"].contains(where: {
                call.flags.has($0)
            })
        {
            throw VerbError.message(
                "aggregation rule must be specified without nonResourceURLs, verbs, resources or "
                    + "resourceNames")
        }
        if aggregation.isEmpty {
            let urls = call.flags.list("non-resource-url")
            let verbs = call.flags.list("verb")
            if urls.contains(where: { $0 != "*" && !$0.hasPrefix("/") }) {
                throw VerbError.message("nonResourceURL should start with /")
            }
            let allowed = ["*", "get", "post", "put", "delete", "patch", "head", "options"]
            if !urls.isEmpty, let verb = verbs.first(where: { !allowed.contains($0) }) {
                throw VerbError.message("invalid verb: '\(verb)' for nonResourceURL")
            }
            value["rules"] = .array(try Rules(call: call).rules(allowsURLs: true))
        } else {
            guard let labels = KeyValueText.pairs(aggregation) else {
                throw VerbError.message(
                    "\(aggregation) is malformed, expected key=value in --aggregation-rule")
            }
            value["aggregationRule"]["clusterRoleSelectors"] = [
                [.matchLabels: KeyValueText.map(labels)]
            ]
            var object = value.fields
            object.set("rules", to: .null)
            value = .object(object)
        }
        try Creation(call).generate(.clusterRole, value, failing: nil)
    }

    private static let subjectFlags: [Flag] = [
        Flag("clusterrole", nil, .string, "the cluster role that is given"),
        Flag("user", nil, .strings, "to this user"), Flag("group", nil, .strings, "to this group"),
        Flag("serviceaccount", nil, .strings, "to this service account: namespace:name"),
    ]

    /// `kubectl create rolebinding`.
    static let createRoleBinding = generator(
        "rolebinding", summary: "Create a role binding",
        usage: "NAME --clusterrole=NAME|--role=NAME [--user=user] [--group=group] [flags]",
        examples: ["create rolebinding view --clusterrole=view --serviceaccount=default:robot"],
        flags: subjectFlags + [Flag("role", nil, .string, "the role that is given")],
        run: { call in try bind(.roleBinding, call, failing: "failed to create rolebinding:") })

    /// `kubectl create clusterrolebinding`.
    static let createClusterRoleBinding = generator(
        "clusterrolebinding", summary: "Create a cluster role binding",
        usage: "NAME --clusterrole=NAME [--user=user] [--group=group] [flags]",
        examples: ["create clusterrolebinding root --clusterrole=cluster-admin --user=eve"],
        flags: subjectFlags.map { flag in
            var flag = flag
            flag.isRequired = flag.name == "clusterrole"
            return flag
        },
        run: { call in
            try bind(.clusterRoleBinding, call, failing: "failed to create clusterrolebinding:")
        })

    private static func bind(_ kind: Kind, _ call: VerbCall, failing: String) throws {
        let name = try call.onlyName()
        let (clusterRole, role) = (call.flags.string("clusterrole"), call.flags.string("role"))
        guard clusterRole.isEmpty != role.isEmpty else {
            throw VerbError.message(
                kind == .roleBinding
                    ? "exactly one of clusterrole or role must be specified"
                    : "clusterrole must be specified")
        }
        let group: Value = "rbac.authorization.k8s.io"
        let subjects = try subjects(call)
        var value: Value = [
            .metadata: [.name: Value(name)],
            "roleRef": [
                "apiGroup": group, .kind: clusterRole.isEmpty ? "Role" : "ClusterRole",
                .name: Value(clusterRole.isEmpty ? role : clusterRole),
            ],
        ]
        if !subjects.isEmpty { value["subjects"] = .array(subjects) }
        try Creation(call).generate(kind, value, failing: failing)
    }
}

/// The rules of `create role`. Source: kubectl's create_role.
private struct Rules {
    let call: VerbCall

    private static let verbs = [
        "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "use",
        "bind", "escalate", "impersonate", "sign", "approve", "*",
    ]

    func rules(allowsURLs: Bool = false) throws(VerbError) -> [Value] {
        var verbs: [String] = []
        for verb in call.flags.list("verb") where !verbs.contains(verb) { verbs.append(verb) }
        if verbs.contains("*") { verbs = ["*"] }
        if verbs.isEmpty { throw .message("at least one verb must be specified") }
        let urls = call.flags.list("non-resource-url")
        let resources = call.flags.list("resource")
        if resources.isEmpty, !allowsURLs || urls.isEmpty {
            throw .message(
                allowsURLs
                    ? "one of resource or nonResourceURL must be specified"
                    : "at least one resource must be specified")
        }
        for verb in verbs where !Self.verbs.contains(verb) && !resources.isEmpty {
            call.context.output.error("Warning: '\(verb)' is not a standard resource verb\n")
        }
        var groups: [(group: String, resources: [String])] = []
        for text in resources {
            let (group, resource) = try resolve(text)
            if let place = groups.firstIndex(where: { $0.group == group }) {
                groups[place].resources.append(resource)
            } else {
                groups.append((group, [resource]))
            }
        }
        let names = call.flags.list("resource-name")
        var rules = groups.sorted { $0.group < $1.group }.map { group -> Value in
            var rule: Value = [
                "apiGroups": [Value(group.group)], "resources": Value(strings: group.resources),
                "verbs": Value(strings: verbs),
            ]
            if !names.isEmpty { rule["resourceNames"] = Value(strings: names) }
            return rule
        }
        if !urls.isEmpty {
            rules.append([
                "nonResourceURLs": Value(strings: urls), "verbs": Value(strings: verbs),
            ])
        }
        return rules
    }

    private func resolve(_ text: String) throws(VerbError) -> (group: String, resource: String) {
        if text == "*" { return ("*", "*") }
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        let info = try call.mapped(parts.first ?? "")
        return (info.group, parts.count == 2 ? "\(info.plural)/\(parts[1])" : info.plural)
    }
}
