import Model
import Testing
import Value

@testable import Cluster

@Suite("observers and waiting")
struct ObserverTests {
    /// Makes three ConfigMaps in one event at 10 ms, and one more at 20 ms.
    private final class Burst: Component {
        override func start() {
            schedule(after: 10, code: 3)
            schedule(after: 20, code: 1)
        }
        override func handle(_ event: Event) {
            for number in 0..<event.code {
                _ = try? api.create(
                    .configMap, [.metadata: [.name: Value("c\(now)-\(number)")]], in: "default")
            }
        }
    }

    private final class Counter: CommitObserver {
        var counts: [Int] = []
        let stops: [Int]
        init(stops: [Int]) { self.stops = stops }
        func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
            counts.append(cluster.state.count(.configMap))
            return stops.contains(cluster.state.count(.configMap))
        }
    }

    private func world() -> SimulatedCluster {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        _ = try? cluster.api.create(.namespace, [.metadata: [.name: "default"]])
        cluster.add(Burst(name: "burst"), to: cluster.addProcess("p"))
        return cluster
    }

    @Test("a stop shows the state at the stopping write, though the event went on")
    func stopsAtWrite() throws {
        let cluster = world()
        let counter = Counter(stops: [2])
        cluster.addObserver(counter)
        #expect(try cluster.run(until: 100) == .stopped)
        #expect(cluster.clock.now == 10)
        #expect(cluster.state.count(.configMap) == 2)
        #expect(try cluster.run(until: 100) == .reached)
        #expect(counter.counts == [1, 2, 3, 4])
        #expect(cluster.state.count(.configMap) == 4)
    }

    @Test("every state is seen once, also when each one stops the world")
    func stopsAtEach() throws {
        let cluster = world()
        let counter = Counter(stops: [1, 2, 3, 4])
        cluster.addObserver(counter)
        var ends: [Int] = []
        while try cluster.run(until: 100) == .stopped {
            ends.append(cluster.state.count(.configMap))
        }
        #expect(ends == [1, 2, 3, 4])
        #expect(counter.counts == [1, 2, 3, 4])
        #expect(cluster.clock.now == 100)
    }

    @Test("waiting for a condition ends at the event that fulfils it, or at the limit")
    func waits() throws {
        let cluster = world()
        #expect(
            try cluster.run(limit: 1000) { cluster.state.count(.configMap) == 4 } == .reached)
        #expect(cluster.clock.now == 20)
        #expect(try cluster.run(limit: 1000) { false } == .expired)
        #expect(cluster.clock.now == 1020)
    }

    @Test("a snapshot does not see later writes, and later names do not confuse it")
    func snapshots() throws {
        var options = ClusterOptions()
        options.limits.logRetention = 4
        let cluster = SimulatedCluster(bare: options)
        try cluster.api.create(.namespace, [.metadata: [.name: "default"]])
        func make(_ name: String) throws -> StoredObject {
            try cluster.api.create(
                .configMap, [.metadata: [.name: Value(name)]], in: "default")
        }
        let old = try make("old")
        let snapshot = cluster.snapshot()
        try cluster.api.delete(old)
        for number in 0..<200 {
            try cluster.api.delete(try make("n\(number)"))
            #expect(cluster.inconsistencies() == [])
        }
        #expect(snapshot.state.list(.configMap).map(\.name) == ["old"])
        #expect(snapshot.state.get(.configMap, old.key) === old)
        #expect(snapshot.state.get(.configMap, namespace: "default", name: "n7") == nil)
        #expect(cluster.state.count(.configMap) == 0)
    }

    @Test("the watch log replays into what a list gives")
    func replay() throws {
        let cluster = SimulatedCluster()
        var seen: [ObjectKey: StoredObject] = [:]
        let object = try cluster.api.create(
            .configMap, [.metadata: [.name: "a"]], in: "default")
        try cluster.api.modify(object) { $0[.data]["x"] = "1" }
        try cluster.api.delete(object)
        try cluster.api.create(.configMap, [.metadata: [.name: "a"]], in: "default")
        _ = try cluster.settle()
        for change in cluster.log.changes(after: 0) where change.kind == .configMap {
            seen[change.object.key] = change.new
        }
        let listed = cluster.state.list(.configMap)
        #expect(seen.count == listed.count)
        for object in listed { #expect(seen[object.key] === object) }
    }

    @Test("the recorder's settle lasts from one to three seconds in a quiet world")
    func recorderSettle() throws {
        var options = ClusterOptions()
        options.profile = .recorder
        let cluster = SimulatedCluster(options: options)
        try cluster.advance(by: 250)
        try cluster.api.create(.configMap, [.metadata: [.name: "a"]], in: "default")
        try cluster.settleAsRecorder()
        #expect(cluster.clock.now == 3250)
        try cluster.advance(by: 10_000)
        try cluster.settleAsRecorder()
        #expect(cluster.clock.now == 14_250)
    }
}
