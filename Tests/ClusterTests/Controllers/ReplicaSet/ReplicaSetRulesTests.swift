import Model
import Testing
import Value

@testable import Cluster

/// The rules of ReplicaSets that show only among several objects or with many pods.
@Suite("rules of ReplicaSets")
struct ReplicaSetRulesTests {
    private func set(
        _ name: String, replicas: Int, app: String? = nil, owner: Value = .null
    ) -> Value {
        var set = ReplicaSetControllerTests.set(app ?? name, replicas: replicas)
        set[.metadata][.name] = Value(name)
        set[.metadata][.ownerReferences] = owner.isNull ? .null : [owner]
        return set
    }

    /// Three pods in the namespace and no more.
    private func limitPods(_ world: ControllerWorld, used: Int) throws {
        let quota = try world.api.create(
            .resourceQuota, [.metadata: [.name: "few"], .spec: [.hard: [.pods: "3"]]],
            in: "default")
        try world.api.modifyStatus(quota) {
            $0 = [.hard: [.pods: "3"], .used: [.pods: Value("\(used)")]]
        }
    }

    private func scale(_ world: ControllerWorld, _ name: String, to replicas: Int) throws {
        try world.api.modify(#require(world.get(.replicaSet, name))) {
            $0[.spec][.replicas] = Value(replicas)
        }
    }

    /// The nodes of two pods that are left of three on two nodes.
    private func nodesLeft(_ owner: Value, seed: UInt64) throws -> Set<String> {
        let world = ControllerWorld(
            [ReplicaSetController(kind: .replicaSet)], nodes: FakeNodes(nodes: 2), seed: seed)
        try world.api.create(
            .replicaSet, set("web", replicas: 3, owner: owner), in: "default")
        try world.cluster.advance(by: 60_000)
        try scale(world, "web", to: 2)
        try world.cluster.advance(by: 5_000)
        return Set(world.list(.pod).compactMap(\.nodeName))
    }

    private static let deployment: Value = [
        .apiVersion: "apps/v1", .kind: "Deployment", .name: "web", .uid: "d-1",
        .controller: true,
    ]

    @Test("of a deployment's pods the one with more company on its node goes first")
    func company() throws {
        for seed: UInt64 in 1...6 {
            #expect(try nodesLeft(Self.deployment, seed: seed) == ["node-1", "node-2"])
        }
    }

    @Test("a set without a controller does not look at the company of its pods")
    func noCompany() throws {
        let left = try (1...24).map { try nodesLeft(.null, seed: UInt64($0)) }
        #expect(left.contains(["node-1"]), "the lone pod on node-2 goes in some world")
    }

    @Test("company counts the pods of all sets of the same deployment")
    func companyOfSiblings() throws {
        let world = ControllerWorld(
            [ReplicaSetController(kind: .replicaSet)], nodes: FakeNodes(nodes: 2))
        for name in ["old", "new"] {
            try world.api.create(
                .replicaSet, set(name, replicas: 0, owner: Self.deployment), in: "default")
        }
        // FakeNodes assigns in turn: old pods to nodes 1 and 2, then the new ones likewise.
        try scale(world, "old", to: 3)
        try world.cluster.advance(by: 5_000)
        try scale(world, "new", to: 2)
        try world.cluster.advance(by: 60_000)
        let new = try #require(world.get(.replicaSet, "new"))
        // Node 1 has two old pods and one new, node 2 one of each.
        #expect(world.list(.pod).count { $0.nodeName == "node-1" } == 3)
        try scale(world, "new", to: 1)
        try world.cluster.advance(by: 5_000)
        #expect(world.pods(of: new.uid).map(\.nodeName) == ["node-2"])
    }

    @Test("an orphan that two sets want gets one controller")
    func oneController() throws {
        let world = ControllerWorld([ReplicaSetController(kind: .replicaSet)])
        for name in ["a", "b"] {
            try world.api.create(
                .replicaSet, set(name, replicas: 1, app: "web"), in: "default")
        }
        try world.cluster.advance(by: 5_000)
        try world.api.create(
            .pod, ReplicaSetControllerTests.pod("x", labels: ["app": "web"]), in: "default")
        try world.cluster.advance(by: 5_000)
        for change in world.cluster.log.changes(after: 0) where change.object.name == "x" {
            let references = change.object.value[.metadata][.ownerReferences].elements
            #expect(references.count { $0.flag(.controller) } <= 1)
        }
        #expect(world.list(.pod).count == 2)
    }

