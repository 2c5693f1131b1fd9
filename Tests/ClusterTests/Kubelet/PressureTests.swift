import Model
import Testing
import Value

@testable import Cluster

@Suite("memory and disk")
struct PressureTests {
    private static func pod(_ requests: Value = .null, limits: Value = .null, priority: String = "")
        -> Value
    {
        var container: Value = [.name: "main", .image: "app:1"]
        container[.resources] = [.requests: requests, .limits: limits]
        var spec: Value = [.containers: [container]]
        if !priority.isEmpty { spec[.priorityClassName] = Value(priority) }
        return spec
    }

    private func use(_ world: PodWorld, _ pod: String, memory: [(Milliseconds, Int64)]) {
        var behavior = ContainerBehavior()
        behavior.memory = memory.map { Usage(from: $0.0, amount: $0.1 << 20) }
        world.cluster.behaviors.add(BehaviorPattern(pod: pod), behavior)
    }

    @Test("a container over its limit of memory is killed and started again")
    func outOfMemory() throws {
        let world = try PodWorld()
        use(world, "pod", memory: [(0, 100), (5_000, 256), (10_000, 257)])
        try world.run("pod", Self.pod(limits: [.memory: "256Mi"]))
        try world.advance(10.2)
        #expect(try world.state("pod") == "running")
        try world.advance(0.4)
        #expect(try world.state("pod") == "terminated OOMKilled 137")
        try world.advance(2)
        #expect(try world.state("pod") == "running")
        #expect(PodWorld.text(try world.container("pod")[.lastState]) == "terminated OOMKilled 137")
    }

