import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("machines that die and come back")
struct KubeletMachineTests {
    private func world(
        profile: LatencyProfile = .standard, spec: Value = .null
    ) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 2, profile: profile)
        try world.settle()
        var pod = WholeWorld.pod("p", spec: spec)
        pod[.spec][.nodeName] = "node-2"
        try world.create(.pod, pod)
        try world.settle()
        #expect(PodView(try world.found(.pod, "p").value).isReady)
        return world
    }

    /// What `get pods` shows of the pod after each write from `start` on, equal ones once.
    private func shown(_ world: WholeWorld, after start: Int) -> [String] {
        var result: [String] = []
        for change in world.cluster.log.changes(after: start) where change.kind == .pod {
            guard let pod = change.new else { continue }
            let container = PodStatusView(pod.value[.status]).containerStatuses[0]
            let state = container.running.isNull ? "" : "running"
            let reason = container.terminated.text(.reason) + container.waiting.text(.reason)
            let text =
                "\(PodView(pod.value).phase) \(container.isReady ? "1" : "0")/1 "
                + "\(reason.isEmpty ? state : reason) \(container.restartCount)"
            if result.last != text { result.append(text) }
        }
        return result
    }

    @Test(
        "after a reboot the containers end as nobody saw, and start again as the policy says",
        arguments: [
            ("Always", ["Running 0/1 Unknown 0", "Running 1/1 running 1"]),
            ("OnFailure", ["Running 0/1 Unknown 0", "Running 1/1 running 1"]),
            ("Never", ["Failed 0/1 Unknown 0"]),
        ])
    func reboot(policy: String, wanted: [String]) throws {
        let world = try world(spec: [.restartPolicy: Value(policy)])
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 10)
        let start = world.cluster.log.head
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(shown(world, after: start) == wanted)
        let status = try world.found(.pod, "p").value[.status][.containerStatuses][0]
        let ending = policy == "Never" ? status[.state] : status[.lastState]
        #expect(ending[.terminated].int(.exitCode) == 255)
    }

    @Test("a pod that ended while it was being deleted is removed by the kubelet that comes back")
    func ended() throws {
        let world = try world()
        let pod = try world.found(.pod, "p")
        try world.cluster.api.delete(pod)
        world.cluster.setMachine("node-2", .failed)
        let dying = try world.found(.pod, "p")
        #expect(dying.isDeleting)
        try world.cluster.api.modifyStatus(dying) { $0[.phase] = "Succeeded" }
        try world.advance(seconds: 60)
        #expect(world.get(.pod, "p") != nil)
        world.cluster.setMachine("node-2", .running)
        try world.advance(seconds: 2)
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("a machine that was dead for long: its pods go through not ready to ready, never Pending")
    func longDeath() throws {
        let world = try world()
        let address = try world.found(.pod, "p").value[.status].text(.podIP)
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 100)
        let start = world.cluster.log.head
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(shown(world, after: start) == ["Running 0/1 Unknown 0", "Running 1/1 running 1"])
        let pod = try world.found(.pod, "p")
        #expect(PodView(pod.value).isReady)
        #expect(pod.value[.status].text(.podIP) != address)
        let events = world.events("p")
        #expect(
            events.contains(
                "SandboxChanged: Pod sandbox changed, it will be killed and re-created."))
        #expect(
            events.contains(
                "Pulled: Container image \"nginx:1.25\" already present on machine and can be accessed by the pod"
            ))
        #expect(
            events.contains("TaintManagerEviction: Cancelling deletion of Pod default/p"))
    }

    @Test("without its sandbox a pod has no address, and says so in its conditions")
    func withoutSandbox() throws {
        let world = try world()
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 10)
        world.cluster.setMachine("node-2", .running)
        try world.cluster.advance(by: 100)
        let pod = try world.found(.pod, "p")
        #expect(pod.value[.status][.podIP].isNull && pod.value[.status][.podIPs].isNull)
        #expect(world.condition(pod, "PodReadyToStartContainers")?.status == "False")
        #expect(world.condition(pod, "ContainersReady")?.reason == "ContainersNotReady")
        #expect(world.condition(pod, "Initialized")?.status == "True")
    }

    /// Source: kubelet's getPhase, for which a regular init container that runs is enough.
    @Test("init containers run once more, and the pod is Pending while they do")
    func initContainers() throws {
        let world = try world(spec: [
            .initContainers: [
                [.name: "prepare", .image: "busybox:1", .command: ["true"]],
                [.name: "mesh", .image: "mesh:1", .restartPolicy: "Always"],
            ]
        ])
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 10)
        let start = world.cluster.log.head
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        let phases = world.cluster.log.changes(after: start).filter { $0.kind == .pod }
            .compactMap { $0.new.map { PodView($0.value).phase } }
        #expect(phases.first == "Running" && phases.last == "Running")
        #expect(phases.contains("Pending"))
        let status = PodStatusView(try world.found(.pod, "p").value[.status])
        #expect(status.initContainerStatuses.map(\.restartCount) == [1, 1])
        #expect(status.containerStatuses.map(\.restartCount) == [1])
    }

    @Test("a machine that was only cut off changes nothing: the pod is as it was, times included")
    func partition() throws {
        let world = try world()
        let before = try world.found(.pod, "p").value
        let told = world.events("p").count
        world.cluster.setMachine("node-2", .partitioned)
        try world.advance(seconds: 100)
        #expect(!PodView(try world.found(.pod, "p").value).isReady)
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(try world.found(.pod, "p").value == before)
        // The node controller and the taint manager tell of it, no kubelet does.
        #expect(world.events("p").count == told + 2)
        #expect(!world.events("node-2").contains { $0.hasPrefix("Rebooted") })
    }

    @Test(
        "a runtime that forgets: containers count as restarted, and pods being deleted are gone at once"
    )
    func forgotten() throws {
        var profile = LatencyProfile.recorder
        profile.recordsKubeletEvents = true
        let world = try world(profile: profile)
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 10)
        var start = world.cluster.log.head
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(
            shown(world, after: start) == [
                "Running 0/1 ContainerCreating 1", "Running 1/1 running 1",
            ])
        world.cluster.setMachine("node-2", .failed)
        try world.delete(.pod, "p")
        try world.advance(seconds: 1)
        start = world.cluster.log.head
        world.cluster.setMachine("node-2", .running)
        try world.advance(seconds: 2)
        #expect(
            shown(world, after: start) == [
                "Running 0/1 ContainerCreating 1", "Failed 0/1 ContainerCreating 1",
                "Failed 0/1 ContainerStatusUnknown 1",
            ])
        #expect(world.get(.pod, "p") == nil)
    }

    @Test("a reboot is told of with the new boot id, and events do not merge with earlier ones")
    func rebootEvents() throws {
        let world = try world()
        func bootID() throws -> String {
            try world.found(.node, "node-2").value[.status][.nodeInfo].text(.bootID)
        }
        let before = try bootID()
        world.cluster.setMachine("node-2", .failed)
        try world.advance(seconds: 10)
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(try bootID() != before)
        let events = world.events("node-2")
        let boot = try bootID()
        #expect(
            events.contains("Rebooted: Node node-2 has been rebooted, boot id: \(boot)"))
        #expect(events.count { $0 == "Starting: Starting kubelet." } == 2)
        #expect(!world.list(.event).contains { $0.value.int(.count) > 1 })
    }

    @Test("a removed machine that is added again has not rebooted")
    func addedAgain() throws {
        let world = try WholeWorld(nodes: 2)
        try world.settle()
        try world.cluster.removeNode("node-2")
        try world.settle()
        try world.cluster.addNode("node-2")
        try world.settle()
        #expect(!world.events("node-2").contains { $0.hasPrefix("Rebooted") })
    }

    @Test("a cordon is told of when the kubelet next looks at its node")
    func cordonEvents() throws {
        let world = try WholeWorld(nodes: 1)
        try world.advance(seconds: 12)
        for (flag, reason) in [(true, "NodeNotSchedulable"), (false, "NodeSchedulable")] {
            try world.modify(.node, "node-1") {
                $0[.spec][.unschedulable] = flag ? true : .null
            }
            try world.settle()
            #expect(!world.events("node-1").contains { $0.hasPrefix(reason + ":") })
            try world.advance(seconds: 10)
            #expect(
                world.events("node-1").last == "\(reason): Node node-1 status is now: \(reason)")
        }
    }

    @Test("heartbeats count from the machine's last start")
    func heartbeats() throws {
        let world = try WholeWorld(nodes: 1)
        try world.advance(seconds: 12)
        world.cluster.setMachine("node-1", .failed)
        try world.advance(seconds: 5)
        world.cluster.setMachine("node-1", .running)
        try world.advance(seconds: 6)
        let node = try world.api.get(.node, namespace: "", name: "node-1")
        #expect(
            node[.status][.conditions][0].text(.lastHeartbeatTime) == "2025-01-01T00:00:17Z")
    }
}
