import Model
import Support
import Value

/// Keeps pods off a new node until it is known to be ready. Source: the TaintNodesByCondition plugin.
struct TaintNodesByCondition: AdmissionPlugin {
    var kinds: [Kind] { [.node] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create,
            !NodeTaints.has(NodeTaints.notReady, "NoSchedule", request.object)
        else { return }
        request.object[.spec][.taints].append(
            TaintView(key: NodeTaints.notReady, effect: "NoSchedule").value)
    }
}
