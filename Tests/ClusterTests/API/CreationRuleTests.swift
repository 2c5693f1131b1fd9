import API
import Model
import Support
import Testing
import Value

@testable import Cluster

/// What the API server adds to objects when they are made, or counts when they change.
@Suite("rules of creation")
struct CreationRuleTests {
    private let cluster = SimulatedCluster()
    private var api: APIServer { cluster.api }

    private func pod(_ name: String, _ spec: Value = .emptyObject) throws -> StoredObject {
        var spec = spec
        spec[.containers] = [[.name: "c", .image: "nginx"]]
        return try api.create(
            .pod, [.metadata: [.name: Value(name)], .spec: spec], in: "default")
    }

    private func storageClass(_ name: String) throws {
        try api.create(
            .storageClass,
            [
                .metadata: [
                    .name: Value(name),
                    .annotations: ["storageclass.kubernetes.io/is-default-class": "true"],
                ], "provisioner": "example.com/disk",
            ])
    }

    private func classOfNewClaim(_ name: String) throws -> String {
        let claim = try api.create(
            .persistentVolumeClaim,
            [
                .metadata: [.name: Value(name)],
                .spec: [
                    .accessModes: ["ReadWriteOnce"],
                    .resources: [.requests: [.storage: "1Gi"]],
                ],
            ], in: "default")
        return claim.value[.spec].text(.storageClassName)
    }

    @Test("of several default classes the newest is taken, of equally old ones the first by name")
    func defaultClass() throws {
        #expect(try classOfNewClaim("a") == "standard")
        try cluster.advance(by: 5_000)
        try storageClass("zeta")
        #expect(try classOfNewClaim("b") == "zeta")
        try storageClass("beta")
        #expect(try classOfNewClaim("c") == "beta")
    }

    @Test("a pod without a class has the lowest default there is, by name, number and policy")
    func defaultPriority() throws {
        for (name, value) in [("high", 900), ("low", 100)] {
            try api.create(
                .priorityClass,
                [
                    .metadata: [.name: Value(name)], .value: Value(value), "globalDefault": true,
                    "preemptionPolicy": "Never",
                ])
        }
        let spec = try pod("a").value[.spec]
        #expect(spec.text(.priorityClassName) == "low")
        #expect(spec.int(.priority) == 100)
        #expect(spec.text("preemptionPolicy") == "Never")
    }

    @Test("a pod that is finished uses no quota")
    func finishedPods() throws {
        try api.create(
            .resourceQuota, [.metadata: [.name: "q"], .spec: [.hard: [.pods: "1"]]],
            in: "default")
        _ = try cluster.settle()
        let first = try pod("a")
        #expect(throws: APIError.self) { try pod("b") }
        try api.modifyStatus(first) { $0[.phase] = "Succeeded" }
        _ = try cluster.settle()
        _ = try pod("b")
    }

    @Test("a runtime class gives its overhead, labels and tolerations")
    func runtimeClass() throws {
        try api.create(
            .runtimeClass,
            [
                .metadata: [.name: "heavy"], "handler": "heavy",
                .overhead: ["podFixed": [.cpu: "250m"]],
                "scheduling": [
                    .nodeSelector: ["runtime": "heavy"],
                    .tolerations: [[.key: "runtime", .operator: "Exists"]],
                ],
            ])
        let spec = try pod("a", [.runtimeClassName: "heavy"]).value[.spec]
        #expect(spec[.overhead] == [.cpu: "250m"])
        #expect(spec[.nodeSelector] == ["runtime": "heavy"])
        #expect(spec[.tolerations].elements.contains { $0.text(.key) == "runtime" })
    }

    @Test("a graceful deletion counts as a generation, once")
    func generationOfDeletion() throws {
        let bound = try api.bind(pod("a"), to: "n")
        #expect(bound.value[.metadata].int(.generation) == 1)
        let deleted = try api.delete(bound).object
        #expect(deleted.value[.metadata].int(.generation) == 2)
        let again = try api.delete(deleted, options: DeleteOptions(gracePeriodSeconds: 1)).object
        #expect(again.value[.metadata].int(.generation) == 2)
    }

    @Test("a pod is bound once, and not while it is being deleted")
    func binding() throws {
        let bound = try api.bind(pod("a"), to: "n")
        #expect {
            try api.bind(bound, to: "m")
        } throws: {
            ("\(($0 as? APIError)?.message ?? "")").contains("is already assigned to node \"n\"")
        }
        var held = try pod("b")
        held = try api.modify(held) { $0[.metadata][.finalizers] = ["example.com/hold"] }
        let going = try api.delete(held).object
        #expect {
            try api.bind(going, to: "n")
        } throws: { ("\(($0 as? APIError)?.message ?? "")").contains("is being deleted") }
    }
}
