import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("cron jobs")
struct CronJobControllerTests {
    private func manifest(
        _ schedule: String, command: String = "sleep 2", _ spec: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: "tick"],
            .spec: [
                .schedule: Value(schedule),
                .jobTemplate: [
                    .spec: [
                        .backoffLimit: 0,
                        .template: [
                            .spec: [
                                .restartPolicy: "Never",
                                .containers: [
                                    [
                                        .name: "main", .image: "busybox",
                                        .command: ["sh", "-c", Value(command)],
                                    ]
                                ],
                            ]
                        ],
                    ]
                ],
            ],
        ]
        for field in spec.fields { value[.spec][field.key] = field.value }
        return value
    }

    private func world(_ manifest: Value, seconds: Int) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        try world.settle()
        try world.create(.cronJob, manifest)
        try world.advance(seconds: seconds)
        return world
    }

    private func view(_ world: WholeWorld) throws -> CronJobView {
        CronJobView(try world.found(.cronJob, "tick").value)
    }

    @Test("a job starts at each time of the schedule, named by its minute")
    func schedule() throws {
        let world = try world(manifest("*/2 * * * *"), seconds: 250)
        // 2025-01-01T00:02 is minute 28928162 since 1970.
        #expect(world.list(.job).map(\.name) == ["tick-28928162", "tick-28928164"])
        let job = world.list(.job)[0]
        #expect(job.controllerUID == world.get(.cronJob, "tick")?.uid)
        #expect(
            job.value[.metadata][.annotations][
                "batch.kubernetes.io/cronjob-scheduled-timestamp"] == "2025-01-01T00:02:00Z")
        let view = try view(world)
        #expect(view.lastScheduleTime == "2025-01-01T00:04:00Z")
        #expect(view.lastSuccessfulTime != nil && view.active.isEmpty)
        #expect(
            world.events("tick", kind: "CronJob") == [
                "SuccessfulCreate: Created job tick-28928162",
                "SawCompletedJob: Saw completed job: tick-28928162, condition: Complete",
                "SuccessfulCreate: Created job tick-28928164",
                "SawCompletedJob: Saw completed job: tick-28928164, condition: Complete",
            ])
    }

    @Test(
        "what happens while a job still runs follows the concurrency policy",
        arguments: [("Allow", 3), ("Forbid", 1), ("Replace", 1)])
    func concurrency(policy: String, active: Int) throws {
        let world = try world(
            manifest("* * * * *", command: "sleep 1000", [.concurrencyPolicy: Value(policy)]),
            seconds: 200)
        #expect(world.list(.job).count == active)
        #expect(try view(world).active.count == active)
        let names = world.list(.job).map(\.name)
        #expect(names.contains("tick-28928161") == (policy != "Replace"))
        let events = world.events("tick", kind: "CronJob")
        #expect(
            events.contains {
                $0 == "JobAlreadyActive: Not starting job because prior execution is running and "
                    + "concurrency policy is Forbid"
            } == (policy == "Forbid"))
        #expect(
            events.contains("SuccessfulDelete: Deleted job tick-28928161")
                == (policy == "Replace"))
    }

    @Test(
        "finished jobs are kept up to the history's limits",
        arguments: [("true", 3), ("exit 1", 1)])
    func history(command: String, kept: Int) throws {
        let world = try world(manifest("* * * * *", command: command), seconds: 400)
        #expect(world.list(.job).count == kept)
        #expect(world.list(.job).last?.name == "tick-28928166")
    }

    @Test(
        "a suspended cron job starts nothing; resumed, it makes up for the last missed time alone")
    func suspend() throws {
        let world = try world(manifest("* * * * *", [.suspend: true]), seconds: 310)
        #expect(world.list(.job).isEmpty)
        try world.modify(.cronJob, "tick") { $0[.spec][.suspend] = false }
        try world.advance(seconds: 5)
        #expect(world.list(.job).map(\.name) == ["tick-28928165"])
    }

    @Test("a time missed by more than the starting deadline is lost")
    func deadline() throws {
        let world = try world(
            manifest("*/5 * * * *", [.suspend: true, .startingDeadlineSeconds: 20]), seconds: 330)
        try world.modify(.cronJob, "tick") { $0[.spec][.suspend] = false }
        try world.advance(seconds: 5)
        #expect(world.list(.job).isEmpty)
        try world.advance(seconds: 280)
        #expect(world.list(.job).map(\.name) == ["tick-28928170"])
    }

    @Test("a time zone moves the schedule")
    func timeZone() throws {
        let world = try world(
            manifest("30 8 * * *", [.timeZone: "Asia/Shanghai"]), seconds: 1_900)
        #expect(world.list(.job).map(\.name) == ["tick-28928190"])
        #expect(
            world.list(.job)[0].value[.metadata][.annotations][
                "batch.kubernetes.io/cronjob-scheduled-timestamp"]
                == "2025-01-01T08:30:00+08:00")
    }

    @Test("settling does not wait for the next time")
    func settling() throws {
        let world = try world(manifest("* * * * *"), seconds: 1)
        try world.settle()
        #expect(world.cluster.clock.now < 60_000)
    }

    @Test("a changed schedule is looked at when its next time comes, not at once")
    func changedSchedule() throws {
        let world = try world(manifest("0 0 1 1 *"), seconds: 150)
        try world.modify(.cronJob, "tick") { $0[.spec][.schedule] = "* * * * *" }
        try world.advance(seconds: 5)
        #expect(world.list(.job).isEmpty)
        try world.advance(seconds: 30)
        #expect(world.list(.job).map(\.name) == ["tick-28928163"])
    }

    @Test("more than a hundred missed times are told")
    func tooManyMissed() throws {
        let world = try world(manifest("* * * * *", [.suspend: true]), seconds: 101 * 60 + 30)
        try world.modify(.cronJob, "tick") { $0[.spec][.suspend] = false }
        try world.advance(seconds: 5)
        #expect(
            world.events("tick", kind: "CronJob").first
                == "TooManyMissedTimes: too many missed start times. Set or decrease "
                + ".spec.startingDeadlineSeconds or check clock skew")
        #expect(world.list(.job).count == 1)
    }

    @Test("a schedule whose time never comes is told")
    func invalidSchedule() throws {
        let world = try world(manifest("59 23 31 2 *"), seconds: 5)
        #expect(
            world.events("tick", kind: "CronJob") == [
                "InvalidSchedule: invalid schedule: 59 23 31 2 * : time difference between two "
                    + "schedules is less than 1 second"
            ])
    }

    @Test("a job of the right name that the cron job owns is taken up, another's is left alone")
    func alreadyExists() throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(
            .job,
            [
                .metadata: [.name: "tick-28928161"],
                .spec: manifest("* * * * *")[.spec][.jobTemplate][.spec],
            ])
        try world.create(.cronJob, manifest("* * * * *"))
        try world.advance(seconds: 70)
        #expect(world.list(.job).map(\.name) == ["tick-28928161"])
        #expect(try view(world).lastScheduleTime == nil)
    }

    @Test("history is cut before finished jobs are told")
    func order() throws {
        let world = try world(manifest("* * * * *", [.successfulJobsHistoryLimit: 1]), seconds: 150)
        #expect(
            world.events("tick", kind: "CronJob") == [
                "SuccessfulCreate: Created job tick-28928161",
                "SawCompletedJob: Saw completed job: tick-28928161, condition: Complete",
                "SuccessfulCreate: Created job tick-28928162",
                "SuccessfulDelete: Deleted job tick-28928161",
                "SawCompletedJob: Saw completed job: tick-28928162, condition: Complete",
            ])
    }

    @Test("a job that is deleted at once was successful all the same, and is not told")
    func noHistory() throws {
        let world = try world(manifest("* * * * *", [.successfulJobsHistoryLimit: 0]), seconds: 80)
        #expect(
            world.events("tick", kind: "CronJob") == [
                "SuccessfulCreate: Created job tick-28928161",
                "SuccessfulDelete: Deleted job tick-28928161",
            ])
        #expect(world.list(.job).isEmpty)
        let view = try view(world)
        #expect(view.active.isEmpty && view.lastSuccessfulTime != nil)
    }
}
