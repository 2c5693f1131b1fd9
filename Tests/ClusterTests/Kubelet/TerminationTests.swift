import API
import Model
import Testing
import Value

@testable import Cluster

@Suite("stopping containers")
struct TerminationTests {
    private func delete(_ world: PodWorld, _ name: String, grace: Int? = nil) throws {
        let pod = try world.world.found(.pod, name)
        try world.world.api.delete(pod, options: DeleteOptions(gracePeriodSeconds: grace))
    }

    /// The last state of the only container before the pod went.
    private func last(_ world: PodWorld, _ name: String) -> String {
        world.timeline(name).last ?? ""
    }

    @Test(
        "grace and hooks: how long a deleted pod takes, and how its container ends",
        arguments: [
            // (grace asked for, hook, time to stop, seconds until dead, end)
            (nil, 0, 1_000, 1.0, "Completed 0"), (nil, 0, 40_000, 30.0, "Error 137"),
            (5, 0, 40_000, 5.0, "Error 137"), (nil, 10, 1_000, 11.0, "Completed 0"),
            (nil, 10, 25_000, 30.0, "Error 137"), (5, 10, 25_000, 7.0, "Error 137"),
            (1, 0, 40_000, 2.0, "Error 137"),
        ] as [(Int?, Int, Milliseconds, Double, String)])
    func grace(
        _ grace: Int?, _ hook: Int, _ stop: Milliseconds, _ seconds: Double, _ end: String
    ) throws {
        let world = try PodWorld()
        world.behave { $0.stopAfter = stop }
        var container: Value = [.name: "main", .image: "app:1"]
        if hook > 0 { container[.lifecycle] = [.preStop: [.sleep: [.seconds: Value(hook)]]] }
        try world.run("pod", [.containers: [container]])
        try world.advance(2)
        try delete(world, "pod", grace: grace)
        try world.advance(60)
        #expect(last(world, "pod") == "\(2 + seconds) terminated \(end)")
        #expect(world.world.get(.pod, "pod") == nil)
        #expect(world.events("pod", ["Killing"]) == ["Killing: Stopping container main"])
        // Terminal in the last version that is seen (DECISIONS 26).
        #expect(world.phases("pod").last == (end == "Completed 0" ? "Succeeded" : "Failed"))
    }

    /// Upstream forgets what it told before; memory is taken from the spec again.
    @Test("the last status of a pod that ran tells of no amounts but memory")
    func leftResources() throws {
        let world = try PodWorld()
        let requests: Value = [.cpu: "100m", .memory: "64Mi"]
        try world.run(
            "pod",
            [.containers: [[.name: "main", .image: "app:1", .resources: [.requests: requests]]]])
        try world.advance(2)
        try delete(world, "pod")
        try world.advance(60)
        let told = world.cluster.log.changes(after: 0).filter { $0.kind == .pod }
            .compactMap { $0.new?.value[.status][.resources] }.filter { !$0.isNull }
        #expect(told.first == [.requests: requests])
        #expect(told.last == [.requests: [.memory: "64Mi"]])
    }

