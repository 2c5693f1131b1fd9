import Support
import Value

extension KindDescriptor {
    /// How many of some pods may be evicted at once.
    static func podDisruptionBudget(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "PodDisruptionBudget", plural: "poddisruptionbudgets", shortNames: ["pdb"],
            group: "policy", subresources: ["status"], hasGeneration: true,
            reportsObservedGeneration: true,
            rules: KindRules(object: { $0.podDisruptionBudget($1[.spec], ErrorPath("spec")) }))
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
                    path, go: "{" + shown.joined(separator: ",") + "}",
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
