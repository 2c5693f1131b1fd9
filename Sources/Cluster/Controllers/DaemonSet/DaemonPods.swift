import Model
import Support
import Value

/// The pods of DaemonSets: what they tolerate, and where they belong.
///
/// Origin: pkg/controller/daemon/util/daemonset_util.go.
enum DaemonPods {
    /// The taints that the pods of every DaemonSet tolerate: a daemon stays when its node has
    /// trouble, and starts also where nothing else may.
    private static let tolerated: [(key: String, effect: String)] = [
        ("node.kubernetes.io/not-ready", "NoExecute"),
        ("node.kubernetes.io/unreachable", "NoExecute"),
        ("node.kubernetes.io/disk-pressure", "NoSchedule"),
        ("node.kubernetes.io/memory-pressure", "NoSchedule"),
        ("node.kubernetes.io/pid-pressure", "NoSchedule"),
        ("node.kubernetes.io/unschedulable", "NoSchedule"),
    ]

    /// `spec` with the tolerations of daemon pods (`AddOrUpdateDaemonPodTolerations`).
    static func withTolerations(_ spec: Value) -> Value {
        var tolerations = spec[.tolerations].elements
        var wanted = tolerated
        if spec.flag(.hostNetwork) {
            wanted.append(("node.kubernetes.io/network-unavailable", "NoSchedule"))
        }
        for (key, effect) in wanted {
            let toleration: Value = [
                .effect: Value(effect), .key: Value(key), .operator: "Exists",
            ]
            let place = tolerations.firstIndex {
                $0[.key] == toleration[.key] && $0[.effect] == toleration[.effect]
                    && $0[.operator] == toleration[.operator] && $0.text(.value).isEmpty
            }
            if let place {
                tolerations[place] = toleration
            } else {
                tolerations.append(toleration)
            }
        }
        var result = spec
        result[.tolerations] = .array(tolerations)
        return result
    }

    /// `affinity` with its required node terms replaced by the one that names `node`
    /// (`ReplaceDaemonSetPodNodeNameNodeAffinity`).
    static func affinity(_ affinity: Value, toNode node: String) -> Value {
        var result = affinity
        result[.nodeAffinity][.requiredDuringSchedulingIgnoredDuringExecution][
            .nodeSelectorTerms] = [
                [
                    .matchFields: [
                        [.key: "metadata.name", .operator: "In", .values: [Value(node)]]
                    ]
                ]
            ]
        return result
    }

    /// The node a pod runs on or is meant for (`GetTargetNodeName`); nil when it names none.
    static func targetNode(_ pod: StoredObject) -> String? {
        if let node = pod.nodeName { return node }
        let required = pod.value[.spec][.affinity][.nodeAffinity][
            .requiredDuringSchedulingIgnoredDuringExecution]
        for term in required[.nodeSelectorTerms].elements {
            for field in term[.matchFields].elements
            where field[.key].string == "metadata.name" && field[.operator].string == "In" {
                if field[.values].count == 1 { return field[.values][0].string }
            }
        }
        return nil
    }
}

/// Whether a daemon belongs on a node.
struct DaemonEligibility: Equatable {
    /// Whether a pod is to be started if there is none.
    var shouldRun = false
    /// Whether a pod that runs there may stay.
    var shouldContinue = false

    /// `NodeShouldRunDaemonPod`: by node name, selector, required affinity and taints; a pod may stay
    /// in spite of a taint that only keeps new pods away. `spec` is that of a daemon pod, with
    /// ``DaemonPods/withTolerations(_:)``.
    init(spec: PodSpecView, node: NodeView) {
        guard spec.nodeName.isEmpty || spec.nodeName == node.name,
            NodeSelection.matches(spec, node: node)
        else { return }
        let taints = node.taints
        shouldContinue = spec.firstUntolerated(of: taints, effects: ["NoExecute"]) == nil
        shouldRun =
            shouldContinue
            && spec.firstUntolerated(of: taints, effects: ["NoSchedule"]) == nil
    }

    /// For a node that does not exist.
    init() {}
}

/// The growing delay between the replacements of a daemon's failing pods on one node: 1 s, 2 s, 4 s …
/// up to 15 min; forgotten after twice that.
///
/// Origin: client-go's util/flowcontrol Backoff, as the DaemonSet controller is started with it.
struct DaemonBackoff {
    private struct Entry {
        var delay: Milliseconds
        var last: Milliseconds
    }

    private static let initial: Milliseconds = 1_000
    private static let maximum: Milliseconds = 900_000
    private var entries: [String: Entry] = [:]
    /// With so many entries those that are over are forgotten.
    private var sweepsAt = 64

    /// How many entries are remembered.
    var count: Int { entries.count }

    /// The rest of the delay for `key`; nil when the pod may be replaced now.
    func delay(_ key: String, now: Milliseconds) -> Milliseconds? {
        guard let entry = entries[key], now - entry.last < entry.delay else { return nil }
        return entry.delay
    }

    /// Doubles the delay for `key` and counts it from `now`.
    mutating func next(_ key: String, now: Milliseconds) {
        if entries.count >= sweepsAt {
            entries = entries.filter { now - $0.value.last <= 2 * Self.maximum }
            sweepsAt = max(64, entries.count * 2)
        }
        if let entry = entries[key], now - entry.last <= 2 * Self.maximum {
            entries[key] = Entry(delay: min(entry.delay * 2, Self.maximum), last: now)
        } else {
            entries[key] = Entry(delay: Self.initial, last: now)
        }
    }
}
