import Support

/// Requests must fit into what is allocatable and not yet requested; emptier nodes score higher.
enum NodeResourcesFit {
    static func reject(_ needs: PodNeeds, _ node: NodeState) -> [Rejection] {
        var reasons: [Rejection] = []
        if node.pods.count + 1 > node.allowedPods { reasons.append(.tooManyPods) }
        let wanted = needs.request.amounts
        let free = node.allocatable
        let used = node.requested
        if wanted.milliCPU > 0, wanted.milliCPU > free.milliCPU - used.milliCPU {
            reasons.append(.insufficient(.cpu))
        }
        if wanted.memory > 0, wanted.memory > free.memory - used.memory {
            reasons.append(.insufficient(.memory))
        }
        if wanted.ephemeralStorage > 0,
            wanted.ephemeralStorage > free.ephemeralStorage - used.ephemeralStorage
        {
            reasons.append(.insufficient(ResourceAmounts.ephemeralStorageName))
        }
        for scalar in wanted.scalars where scalar.amount > 0 {
            if scalar.amount > free.scalar(scalar.name) - used.scalar(scalar.name) {
                reasons.append(.insufficient(scalar.name))
            }
        }
        return reasons
    }

    /// LeastAllocated: the free share of cpu and of memory after the pod came, averaged. A node of
    /// 4 cores with 1 asked for and 8 Gi with 2 asked for scores (75 + 75) / 2 = 75.
    static func score(_ needs: PodNeeds, _ node: NodeState) -> Int {
        var sum: Int64 = 0
        var resources: Int64 = 0
        func add(_ capacity: Int64, _ requested: Int64) {
            guard capacity > 0 else { return }
            resources += 1
            if requested <= capacity { sum += (capacity - requested) * 100 / capacity }
        }
        add(node.allocatable.milliCPU, node.nonZeroMilliCPU + needs.request.nonZeroMilliCPU)
        add(node.allocatable.memory, node.nonZeroMemory + needs.request.nonZeroMemory)
        return resources == 0 ? 0 : Int(sum / resources)
    }
}

/// Nodes whose cpu and memory would be used to a like degree score higher.
enum BalancedAllocation {
    static func score(_ needs: PodNeeds, _ node: NodeState) -> Int {
        let wanted = needs.request.amounts
        let cpu = share(node.requested.milliCPU + wanted.milliCPU, of: node.allocatable.milliCPU)
        let memory = share(node.requested.memory + wanted.memory, of: node.allocatable.memory)
        let deviation = (cpu - memory).magnitude / 2
        return Int((1 - deviation) * 100)
    }

    private static func share(_ requested: Int64, of capacity: Int64) -> Double {
        capacity == 0 ? 1 : min(1, Double(requested) / Double(capacity))
    }
}
