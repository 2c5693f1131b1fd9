import Support

/// Requests must fit into what is allocatable and not yet requested; emptier nodes score higher.
enum NodeResourcesFit: NodeFilterPlugin, NodeScorePlugin {
    static let name = "NodeResourcesFit"
    static let podFields: [Key] = [.containers, .initContainers, .resources, .overhead]
    static let actions: ClusterActions = [
        .nodeAdded, .nodeAllocatable, .podDeleted, .podScaledDown,
    ]

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        var lacks = Lacks()
        if node.pods.count + 1 > node.allowedPods { lacks.reasons.append("Too many pods") }
        let wanted = needs.request.amounts
        let (all, used) = (node.allocatable, node.requested)
        lacks.check("cpu", wanted.milliCPU, of: all.milliCPU, used: used.milliCPU)
        lacks.check("memory", wanted.memory, of: all.memory, used: used.memory)
        lacks.check(
            "ephemeral-storage", wanted.ephemeralStorage, of: all.ephemeralStorage,
            used: used.ephemeralStorage)
        for scalar in wanted.scalars where scalar.amount > 0 {
            lacks.check(
                scalar.name.name, scalar.amount, of: all.scalar(scalar.name),
                used: used.scalar(scalar.name))
        }
        return lacks.reasons.isEmpty
            ? nil : Rejection(by: Self.self, lacks.reasons, isResolvable: lacks.isResolvable)
    }

    /// What a node lacks.
    private struct Lacks {
        var reasons: [String] = []
        /// No preemption makes a node larger than it is.
        var isResolvable = true

        mutating func check(_ name: String, _ wanted: Int128, of all: Int128, used: Int128) {
            guard wanted > 0, wanted > all - used else { return }
            reasons.append("Insufficient \(name)")
            if wanted > all { isResolvable = false }
        }
    }

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        switch event.action {
        case .podDeleted: event.old?.isPlacedOrNominated ?? false
        case .podScaledDown: asksForLess(event, pod)
        default: fits(event, pod)
        }
    }

    /// Whether a pod that was placed, or the waiting one itself, asks for less of something that
    /// the waiting one asks for.
    private static func asksForLess(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        guard let old = event.old, let new = event.new else { return false }
        if event.isAbout(pod) { return true }
        guard new.isPlacedOrNominated else { return false }
        let before = PodResourceRequest(spec: old.value[.spec]).amounts
        let after = PodResourceRequest(spec: new.value[.spec]).amounts
        return before.exceeds(after, in: pod.needs.request.amounts)
    }

    /// Whether the pod fits on an empty node of that size and the node has more than before of what
    /// it asks for.
    private static func fits(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        guard let node = event.new else { return false }
        let new = NodeState(alone: node)
        guard filter(pod.needs, new) == nil else { return false }
        guard let old = event.old.map({ NodeState(alone: $0) }) else { return true }
        return new.allowedPods > old.allowedPods
            || new.allocatable.exceeds(old.allocatable, in: pod.needs.request.amounts)
    }

    /// LeastAllocated: the free share of cpu and of memory after the pod came, averaged. A node of
    /// 4 cores with 1 asked for and 8 Gi with 2 asked for scores (75 + 75) / 2 = 75.
    static func score(_ needs: PodNeeds, _ node: NodeState) -> Int {
        var sum: Int128 = 0
        var resources: Int128 = 0
        func add(_ capacity: Int128, _ requested: Int128) {
            guard capacity > 0 else { return }
            resources += 1
            if requested <= capacity { sum += (capacity - requested) * 100 / capacity }
        }
        add(node.allocatable.milliCPU, node.nonZeroMilliCPU + needs.request.nonZeroMilliCPU)
        add(node.allocatable.memory, node.nonZeroMemory + needs.request.nonZeroMemory)
        return resources == 0 ? 0 : Int(sum / resources)
    }
}
