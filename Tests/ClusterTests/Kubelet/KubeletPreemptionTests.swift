import Model
import Testing
import Value

@testable import Cluster

@Suite("what a kubelet preempts for critical pods")
struct KubeletPreemptionTests {
    /// Pods that ask for so much CPU; with a limit they are Guaranteed.
    private static func pod(_ cpu: String, isGuaranteed: Bool = false, critical: Bool = false)
        -> Value
    {
        var container: Value = [.name: "main", .image: "app:1"]
        if !cpu.isEmpty { container[.resources][.requests] = [.cpu: Value(cpu)] }
        if isGuaranteed {
            container[.resources] = [
                .requests: [.cpu: Value(cpu), .memory: "1Mi"],
                .limits: [.cpu: Value(cpu), .memory: "1Mi"],
            ]
        }
        var spec: Value = [.containers: [container], .nodeName: "node-1"]
        if critical { spec[.priorityClassName] = "system-node-critical" }
        return spec
    }

    @Test(
        "who goes: as few as will do, burstable before guaranteed, the closest fit",
        arguments: [
            // (CPU asked for on a node of 4, what goes)
            ("500m", [] as [String]), ("1", ["half"]), ("1500m", ["one"]), ("2", ["half", "one"]),
            ("3500m", ["one", "two"]), ("4", ["half", "one", "two"]),
        ])
    func victims(_ cpu: String, _ victims: [String]) throws {
        let world = try PodWorld()
        try world.run("best", Self.pod(""))
        try world.run("half", Self.pod("500m"))
        try world.run("one", Self.pod("1"))
        try world.run("two", Self.pod("2", isGuaranteed: true))
        try world.advance(2)
        try world.run("critical", Self.pod(cpu, critical: true))
        try world.advance(5)
        let failed = try ["best", "half", "one", "two"].filter {
            try world.status($0).text(.phase) == "Failed"
        }
        #expect(failed == victims)
        #expect(try world.status("critical").text(.phase) == "Running")
        for name in victims {
            let status = try world.status(name)
            #expect(status.text(.reason) == "Preempting")
            #expect(status.text(.message) == "Preempted in order to admit critical pod")
            let condition = try #require(try world.condition(name, "DisruptionTarget"))
            #expect(condition.reason == "TerminationByKubelet")
            #expect(
                condition.message
                    == "Pod was preempted by Kubelet to accommodate a critical pod.")
            #expect(
                world.events(name, ["Preempting", "Killing"]) == [
                    "Preempting: Preempted in order to admit critical pod",
                    "Killing: Stopping container main",
                ])
        }
    }

    @Test("a critical pod starts when those are dead that made room for it")
    func waits() throws {
        let world = try PodWorld()
        world.behave { $0.stopAfter = 20_000 }
        try world.run("old", Self.pod("3"))
        try world.advance(2)
        try world.run("critical", Self.pod("2", critical: true))
        try world.advance(19)
        #expect(try world.status("critical").text(.phase) == "Pending")
        #expect(try world.status("old").text(.phase) == "Running")
        try world.advance(2)
        #expect(try world.status("critical").text(.phase) == "Running")
        #expect(try world.status("old").text(.phase) == "Failed")
    }

    @Test("where all others would not do, nothing is killed and the pod is refused")
    func hopeless() throws {
        let world = try PodWorld()
        try world.run("old", Self.pod("3"))
        try world.run("peer", Self.pod("500m", critical: true))
        try world.advance(2)
        try world.run("critical", Self.pod("4", critical: true))
        try world.advance(2)
        let status = try world.status("critical")
        #expect(status.text(.phase) == "Failed")
        #expect(status.text(.reason) == "UnexpectedAdmissionError")
        #expect(
            status.text(.message)
                == "Pod was rejected: Unexpected error while attempting to recover from admission "
                + "failure: preemption: error finding a set of pods to preempt: no set of running "
                + "pods found to reclaim resources: [(res: cpu, q: 500), ]")
        #expect(try world.status("old").text(.phase) == "Running")
        #expect(try world.status("peer").text(.phase) == "Running")
    }
}
