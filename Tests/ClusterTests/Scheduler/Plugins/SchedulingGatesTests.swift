import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin SchedulingGates")
struct SchedulingGatesTests {
    @Test(
        "a pod with a gate does not enter the queue",
        arguments: [
            (.null, nil), ([], nil),
            ([[.name: "a"]], ["waiting for scheduling gates: [a]"]),
            ([[.name: "a"], [.name: "b"]], ["waiting for scheduling gates: [a b]"]),
        ] as [(Value, [String]?)])
    func preEnqueue(gates: Value, expected: [String]?) throws {
        let waiting = try PluginWorld().waiting(pod([.schedulingGates: gates]))
        #expect(SchedulingGates.preEnqueue(waiting.object)?.reasons == expected)
    }

    @Test(
        "a gated pod says so from the start, is tried by nobody, and comes when the last gate goes")
    func life() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .pod, WholeWorld.pod("p", spec: [.schedulingGates: [[.name: "a"], [.name: "b"]]]))
        func condition() throws -> Condition? {
            world.condition(try world.found(.pod, "p"), "PodScheduled")
        }
        #expect(try condition()?.reason == "SchedulingGated")
        #expect(try condition()?.status == "False")
        #expect(
            try condition()?.message == "Scheduling is blocked due to non-empty scheduling gates")
        try world.settle()
        try world.modify(.pod, "p") { $0[.spec][.schedulingGates] = [[.name: "b"]] }
        try world.settle()
        #expect(try condition()?.reason == "SchedulingGated")
        #expect(world.events("p") == [])
        try world.modify(.pod, "p") { $0[.spec][.schedulingGates] = .null }
        try world.settle()
        #expect(world.get(.pod, "p")?.nodeName == "node-1")
        #expect(try condition()?.status == "True")
    }

    @Test("each of a set's gated pods was gated when it was made")
    func transitionTimes() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .replicaSet,
            WholeWorld.replicaSet("r", replicas: 1, spec: [.schedulingGates: [[.name: "a"]]]))
        try world.advance(seconds: 10)
        try world.modify(.replicaSet, "r") { $0[.spec][.replicas] = 2 }
        try world.advance(seconds: 10)
        let times = world.list(.pod).map {
            (
                $0.value[.metadata][.creationTimestamp].string,
                world.condition($0, "PodScheduled")?.lastTransitionTime
            )
        }
        #expect(times.count == 2)
        #expect(times.allSatisfy { $0 == $1 })
    }
}