    @Test("pressure: condition, taint, events, eviction, and five minutes more")
    func pressure() throws {
        let world = try PodWorld()
        // Of 8192 Mi are left 92.
        use(world, "hog", memory: [(0, 100), (20_000, 8_100)])
        try world.run("hog", Self.pod([.memory: "1Gi"]))
        try world.run("calm", [:])
        try world.advance(29)
        #expect(try world.status("hog").text(.phase) == "Running")
        try world.advance(3)
        let text =
            "The node was low on resource: memory. Threshold quantity: 100Mi, available: 92Mi. "
            + "Container main was using 8100Mi, request is 1Gi, has larger consumption of memory. "
        let status = try world.status("hog")
        #expect(status.text(.phase) == "Failed")
        #expect(status.text(.reason) == "Evicted")
        #expect(status.text(.message) == text)
        #expect(
            status[.conditions].elements.map { $0.text(.type) } == [
                "DisruptionTarget", "PodReadyToStartContainers", "Initialized", "Ready",
                "ContainersReady", "PodScheduled",
            ])
        let disruption = try #require(try world.condition("hog", "DisruptionTarget"))
        #expect(disruption.reason == "TerminationByKubelet")
        #expect(disruption.message == text)
        #expect(world.events("hog", ["Evicted"]) == ["Evicted: \(text)"])
        #expect(try world.status("calm").text(.phase) == "Running")
        #expect(
            Array(world.events("node-1").suffix(2)) == [
                "NodeHasInsufficientMemory: Node node-1 status is now: NodeHasInsufficientMemory",
                "EvictionThresholdMet: Attempting to reclaim memory",
            ])
        let node = { try world.world.found(.node, "node-1").value }
        let condition = try #require(Conditions(try node()[.status][.conditions])["MemoryPressure"])
        #expect(condition.status == "True")
        #expect(condition.reason == "KubeletHasInsufficientMemory")
        #expect(condition.message == "kubelet has insufficient memory available")
        #expect(
            try node()[.spec][.taints][0].text(.key) == "node.kubernetes.io/memory-pressure")
        try world.advance(290)
        #expect(Conditions(try node()[.status][.conditions]).isTrue("MemoryPressure"))
        try world.advance(15)
        #expect(!Conditions(try node()[.status][.conditions]).isTrue("MemoryPressure"))
        #expect(try node()[.spec][.taints].elements.isEmpty)
    }

    @Test("who is evicted first: over its request, then the lower priority, then furthest over")
    func order() throws {
        let world = try PodWorld()
        for (name, value) in [("low", -10), ("high", 1_000)] {
            try world.world.create(
                .priorityClass, [.metadata: [.name: Value(name)], .value: Value(value)])
        }
        // Each uses 1.6 Gi of 8 Gi; every ten seconds one goes and another takes its memory.
        let pods: [(String, Value)] = [
            ("within", Self.pod([.memory: "2Gi"], priority: "low")),
            ("high", Self.pod([.memory: "100Mi"], priority: "high")),
            ("more", Self.pod([.memory: "100Mi"])), ("less", Self.pod([.memory: "1Gi"])),
            ("cheap", Self.pod([.memory: "1Gi"], priority: "low")),
        ]
        for (name, spec) in pods {
            use(world, name, memory: [(5_000, 1_620)])
            try world.run(name, spec)
        }
        try world.advance(6)
        var evicted: [String] = []
        for _ in 0..<4 {
            // A filler brings the node back under pressure.
            use(world, "filler", memory: [(0, 1_620 * Int64(evicted.count))])
            if evicted.isEmpty {
                try world.run("filler", Self.pod([.memory: "10Mi"], priority: "high"))
            }
            try world.advance(11)
            for (name, _) in pods where !evicted.contains(name) {
                if try world.status(name).text(.reason) == "Evicted" { evicted.append(name) }
            }
        }
        #expect(evicted.prefix(3) == ["cheap", "more", "less"])
    }

    @Test("more than there is: the kernel kills, best effort first")
    func systemOutOfMemory() throws {
        let world = try PodWorld()
        use(world, "burst", memory: [(0, 5_000)])
        use(world, "free", memory: [(0, 100), (3_000, 4_000)])
        try world.run("burst", Self.pod([.memory: "1Gi"]))
        try world.run("free", [:])
        try world.advance(4)
        #expect(try world.state("burst") == "running")
        #expect(try world.state("free") == "terminated OOMKilled 137")
        let events = world.events("node-1", ["SystemOOM"])
        #expect(events.count == 1)
        #expect(
            events[0].hasPrefix("SystemOOM: System OOM encountered, victim process: main, pid: "))
    }

    @Test("a node under pressure takes what asked for memory, tolerates the taint or is critical")
    func admission() throws {
        let world = try PodWorld()
        use(world, "hog", memory: [(0, 8_100)])
        try world.run("hog", [:])
        try world.advance(12)
        let direct: Value = [.nodeName: "node-1"]
        func spec(_ more: Value) -> Value {
            var spec = direct
            for field in more.fields { spec[field.key] = field.value }
            return spec
        }
        try world.run("best", direct)
        try world.run("burst", spec(Self.pod([.memory: "1Mi"])))
        try world.run(
            "tolerant",
            spec([
                .tolerations: [
                    [.key: "node.kubernetes.io/memory-pressure", .operator: "Exists"]
                ]
            ]))
        try world.run("critical", spec([.priorityClassName: "system-node-critical"]))
        try world.advance(2)
        #expect(try world.status("best").text(.reason) == "Evicted")
        #expect(
            try world.status("best").text(.message)
                == "Pod was rejected: The node had condition: [MemoryPressure]. ")
        for name in ["burst", "tolerant", "critical"] {
            #expect(try world.status(name).text(.phase) == "Running")
        }
    }

    @Test("disk: pressure at 15 % left, and limits of ephemeral storage")
    func disk() throws {
        let world = try PodWorld()
        var behavior = ContainerBehavior()
        behavior.disk = [Usage(from: 0, amount: 86 << 30)]
        world.cluster.behaviors.add(BehaviorPattern(pod: "logs"), behavior)
        behavior.disk = [Usage(from: 15_000, amount: 2 << 30)]
        world.cluster.behaviors.add(BehaviorPattern(pod: "limited"), behavior)
        try world.run("logs", [:])
        try world.run("limited", Self.pod(limits: ["ephemeral-storage": "1Gi"]))
        try world.advance(12)
        #expect(
            try world.status("logs").text(.message)
                == "The node was low on resource: ephemeral-storage. Threshold quantity: 16106128000, "
                + "available: 14Gi. Container main was using 86Gi, request is 0, has larger "
                + "consumption of ephemeral-storage. ")
        let node = try world.world.found(.node, "node-1").value
        #expect(
            Conditions(node[.status][.conditions])["DiskPressure"]?.reason
                == "KubeletHasDiskPressure")
        try world.advance(12)
        #expect(
            try world.status("limited").text(.message)
                == "Pod ephemeral local storage usage exceeds the total limit of containers 1Gi. ")
        #expect(try world.condition("limited", "DisruptionTarget") == nil)
    }

    @Test(
        "an eviction words the request as the pod does",
        arguments: [("500M", "500M"), ("512Mi", "512Mi"), ("0.5Gi", "512Mi"), ("", "0")])
    func requestText(_ request: String, _ shown: String) throws {
        let world = try PodWorld()
        use(world, "hog", memory: [(0, 8_100)])
        try world.run("hog", Self.pod(request.isEmpty ? .null : [.memory: Value(request)]))
        try world.advance(13)
        let text = try world.status("hog").text(.message)
        #expect(text.contains("was using 8100Mi, request is \(shown), has larger consumption"))
    }
}
