import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodeResourcesFit")
struct NodeResourcesFitTests {
    /// A node of 4 cores and 8 Gi with 3 cores and 6 Gi requested.
    private func world() throws -> PluginWorld {
        var world = try PluginWorld()
        world.add(node("n", more: ["ephemeral-storage": "10Gi", "example.com/gpu": "2"]))
        world.place(pod("other", cpu: "3", memory: "6Gi"), on: "n")
        return world
    }

    private static func requests(_ requests: Value) -> Value {
        [.containers: [[.name: "c", .image: "x", .resources: [.requests: requests]]]]
    }

    @Test(
        "what is requested must be free; what is more than the node has, no preemption cures",
        arguments: [
            (.emptyObject, nil), ([.cpu: "1", .memory: "2Gi"], nil),
            // 4000m - 3000m is 1000m.
            ([.cpu: "1001m"], "Insufficient cpu"), ([.cpu: "4"], "Insufficient cpu"),
            ([.cpu: "4001m"], "Insufficient cpu!"),
            ([.memory: "2049Mi"], "Insufficient memory"),
            ([.memory: "9Gi"], "Insufficient memory!"),
            ([.cpu: "2", .memory: "3Gi"], "Insufficient cpu, Insufficient memory"),
            // One that cannot be cured is enough.
            ([.cpu: "2", .memory: "9Gi"], "Insufficient cpu, Insufficient memory!"),
            (["ephemeral-storage": "10Gi"], nil),
            (["ephemeral-storage": "11Gi"], "Insufficient ephemeral-storage!"),
            (["example.com/gpu": "2"], nil),
            (["example.com/gpu": "3"], "Insufficient example.com/gpu!"),
            (["example.com/fpga": "1"], "Insufficient example.com/fpga!"),
            (["example.com/fpga": "0"], nil),
        ] as [(Value, String?)])
    func filter(requests: Value, expected: String?) throws {
        var world = try world()
        #expect(world.verdict(NodeResourcesFit.self, pod(Self.requests(requests))) == expected)
    }

    @Test("a node takes no more pods than it allows, and says so beside all else")
    func podCount() throws {
        var world = try PluginWorld()
        world.add(node("n", cpu: "2", pods: 1))
        #expect(world.verdict(NodeResourcesFit.self, pod()) == nil)
        world.place(pod("other", cpu: "1"), on: "n")
        #expect(world.verdict(NodeResourcesFit.self, pod()) == "Too many pods")
        #expect(
            world.verdict(NodeResourcesFit.self, pod(cpu: "2"))
                == "Too many pods, Insufficient cpu")
    }

    @Test(
        "a pod asks for the sum of its containers or the peak of its init containers, and for its overhead",
        arguments: [
            // max(100 + 200, 500) = 500
            (["100m", "200m"], ["500m"], [], .null, .null, 500),
            // max(300, 100) = 300
            (["300m"], ["100m"], [], .null, .null, 300),
            // The sidecar runs beside both: max(100 + 50, 300 + 50) = 350.
            (["100m"], ["300m"], ["50m"], .null, .null, 350),
            (["100m"], [], ["50m"], .null, .null, 150),
            // 300 + 250 of overhead.
            (["300m"], [], [], ["cpu": "250m"], .null, 550),
            // What the pod as a whole requests stands for what its containers do.
            (["100m"], ["500m"], [], .null, ["cpu": "200m"], 200),
            (["100m"], [], [], ["cpu": "50m"], ["cpu": "200m"], 250),
            (["100m"], [], [], .null, ["memory": "1Gi"], 100),
        ] as [([String], [String], [String], Value, Value, Int64)])
    func request(
        containers: [String], initial: [String], sidecars: [String], overhead: Value, whole: Value,
        expected: Int64
    ) {
        func container(_ cpu: String, _ restartPolicy: Value = .null) -> Value {
            var value: Value = [.resources: [.requests: [.cpu: Value(cpu)]]]
            value[.restartPolicy] = restartPolicy
            return value
        }
        var spec: Value = [
            .containers: .array(containers.map { container($0) }),
            .initContainers: .array(
                sidecars.map { container($0, "Always") } + initial.map { container($0) }),
        ]
        spec[.overhead] = overhead
        if !whole.isNull { spec[.resources] = [.requests: whole] }
        #expect(PodResourceRequest(spec: spec).amounts.milliCPU == expected)
    }

    @Test(
        "LeastAllocated averages the free shares of cpu and memory with the pod",
        arguments: [
            // (4000 - 1000)·100/4000 = 75 and (8 - 2)·100/8 = 75.
            (.null, .null, "1", "2Gi", 75),
            // 2 cores and 1 Gi are used: (4000 - 3000)·100/4000 = 25, (8 - 3)·100/8 = 62; 87/2 = 43.
            ("2", "1Gi", "1", "2Gi", 43),
            // Without requests a container counts as 100m and 200 Mi: (4000 - 2100)·100/4000 = 47,
            // (8192 - 1224)·100/8192 = 85; 132/2 = 66.
            ("2", "1Gi", .null, .null, 66),
            // 3 + 2 cores are more than there are: 0, and (8 - 2)·100/8 = 75; 75/2 = 37.
            ("3", "1Gi", "2", "1Gi", 37),
        ] as [(Value, Value, Value, Value, Int)])
    func score(
        usedCPU: Value, usedMemory: Value, cpu: Value, memory: Value, expected: Int
    ) throws {
        var world = try PluginWorld()
        world.add(node("n"))
        if !usedCPU.isNull { world.place(pod("other", cpu: usedCPU, memory: usedMemory), on: "n") }
        #expect(world.points(NodeResourcesFit.self, pod(cpu: cpu, memory: memory)) == [expected])
    }

    @Test("a node wakes a pod when it has grown and would be large enough")
    func nodeHints() throws {
        let waiting = try PluginWorld().waiting(pod(cpu: "2"))
        func wakes(_ old: Value, _ new: Value) -> Bool {
            NodeResourcesFit.mayHelp(event(.nodeAllocatable, .node, old: old, new: new), waiting)
        }
        #expect(wakes(.null, node("n", cpu: "2")))
        #expect(!wakes(.null, node("n", cpu: "1")))
        #expect(wakes(node("n", cpu: "1"), node("n", cpu: "2")))
        #expect(!wakes(node("n", cpu: "1"), node("n", cpu: "1500m")))
        #expect(!wakes(node("n", cpu: "4"), node("n", cpu: "3")))
        // More of what the pod does not ask for is no help; room for more pods is.
        #expect(!wakes(node("n", memory: "1Gi"), node("n", memory: "8Gi")))
        #expect(wakes(node("n", pods: 1), node("n", pods: 2)))
    }

    @Test("a pod wakes another when it goes, or asks for less of the same")
    func podHints() throws {
        let waiting = try PluginWorld().waiting(pod(cpu: "2"))
        func placed(_ cpu: Value, _ memory: Value, on node: Value = "n") -> Value {
            var value = pod("other", cpu: cpu, memory: memory)
            value[.spec][.nodeName] = node
            return value
        }
        let old = placed("2", "2Gi")
        func wakes(_ new: Value) -> Bool {
            NodeResourcesFit.mayHelp(event(.podScaledDown, .pod, old: old, new: new), waiting)
        }
        #expect(wakes(placed("1", "2Gi")))
        #expect(!wakes(placed("2", "1Gi")))
        #expect(NodeResourcesFit.mayHelp(event(.podDeleted, .pod, old: old), waiting))
        #expect(
            !NodeResourcesFit.mayHelp(
                event(.podDeleted, .pod, old: placed("2", "2Gi", on: .null)), waiting))
    }
}

