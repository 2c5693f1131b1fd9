import Model
import Support
import Testing
import Value

@testable import Cluster

/// Claims, volumes and classes for the tests of the plugins that look at them.
enum Storage {
    static func claim(
        _ name: String, modes: [String] = ["ReadWriteOnce"], volume: Value = .null,
        className: Value = .null, size: Value = "1Gi", annotations: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: .array(modes.map { Value($0) }),
                .resources: [.requests: [.storage: size]],
            ],
        ]
        value[.spec][.volumeName] = volume
        value[.spec][.storageClassName] = className
        value[.metadata][.annotations] = annotations
        if !volume.isNull {
            value[.metadata][.annotations]["pv.kubernetes.io/bind-completed"] = "yes"
            value[.status] = [.phase: "Bound"]
        }
        return value
    }

    static func volume(
        _ name: String, labels: Value = .null, onNode node: Value = .null, driver: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: ["ReadWriteOnce"], .capacity: [.storage: "1Gi"],
            ],
        ]
        value[.metadata][.labels] = labels
        if driver.isNull {
            value[.spec][.hostPath] = [.path: "/tmp"]
        } else {
            value[.spec][.csi] = ["driver": driver, "volumeHandle": Value("handle of \(name)")]
        }
        if !node.isNull {
            value[.spec][.nodeAffinity] = [
                .required: [
                    .nodeSelectorTerms: [
                        [
                            .matchExpressions: [
                                [
                                    .key: "kubernetes.io/hostname", .operator: "In",
                                    .values: [node],
                                ]
                            ]
                        ]
                    ]
                ]
            ]
        }
        return value
    }

    static func storageClass(
        _ name: String, waits: Bool = true, provisioner: Value = "disks.example.com"
    ) -> Value {
        [
            .metadata: [.name: Value(name)], .provisioner: provisioner, .reclaimPolicy: "Delete",
            .volumeBindingMode: waits ? "WaitForFirstConsumer" : "Immediate",
        ]
    }

    /// The volumes of a pod that uses these claims.
    static func using(_ claims: String...) -> Value {
        [
            .volumes: .array(
                claims.map {
                    [.name: Value($0), .persistentVolumeClaim: [.claimName: Value($0)]]
                })
        ]
    }
}

@Suite("the plugin VolumeBinding")
struct VolumeBindingTests {
    private static let conflict = "node(s) didn't match PersistentVolume's node affinity!"
    private static let noVolume = "node(s) didn't find available persistent volumes to bind!"
    private static let noRoom = "node(s) did not have enough free storage!"

    private func world() throws -> PluginWorld {
        var world = try PluginWorld()
        world.add(node("a"), node("b"))
        try world.create(.storageClass, Storage.storageClass("waits"))
        try world.create(.storageClass, Storage.storageClass("now", waits: false))
        try world.create(
            .storageClass,
            Storage.storageClass("local", provisioner: "kubernetes.io/no-provisioner"))
        return world
    }

