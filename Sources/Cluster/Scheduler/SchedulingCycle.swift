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
}

/// The filters in upstream's order: the first that rejects a node ends its chances.
enum FilterPlugin: CaseIterable {
    case nodeUnschedulable
    case taintToleration
    case nodeAffinity
    case nodePorts
    case nodeResourcesFit
    case volumeBinding
    case podTopologySpread
    case interPodAffinity

    /// The reasons against node `number`; empty when this plugin lets it pass.
    func reject(_ cycle: SchedulingCycle, _ node: NodeState, _ number: Int) -> [Rejection] {
        switch self {
        case .nodeUnschedulable: NodeUnschedulable.reject(cycle.needs, node)
        case .taintToleration: TaintToleration.reject(cycle.needs, node)
        case .nodeAffinity: NodeAffinity.reject(cycle.needs, node)
        case .nodePorts: NodePorts.reject(cycle.needs, node)
        case .nodeResourcesFit: NodeResourcesFit.reject(cycle.needs, node)
        case .volumeBinding: cycle.volumes.reject(node)
        case .podTopologySpread: PodTopologySpread.reject(cycle.spread, node)
        case .interPodAffinity: InterPodAffinity.reject(cycle.affinity, node)
        }
    }

    /// The reasons of the first plugin that rejects the node; empty when it can take the pod.
    static func rejections(
        _ cycle: SchedulingCycle, _ node: NodeState, _ number: Int
    ) -> [Rejection] {
        for plugin in allCases {
            let reasons = plugin.reject(cycle, node, number)
            if !reasons.isEmpty { return reasons }
        }
        return []
    }
}

/// The scorers with their weights in the default profile of kube-scheduler 1.32.
enum ScorePlugin: CaseIterable {
    case taintToleration
    case nodeAffinity
    case podTopologySpread
    case interPodAffinity
    case nodeResourcesFit
    case nodeResourcesBalancedAllocation

    static let maximum = 100

    var weight: Int {
        switch self {
        case .taintToleration: 3
        case .nodeAffinity, .podTopologySpread, .interPodAffinity: 2
        case .nodeResourcesFit, .nodeResourcesBalancedAllocation: 1
        }
    }

    /// The scores 0...100 of the nodes in `candidates`, in their order.
    func scores(
        _ cycle: SchedulingCycle, _ candidates: [Int], _ cache: inout SchedulerCache
    ) -> [Int] {
        switch self {
        case .taintToleration: TaintToleration.scores(cycle.needs, candidates, cache)
        case .nodeAffinity: NodeAffinity.scores(cycle.needs, candidates, cache)
        case .podTopologySpread: PodTopologySpread.scores(cycle, candidates, &cache)
        case .interPodAffinity: InterPodAffinity.scores(cycle.needs, candidates, &cache)
        case .nodeResourcesFit: NodeResourcesFit.scores(cycle.needs, candidates, cache)
        case .nodeResourcesBalancedAllocation:
            BalancedAllocation.scores(cycle.needs, candidates, cache)
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
