import Testing
import Value

@testable import Model

@Suite("time zones")
struct ZoneRulesTests {
    private func instant(_ text: String) throws -> Timestamp {
        try #require(Timestamp(parsing: text))
    }

    @Test(
        "local time is ahead of UTC by the season's hours",
        arguments: [
            ("UTC", "2025-07-01T00:00:00Z", 0), ("Asia/Shanghai", "2025-07-01T00:00:00Z", 480),
            ("Asia/Kolkata", "2025-07-01T00:00:00Z", 330),
            ("Europe/Berlin", "2025-01-01T00:00:00Z", 60),
            ("Europe/Berlin", "2025-03-30T00:59:59Z", 60),
            ("Europe/Berlin", "2025-03-30T01:00:00Z", 120),
            ("Europe/Berlin", "2025-10-26T00:59:59Z", 120),
            ("Europe/Berlin", "2025-10-26T01:00:00Z", 60),
            ("America/New_York", "2025-03-09T06:59:59Z", -300),
            ("America/New_York", "2025-03-09T07:00:00Z", -240),
            ("America/New_York", "2025-11-02T06:00:00Z", -300),
            ("Australia/Sydney", "2025-01-01T00:00:00Z", 660),
            ("Australia/Sydney", "2025-04-05T16:00:00Z", 600),
            ("Pacific/Auckland", "2025-07-01T00:00:00Z", 720),
            ("America/Santiago", "2025-01-01T00:00:00Z", -180),
            ("Etc/GMT+5", "2025-01-01T00:00:00Z", -300),
        ])
    func offsets(zone: String, time: String, minutes: Int) throws {
        let rules = try #require(ZoneRules(name: zone))
        #expect(rules.offset(at: try instant(time)) == minutes * 60)
    }

    @Test("a name that no zone has is none")
    func unknown() { #expect(ZoneRules(name: "Europe/Berln") == nil) }

    @Test(
        "a schedule follows the clocks: a missing hour is left out, a doubled one comes twice",
        arguments: [
            (
                "30 2 * * *", "2025-03-29T12:00:00Z",
                ["2025-03-31T00:30:00Z", "2025-04-01T00:30:00Z"]
            ),
            (
                "30 2 * * *", "2025-10-25T12:00:00Z",
                ["2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z"]
            ),
            (
                "0 9 * * *", "2025-03-29T12:00:00Z",
                ["2025-03-30T07:00:00Z", "2025-03-31T07:00:00Z"]
            ),
        ])
    func summerTime(schedule: String, from: String, wanted: [String]) throws {
        let cron = try CronSchedule(parsing: schedule)
        let zone = try #require(ZoneRules(name: "Europe/Berlin"))
        var times: [String] = []
        var time = try instant(from)
        for _ in wanted {
            time = try #require(cron.next(after: time, in: zone))
            times.append(time.text)
        }
        #expect(times == wanted)
    }
}
