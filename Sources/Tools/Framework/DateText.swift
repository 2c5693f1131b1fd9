import Value

/// Times as people describe them to `date -d`: `2025-01-01 10:00`, `@1735689600`, `1 hour ago`,
/// `tomorrow`, `2025-01-31 + 1 month`, `last friday`, `Jan 1 2025`.
struct DateText {
    private enum Token: Equatable {
        case number(String)
        case word(String)
        case sign(Character)
    }

    private var tokens: [Token] = []
    private var place = 0
    private let now: Timestamp
    private var date: CalendarTime?
    private var time: (hour: Int, minute: Int, second: Int, millisecond: Int64)?
    private var offset = 0
    private var hasZone = false
    private var instant: Timestamp?
    private var months = 0
    private var milliseconds: Int64 = 0
    /// A weekday and how many of them to go on.
    private var weekday: (day: Int, steps: Int)?

    /// The instant that a text describes; nil where it describes none.
    static func instant(_ text: String, now: Timestamp) -> Timestamp? {
        guard text.utf8.count <= 200, var reader = DateText(text, now) else { return nil }
        return reader.read()
    }

    private init?(_ text: String, _ now: Timestamp) {
        self.now = now
        var rest = text.lowercased()[...]
        while let next = rest.first {
            if next.isASCII, next.isNumber {
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                tokens.append(.number(String(digits)))
                rest = rest.dropFirst(digits.count)
            } else if next.isASCII, next.isLetter {
                let letters = rest.prefix { $0.isASCII && $0.isLetter }
                tokens.append(.word(String(letters)))
                rest = rest.dropFirst(letters.count)
            } else if next == " " || next == "\t" || next == "," {
                // A blank parts a sign from the zone or the number before it.
                if tokens.last != .sign(" ") { tokens.append(.sign(" ")) }
                rest.removeFirst()
            } else if "+-:/.@".contains(next) {
                tokens.append(.sign(next))
                rest.removeFirst()
            } else {
                return nil
            }
        }
    }

    // MARK: Tokens

    private func token(_ offset: Int = 0) -> Token? {
        place + offset < tokens.count ? tokens[place + offset] : nil
    }

    private mutating func take(_ sign: Character) -> Bool {
        guard token() == .sign(sign) else { return false }
        place += 1
        return true
    }

    private mutating func takeNumber() -> Int? {
        guard case .number(let digits) = token(), let number = Int(digits), number < 1 << 40 else {
            return nil
        }
        place += 1
        return number
    }

    private mutating func skipBlanks() { while token() == .sign(" ") { place += 1 } }

    // MARK: Reading

    private mutating func read() -> Timestamp? {
        while true {
            skipBlanks()
            guard token() != nil else { return result }
            guard
                readEpoch() || readDate() || readTime() || readZone() || readRelative()
                    || readWord()
            else { return nil }
        }
    }

    private var result: Timestamp? {
        if let instant { return instant + Duration(milliseconds: milliseconds) }
        var day = date ?? now.calendar
        if date != nil || time != nil || weekday != nil {
            (day.hour, day.minute, day.second) = (
                time?.hour ?? 0, time?.minute ?? 0, time?.second ?? 0
            )
        }
        let month = day.year * 12 + day.month - 1 + months
        guard month > 0, month < 12 * 10_000 else { return nil }
        (day.year, day.month) = (month / 12, month % 12 + 1)
        var moment = Timestamp(day, offset: offset) + Duration(milliseconds: time?.millisecond ?? 0)
        if date == nil, time == nil, weekday == nil {
            moment = moment + Duration(milliseconds: now.millisecond)
        }
        // A date says the day already.
        if let weekday, date == nil {
            let ahead = (weekday.day - moment.calendar.weekday + 7) % 7
            var days = Int64(ahead)
            if weekday.steps > 0 { days += Int64(7 * (weekday.steps - (ahead == 0 ? 0 : 1))) }
            if weekday.steps < 0 { days += Int64(7 * weekday.steps) }
            moment = moment + Duration(milliseconds: days * 86_400_000)
        }
        return moment + Duration(milliseconds: milliseconds)
    }

