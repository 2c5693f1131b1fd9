import Testing

@testable import Cluster

@Suite("scale-down order")
struct ScaleDownOrderTests {
    static let base = ScaleDownCandidate(
        slot: 1, isAssigned: true, phase: .running, isReady: true, deletionCost: 0,
        relatedOnNode: 1, readyTime: 0, restarts: 0, sidecarRestarts: 0, createdTime: 0,
        uidRank: 5)

    static func changed(_ change: (inout ScaleDownCandidate) -> Void) -> ScaleDownCandidate {
        var candidate = base
        change(&candidate)
        return candidate
    }

    /// What is written first goes first; each rule against the rules after it.
    static let cases: [(String, ScaleDownCandidate, ScaleDownCandidate)] = [
        (
            "unassigned before assigned, whatever the phase",
            changed {
                $0.isAssigned = false
                $0.deletionCost = 9
            }, changed { $0.phase = .pending }
        ),
        (
            "pending before unknown", changed { $0.phase = .pending },
            changed { $0.phase = .unknown }
        ),
        ("unknown before running", changed { $0.phase = .unknown }, base),
        (
            "not ready before ready, although it costs more",
            changed {
                $0.isReady = false
                $0.deletionCost = 5
            }, base
        ),
        (
            "lower cost before more company on the node",
            changed { $0.deletionCost = -1 }, changed { $0.relatedOnNode = 9 }
        ),
        (
            "more company before a shorter time of readiness",
            changed { $0.relatedOnNode = 2 }, changed { $0.readyTime = 99_000 }
        ),
        (
            "ready for less time before more restarts",
            changed { $0.readyTime = 90_000 }, changed { $0.restarts = 9 }
        ),
        (
            "more restarts before younger",
            changed { $0.restarts = 1 }, changed { $0.createdTime = 99_000 }
        ),
        ("younger before older", changed { $0.createdTime = 90_000 }, base),
        (
            "ages of one power of two count as equal: the uid decides",
            changed {
                $0.readyTime = 40_000
                $0.uidRank = 1
            },
            changed {
                $0.readyTime = 60_000
                $0.uidRank = 2
            }
        ),
        ("without any difference the name decides", changed { $0.slot = 0 }, base),
    ]

    @Test("each rule counts before the next", arguments: cases.indices)
    func precedence(_ index: Int) {
        let (name, first, second) = Self.cases[index]
        let order = ScaleDownOrder(now: 100_000, names: ["a", "n"])
        #expect(order.precedes(first, second), "\(name)")
        #expect(!order.precedes(second, first), "\(name)")
    }

    @Test("choosing a few gives the beginning of the sorted list")
    func selection() {
        let order = ScaleDownOrder(now: 100_000, names: (0..<97).map { "n\($0)" })
        let candidates = (0..<97).map { index in
            Self.changed {
                $0.slot = index
                $0.deletionCost = Int32(index * 31 % 97)
            }
        }
        let sorted = candidates.sorted(by: order.precedes).map(\.slot)
        for count in [1, 2, 10, 40, 97] {
            #expect(
                order.first(count, of: candidates).map(\.slot) == Array(sorted.prefix(count)))
        }
    }
}
