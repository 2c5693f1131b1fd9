import Model
import Testing
import Value

@testable import Cluster

@Suite("what a kubelet refuses")
struct KubeletAdmissionTests {
    private static func container(_ fields: Value) -> Value {
        var container: Value = [.name: "main", .image: "a"]
        for field in fields.fields { container[field.key] = field.value }
        return [.containers: [container]]
    }

    private static let unfit: [(Value, String, String)] = {
        let port: Value = [.containerPort: 80, .hostPort: 8080]
        return [
            (
                container([.resources: [.requests: [.cpu: "5"]]]), "OutOfcpu",
                "Node didn't have enough resource: cpu, requested: 5000, used: 500, capacity: 4000"
            ),
            (
                container([.resources: [.requests: [.cpu: "3800m"]]]), "OutOfcpu",
                "Node didn't have enough resource: cpu, requested: 3800, used: 500, capacity: 4000"
            ),
            (
                container([.resources: [.requests: [.memory: "9Gi"]]]), "OutOfmemory",
                "Node didn't have enough resource: memory, requested: 9663676416, "
                    + "used: 0, capacity: 8589934592"
            ),
            (
                [.nodeSelector: ["disk": "ssd"]], "NodeAffinity",
                "Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector"
            ),
            (
                [.os: [.name: "windows"]], "PodOSNotSupported",
                "Failed to admit pod as the OS field doesn't match node OS"
            ),
            (
                container([.ports: [port]]), "NodePorts",
                "Predicate NodePorts failed: node(s) didn't have free ports for the requested "
                    + "pod ports"
            ),
        ]
    }()

    @Test("pods that name their node and do not fit it", arguments: unfit)
    func refused(_ spec: Value, _ reason: String, _ message: String) throws {
        let world = try PodWorld()
        try world.run(
            "first",
            [
                .containers: [
                    [
                        .name: "main", .image: "a", .resources: [.requests: [.cpu: "500m"]],
                        .ports: [[.containerPort: 80, .hostPort: 8080]],
                    ]
                ]
            ])
        try world.advance(2)
        var direct = spec
        direct[.nodeName] = "node-1"
        try world.run("pod", direct)
        try world.advance(2)
        let status = try world.status("pod")
        #expect(status.text(.phase) == "Failed")
        #expect(status.text(.reason) == reason)
        #expect(status.text(.message) == "Pod was rejected: \(message)")
        #expect(status[.containerStatuses].isNull)
        #expect(world.events("pod") == ["\(reason): \(message)"])
        // Conditions are the kubelet's, and it has nothing to say of a pod that it never took.
        #expect(status[.conditions].isNull)
    }

    @Test("a taint NoExecute that is not tolerated")
    func taint() throws {
        let world = try PodWorld()
        try world.world.modify(.node, "node-1") {
            $0[.spec][.taints] = [[.key: "gpu", .effect: "NoExecute"]]
        }
        try world.run("pod", [.nodeName: "node-1"])
        try world.advance(0.1)
        // The taint manager removes it right away.
        #expect(world.phases("pod") == ["Pending", "Failed"])
        #expect(
            world.events("pod", ["TaintToleration"]) == [
                "TaintToleration: Predicate TaintToleration failed: "
                    + "node(s) had taints that the pod didn't tolerate"
            ])
        try world.run(
            "tolerant", [.nodeName: "node-1", .tolerations: [[.key: "gpu", .operator: "Exists"]]])
        try world.advance(2)
        #expect(try world.status("tolerant").text(.phase) == "Running")
    }

    @Test(
        "an extended resource counts where the node has some",
        arguments: [(nil, "Running"), (0, "Failed"), (1, "Running")] as [(Int?, String)])
    func extended(_ amount: Int?, _ phase: String) throws {
        let world = try PodWorld()
        if let amount {
            _ = try world.world.api.modifyStatus(try world.world.found(.node, "node-1")) {
                $0[.allocatable]["example.com/dongle"] = Value("\(amount)")
            }
        }
        var pod = Self.container([
            .resources: [
                .requests: ["example.com/dongle": "1"], .limits: ["example.com/dongle": "1"],
            ]
        ])
        pod[.nodeName] = "node-1"
        try world.run("pod", pod)
        try world.advance(2)
        #expect(try world.status("pod").text(.phase) == phase)
        #expect(
            try world.status("pod").text(.reason)
                == (phase == "Failed" ? "OutOfexample.com/dongle" : ""))
    }
}
