/// An instant: milliseconds since 1970-01-01T00:00:00Z.
///
/// The API shows whole seconds in UTC. Calendar arithmetic is that of the proleptic Gregorian
/// calendar, without leap seconds.
public struct Timestamp: Hashable, Sendable {
    /// Since 1970-01-01T00:00:00Z; negative before.
    public var milliseconds: Int64

    /// So many milliseconds after 1970-01-01T00:00:00Z.
    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// The instant at which every scenario starts: 2025-01-01T00:00:00Z.
    public static let zero = Timestamp(milliseconds: 1_735_689_600_000)

    /// The second it lies in, since 1970.
    public var seconds: Int64 { milliseconds / 1000 - (milliseconds % 1000 < 0 ? 1 : 0) }

    /// The part below a second, 0 to 999.
    public var millisecond: Int64 { ((milliseconds % 1000) + 1000) % 1000 }

    /// The instant that the API shows: the second it lies in.
    public var wholeSecond: Timestamp { Timestamp(milliseconds: seconds * 1000) }
}

extension Timestamp: Comparable {
    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    public static func + (instant: Timestamp, length: Duration) -> Timestamp {
        Timestamp(milliseconds: instant.milliseconds.addingSaturated(length.milliseconds))
    }

    public static func - (instant: Timestamp, length: Duration) -> Timestamp {
        Timestamp(milliseconds: instant.milliseconds.subtractingSaturated(length.milliseconds))
    }

    public static func - (left: Timestamp, right: Timestamp) -> Duration {
        Duration(milliseconds: left.milliseconds.subtractingSaturated(right.milliseconds))
    }

    public static func += (instant: inout Timestamp, length: Duration) {
        instant = instant + length
    }
}

// MARK: - Calendar

/// The parts of an instant in the calendar, in UTC or in a zone with a fixed offset.
public struct CalendarTime: Hashable, Sendable {
    /// As the proleptic Gregorian calendar counts them.
    public var year: Int
    /// 1 to 12.
    public var month: Int
    /// 1 to 31.
    public var day: Int
    /// From 0.
    public var hour: Int
    /// From 0.
    public var minute: Int
    /// From 0; there are no leap seconds.
    public var second: Int

    /// An instant of the calendar, in UTC.
    public init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
    }

    /// 0 (Sunday) to 6, as cron counts.
    public var weekday: Int {
        let days = CalendarTime.days(year: year, month: month, day: day)
        return Int(((days % 7) + 7 + 4) % 7)
    }

    /// Whether the year has a 29 February.
    public static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days of a month.
    public static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: isLeap(year) ? 29 : 28
        default: 31
        }
    }

    /// Days since 1970-01-01. Counts in eras of 400 years whose years begin in March, so that the
    /// leap day comes last.
    static func days(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let monthFromMarch = Int64((month + 9) % 12)
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + Int64(day) - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date of a day counted from 1970-01-01.
    init(daysSince1970 days: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
        self.init(
            year: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), month: month,
            day: Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1))
    }
}

extension Timestamp {
    /// The instant of a calendar time in a zone `offset` seconds east of UTC. Parts beyond their
    /// range carry over: second 60 is the next minute.
    public init(_ time: CalendarTime, offset: Int = 0) {
        let days = CalendarTime.days(year: time.year, month: time.month, day: time.day)
        let seconds = Int64(time.hour * 3600 + time.minute * 60 + time.second - offset)
        milliseconds = (days * 86_400 + seconds) * 1000
    }

    /// The calendar time in UTC.
    public var calendar: CalendarTime { calendar(offset: 0) }

    /// The calendar time in a zone `offset` seconds east of UTC.
    public func calendar(offset: Int) -> CalendarTime {
        let local = seconds + Int64(offset)
        let ofDay = ((local % 86_400) + 86_400) % 86_400
        var time = CalendarTime(daysSince1970: (local - ofDay) / 86_400)
        time.hour = Int(ofDay / 3600)
        time.minute = Int(ofDay / 60 % 60)
        time.second = Int(ofDay % 60)
        return time
    }
}
