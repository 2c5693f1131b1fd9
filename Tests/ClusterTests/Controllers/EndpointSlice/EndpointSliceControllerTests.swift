import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("endpoint slices")
struct EndpointSliceControllerTests {
    private typealias Parts = EndpointsControllerTests

    private func slices(_ world: WholeWorld, _ service: String) -> [StoredObject] {
        world.list(.endpointSlice).filter {
            $0.value[.metadata][.labels][EndpointSliceController.serviceLabel].string == service
        }
    }

    @Test("a slice belongs to its service and tells ready, serving and terminating apart")
    func conditions() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.service, Parts.service("web"))
        try world.settle()
        #expect(slices(world, "web").count == 1)
        #expect(slices(world, "web")[0].value[.endpoints] == [])
        for (name, isReady) in [("a", true), ("b", true), ("c", false)] {
            try world.create(.pod, Parts.pod(name, isReady: isReady))
        }
        try world.settle()
        try world.delete(.pod, "a")
        try world.cluster.advance(by: 10)
        let slice = try #require(slices(world, "web").first)
        let seen = slice.value[.endpoints].elements.map { endpoint in
            let flags = endpoint[.conditions]
            return "\(endpoint[.targetRef].text(.name)) \(flags.flag(.ready)) "
                + "\(flags.flag(.serving)) \(flags.flag(.terminating))"
        }
        #expect(seen == ["a false true true", "b true true false", "c false false false"])
        #expect(slice.value[.ports] == [[.name: "", .port: 80, .protocol: "TCP"]])
        let labels = slice.value[.metadata][.labels]
        #expect(
            labels[EndpointSliceController.managerLabel]
                == "endpointslice-controller.k8s.io")
        #expect(slice.controllerUID == world.get(.service, "web")?.uid)
        try world.delete(.service, "web")
        try world.settle()
        #expect(slices(world, "web").isEmpty)
    }

    @Test("a slice holds a hundred endpoints; one that goes changes only its own slice")
    func capacity() throws {
        let world = try WholeWorld(nodes: 3)
        try world.create(.service, Parts.service("web"))
        var set = WholeWorld.replicaSet("web", replicas: 120)
        set[.spec][.template][.spec][.containers][0][.resources] = .null
        try world.create(.replicaSet, set)
        try world.settle()
        let sizes = slices(world, "web").map { $0.value[.endpoints].count }
        #expect(sizes.sorted() == [20, 100])
        let small = try #require(
            slices(world, "web").first { $0.value[.endpoints].count == 20 })
        let name = small.value[.endpoints][0][.targetRef].text(.name)
        let begin = world.cluster.log.head
        try world.delete(.pod, name)
        try world.settle()
        let written = world.cluster.log.changes(after: begin).filter {
            $0.kind == .endpointSlice
        }
        #expect(!written.isEmpty && written.allSatisfy { $0.object.name == small.name })
    }

    @Test("ports that differ between pods make slices of their own")
    func ports() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.pod, Parts.pod("a", port: 8080))
        try world.create(.pod, Parts.pod("b", port: 9090))
        try world.create(
            .service, Parts.service("web", ports: [[.port: 80, .targetPort: "http"]]))
        try world.settle()
        let ports = slices(world, "web").map { $0.value[.ports][0].int(.port) }
        #expect(ports.sorted() == [8080, 9090])
    }

    @Test("a pod whose node is gone is left out, unless the service publishes it; an event says so")
    func strayPods() throws {
        let world = try WholeWorld(nodes: 2)
        try world.create(.service, Parts.service("web"))
        try world.create(
            .service, Parts.service("eager", spec: [.publishNotReadyAddresses: true]))
        try world.create(.pod, Parts.pod("a", spec: [.nodeName: "node-1"]))
        try world.create(.pod, Parts.pod("b", spec: [.nodeName: "node-2"]))
        try world.settle()
        #expect(slices(world, "web")[0].value[.endpoints].count == 2)
        try world.cluster.removeNode("node-2")
        try world.modify(.service, "web") { $0[.metadata][.labels]["touched"] = "yes" }
        try world.modify(.service, "eager") { $0[.metadata][.labels]["touched"] = "yes" }
        try world.cluster.advance(by: 50)
        let names = { (service: String) in
            slices(world, service)[0].value[.endpoints].elements.map {
                $0[.targetRef].text(.name)
            }
        }
        #expect(names("web") == ["a"])
        #expect(names("eager") == ["a", "b"])
        #expect(
            world.events("web", kind: "Service").first
                == "FailedToUpdateEndpointSlices: Error updating Endpoint Slices for Service "
                + "default/web: skipping Pod b for Service default/web: Node node-2 Not Found")
    }

    @Test("each ready endpoint hints at its own zone or node where the nearest come first")
    func hints() throws {
        let world = try WholeWorld(nodes: 1)
        try world.modify(.node, "node-1") {
            $0[.metadata][.labels]["topology.kubernetes.io/zone"] = "west"
        }
        try world.create(.pod, Parts.pod("a"))
        try world.create(.pod, Parts.pod("b", isReady: false))
        try world.create(
            .service, Parts.service("web", spec: [.trafficDistribution: "PreferClose"]))
        try world.settle()
        let endpoints = try #require(slices(world, "web").first).value[.endpoints].elements
        #expect(endpoints.map { $0[.zone] } == ["west", "west"])
        #expect(endpoints[0][.hints] == [.forZones: [[.name: "west"]]])
        #expect(endpoints[1][.hints].isNull)
        try world.modify(.service, "web") { $0[.spec][.trafficDistribution] = "PreferSameNode" }
        try world.settle()
        #expect(
            slices(world, "web")[0].value[.endpoints][0][.hints]
                == [.forNodes: [[.name: "node-1"]], .forZones: [[.name: "west"]]])
        try world.modify(.service, "web") { $0[.spec][.trafficDistribution] = "PreferSameZone" }
        try world.settle()
        #expect(
            slices(world, "web")[0].value[.endpoints][0][.hints]
                == [.forZones: [[.name: "west"]]])
        try world.modify(.service, "web") { $0[.spec][.trafficDistribution] = .null }
        try world.settle()
        #expect(slices(world, "web")[0].value[.endpoints][0][.hints].isNull)
    }
}