    @Test("a container that never ran says so again once its pod is being deleted")
    func neverRan() throws {
        let world = try PodWorld()
        world.behave { $0.pullFailure = "not found" }
        try world.run("pod", .emptyObject)
        try world.advance(5)
        #expect(try world.state("pod").hasPrefix("waiting ErrImagePull"))
        try delete(world, "pod")
        try world.advance(60)
        #expect(
            world.timeline("pod").suffix(2).map { $0.drop { $0 != " " }.dropFirst() } == [
                "waiting ContainerCreating", "terminated ContainerStatusUnknown 137",
            ])
    }

    @Test("a second deletion with less grace comes into force")
    func sooner() throws {
        let world = try PodWorld()
        world.behave { $0.stopAfter = 300_000 }
        try world.run("pod", [.terminationGracePeriodSeconds: 120])
        try world.advance(2)
        try delete(world, "pod")
        try world.advance(10)
        try delete(world, "pod", grace: 5)
        try world.advance(60)
        #expect(last(world, "pod") == "17.0 terminated Error 137")
        #expect(world.events("pod", ["Killing"]) == ["Killing: Stopping container main"])
    }

    @Test("a pod deleted by force goes at once; its containers are still told to stop")
    func force() throws {
        let world = try PodWorld()
        try world.run("pod", [:])
        try world.advance(2)
        try delete(world, "pod", grace: 0)
        #expect(world.world.get(.pod, "pod") == nil)
        try world.advance(1)
        #expect(world.events("pod", ["Killing"]) == ["Killing: Stopping container main"])
    }

    @Test("a hook of a command that sleeps takes that long; one that fails is told")
    func hooks() throws {
        let world = try PodWorld()
        world.behave { $0.preStop = HookBehavior(succeeds: false) }
        try world.run(
            "pod",
            [
                .containers: [
                    [
                        .name: "main", .image: "app:1",
                        .lifecycle: [.preStop: [.exec: [.command: ["sh", "-c", "sleep 7"]]]],
                    ]
                ]
            ])
        try world.advance(2)
        try delete(world, "pod")
        try world.advance(30)
        #expect(world.goneAt("pod") == 9.3)
        // It is told when the hook is over.
        let failed = world.world.list(.event).first {
            $0.value.text(.reason) == "FailedPreStopHook"
        }
        #expect(failed?.value.text(.firstTimestamp) == "2025-01-01T00:00:19Z")
        #expect(
            world.events("pod", ["Killing", "FailedPreStopHook"]) == [
                "Killing: Stopping container main", "FailedPreStopHook: PreStopHook failed",
            ])
    }

    @Test("postStart holds back the running state and the containers after it")
    func postStart() throws {
        let world = try PodWorld()
        let hook: Value = [.postStart: [.exec: [.command: ["sleep", "3"]]]]
        try world.run(
            "pod",
            [
                .containers: [
                    [.name: "main", .image: "app:1", .lifecycle: hook],
                    [.name: "second", .image: "other:1"],
                ]
            ])
        try world.advance(10)
        #expect(world.timeline("pod") == ["0.0 waiting ContainerCreating", "3.5 running"])
        #expect(
            try world.container("pod", "second")[.state][.running].text(.startedAt)
                == "2025-01-01T00:00:13Z")
        #expect(
            try world.container("pod")[.state][.running].text(.startedAt)
                == "2025-01-01T00:00:10Z")
    }

    @Test("a postStart hook that fails kills the container")
    func postStartFails() throws {
        let world = try PodWorld()
        world.behave { $0.postStart = HookBehavior(succeeds: false) }
        try world.run(
            "pod",
            [
                .containers: [
                    [
                        .name: "main", .image: "app:1",
                        .lifecycle: [.postStart: [.httpGet: [.port: 80]]],
                    ]
                ]
            ])
        try world.advance(2.5)
        #expect(
            world.events("pod", ["FailedPostStartHook", "Killing"]) == [
                "FailedPostStartHook: PostStartHook failed x2", "Killing: FailedPostStartHook x2",
            ])
        #expect(PodWorld.text(try world.container("pod")[.lastState]).hasPrefix("terminated"))
    }

    @Test("sidecars outlast the containers as far as the grace lasts")
    func sidecars() throws {
        let world = try PodWorld()
        world.behave("app:1") { $0.stopAfter = 8_000 }
        world.behave("side:1") { $0.stopAfter = 60_000 }
        try world.run(
            "pod",
            [
                .initContainers: [[.name: "side", .image: "side:1", .restartPolicy: "Always"]],
                .terminationGracePeriodSeconds: 10,
            ])
        try world.advance(5)
        try delete(world, "pod")
        try world.advance(30)
        let log = world.cluster.log.changes(after: 0).filter { $0.kind == .pod }
        let status = try #require(log.last { $0.new != nil }?.new?.value[.status])
        #expect(
            status[.containerStatuses][0][.state][.terminated].text(.finishedAt)
                == "2025-01-01T00:00:23Z")
        let side = status[.initContainerStatuses][0][.state][.terminated]
        #expect(side.text(.finishedAt) == "2025-01-01T00:00:25Z")
        #expect(side.int(.exitCode) == 137)
    }

    @Test("a pod that was active for too long is failed once its containers are dead")
    func deadline() throws {
        let world = try PodWorld()
        world.behave { $0.stopAfter = 5_000 }
        try world.run("pod", [.activeDeadlineSeconds: 20])
        try world.advance(21)
        #expect(try world.status("pod").text(.phase) == "Running")
        #expect(try world.condition("pod", "Ready")?.reason == "PodFailed")
        try world.advance(5)
        let status = try world.status("pod")
        #expect(status.text(.phase) == "Failed")
        #expect(status.text(.reason) == "DeadlineExceeded")
        #expect(
            status.text(.message) == "Pod was active on the node longer than the specified deadline"
        )
        #expect(
            world.events("pod", ["DeadlineExceeded", "Killing"]) == [
                "DeadlineExceeded: Pod was active on the node longer than the specified deadline",
                "Killing: Stopping container main",
            ])
    }

    @Test("containers that a deleted pod never started count as lost")
    func unstarted() throws {
        let world = try PodWorld()
        world.behave { $0.pullFailure = "not found" }
        try world.run("pod", [:])
        try world.advance(5)
        try delete(world, "pod")
        try world.advance(5)
        #expect(last(world, "pod").hasSuffix("terminated ContainerStatusUnknown 137"))
        #expect(world.phases("pod") == ["Pending", "Failed"])
    }

    @Test("a crashed container of a deleted pod shows how it ended, not why it waited")
    func crashed() throws {
        let world = try PodWorld()
        world.behave {
            $0.exitAfter = 500
            $0.exitCode = 3
        }
        try world.run("pod", [:])
        try world.advance(35)
        #expect(try world.state("pod") == "waiting CrashLoopBackOff")
        try delete(world, "pod")
        try world.advance(5)
        #expect(last(world, "pod").hasSuffix("terminated Error 3"))
        #expect(world.phases("pod") == ["Pending", "Running", "Failed"])
    }

    /// How a container ended, or why it waits, in the last version of the pod that was seen.
    private func lastState(_ world: PodWorld, _ name: String) -> String {
        world.timeline("pod", name).last?.split(separator: " ").dropFirst().joined(separator: " ")
            ?? ""
    }

    @Test(
        "deleted while it initializes: containers that never had their turn wait for ever",
        arguments: [
            // (seconds until deleted, first, second, main)
            (
                2, "terminated Completed 0", "waiting PodInitializing", "waiting PodInitializing"
            ),
            (
                7, "terminated Completed 0", "terminated Completed 0", "waiting PodInitializing"
            ),
        ])
    func initializing(_ seconds: Int, _ first: String, _ second: String, _ main: String) throws {
        let world = try PodWorld()
        world.behave("init:1") { $0.exitAfter = 5_000 }
        try world.run(
            "pod",
            [
                .initContainers: [
                    [.name: "first", .image: "init:1"], [.name: "second", .image: "init:1"],
                ]
            ])
        try world.advance(Double(seconds))
        try delete(world, "pod")
        try world.advance(40)
        #expect(world.world.get(.pod, "pod") == nil)
        #expect(lastState(world, "first") == first)
        #expect(lastState(world, "second") == second)
        #expect(lastState(world, "main") == main)
        #expect(world.phases("pod") == ["Pending", "Failed"])
    }

    @Test("an init container that never started counts as lost, those after it do not")
    func initializingUnstarted() throws {
        let world = try PodWorld()
        world.behave("init:1") { $0.pullFailure = "not found" }
        try world.run("pod", [.initContainers: [[.name: "first", .image: "init:1"]]])
        try world.advance(3)
        try delete(world, "pod")
        try world.advance(5)
        #expect(lastState(world, "first") == "terminated ContainerStatusUnknown 137")
        #expect(lastState(world, "main") == "waiting PodInitializing")
        #expect(world.phases("pod") == ["Pending", "Failed"])
    }

    @Test(
        "what a status says of a postStart hook that failed",
        arguments: [
            (
                [.exec: [.command: ["sh", "-c", "exit 1"]]],
                "Exec lifecycle hook ([sh -c exit 1]) for Container \"main\" in Pod "
                    + "\"pod_default(UID)\" failed - error: command 'sh -c exit 1' exited with 1: "
                    + ", message: \"\""
            ),
            (
                [.httpGet: [.port: 80, .path: "/up"]],
                "HTTP lifecycle hook (/up) for Container \"main\" in Pod \"pod_default(UID)\" "
                    + "failed - error: Get \"http://10.244.0.2:80/up\": dial tcp 10.244.0.2:80: "
                    + "connect: connection refused"
            ),
        ] as [(Value, String)])
    func postStartText(_ hook: Value, _ text: String) throws {
        let world = try PodWorld()
        world.behave { $0.postStart = HookBehavior(succeeds: false) }
        let main: Value = [.name: "main", .image: "app:1", .lifecycle: [.postStart: hook]]
        try world.run("pod", [.containers: [main]])
        var message = ""
        for _ in 0..<100 where message.isEmpty {
            try world.advance(0.2)
            let waiting = try world.container("pod")[.state][.waiting]
            if waiting.text(.reason) == "PostStartHookError" { message = waiting.text(.message) }
        }
        let uid = try world.world.found(.pod, "pod").uid
        #expect(message == text.replacing("UID", with: uid))
    }
}
