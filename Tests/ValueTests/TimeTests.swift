import Testing

@testable import Value

@Suite("durations and instants")
struct TimeTests {
    @Test(
        "a duration reads as in Go",
        arguments: [
            ("1h2m3s", 3_723_000), ("90s", 90_000), ("1.5h", 5_400_000), ("-2m", -120_000),
            ("0", 0), ("+5s", 5000), ("100ms", 100), (".5s", 500), ("1500us", 1),
            ("2m0.25s", 120_250),
            ("1µs", 0),
        ])
    func parses(text: String, milliseconds: Int64) throws {
        #expect(try Duration(parsing: text).milliseconds == milliseconds)
    }

    @Test("a day is a unit only where it is asked for")
    func days() throws {
        #expect(try Duration(parsing: "1d12h", allowsDays: true) == .hours(36))
        #expect(throws: DurationError.self) { try Duration(parsing: "1d") }
    }

    @Test(
        "a text that is no duration is refused in Go's words",
        arguments: [
            ("", #"time: invalid duration """#), ("x", #"time: invalid duration "x""#),
            ("5", #"time: missing unit in duration "5""#),
            ("5x", #"time: unknown unit "x" in duration "5x""#),
            ("1d", #"time: unknown unit "d" in duration "1d""#),
            ("1h.", #"time: invalid duration "1h.""#), ("-", #"time: invalid duration "-""#),
            ("9999999h", #"time: invalid duration "9999999h""#),
            ("99999999999999999999s", #"time: invalid duration "99999999999999999999s""#),
        ])
    func refuses(text: String, message: String) {
        let error = #expect(throws: DurationError.self) { try Duration(parsing: text) }
        #expect(error?.message == message)
    }

    @Test(
        "a duration prints as in Go, and shorter for people",
        arguments: [
            (0, "0s", "0s"), (250, "250ms", "250ms"), (1500, "1.5s", "1.5s"),
            (60_000, "1m0s", "1m"), (90_000, "1m30s", "1m30s"), (3_600_000, "1h0m0s", "1h"),
            (86_400_000, "24h0m0s", "1d"), (-61_010, "-1m1.01s", "-1m1.01s"),
            (90_061_000, "25h1m1s", "1d1h1m1s"),
        ])
    func prints(milliseconds: Int64, text: String, short: String) throws {
        #expect(Duration(milliseconds: milliseconds).text == text)
        #expect(Duration(milliseconds: milliseconds).shortText == short)
        #expect(try Duration(parsing: text).milliseconds == milliseconds)
        #expect(try Duration(parsing: short, allowsDays: true).milliseconds == milliseconds)
    }

    @Test(
        "the age column",
        arguments: [
            (-5.0, "<invalid>", "<invalid>"), (-1.5, "0s", "0s"), (0, "0s", "0s"),
            (59, "59s", "59s"),
            (60, "60s", "1m"), (119, "119s", "1m"), (120, "2m", "2m"), (123, "2m3s", "2m"),
            (599, "9m59s", "9m"), (600, "10m", "10m"), (659, "10m", "10m"), (10_799, "179m", "2h"),
            (10_800, "3h", "3h"), (14_460, "4h1m", "4h"), (28_799, "7h59m", "7h"),
            (28_800, "8h", "8h"),
            (172_799, "47h", "1d"), (172_800, "2d", "2d"), (183_600, "2d3h", "2d"),
            (691_199, "7d23h", "7d"), (691_200, "8d", "8d"), (63_071_999, "729d", "1y"),
            (63_072_000, "2y", "2y"), (63_158_400, "2y1d", "2y"), (252_288_000, "8y", "8y"),
        ])
    func human(seconds: Double, text: String, short: String) {
        let duration = Duration(milliseconds: Int64(seconds * 1000))
        #expect(duration.humanText == text)
        #expect(duration.shortHumanText == short)
    }

    @Test("arithmetic saturates instead of trapping")
    func saturation() {
        let most = Duration(milliseconds: .max)
        let least = Duration(milliseconds: .min)
        #expect(most + .seconds(1) == most)
        #expect(least - .seconds(1) == least)
        #expect(most * -2 == least)
        #expect(Timestamp.zero + most == Timestamp(milliseconds: .max))
        #expect(Timestamp(milliseconds: .min) - .zero == least)
        #expect(!least.text.isEmpty && !least.humanText.isEmpty && !most.shortText.isEmpty)
        #expect(!Timestamp(milliseconds: .max).text.isEmpty)
        #expect(!Timestamp(milliseconds: .min).describeText.isEmpty)
    }

    @Test("time zero")
    func zero() {
        #expect(Timestamp.zero.text == "2025-01-01T00:00:00Z")
        #expect(Timestamp.zero.describeText == "Wed, 01 Jan 2025 00:00:00 +0000")
        #expect((Timestamp.zero + .milliseconds(1234)).microText == "2025-01-01T00:00:01.234000Z")
        #expect((Timestamp.zero + .milliseconds(1999)).text == "2025-01-01T00:00:01Z")
        #expect(Timestamp.zero.goText == "2025-01-01 00:00:00 +0000 UTC")
    }

    @Test(
        "RFC 3339 reads with zones and decimals",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("2025-01-01T08:00:00+08:00", 1_735_689_600_000),
            ("2024-12-31T20:30:00-03:30", 1_735_689_600_000),
            ("2025-01-01T00:00:00.25Z", 1_735_689_600_250),
            ("2025-01-01T00:00:00.123456Z", 1_735_689_600_123),
            ("1969-12-31T23:59:59.5Z", -500), ("2000-02-29T12:00:00Z", 951_825_600_000),
        ])
    func instants(text: String, milliseconds: Int64) {
        #expect(Timestamp(parsing: text)?.milliseconds == milliseconds)
    }

    @Test(
        "what is no RFC 3339 is refused",
        arguments: [
            "", "2025-01-01", "2025-02-29T00:00:00Z", "2025-13-01T00:00:00Z",
            "2025-01-01T24:00:00Z",
            "2025-01-01T00:00:00", "2025-01-01 00:00:00Z", "2025-01-01T00:00:00.Z",
            "2025-01-01T00:00:00Zx", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
        ])
    func refused(text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test("the calendar is right for every day from 1890 to 2110")
    func calendar() {
        var time = CalendarTime(year: 1890, month: 1, day: 1)
        var weekday = 3  // a Wednesday
        var instant = Timestamp(time)
        while time.year < 2110 {
            #expect(instant.calendar == time)
            #expect(time.weekday == weekday)
            weekday = (weekday + 1) % 7
            instant += .hours(24)
            time.day += 1
            if time.day > CalendarTime.days(in: time.month, of: time.year) {
                time.day = 1
                time.month += 1
            }
            if time.month > 12 {
                time.month = 1
                time.year += 1
            }
        }
    }

    @Test("a zone shifts the calendar, and text reads back as the instant")
    func zones() {
        let local = Timestamp.zero.calendar(offset: -5 * 3600)
        #expect(local == CalendarTime(year: 2024, month: 12, day: 31, hour: 19))
        #expect(Timestamp(local, offset: -5 * 3600) == .zero)
        for step in 0..<2000 {
            let instant = Timestamp(milliseconds: Int64(step) * 98_765_432_000 - 50_000_000_000)
            #expect(Timestamp(parsing: instant.text) == instant)
        }
    }

    @Test("script values print as their text and compare by amount")
    func opaque() {
        let values: [(OpaqueValue, String, String)] = [
            (DurationValue(.seconds(90)), "duration", "1m30s"),
            (PercentValue(25), "percentage", "25%"), (PercentValue(12.5), "percentage", "12.5%"),
            (RangeValue(1, 5), "range", "1..5"),
            (QuantityValue(Quantity(milli: 500)), "quantity", "500m"),
        ]
        for (value, name, text) in values {
            #expect(value.typeName == name)
            #expect(value.text == text)
            #expect(JSON.text(.opaque(value)) == "\"\(text)\"")
        }
        #expect(Value.opaque(RangeValue(1, 5)) == .opaque(RangeValue(1, 5)))
        #expect(Value.opaque(RangeValue(1, 5)) != .opaque(RangeValue(1, 6)))
        #expect(RangeValue(1, 5).count == 5)
        #expect(RangeValue(5, 1).count == 0)
        #expect(Value.opaque(PercentValue(1)) != .opaque(DurationValue(.zero)))
    }
}