    @Test("a bound volume is used where it may be, and nowhere when it is gone")
    func bound() throws {
        var world = try world()
        try world.create(.persistentVolume, Storage.volume("on-a", onNode: "a"))
        try world.create(.persistentVolume, Storage.volume("anywhere"))
        try world.create(.persistentVolumeClaim, Storage.claim("one", volume: "on-a"))
        try world.create(.persistentVolumeClaim, Storage.claim("two", volume: "anywhere"))
        try world.create(.persistentVolumeClaim, Storage.claim("gone", volume: "no-more"))
        let verdicts = { world.verdicts(VolumeBinding.self, pod($0)) }
        #expect(verdicts(Storage.using("one", "two")) == [nil, Self.conflict])
        #expect(verdicts(Storage.using("two")) == [nil, nil])
        let lost =
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)!"
        #expect(verdicts(Storage.using("gone")) == [lost, lost])
        // The first claim that will not do speaks for all.
        #expect(verdicts(Storage.using("one", "gone")) == [lost, Self.conflict])
    }

    @Test(
        "a pod waits for its claims",
        arguments: [
            ("absent", "persistentvolumeclaim \"absent\" not found!"),
            ("unbound", "pod has unbound immediate PersistentVolumeClaims!"),
            ("prebound", "pod has unbound immediate PersistentVolumeClaims!"),
            (
                "lost",
                "persistentvolumeclaim \"lost\" bound to non-existent persistentvolume \"v\"!"
            ),
        ])
    func waits(claim: String, expected: String) throws {
        var world = try world()
        try world.create(.persistentVolumeClaim, Storage.claim("unbound", className: "now"))
        var prebound = Storage.claim("prebound", className: "waits")
        prebound[.spec][.volumeName] = "v"
        try world.create(.persistentVolumeClaim, prebound)
        var lost = Storage.claim("lost", volume: "v")
        lost[.status] = [.phase: "Lost"]
        try world.create(.persistentVolumeClaim, lost)
        #expect(world.verdicts(VolumeBinding.self, pod(Storage.using(claim))) == [expected])
    }

    @Test("a claim that is made for the pod must be the pod's own")
    func ephemeral() throws {
        var world = try world()
        let spec: Value = [.volumes: [[.name: "v", .ephemeral: .emptyObject]]]
        #expect(
            world.verdicts(VolumeBinding.self, pod("own", spec)) == [
                "waiting for ephemeral volume controller to create the persistentvolumeclaim "
                    + "\"own-v\"!"
            ])
        try world.create(.persistentVolumeClaim, Storage.claim("own-v"))
        #expect(
            world.verdicts(VolumeBinding.self, pod("own", spec)) == [
                "PVC default/own-v was not created for pod default/own (pod is not owner)!"
            ])
    }

    @Test("a claim that waits for its consumer needs a volume on the node, or one that can be made")
    func unbound() throws {
        var world = try world()
        try world.create(.persistentVolumeClaim, Storage.claim("c", className: "local"))
        try world.create(.persistentVolumeClaim, Storage.claim("d", className: "waits"))
        var chosen = Storage.claim("e", className: "waits")
        chosen[.metadata][.annotations] = ["volume.kubernetes.io/selected-node": "b"]
        try world.create(.persistentVolumeClaim, chosen)
        let verdicts = { world.verdicts(VolumeBinding.self, pod($0)) }
        #expect(verdicts(Storage.using("c")) == [Self.noVolume, Self.noVolume])
        #expect(verdicts(Storage.using("d")) == [nil, nil])
        // What is being made for one node cannot be used on another.
        #expect(verdicts(Storage.using("e")) == [Self.noVolume, nil])
        var local = Storage.volume("v", onNode: "a")
        local[.spec][.storageClassName] = "local"
        local[.status] = [.phase: "Available"]
        try world.create(.persistentVolume, local)
        let after = { world.verdicts(VolumeBinding.self, pod($0)) }
        #expect(after(Storage.using("c")) == [nil, Self.noVolume])
    }

    @Test("a driver that says what room it has makes volumes where it has enough")
    func capacity() throws {
        var world = try world()
        try world.create(
            .persistentVolumeClaim, Storage.claim("c", className: "waits", size: "10Gi"))
        func verdicts() -> [String?] {
            world.verdicts(VolumeBinding.self, pod(Storage.using("c")))
        }
        #expect(verdicts() == [nil, nil])
        try world.create(
            .csiDriver,
            [.metadata: [.name: "disks.example.com"], .spec: ["storageCapacity": true]])
        #expect(verdicts() == [Self.noRoom, Self.noRoom])
        func room(_ name: String, on node: Value, _ fields: Value) throws {
            var value: Value = [
                .metadata: [.name: Value(name)], .storageClassName: "waits",
                "nodeTopology": [.matchLabels: ["kubernetes.io/hostname": node]],
            ]
            for field in fields.fields { value[field.key] = field.value }
            try world.create(.csiStorageCapacity, value)
        }
        try room("one", on: "a", [.capacity: "9Gi"])
        #expect(verdicts() == [Self.noRoom, Self.noRoom])
        try room("two", on: "a", [.capacity: "10Gi"])
        // The largest volume counts, not the sum of what is free.
        try room("three", on: "b", [.capacity: "100Gi", "maximumVolumeSize": "5Gi"])
        #expect(verdicts() == [nil, Self.noRoom])
    }
}

