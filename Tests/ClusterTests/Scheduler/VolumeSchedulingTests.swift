import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("volumes and the scheduler")
struct VolumeSchedulingTests {
    private typealias Storage = PersistentVolumeControllerTests

    private func addClass(
        _ world: WholeWorld, _ name: String, provisioner: Value = "kubernetes.io/no-provisioner",
        topologies: Value = .null
    ) throws {
        var value: Value = [
            .metadata: [.name: Value(name)], .provisioner: provisioner,
            .volumeBindingMode: "WaitForFirstConsumer",
        ]
        value[.allowedTopologies] = topologies
        try world.create(.storageClass, value)
    }

    private func volume(_ name: String, _ size: Value, on node: String) -> Value {
        let terms: Value = [
            [
                .matchExpressions: [
                    [.key: "kubernetes.io/hostname", .operator: "In", .values: [Value(node)]]
                ]
            ]
        ]
        return Storage.volume(
            name, size,
            spec: [
                .storageClassName: "local", .nodeAffinity: [.required: [.nodeSelectorTerms: terms]],
            ])
    }

    private func reason(_ world: WholeWorld, _ pod: String) throws -> String {
        PodView(try world.found(.pod, pod).value).conditions["PodScheduled"]?.message ?? ""
    }

    private func user(_ name: String, of claims: [String], cpu: Value? = nil) -> Value {
        let volumes = claims.map { claim -> Value in
            [.name: Value(claim), .persistentVolumeClaim: [.claimName: Value(claim)]]
        }
        var pod = WholeWorld.pod(name, spec: [.volumes: .array(volumes)])
        if let cpu { pod[.spec][.containers][0][.resources][.requests][.cpu] = cpu }
        return pod
    }

