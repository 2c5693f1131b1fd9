import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("replicaset controller")
struct ReplicaSetControllerTests {
    private func world() -> ControllerWorld {
        ControllerWorld([ReplicaSetController(kind: .replicaSet)])
    }

    static func set(
        _ name: String, replicas: Int, minReadySeconds: Int = 0, image: String = "nginx:1.12"
    ) -> Value {
        [
            .metadata: [.name: Value(name)],
            .spec: [
                .replicas: Value(replicas), .minReadySeconds: Value(minReadySeconds),
                .selector: [.matchLabels: ["app": Value(name)]],
                .template: [
                    .metadata: [.labels: ["app": Value(name), "tier": "front"]],
                    .spec: [.containers: [[.name: "c", .image: Value(image)]]],
                ],
            ],
        ]
    }

    static func pod(_ name: String, labels: Value) -> Value {
        [
            .metadata: [.name: Value(name), .labels: labels],
            .spec: [.containers: [[.name: "c", .image: "nginx"]]],
        ]
    }

    private func scale(_ world: ControllerWorld, _ name: String, to replicas: Int) throws {
        try world.api.modify(#require(world.get(.replicaSet, name))) {
            $0[.spec][.replicas] = Value(replicas)
        }
    }

    private func settle(_ world: ControllerWorld) throws {
        try world.cluster.advance(by: 5_000)
    }

