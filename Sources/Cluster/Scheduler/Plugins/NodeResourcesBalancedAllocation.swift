import Support
import Value

/// Nodes on which a pod evens out the use of cpu and of memory score higher.
enum NodeResourcesBalancedAllocation: NodeScorePlugin {
    static let name = "NodeResourcesBalancedAllocation"
    static let podFields: [Key] = [.containers, .initContainers, .resources, .overhead]

    /// 75 where the pod changes nothing, more where it evens things out. On an empty node of 4
    /// cores and 8 Gi a pod of 2 cores and 2 Gi uses 50 % and 25 %: the deviation is 12.5 %, the
    /// balance 87 after 100, the score 50 + (50 + 87 - 100) / 2 = 68. A pod that asks for neither
    /// gets nothing anywhere.
    static func score(_ needs: PodNeeds, _ node: NodeState) -> Int {
        let wanted = needs.request.amounts
        guard wanted.milliCPU > 0 || wanted.memory > 0 else { return 0 }
        let half = Points.maximum / 2
        let with = balance(
            node.requested.milliCPU + wanted.milliCPU, node.requested.memory + wanted.memory, node)
        let without = balance(node.requested.milliCPU, node.requested.memory, node)
        return half + (half + with - without) / 2
    }

    /// 100 for equal shares of cpu and memory, 50 where one is used up and the other is not at all.
    private static func balance(_ milliCPU: Int128, _ memory: Int128, _ node: NodeState) -> Int {
        let all = node.allocatable
        guard all.milliCPU > 0, all.memory > 0 else { return Points.maximum }
        let cpuShare = min(1, milliCPU.asDouble / all.milliCPU.asDouble)
        let memoryShare = min(1, memory.asDouble / all.memory.asDouble)
        let deviation = (cpuShare - memoryShare).magnitude / 2
        return Int((1 - deviation) * Double(Points.maximum))
    }
}
