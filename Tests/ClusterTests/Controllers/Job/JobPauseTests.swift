import Model
import Testing
import Value

@testable import Cluster

/// What the status says while the back-off of a failed pod runs.
@Suite("jobs that wait to replace a pod")
struct JobPauseTests {
    private func world(_ pattern: String, _ spec: Value) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        var behavior = ContainerBehavior()
        behavior.exitAfter = 2_000
        behavior.exitCode = 1
        world.cluster.behaviors.add(BehaviorPattern(pod: pattern), behavior)
        var job: Value = [.metadata: [.name: "pi"], .spec: spec]
        job[.spec][.template][.spec] = [
            .restartPolicy: "Never",
            .containers: [
                [.name: "main", .image: "busybox", .command: ["sh", "-c", "sleep 1000"]]
            ],
        ]
        try world.create(.job, job)
        return world
    }

    /// The status says 0 active in the meantime, which no status with ready pods may.
    @Test("while a pod is ready, nothing is counted before the back-off of another one is over")
    func countedLate() throws {
        let world = try world(
            "pi-0-*", [.parallelism: 2, .completions: 2, .completionMode: "Indexed"])
        try world.advance(seconds: 9)
        let waiting = JobView(try world.found(.job, "pi").value)
        #expect(waiting.failed == 0 && waiting.active == 2)
        try world.advance(seconds: 7)
        #expect(JobView(try world.found(.job, "pi").value).failed == 1)
    }

    @Test("without a ready pod the status says at once that none is active")
    func noneActive() throws {
        let world = try world("pi-*", .emptyObject)
        try world.advance(seconds: 6)
        let waiting = JobView(try world.found(.job, "pi").value)
        #expect(waiting.failed == 1 && waiting.active == 0)
    }
}
