import Value

/// How fast the nodes of each zone may be tainted with NoExecute.
///
/// Origin: handleDisruption and the RateLimitedTimedQueue: one node each 10 s per zone
/// (`--node-eviction-rate` 0.1); when more than two nodes and at least 55 % of a zone are not ready, not
/// at all in a zone of up to 50 nodes, else one each 100 s; when no zone has a ready node, the fault
/// is taken to be the control plane's and nothing is tainted. Example: of five nodes three fall silent
/// at once: 60 % are not ready, so that their pods stay where they are.
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

    /// A token bucket that holds one token.
    private struct Limiter {
        var rate = Rate.normal
        /// From when on a node may be tainted.
        var next: Milliseconds = 0

        /// A new rate begins with a full bucket, unless the old one was empty.
        mutating func change(to new: Rate, now: Milliseconds) {
            guard new != rate else { return }
            let isEmpty = rate == .stopped || next > now
            rate = new
            next = isEmpty ? now + (new.interval ?? 0) : now
        }
    }

    private static let unhealthyPercent = 55
    private static let largeZone = 50

    /// Node and zone, in the order they came.
    private var queued: [(node: String, zone: String)] = []
    private var limiters: [String: Limiter] = [:]
    /// Whether there are nodes, and none was ready when last looked at.
    private(set) var areAllDown = false

    /// Whether nodes wait to be tainted.
    var hasQueued: Bool { !queued.isEmpty }

    /// Takes in the zone and readiness of every node that counts; answers whether from now on none
    /// is ready, though one was before.
    mutating func assess(_ nodes: [(zone: String, isReady: Bool)], now: Milliseconds) -> Bool {
        var counts: [String: (ready: Int, all: Int)] = [:]
        for node in nodes {
            counts[node.zone, default: (0, 0)].all += 1
            if node.isReady { counts[node.zone]!.ready += 1 }
        }
        let wereAllDown = areAllDown
        areAllDown = !nodes.isEmpty && !nodes.contains { $0.isReady }
        for (zone, count) in counts {
            let rate = areAllDown ? .stopped : Self.rate(ready: count.ready, all: count.all)
            limiters[zone, default: Limiter()].change(to: rate, now: now)
        }
        return areAllDown && !wereAllDown
    }

    private static func rate(ready: Int, all: Int) -> Rate {
        let unready = all - ready
        guard ready > 0, unready > 2, unready * 100 >= all * unhealthyPercent else {
            return .normal
        }
        return all > largeZone ? .reduced : .stopped
    }

    mutating func queue(_ node: String, zone: String) {
        if !queued.contains(where: { $0.node == node }) { queued.append((node, zone)) }
    }

    mutating func forget(_ node: String) { queued.removeAll { $0.node == node } }

    /// The nodes that may be tainted now; they leave the queue.
    mutating func take(now: Milliseconds) -> [String] {
        var taken: [String] = []
        queued.removeAll { entry in
            let limiter = limiters[entry.zone] ?? Limiter()
            guard let interval = limiter.rate.interval, limiter.next <= now else { return false }
            limiters[entry.zone, default: Limiter()].next = now + interval
            taken.append(entry.node)
            return true
        }
        return taken
    }

    /// When the next queued node may be tainted; nil when none may.
    func nextToken(now: Milliseconds) -> Milliseconds? {
        queued.compactMap { entry in
            let limiter = limiters[entry.zone] ?? Limiter()
            return limiter.rate.interval == nil ? nil : max(limiter.next, now)
        }.min()
    }
}
