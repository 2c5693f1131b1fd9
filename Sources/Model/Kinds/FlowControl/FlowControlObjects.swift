import Support
import Value

/// The flow schemas and priority levels that every cluster has.
/// Source: apiserver, apis/flowcontrol/bootstrap/default.go.
package enum FlowControlObjects {
    /// The levels, in the order of their names.
    package static let levels: [(name: String, spec: Value)] = [
        ("catch-all", limited(shares: 5, lends: 0, queuing: nil)),
        (
            "exempt",
            ["exempt": ["lendablePercent": 0, "nominalConcurrencyShares": 0], .type: "Exempt"]
        ),
        ("global-default", limited(shares: 20, lends: 50, queuing: (128, 6))),
        ("leader-election", limited(shares: 10, lends: 0, queuing: (16, 4))),
        ("node-high", limited(shares: 40, lends: 25, queuing: (64, 6))),
        ("system", limited(shares: 30, lends: 33, queuing: (64, 6))),
        ("workload-high", limited(shares: 40, lends: 50, queuing: (128, 6))),
        ("workload-low", limited(shares: 100, lends: 90, queuing: (128, 6))),
    ]

    /// The schemas, in the order of their names.
    package static let schemas: [(name: String, spec: Value)] = [
        schema("catch-all", "catch-all", 10_000, "ByUser", everybody, all),
        schema("exempt", "exempt", 1, nil, [group("system:masters")], all),
        schema("global-default", "global-default", 9_900, "ByUser", everybody, all),
        schema(
            "kube-controller-manager", "workload-high", 800, "ByNamespace",
            [user("system:kube-controller-manager")], all),
        schema(
            "kube-scheduler", "workload-high", 800, "ByNamespace",
            [user("system:kube-scheduler")], all),
        schema(
            "kube-system-service-accounts", "workload-high", 900, "ByNamespace", [accounts], all),
        schema(
            "probes", "exempt", 2, nil, everybody,
            [
                "nonResourceRules": [
                    ["nonResourceURLs": ["/healthz", "/readyz", "/livez"], "verbs": ["get"]]
                ]
            ]),
        schema(
            "service-accounts", "workload-low", 9_000, "ByUser",
            [group("system:serviceaccounts")], all),
        schema(
            "system-leader-election", "leader-election", 100, "ByUser",
            [user("system:kube-controller-manager"), user("system:kube-scheduler"), accounts],
            [
                "resourceRules": [
                    rule(
                        ["get", "create", "update"], ["coordination.k8s.io"], ["leases"],
                        isClusterScoped: false)
                ]
            ]),
        schema(
            "system-node-high", "node-high", 400, "ByUser", [group("system:nodes")],
            [
                "resourceRules": [
                    rule(["*"], [""], ["nodes", "nodes/status"], isClusterScoped: true),
                    rule(["*"], ["coordination.k8s.io"], ["leases"], isClusterScoped: false),
                ]
            ]),
        schema("system-nodes", "system", 500, "ByUser", [group("system:nodes")], all),
    ]

    /// The spec of an object that must be as it is; nil for others. Of the level `exempt` some may change.
    static func mandatorySpec(_ kind: String, _ name: String) -> Value? {
        let mandatory = kind == "FlowSchema" ? ["catch-all", "exempt"] : ["catch-all"]
        guard mandatory.contains(name) else { return nil }
        return (kind == "FlowSchema" ? schemas : levels).first { $0.name == name }?.spec
    }

    private static func limited(
        shares: Int, lends: Int, queuing: (queues: Int, hand: Int)?
    ) -> Value {
        var response: Value = [.type: queuing == nil ? "Reject" : "Queue"]
        if let queuing {
            response = [
                "queuing": [
                    "handSize": Value(queuing.hand), "queueLengthLimit": 50,
                    "queues": Value(queuing.queues),
                ], .type: "Queue",
            ]
        }
        return [
            "limited": [
                "lendablePercent": Value(lends), "limitResponse": response,
                "nominalConcurrencyShares": Value(shares),
            ], .type: "Limited",
        ]
    }

    private static func schema(
        _ name: String, _ level: String, _ precedence: Int, _ method: String?,
        _ subjects: [Value], _ rules: Value
    ) -> (name: String, spec: Value) {
        var rule = rules
        rule["subjects"] = .array(subjects)
        var spec: Value = [
            "matchingPrecedence": Value(precedence),
            "priorityLevelConfiguration": [.name: Value(level)], .rules: [rule],
        ]
        if let method { spec["distinguisherMethod"] = [.type: Value(method)] }
        return (name, spec)
    }

    private static let everybody = [
        group("system:unauthenticated"), group("system:authenticated"),
    ]
    private static let accounts: Value = [
        .kind: "ServiceAccount", "serviceAccount": [.name: "*", .namespace: "kube-system"],
    ]
    private static let all: Value = [
        "nonResourceRules": [["nonResourceURLs": ["*"], "verbs": ["*"]]],
        "resourceRules": [rule(["*"], ["*"], ["*"], isClusterScoped: true)],
    ]

    private static func group(_ name: String) -> Value {
        ["group": [.name: Value(name)], .kind: "Group"]
    }

    private static func user(_ name: String) -> Value {
        [.kind: "User", "user": [.name: Value(name)]]
    }

    private static func rule(
        _ verbs: [String], _ groups: [String], _ resources: [String], isClusterScoped: Bool
    ) -> Value {
        var rule: Value = [
            "apiGroups": Value(strings: groups), "namespaces": ["*"],
            .resources: Value(strings: resources), "verbs": Value(strings: verbs),
        ]
        if isClusterScoped { rule["clusterScope"] = true }
        return rule
    }
}
