import API
import Model
import Support
import Value

extension APIServer {
    /// Drops the fields whose gate is shut, unless `current` uses them already, and fills in the
    /// defaults of those whose gate is open.
    ///
    /// Source: `dropStatefulSetDisabledFields` of the registry, SetDefaults_StatefulSet.
    func applyFeatureGates(
        to object: inout Value, over current: StoredObject?, _ info: KindDescriptor
    ) {
        guard info.kind == .statefulSet else { return }
        let rolling = object[.spec][.updateStrategy][.rollingUpdate]
        guard !rolling.isNull else { return }
        if FeatureGate.maxUnavailableStatefulSet.isEnabled(in: featureGates) {
            if rolling[.maxUnavailable].isNull {
                object[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = 1
            }
        } else if !rolling[.maxUnavailable].isNull {
            let old = current?.value[.spec][.updateStrategy][.rollingUpdate] ?? .null
            guard old[.maxUnavailable].isNull else { return }
            object[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = .null
        }
    }
}
