import Model
import Support
import Value

/// Gives a ClusterRole with an aggregationRule the rules of the ClusterRoles that it selects.
///
/// Source: kube-controller-manager's clusterrole-aggregation-controller. A role `monitor` that selects
/// `feed=monitor` has the rules of all roles with that label, by their names, each once.
final class RoleAggregationController: Controller {
    init() { super.init(name: "clusterrole-aggregation-controller", workers: 5) }

    override func start() { watch(.clusterRole) }

    override func observe(_ change: Change) {
        view.state.forEach(.clusterRole) { role in
            if !role.value["aggregationRule"].isNull { enqueue(role) }
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let role = view.get(.clusterRole, key) else { return }
        let aggregation = role.value["aggregationRule"]
        guard !aggregation.isNull else { return }
        var rules: [Value] = []
        for selector in aggregation["clusterRoleSelectors"].elements {
            let selector = LabelSelector(selector)
            let parts = view.state.list(.clusterRole) {
                $0.name != role.name && selector.matches($0.value[.metadata][.labels].fields)
            }
            for part in parts {
                for rule in part.value[.rules].elements where !rules.contains(rule) {
                    rules.append(rule)
                }
            }
        }
        guard rules != role.value[.rules].elements else { return }
        try send { [unowned self] () throws(APIError) in
            try api.modify(role) { $0[.rules] = .array(rules) }
        }
    }
}
