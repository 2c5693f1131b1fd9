import Model
import Testing
import Value

@testable import Cluster

@Suite("plans of cron jobs")
struct CronPlanTests {
    private func plan(
        _ schedule: String, created: Value, last: Value = .null, deadline: Value = .null,
        now: String
    ) throws -> CronPlan {
        let object: Value = [
            .metadata: [.creationTimestamp: created],
            .spec: [.schedule: Value(schedule), .startingDeadlineSeconds: deadline],
            .status: [.lastScheduleTime: last],
        ]
        return CronPlan(
            CronJobView(object), try CronSchedule(parsing: schedule), .utc,
            now: try #require(Timestamp(parsing: now)))
    }

    @Test("before the first time nothing is due, and the first time is next")
    func early() throws {
        let plan = try plan(
            "0 * * * *", created: "2025-01-01T00:10:00Z", now: "2025-01-01T00:30:00Z")
        #expect(plan.due == nil && plan.missed == .none)
        #expect(plan.next?.text == "2025-01-01T01:00:00Z")
    }

    @Test(
        "of missed times the latest is due; more than a hundred are many",
        arguments: [
            ("2025-01-01T01:30:00Z", CronPlan.Missed.none, "2025-01-01T01:00:00Z"),
            ("2025-01-01T03:30:00Z", .few, "2025-01-01T03:00:00Z"),
            ("2025-01-05T04:30:00Z", .few, "2025-01-05T04:00:00Z"),
            ("2025-01-05T05:30:00Z", .many, "2025-01-05T05:00:00Z"),
        ])
    func missed(now: String, missed: CronPlan.Missed, due: String) throws {
        let plan = try plan("0 * * * *", created: "2025-01-01T00:10:00Z", now: now)
        #expect(plan.due?.text == due)
        #expect(plan.missed == missed)
    }

    @Test("a time older than the starting deadline does not count")
    func deadline() throws {
        let plan = try plan(
            "0 * * * *", created: "2025-01-01T00:10:00Z", deadline: 600,
            now: "2025-01-01T05:30:00Z")
        #expect(plan.due == nil)
        #expect(plan.next?.text == "2025-01-01T06:00:00Z")
    }

    @Test("over a long gap of an uneven schedule the estimate finds no time")
    func unevenSchedule() throws {
        // Friday 10:30 was handled; on Sunday the last missed time, Friday 14:30, is too far back.
        let plan = try plan(
            "30 6-16/4 * * 1-5", created: "2025-01-01T00:00:00Z", last: "2025-01-03T06:30:00Z",
            now: "2025-01-05T12:00:00Z")
        #expect(plan.due == nil && plan.missed == .few)
        #expect(plan.next?.text == "2025-01-06T06:30:00Z")
    }

    @Test("a day that no month has is invalid")
    func invalid() throws {
        let plan = try plan(
            "0 0 31 2 *", created: "2025-01-01T00:00:00Z", now: "2025-01-02T00:00:00Z")
        #expect(plan.isInvalid && plan.due == nil)
    }
}
