import Model
import Value

extension SimulatedCluster {
    /// The most memory that a container of a pod will use by what scripts say with `behavior`, in bytes;
    /// nil where they do not say.
    package func memoryInUse(of container: String, in pod: StoredObject) -> Int64? {
        guard !behaviors.isEmpty else { return nil }
        let spec = pod.value[.spec]
        let all = spec[.initContainers].elements + spec[.containers].elements
        let image = all.first { $0.text(.name) == container }?.text(.image) ?? ""
        // Whether a rule ever concerned a container is for those that run it to say.
        var concerned: Set<BehaviorTable.RuleID> = []
        let behavior = behaviors.behavior(
            of: BehaviorSubject(pod.key, container: container, image: image, pod: pod),
            concerned: &concerned)
        return behavior.memory.map(\.amount).max()
    }
}