    /// Where the years are as many as 64 bits hold.
    private static let lastSecond: Int64 = 1 << 50

    /// `@SECONDS`
    private mutating func readEpoch() -> Bool {
        guard take("@"), instant == nil else { return false }
        let isNegative = take("-")
        guard let seconds = takeNumber() else { return false }
        guard Int64(seconds) <= Self.lastSecond else { return false }
        var milliseconds = Int64(seconds) * 1000
        if take(".") {
            guard case .number(let digits) = token() else { return false }
            place += 1
            milliseconds += Int64((digits + "000").prefix(3)) ?? 0
        }
        instant = Timestamp(milliseconds: isNegative ? -milliseconds : milliseconds)
        return true
    }

    /// `2025-01-31`, `20250131`, `01/31/2025`, `31 jan 2025`, `jan 31 2025`.
    private mutating func readDate() -> Bool {
        let start = place
        guard date == nil else { return false }
        if case .number(let digits) = token() {
            if digits.utf8.count == 8, token(1) != .sign(":"), let number = takeNumber() {
                return set(number / 10_000, number / 100 % 100, number % 100)
            }
            if let first = takeNumber() {
                if digits.utf8.count == 4, take("-"), let month = takeNumber(), take("-"),
                    let day = takeNumber()
                {
                    return set(first, month, day)
                }
                if take("/"), let day = takeNumber() {
                    let year = take("/") ? takeNumber() : now.calendar.year
                    if let year { return set(year, first, day) }
                }
                _ = take("-") || take(" ")
                if let month = takeMonth() {
                    _ = take("-") || take(" ")
                    return set(takeYear() ?? now.calendar.year, month, first)
                }
            }
            place = start
            return false
        }
        if let month = takeMonth() {
            skipBlanks()
            if let day = takeNumber() {
                skipBlanks()
                return set(takeYear() ?? now.calendar.year, month, day)
            }
        }
        place = start
        return false
    }

    /// A year of four digits that begins no time of day.
    private mutating func takeYear() -> Int? {
        guard case .number(let digits) = token(), digits.utf8.count == 4, token(1) != .sign(":")
        else { return nil }
        return takeNumber()
    }

    private mutating func takeMonth() -> Int? {
        guard case .word(let word) = token(), let month = Self.months.place(of: word) else {
            return nil
        }
        place += 1
        return month + 1
    }

    private mutating func set(_ year: Int, _ month: Int, _ day: Int) -> Bool {
        guard (1...12).contains(month), year < 10_000, day >= 1,
            day <= CalendarTime.days(in: month, of: year)
        else { return false }
        date = CalendarTime(year: year, month: month, day: day)
        // The `T` of ISO 8601 begins a time.
        if token() == .word("t"), case .number = token(1) { place += 1 }
        return true
    }

    /// `10:00`, `10:00:05.25`, `3pm`, `10:30 am`.
    private mutating func readTime() -> Bool {
        let start = place
        guard time == nil, var hour = takeNumber() else { return false }
        var (minute, second) = (0, 0)
        var millisecond: Int64 = 0
        var isTime = false
        if take(":") {
            guard let number = takeNumber() else { return false }
            isTime = true
            minute = number
            if take(":") {
                guard let number = takeNumber() else { return false }
                second = number
                if take("."), case .number(let digits) = token() {
                    place += 1
                    millisecond = Int64((digits + "000").prefix(3)) ?? 0
                }
            }
        }
        let mark = place
        skipBlanks()
        if case .word(let word) = token(), word == "am" || word == "pm", (1...12).contains(hour) {
            hour = hour % 12 + (word == "pm" ? 12 : 0)
            isTime = true
            place += 1
        } else {
            place = mark
        }
        guard isTime, hour < 24, minute < 60, second < 61 else {
            place = start
            return false
        }
        time = (hour, minute, second, millisecond)
        return true
    }

