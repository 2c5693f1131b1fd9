import Model
import Testing
import Value

@testable import Cluster

@Suite("a pod from creation to removal")
struct PodLifeTests {
    private func world(_ profile: LatencyProfile = .standard, nodes: Int = 1) throws
        -> SimulatedCluster
    {
        var options = ClusterOptions()
        options.profile = profile
        let cluster = SimulatedCluster(options: options)
        for number in 1...nodes { try cluster.addNode("node-\(number)") }
        return cluster
    }

    private func pod(_ name: String, _ spec: Value = .null) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .containers: [[.name: "main", .image: "nginx:1.25"]],
                .terminationGracePeriodSeconds: 30,
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    @Test("a pod is scheduled, creates its container, runs and becomes ready")
    func starts() throws {
        let cluster = try world()
        try cluster.api.create(.pod, pod("web"), in: "default")
        _ = try cluster.settle()
        let web = PodView(
            try #require(cluster.state.get(.pod, namespace: "default", name: "web")).value)
        #expect(web.nodeName == "node-1")
        #expect(web.phase == "Running")
        #expect(web.isReady)
        #expect(web.status.podIP == "10.244.0.2")
        #expect(web.status.containerStatuses.first?.isReady == true)
        #expect(cluster.inconsistencies() == [])
    }

    @Test("a deleted pod ends its phase when its containers are dead, and goes")
    func stops() throws {
        let cluster = try world()
        let web = try cluster.api.create(.pod, pod("web"), in: "default")
        _ = try cluster.settle()
        try cluster.api.delete(web)
        _ = try cluster.settle()
        #expect(cluster.state.get(.pod, namespace: "default", name: "web") == nil)
        let phases = cluster.log.changes(after: 0).filter { $0.kind == .pod }.map {
            PodView($0.object.value).phase
        }
        #expect(phases.contains("Succeeded"))
    }

    @Test("a container that ends is restarted with growing back-off")
    func crashLoop() throws {
        let cluster = try world()
        try cluster.api.create(
            .pod,
            pod(
                "crash",
                [.containers: [[.name: "main", .image: "x", .command: ["sh", "-c", "exit 3"]]]]),
            in: "default")
        _ = try cluster.settle()
        let crash = PodView(
            try #require(cluster.state.get(.pod, namespace: "default", name: "crash")).value)
        #expect(crash.phase == "Running")
        #expect(crash.status.containerStatuses.first?.waiting[.reason].string == "CrashLoopBackOff")
        #expect(crash.restartCount == 4)
    }

    @Test("a pod that finds no room says why")
    func unschedulable() throws {
        let cluster = try world(nodes: 3)
        try cluster.api.create(
            .pod,
            pod(
                "big",
                [.containers: [[.name: "c", .image: "x", .resources: [.requests: [.cpu: "64"]]]]]),
            in: "default")
        _ = try cluster.settle()
        let big = PodView(
            try #require(cluster.state.get(.pod, namespace: "default", name: "big")).value)
        #expect(big.conditions["PodScheduled"]?.reason == "Unschedulable")
        #expect(
            big.conditions["PodScheduled"]?.message
                == "0/3 nodes are available: 3 Insufficient cpu. no new claims to deallocate, "
                + "preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling."
        )
    }

    @Test("pods without requests spread over equal nodes")
    func spreads() throws {
        let cluster = try world(nodes: 3)
        for number in 0..<9 { try cluster.api.create(.pod, pod("p\(number)"), in: "default") }
        _ = try cluster.settle()
        let nodes = cluster.state.list(.pod).compactMap(\.nodeName)
        for node in ["node-1", "node-2", "node-3"] {
            #expect(nodes.filter { $0 == node }.count == 3)
        }
    }
}
