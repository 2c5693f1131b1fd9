import Model
import Support
import Value

/// A pod with scheduling gates waits until somebody has taken the last of them away (KEP-3521).
/// That it waits the API server says in the pod's condition when the pod is made.
enum SchedulingGates: PreEnqueuePlugin {
    static let name = "SchedulingGates"
    static let actions: ClusterActions = [.podGatesGone]

    static func preEnqueue(_ pod: StoredObject) -> Rejection? {
        let gates = PodSpecView(pod.value[.spec]).schedulingGates.map { $0.text(.name) }
        guard !gates.isEmpty else { return nil }
        return Rejection(
            by: Self.self, "waiting for scheduling gates: [\(gates.joined(separator: " "))]")
    }

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool { event.isAbout(pod) }
}
