import API
import Model
import Support
import Testing
import Value

@testable import Cluster

/// The rules of the Job controller that concern counting, adoption and the order of what goes.
@Suite("job rules")
struct JobRuleTests {
    private func job(
        _ command: String, _ spec: Value = .null, name: Value = "pi", restart: Value = "Never"
    ) -> Value {
        var value: Value = [
            .metadata: [.name: name],
            .spec: [
                .template: [
                    .spec: [
                        .restartPolicy: restart,
                        .containers: [
                            [
                                .name: "main", .image: "busybox",
                                .command: ["sh", "-c", Value(command)],
                            ]
                        ],
                    ]
                ]
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    private func view(_ world: WholeWorld, _ name: String = "pi") throws -> JobView {
        JobView(try world.found(.job, name).value)
    }

    private func behave(
        _ world: WholeWorld, _ pattern: String, exitAfter: Milliseconds, code: Int
    ) {
        var behavior = ContainerBehavior()
        behavior.exitAfter = exitAfter
        behavior.exitCode = code
        world.cluster.behaviors.add(BehaviorPattern(pod: pattern), behavior)
    }

    // MARK: Suspension and surplus

    @Test("suspending stops the pods without counting them as failed")
    func suspendCountsNothing() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.job, job("sleep 1000", [.parallelism: 2, .completions: 2]))
        try world.advance(seconds: 5)
        try world.modify(.job, "pi") { $0[.spec][.suspend] = true }
        try world.advance(seconds: 60)
        let suspended = try view(world)
        #expect(suspended.failed == 0 && suspended.active == 0)
        #expect(world.list(.pod).isEmpty)
        #expect(suspended.conditions["Suspended"]?.reason == "JobSuspended")
        try world.modify(.job, "pi") { $0[.spec][.suspend] = false }
        try world.advance(seconds: 5)
        let resumed = try view(world)
        #expect(resumed.active == 2 && resumed.failed == 0)
        #expect(resumed.conditions["Suspended"]?.status == "False")
        #expect(resumed.conditions["Suspended"]?.reason == "JobResumed")
        #expect(resumed.startTime == "2025-01-01T00:01:05Z")
    }

    @Test("less parallelism stops pods without counting them as failed; the newest goes first")
    func shrinking() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.job, job("sleep 1000", [.parallelism: 1, .completions: 5]))
        try world.advance(seconds: 5)
        let first = world.list(.pod)[0].name
        try world.modify(.job, "pi") { $0[.spec][.parallelism] = 3 }
        try world.advance(seconds: 5)
        #expect(try view(world).active == 3)
        try world.modify(.job, "pi") { $0[.spec][.parallelism] = 1 }
        try world.advance(seconds: 40)
        #expect(world.list(.pod).map(\.name) == [first])
        #expect(try view(world).failed == 0)
        #expect(
            world.events("pi", kind: "Job").filter { $0.hasPrefix("SuccessfulDelete: Deleted pod") }
                .count == 2)
    }

    // MARK: The end

    @Test("when the limit is passed, the pods that still run are stopped and count as failed")
    func failureCountsTheRest() throws {
        let world = try WholeWorld(nodes: 1)
        behave(world, "pi-0-*", exitAfter: 2_000, code: 1)
        try world.create(
            .job,
            job(
                "sleep 1000",
                [
                    .parallelism: 3, .completions: 3, .completionMode: "Indexed",
                    .backoffLimit: 0,
                ]))
        try world.advance(seconds: 60)
        let failed = try view(world)
        #expect(failed.failed == 3 && failed.active == 0)
        #expect(failed.conditions.isTrue("Failed"))
        #expect(failed.value[.status][.terminating] == 0)
    }

    @Test("a met success policy stops the rest without counting it as failed")
    func successCountsNothing() throws {
        let world = try WholeWorld(nodes: 1)
        behave(world, "pi-0-*", exitAfter: 1_000, code: 0)
        try world.create(
            .job,
            job(
                "sleep 1000",
                [
                    .parallelism: 3, .completions: 3, .completionMode: "Indexed",
                    .successPolicy: [.rules: [[.succeededCount: 1]]],
                ]))
        try world.advance(seconds: 60)
        let done = try view(world)
        #expect(done.failed == 0 && done.succeeded == 1)
        #expect(done.conditions["Complete"]?.reason == "SuccessPolicy")
    }

    @Test("a job ends only when its last pod is gone: first the reason, then the end")
    func endWaitsForTermination() throws {
        let world = try WholeWorld(nodes: 1)
        var slow = ContainerBehavior()
        slow.stopAfter = 20_000
        world.cluster.behaviors.add(BehaviorPattern(), slow)
        try world.create(.job, job("sleep 1000", [.activeDeadlineSeconds: 5]))
        try world.advance(seconds: 12)
        let ending = try view(world)
        #expect(ending.conditions["FailureTarget"]?.reason == "DeadlineExceeded")
        #expect(ending.conditions["Failed"] == nil)
        #expect(ending.value[.status][.terminating] == 1)
        try world.advance(seconds: 30)
        #expect(try view(world).conditions["Failed"]?.reason == "DeadlineExceeded")
    }

    // MARK: Adoption

    @Test("a job with a selector of its own adopts matching pods and lets others go")
    func adoption() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.pod, WholeWorld.pod("stray", labels: ["app": "pi"]))
        try world.settle()
        var manifest = job(
            "sleep 1000",
            [.manualSelector: true, .selector: [.matchLabels: ["app": "pi"]], .parallelism: 1])
        manifest[.spec][.template][.metadata][.labels] = ["app": "pi"]
        try world.create(.job, manifest)
        try world.advance(seconds: 5)
        let uid = try world.found(.job, "pi").uid
        #expect(world.list(.pod).map(\.name) == ["stray"])
        let stray = try world.found(.pod, "stray")
        #expect(stray.controllerUID == uid)
        #expect(stray.value[.metadata][.finalizers].elements == [Value(JobKeys.finalizer)])
        try world.modify(.pod, "stray") { $0[.metadata][.labels]["app"] = "other" }
        try world.advance(seconds: 5)
        let released = try world.found(.pod, "stray")
        #expect(released.controllerUID == nil && released.value[.metadata][.finalizers].isNull)
        #expect(world.list(.pod).count == 2)
        #expect(try view(world).failed == 0)
    }

    // MARK: Back-off

    @Test("a success forgets the failures before it")
    func successResetsBackoff() {
        var backoff = JobBackoff()
        let failed = pod(ended: 5, phase: "Failed")
        backoff.note(succeeded: [], failed: [failed, pod(ended: 6, phase: "Failed")])
        #expect(backoff.remaining(now: 6_000) == 20_000)
        backoff.note(
            succeeded: [pod(ended: 10, phase: "Succeeded")],
            failed: [pod(ended: 9, phase: "Failed"), pod(ended: 11, phase: "Failed")])
        #expect(backoff.remaining(now: 11_000) == 10_000)
        backoff.note(succeeded: [pod(ended: 12, phase: "Succeeded")], failed: [])
        #expect(backoff.remaining(now: 12_000) == 0)
    }

    @Test(
        "the pause doubles from ten seconds to ten minutes",
        arguments: [(1, 10), (2, 20), (3, 40), (6, 320), (7, 600), (30, 600)])
    func pause(failures: Int, seconds: Int64) {
        #expect(JobBackoff.remaining(failures: failures, last: 0, now: 0) == seconds * 1_000)
    }

    @Test("a pod has finished when all its containers have, else when it stopped being ready")
    func finishTime() {
        #expect(pod(ended: 7, phase: "Failed").finishTime == 7_000)
        var value = pod(ended: 7, phase: "Failed").object.value
        value[.status][.containerStatuses].append([.state: [.running: [:]]])
        value[.status][.conditions] = [
            [.type: "Ready", .status: "False", .lastTransitionTime: "2025-01-01T00:00:03Z"]
        ]
        #expect(pod(value).finishTime == 3_000)
    }

    private func pod(ended second: Int, phase: Value) -> JobPod {
        pod([
            .metadata: [.creationTimestamp: "2025-01-01T00:00:00Z"],
            .status: [
                .phase: phase,
                .containerStatuses: [
                    [
                        .state: [
                            .terminated: [
                                .exitCode: 1,
                                .finishedAt: Value("2025-01-01T00:00:\(padded(second))Z"),
                            ]
                        ]
                    ]
                ],
            ],
        ])
    }

    private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func pod(_ value: Value) -> JobPod {
        JobPod(
            StoredObject(
                kind: .pod, slot: Slot(index: 0),
                key: ObjectKey(namespace: "default", name: "p"), resourceVersion: 1, value: value))
    }

    // MARK: Indexes

    @Test(
        "a long name gives way to the index in pods' names",
        arguments: [
            ("pi", 7, "pi-7-"),
            (String(repeating: "a", count: 63), 12, String(repeating: "a", count: 54) + "-12-"),
        ])
    func generatedName(name: String, index: Int, wanted: String) {
        #expect(JobController.generateName(name, index) == wanted)
    }

    @Test("an elastic indexed job that shrinks forgets the indexes beyond its completions")
    func elastic() throws {
        let world = try WholeWorld(nodes: 1)
        behave(world, "pi-0-*", exitAfter: 1_000, code: 0)
        behave(world, "pi-3-*", exitAfter: 1_000, code: 0)
        try world.create(
            .job,
            job("sleep 1000", [.parallelism: 4, .completions: 4, .completionMode: "Indexed"]))
        try world.advance(seconds: 8)
        #expect(try view(world).value[.status].text(.completedIndexes) == "0,3")
        try world.modify(.job, "pi") {
            $0[.spec][.parallelism] = 2
            $0[.spec][.completions] = 2
        }
        try world.advance(seconds: 60)
        let shrunk = try view(world)
        #expect(shrunk.value[.status].text(.completedIndexes) == "0")
        #expect(shrunk.succeeded == 1 && shrunk.active == 1 && shrunk.failed == 0)
    }

    @Test("more failed indexes than allowed fail the job at once")
    func maxFailedIndexes() throws {
        let world = try WholeWorld(nodes: 1)
        behave(world, "pi-0-*", exitAfter: 500, code: 1)
        behave(world, "pi-1-*", exitAfter: 1_500, code: 1)
        try world.create(
            .job,
            job(
                "sleep 1000",
                [
                    .completions: 3, .parallelism: 3, .completionMode: "Indexed",
                    .backoffLimitPerIndex: 0, .maxFailedIndexes: 1,
                ]))
        try world.advance(seconds: 60)
        let failed = try view(world)
        #expect(failed.value[.status].text(.failedIndexes) == "0,1")
        #expect(failed.conditions["Failed"]?.reason == "MaxFailedIndexesExceeded")
        #expect(
            failed.conditions["Failed"]?.message
                == "Job has exceeded the specified maximal number of failed indexes")
    }

    // MARK: Failure policy

    @Test("FailIndex fails an index at its first failure, without a replacement")
    func failIndex() throws {
        let world = try WholeWorld(nodes: 1)
        behave(world, "pi-0-*", exitAfter: 500, code: 42)
        try world.create(
            .job,
            job(
                "sleep 1",
                [
                    .completions: 2, .parallelism: 2, .completionMode: "Indexed",
                    .backoffLimitPerIndex: 3,
                    .podFailurePolicy: [
                        .rules: [
                            [.action: "FailIndex", .onExitCodes: [.operator: "In", .values: [42]]]
                        ]
                    ],
                ]))
        try world.advance(seconds: 60)
        let ended = try view(world)
        #expect(ended.value[.status].text(.failedIndexes) == "0")
        #expect(ended.value[.status].text(.completedIndexes) == "1")
        #expect(ended.failed == 1)
        #expect(ended.conditions["Failed"]?.reason == "FailedIndexes")
    }

    @Test("a rule for a condition sees an evicted pod: the failure is ignored")
    func disruption() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .job,
            job(
                "sleep 1000",
                [
                    .backoffLimit: 0,
                    .podFailurePolicy: [
                        .rules: [
                            [.action: "Ignore", .onPodConditions: [[.type: "DisruptionTarget"]]]
                        ]
                    ],
                ]))
        try world.advance(seconds: 5)
        let first = world.list(.pod)[0].name
        try world.api.evict(pod: first, namespace: "default", options: DeleteOptions())
        try world.advance(seconds: 60)
        let running = try view(world)
        #expect(running.failed == 0 && running.active == 1 && !running.isFinished)
        #expect(world.list(.pod).map(\.name) != [first])
    }

    // MARK: Others

    @Test("a job that another controller manages is left alone")
    func managedBy() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.job, job("true", [.managedBy: "example.com/custom"]))
        try world.advance(seconds: 30)
        #expect(world.list(.pod).isEmpty)
        #expect(try world.found(.job, "pi").value[.status] == .emptyObject)
    }

    @Test("a quota that lets no pod through is told once per attempt, and the job is tried again")
    func failedCreate() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .resourceQuota, [.metadata: [.name: "none"], .spec: [.hard: ["pods": "0"]]])
        try world.settle()
        try world.create(.job, job("true", [.parallelism: 4, .completions: 4]))
        try world.advance(seconds: 3)
        #expect(try view(world).active == 0)
        #expect(
            world.events("pi", kind: "Job").first?.hasPrefix("FailedCreate: Error creating: pods")
                == true)
        try world.delete(.resourceQuota, "none")
        try world.advance(seconds: 60)
        #expect(try view(world).succeeded == 4)
    }

    @Test("what only the status tells is gathered for a second; a new generation is seen at once")
    func batching() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.job, job("sleep 1000", [.parallelism: 1, .completions: 3]))
        try world.advance(seconds: 10)
        let before = world.cluster.clock.now
        try world.modify(.job, "pi") { $0[.spec][.parallelism] = 2 }
        try world.advance(seconds: 5)
        let created = world.cluster.log.changes(after: 0).last {
            $0.kind == .pod && $0.type == .added
        }
        #expect(created.map { $0.time - before < 200 } == true)
    }
}
