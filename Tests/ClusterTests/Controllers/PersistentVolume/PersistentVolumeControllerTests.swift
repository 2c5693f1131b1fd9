import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("claims and volumes")
struct PersistentVolumeControllerTests {
    static func volume(
        _ name: String, _ size: Value, modes: Value = ["ReadWriteOnce"], policy: Value = "Retain",
        path: String = "/data/x", spec: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: modes, .capacity: [.storage: size],
                .persistentVolumeReclaimPolicy: policy, .hostPath: [.path: Value(path)],
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    static func claim(
        _ name: String, _ size: Value, modes: Value = ["ReadWriteOnce"], className: Value = "",
        spec: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: modes, .resources: [.requests: [.storage: size]],
                .storageClassName: className,
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    private func boundVolume(_ world: WholeWorld, _ claim: String) throws -> String {
        let view = PersistentVolumeClaimView(try world.found(.persistentVolumeClaim, claim).value)
        return view.phase == "Bound" ? view.volumeName : view.phase
    }

    private func phase(_ world: WholeWorld, _ volume: String) throws -> String {
        PersistentVolumeView(try world.found(.persistentVolume, volume).value).phase
    }

    @Test("the smallest volume that fits is bound, of the fewest access modes that do")
    func choice() throws {
        let world = try WholeWorld(nodes: 0)
        let many: Value = ["ReadWriteOnce", "ReadWriteMany"]
        for volume in [
            Self.volume("wide", "2Gi", modes: many), Self.volume("big", "10Gi"),
            Self.volume("mid", "5Gi"), Self.volume("small", "1Gi"),
        ] {
            try world.create(.persistentVolume, volume)
        }
        try world.settle()
        for (name, size, modes) in [
            ("a", "2Gi", ["ReadWriteOnce"]), ("b", "2Gi", ["ReadWriteOnce"]),
            ("c", "2Gi", ["ReadWriteOnce"]), ("d", "1Gi", ["ReadWriteMany"]),
        ] as [(String, Value, Value)] {
            try world.create(.persistentVolumeClaim, Self.claim(name, size, modes: modes))
        }
        try world.settle()
        #expect(
            try ["a", "b", "c", "d"].map { try boundVolume(world, $0) } == [
                "mid", "big", "wide", "Pending",
            ])
    }

    @Test("binding is four writes: the volume's claim, its phase, the claim's volume, its phase")
    func order() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.settle()
        let begin = world.cluster.log.head
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.settle()
        let writes = world.cluster.log.changes(after: begin + 1).map { change in
            let status = change.object.value[.status].text(.phase)
            let other =
                change.kind == .persistentVolume
                ? change.object.value[.spec][.claimRef].text(.name)
                : change.object.value[.spec].text(.volumeName)
            return "\(change.object.name) \(status) \(other)"
        }
        #expect(writes == ["v Available c", "v Bound c", "c Pending v", "c Bound v"])
        let claim = try world.found(.persistentVolumeClaim, "c")
        let annotations = claim.value[.metadata][.annotations]
        #expect(annotations[VolumeKeys.bindCompleted] == "yes")
        #expect(annotations[VolumeKeys.boundByController] == "yes")
        #expect(claim.value[.status][.capacity][.storage] == "1Gi")
        #expect(claim.value[.status][.accessModes] == ["ReadWriteOnce"])
    }

