import Model
import Testing
import Value

@testable import Cluster

@Suite("namespaces")
struct NamespaceControllerTests {
    private let cluster = SimulatedCluster()

    private func settle() throws {
        _ = try cluster.settle()
        #expect(cluster.inconsistencies() == [])
    }

    @Test("a namespace is emptied and goes after its settling time")
    func namespace() throws {
        let api = cluster.api
        let namespace = try api.create(.namespace, [.metadata: [.name: "shop"]])
        try settle()
        #expect(cluster.state.list(.serviceAccount, namespace: "shop").map(\.name) == ["default"])
        try api.create(.configMap, [.metadata: [.name: "c"]], in: "shop")
        try api.delete(namespace)
        #expect(
            cluster.state.get(.namespace, name: "shop")?.value[.status][.phase].string
                == "Terminating")
        #expect(throws: APIError.self) {
            try api.create(.configMap, [.metadata: [.name: "d"]], in: "shop")
        }
        try settle()
        #expect(cluster.state.get(.namespace, name: "shop") == nil)
        #expect(cluster.state.list(.configMap, namespace: "shop") == [])
        #expect(cluster.clock.now >= 5000)
    }

    /// "Type Status Reason: message" of the conditions.
    private func conditions(_ name: String) -> [String] {
        let status = cluster.state.get(.namespace, name: name)?.value[.status] ?? .null
        return status[.conditions].elements.map {
            "\($0.text(.type)) \($0.text(.status)) \($0.text(.reason)): \($0.text(.message))"
        }
    }

    @Test("pods go first; the rest waits until they are gone")
    func podsFirst() throws {
        let world = try WholeWorld(nodes: 1)
        let api = world.cluster.api
        let namespace = try api.create(.namespace, [.metadata: [.name: "shop"]])
        try world.settle()
        try api.create(
            .configMap, [.metadata: [.name: "c"], .data: ["a": "1"]], in: "shop")
        var behavior = ContainerBehavior()
        behavior.stopAfter = 8_000
        world.cluster.behaviors.add(BehaviorPattern(image: "app:1"), behavior)
        try api.create(.pod, WholeWorld.pod("p", image: "app:1"), in: "shop")
        try world.advance(seconds: 5)
        try api.delete(namespace)
        try world.advance(seconds: 10)
        let state = world.cluster.state
        #expect(state.get(.pod, namespace: "shop", name: "p")?.isDeleting == true)
        #expect(state.get(.configMap, namespace: "shop", name: "c")?.isDeleting == false)
        try world.settle()
        let gone = world.cluster.log.changes(after: 0).filter {
            $0.type == .deleted && ["p", "c", "shop"].contains($0.object.name)
        }
        #expect(gone.map(\.object.name) == ["p", "c", "shop"])
    }

    @Test("conditions tell what is left and which finalizers hold it")
    func finalizers() throws {
        let api = cluster.api
        let namespace = try api.create(.namespace, [.metadata: [.name: "shop"]])
        let config = try api.create(
            .configMap, [.metadata: [.name: "c", .finalizers: ["example.com/hold"]]], in: "shop")
        try api.create(
            .deployment,
            [
                .metadata: [.name: "d", .finalizers: ["example.com/hold"]],
                .spec: [
                    .replicas: 0, .selector: [.matchLabels: ["a": "b"]],
                    .template: [
                        .metadata: [.labels: ["a": "b"]],
                        .spec: [.containers: [[.name: "c", .image: "i"]]],
                    ],
                ],
            ], in: "shop")
        try settle()
        try api.delete(namespace)
        try cluster.advance(by: 4_900)
        #expect(conditions("shop") == [])
        try cluster.advance(by: 200)
        #expect(
            conditions("shop") == [
                "NamespaceDeletionDiscoveryFailure False ResourcesDiscovered: All resources "
                    + "successfully discovered",
                "NamespaceDeletionGroupVersionParsingFailure False ParsedGroupVersions: All legacy "
                    + "kube types successfully parsed",
                "NamespaceDeletionContentFailure False ContentDeleted: All content successfully "
                    + "deleted, may be waiting on finalization",
                "NamespaceContentRemaining True SomeResourcesRemain: Some resources are remaining: "
                    + "configmaps. has 1 resource instances, deployments.apps has 1 resource "
                    + "instances",
                "NamespaceFinalizersRemaining True SomeFinalizersRemain: Some content in the "
                    + "namespace has finalizers remaining: example.com/hold in 2 resource instances",
            ])
        try api.modify(config) { $0[.metadata][.finalizers] = .null }
        let deployment = try #require(
            cluster.state.get(.deployment, namespace: "shop", name: "d"))
        try api.modify(deployment) { $0[.metadata][.finalizers] = .null }
        try cluster.advance(by: 8_100)
        #expect(cluster.state.get(.namespace, name: "shop") == nil)
    }

    @Test("running pods get their grace; after that what is left is an error")
    func pods() throws {
        let world = try WholeWorld(nodes: 1)
        let api = world.cluster.api
        let namespace = try api.create(.namespace, [.metadata: [.name: "shop"]])
        try world.settle()
        try api.create(.pod, WholeWorld.pod("p"), in: "shop")
        try world.settle()
        world.cluster.setMachine("node-1", .failed)
        try api.delete(namespace)
        try world.cluster.advance(by: 5_100)
        let message = { () -> String in
            let status = world.cluster.state.get(.namespace, name: "shop")?.value[.status]
            let list = status?[.conditions].elements ?? []
            return list.first { $0.text(.type) == "NamespaceDeletionContentFailure" }?
                .text(.message) ?? "none"
        }
        #expect(message() == "All content successfully deleted, may be waiting on finalization")
        try world.cluster.advance(by: 40_000)
        #expect(
            message()
                == "Failed to delete all resource types, 1 remaining: unexpected items still remain "
                + "in namespace: shop for gvr: /v1, Resource=pods")
    }
}
