import Model
import Support
import Value

/// Gives a pod the labels that say where its node stands. Source: the PodTopologyLabels plugin; the
/// labels of a pod that is bound come by way of the binding.
struct PodTopologyLabels: AdmissionPlugin {
    private static let names: [Key] = [
        "topology.kubernetes.io/region", "topology.kubernetes.io/zone",
    ]

    var kinds: [Kind] { [.pod] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        guard request.operation == .create, let node = request.object[.spec][.nodeName].string
        else { return }
        Self.label(&request.object, as: node, request.server)
    }

    /// Writes the labels of `node` over those of `pod`.
    static func label(_ pod: inout Value, as node: String, _ server: APIServer) {
        guard let node = server.find(.node, name: node) else { return }
        let labels = node.value[.metadata][.labels]
        for name in names where !labels[name].isNull {
            pod[.metadata][.labels][name] = labels[name]
        }
    }
}
