/// How fast the nodes of each zone may be tainted with NoExecute.
///
/// Origin: handleDisruption and the RateLimitedTimedQueue: one node each 10 s per zone
/// (`--node-eviction-rate` 0.1); when more than two nodes and at least 55 % of a zone are not ready, not
/// at all in a cluster of up to 50 nodes, else one each 100 s; when no zone has a ready node, the fault
/// is taken to be the control plane's and nothing is tainted.
struct NodeZones {
    private enum Rate {
        case normal, reduced, stopped

        /// From one node to the next; nil: never.
        var interval: Milliseconds? {
            switch self {
            case .normal: 10_000
            case .reduced: 100_000
            case .stopped: nil
            }
        }
    }

    private static let unhealthyPercent = 55
    private static let largeCluster = 50

    /// Node and zone, in the order they came.
    private var queued: [(node: String, zone: String)] = []
    private var nextTokens: [String: Milliseconds] = [:]
    private var rates: [String: Rate] = [:]
    /// Whether there are nodes, and none is ready.
    private(set) var areAllDown = false

    /// Takes in the zone and readiness of every node.
    mutating func assess(_ nodes: [(zone: String, isReady: Bool)]) {
        var counts: [String: (ready: Int, all: Int)] = [:]
        for node in nodes {
            counts[node.zone, default: (0, 0)].all += 1
            if node.isReady { counts[node.zone]!.ready += 1 }
        }
        areAllDown = !nodes.isEmpty && !nodes.contains { $0.isReady }
        rates = counts.mapValues { count in
            let unready = count.all - count.ready
            guard count.ready > 0, unready > 2,
                unready * 100 >= count.all * Self.unhealthyPercent
            else { return .normal }
            return nodes.count > Self.largeCluster ? .reduced : .stopped
        }
    }

    mutating func queue(_ node: String, zone: String) {
        if !queued.contains(where: { $0.node == node }) { queued.append((node, zone)) }
    }

    mutating func forget(_ node: String) { queued.removeAll { $0.node == node } }

    /// The nodes that may be tainted now; they leave the queue.
    mutating func take(now: Milliseconds) -> [String] {
        var taken: [String] = []
        queued.removeAll { entry in
            guard let interval = (rates[entry.zone] ?? .normal).interval,
                nextTokens[entry.zone] ?? now <= now
            else { return false }
            nextTokens[entry.zone] = now + interval
            taken.append(entry.node)
            return true
        }
        return taken
    }

    /// When the next queued node may be tainted; nil when none may.
    func nextToken(now: Milliseconds) -> Milliseconds? {
        queued.compactMap { entry in
            (rates[entry.zone] ?? .normal).interval == nil ? nil : nextTokens[entry.zone] ?? now
        }.min()
    }
}
