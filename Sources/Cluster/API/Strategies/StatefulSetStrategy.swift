import API
import Model
import Value

extension KindStrategy {
    static let statefulSet = with { strategy in
        strategy.initialStatus = [.availableReplicas: 0, .replicas: 0]
        strategy.applyGates = gateMaxUnavailable
    }

    /// Source: `dropStatefulSetDisabledFields` of the registry, SetDefaults_StatefulSet.
    @Sendable private static func gateMaxUnavailable(
        _ set: inout Value, _ old: Value, _ gates: [String: Bool]
    ) {
        let rolling = set[.spec][.updateStrategy][.rollingUpdate]
        guard !rolling.isNull else { return }
        if FeatureGate.maxUnavailableStatefulSet.isEnabled(in: gates) {
            if rolling[.maxUnavailable].isNull {
                set[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = 1
            }
        } else if !rolling[.maxUnavailable].isNull {
            guard old[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable].isNull else {
                return
            }
            set[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = .null
        }
    }
}
