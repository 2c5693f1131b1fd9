import Value

/// Why a schedule cannot be read, in the words of the library that upstream uses.
package struct CronError: Error, Hashable, Sendable {
    package let message: String
    init(_ message: String) { self.message = message }
}

/// The schedule of a CronJob: minute, hour, day of month, month and day of week, or a name such as
/// `@hourly`.
///
/// Source of grammar and words: robfig/cron v3, ParseStandard.
package struct CronSchedule: Hashable, Sendable {
    private enum Rule: Hashable, Sendable {
        /// Sets of numbers as bits; the last bit says that the field was `*` or `?`.
        case fields(minute: UInt64, hour: UInt64, day: UInt64, month: UInt64, weekday: UInt64)
        /// `@every 90s`, in seconds.
        case every(Int64)
    }

    private let rule: Rule

    private static let anyBit: UInt64 = 1 << 63

    /// Reads a schedule of five fields or a name with `@`.
    package init(parsing text: String) throws(CronError) {
        if text.hasPrefix("@") {
            rule = try Self.named(text)
            return
        }
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard parts.count == 5 else {
            throw CronError(
                "expected exactly 5 fields, found \(parts.count): "
                    + "[\(parts.joined(separator: " "))]")
        }
        rule = .fields(
            minute: try CronField.minute.bits(parts[0]), hour: try CronField.hour.bits(parts[1]),
            day: try CronField.day.bits(parts[2]), month: try CronField.month.bits(parts[3]),
            weekday: try CronField.weekday.bits(parts[4]))
    }

    private static func named(_ text: String) throws(CronError) -> Rule {
        let standard: [String: String] = [
            "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
            "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
            "@hourly": "0 * * * *",
        ]
        if let fields = standard[text] { return try CronSchedule(parsing: fields).rule }
        if text.hasPrefix("@every ") {
            let length = String(text.dropFirst("@every ".count))
            guard let duration = try? Duration(parsing: length) else {
                throw CronError("failed to parse duration \(text)")
            }
            return .every(max(1, duration.seconds))
        }
        throw CronError("unrecognized descriptor: \(text)")
    }

    /// The first instant of the schedule after `instant`, in a zone that is `offsetSeconds` ahead of
    /// UTC; nil where there is none within five years (`0 0 30 2 *`).
    package func next(after instant: Timestamp, offsetSeconds: Int = 0) -> Timestamp? {
        guard case .fields(let minute, let hour, let day, let month, let weekday) = rule else {
            guard case .every(let seconds) = rule else { return nil }
            return instant.wholeSecond + .seconds(seconds)
        }
        var time = instant.calendar(offset: offsetSeconds)
        let lastYear = time.year + 5
        time.second = 0
        time.minute += 1
        while time.year <= lastYear {
            if time.minute > 59 {
                time.minute = 0
                time.hour += 1
            }
            if time.hour > 23 {
                time.hour = 0
                time.minute = 0
                time.day += 1
            }
            if time.day > CalendarTime.days(in: time.month, of: time.year) {
                time.day = 1
                time.month += 1
                if time.month > 12 {
                    time.month = 1
                    time.year += 1
                }
                continue
            }
            if month & 1 << UInt64(time.month) == 0 {
                (time.day, time.hour, time.minute) = (32, 0, 0)
            } else if !matches(day: day, weekday: weekday, time) {
                (time.hour, time.minute) = (0, 0)
                time.day += 1
            } else if hour & 1 << UInt64(time.hour) == 0 {
                time.minute = 0
                time.hour += 1
            } else if minute & 1 << UInt64(time.minute) == 0 {
                time.minute += 1
            } else {
                return Timestamp(time, offset: offsetSeconds)
            }
        }
        return nil
    }

    /// Where both days are restricted, either is enough, as cron has it.
    private func matches(day: UInt64, weekday: UInt64, _ time: CalendarTime) -> Bool {
        let isDay = day & 1 << UInt64(time.day) != 0
        let isWeekday = weekday & 1 << UInt64(time.weekday) != 0
        if day & Self.anyBit != 0 || weekday & Self.anyBit != 0 { return isDay && isWeekday }
        return isDay || isWeekday
    }
}

/// One of the five fields.
private struct CronField {
    let range: ClosedRange<Int>
    let names: [String]

    static let minute = CronField(range: 0...59, names: [])
    static let hour = CronField(range: 0...23, names: [])
    static let day = CronField(range: 1...31, names: [])
    static let month = CronField(
        range: 1...12,
        names: [
            "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
        ])
    static let weekday = CronField(
        range: 0...6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"])

    /// The numbers that a list such as `1-5,*/15` means, as bits.
    func bits(_ text: String) throws(CronError) -> UInt64 {
        var bits: UInt64 = 0
        for part in text.split(separator: ",") { bits |= try self.part(String(part)) }
        return bits
    }

    private func part(_ text: String) throws(CronError) -> UInt64 {
        let steps = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard steps.count <= 2 else { throw CronError("too many slashes: \(text)") }
        let ends = steps[0].split(separator: "-", omittingEmptySubsequences: false)
            .map(String.init)
        var low: Int
        var high: Int
        var extra: UInt64 = 0
        if steps[0] == "*" || steps[0] == "?" {
            (low, high) = (range.lowerBound, range.upperBound)
            extra = steps.count == 1 || steps[1] == "1" ? 1 << 63 : 0
        } else {
            guard ends.count <= 2 else { throw CronError("too many hyphens: \(text)") }
            low = try number(ends[0])
            high = ends.count == 2 ? try number(ends[1]) : low
        }
        var step = 1
        if steps.count == 2 {
            step = try number(steps[1])
            // `5/15` runs from 5 to the end.
            if ends.count == 1, steps[0] != "*", steps[0] != "?" { high = range.upperBound }
        }
        guard low >= range.lowerBound else {
            throw CronError(
                "beginning of range (\(low)) below minimum (\(range.lowerBound)): \(text)")
        }
        guard high <= range.upperBound else {
            throw CronError("end of range (\(high)) above maximum (\(range.upperBound)): \(text)")
        }
        guard low <= high else {
            throw CronError("beginning of range (\(low)) beyond end of range (\(high)): \(text)")
        }
        guard step > 0 else {
            throw CronError("step of range should be a positive number: \(text)")
        }
        for value in stride(from: low, through: high, by: step) { extra |= 1 << UInt64(value) }
        return extra
    }

    private func number(_ text: String) throws(CronError) -> Int {
        if let index = names.firstIndex(of: text.lowercased()), !text.isEmpty { return index }
        guard let number = Int(text) else {
            throw CronError(
                "failed to parse int from \(text): strconv.Atoi: parsing \"\(text)\": "
                    + "invalid syntax")
        }
        guard number >= 0 else {
            throw CronError("negative number (\(number)) not allowed: \(text)")
        }
        return number
    }
}
