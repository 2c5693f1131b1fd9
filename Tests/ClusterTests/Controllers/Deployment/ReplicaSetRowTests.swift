import Model
import Testing
import Value

@testable import Cluster

@Suite("rows of ReplicaSets")
struct ReplicaSetRowTests {
    private func set(
        _ name: String, slot: Int32 = 0, second: Int = 0, replicas: Int = 0, status: Value = [:],
        image: String = "nginx"
    ) -> StoredObject {
        StoredObject(
            kind: .replicaSet, slot: Slot(index: slot),
            key: ObjectKey(namespace: "default", name: name), resourceVersion: 1,
            value: [
                .metadata: [
                    .name: Value(name), .creationTimestamp: Value("2025-01-01T00:00:0\(second)Z"),
                ],
                .spec: [
                    .replicas: Value(replicas),
                    .template: [
                        .metadata: [.labels: ["app": "web", "pod-template-hash": Value(name)]],
                        .spec: [.containers: [[.name: "web", .image: Value(image)]]],
                    ],
                ],
                .status: status,
            ])
    }

    @Test("go by the second of their creation, then by name, and by the newest version of each")
    func order() {
        var rows = ReplicaSetRows()
        let (a, b, c) = (set("a", second: 2), set("b", slot: 1, second: 1), set("c", slot: 2))
        #expect(rows.oldestFirst([a, b, c]).map(\.object.name) == ["c", "b", "a"])
        let later = set("c", slot: 2, second: 1)
        #expect(rows.oldestFirst([a, later, b]).map(\.object.name) == ["b", "c", "a"])
        rows.forget(b)
        let other = set("x", slot: 1, second: 3)
        #expect(rows.oldestFirst([a, later, other]).map(\.object.name) == ["c", "a", "x"])
    }

    @Test(
        "are at rest where the set adds nothing to what the sets come to",
        arguments: [
            (0, [:], true), (1, [:], false), (0, [.replicas: 1], false),
            (0, [.readyReplicas: 1], false), (0, [.availableReplicas: 1], false),
            (0, [.observedGeneration: 1, .terminatingReplicas: 0], true),
            (0, [.observedGeneration: 1, .terminatingReplicas: 1], false),
            // Of such a set nobody knows how many pods are going.
            (0, [.observedGeneration: 1], false),
            (0, [.conditions: [[.type: "ReplicaFailure", .status: "True"]]], false),
        ] as [(Int, Value, Bool)])
    func rest(replicas: Int, status: Value, isAtRest: Bool) {
        #expect(ReplicaSetRow(set("a", replicas: replicas, status: status)).isAtRest == isAtRest)
    }

    @Test("templates that are equal but for their hash have one number")
    func templates() {
        let row = ReplicaSetRow(set("a"))
        #expect(row.templateHash == ReplicaSetRow(set("b")).templateHash)
        #expect(row.templateHash != ReplicaSetRow(set("a", image: "redis")).templateHash)
        let bare: Value = [
            .metadata: [.labels: ["app": "web"]],
            .spec: [.containers: [[.name: "web", .image: "nginx"]]],
        ]
        #expect(row.templateHash == PodTemplates.hashIgnoringHash(bare))
    }
}
