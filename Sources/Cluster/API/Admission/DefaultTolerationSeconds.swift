import Model
import Support
import Value

/// Lets every pod stay 300 s on a node that is not ready or unreachable, unless it tolerates these
/// taints in its own way. Source: the DefaultTolerationSeconds plugin.
struct DefaultTolerationSeconds: AdmissionPlugin {
    private static let taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"]
    private static let additions: [Value] = taints.map {
        [.effect: "NoExecute", .key: Value($0), .operator: "Exists", .tolerationSeconds: 300]
    }

    var kinds: [Kind] { [.pod] }

    func admit(_ request: inout AdmissionRequest) throws(APIError) {
        // Updates, too: who patches the list of tolerations leaves these out.
        let tolerations = request.object[.spec][.tolerations].elements
        var result = tolerations
        for (taint, addition) in zip(Self.taints, Self.additions)
        where !tolerations.contains(where: { Self.concerns($0, taint) }) {
            result.append(addition)
        }
        if result.count > tolerations.count { request.object[.spec][.tolerations] = .array(result) }
    }

    private static func concerns(_ toleration: Value, _ taint: String) -> Bool {
        let (key, effect) = (toleration.text(.key), toleration.text(.effect))
        return (key == taint || key.isEmpty) && (effect == "NoExecute" || effect.isEmpty)
    }
}
