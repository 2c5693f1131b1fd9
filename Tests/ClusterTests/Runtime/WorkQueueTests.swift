import Model
import Support
import Testing

@testable import Cluster

@Suite("the work queue")
struct WorkQueueTests {
    private func key(_ number: Int) -> ObjectKey {
        ObjectKey(namespace: "default", name: "web-\(number)")
    }

    @Test("keys that are done with are forgotten, and their numbers used again")
    func forgets() {
        var queue = WorkQueue()
        for number in 0..<10_000 {
            let place = queue.number(of: key(number))
            queue.add(place, trigger: number)
            #expect(queue.take() == place)
            queue.done(place)
            #expect(place < 257)
        }
        #expect(queue.count <= 257)
    }

    @Test("keys with which something is to be done are kept")
    func keeps() {
        var queue = WorkQueue()
        let waiting = queue.number(of: key(1))
        queue.add(waiting, trigger: 1)
        let failed = queue.number(of: key(2))
        #expect(queue.backOff(failed) == 5)
        let delayed = queue.number(of: key(3))
        queue.setDelayed(delayed, Timer(slot: 1, generation: 0), until: 7)
        let busy = queue.number(of: key(4))
        queue.add(busy, trigger: 1)
        #expect(queue.take() == waiting && queue.take() == busy)
        queue.done(waiting)
        queue.add(waiting, trigger: 2)
        for number in 10..<2_000 { _ = queue.number(of: key(number)) }
        #expect(queue.number(of: key(1)) == waiting && queue.hasReady)
        #expect(queue.failures(queue.number(of: key(2))) == 1)
        #expect(queue.delayed(queue.number(of: key(3)))?.until == 7)
        queue.add(queue.number(of: key(4)), trigger: 3)
        queue.done(busy)
        #expect(queue.take() == waiting && queue.take() == busy)
    }

    @Test("a controller of ten thousand objects that come and go keeps few keys")
    func controller() throws {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
        let controller = ScriptedController(heeding: { _ in true })
        cluster.add(controller, to: cluster.addProcess("test"))
        for number in 0..<2_000 {
            let object = try cluster.api.create(
                .configMap, [.metadata: [.name: .init("c-\(number)")]], in: "default")
            try cluster.advance(by: 20)
            try cluster.api.delete(object)
            try cluster.advance(by: 20)
        }
        #expect(controller.syncs.count == 4_000)
        #expect(controller.queue.count <= 257)
    }
}
