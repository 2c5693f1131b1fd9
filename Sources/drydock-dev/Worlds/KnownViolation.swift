import Model
import Value

/// A violation that a real control plane has as well: a lost wake-up, which any write to the object ends.
struct KnownViolation: Sendable {
    let name: String
    /// What happens, by upstream's source.
    let reason: String
    /// The kind whose objects are concerned.
    let kind: Kind
    /// The kind as violations name it.
    let singular: String
    /// Whether the object can be in this state.
    let fits: @Sendable (_ object: Value) -> Bool

    static let all: [KnownViolation] = [
        surgeRollback, staleClaim,
    ]

    static let surgeRollback = KnownViolation(
        name: "a daemon set rolled back while it surges",
        reason:
            "the look after minReadySeconds is swallowed by an earlier one, planned for another "
            + "node: the delaying queue keeps the earlier of two times for one key",
        kind: .daemonSet, singular: "daemonset"
    ) { object in
        let set = DaemonSetView(object)
        return set.minReadySeconds > 0 && !set.maxSurge.isNull
    }

    static let staleClaim = KnownViolation(
        name: "a stateful set scaled down and straight back",
        reason:
            "while the claim of the old pod is there the round is given up, and nothing wakes the "
            + "controller when the claim is gone: it watches no claims",
        kind: .statefulSet, singular: "statefulset"
    ) { object in
        !StatefulSetView(object).volumeClaimTemplates.isEmpty
            && StatefulSetView(object).claimPolicyWhenScaled == "Delete"
    }
}
