import Model
import Testing
import Value

@testable import Cluster

@Suite("init containers and sidecars")
struct InitContainerTests {
    private static func container(_ name: String, _ fields: Value = [:]) -> Value {
        var container: Value = [.name: Value(name), .image: Value("\(name):1")]
        for field in fields.fields { container[field.key] = field.value }
        return container
    }

    private static func sidecar(_ name: String, _ fields: Value = [:]) -> Value {
        var container = container(name, fields)
        container[.restartPolicy] = "Always"
        return container
    }

    private static func spec(_ initial: [Value], policy: String = "Always") -> Value {
        [
            .initContainers: .array(initial), .containers: [container("main")],
            .restartPolicy: Value(policy),
        ]
    }

    @Test("init containers run one after another, then the containers")
    func order() throws {
        let world = try PodWorld()
        for name in ["a:1", "b:1"] { world.behave(name) { $0.exitAfter = 2_000 } }
        try world.run("pod", Self.spec([Self.container("a"), Self.container("b")]))
        try world.advance(1)
        #expect(
            try world.condition("pod", "Initialized")?.message
                == "containers with incomplete status: [a b]")
        #expect(try world.state("pod", "b") == "waiting PodInitializing")
        try world.advance(20)
        #expect(
            world.timeline("pod", "a") == [
                "0.0 waiting PodInitializing", "0.5 running", "2.5 terminated Completed 0",
            ])
        #expect(
            world.timeline("pod", "b") == [
                "0.0 waiting PodInitializing", "3.5 running", "5.5 terminated Completed 0",
            ])
        #expect(world.timeline("pod") == ["0.0 waiting PodInitializing", "6.5 running"])
        #expect(world.phases("pod") == ["Pending", "Running"])
        #expect(try world.container("pod", "a")[.ready].bool == true)
    }

    @Test(
        "a failing init container is started again by the pod's policy",
        arguments: [("Always", "Pending"), ("OnFailure", "Pending"), ("Never", "Failed")])
    func failure(_ policy: String, _ phase: String) throws {
        let world = try PodWorld()
        world.behave("a:1") {
            $0.exitAfter = 1_000
            $0.exitCode = 1
        }
        try world.run("pod", Self.spec([Self.container("a")], policy: policy))
        try world.advance(35)
        #expect(try world.status("pod").text(.phase) == phase)
        #expect(
            try world.state("pod", "a")
                == (policy == "Never" ? "terminated Error 1" : "waiting CrashLoopBackOff"))
        #expect(try world.state("pod") == "waiting PodInitializing")
    }

    @Test("a sidecar lets the next begin once its startup probe has passed")
    func sidecarGate() throws {
        let world = try PodWorld()
        world.behave("side:1") {
            $0.probes = [
                ProbeAnswer(kind: .startup, from: 0, succeeds: false),
                ProbeAnswer(kind: .startup, from: 4_000, succeeds: true),
            ]
        }
        let probe: Value = [.exec: [.command: ["true"]], .periodSeconds: 1, .failureThreshold: 30]
        try world.run("pod", Self.spec([Self.sidecar("side", [.startupProbe: probe])]))
        try world.advance(3)
        #expect(try world.state("pod", "side") == "running")
        #expect(try world.container("pod", "side")[.started].bool == false)
        #expect(try world.status("pod").text(.phase) == "Pending")
        try world.advance(3)
        #expect(try world.container("pod", "side")[.started].bool == true)
        #expect(try world.state("pod") == "running")
        #expect(world.timeline("pod") == ["0.0 waiting PodInitializing", "4.5 running"])
        #expect(try world.condition("pod", "Ready")?.status == "True")
    }

    @Test("a sidecar is started again beside running containers, and the pod stays initialized")
    func sidecarRestarts() throws {
        let world = try PodWorld()
        world.behave("side:1") {
            $0.exitAfter = 5_000
            $0.exitCode = 1
            $0.exitTimes = 1
        }
        try world.run("pod", Self.spec([Self.sidecar("side")], policy: "Never"))
        try world.advance(5.8)
        #expect(try world.state("pod", "side") == "terminated Error 1")
        #expect(try world.condition("pod", "Initialized")?.status == "True")
        #expect(
            try world.condition("pod", "Ready")?.message
                == "containers with unready status: [side]")
        #expect(try world.status("pod").text(.phase) == "Running")
        try world.advance(2)
        #expect(try world.state("pod", "side") == "running")
        #expect(try world.container("pod", "side").int(.restartCount) == 1)
    }

    @Test("sidecars end after the containers, in reverse order, and do not count for the phase")
    func completion() throws {
        let world = try PodWorld()
        world.behave("main:1") { $0.exitAfter = 5_000 }
        for name in ["x:1", "y:1"] { world.behave(name) { $0.stopAfter = 1_000 } }
        try world.run("pod", Self.spec([Self.sidecar("x"), Self.sidecar("y")], policy: "Never"))
        try world.advance(30)
        let ended = { (name: String) in
            try world.container("pod", name)[.state][.terminated].text(.finishedAt)
        }
        // Started at 0.5, 1.5 and 2.5 s; main ends at 7.5 s, is looked at at 8.5 s.
        #expect(try ended("main") == "2025-01-01T00:00:17Z")
        #expect(try ended("y") == "2025-01-01T00:00:19Z")
        #expect(try ended("x") == "2025-01-01T00:00:20Z")
        #expect(world.phases("pod") == ["Pending", "Running", "Succeeded"])
        #expect(
            world.events("pod", ["Killing"]) == [
                "Killing: Stopping container y", "Killing: Stopping container x",
            ])
    }

    @Test("a Job is complete although its sidecar would run for ever")
    func job() throws {
        let world = try PodWorld()
        world.behave("main:1") { $0.exitAfter = 2_000 }
        try world.world.create(
            .job,
            [
                .metadata: [.name: "work"],
                .spec: [.template: [.spec: Self.spec([Self.sidecar("side")], policy: "Never")]],
            ])
        try world.advance(30)
        let job = try world.world.found(.job, "work")
        #expect(job.value[.status].int(.succeeded) == 1)
        #expect(Conditions(job.value[.status][.conditions]).isTrue("Complete"))
    }

    @Test("a sidecar that fails its liveness probe is started anew in the same turn")
    func sidecarUnhealthy() throws {
        let world = try PodWorld()
        world.behave("side:1") {
            $0.probes = [
                ProbeAnswer(kind: .liveness, from: 0, succeeds: false)
            ]
            $0.stopAfter = 200
        }
        var side = Self.sidecar("side")
        side[.livenessProbe] = [
            .exec: [.command: ["x"]], .failureThreshold: 1, .initialDelaySeconds: 5,
        ]
        try world.run("pod", Self.spec([side], policy: "Never"))
        // Killed at 5 s of its age.
        try world.advance(6)
        #expect(
            world.events("pod", ["Killing"]) == [
                "Killing: Init container side failed liveness probe"
            ])
        #expect(try world.state("pod", "side") == "running")
        #expect(try world.container("pod", "side").int(.restartCount) == 1)
        #expect(try world.status("pod").text(.phase) == "Running")
    }
}
