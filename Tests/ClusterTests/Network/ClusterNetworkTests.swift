import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("the network of a cluster")
struct ClusterNetworkTests {
    /// Two nodes; `a` and `b` of the app web, on one each; `client` on the first.
    private func world() throws -> WholeWorld {
        let world = try WholeWorld(nodes: 2)
        for (name, node) in [("a", "node-1"), ("b", "node-2")] {
            try world.create(
                .pod,
                WholeWorld.pod(
                    name, labels: ["app": "web"], image: "example/web:1",
                    spec: [
                        .nodeName: Value(node), .containers: [Self.container("web", port: 8080)],
                    ]))
        }
        try world.create(
            .pod,
            WholeWorld.pod(
                "client", labels: ["app": "client"], image: "busybox",
                spec: [.nodeName: "node-1", .terminationGracePeriodSeconds: 0]))
        try world.settle()
        return world
    }

    private static func container(_ name: String, port: Int) -> Value {
        [
            .name: Value(name), .image: "example/web:1",
            .ports: [["containerPort": Value(port), .name: "http"]],
        ]
    }

    private func service(_ world: WholeWorld, _ spec: Value = .null) throws {
        var value: Value = [
            .metadata: [.name: "web"],
            .spec: [
                .clusterIP: "10.96.0.50", .selector: ["app": "web"],
                .ports: [[.name: "http", .port: 80, .targetPort: "http"]],
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        try world.create(.service, value)
        try world.settle()
    }

    /// The name of the pod, or how it ended.
    private func text(_ reach: Reach) -> String {
        switch reach {
        case .container(let place): place.pod.name
        case .server: "server"
        case .names: "names"
        case .ingress: "ingress"
        case .refused: "refused"
        case .silent: "silent"
        case .unreachable: "unreachable"
        }
    }

    private func all(
        _ world: WholeWorld, _ address: String, _ port: Int, from pod: String? = nil
    ) -> [String] {
        let origin: NetworkOrigin =
            pod.map { .pod(ObjectKey(namespace: "default", name: $0)) } ?? .machine
        return world.cluster.network.everyConnection(from: origin, to: address, port: port)
            .map(text).sorted()
    }

    private func address(_ world: WholeWorld, _ pod: String) throws -> String {
        try world.found(.pod, pod).value[.status].text(.podIP)
    }

    // MARK: Services

    @Test("an address of a Service leads to each ready endpoint, by the port's name")
    func clusterAddress() throws {
        let world = try world()
        try service(world)
        #expect(all(world, "10.96.0.50", 80) == ["a", "b"])
        #expect(all(world, "10.96.0.50", 80, from: "client") == ["a", "b"])
        #expect(all(world, "10.96.0.50", 81) == ["silent"])
    }

    @Test("without endpoints it refuses; with none on the own node under Local it is silent")
    func policies() throws {
        let world = try world()
        try service(world, ["internalTrafficPolicy": "Local"])
        #expect(all(world, "10.96.0.50", 80, from: "client") == ["a"])
        #expect(all(world, "10.96.0.50", 80) == ["silent"])
        try world.delete(.pod, "a")
        try world.settle()
        #expect(all(world, "10.96.0.50", 80, from: "client") == ["silent"])
        try world.delete(.pod, "b")
        try world.settle()
        #expect(all(world, "10.96.0.50", 80, from: "client") == ["refused"])
    }

    @Test("node ports are on every node, and under Local only where endpoints are")
    func nodePorts() throws {
        let world = try world()
        try service(
            world,
            [.type: "NodePort", .ports: [[.port: 80, .targetPort: 8080, "nodePort": 30080]]])
        #expect(all(world, "172.18.0.2", 30080) == ["a", "b"])
        #expect(all(world, "127.0.0.1", 30080) == ["a", "b"])
        #expect(all(world, "172.18.0.2", 30081) == ["refused"])
        try world.modify(.service, "web") { $0[.spec]["externalTrafficPolicy"] = "Local" }
        try world.delete(.pod, "a")
        try world.settle()
        #expect(all(world, "172.18.0.2", 30080) == ["silent"])
        #expect(all(world, "172.18.0.3", 30080) == ["b"])
    }

    @Test("addresses of a balancer and external ones lead to the Service")
    func outerAddresses() throws {
        let world = try world()
        try service(world, ["externalIPs": ["203.0.113.9"], .type: "LoadBalancer"])
        #expect(all(world, "203.0.113.9", 80) == ["a", "b"])
        #expect(all(world, "203.0.113.10", 80) == ["unreachable"])
        let service = try world.found(.service, "web")
        _ = try world.api.modifyStatus(service) {
            $0["loadBalancer"] = ["ingress": [[.ip: "203.0.113.10"]]]
        }
        #expect(all(world, "203.0.113.10", 80) == ["a", "b"])
    }

    @Test("a client of a Service with affinity gets its endpoint again, until its time is over")
    func affinity() throws {
        let world = try world()
        try service(
            world,
            [
                "sessionAffinity": "ClientIP",
                "sessionAffinityConfig": ["clientIP": [.timeoutSeconds: 60]],
            ])
        func draw() -> String {
            text(world.cluster.network.connect(from: .machine, to: "10.96.0.50", port: 80))
        }
        let first = draw()
        for _ in 0..<20 { #expect(draw() == first) }
        var seen: Set<String> = []
        for _ in 0..<20 {
            try world.advance(seconds: 61)
            seen.insert(draw())
        }
        #expect(seen == ["a", "b"])
    }

    @Test("endpoints are drawn evenly, and alike under the same seed")
    func draws() throws {
        func draws(_ seed: UInt64) throws -> [String] {
            let world = try world()
            try service(world)
            return (0..<1000).map { _ in
                text(world.cluster.network.connect(from: .machine, to: "10.96.0.50", port: 80))
            }
        }
        let first = try draws(1)
        #expect(try draws(1) == first)
        #expect((430...570).contains(first.count { $0 == "a" }))
    }

    // MARK: Pods and nodes

    @Test("a pod answers where it listens")
    func pods() throws {
        let world = try world()
        let a = try address(world, "a")
        #expect(all(world, a, 8080) == ["a"])
        #expect(all(world, a, 80) == ["refused"])
        #expect(all(world, "10.244.0.99", 80) == ["unreachable"])
        #expect(all(world, "127.0.0.1", 8080, from: "a") == ["a"])
        #expect(all(world, "127.0.0.1", 8080, from: "client") == ["refused"])
        world.cluster.behaviors.add(
            BehaviorPattern(pod: "a"),
            {
                var behavior = ContainerBehavior()
                behavior.listens = [9090]
                return behavior
            }())
        #expect(all(world, a, 8080) == ["refused"])
        #expect(all(world, a, 9090) == ["a"])
    }

    @Test("a machine that died, or reaches nobody, is silent")
    func machines() throws {
        let world = try world()
        let b = try address(world, "b")
        world.cluster.setMachine("node-2", .partitioned)
        #expect(all(world, b, 8080) == ["silent"])
        #expect(all(world, b, 8080, from: "client") == ["silent"])
        #expect(all(world, b, 8080, from: "b") == ["b"])
        world.cluster.setMachine("node-2", .running)
        try world.settle()
        #expect(all(world, b, 8080) == ["b"])
    }

    @Test("the API and DNS servers are where kubeadm puts them")
    func servers() throws {
        let world = try world()
        #expect(all(world, "10.96.0.1", 443, from: "client") == ["server"])
        #expect(all(world, "10.96.0.10", 53, from: "client") == ["names"])
        #expect(all(world, "172.18.0.1", 6443) == ["server"])
    }

    // MARK: Policies

    @Test(
        "policies let through what any of their rules does",
        arguments: [
            (
                "all of the app",
                ["ingress": [["from": [["podSelector": [.matchLabels: ["app": "client"]]]]]]], true
            ),
            (
                "another app",
                ["ingress": [["from": [["podSelector": [.matchLabels: ["app": "x"]]]]]]], false
            ),
            ("nobody", ["ingress": []], false), ("everybody", ["ingress": [[:]]], true),
            ("a port", ["ingress": [[.ports: [[.port: 8080]]]]], true),
            ("another port", ["ingress": [[.ports: [[.port: 80]]]]], false),
            ("a port by name", ["ingress": [[.ports: [[.port: "http"]]]]], true),
            ("a range of ports", ["ingress": [[.ports: [[.port: 8000, "endPort": 8090]]]]], true),
            ("UDP", ["ingress": [[.ports: [[.port: 8080, .protocol: "UDP"]]]]], false),
            (
                "a namespace",
                [
                    "ingress": [
                        [
                            "from": [
                                [
                                    "namespaceSelector": [
                                        .matchLabels: [
                                            "kubernetes.io/metadata.name": "default"
                                        ]
                                    ]
                                ]
                            ]
                        ]
                    ]
                ], true
            ),
            (
                "a namespace and another app",
                [
                    "ingress": [
                        [
                            "from": [
                                [
                                    "namespaceSelector": [:],
                                    "podSelector": [.matchLabels: ["app": "x"]],
                                ]
                            ]
                        ]
                    ]
                ], false
            ),
            ("a block", ["ingress": [["from": [["ipBlock": ["cidr": "10.244.0.0/16"]]]]]], true),
            (
                "a block with an exception",
                [
                    "ingress": [
                        [
                            "from": [
                                [
                                    "ipBlock": [
                                        "cidr": "10.244.0.0/16", "except": ["10.244.0.0/24"],
                                    ]
                                ]
                            ]
                        ]
                    ]
                ], false
            ),
            ("egress alone", ["egress": [], "policyTypes": ["Egress"]], true),
        ] as [(String, Value, Bool)])
    func ingress(_ row: (name: String, spec: Value, isOpen: Bool)) throws {
        let world = try world()
        var spec: Value = ["podSelector": [.matchLabels: ["app": "web"]]]
        for field in row.spec.fields { spec[field.key] = field.value }
        try world.create(.networkPolicy, [.metadata: [.name: "p"], .spec: spec])
        let a = try address(world, "a")
        #expect(all(world, a, 8080, from: "client") == [row.isOpen ? "a" : "silent"], "\(row.name)")
    }

    @Test("what goes out must be let out, names as well")
    func egress() throws {
        let world = try world()
        let a = try address(world, "a")
        try world.create(
            .networkPolicy,
            [
                .metadata: [.name: "p"],
                .spec: [
                    "podSelector": [.matchLabels: ["app": "client"]], "policyTypes": ["Egress"],
                    "egress": [["to": [["podSelector": [.matchLabels: ["app": "web"]]]]]],
                ],
            ])
        let client = NetworkOrigin.pod(ObjectKey(namespace: "default", name: "client"))
        #expect(all(world, a, 8080, from: "client") == ["a"])
        #expect(all(world, "10.96.0.1", 443, from: "client") == ["silent"])
        #expect(!world.cluster.network.reachesNameServer(client))
        #expect(world.cluster.network.reachesNameServer(.machine))
    }

    // MARK: Costs

    @Test("nobody who does not ask pays: a request changes nothing of the world")
    func traces() throws {
        let world = try world()
        try service(world)
        let before = (world.cluster.log.head, world.cluster.clock.now)
        _ = all(world, "10.96.0.50", 80)
        #expect(before == (world.cluster.log.head, world.cluster.clock.now))
    }
}