    @Test(
        "a claim takes only volumes that fit it",
        arguments: [
            ("too small", ["capacity": ["storage": "1Gi"]], false),
            ("other class", ["storageClassName": "fast"], false),
            ("other mode", ["volumeMode": "Block"], false),
            ("modes missing", ["accessModes": ["ReadOnlyMany"]], false),
            ("reserved", ["claimRef": ["name": "other", "namespace": "default"]], false),
            ("fits", [:], true),
        ] as [(String, Value, Bool)])
    func fitting(name: String, spec: Value, fits: Bool) throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("v", "2Gi", spec: spec))
        try world.create(.persistentVolumeClaim, Self.claim("c", "2Gi"))
        try world.settle()
        #expect(try boundVolume(world, "c") == (fits ? "v" : "Pending"), "\(name)")
        let expected =
            "FailedBinding: no persistent volumes available for this claim and no storage class is set"
        #expect(world.events("c").contains(expected) == !fits)
    }

    @Test("a claim with a selector takes a labelled volume")
    func selector() throws {
        let world = try WholeWorld(nodes: 0)
        var labelled = Self.volume("labelled", "5Gi")
        labelled[.metadata][.labels] = ["disk": "fast"]
        try world.create(.persistentVolume, Self.volume("plain", "1Gi"))
        try world.create(.persistentVolume, labelled)
        try world.create(
            .persistentVolumeClaim,
            Self.claim("c", "1Gi", spec: [.selector: [.matchLabels: ["disk": "fast"]]]))
        try world.settle()
        #expect(try boundVolume(world, "c") == "labelled")
    }

    @Test(
        "a volume reserved by name waits for its claim, a claim that names a volume takes only that",
        arguments: [true, false])
    func reservation(byVolume: Bool) throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("small", "1Gi"))
        try world.create(
            .persistentVolume,
            Self.volume(
                "big", "5Gi",
                spec: byVolume ? [.claimRef: [.name: "c", .namespace: "default"]] : .null))
        try world.settle()
        #expect(try phase(world, "big") == "Available")
        try world.create(
            .persistentVolumeClaim,
            Self.claim("c", "1Gi", spec: byVolume ? .null : [.volumeName: "big"]))
        try world.settle()
        // Volumes of equal access modes are one group, in which a reservation comes first.
        #expect(try boundVolume(world, "c") == "big")
    }

    @Test("a claim that names a volume which does not do says why")
    func mismatch() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.create(
            .persistentVolumeClaim, Self.claim("c", "2Gi", spec: [.volumeName: "v"]))
        try world.settle()
        #expect(
            world.events("c").first
                == "VolumeMismatch: Cannot bind to requested volume \"v\": requested PV is too small"
        )
    }

    @Test("a waiting claim finds a later volume at the resync of 15 s")
    func lateVolume() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.advance(seconds: 1)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.advance(seconds: 13)
        #expect(try boundVolume(world, "c") == "Pending")
        try world.advance(seconds: 2)
        #expect(try boundVolume(world, "c") == "v")
    }

    @Test(
        "what becomes of a volume whose claim is deleted follows its reclaim policy",
        arguments: [
            ("Retain", "/data/x", "Released", []),
            (
                "Delete", "/data/x", "Failed",
                [
                    "VolumeFailedDelete: host_path deleter only supports /tmp/.+ but received provided "
                        + "/data/x"
                ]
            ),
            ("Delete", "/tmp/x", "", []),
            ("Recycle", "/data/x", "Available", ["VolumeRecycled: Volume recycled"]),
        ] as [(String, String, String, [String])])
    func reclaiming(policy: String, path: String, wanted: String, events: [String]) throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(
            .persistentVolume, Self.volume("v", "1Gi", policy: Value(policy), path: path))
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c") == nil)
        #expect(
            world.get(.persistentVolume, "v").map { $0.value[.status].text(.phase) } ?? "" == wanted
        )
        #expect(world.events("v") == events)
    }

    @Test("a released volume is bound again only when its claimRef is cleared")
    func released() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.settle()
        #expect(try boundVolume(world, "c") == "Pending")
        try world.modify(.persistentVolume, "v") { $0[.spec][.claimRef] = .null }
        try world.settle()
        #expect(try boundVolume(world, "c") == "v")
    }

    @Test("a bound claim whose volume is taken away is Lost")
    func lost() throws {
        let world = try WholeWorld(nodes: 0)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.settle()
        try world.delete(.persistentVolume, "v")
        try world.settle()
        #expect(try phase(world, "v") == "Bound")
        try world.modify(.persistentVolume, "v") { $0[.metadata][.finalizers] = .null }
        try world.settle()
        #expect(world.get(.persistentVolume, "v") == nil)
        #expect(try boundVolume(world, "c") == "Lost")
        #expect(
            world.events("c")
                == [
                    "ClaimLost: Bound claim has lost its PersistentVolume. Data on the volume is lost!"
                ])
    }

    @Test("a claim in use stays until its pod is gone")
    func protection() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.persistentVolume, Self.volume("v", "1Gi"))
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi"))
        try world.create(.pod, Self.user("p", of: "c"))
        try world.settle()
        try world.delete(.persistentVolumeClaim, "c")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c")?.isDeleting == true)
        try world.delete(.pod, "p")
        try world.settle()
        #expect(world.get(.persistentVolumeClaim, "c") == nil)
        #expect(try phase(world, "v") == "Released")
    }

    static func user(_ name: String, of claim: String) -> Value {
        WholeWorld.pod(
            name,
            spec: [
                .volumes: [
                    [.name: "data", .persistentVolumeClaim: [.claimName: Value(claim)]]
                ]
            ])
    }

    @Test("a class that waits for its first consumer binds where the pod runs")
    func firstConsumer() throws {
        let world = try WholeWorld(nodes: 3)
        try world.create(
            .storageClass,
            [
                .metadata: [.name: "local"], .provisioner: "kubernetes.io/no-provisioner",
                .volumeBindingMode: "WaitForFirstConsumer",
            ])
        let terms: Value = [
            [
                .matchExpressions: [
                    [.key: "kubernetes.io/hostname", .operator: "In", .values: ["node-3"]]
                ]
            ]
        ]
        try world.create(
            .persistentVolume,
            Self.volume(
                "v", "1Gi",
                spec: [
                    .storageClassName: "local",
                    .nodeAffinity: [.required: [.nodeSelectorTerms: terms]],
                ]))
        try world.create(.persistentVolumeClaim, Self.claim("c", "1Gi", className: "local"))
        try world.settle()
        #expect(try boundVolume(world, "c") == "Pending")
        #expect(
            world.events("c") == [
                "WaitForFirstConsumer: waiting for first consumer to be created before binding"
            ])
        try world.create(.pod, Self.user("p", of: "c"))
        try world.settle()
        #expect(try boundVolume(world, "c") == "v")
        #expect(try world.found(.pod, "p").nodeName == "node-3")
    }
}
