import API
import Model
import Support
import Testing
import Value

@testable import Cluster

/// What the API server makes of a kind by its descriptor and its strategy.
@Suite struct KindStrategyTests {
    @Test("a row says nothing that the descriptor leaves no room for")
    func rows() {
        for (kind, row) in StrategyRegistry.rows {
            let info = kind.info
            #expect(row.initialStatus.isNull || info.hasStatusSubresource, "\(kind)")
            #expect(!row.countsAnnotations || info.hasGeneration, "\(kind)")
            #expect(row.quota == nil || info.isNamespaced, "\(kind)")
        }
    }

    // MARK: A kind that is added at run time

    private let cluster = SimulatedCluster()
    private let toys: Kind

    init() {
        var strategy = KindStrategy(initialStatus: [.phase: "New"])
        strategy.quota = .named("example.com/toys")
        strategy.completeNew = { toy, _, _, key in toy[.spec]["label"] = Value("toy \(key.name)") }
        toys = cluster.register(
            { kind in
                KindDescriptor(
                    kind, "Toy", plural: "toys", group: "toys.example.com",
                    subresources: ["scale", "status"], hasGeneration: true, replicas: .standard,
                    rules: KindRules(
                        defaults: { if $0[.spec][.replicas].isNull { $0[.spec][.replicas] = 1 } },
                        object: { validator, toy in
                            guard toy[.spec].int(.replicas) > 9 else { return }
                            validator.add(
                                FieldError(
                                    path: "spec.replicas", reason: .forbidden, detail: "too many"))
                        }))
            }, strategy: strategy)
    }

    private func make(_ name: String, _ spec: Value = .emptyObject) throws -> StoredObject {
        let object: Value = [
            .apiVersion: "toys.example.com/v1", .kind: "Toy", .metadata: [.name: Value(name)],
            .spec: spec, .status: [.phase: "Old"],
        ]
        _ = try cluster.api.create(
            toys, namespace: "default", object, options: WriteOptions())
        return try #require(cluster.api.find(toys, namespace: "default", name: name))
    }

    @Test("its objects are defaulted, completed, checked and counted")
    func pipeline() throws {
        let toy = try make("a")
        #expect(toy.value[.spec] == [.replicas: 1, "label": "toy a"])
        #expect(toy.value[.status] == [.phase: "New"])
        #expect(toy.value[.metadata][.generation] == 1)
        #expect(throws: APIError.self) { try make("b", [.replicas: 10]) }
        let status = try cluster.api.updateStatus(toy, to: [.phase: "Played", .replicas: 1])
        #expect(status.value[.metadata][.generation] == 1)
        let changed = try cluster.api.update(
            status, to: [.metadata: toy.value[.metadata], .spec: [.replicas: 2]])
        #expect(changed.value[.metadata][.generation] == 2)
        #expect(changed.value[.status][.phase] == "Played")
    }

    @Test("they scale by the places that the descriptor names")
    func scale() throws {
        _ = try make("a", [.replicas: 3])
        let scale = try cluster.api.setScale(
            toys, namespace: "default", name: "a", replicas: 5, options: WriteOptions())
        #expect(scale[.spec][.replicas] == 5)
        #expect(
            cluster.api.find(toys, namespace: "default", name: "a")?.value[.spec].int(.replicas)
                == 5)
        do {
            _ = try cluster.api.scale(toys, namespace: "default", name: "b")
            Issue.record("a toy that is missing has a scale")
        } catch {
            #expect(error.message == "toys.toys.example.com \"b\" not found")
        }
    }

    @Test("quotas admit them up to their number, and count them again when they go")
    func quota() throws {
        let name: Key = "count/toys.toys.example.com"
        try cluster.api.create(
            .resourceQuota,
            [.metadata: [.name: "q"], .spec: [.hard: [name: "1", "example.com/toys": "5"]]],
            in: "default")
        _ = try cluster.settle()
        let toy = try make("a")
        #expect(throws: APIError.self) { try make("b") }
        try cluster.api.delete(toy)
        _ = try cluster.settle()
        let quota = try #require(cluster.api.find(.resourceQuota, namespace: "default", name: "q"))
        #expect(quota.value[.status][.used] == [name: "0", "example.com/toys": "0"])
        _ = try make("b")
    }

    @Test("the garbage collector follows their owner references")
    func collection() throws {
        let owner = try make("owner")
        let reference: Value = [
            .apiVersion: "toys.example.com/v1", .kind: "Toy", .name: "owner",
            .uid: Value(owner.uid), .controller: true,
        ]
        try cluster.api.create(
            toys, [.metadata: [.name: "part", .ownerReferences: [reference]]], in: "default")
        _ = try cluster.settle()
        try cluster.api.delete(owner)
        _ = try cluster.settle()
        #expect(cluster.state.list(toys).isEmpty)
        #expect(cluster.inconsistencies() == [])
    }
}