    @Test("adopting what another controls is refused, in the API server's words")
    func adoptionRefused() throws {
        let controller = ReplicaSetController(kind: .replicaSet)
        let world = ControllerWorld([controller])
        try world.api.create(.replicaSet, set("a", replicas: 1), in: "default")
        let late = try world.api.create(.replicaSet, set("b", replicas: 0), in: "default")
        try world.cluster.advance(by: 5_000)
        let pod = try #require(world.list(.pod).first)
        let error = #expect(throws: APIError.self) {
            try controller.adopt(pod, by: controller.controllerReference(to: late))
        }
        #expect(
            error?.message.hasSuffix(
                "Only one reference can have Controller set to true. Found \"true\" in references "
                    + "for a and b") == true)
    }

    @Test("slow start: the batch that meets the quota is the last one of its sync")
    func slowStart() throws {
        let world = ControllerWorld([ReplicaSetController(kind: .replicaSet)])
        try limitPods(world, used: 0)
        try world.api.create(.replicaSet, set("web", replicas: 20), in: "default")
        // Batches of 1, 2 and 4: the third fails, thirteen pods are never tried. The back-off of 5 ms
        // begins after the report.
        try world.cluster.advance(by: 36)
        #expect(world.list(.pod).count == 3)
        let failures = world.list(.event).filter { $0.value.text(.reason) == "FailedCreate" }
        #expect(failures.reduce(0) { $0 + $1.value.int(.count) } == 4)
        #expect(
            failures.allSatisfy {
                $0.value.text(.message).contains(
                    "is forbidden: exceeded quota: few, requested: pods=1, used: pods=3, "
                        + "limited: pods=3")
            })
    }

    @Test("a sync makes 500 pods at most")
    func burst() throws {
        let world = ControllerWorld([ReplicaSetController(kind: .replicaSet)])
        try world.api.create(.replicaSet, set("web", replicas: 700), in: "default")
        try world.cluster.advance(by: 10_000)
        var made = 0
        var madeAtReport: Int?
        for change in world.cluster.log.changes(after: 0) {
            if change.kind == .pod, change.type == .added { made += 1 }
            if change.kind == .replicaSet, change.type == .modified, madeAtReport == nil {
                madeAtReport = made
            }
        }
        #expect(madeAtReport == 500)
        #expect(made == 700)
    }

    @Test(
        "a deletion cost is a plain 32-bit integer; anything else counts as 0",
        arguments: [
            ("5", 5), ("-3", -3), ("0", 0), ("2147483647", 2_147_483_647), ("+5", nil),
            ("007", nil), ("", nil), ("2147483648", nil), ("1.5", nil), ("x", nil),
        ] as [(String, Int?)])
    func deletionCost(text: String, cost: Int?) throws {
        #expect(PodView.deletionCost(text) == cost)
        let world = try WholeWorld(nodes: 1)
        var pod = WholeWorld.pod("x")
        pod[.metadata][.annotations] = [WellKnown.podDeletionCost: Value(text)]
        if cost != nil {
            try world.create(.pod, pod)
        } else {
            let error = #expect(throws: APIError.self) { try world.create(.pod, pod) }
            #expect(
                error?.message
                    == "Pod \"x\" is invalid: metadata.annotations[controller.kubernetes.io/"
                    + "pod-deletion-cost]: Invalid value: \"\(text)\": must be a 32bit integer")
        }
    }

    @Test("a ReplicationController's events, status and failures are those of a ReplicaSet")
    func replicationController() throws {
        let world = ControllerWorld([ReplicaSetController(kind: .replicationController)])
        var manifest = ReplicaSetControllerTests.set("web", replicas: 3)
        manifest[.spec][.selector] = ["app": "web"]
        try world.api.create(.replicationController, manifest, in: "default")
        try world.cluster.advance(by: 5_000)
        let status = world.get(.replicationController, "web")?.value[.status]
        #expect(
            status == [
                .replicas: 3, .fullyLabeledReplicas: 3, .readyReplicas: 3, .availableReplicas: 3,
                .observedGeneration: 1,
            ])
        let events = world.list(.event)
        #expect(events.count == 3)
        #expect(
            events.allSatisfy {
                $0.value[.source].text(.component) == "replication-controller"
                    && $0.value[.involvedObject].text(.kind) == "ReplicationController"
            })
        try limitPods(world, used: 3)
        try world.api.modify(#require(world.get(.replicationController, "web"))) {
            $0[.spec][.replicas] = 4
        }
        try world.cluster.advance(by: 1_000)
        let failed = Conditions(
            world.get(.replicationController, "web")?.value[.status][.conditions] ?? .null)
        #expect(failed["ReplicaFailure"]?.reason == "FailedCreate")
    }
}
