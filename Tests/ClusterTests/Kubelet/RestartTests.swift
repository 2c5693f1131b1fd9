import Model
import Testing
import Value

@testable import Cluster

@Suite("restarts and their back-off")
struct RestartTests {
    @Test("restarted at once, then 10 s, 20 s, 40 s … later, at turns of the pod worker")
    func backOffDoubles() throws {
        let world = try PodWorld()
        world.behave {
            $0.exitAfter = 1_000
            $0.exitCode = 3
        }
        try world.run("crash", [:])
        try world.advance(120)
        #expect(
            world.timeline("crash") == [
                "0.0 waiting ContainerCreating", "0.5 running", "1.5 terminated Error 3",
                "2.5 running", "3.5 terminated Error 3", "17.0 waiting CrashLoopBackOff",
                "17.0 running", "18.0 terminated Error 3", "31.5 waiting CrashLoopBackOff",
                "44.0 running", "45.0 terminated Error 3", "58.5 waiting CrashLoopBackOff",
                "96.0 running", "97.0 terminated Error 3", "110.5 waiting CrashLoopBackOff",
            ])
        let status = try world.container("crash")
        #expect(status.int(.restartCount) == 4)
        #expect(
            status[.state][.waiting].text(.message)
                == "back-off 1m20s restarting failed container=main "
                + "pod=crash_default(\(try world.world.found(.pod, "crash").uid))")
        #expect(try world.status("crash").text(.phase) == "Running")
    }

    @Test("the back-off ends at five minutes")
    func backOffIsCapped() throws {
        let world = try PodWorld()
        world.behave { $0.exitAfter = 1_000 }
        try world.run("crash", [:])
        try world.advance(1_500)
        let restarts = try world.container("crash").int(.restartCount)
        try world.advance(3_600)
        // 300 s, met at the next turn: every 303 s at most.
        #expect((11...12).contains(try world.container("crash").int(.restartCount) - restarts))
        #expect(
            try world.container("crash")[.state][.waiting].text(.message).hasPrefix(
                "back-off 5m0s"))
    }

    @Test("a run of more than ten minutes begins the back-off anew")
    func backOffResets() throws {
        var backOff = BackOff()
        backOff.raise(0, 0)
        backOff.raise(5_000, 10_000)
        #expect(backOff.delay == 20_000)
        #expect(backOff.holds(20_000, 30_000))
        #expect(!backOff.holds(20_000, 40_000))
        // Last raised at 10 s; ended at 10 s + 600 s: still in memory. One millisecond later: not.
        #expect(backOff.holds(610_000, 611_000))
        #expect(!backOff.holds(610_001, 611_000))
        backOff.raise(610_001, 611_000)
        #expect(backOff.delay == 10_000)
    }

    @Test("while a container is down its last state is the end before")
    func lastState() throws {
        let world = try PodWorld()
        world.behave {
            $0.exitAfter = 1_000
            $0.exitCode = 3
        }
        try world.run("crash", [:])
        try world.advance(2)
        #expect(try world.state("crash") == "terminated Error 3")
        #expect(try world.container("crash")[.lastState] == Value.emptyObject)
        try world.advance(1)
        #expect(try world.state("crash") == "running")
        let first = try world.container("crash")[.lastState][.terminated]
        #expect(first.int(.exitCode) == 3)
        // The ended run keeps its own ID.
        #expect(first.text(.containerID) != (try world.container("crash").text(.containerID)))
    }

    @Test(
        "restart policies",
        arguments: [
            ("Always", 0, true, "Running"), ("Always", 1, true, "Running"),
            ("OnFailure", 0, false, "Succeeded"), ("OnFailure", 1, true, "Running"),
            ("Never", 0, false, "Succeeded"), ("Never", 1, false, "Failed"),
        ])
    func policies(_ policy: String, _ code: Int, _ restarts: Bool, _ phase: String) throws {
        let world = try PodWorld()
        world.behave {
            $0.exitAfter = 1_000
            $0.exitCode = code
        }
        try world.run("pod", [.restartPolicy: Value(policy)])
        try world.advance(30)
        #expect((try world.container("pod").int(.restartCount) > 0) == restarts)
        #expect(try world.status("pod").text(.phase) == phase)
        let ready = try #require(try world.condition("pod", "Ready"))
        #expect(
            ready.reason
                == (["Succeeded": "PodCompleted", "Failed": "PodFailed"][phase]
                    ?? "ContainersNotReady"))
    }

    @Test("events of a crash loop, with their counts")
    func events() throws {
        let world = try PodWorld()
        world.behave { $0.exitAfter = 1_000 }
        try world.run("crash", [:])
        try world.advance(20)
        let uid = try world.world.found(.pod, "crash").uid
        #expect(
            world.events("crash", ["Pulled", "Created", "Started", "BackOff"]) == [
                "Pulled: Successfully pulled image \"app:1\" in 412ms (412ms including waiting). "
                    + "Image size: 115571520 bytes.",
                "Created: Container created x3", "Started: Container started x3",
                "Pulled: Container image \"app:1\" already present on machine and can be accessed by the pod x2",
                "BackOff: Back-off restarting failed container main in pod crash_default(\(uid)) x2",
            ])
    }

    @Test("only so many runs of a container end as a behavior says")
    func exitTimes() throws {
        let world = try PodWorld()
        world.behave {
            $0.exitAfter = 1_000
            $0.exitTimes = 2
        }
        try world.run("pod", [:])
        try world.advance(600)
        #expect(try world.container("pod").int(.restartCount) == 2)
        #expect(try world.state("pod") == "running")
    }

    @Test("a container whose command cannot be started ends with 128")
    func startFails() throws {
        let world = try PodWorld()
        world.behave { $0.startFailure = "exec: \"foo\": executable file not found in $PATH" }
        try world.run("pod", [:])
        try world.advance(3)
        let status = try world.container("pod")
        #expect(PodWorld.text(status[.state]) == "waiting RunContainerError")
        #expect(PodWorld.text(status[.lastState]) == "terminated StartError 128")
        #expect(
            status[.lastState][.terminated].text(.startedAt) == "1970-01-01T00:00:00Z")
        try world.advance(60)
        #expect(try world.state("pod") == "waiting CrashLoopBackOff")
    }

    @Test("another image restarts its container alone, whatever the policy")
    func imageChange() throws {
        let world = try PodWorld()
        try world.run("pod", [.restartPolicy: "Never"])
        try world.advance(2)
        try world.world.modify(.pod, "pod") { $0[.spec][.containers][0][.image] = "app:2" }
        try world.advance(3)
        let status = try world.container("pod")
        #expect(status.text(.image) == "docker.io/library/app:2")
        #expect(status.int(.restartCount) == 1)
        #expect(PodWorld.text(status[.state]) == "running")
        #expect(
            world.events("pod", ["Killing"]) == [
                "Killing: Container main definition changed, will be restarted"
            ])
    }

    @Test("another image begins a back-off of its own")
    func imageChangeForgets() throws {
        let world = try PodWorld()
        for image in ["app:1", "app:2"] {
            world.behave(image) {
                $0.exitAfter = 500
                $0.exitCode = 1
            }
        }
        /// The back-offs that were shown, in order.
        let delays = {
            world.cluster.log.changes(after: 0).compactMap { change -> String? in
                guard change.kind == .pod, let new = change.new else { return nil }
                let state = new.value[.status][.containerStatuses][0][.state]
                let words = state[.waiting].text(.message).split(separator: " ")
                return words.first == "back-off" ? String(words[1]) : nil
            }
        }
        try world.run("pod", [:])
        try world.advance(60)
        #expect(delays().last == "40s")
        try world.world.modify(.pod, "pod") { $0[.spec][.containers][0][.image] = "app:2" }
        try world.advance(6)
        #expect(try world.container("pod").text(.image) == "docker.io/library/app:2")
        try world.advance(14)
        #expect(delays().last == "10s")
    }
}
