import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("updates of a StatefulSet")
struct StatefulSetUpdateTests {
    private static let gate = FeatureGate.maxUnavailableStatefulSet.rawValue

    private func gated(
        _ maxUnavailable: Value, replicas: Int, policy: String = "Parallel"
    ) throws -> StatefulWorld {
        let test = StatefulWorld { $0.featureGates = [Self.gate: true] }
        var manifest = StatefulWorld.manifest(replicas: replicas, policy: policy)
        manifest[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = maxUnavailable
        try test.create(manifest)
        return test
    }

    @Test(
        "maxUnavailable is dropped while its gate is shut, and 1 by default when it is open",
        arguments: [
            (false, 3, nil), (false, nil, nil), (true, 3, 3), (true, nil, 1),
        ] as [(Bool, Value?, Value?)])
    func gate(isOpen: Bool, written: Value?, kept: Value?) throws {
        let test = StatefulWorld { $0.featureGates = [Self.gate: isOpen] }
        var manifest = StatefulWorld.manifest(replicas: 1)
        manifest[.spec][.updateStrategy][.rollingUpdate][.maxUnavailable] = written ?? .null
        try test.create(manifest)
        #expect(test.set.maxUnavailable == kept ?? .null)
        _ = try test.world.api.patch(
            .statefulSet, namespace: "default", name: "web",
            .merge([
                .spec: [
                    .updateStrategy: [.rollingUpdate: [.maxUnavailable: written ?? .null]]
                ]
            ]), subresource: .none, options: WriteOptions())
        #expect(test.set.maxUnavailable == kept ?? .null)
    }

    @Test(
        "a percentage of maxUnavailable is rounded down, but never to nothing",
        arguments: [("10%", 1), ("40%", 1), ("50%", 2), (3, 3)] as [(Value, Int)])
    func maxUnavailablePercent(maxUnavailable: Value, atOnce: Int) throws {
        let test = try gated(maxUnavailable, replicas: 4)
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.world.cluster.advance(by: 100)
        #expect(test.story(after: start) == (0..<atOnce).map { "-web-\(3 - $0)" })
    }

    @Test("pods in trouble count against maxUnavailable")
    func maxUnavailableCountsTrouble() throws {
        let test = try gated(2, replicas: 4)
        let pod = try #require(test.world.get(.pod, "web-0"))
        try test.world.api.modifyStatus(pod) { $0[.conditions][0][.status] = "False" }
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.world.cluster.advance(by: 100)
        #expect(test.story(after: start) == ["-web-3"])
    }

    @Test("in order, several that went at once come back one by one, the lowest first")
    func maxUnavailableInOrder() throws {
        let test = try gated(2, replicas: 4, policy: "OrderedReady")
        let start = test.world.writes
        try test.setImage("app:v2")
        try test.settle()
        #expect(
            test.story(after: start) == [
                "-web-3", "-web-2", "+web-2", "ready web-2", "+web-3", "ready web-3",
                "-web-1", "-web-0", "+web-0", "ready web-0", "+web-1", "ready web-1",
            ])
    }

    @Test("scaling down goes before updating")
    func scalingFirst() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        let start = test.world.writes
        try test.change {
            $0[.spec][.replicas] = 2
            $0[.spec][.template][.spec][.containers][0][.image] = "app:v2"
        }
        try test.settle()
        #expect(
            test.story(after: start) == [
                "-web-2", "-web-1", "+web-1", "ready web-1", "-web-0", "+web-0", "ready web-0",
            ])
    }

    @Test("a partition counts from the first ordinal")
    func partitionWithStart() throws {
        let test = StatefulWorld()
        var manifest = StatefulWorld.manifest(replicas: 3, partition: 2)
        manifest[.spec][.ordinals] = [.start: 5]
        try test.create(manifest)
        try test.setImage("app:v2")
        try test.settle()
        #expect(test.podNames == ["web-5", "web-6", "web-7"])
        #expect(test.images == ["app:v1", "app:v1", "app:v2"])
        try test.deletePod("web-6")
        try test.settle()
        #expect(test.images == ["app:v1", "app:v1", "app:v2"])
    }

    @Test("with OnDelete the current revision stays, even when all pods were replaced by hand")
    func onDeleteKeepsCurrentRevision() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 2, strategy: "OnDelete"))
        let old = test.set.currentRevision
        try test.setImage("app:v2")
        for name in ["web-0", "web-1"] { try test.deletePod(name) }
        try test.settle()
        #expect(test.images == ["app:v2", "app:v2"])
        #expect(test.set.currentRevision == old)
        #expect(test.set.updateRevision != old)
        #expect(test.set.status.updatedReplicas == 2)
        #expect(test.set.status.currentReplicas == 0)
    }

    @Test("a count of current replicas below zero is refused like by the API server")
    func negativeCount() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 1, policy: "Parallel"))
        try test.setImage("app:broken")
        try test.settle()
        #expect(test.set.status.currentReplicas == 0)
        // The pod is of neither the current nor the new revision.
        try test.setImage("app:v3")
        try test.settle()
        #expect(test.images == ["app:v3"])
        let counts = test.world.history(.statefulSet, "web") { $0[.status][.currentReplicas] }
        #expect(counts.allSatisfy { ($0.int ?? 0) >= 0 })
        #expect(test.set.status.currentReplicas == 1)
    }

    @Test("an update in between is rolled over: pods go straight to the newest revision")
    func rollover() throws {
        let test = StatefulWorld()
        try test.create(StatefulWorld.manifest(replicas: 3))
        try test.setImage("app:v2")
        try test.world.cluster.advance(by: 600)
        try test.setImage("app:v3")
        let start = test.world.writes
        try test.settle()
        #expect(test.images == ["app:v3", "app:v3", "app:v3"])
        // web-2 has v2 by now and goes once more; the others never have it.
        #expect(
            test.story(after: start).filter { $0.hasPrefix("-") } == [
                "-web-2", "-web-1", "-web-0",
            ])
    }
}
