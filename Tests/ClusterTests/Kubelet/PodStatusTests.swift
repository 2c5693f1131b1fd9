import Model
import Testing
import Value

@testable import Cluster

@Suite("the status of a pod")
struct PodStatusTests {
    @Test("conditions before and after the start")
    func conditions() throws {
        let world = try PodWorld()
        try world.run("pod", [:])
        try world.advance(0.3)
        let list = { try world.status("pod")[.conditions].elements }
        #expect(
            try list().map { "\($0.text(.type)) \($0.text(.status)) \($0.text(.reason))" } == [
                "PodReadyToStartContainers False ", "Initialized True ",
                "Ready False ContainersNotReady", "ContainersReady False ContainersNotReady",
                "PodScheduled True ",
            ])
        #expect(try list()[2].text(.message) == "containers with unready status: [main]")
        try world.advance(1)
        #expect(try list().allSatisfy { $0.text(.status) == "True" && $0[.message].isNull })
    }

    @Test("what else a status tells")
    func facts() throws {
        let world = try PodWorld()
        try world.run(
            "pod",
            [
                .containers: [
                    [
                        .name: "main", .image: "app",
                        .volumeMounts: [[.name: "tmp", .mountPath: "/tmp", .readOnly: true]],
                    ]
                ], .volumes: [[.name: "tmp", .emptyDir: [:]]],
            ])
        try world.advance(1)
        let status = try world.status("pod")
        #expect(status.text(.hostIP) == "172.18.0.2")
        #expect(status[.hostIPs] == [["ip": "172.18.0.2"]])
        #expect(status[.podIPs] == [["ip": status[.podIP]]])
        #expect(status.text(.startTime) == "2025-01-01T00:00:10Z")
        #expect(status.text(.qosClass) == "BestEffort")
        let main = try world.container("pod")
        #expect(main.text(.image) == "docker.io/library/app:latest")
        #expect(main.text(.imageID).hasPrefix("docker.io/library/app@sha256:"))
        #expect(main.text(.imageID).count == "docker.io/library/app@sha256:".count + 64)
        #expect(main.text(.containerID).count == "containerd://".count + 64)
        #expect(
            main[.volumeMounts][0] == [
                .mountPath: "/tmp", .name: "tmp", .readOnly: true, .recursiveReadOnly: "Disabled",
            ])
    }

    @Test("readiness gates: absent, false, true")
    func gates() throws {
        let world = try PodWorld()
        try world.run("pod", [.readinessGates: [[.conditionType: "example.com/up"]]])
        try world.advance(2)
        let ready = { try #require(try world.condition("pod", "Ready")) }
        #expect(try ready().reason == "ReadinessGatesNotReady")
        #expect(
            try ready().message
                == "corresponding condition of pod readiness gate \"example.com/up\" does not exist."
        )
        #expect(try world.condition("pod", "ContainersReady")?.status == "True")
        func set(_ status: String) throws {
            let pod = try world.world.found(.pod, "pod")
            _ = try world.world.api.modifyStatus(pod) {
                var conditions = Conditions($0[.conditions])
                conditions.replace(Condition(type: "example.com/up", status: status))
                $0[.conditions] = conditions.value
            }
            try world.advance(1)
        }
        try set("False")
        #expect(
            try ready().message
                == "the status of pod readiness gate \"example.com/up\" is not \"True\", but False")
        try set("True")
        #expect(try ready().status == "True")
        // Conditions of others come before the kubelet's.
        #expect(
            try world.status("pod")[.conditions].elements.map { $0.text(.type) } == [
                "example.com/up", "PodReadyToStartContainers", "Initialized", "Ready",
                "ContainersReady", "PodScheduled",
            ])
    }

    @Test(
        "phases of two containers",
        arguments: [
            ("Always", 0, 1, "Running"), ("OnFailure", 0, 0, "Succeeded"),
            ("OnFailure", 0, 1, "Running"), ("Never", 0, 0, "Succeeded"),
            ("Never", 0, 1, "Failed"), ("Never", 1, nil, "Running"),
        ] as [(String, Int, Int?, String)])
    func phases(_ policy: String, _ first: Int, _ second: Int?, _ phase: String) throws {
        let world = try PodWorld()
        for (image, code) in [("a:1", first), ("b:1", second)] {
            guard let code else { continue }
            world.behave(image) {
                $0.exitAfter = 1_000
                $0.exitCode = code
            }
        }
        try world.run(
            "pod",
            [
                .containers: [[.name: "a", .image: "a:1"], [.name: "b", .image: "b:1"]],
                .restartPolicy: Value(policy),
            ])
        try world.advance(1.8)
        #expect(try world.status("pod").text(.phase) == phase)
    }
}
