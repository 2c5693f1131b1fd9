import Model
import Support
import Value

/// When what endpoints show last came about: the annotation by which their latency is measured.
struct EndpointTriggers {
    static let annotation = Key("endpoints.kubernetes.io/last-change-trigger-time")

    private struct State {
        var service = ""
        var pods: [String: String] = [:]
    }

    private var states: [ObjectKey: State] = [:]

    /// The earliest of the instants, new since the last call, at which the service was created or one
    /// of its pods became ready or unready; null without any
    /// (`ComputeEndpointLastChangeTriggerTime`).
    mutating func update(_ service: StoredObject, _ pods: [StoredObject]) -> Value {
        let last = states[service.key] ?? State()
        var new = State(service: service.value[.metadata].text(.creationTimestamp))
        var times: [String] = []
        if new.service > last.service { times.append(new.service) }
        for pod in pods {
            let ready = pod.value[.status].conditions["Ready"]
            guard let time = ready?.lastTransitionTime else { continue }
            new.pods[pod.name] = time
            if time > last.pods[pod.name] ?? "" { times.append(time) }
        }
        states[service.key] = new
        return Value(times.min())
    }

    mutating func forget(_ service: ObjectKey) { states[service] = nil }
}
