import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("mirrored endpoint slices")
struct EndpointSliceMirroringControllerTests {
    private static let service: Value = [
        .metadata: [.name: "db"], .spec: [.ports: [[.port: 5432]]],
    ]

    private static func endpoints(
        _ subsets: Value? = nil, labels: Value = .null, annotations: Value = .null
    ) -> Value {
        [
            .metadata: [.name: "db", .labels: labels, .annotations: annotations],
            .subsets: subsets ?? [
                [
                    .addresses: [[.ip: "192.0.2.1", .hostname: "one", .nodeName: "node-1"]],
                    .notReadyAddresses: [[.ip: "192.0.2.2"]],
                    .ports: [[.port: 5432]],
                ]
            ],
        ]
    }

    private func slices(_ world: WholeWorld) -> [StoredObject] {
        world.list(.endpointSlice).filter {
            $0.value[.metadata][.labels][EndpointSliceController.serviceLabel].string == "db"
        }
    }

    @Test("Endpoints written by hand are copied, with labels, annotations and owner")
    func mirror() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.service, Self.service)
        let endpoints = try world.create(
            .endpoints,
            Self.endpoints(
                labels: ["team": "a"],
                annotations: [
                    "note": "x", "kubectl.kubernetes.io/last-applied-configuration": "{}",
                    EndpointTriggers.annotation: "2025-01-01T00:00:00Z",
                ]))
        try world.settle()
        let slice = try #require(slices(world).first)
        #expect(slices(world).count == 1 && slice.name.hasPrefix("db-"))
        #expect(slice.controllerUID == endpoints.uid)
        let metadata = slice.value[.metadata]
        #expect(metadata[.annotations] == ["note": "x"])
        #expect(
            metadata[.labels] == [
                "team": "a", EndpointSliceController.serviceLabel: "db",
                EndpointSliceController.managerLabel: "endpointslicemirroring-controller.k8s.io",
            ])
        #expect(
            slice.value[.endpoints] == [
                [
                    .addresses: ["192.0.2.1"], .conditions: [.ready: true], .hostname: "one",
                    .nodeName: "node-1",
                ], [.addresses: ["192.0.2.2"], .conditions: [.ready: false]],
            ])
        #expect(slice.value[.ports] == [[.name: "", .port: 5432, .protocol: "TCP"]])
    }

    @Test("the copy follows its original and keeps its name")
    func follow() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.service, Self.service)
        try world.create(.endpoints, Self.endpoints())
        try world.settle()
        let name = slices(world).first?.name
        try world.modify(.endpoints, "db") {
            $0[.subsets] = [[.addresses: [[.ip: "192.0.2.9"]], .ports: [[.port: 5433]]]]
        }
        try world.settle()
        #expect(slices(world).map(\.name) == [name])
        #expect(slices(world)[0].value[.ports][0].int(.port) == 5433)
        let writes = world.cluster.log.head
        try world.modify(.endpoints, "db") {
            $0[.metadata][.annotations][EndpointTriggers.annotation] = "2025-01-01T00:00:01Z"
        }
        try world.settle()
        #expect(world.cluster.log.head == writes + 1)
        let slice = try #require(slices(world).first)
        world.cluster.beginUserRequest()
        try world.delete(.endpointSlice, slice.name)
        try world.settle()
        #expect(slices(world).map(\.uid) != [slice.uid] && slices(world).count == 1)
    }

    @Test(
        "what is not copied",
        arguments: ["selector", "skip-mirror", "leader", "no service", "deleted"])
    func exceptions(what: String) throws {
        let world = try WholeWorld(nodes: 0)
        if what != "no service" { try world.create(.service, Self.service) }
        try world.create(.endpoints, Self.endpoints())
        try world.settle()
        #expect(slices(world).count == (what == "no service" ? 0 : 1))
        switch what {
        case "selector":
            try world.modify(.service, "db") { $0[.spec][.selector] = ["app": "db"] }
        case "skip-mirror":
            try world.modify(.endpoints, "db") {
                $0[.metadata][.labels]["endpointslice.kubernetes.io/skip-mirror"] = "true"
            }
        case "leader":
            try world.modify(.endpoints, "db") {
                $0[.metadata][.annotations]["control-plane.alpha.kubernetes.io/leader"] = "{}"
            }
        case "deleted": try world.delete(.endpoints, "db")
        default: break
        }
        try world.settle()
        let mirrored = slices(world).filter {
            $0.value[.metadata][.labels][EndpointSliceController.managerLabel].string
                == "endpointslicemirroring-controller.k8s.io"
        }
        #expect(mirrored.isEmpty)
    }
}
