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
            // Ramadan: the clock goes back for it.
            ("Africa/Casablanca", "2025-01-01T00:00:00Z", 60),
            ("Africa/Casablanca", "2025-03-15T00:00:00Z", 0),
            ("Africa/Casablanca", "2025-06-15T00:00:00Z", 60),
            ("Africa/Casablanca", "2088-01-01T00:00:00Z", 60),
            ("Asia/Gaza", "2025-06-01T00:00:00Z", 180), ("Asia/Gaza", "2026-02-01T00:00:00Z", 120),
            // Times of the day below zero and above 24 hours.
            ("America/Nuuk", "2025-03-30T00:59:59Z", -120),
            ("America/Nuuk", "2025-03-30T01:00:00Z", -60),
            ("Asia/Jerusalem", "2025-03-28T00:00:00Z", 180),
            ("America/Santiago", "2025-07-01T00:00:00Z", -240),
            // Winter time ahead of standard time, half hours, two hours.
            ("Europe/Dublin", "2025-07-01T00:00:00Z", 60),
            ("Europe/Dublin", "2025-12-01T00:00:00Z", 0),
            ("Australia/Lord_Howe", "2025-01-01T00:00:00Z", 660),
            ("Australia/Lord_Howe", "2025-07-01T00:00:00Z", 630),
            ("Antarctica/Troll", "2025-07-01T00:00:00Z", 120),
            ("Pacific/Chatham", "2025-01-10T00:00:00Z", 825),
            ("Asia/Kathmandu", "2025-07-01T00:00:00Z", 345),
            ("Africa/Cairo", "2025-07-01T00:00:00Z", 180),
            ("America/Havana", "2025-07-01T00:00:00Z", -240),
            ("Pacific/Easter", "2025-07-01T00:00:00Z", -360),
            ("Asia/Almaty", "2025-07-01T00:00:00Z", 300),
        ])
    func offsets(zone: String, time: String, minutes: Int) throws {
        let rules = try #require(ZoneRules(name: zone))
        #expect(rules.offset(at: try instant(time)) == minutes * 60)
    }

    @Test("a name that no zone has is none", arguments: ["Europe/Berln", "europe/berlin", "", "="])
    func unknown(name: String) { #expect(ZoneRules(name: name) == nil) }

    @Test(
        "every zone of the database is known, old names too",
        arguments: [
            "Africa/Cairo", "America/Argentina/ComodRivadavia", "America/Ciudad_Juarez",
            "Antarctica/Vostok", "Arctic/Longyearbyen", "Asia/Katmandu", "Cuba", "EST", "Eire",
            "Etc/GMT0", "Etc/UCT", "Europe/Kyiv", "GB-Eire", "GMT+0", "Indian/Chagos", "Iran",
            "Mexico/BajaNorte", "NZ-CHAT", "Navajo", "Pacific/Pitcairn", "Portugal", "US/Samoa",
            "W-SU", "WET", "Zulu",
        ])
    func known(name: String) { #expect(ZoneRules(name: name) != nil) }

    @Test(
        "what is no rule of POSIX is none",
        arguments: [
            "", "CET", "CET-x", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M1.1.0",
        ])
    func malformed(text: String) { #expect(YearlyRule(text) == nil) }

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