    @Test("the pod is bound a second after its claims, and nobody takes its place meanwhile")
    func assumed() throws {
        let world = try WholeWorld(nodes: 1)
        try addClass(world, "local")
        try world.create(.persistentVolume, volume("v", "1Gi", on: "node-1"))
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "local"))
        try world.settle()
        try world.create(.pod, user("first", of: ["c"], cpu: "3"))
        try world.cluster.advance(by: 500)
        try world.create(.pod, user("second", of: [], cpu: "3"))
        try world.cluster.advance(by: 300)
        let claim = try world.found(.persistentVolumeClaim, "c")
        #expect(PersistentVolumeClaimView(claim.value).phase == "Bound")
        let first = try world.found(.pod, "first").value
        #expect(first[.spec][.nodeName].isNull)
        #expect(first[.status].text(.nominatedNodeName) == "node-1")
        #expect(
            try reason(world, "second").hasPrefix("0/1 nodes are available: 1 Insufficient cpu"))
        try world.cluster.advance(by: 300)
        #expect(world.get(.pod, "first")?.nodeName == "node-1")
        #expect(try world.found(.pod, "first").value[.status][.nominatedNodeName].isNull)
        #expect(world.get(.pod, "second")?.nodeName == nil)
    }

    @Test("several claims of a pod get volumes of one node, the smaller claim first")
    func severalClaims() throws {
        let world = try WholeWorld(nodes: 3)
        try addClass(world, "local")
        try world.create(.persistentVolume, volume("lone", "10Gi", on: "node-1"))
        try world.create(.persistentVolume, volume("big", "5Gi", on: "node-2"))
        try world.create(.persistentVolume, volume("small", "1Gi", on: "node-2"))
        for (name, size) in [("large", "3Gi"), ("tiny", "1Gi")] as [(String, Value)] {
            try world.create(
                .persistentVolumeClaim, Storage.claim(name, size, className: "local"))
        }
        try world.create(.pod, user("p", of: ["large", "tiny"]))
        try world.settle()
        #expect(world.get(.pod, "p")?.nodeName == "node-2")
        let names = try ["large", "tiny"].map {
            PersistentVolumeClaimView(try world.found(.persistentVolumeClaim, $0).value).volumeName
        }
        #expect(names == ["big", "small"])
    }

    @Test("a volume is made only where the class allows it")
    func topologies() throws {
        let world = try WholeWorld(nodes: 3)
        try addClass(
            world, "zoned", provisioner: "drydock.dev/simulated",
            topologies: [
                [
                    .matchLabelExpressions: [
                        [.key: "kubernetes.io/hostname", .values: ["node-3"]]
                    ]
                ]
            ])
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "zoned"))
        try world.create(.pod, user("p", of: ["c"]))
        try world.settle()
        #expect(world.get(.pod, "p")?.nodeName == "node-3")
    }

    @Test("what is being made for one node cannot be used on another")
    func selectedNode() throws {
        let world = try WholeWorld(nodes: 2)
        try addClass(world, "far", provisioner: "example.com/slow")
        world.removeDriver(of: "far")
        var claim = Storage.claim("c", "1Gi", className: "far")
        claim[.metadata][.annotations] = ["volume.kubernetes.io/selected-node": "node-2"]
        try world.create(.persistentVolumeClaim, claim)
        var pod = user("p", of: ["c"])
        pod[.spec][.nodeSelector] = ["kubernetes.io/hostname": "node-1"]
        try world.create(.pod, pod)
        try world.advance(seconds: 3)
        #expect(
            try reason(world, "p").hasPrefix(
                "0/2 nodes are available: 1 node(s) didn't find available persistent volumes to "
                    + "bind, 1 node(s) didn't match Pod's node affinity/selector."))
    }

    @Test(
        "why a pod with claims can run nowhere",
        arguments: [
            ("absent", "persistentvolumeclaim \"absent\" not found"),
            ("pending", "pod has unbound immediate PersistentVolumeClaims"),
            ("lost", "persistentvolumeclaim \"lost\" bound to non-existent persistentvolume \"v\""),
            ("held", "persistentvolumeclaim \"held\" is being deleted"),
        ])
    func problems(claim: String, problem: String) throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.persistentVolume, Storage.volume("v", "1Gi"))
        try world.create(
            .persistentVolumeClaim, Storage.claim("lost", "1Gi", spec: [.volumeName: "v"]))
        try world.settle()
        try world.delete(.persistentVolume, "v")
        try world.modify(.persistentVolume, "v") { $0[.metadata][.finalizers] = .null }
        try world.create(.persistentVolumeClaim, Storage.claim("pending", "1Gi"))
        var held = Storage.claim("held", "1Gi")
        held[.metadata][.finalizers] = ["example.com/hold"]
        try world.create(.persistentVolumeClaim, held)
        try world.delete(.persistentVolumeClaim, "held")
        try world.settle()
        try world.create(.pod, user("p", of: [claim]))
        try world.settle()
        #expect(
            try reason(world, "p")
                == "0/1 nodes are available: \(problem). not found")
    }

    @Test("a bound claim keeps its pod where the volume is")
    func boundElsewhere() throws {
        let world = try WholeWorld(nodes: 2)
        try addClass(world, "local")
        try world.create(.persistentVolume, volume("v", "1Gi", on: "node-1"))
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "local"))
        try world.create(.pod, user("p", of: ["c"]))
        try world.settle()
        #expect(world.get(.pod, "p")?.nodeName == "node-1")
        try world.modify(.node, "node-1") { $0[.spec][.unschedulable] = true }
        try world.create(.pod, user("q", of: ["c"]))
        try world.settle()
        #expect(
            try reason(world, "q").hasPrefix(
                "0/2 nodes are available: 1 node(s) didn't match PersistentVolume's node affinity, "
                    + "1 node(s) were unschedulable."))
    }

    @Test("the event of a waiting claim names the pods that are to be scheduled")
    func waitForPod() throws {
        let world = try WholeWorld(nodes: 1)
        try addClass(world, "local")
        for name in ["b", "a"] {
            try world.create(.pod, user(name, of: ["c"], cpu: "100"))
        }
        try world.settle()
        try world.create(.persistentVolumeClaim, Storage.claim("c", "1Gi", className: "local"))
        try world.cluster.advance(by: 100)
        #expect(
            world.events("c") == ["WaitForPodScheduled: waiting for pods a,b to be scheduled"])
    }
}
