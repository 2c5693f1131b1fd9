/// How a tracked field takes part in a comparison.
enum TimelineFieldRole: Equatable {
    /// Something was decided or happened: all values count, in order.
    case decision
    /// A count of what its writer saw. Several changes may be reported at once.
    case report
    /// A count or judgement over what others report. Its values in between depend on whose report
    /// comes first; what counts is what it says when the session is at rest.
    case sum

    /// The role of a field, by the short name of its object's kind.
    static func of(_ field: String, kind: String) -> TimelineFieldRole {
        switch kind {
        case "deploy":
            if ["Available", "Progressing"].contains(field) { return .sum }
            return counts.contains(field) ? .sum : .decision
        case "ep", "pdb", "hpa": return .sum
        default: return counts.contains(field) ? .report : .decision
        }
    }

    private static let counts: Set<String> = [
        observedGeneration,
        "replicas", "fullyLabeledReplicas", "readyReplicas", "availableReplicas",
        "unavailableReplicas", "terminatingReplicas", "updatedReplicas", "currentReplicas",
        "desired", "current", "ready", "updated", "available", "unavailable", "misscheduled",
        "active", "succeeded", "failed", "terminating", "uncounted",
    ]

    /// The two halves of `gen/obs`.
    static let generation = "gen"
    static let observedGeneration = "obs"
}
