import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the scheduler")
struct SchedulerTests {
    private func world(nodes: Int = 3, _ change: (inout NodeTemplate, Int) -> Void = { _, _ in })
        throws -> SimulatedCluster
    {
        let cluster = SimulatedCluster()
        for number in 1...nodes {
            var template = NodeTemplate()
            change(&template, number)
            try cluster.addNode("node-\(number)", template)
        }
        return cluster
    }

    private func pod(
        _ name: String, labels: Value = .emptyObject, cpu: String? = nil,
        _ spec: Value = .emptyObject
    ) -> Value {
        var container: Value = [.name: "c", .image: "nginx:1.25"]
        if let cpu { container[.resources][.requests][.cpu] = Value(cpu) }
        var value: Value = [
            .metadata: [.name: Value(name), .labels: labels], .spec: [.containers: [container]],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    private func create(_ pods: Value..., in cluster: SimulatedCluster) throws {
        for pod in pods {
            _ = try cluster.api.create(
                .pod, namespace: "default", pod, options: WriteOptions())
        }
        _ = try cluster.settle()
    }

    private func node(of name: String, in cluster: SimulatedCluster) -> String? {
        cluster.state.get(.pod, namespace: "default", name: name)?.nodeName
    }

    private func reason(of name: String, in cluster: SimulatedCluster) -> String {
        let pod = cluster.state.get(.pod, namespace: "default", name: name)
        return pod.map { PodView($0.value).conditions["PodScheduled"]?.message ?? "" } ?? ""
    }

    @Test("a NoSchedule taint keeps out what does not tolerate it")
    func taints() throws {
        let cluster = try world { template, number in
            if number != 2 { template.taints = [(key: "team", value: "db", effect: "NoSchedule")] }
        }
        try create(
            pod("plain"),
            pod(
                "tolerant",
                [
                    .tolerations: [[.key: "team", .operator: "Equal", .value: "db"]],
                    .nodeSelector: ["kubernetes.io/hostname": "node-3"],
                ]), in: cluster)
        #expect(node(of: "plain", in: cluster) == "node-2")
        #expect(node(of: "tolerant", in: cluster) == "node-3")
    }

    @Test("a pod waits with its reasons counted and sorted, and comes when a node is freed")
    func waits() throws {
        let cluster = try world { template, number in
            if number == 1 { template.taints = [(key: "x", value: "y", effect: "NoSchedule")] }
            if number == 2 { template.cpu = "1" }
            if number == 3 { template.pods = 0 }
        }
        try create(pod("big", cpu: "2"), in: cluster)
        #expect(
            reason(of: "big", in: cluster).hasPrefix(
                "0/3 nodes are available: 1 Insufficient cpu, 1 Too many pods, "
                    + "1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: "
            ))
        let first = try #require(cluster.api.find(.node, name: "node-1"))
        try cluster.api.modify(first) { $0[.spec][.taints] = .null }
        _ = try cluster.settle()
        #expect(node(of: "big", in: cluster) == "node-1")
    }

    @Test("a host port is given to one pod per node")
    func hostPorts() throws {
        let cluster = try world(nodes: 1)
        func web(_ name: String) -> Value {
            pod(
                name,
                [
                    .containers: [
                        [.name: "c", .image: "x", .ports: [[.containerPort: 80, .hostPort: 80]]]
                    ]
                ])
        }
        try create(web("one"), web("two"), in: cluster)
        #expect(node(of: "one", in: cluster) == "node-1")
        #expect(node(of: "two", in: cluster) == nil)
        #expect(
            reason(of: "two", in: cluster).contains(
                "1 node(s) didn't have free ports for the requested pod ports"))
    }

