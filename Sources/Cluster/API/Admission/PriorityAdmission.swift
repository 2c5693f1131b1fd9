import Model
import Support
import Value

/// Turns a pod's priority class into its priority and preemption policy.
/// Source: the Priority plugin.
struct PriorityAdmission: AdmissionPlugin {
    var kinds: [Kind] { [.pod] }
    var reads: [Kind] { [.priorityClass] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create else { return }
        let spec = request.object[.spec]
        let name = spec.text(.priorityClassName)
        var priority = 0
        var policy = "PreemptLowerPriority"
        if !name.isEmpty {
            guard let found = request.server.find(.priorityClass, name: name) else {
                throw .forbidden(
                    request.info, request.nameBeforeStorage,
                    "no PriorityClass with name \(name) was found")
            }
            priority = found.value.int(.value)
            policy = found.value[.preemptionPolicy].string ?? policy
        } else if let found = globalDefault(request.server) {
            request.object[.spec][.priorityClassName] = Value(found.name)
            priority = found.value.int(.value)
            policy = found.value[.preemptionPolicy].string ?? policy
        }
        if let own = spec[.priority].int, own != priority {
            throw .forbidden(
                request.info, request.nameBeforeStorage,
                "the integer value of priority (\(own)) must not be provided in pod spec; priority "
                    + "admission controller computed \(priority) from the given PriorityClass name")
        }
        if let own = spec[.preemptionPolicy].string, own != policy {
            throw .forbidden(
                request.info, request.nameBeforeStorage,
                "the string value of PreemptionPolicy (\(own)) must not be provided in pod spec; "
                    + "priority admission controller computed \(policy) from the given "
                    + "PriorityClass name")
        }
        request.object[.spec][.priority] = Value(priority)
        request.object[.spec][.preemptionPolicy] = Value(policy)
    }

    /// Of several classes that call themselves the default, the one of the lowest value.
    private func globalDefault(_ server: APIServer) -> StoredObject? {
        server.store.state.list(.priorityClass, where: { $0.value.flag(.globalDefault) })
            .min { $0.value.int(.value) < $1.value.int(.value) }
    }
}
