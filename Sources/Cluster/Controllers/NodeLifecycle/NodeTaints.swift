import Model
import Support
import Value

/// The taints that controllers put on nodes and take away again.
enum NodeTaints {
    static let notReady = "node.kubernetes.io/not-ready"
    static let unreachable = "node.kubernetes.io/unreachable"
    static let outOfService = "node.kubernetes.io/out-of-service"

    /// `node` with a taint without value put in place of an equal one, or at the end.
    static func add(_ key: String, _ effect: String, to node: inout Value, at time: Value) {
        var taint = TaintView(key: key, effect: effect).value
        taint[.timeAdded] = time
        var taints = node[.spec][.taints].elements
        if let place = taints.firstIndex(where: { matches($0, key, effect) }) {
            taints[place] = taint
        } else {
            taints.append(taint)
        }
        node[.spec][.taints] = .array(taints)
    }

    static func remove(_ key: String, _ effect: String, from node: inout Value) {
        let kept = node[.spec][.taints].elements.filter { !matches($0, key, effect) }
        node[.spec][.taints] = kept.isEmpty ? .null : .array(kept)
    }

    static func has(_ key: String, _ effect: String, _ node: Value) -> Bool {
        node[.spec][.taints].elements.contains { matches($0, key, effect) }
    }

    private static func matches(_ taint: Value, _ key: String, _ effect: String) -> Bool {
        taint.text(.key) == key && taint.text(.effect) == effect
    }
}