    @Test("required anti-affinity puts each pod on a node of its own, also against newcomers")
    func antiAffinity() throws {
        let cluster = try world(nodes: 2)
        let apart: Value = [
            .affinity: [
                .podAntiAffinity: [
                    .requiredDuringSchedulingIgnoredDuringExecution: [
                        [
                            .labelSelector: [.matchLabels: ["app": "db"]],
                            .topologyKey: "kubernetes.io/hostname",
                        ]
                    ]
                ]
            ]
        ]
        let labels: Value = ["app": "db"]
        try create(
            pod("a", labels: labels, apart), pod("b", labels: labels, apart),
            pod("c", labels: labels, apart), pod("d", labels: labels), in: cluster)
        #expect(
            Set([node(of: "a", in: cluster), node(of: "b", in: cluster)]) == ["node-1", "node-2"])
        #expect(
            reason(of: "c", in: cluster).contains("2 node(s) didn't match pod anti-affinity rules"))
        #expect(
            reason(of: "d", in: cluster).contains(
                "2 node(s) didn't satisfy existing pods anti-affinity rules"))
    }

    @Test("required affinity follows another pod, and the first of its kind may begin")
    func affinity() throws {
        let cluster = try world()
        let near: Value = [
            .affinity: [
                .podAffinity: [
                    .requiredDuringSchedulingIgnoredDuringExecution: [
                        [
                            .labelSelector: [.matchLabels: ["app": "web"]],
                            .topologyKey: "kubernetes.io/hostname",
                        ]
                    ]
                ]
            ]
        ]
        try create(pod("stranger", near), in: cluster)
        #expect(
            reason(of: "stranger", in: cluster).contains(
                "3 node(s) didn't match pod affinity rules"))
        let labels: Value = ["app": "web"]
        try create(
            pod("first", labels: labels, near), pod("second", labels: labels, near), in: cluster)
        let home = try #require(node(of: "first", in: cluster))
        #expect(node(of: "second", in: cluster) == home)
        #expect(node(of: "stranger", in: cluster) == home)
    }

    @Test("a hard spread constraint keeps the skew of zones")
    func spread() throws {
        let cluster = try world { template, number in
            template.labels = [("zone", number == 3 ? "b" : "a")]
        }
        let even: Value = [
            .topologySpreadConstraints: [
                [
                    .maxSkew: 1, .topologyKey: "zone", .whenUnsatisfiable: "DoNotSchedule",
                    .labelSelector: [.matchLabels: ["app": "web"]],
                ]
            ]
        ]
        for number in 0..<6 {
            try create(pod("w\(number)", labels: ["app": "web"], even), in: cluster)
        }
        let nodes = (0..<6).compactMap { node(of: "w\($0)", in: cluster) }
        #expect(nodes.filter { $0 == "node-3" }.count == 3)
        #expect(nodes.count == 6)
    }

    @Test("a pod of higher priority takes the room of the least important")
    func preemption() throws {
        let cluster = try world(nodes: 1)
        for (name, value) in [("low", 10), ("high", 1_000)] {
            _ = try cluster.api.create(
                .priorityClass, namespace: "",
                [
                    .apiVersion: "scheduling.k8s.io/v1", .kind: "PriorityClass",
                    .metadata: [.name: Value(name)], .value: Value(value),
                ], options: WriteOptions())
        }
        try create(
            pod("base", cpu: "2", [.priorityClassName: "low"]), pod("spare", cpu: "1500m"),
            in: cluster)
        try create(pod("urgent", cpu: "2", [.priorityClassName: "high"]), in: cluster)
        #expect(node(of: "urgent", in: cluster) == "node-1")
        #expect(cluster.state.get(.pod, namespace: "default", name: "spare") == nil)
        #expect(node(of: "base", in: cluster) == "node-1")
        let preempted = cluster.state.list(.event) { $0.value[.reason].string == "Preempted" }
        #expect(preempted.count == 1)
    }

    @Test(
        "a pod's back-off doubles from one second to ten",
        arguments: [(0, 1_000), (1, 1_000), (2, 2_000), (4, 8_000), (5, 10_000), (99, 10_000)])
    func backOff(attempts: Int, milliseconds: Milliseconds) {
        #expect(SchedulingQueue.backOff(attempts: attempts) == milliseconds)
    }

    @Test("sampling looks at all of 100 nodes, at half of 120, and at no less than 5 %")
    func sampling() {
        #expect(Scheduler.sampleSize(100) == 100)
        #expect(Scheduler.sampleSize(120) == 100)
        #expect(Scheduler.sampleSize(5_000) == 500)
        #expect(Scheduler.sampleSize(20_000) == 1_000)
    }

    @Test(
        "a pod's request is the larger of its containers and its init containers, sidecars beside both",
        arguments: [
            (["100m", "200m"], ["500m"], [], 500), (["300m"], ["100m"], [], 300),
            (["100m"], ["300m"], ["50m"], 350), (["100m"], [], ["50m"], 150),
        ] as [([String], [String], [String], Int64)])
    func requests(containers: [String], initial: [String], sidecars: [String], expected: Int64) {
        func container(_ cpu: String) -> Value { [.resources: [.requests: [.cpu: Value(cpu)]]] }
        let spec: Value = [
            .containers: .array(containers.map(container)),
            .initContainers: .array(
                sidecars.map { cpu in
                    var value = container(cpu)
                    value[.restartPolicy] = "Always"
                    return value
                } + initial.map(container)),
        ]
        #expect(PodResourceRequest(spec: spec).amounts.milliCPU == expected)
    }
}
