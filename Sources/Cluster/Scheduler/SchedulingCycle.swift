import Model
import Support
import Value

/// What is computed once for a pod before nodes are looked at (upstream: PreFilter and PreScore).
struct SchedulingCycle {
    let needs: PodNeeds
    let spread: SpreadState
    let affinity: AffinityState
    let volumes: VolumeNeeds
    /// What pods of the same service or controller have in common; nil for a lone pod.
    let siblings: LabelSelector?

    init(
        _ needs: PodNeeds, volumes: VolumeNeeds, siblings: LabelSelector?,
        cache: inout SchedulerCache
    ) {
        self.needs = needs
        self.volumes = volumes
        self.siblings = siblings
        spread = SpreadState(needs, cache: &cache)
        affinity = AffinityState(needs, cache: &cache)
    }

    /// Whether nothing but a node itself can speak against it.
    var dependsOnNodesAlone: Bool {
        !volumes.restrictNodes && spread.domains.isEmpty && affinity.isEmpty
    }
}

/// The filters in upstream's order: the first that rejects a node ends its chances. Those that look at
/// one node alone come before those for which other nodes or objects count, too.
enum FilterPlugin {
    /// The reasons of the first plugin that rejects the node; empty when it can take the pod.
    static func rejections(
        _ cycle: SchedulingCycle, _ node: NodeState, _ number: Int
    ) -> [Rejection] {
        let own = ownRejections(cycle.needs, node)
        return own.isEmpty ? sharedRejections(cycle, node, number) : own
    }

    /// The reasons that depend on the pod's template and the node alone.
    static func ownRejections(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        var reasons = NodeUnschedulable.reject(needs, node)
        if reasons.isEmpty { reasons = TaintToleration.reject(needs, node) }
        if reasons.isEmpty { reasons = NodeAffinity.reject(needs, node) }
        if reasons.isEmpty { reasons = NodePorts.reject(needs, node) }
        if reasons.isEmpty { reasons = NodeResourcesFit.reject(needs, node) }
        return reasons
    }

    /// The reasons that other nodes, pods and volumes give.
    static func sharedRejections(
        _ cycle: SchedulingCycle, _ node: NodeState, _ number: Int
    ) -> [Rejection] {
        var reasons = cycle.volumes.reject(node)
        if reasons.isEmpty { reasons = PodTopologySpread.reject(cycle.spread, number) }
        if reasons.isEmpty { reasons = InterPodAffinity.reject(cycle.affinity, node) }
        return reasons
    }
}

/// The scorers with their weights in the default profile of kube-scheduler 1.32. Those that look at the
/// free resources of a node (NodeResourcesFit and NodeResourcesBalancedAllocation, weight 1 each) are in
/// ``SchedulerCache/resourceScores(_:_:)``.
enum ScorePlugin: CaseIterable {
    case taintToleration
    case nodeAffinity
    case podTopologySpread
    case interPodAffinity

    static let maximum = 100

    var weight: Int {
        switch self {
        case .taintToleration: 3
        case .nodeAffinity, .podTopologySpread, .interPodAffinity: 2
        }
    }

    /// The scores 0...100 of the nodes in `candidates`, in their order; nil when they are all the same.
    func scores(
        _ cycle: SchedulingCycle, _ candidates: [Int], _ cache: inout SchedulerCache
    ) -> [Int]? {
        switch self {
        case .taintToleration: TaintToleration.scores(cycle.needs, candidates, cache)
        case .nodeAffinity: NodeAffinity.scores(cycle.needs, candidates, cache)
        case .podTopologySpread: PodTopologySpread.scores(cycle, candidates, &cache)
        case .interPodAffinity: InterPodAffinity.scores(cycle.needs, candidates, &cache)
        }
    }
}

/// Stretches raw scores to 0...100 (upstream: DefaultNormalizeScore); `reversed` where more is worse.
func normalized(_ raw: [Int], reversed: Bool = false) -> [Int] {
    let top = raw.max() ?? 0
    guard top > 0 else { return raw.map { _ in reversed ? ScorePlugin.maximum : 0 } }
    return raw.map {
        let score = $0 * ScorePlugin.maximum / top
        return reversed ? ScorePlugin.maximum - score : score
    }
}
