import Model
import Testing
import Value

@testable import Cluster

@Suite("probes")
struct ProbeTests {
    private func pod(_ probes: Value, spec: Value = [:]) -> Value {
        var container: Value = [.name: "main", .image: "app:1"]
        for field in probes.fields { container[field.key] = field.value }
        var result: Value = [.containers: [container]]
        for field in spec.fields { result[field.key] = field.value }
        return result
    }

    private func answers(_ kind: ProbeAnswer.Kind, _ steps: [(Milliseconds, Bool)]) -> [ProbeAnswer]
    {
        steps.map { ProbeAnswer(kind: kind, from: $0.0, succeeds: $0.1) }
    }

    @Test("liveness: killed at the threshold, after the first delay and by the period")
    func liveness() throws {
        let world = try PodWorld()
        world.behave { $0.probes = answers(.liveness, [(0, true), (12_000, false)]) }
        try world.run(
            "pod",
            pod([
                .livenessProbe: [
                    .httpGet: [.port: 80], .initialDelaySeconds: 5, .periodSeconds: 5,
                    .failureThreshold: 3,
                ]
            ]))
        // Runs from 0.5 s; looks at 5, 10, 15, 20, 25 s of its age; the third failure at 25 s.
        try world.advance(25.4)
        #expect(try world.container("pod").int(.restartCount) == 0)
        try world.advance(1)
        #expect(try world.container("pod").int(.restartCount) == 1)
        #expect(
            world.events("pod", ["Unhealthy", "Killing"]) == [
                "Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503 x3",
                "Killing: Container main failed liveness probe, will be restarted",
            ])
        // Stopped as it was asked to: no error, and the restart is not held back.
        #expect(
            PodWorld.text(try world.container("pod")[.lastState]) == "terminated Completed 0")
    }

    @Test("liveness of a pod that is never restarted ends it")
    func livenessNever() throws {
        let world = try PodWorld()
        world.behave {
            $0.probes = answers(.liveness, [(0, false)])
            $0.stopAfter = 60_000
        }
        try world.run(
            "pod",
            pod(
                [.livenessProbe: [.exec: [.command: ["x"]], .failureThreshold: 1]],
                spec: [.restartPolicy: "Never", .terminationGracePeriodSeconds: 5]))
        try world.advance(7)
        #expect(
            world.events("pod", ["Killing"]) == ["Killing: Container main failed liveness probe"])
        #expect(try world.state("pod") == "terminated Error 137")
        #expect(try world.status("pod").text(.phase) == "Failed")
    }

    @Test(
        "the probe's own grace comes before the pod's",
        arguments: [(Value.null, 30.0), (Value(10), 10.0)])
    func probeGrace(_ grace: Value, _ seconds: Double) throws {
        let world = try PodWorld()
        world.behave {
            $0.probes = answers(.liveness, [(0, false)])
            $0.stopAfter = 300_000
        }
        var probe: Value = [.exec: [.command: ["x"]], .failureThreshold: 1]
        probe[.terminationGracePeriodSeconds] = grace
        try world.run("pod", pod([.livenessProbe: probe]))
        try world.advance(seconds)
        #expect(try world.state("pod") == "running")
        #expect(try world.container("pod").int(.restartCount) == 0)
        try world.advance(1)
        #expect(try world.container("pod").int(.restartCount) == 1)
        #expect(PodWorld.text(try world.container("pod")[.lastState]) == "terminated Error 137")
    }

    @Test("readiness: out after the failure threshold, in after the success threshold")
    func readiness() throws {
        let world = try PodWorld()
        world.behave {
            $0.probes = answers(.readiness, [(0, true), (8_000, false), (20_000, true)])
        }
        try world.run(
            "pod",
            pod([
                .readinessProbe: [
                    .tcpSocket: [.port: 8080], .periodSeconds: 5, .failureThreshold: 2,
                    .successThreshold: 2,
                ]
            ]))
        var ready: [String] = []
        for step in 0..<20 {
            try world.advance(2)
            let isReady = try world.container("pod")[.ready].bool ?? false
            if ready.last?.hasSuffix("\(isReady)") != true {
                ready.append("\(step * 2 + 2) \(isReady)")
            }
        }
        // Looks at ages 0, 5, 10 …: true at 5, false at 15, true at 25.
        #expect(ready == ["2 false", "6 true", "16 false", "26 true"])
        #expect(try world.container("pod").int(.restartCount) == 0)
        #expect(
            world.events("pod", ["Unhealthy"]) == [
                "Unhealthy: Readiness probe failed: dial tcp 10.244.0.2:8080: "
                    + "connect: connection refused x2"
            ])
    }

    @Test("a readiness probe that goes on failing goes on being told, without holding up settle")
    func failingReadiness() throws {
        let world = try PodWorld()
        world.behave { $0.isReady = false }
        try world.run("pod", pod([.readinessProbe: [.httpGet: [.port: 80], .periodSeconds: 10]]))
        _ = try world.cluster.settle()
        #expect(world.cluster.clock.now < 50_000)
        try world.advance(310 - Double(world.cluster.clock.now) / 1_000)
        // It failed 30 times; of one pod a kubelet tells 25 bad things.
        #expect(
            world.events("pod", ["Unhealthy"]) == [
                "Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503 x25"
            ])
    }

    @Test("startup holds the others back, and kills at its threshold")
    func startup() throws {
        let world = try PodWorld()
        world.behave {
            $0.probes =
                answers(.startup, [(0, false), (9_000, true)])
                + answers(.liveness, [(0, false), (11_000, true)])
        }
        let probes: Value = [
            .startupProbe: [.exec: [.command: ["x"]], .periodSeconds: 2, .failureThreshold: 10],
            .livenessProbe: [.exec: [.command: ["x"]], .periodSeconds: 2, .failureThreshold: 2],
        ]
        try world.run("pod", pod(probes))
        try world.advance(8)
        // Liveness would have failed long ago.
        #expect(try world.container("pod").int(.restartCount) == 0)
        #expect(try world.container("pod")[.ready].bool == false)
        try world.advance(20)
        #expect(try world.container("pod").int(.restartCount) == 0)
        #expect(try world.container("pod")[.ready].bool == true)

        world.behave { $0.probes = answers(.startup, [(0, false)]) }
        try world.run("late", pod(probes))
        // Ten failures, the last at 18 s of its age.
        try world.advance(18)
        #expect(try world.container("late").int(.restartCount) == 0)
        try world.advance(2)
        #expect(try world.container("late").int(.restartCount) == 1)
        #expect(
            world.events("late", ["Killing"]) == [
                "Killing: Container main failed startup probe, will be restarted"
            ])
    }

    private static let late: [(Value, String)] = {
        let http: Value = [.httpGet: [.port: 8080, .path: "/healthz"]]
        let tcp: Value = [.tcpSocket: [.port: 8080]]
        let exec: Value = [.exec: [.command: ["cat", "/tmp/x"]]]
        let grpc: Value = [.grpc: [.port: 8080]]
        return [
            (
                http,
                "Get \"http://10.244.0.2:8080/healthz\": context deadline exceeded "
                    + "(Client.Timeout exceeded while awaiting headers)"
            ), (tcp, "dial tcp 10.244.0.2:8080: i/o timeout"),
            (exec, "command timed out: \"cat /tmp/x\" timed out after 2s"),
            (grpc, "timeout: health rpc did not complete within 2s"),
        ]
    }()

    @Test("answers that take too long are failures", arguments: late)
    func timeout(_ handler: Value, _ text: String) throws {
        let world = try PodWorld()
        world.behave {
            $0.probes = [ProbeAnswer(kind: .readiness, from: 0, succeeds: true, takes: 2_001)]
        }
        var probe = handler
        probe[.timeoutSeconds] = 2
        try world.run("pod", pod([.readinessProbe: probe]))
        try world.advance(1)
        #expect(
            world.events("pod", ["Unhealthy"]) == ["Unhealthy: Readiness probe failed: \(text)"])
        probe[.timeoutSeconds] = 3
        try world.run("patient", pod([.readinessProbe: probe]))
        try world.advance(2)
        #expect(try world.container("patient")[.ready].bool == true)
    }

    @Test("a behavior that is said later reaches containers that run")
    func laterBehavior() throws {
        let world = try PodWorld()
        try world.run("pod", pod([.readinessProbe: [.httpGet: [.port: 80], .periodSeconds: 1]]))
        try world.run("plain", [:])
        try world.advance(60)
        #expect(try world.container("pod")[.ready].bool == true)
        world.behave { $0.isReady = false }
        try world.advance(5)
        #expect(try world.container("pod")[.ready].bool == false)
        #expect(try world.container("plain")[.ready].bool == false)
        world.behave { $0.isReady = true }
        try world.advance(5)
        #expect(try world.container("pod")[.ready].bool == true)
        #expect(try world.container("plain")[.ready].bool == true)
    }

    @Test("readiness is looked at as soon as startup has passed, not at its next turn")
    func readinessAfterStartup() throws {
        let world = try PodWorld()
        world.behave { $0.probes = answers(.startup, [(0, false), (3_500, true)]) }
        try world.run(
            "pod",
            pod([
                .startupProbe: [
                    .exec: [.command: ["x"]], .periodSeconds: 1, .failureThreshold: 10,
                ],
                .readinessProbe: [.exec: [.command: ["x"]], .periodSeconds: 60],
            ]))
        // Runs from 0.5 s; started at 4 s of its age.
        try world.advance(4.2)
        #expect(try world.container("pod")[.ready].bool == false)
        try world.advance(0.8)
        #expect(try world.container("pod")[.started].bool == true)
        #expect(try world.container("pod")[.ready].bool == true)
    }
}
