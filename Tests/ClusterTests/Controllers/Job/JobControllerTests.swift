import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("jobs")
struct JobControllerTests {
    private func job(_ command: String, _ spec: Value = .null, restart: Value = "Never") -> Value {
        var value: Value = [
            .metadata: [.name: "pi"],
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

    private func run(
        _ manifest: Value, seconds: Int, nodes: Int = 1
    ) throws -> (WholeWorld, JobView) {
        let world = try WholeWorld(nodes: nodes)
        try world.create(.job, manifest)
        try world.advance(seconds: seconds)
        return (world, JobView(try world.found(.job, "pi").value))
    }

    private func ending(_ job: JobView) -> String {
        job.conditions.value.elements.filter { $0.text(.status) == "True" }.map {
            "\($0.text(.type)) \($0.text(.reason))"
        }.joined(separator: ", ")
    }

    @Test("a job runs as many pods side by side as it may until enough have succeeded")
    func completions() throws {
        let (world, job) = try run(
            job("sleep 2", [.completions: 5, .parallelism: 2]), seconds: 30)
        #expect(job.succeeded == 5 && job.active == 0 && job.failed == 0)
        #expect(ending(job) == "SuccessCriteriaMet CompletionsReached, Complete CompletionsReached")
        #expect(job.completionTime != nil)
        #expect(world.list(.pod).count == 5)
        #expect(world.list(.pod).allSatisfy { $0.value[.metadata][.finalizers].isNull })
        let most = world.cluster.log.changes(after: 0).filter { $0.kind == .job }
            .map { $0.object.value[.status].int(.active) }.max()
        #expect(most == 2)
        let events = world.events("pi", kind: "Job")
        #expect(events.filter { $0.hasPrefix("SuccessfulCreate: Created pod: pi-") }.count == 5)
        #expect(events.last == "Completed: Job completed")
    }

    @Test("without completions the first success ends the work when the other pods are done")
    func workQueue() throws {
        let (world, job) = try run(job("sleep 2", [.parallelism: 3]), seconds: 20)
        #expect(job.succeeded == 3)
        #expect(world.list(.pod).count == 3)
        #expect(ending(job).hasSuffix("Complete CompletionsReached"))
    }

    @Test("failed pods are replaced after 10 s, 20 s, 40 s, until the limit is passed")
    func backoff() throws {
        let (world, job) = try run(job("exit 1", [.backoffLimit: 3]), seconds: 120)
        #expect(job.failed == 4)
        #expect(ending(job) == "FailureTarget BackoffLimitExceeded, Failed BackoffLimitExceeded")
        let starts = world.list(.pod).compactMap {
            $0.value[.metadata][.creationTimestamp].worldTime
        }.sorted()
        let gaps = zip(starts, starts.dropFirst()).map { ($1 - $0) / 1_000 }
        #expect(gaps.count == 3)
        for (gap, pause) in zip(gaps, [10, 20, 40]) {
            #expect(gap >= pause && gap <= Int64(pause) + 3)
        }
        #expect(
            world.events("pi", kind: "Job").last
                == "BackoffLimitExceeded: Job has reached the specified backoff limit")
    }

    @Test("restarts in place count against the limit when pods restart on failure")
    func restarts() throws {
        let (_, job) = try run(
            job("exit 1", [.backoffLimit: 2], restart: "OnFailure"), seconds: 120)
        #expect(ending(job).hasSuffix("Failed BackoffLimitExceeded"))
    }

    @Test("a deadline ends the job with its pods")
    func deadline() throws {
        let (world, job) = try run(
            job("sleep 1000", [.activeDeadlineSeconds: 5, .parallelism: 2]), seconds: 60)
        #expect(ending(job) == "FailureTarget DeadlineExceeded, Failed DeadlineExceeded")
        #expect(job.failed == 2 && job.active == 0)
        #expect(world.list(.pod).isEmpty)
        #expect(
            world.events("pi", kind: "Job").last
                == "DeadlineExceeded: Job was active longer than specified deadline")
    }

    @Test("an indexed job runs each index once and tells pods their index")
    func indexed() throws {
        let (world, job) = try run(
            job("sleep 1", [.completions: 4, .parallelism: 2, .completionMode: "Indexed"]),
            seconds: 30)
        #expect(job.value[.status].text(.completedIndexes) == "0-3")
        #expect(job.succeeded == 4)
        let pods = world.list(.pod)
        #expect(pods.map { $0.value[.spec].text(.hostname) } == ["pi-0", "pi-1", "pi-2", "pi-3"])
        #expect(pods[2].value[.metadata][.labels][JobKeys.index] == "2")
        #expect(pods[2].name.hasPrefix("pi-2-"))
        let variable = pods[0].value[.spec][.containers][0][.env][0]
        #expect(variable.text(.name) == "JOB_COMPLETION_INDEX")
    }