    @Test("a new set makes its pods, first reports its generation and then counts them")
    func creation() throws {
        let world = world()
        try world.api.create(.replicaSet, Self.set("web", replicas: 2), in: "default")
        try settle(world)
        let set = try #require(world.get(.replicaSet, "web"))
        let pods = world.pods(of: set.uid)
        #expect(pods.count == 2)
        #expect(pods.allSatisfy { $0.name.hasPrefix("web-") && $0.name.count == 9 })
        #expect(
            set.value[.status] == [
                .replicas: 2, .fullyLabeledReplicas: 2, .readyReplicas: 2, .availableReplicas: 2,
                .observedGeneration: 1, .terminatingReplicas: 0,
            ])
        let replicas = world.history(.replicaSet, "web") { $0[.status] }
        #expect(
            replicas[1] == [.replicas: 0, .observedGeneration: 1, .terminatingReplicas: 0])
        #expect(
            replicas[2] == [
                .replicas: 2, .fullyLabeledReplicas: 2, .observedGeneration: 1,
                .terminatingReplicas: 0,
            ])
        #expect(
            Set(world.events("ReplicaSet"))
                == Set(pods.map { "SuccessfulCreate Created pod: \($0.name)" }))
    }

    @Test("a settled set is left alone: a second sync writes nothing")
    func noOp() throws {
        let controller = ReplicaSetController(kind: .replicaSet)
        let world = ControllerWorld([controller])
        let set = try world.api.create(
            .replicaSet, Self.set("web", replicas: 3), in: "default")
        try settle(world)
        let before = world.writes
        controller.enqueue(set.key)
        try settle(world)
        #expect(world.writes == before)
    }

    @Test("scaling to zero deletes all pods, and terminating ones are not counted")
    func scaleToZero() throws {
        let world = world()
        try world.api.create(.replicaSet, Self.set("web", replicas: 3), in: "default")
        try settle(world)
        try scale(world, "web", to: 0)
        try world.cluster.advance(by: 50)
        #expect(world.list(.pod).count == 3)
        #expect(
            world.get(.replicaSet, "web")?.value[.status] == [
                .replicas: 0, .observedGeneration: 2, .terminatingReplicas: 3,
            ])
        try settle(world)
        #expect(world.list(.pod).isEmpty)
        #expect(world.events("ReplicaSet").count { $0.hasPrefix("SuccessfulDelete") } == 3)
    }

    @Test("a replacement is made while the deleted pod still terminates")
    func replacement() throws {
        let world = world()
        try world.api.create(.replicaSet, Self.set("web", replicas: 1), in: "default")
        try settle(world)
        try world.api.delete(#require(world.list(.pod).first))
        try world.cluster.advance(by: 20)
        #expect(world.list(.pod).count == 2)
    }

    @Test("scale down takes pods that are not ready first")
    func notReadyFirst() throws {
        let world = world()
        try world.api.create(.replicaSet, Self.set("web", replicas: 3), in: "default")
        try settle(world)
        let victim = try #require(world.list(.pod).last)
        try world.api.modifyStatus(victim) { $0[.conditions][0][.status] = "False" }
        try settle(world)
        try scale(world, "web", to: 2)
        try settle(world)
        #expect(world.list(.pod).count == 2)
        #expect(world.get(.pod, victim.name) == nil)
    }

    @Test("matching orphans are adopted, and the surplus is deleted")
    func adoption() throws {
        let world = world()
        for name in ["a", "b"] {
            try world.api.create(
                .pod, Self.pod(name, labels: ["app": "web"]), in: "default")
        }
        try world.api.create(.pod, Self.pod("c", labels: ["app": "other"]), in: "default")
        try settle(world)
        let set = try world.api.create(
            .replicaSet, Self.set("web", replicas: 1), in: "default")
        try settle(world)
        #expect(world.pods(of: set.uid).count == 1)
        #expect(world.get(.pod, "c")?.controllerUID == nil)
        let status = world.history(.replicaSet, "web") { $0[.status] }
        #expect(status[1].int(.replicas) == 2)
        #expect(status[1].int(.fullyLabeledReplicas) == 0)
        #expect(status.last?.int(.replicas) == 1)
    }

    @Test("a pod whose label changes is released and replaced; changed back, it is one too many")
    func release() throws {
        let world = world()
        let set = try world.api.create(
            .replicaSet, Self.set("web", replicas: 2), in: "default")
        try settle(world)
        let picked = try #require(world.list(.pod).first)
        try world.api.modify(picked) { $0[.metadata][.labels]["app"] = "debug" }
        try settle(world)
        #expect(world.list(.pod).count == 3)
        #expect(world.get(.pod, picked.name)?.controllerUID == nil)
        #expect(world.pods(of: set.uid).count == 2)
        try world.api.modify(picked) { $0[.metadata][.labels]["app"] = "web" }
        try settle(world)
        #expect(world.pods(of: set.uid).count == 2)
        #expect(world.list(.pod).count == 2)
    }

    @Test("sets with one selector leave each other's pods alone")
    func twoOwners() throws {
        let world = world()
        var other = Self.set("web", replicas: 2)
        other[.metadata][.name] = "other"
        try world.api.create(.replicaSet, Self.set("web", replicas: 1), in: "default")
        try settle(world)
        try world.api.create(.replicaSet, other, in: "default")
        try settle(world)
        #expect(world.list(.pod).count == 3)
        #expect(world.get(.replicaSet, "other")?.value[.status].int(.replicas) == 2)
    }

    @Test("minReadySeconds: ready pods count as available only after that time")
    func minReadySeconds() throws {
        let world = world()
        try world.api.create(
            .replicaSet, Self.set("web", replicas: 2, minReadySeconds: 5), in: "default")
        try world.cluster.advance(by: 3_000)
        #expect(world.get(.replicaSet, "web")?.value[.status].int(.readyReplicas) == 2)
        #expect(world.get(.replicaSet, "web")?.value[.status].int(.availableReplicas) == 0)
        try world.cluster.advance(by: 5_000)
        #expect(world.get(.replicaSet, "web")?.value[.status].int(.availableReplicas) == 2)
    }

    @Test("a failed pod does not count and is replaced")
    func failedPod() throws {
        let world = world()
        let set = try world.api.create(
            .replicaSet, Self.set("web", replicas: 1), in: "default")
        try settle(world)
        let pod = try #require(world.list(.pod).first)
        try world.api.modifyStatus(pod) { $0[.phase] = "Failed" }
        try settle(world)
        #expect(world.pods(of: set.uid).count == 2)
        #expect(world.get(.replicaSet, "web")?.value[.status].int(.replicas) == 1)
    }

    @Test("an orphaning deletion stops the set from making or adopting pods")
    func orphaning() throws {
        let world = world()
        let set = try world.api.create(
            .replicaSet, Self.set("web", replicas: 2), in: "default")
        try settle(world)
        try world.api.delete(set, options: DeleteOptions(propagation: .orphan))
        try settle(world)
        for pod in world.list(.pod) {
            try world.api.modify(pod) { $0[.metadata][.ownerReferences] = .null }
        }
        try settle(world)
        #expect(world.list(.pod).count == 2)
        #expect(world.list(.pod).allSatisfy { $0.controllerUID == nil })
        #expect(world.get(.replicaSet, "web")?.value[.status].int(.observedGeneration) == 2)
    }

    @Test("pods that cannot be made are reported once per attempt, and forgotten when they can")
    func failedCreate() throws {
        let world = world()
        var manifest = Self.set("web", replicas: 3)
        manifest[.spec][.template][.spec][.priorityClassName] = "nope"
        try world.api.create(.replicaSet, manifest, in: "default")
        try world.cluster.advance(by: 100)
        let condition = Conditions(
            world.get(.replicaSet, "web")?.value[.status][.conditions] ?? .null)[
                "ReplicaFailure"]
        #expect(condition?.status == "True")
        #expect(condition?.reason == "FailedCreate")
        #expect(condition?.message.contains("no PriorityClass with name nope was found") == true)
        #expect(
            world.events("ReplicaSet").allSatisfy { $0.hasPrefix("FailedCreate Error creating: ") })
        // Attempts after 0, 15, 35 and 65 ms (10 ms each, and the back-off): one pod each, the slow
        // start stops at it.
        let event = try #require(world.list(.event).first)
        #expect(event.value.int(.count) == 4)
        try world.api.create(.priorityClass, [.metadata: [.name: "nope"], .value: 1])
        try settle(world)
        let status = world.get(.replicaSet, "web")?.value[.status]
        #expect(status?[.conditions].isNull == true)
        #expect(status?.int(.readyReplicas) == 3)
    }

    @Test("the pod with the lower deletion cost goes, although it is the oldest")
    func deletionCost() throws {
        let world = world()
        try world.api.create(.replicaSet, Self.set("web", replicas: 3), in: "default")
        try settle(world)
        let victim = world.list(.pod)[1]
        try world.api.modify(victim) {
            $0[.metadata][.annotations] = ["controller.kubernetes.io/pod-deletion-cost": "-10"]
        }
        try settle(world)
        try scale(world, "web", to: 2)
        try settle(world)
        #expect(world.get(.pod, victim.name) == nil)
    }

    @Test("a ReplicationController does the same with a plain selector")
    func replicationController() throws {
        let world = ControllerWorld([ReplicaSetController(kind: .replicationController)])
        var manifest = Self.set("web", replicas: 2)
        manifest[.spec][.selector] = ["app": "web"]
        let controller = try world.api.create(.replicationController, manifest, in: "default")
        try settle(world)
        #expect(world.pods(of: controller.uid).count == 2)
        #expect(
            world.list(.pod)[0].value[.metadata][.ownerReferences][0][.kind]
                == "ReplicationController")
    }
}