@Suite("the plugin VolumeZone")
struct VolumeZoneTests {
    private static let reason = "node(s) had no available volume zone!"
    private static let zone = Key("topology.kubernetes.io/zone")
    private static let region = Key("topology.kubernetes.io/region")
    private static let oldZone = Key("failure-domain.beta.kubernetes.io/zone")

    /// Against nodes of zone a, of zone b, and without a zone.
    @Test(
        "a volume's zone must be the node's, if the node is in any",
        arguments: [
            (.null, [nil, nil, nil]), ([zone: "a"], [nil, reason, nil]),
            // Several zones in one label.
            ([zone: "a__b"], [nil, nil, nil]), ([zone: "b__c"], [reason, nil, nil]),
            // What cannot be read is no condition.
            ([zone: "a____b"], [nil, nil, nil]),
            // The label's old name on the volume stands for the present one on the node.
            ([oldZone: "b"], [reason, nil, nil]),
            // A node that has a zone but no region is in no region.
            ([region: "r"], [reason, reason, nil]),
            ([zone: "a", region: "r"], [reason, reason, nil]),
            ([Key("zone"): "b"], [nil, nil, nil]),
        ] as [(Value, [String?])])
    func filter(labels: Value, expected: [String?]) throws {
        var world = try PluginWorld()
        world.add(
            node("a", labels: [Self.zone: "a"]), node("b", labels: [Self.zone: "b"]), node("x"))
        try world.create(.persistentVolume, Storage.volume("v", labels: labels))
        try world.create(.persistentVolumeClaim, Storage.claim("c", volume: "v"))
        #expect(world.verdicts(VolumeZone.self, pod(Storage.using("c"))) == expected)
    }

    @Test(
        "a claim without a volume is skipped only if it waits for its consumer",
        arguments: [
            ("waits", [nil]), ("now", ["PersistentVolume had no name!"]),
            ("unknown", ["storageclass.storage.k8s.io \"unknown\" not found!"]),
            ("", ["PersistentVolumeClaim had no pv name and storageClass name!"]),
        ] as [(String, [String?])])
    func unbound(className: String, expected: [String?]) throws {
        var world = try PluginWorld()
        world.add(node("a"))
        try world.create(.storageClass, Storage.storageClass("waits"))
        try world.create(.storageClass, Storage.storageClass("now", waits: false))
        try world.create(
            .persistentVolumeClaim, Storage.claim("c", className: Value(className)))
        #expect(world.verdicts(VolumeZone.self, pod(Storage.using("c"))) == expected)
    }

    @Test("a volume that is gone is named")
    func missing() throws {
        var world = try PluginWorld()
        world.add(node("a"))
        try world.create(.persistentVolumeClaim, Storage.claim("c", volume: "v"))
        #expect(
            world.verdicts(VolumeZone.self, pod(Storage.using("c")))
                == ["persistentvolume \"v\" not found!"])
    }
}

@Suite("the plugin VolumeRestrictions")
struct VolumeRestrictionsTests {
    private static let inUse =
        "node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already "
        + "in-use by another pod"
    private static let noDisk = "node(s) had no available disk"

