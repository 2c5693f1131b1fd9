import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("endpoints")
struct EndpointsControllerTests {
    static func service(
        _ name: String, selector: Value = ["app": "web"], ports: Value = [[.port: 80]],
        spec: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)], .spec: [.selector: selector, .ports: ports],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    /// A pod on node-1 that serves `port` as "http" and may never become ready.
    static func pod(
        _ name: String, port: Int = 8080, isReady: Bool = true, spec: Value = .null
    ) -> Value {
        var pod = WholeWorld.pod(name, labels: ["app": "web"], spec: spec)
        pod[.spec][.containers][0][.ports] = [[.name: "http", .containerPort: Value(port)]]
        if !isReady {
            pod[.spec][.containers][0][.readinessProbe] = [
                .tcpSocket: [.port: 1], .initialDelaySeconds: 600,
            ]
        }
        return pod
    }

    /// "a,b|c :80 http/8080": the ready names, those that are not, and the ports, per subset.
    private func subsets(_ world: WholeWorld, _ name: String) -> [String] {
        guard let endpoints = world.get(.endpoints, name) else { return ["absent"] }
        return EndpointsView(endpoints.value).subsets.map { subset in
            let names = { (key: Key) in
                subset[key].elements.map { $0[.targetRef].text(.name) }.sorted()
                    .joined(separator: ",")
            }
            let ports = subset[.ports].elements.map { "\($0.text(.name)):\($0.int(.port))" }
            return "\(names(.addresses))|\(names(.notReadyAddresses)) "
                + ports.joined(separator: ",")
        }
    }

    @Test("ready pods are listed, others apart; finished and deleted ones are not")
    func readiness() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.service, Self.service("web"))
        try world.settle()
        #expect(subsets(world, "web") == [])
        for (name, isReady) in [("a", true), ("b", true), ("c", false)] {
            try world.create(.pod, Self.pod(name, isReady: isReady))
        }
        try world.settle()
        #expect(subsets(world, "web") == ["a,b|c :80"])
        try world.delete(.pod, "a")
        try world.cluster.advance(by: 10)
        #expect(subsets(world, "web") == ["b|c :80"])
        try world.modify(.pod, "b") { $0[.metadata][.labels]["app"] = "other" }
        try world.settle()
        #expect(subsets(world, "web") == ["|c :80"])
        try world.delete(.service, "web")
        try world.settle()
        #expect(subsets(world, "web") == ["absent"])
    }

    @Test(
        "ports, readiness and names follow the service",
        arguments: [
            ("named", [.ports: [[.port: 80, .targetPort: "http"]]], ["|c :8080", "b| :9090"]),
            ("unknown", [.ports: [[.port: 80, .targetPort: "grpc"]]], []),
            ("eager", [.publishNotReadyAddresses: true], ["b,c| :80"]),
            (
                "two",
                [.ports: [[.name: "x", .port: 1], [.name: "y", .port: 2, .targetPort: 3]]],
                ["b|c x:1,y:3"]
            ),
            ("portless", [.clusterIP: "None", .ports: .null], ["b|c "]),
            ("unselected", [.selector: .null], ["absent"]),
            (
                "external", [.type: "ExternalName", .externalName: "example.com", .ports: .null],
                ["absent"]
            ),
        ] as [(String, Value, [String])])
    func variants(name: String, spec: Value, wanted: [String]) throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.pod, Self.pod("b", port: 9090))
        try world.create(.pod, Self.pod("c", isReady: false))
        try world.create(.service, Self.service(name, spec: spec))
        try world.settle()
        #expect(subsets(world, name) == wanted, "\(name)")
        try world.modify(.service, name) { $0[.metadata][.annotations]["touched"] = "yes" }
        let writes = world.cluster.log.head
        try world.settle()
        #expect(world.cluster.log.head == writes)
    }

    @Test("a headless service names pods by hostname and subdomain, and is labelled so")
    func headless() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .pod, Self.pod("web-0", spec: [.hostname: "web-0", .subdomain: "web"]))
        try world.create(.service, Self.service("web", spec: [.clusterIP: "None"]))
        try world.settle()
        let endpoints = try world.found(.endpoints, "web").value
        let address = endpoints[.subsets][0][.addresses][0]
        #expect(address.text(.hostname) == "web-0")
        #expect(address.text(.nodeName) == "node-1")
        #expect(endpoints[.metadata][.labels][EndpointsController.headlessLabel] == "")
        #expect(endpoints[.metadata][.annotations][EndpointTriggers.annotation].string != nil)
    }

    @Test("the API server's own service has endpoints from the start")
    func kubernetes() throws {
        let world = try WholeWorld(nodes: 0)
        let address = try world.found(.endpoints, "kubernetes").value[.subsets][0]
        #expect(address[.addresses][0].text(.ip) == "172.18.0.1")
        #expect(address[.ports][0].int(.port) == 6443)
        try world.settle()
        #expect(world.get(.endpoints, "kubernetes") != nil)
    }
}
