import Support
import Value

extension KindDescriptor {
    /// How many of some pods may be evicted at once.
    static func podDisruptionBudget(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PodDisruptionBudget", plural: "poddisruptionbudgets", shortNames: ["pdb"],
            group: "policy", subresources: ["status"], hasGeneration: true,
            reportsObservedGeneration: true,
            rules: KindRules(
                object: { $0.podDisruptionBudget($1[.spec], ErrorPath("spec")) },
                status: { validator, new, _, _ in validator.budgetStatus(new) }),
            texts: .podDisruptionBudget)
    }
}

extension Validator {
    /// ValidatePodDisruptionBudgetSpec.
    mutating func podDisruptionBudget(_ spec: Value, _ path: ErrorPath) {
        if !spec[.minAvailable].isNull && !spec[.maxUnavailable].isNull {
            // Shown as Go's fields are called.
            let fields: [(String, Key)] = [
                ("MinAvailable", .minAvailable), ("Selector", .selector),
                ("MaxUnavailable", .maxUnavailable),
                ("UnhealthyPodEvictionPolicy", .unhealthyPodEvictionPolicy),
            ]
            let shown = fields.map { "\"\($0)\":\(JSON.text(spec[$1], style: .canonical))" }
            add(
                .invalid(
                    path, json: "{" + shown.joined(separator: ",") + "}",
                    "minAvailable and maxUnavailable cannot be both set"))
        }
        for key in [Key.minAvailable, .maxUnavailable] where !spec[key].isNull {
            intOrPercent(spec[key], path.child(key))
            atMost100Percent(spec[key], path.child(key))
        }
        labelSelector(spec[.selector], path.child("selector"))
        optionalOneOf(
            spec[.unhealthyPodEvictionPolicy], ["AlwaysAllow", "IfHealthyBudget"],
            path.child("unhealthyPodEvictionPolicy"))
    }
}

extension KindTexts {
    static let podDisruptionBudget = KindTexts(
        summaries: #"""
            policy.v1.PodDisruptionBudgetSpec.maxUnavailable How many pods evictions may take away,
             such as 1 or 25%; not together with minAvailable.
            policy.v1.PodDisruptionBudgetSpec.minAvailable How many pods evictions must leave, such
             as 2 or 50%; not together with maxUnavailable.
            policy.v1.PodDisruptionBudgetSpec.selector Which pods it protects.
            policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy When pods that are not
             ready may be evicted; IfHealthyBudget where none is given.
            policy.v1.PodDisruptionBudgetStatus.currentHealthy Pods that are healthy now.
            policy.v1.PodDisruptionBudgetStatus.desiredHealthy Healthy pods that must remain.
            policy.v1.PodDisruptionBudgetStatus.disruptionsAllowed Evictions that are possible now.
            policy.v1.PodDisruptionBudgetStatus.expectedPods Pods that it counts with.
            """#,
        values: #"""
            policy.v1.PodDisruptionBudgetSpec.unhealthyPodEvictionPolicy AlwaysAllow IfHealthyBudget
            """#)
}