    @Test("a ReadWriteOncePod claim is for one pod at a time, on whatever node")
    func readWriteOncePod() throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b"))
        try world.create(
            .persistentVolumeClaim, Storage.claim("once", modes: ["ReadWriteOncePod"]))
        try world.create(.persistentVolumeClaim, Storage.claim("often"))
        let waiting = pod("p", Storage.using("once", "often"))
        #expect(world.verdicts(VolumeRestrictions.self, waiting) == [nil, nil])
        world.place(pod("q", Storage.using("often")), on: "a")
        world.place(pod("r", namespace: "other", Storage.using("once")), on: "a")
        #expect(world.verdicts(VolumeRestrictions.self, waiting) == [nil, nil])
        world.place(pod("s", Storage.using("once")), on: "b")
        #expect(world.verdicts(VolumeRestrictions.self, waiting) == [Self.inUse, Self.inUse])
        #expect(
            world.verdicts(VolumeRestrictions.self, pod(Storage.using("none"))) == [
                "persistentvolumeclaim \"none\" not found!"
            ])
    }

    private static func gce(_ name: String, reads: Bool = false) -> Value {
        [.name: "d", .gcePersistentDisk: ["pdName": Value(name), .readOnly: Value(reads)]]
    }

    private static func iscsi(_ name: String, reads: Bool = false) -> Value {
        [.name: "d", .iscsi: ["iqn": Value(name), .readOnly: Value(reads)]]
    }

    private static func rbd(_ monitors: [String], _ image: String, reads: Bool = false) -> Value {
        [
            .name: "d",
            .rbd: [
                "monitors": .array(monitors.map { Value($0) }), "pool": "rbd",
                .image: Value(image), .readOnly: Value(reads),
            ],
        ]
    }

    private static func aws(_ volume: String) -> Value {
        [.name: "d", .awsElasticBlockStore: ["volumeID": Value(volume), .readOnly: true]]
    }

    @Test(
        "two pods of a node share a disk only if both read it, or not at all",
        arguments: [
            (gce("x"), gce("x"), noDisk), (gce("x"), gce("y"), nil),
            (gce("x", reads: true), gce("x", reads: true), nil),
            (gce("x", reads: true), gce("x"), noDisk), (aws("x"), aws("x"), noDisk),
            (aws("x"), aws("y"), nil), (iscsi("x"), iscsi("x"), noDisk),
            (iscsi("x", reads: true), iscsi("x", reads: true), nil),
            (rbd(["1", "2"], "x"), rbd(["2", "3"], "x"), noDisk),
            (rbd(["1"], "x"), rbd(["2"], "x"), nil), (rbd(["1"], "x"), rbd(["1"], "y"), nil),
            (rbd(["1"], "x", reads: true), rbd(["1"], "x", reads: true), nil),
            (gce("x"), aws("x"), nil),
        ] as [(Value, Value, String?)])
    func disks(wanted: Value, used: Value, expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b"))
        world.place(pod("other", [.volumes: [used]]), on: "a")
        #expect(
            world.verdicts(VolumeRestrictions.self, pod([.volumes: [wanted]]))
                == [expected, nil])
    }

    @Test("a pod that goes wakes one that wants its claim or its disk")
    func hints() throws {
        let empty = try PluginWorld()
        func wakes(_ wanted: Value, _ gone: Value, namespace: String = "default") -> Bool {
            VolumeRestrictions.mayHelp(
                event(.podDeleted, .pod, old: pod("gone", namespace: namespace, gone)),
                empty.waiting(pod(wanted)))
        }
        #expect(wakes(Storage.using("c"), Storage.using("c")))
        #expect(!wakes(Storage.using("c"), Storage.using("d")))
        #expect(!wakes(Storage.using("c"), Storage.using("c"), namespace: "other"))
        #expect(wakes([.volumes: [Self.gce("x")]], [.volumes: [Self.gce("x")]]))
        #expect(!wakes([.volumes: [Self.gce("x")]], [.volumes: [Self.gce("y")]]))
    }
}

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
