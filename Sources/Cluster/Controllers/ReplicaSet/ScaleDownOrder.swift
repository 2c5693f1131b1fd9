import Model
import Value

/// What decides which pods of a set go first when it shrinks. Times are virtual; objects show whole
/// seconds.
struct ScaleDownCandidate {
    /// The pod's slot.
    var slot: Int
    var isAssigned: Bool
    var phase: PodPhase
    var isReady: Bool
    /// The annotation `controller.kubernetes.io/pod-deletion-cost`; 0 without it.
    var deletionCost: Int32
    /// How many active pods of related sets run on the same node.
    var relatedOnNode: Int32
    /// When the pod became ready; `.max` when unknown.
    var readyTime: Milliseconds
    /// The highest restart count of a container.
    var restarts: Int32
    /// The highest restart count of a sidecar.
    var sidecarRestarts: Int32
    var createdTime: Milliseconds
    /// Orders as the uids do.
    var uidRank: UInt64
}

/// The order in which a shrinking set gives up its pods.
///
/// Origin: `ActivePodsWithRanks.Less` in pkg/controller/controller_utils.go; ages are compared by
/// the logarithm of their nanoseconds (KEP-2185). Example: of two ready pods of ages 40 s and 60 s
/// neither counts as younger (both lie between 2^35 and 2^36 ns, that is 34 s to 69 s), so the uid
/// decides; of ages 30 s and 40 s the first one goes.
struct ScaleDownOrder {
    let now: Milliseconds
    /// By slot: the pods' names, which decide at last.
    let names: [String]

    /// The `count` candidates to delete, first of all first. O(n log count).
    func first(_ count: Int, of candidates: [ScaleDownCandidate]) -> [ScaleDownCandidate] {
        if count * 4 >= candidates.count {
            return Array(candidates.sorted(by: precedes).prefix(count))
        }
        var chosen: [ScaleDownCandidate] = []
        for candidate in candidates {
            if chosen.count == count {
                guard precedes(candidate, chosen[count - 1]) else { continue }
                chosen.removeLast()
            }
            var low = 0
            var high = chosen.count
            while low < high {
                let middle = (low + high) / 2
                if precedes(candidate, chosen[middle]) { high = middle } else { low = middle + 1 }
            }
            chosen.insert(candidate, at: low)
        }
        return chosen
    }

    /// Whether `left` is to be deleted before `right`.
    func precedes(_ left: ScaleDownCandidate, _ right: ScaleDownCandidate) -> Bool {
        if left.isAssigned != right.isAssigned { return !left.isAssigned }
        if left.phase.scaleDownRank != right.phase.scaleDownRank {
            return left.phase.scaleDownRank < right.phase.scaleDownRank
        }
        if left.isReady != right.isReady { return !left.isReady }
        if left.deletionCost != right.deletionCost { return left.deletionCost < right.deletionCost }
        if left.relatedOnNode != right.relatedOnNode {
            return left.relatedOnNode > right.relatedOnNode
        }
        if left.isReady, let decided = readyFor(left, right) { return decided }
        if left.restarts != right.restarts { return left.restarts > right.restarts }
        if left.sidecarRestarts != right.sidecarRestarts {
            return left.sidecarRestarts > right.sidecarRestarts
        }
        if left.createdTime != right.createdTime {
            let difference = rankDifference(left.createdTime, right.createdTime)
            return difference == 0 ? left.uidRank < right.uidRank : difference < 0
        }
        return names[left.slot] < names[right.slot]
    }

    /// Decides by the time the pods have been ready; nil when both became ready in one second.
    private func readyFor(_ left: ScaleDownCandidate, _ right: ScaleDownCandidate) -> Bool? {
        guard left.readyTime != right.readyTime else { return nil }
        if left.readyTime == .max { return true }
        if right.readyTime == .max { return false }
        let difference = rankDifference(left.readyTime, right.readyTime)
        return difference == 0 ? left.uidRank < right.uidRank : difference < 0
    }

    /// Negative when `first` is younger by at least one power of two.
    private func rankDifference(_ first: Milliseconds, _ second: Milliseconds) -> Int {
        rank(first) - rank(second)
    }

    private func rank(_ time: Milliseconds) -> Int {
        let age = (now - time) * 1_000_000
        return age > 0 ? 63 - age.leadingZeroBitCount : -1
    }
}

extension PodPhase {
    /// Pending before unknown before everything else.
    fileprivate var scaleDownRank: Int {
        switch self {
        case .pending: 0
        case .unknown: 1
        case .running, .succeeded, .failed, .unset: 2
        }
    }
}