@Suite("the plugin NodeResourcesBalancedAllocation")
struct NodeResourcesBalancedAllocationTests {
    /// A node of 4 cores and 8 Gi. The balance of shares c and m is 100 · (1 - |c - m| / 2), cut off; the
    /// score is 50 + (50 + balance with the pod - balance without it) / 2.
    @Test(
        "a pod that evens out cpu and memory gets more than 75, one that does not gets less",
        arguments: [
            // 50 % and 25 %: 87 after 100: 50 + 37/2 = 68.
            (.null, .null, "2", "2Gi", 68),
            // 50 % and 50 %: 100 after 100: 50 + 50/2 = 75.
            (.null, .null, "2", "4Gi", 75),
            // 50 % and 50 % after 50 % and 0 %: 100 after 75: 50 + 75/2 = 87.
            ("2", .null, .null, "4Gi", 87),
            // 100 % and 0 %: 50 after 100: 50 + 0/2 = 50.
            (.null, .null, "4", .null, 50),
            // 100 % (more is no more) and 25 % after 75 % and 25 %: 62 after 75: 50 + 37/2 = 68.
            ("3", "2Gi", "2", .null, 68),
            // A pod that asks for neither is no reason to prefer a node.
            ("2", .null, .null, .null, 0),
        ] as [(Value, Value, Value, Value, Int)])
    func score(
        usedCPU: Value, usedMemory: Value, cpu: Value, memory: Value, expected: Int
    ) throws {
        var world = try PluginWorld()
        world.add(node("n"))
        world.place(pod("other", cpu: usedCPU, memory: usedMemory), on: "n")
        #expect(
            world.points(NodeResourcesBalancedAllocation.self, pod(cpu: cpu, memory: memory))
                == [expected])
    }

    @Test("with one resource there is nothing to balance")
    func oneResource() throws {
        var world = try PluginWorld()
        world.add(node("n", memory: "0"))
        // 100 after 100.
        #expect(world.points(NodeResourcesBalancedAllocation.self, pod(cpu: "2")) == [75])
    }
}