    @Test("with a limit per index, an index that fails too often does not stop the others")
    func perIndex() throws {
        let world = try WholeWorld(nodes: 1)
        var failing = ContainerBehavior()
        failing.exitAfter = 500
        failing.exitCode = 1
        world.cluster.behaviors.add(BehaviorPattern(pod: "pi-1-*"), failing)
        try world.create(
            .job,
            job(
                "sleep 1",
                [
                    .completions: 3, .parallelism: 3, .completionMode: "Indexed",
                    .backoffLimitPerIndex: 1,
                ]))
        try world.advance(seconds: 60)
        let job = JobView(try world.found(.job, "pi").value)
        #expect(job.value[.status].text(.completedIndexes) == "0,2")
        #expect(job.value[.status].text(.failedIndexes) == "1")
        #expect(job.failed == 2)
        #expect(ending(job) == "FailureTarget FailedIndexes, Failed FailedIndexes")
        let counts = world.list(.pod).filter { $0.name.hasPrefix("pi-1-") }.map {
            $0.value[.metadata][.annotations][JobKeys.failureCount].string ?? ""
        }
        #expect(counts.sorted() == ["0", "1"])
    }

    @Test(
        "a failure policy ignores, counts or fails by exit code",
        arguments: [
            ("exit 42", "FailureTarget PodFailurePolicy, Failed PodFailurePolicy", 1),
            ("exit 7", "", 0),
            ("exit 1", "FailureTarget BackoffLimitExceeded, Failed BackoffLimitExceeded", 1),
        ])
    func failurePolicy(command: String, wanted: String, failed: Int) throws {
        let rules: Value = [
            [.action: "FailJob", .onExitCodes: [.operator: "In", .values: [42]]],
            [.action: "Ignore", .onExitCodes: [.operator: "In", .values: [7]]],
        ]
        let (world, job) = try run(
            job(command, [.backoffLimit: 0, .podFailurePolicy: [.rules: rules]]), seconds: 25)
        #expect(ending(job) == wanted)
        #expect(job.failed == failed)
        if failed == 1, command == "exit 42" {
            let name = world.list(.pod)[0].name
            #expect(
                world.events("pi", kind: "Job").last
                    == "PodFailurePolicy: Container main for pod default/\(name) failed with exit code "
                    + "42 matching FailJob rule at index 0")
        }
        #expect((world.list(.pod).count > 1) == (command == "exit 7"))
    }

    @Test("a success policy ends an indexed job early and stops what still runs")
    func successPolicy() throws {
        let world = try WholeWorld(nodes: 1)
        var quick = ContainerBehavior()
        quick.exitAfter = 1_000
        world.cluster.behaviors.add(BehaviorPattern(pod: "pi-0-*"), quick)
        try world.create(
            .job,
            job(
                "sleep 1000",
                [
                    .completions: 3, .parallelism: 3, .completionMode: "Indexed",
                    .successPolicy: [.rules: [[.succeededIndexes: "0"]]],
                ]))
        try world.advance(seconds: 60)
        let job = JobView(try world.found(.job, "pi").value)
        #expect(ending(job) == "SuccessCriteriaMet SuccessPolicy, Complete SuccessPolicy")
        #expect(job.conditions["Complete"]?.message == "Matched rules at index 0")
        #expect(world.list(.pod).count == 1)
    }

    @Test("a suspended job has no pods; resumed, it starts anew")
    func suspend() throws {
        let (world, suspended) = try run(job("sleep 1", [.suspend: true]), seconds: 10)
        #expect(world.list(.pod).isEmpty && suspended.startTime == nil)
        #expect(ending(suspended) == "Suspended JobSuspended")
        try world.modify(.job, "pi") { $0[.spec][.suspend] = false }
        try world.advance(seconds: 10)
        let resumed = JobView(try world.found(.job, "pi").value)
        #expect(resumed.succeeded == 1)
        #expect(
            world.events("pi", kind: "Job").filter { !$0.hasPrefix("Successful") } == [
                "Suspended: Job suspended", "Resumed: Job resumed", "Completed: Job completed",
            ])
    }

    @Test("a deleted pod counts as failed and is replaced at once, or when it has failed")
    func replacement() throws {
        for (policy, early) in [("TerminatingOrFailed", 2), ("Failed", 1)] {
            let (world, _) = try run(
                job("sleep 1000", [.podReplacementPolicy: Value(policy)]), seconds: 5)
            world.cluster.behaviors.add(BehaviorPattern(), stopping(after: 20_000))
            try world.delete(.pod, world.list(.pod)[0].name)
            try world.advance(seconds: 13)
            #expect(world.list(.pod).count == early)
            try world.advance(seconds: 40)
            #expect(JobView(try world.found(.job, "pi").value).active == 1)
        }
    }

    private func stopping(after time: Milliseconds) -> ContainerBehavior {
        var behavior = ContainerBehavior()
        behavior.stopAfter = time
        return behavior
    }

    @Test("deleting a job lets its pods go, finalizers and all")
    func deletion() throws {
        let (world, _) = try run(job("sleep 1000", [.parallelism: 2]), seconds: 5)
        try world.delete(.job, "pi")
        try world.settle()
        #expect(world.get(.job, "pi") == nil)
        #expect(world.list(.pod).isEmpty)
    }

    @Test("a finished job is deleted with its pods when its time is over")
    func timeToLive() throws {
        let (world, job) = try run(job("true", [.ttlSecondsAfterFinished: 30]), seconds: 20)
        #expect(job.succeeded == 1)
        try world.advance(seconds: 30)
        #expect(world.get(.job, "pi") == nil)
        try world.settle()
        #expect(world.list(.pod).isEmpty)
    }
}
