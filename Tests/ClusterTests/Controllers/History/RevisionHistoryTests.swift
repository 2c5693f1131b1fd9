import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the making of revisions")
struct RevisionHistoryTests {
    private let cluster = SimulatedCluster(bare: ClusterOptions())
    private let controller = ScriptedController()
    private let owner: StoredObject
    private let label = Key("hash")

    init() throws {
        cluster.add(controller, to: cluster.addProcess("test"))
        try cluster.api.create(.namespace, [.metadata: [.name: "default"]])
        owner = try cluster.api.create(.configMap, [.metadata: [.name: "web"]], in: "default")
    }

    private func make(_ data: Value, _ number: Int, hash: String) throws -> StoredObject? {
        try controller.makeRevision(of: owner, data, number: number, hash: hash, label: label)
    }

    @Test("one that was made before is found, one whose name is taken is none")
    func collision() throws {
        let first = try #require(try make(["a": 1], 1, hash: "x"))
        #expect(first.name == "web-x" && first.value[.metadata][.labels][label] == "x")
        #expect(first.controllerUID == owner.uid)
        #expect(try make(["a": 1], 2, hash: "x")?.resourceVersion == first.resourceVersion)
        #expect(try make(["a": 2], 2, hash: "x") == nil)
        #expect(cluster.state.count(.controllerRevision) == 1)
    }

    @Test("a number is changed whatever version is in force")
    func renumbering() throws {
        let first = try #require(try make(["a": 1], 1, hash: "x"))
        try cluster.api.modify(first) { $0[.metadata][.labels]["b"] = "c" }
        let now = try controller.renumberRevision(first, 4)
        #expect(ControllerRevisions.number(now) == 4)
        #expect(now.value[.metadata][.labels]["b"] == "c")
    }

    @Test(
        "of five, one of them in use, the oldest go beyond the limit",
        arguments: [
            (3, false, ["1"]), (3, true, ["1", "3"]), (5, true, []),
            (0, false, ["1", "3", "4", "5"]),
            (-1, false, []),
        ])
    func surplus(limit: Int, countsLive: Bool, gone: [String]) throws {
        let history = try (1...5).map {
            try #require(try make(["a": Value($0)], $0, hash: "\($0)"))
        }
        let surplus = ControllerRevisions.surplus(
            of: history, limit: limit, countsLive: countsLive
        ) { $0.name == "web-2" }
        #expect(surplus.map(\.name) == gone.map { "web-\($0)" })
    }
}
