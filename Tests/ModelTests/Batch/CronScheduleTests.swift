import Testing
import Value

@testable import Model

@Suite struct CronScheduleTests {
    @Test(arguments: [
        ("* * * * *", "2025-01-01T00:00:30Z", "2025-01-01T00:01:00Z"),
        ("*/5 * * * *", "2025-01-01T00:05:00Z", "2025-01-01T00:10:00Z"),
        ("0 3 * * *", "2025-01-31T03:00:00Z", "2025-02-01T03:00:00Z"),
        ("30 8 1,15 * *", "2025-01-02T00:00:00Z", "2025-01-15T08:30:00Z"),
        // 2025-01-01 is a Wednesday.
        ("0 0 * * MON", "2025-01-01T00:00:00Z", "2025-01-06T00:00:00Z"),
        ("0 0 13 * 5", "2025-01-01T00:00:00Z", "2025-01-03T00:00:00Z"),
        ("0 0 29 2 *", "2025-01-01T00:00:00Z", "2028-02-29T00:00:00Z"),
        ("0 0 1 jan-mar/2 *", "2025-01-01T00:00:00Z", "2025-03-01T00:00:00Z"),
        ("10/20 * * * *", "2025-01-01T00:10:00Z", "2025-01-01T00:30:00Z"),
        ("@hourly", "2025-12-31T23:00:00Z", "2026-01-01T00:00:00Z"),
        ("@every 90s", "2025-01-01T00:00:00Z", "2025-01-01T00:01:30Z"),
    ])
    func `the next instant`(schedule: String, after: String, next: String) throws {
        let instant = try #require(Timestamp(parsing: after))
        #expect(try CronSchedule(parsing: schedule).next(after: instant)?.text == next)
    }

    @Test func `a day that never comes has no instant`() throws {
        #expect(try CronSchedule(parsing: "0 0 30 2 *").next(after: .zero) == nil)
    }

    @Test func `a zone shifts the hour`() throws {
        let next = try CronSchedule(parsing: "0 8 * * *").next(
            after: .zero, offsetSeconds: 8 * 3600)
        #expect(next?.text == "2025-01-02T00:00:00Z")
    }

    @Test(arguments: [
        ("every minute", "expected exactly 5 fields, found 2: [every minute]"),
        ("60 * * * *", "end of range (60) above maximum (59): 60"),
        ("* * 0 * *", "beginning of range (0) below minimum (1): 0"),
        ("5-1 * * * *", "beginning of range (5) beyond end of range (1): 5-1"),
        ("*/0 * * * *", "step of range should be a positive number: */0"),
        (
            "x * * * *",
            "failed to parse int from x: strconv.Atoi: parsing \"x\": invalid syntax"
        ),
        ("@often", "unrecognized descriptor: @often"),
        ("1-2-3 * * * *", "too many hyphens: 1-2-3"),
        ("1/2/3 * * * *", "too many slashes: 1/2/3"),
    ])
    func `a malformed schedule gives the library's words`(schedule: String, message: String) {
        #expect(throws: CronError(message)) { try CronSchedule(parsing: schedule) }
    }
}
