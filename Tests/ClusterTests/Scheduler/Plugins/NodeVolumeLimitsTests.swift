import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodeVolumeLimits")
struct NodeVolumeLimitsTests {
    private static let reason = "node(s) exceed max volume count"

    private static func csiNode(_ name: String, limit: Int?, driver: String = "disks") -> Value {
        var entry: Value = [.name: Value(driver), "nodeID": Value(name)]
        if let limit { entry[.allocatable] = [.count: Value(limit)] }
        return [.metadata: [.name: Value(name)], .spec: ["drivers": [entry]]]
    }

    /// Claims 1 to 4 of volumes of the driver "disks"; 4 is not bound yet.
    private func world(limits: Int?...) throws -> PluginWorld {
        var world = try PluginWorld()
        for (index, limit) in limits.enumerated() {
            world.add(node("n\(index)"))
            try world.create(.csiNode, Self.csiNode("n\(index)", limit: limit))
        }
        for number in 1...3 {
            try world.create(
                .persistentVolume, Storage.volume("v\(number)", driver: "disks"))
            try world.create(
                .persistentVolumeClaim,
                Storage.claim("c\(number)", volume: Value("v\(number)")))
        }
        try world.create(.storageClass, Storage.storageClass("waits", provisioner: "disks"))
        try world.create(.persistentVolumeClaim, Storage.claim("c4", className: "waits"))
        return world
    }

    @Test(
        "no more volumes than the node takes of a driver",
        arguments: [
            // 1 there + 1 new.
            (["c1"], ["c2"], [Self.reason, nil, nil]),
            // The same volume takes no further place.
            (["c1"], ["c1"], [nil, nil, nil]),
            // 1 + 2 and 1 + 1, as c1 is there.
            (["c1"], ["c2", "c3"], [Self.reason, Self.reason, nil]),
            (["c1"], ["c1", "c2"], [Self.reason, nil, nil]),
            // What will be made counts.
            (["c1"], ["c4"], [Self.reason, nil, nil]), (["c4"], ["c1"], [Self.reason, nil, nil]),
            ([], ["c1", "c2"], [Self.reason, nil, nil]), (["c1", "c2"], [], [nil, nil, nil]),
        ] as [([String], [String], [String?])])
    func filter(used: [String], wanted: [String], expected: [String?]) throws {
        var world = try world(limits: 1, 2, nil)
        func using(_ claims: [String]) -> Value {
            [
                .volumes: .array(
                    claims.map {
                        [.name: Value($0), .persistentVolumeClaim: [.claimName: Value($0)]]
                    })
            ]
        }
        for name in ["n0", "n1", "n2"] { world.place(pod("on \(name)", using(used)), on: name) }
        #expect(world.verdicts(NodeVolumeLimits.self, pod(using(wanted))) == expected)
    }

    @Test("volumes that are attached count, though no pod uses them")
    func attachments() throws {
        var world = try world(limits: 1)
        try world.create(
            .volumeAttachment,
            [
                .metadata: [.name: "va"],
                .spec: [
                    "attacher": "disks", .nodeName: "n0",
                    .source: ["persistentVolumeName": "v1"],
                ],
            ])
        #expect(world.verdict(NodeVolumeLimits.self, pod(Storage.using("c2"))) == Self.reason)
    }

    @Test("volumes of another driver, or of none, do not count")
    func otherDriver() throws {
        var world = try world(limits: 0)
        try world.create(.persistentVolume, Storage.volume("w", driver: "other"))
        try world.create(.persistentVolumeClaim, Storage.claim("x", volume: "w"))
        try world.create(.persistentVolume, Storage.volume("plain"))
        try world.create(.persistentVolumeClaim, Storage.claim("y", volume: "plain"))
        #expect(world.verdict(NodeVolumeLimits.self, pod(Storage.using("x", "y"))) == nil)
        #expect(world.verdict(NodeVolumeLimits.self, pod(Storage.using("c1"))) == Self.reason)
    }

    @Test("a CSINode wakes a pod when a limit rises")
    func hints() throws {
        let waiting = try PluginWorld().waiting(pod(Storage.using("c1")))
        func wakes(_ old: Int, _ new: Int) -> Bool {
            NodeVolumeLimits.mayHelp(
                event(
                    .csiNodeUpdated, .csiNode, old: Self.csiNode("n", limit: old),
                    new: Self.csiNode("n", limit: new)), waiting)
        }
        #expect(wakes(1, 2))
        #expect(!wakes(2, 1))
        #expect(!wakes(2, 2))
    }
}