    /// `Z`, `UTC`, `+0100`, `+01:00` behind a time.
    private mutating func readZone() -> Bool {
        if case .word(let word) = token(), ["z", "utc", "gmt", "ut"].contains(word) {
            place += 1
            hasZone = true
            return true
        }
        guard time != nil, !hasZone, case .sign(let sign) = token(), sign == "+" || sign == "-",
            case .number(let digits) = token(1), digits.utf8.count <= 4, let number = Int(digits)
        else { return false }
        hasZone = true
        // One or two digits are hours, so `10:00 +2 hours` is in a zone and one hour on: GNU reads it so.
        var (hours, minutes) = digits.utf8.count > 2 ? (number / 100, number % 100) : (number, 0)
        var length = 2
        if digits.utf8.count <= 2, token(2) == .sign(":"), case .number(let more) = token(3) {
            minutes = Int(more) ?? 60
            length = 4
        }
        guard hours < 25, minutes < 60 else { return false }
        hours *= sign == "-" ? -1 : 1
        minutes *= sign == "-" ? -1 : 1
        offset = hours * 3600 + minutes * 60
        place += length
        return true
    }

    /// `3 days`, `+ 1 hour ago`, `next month`, `last friday`, `hour`.
    private mutating func readRelative() -> Bool {
        let start = place
        var amount = 1
        var isSigned = false
        while case .sign(let sign) = token(), "+-".contains(sign) {
            if sign == "-" { amount = -amount }
            isSigned = true
            place += 1
            skipBlanks()
        }
        if let number = takeNumber() {
            amount *= number
            skipBlanks()
        } else if isSigned {
            place = start
            return false
        } else if case .word(let word) = token(), let steps = Self.steps[word] {
            amount = steps
            place += 1
            skipBlanks()
        }
        guard case .word(let word) = token() else {
            place = start
            return false
        }
        if let day = Self.weekdays.place(of: word) {
            guard weekday == nil else { return false }
            place += 1
            weekday = (day, place - start == 1 ? 0 : amount)
            return true
        }
        guard
            let unit = Self.units[
                word.hasSuffix("s") && word.count > 1 ? String(word.dropLast()) : word]
        else {
            place = start
            return false
        }
        place += 1
        let mark = place
        skipBlanks()
        if token() == .word("ago") {
            place += 1
            amount = -amount
        } else {
            place = mark
        }
        if unit.months > 0 {
            guard abs(amount) < 100_000 else { return false }
            months += amount * unit.months
        } else {
            let (length, overflows) = Int64(amount).multipliedReportingOverflow(
                by: unit.milliseconds)
            if overflows { return false }
            milliseconds = milliseconds.addingReportingOverflow(length).partialValue
        }
        return true
    }

    private mutating func readWord() -> Bool {
        guard case .word(let word) = token() else { return false }
        place += 1
        switch word {
        case "now", "today": return true
        case "yesterday": milliseconds -= 86_400_000
        case "tomorrow": milliseconds += 86_400_000
        case "midnight", "noon":
            guard time == nil else { return false }
            time = (word == "noon" ? 12 : 0, 0, 0, 0)
        default: return false
        }
        return true
    }

    // MARK: Words

    private static let steps = ["next": 1, "last": -1, "this": 0, "a": 1]
    private static let weekdays = [
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    ]
    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october", "november", "december",
    ]
    private static let units: [String: (months: Int, milliseconds: Int64)] = [
        "year": (12, 0), "month": (1, 0), "fortnight": (0, 14 * 86_400_000),
        "week": (0, 7 * 86_400_000), "day": (0, 86_400_000), "hour": (0, 3_600_000),
        "minute": (0, 60_000), "min": (0, 60_000), "second": (0, 1000), "sec": (0, 1000),
    ]
}

extension [String] {
    /// The place of a name or of its first three or more letters.
    fileprivate func place(of word: String) -> Int? {
        guard word.utf8.count >= 3 else { return nil }
        return firstIndex { $0.hasPrefix(word) }
    }
}
