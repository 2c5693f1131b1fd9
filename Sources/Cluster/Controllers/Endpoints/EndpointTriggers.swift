import Model
import Support
import Value

/// When what endpoints show last came about: the annotation by which their latency is measured.
struct EndpointTriggers {
    static let annotation = Key("endpoints.kubernetes.io/last-change-trigger-time")

    /// A pod as it was last looked at.
    private struct Seen {
        let pod: StoredObject
        /// When it became ready or unready; empty without a condition.
        let time: String
    }

    private struct State {
        var service = ""
        var pods: [Slot: Seen] = [:]
    }

    private var states: [ObjectKey: State] = [:]

    /// The earliest of the instants, new since the last call, at which the service was created or one
    /// of its pods became ready or unready; null without any
    /// (`ComputeEndpointLastChangeTriggerTime`).
    mutating func update(_ service: StoredObject, _ pods: ServicePods) -> Value {
        var state = states.removeValue(forKey: service.key) ?? State()
        var times: [String] = []
        let created = service.value[.metadata].text(.creationTimestamp)
        if created > state.service { times.append(created) }
        state.service = created
        for (slot, pod) in pods.changed {
            guard let pod else {
                state.pods[slot] = nil
                continue
            }
            let last = state.pods[slot].flatMap { $0.pod.name == pod.name ? $0 : nil }
            if last?.pod === pod { continue }
            let time = pod.value[.status].conditions["Ready"]?.lastTransitionTime ?? ""
            if time > last?.time ?? "" { times.append(time) }
            state.pods[slot] = Seen(pod: pod, time: time)
        }
        if pods.isAll {
            let present = Set(pods.changed.lazy.map(\.slot))
            state.pods = state.pods.filter { present.contains($0.key) }
        }
        states[service.key] = state
        return Value(times.min())
    }

    mutating func forget(_ service: ObjectKey) { states[service] = nil }
}
