/// The feature gates of Kubernetes 1.36 that change something in this engine.
///
/// Gates that are locked in 1.36, or guard nothing that is simulated, have no row.
package enum FeatureGate: String, CaseIterable, Sendable {
    /// `rollingUpdate.maxUnavailable` of StatefulSets (KEP-961, beta, and off).
    case maxUnavailableStatefulSet = "MaxUnavailableStatefulSet"

    /// As 1.36 ships it.
    package var isOnByDefault: Bool {
        switch self {
        case .maxUnavailableStatefulSet: false
        }
    }

    /// Whether the gate is open when `settings` differ from what is shipped, by the gates' names.
    package func isEnabled(in settings: [String: Bool]) -> Bool {
        settings[rawValue] ?? isOnByDefault
    }
}
