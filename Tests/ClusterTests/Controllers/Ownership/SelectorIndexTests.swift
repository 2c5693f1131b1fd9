import Model
import Testing
import Value

@testable import Cluster

@Suite("what owners select")
struct SelectorIndexTests {
    private let cluster: SimulatedCluster

    init() {
        cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
    }

    private func change(_ body: (APIServer) throws -> Void) rethrows -> Change {
        try body(cluster.api)
        return cluster.log[cluster.log.head]!
    }

    private func pod(_ labels: Value) throws -> StoredObject {
        try cluster.api.create(
            .pod,
            [
                .metadata: [.generateName: "p-", .labels: labels],
                .spec: [.containers: [[.name: "c", .image: "nginx"]]],
            ], in: "default")
    }

    private func budget(_ name: String, _ selector: Value) throws -> Change {
        try change {
            try $0.create(
                .podDisruptionBudget,
                [
                    .metadata: [.name: Value(name)],
                    .spec: [.selector: selector, .maxUnavailable: 1],
                ],
                in: "default")
        }
    }

    @Test("an owner is found by what it selects now, until it is deleted")
    func follows() throws {
        var index = SelectorIndex()
        for name in ["a", "b"] {
            let isNews = index.note(try budget(name, [.matchLabels: ["app": Value(name)]]))
            #expect(isNews)
        }
        let (podA, podB) = (try pod(["app": "a"]), try pod(["app": "b"]))
        #expect(index.owners(selecting: podA).map(\.name) == ["a"])
        let budget = try #require(
            cluster.state.get(.podDisruptionBudget, namespace: "default", name: "a"))
        let relabelled = try change {
            try $0.modify(budget) { $0[.metadata][.labels] = ["x": "y"] }
        }
        var isNews = index.note(relabelled)
        #expect(!isNews)
        let moved = try change {
            try $0.modify(budget) { $0[.spec][.selector] = [.matchLabels: ["app": "b"]] }
        }
        isNews = index.note(moved)
        #expect(isNews)
        #expect(index.owners(selecting: podA).isEmpty)
        #expect(index.owners(selecting: podB).map(\.name).sorted() == ["a", "b"])
        isNews = index.note(try change { try $0.delete(budget) })
        #expect(isNews)
        #expect(index.owners(selecting: podB).map(\.name) == ["b"])
    }

    @Test("an empty selector selects nothing, but for the owners where it means everything")
    func empty() throws {
        let change = try budget("all", [:])
        var (index, budgets) = (SelectorIndex(), SelectorIndex(emptySelectsAll: true))
        index.note(change)
        budgets.note(change)
        let pod = try pod(["app": "a"])
        #expect(index.owners(selecting: pod).isEmpty)
        #expect(budgets.owners(selecting: pod).map(\.name) == ["all"])
    }
}
