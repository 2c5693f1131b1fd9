import Testing

@testable import Cluster

@Suite("checkpoints")
struct CheckpointTests {
    private let world = SimulatedCluster(bare: ClusterOptions())
    private let origin = WorldOrigin(ClusterOptions(), .none, spacing: 1_000)

    private func checkpoint(_ events: Int, after last: Deed? = nil) -> Checkpoint {
        Checkpoint(world: world, last: last, events: events, time: 0, resume: {})
    }

    private func place(_ events: Int, after last: Deed? = nil, visible: Int? = nil) -> WorldPlace {
        WorldPlace(
            origin: origin, last: last, events: events, time: 0, trace: nil, visible: visible)
    }

    @Test("there are ever fewer of them towards the beginning, and never too many")
    func thinning() {
        var all = Checkpoints()
        for number in 1...1_000 { all.add(checkpoint(number * 1_000)) }
        let events = all.all.map(\.events).sorted()
        #expect(events.count == 24)
        #expect(events.last == 1_000_000)
        for distance in [2_000, 10_000, 100_000, 900_000] {
            let found = all.nearest(to: place(1_000_000 - distance))?.events ?? 0
            // What has to be done again is less than what was taken back.
            #expect(1_000_000 - distance - found <= distance, "\(distance): \(events)")
        }
    }

    @Test("one is on the way where nothing was done before it that it does not know")
    func ways() throws {
        let first = Deed(after: nil, in: world) { _ in }
        let second = Deed(after: first, in: world) { _ in }
        #expect(checkpoint(0).isOnWay(to: place(0, after: second)))
        #expect(checkpoint(0, after: first).isOnWay(to: place(5, after: second)))
        #expect(checkpoint(5, after: second).isOnWay(to: place(5, after: second)))
        // The second deed was done before the fifth event.
        #expect(!checkpoint(5, after: first).isOnWay(to: place(9, after: second)))
        #expect(!checkpoint(5, after: second).isOnWay(to: place(9, after: first)))
        #expect(!checkpoint(6, after: second).isOnWay(to: place(5, after: second)))
        // A place in the middle of the fifth event.
        #expect(!checkpoint(5).isOnWay(to: place(5, visible: 1)))
        #expect(checkpoint(4).isOnWay(to: place(5, visible: 1)))
    }
}
