import Value

/// Instants by a format of `date`. The zone is UTC, as it is for all of a simulated world.
enum DateFormat {
    private static let weekdays = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// `%a %b %e …` with each conversion replaced; an unknown one stays as it is.
    static func text(_ instant: Timestamp, _ format: String) -> String {
        var result = ""
        var rest = format[...]
        while let next = rest.popFirst() {
            guard next == "%" else {
                result.append(next)
                continue
            }
            var directive = Directive()
            let start = rest
            directive.read(&rest)
            guard let kind = rest.popFirst(), let part = part(instant, kind, &rest, directive)
            else {
                result += "%" + start[..<rest.startIndex]
                continue
            }
            result += directive.applied(to: part)
        }
        return result
    }

    /// The flags and the width between `%` and the letter.
    fileprivate struct Directive {
        var padding: Character?
        var isUpper = false
        var swapsCase = false
        var width: Int?
        var colons = 0

        mutating func read(_ rest: inout Substring) {
            while let next = rest.first, "-_0^#".contains(next) {
                switch next {
                case "^": isUpper = true
                case "#": swapsCase = true
                default: padding = next
                }
                rest.removeFirst()
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            width = digits.isEmpty ? nil : min(1000, Int(digits) ?? 1000)
            rest = rest.dropFirst(digits.count)
            while rest.first == ":", colons < 3 {
                colons += 1
                rest.removeFirst()
            }
        }

        func applied(to part: Part) -> String {
            var text = part.text
            if isUpper { text = text.uppercased() }
            if swapsCase { text = part.isLowerWhenSwapped ? text.lowercased() : text.uppercased() }
            if padding == "-" { return text }
            let fill: Character = padding == "_" ? " " : padding == "0" ? "0" : part.fill
            let room = (width ?? part.width) - text.utf8.count
            guard room > 0 else { return text }
            return String(repeating: fill, count: room) + text
        }
    }

    fileprivate struct Part {
        var text: String
        var width = 0
        var fill: Character = " "
        var isLowerWhenSwapped = false
    }

    private static func number(_ value: Int, _ width: Int, _ fill: Character = "0") -> Part {
        Part(text: String(value), width: width, fill: fill)
    }

    private static func part(
        _ instant: Timestamp, _ kind: Character, _ rest: inout Substring, _ directive: Directive
    ) -> Part? {
        let time = instant.calendar
        if directive.colons > 0, kind != "z" { return nil }
        switch kind {
        case "a": return Part(text: String(weekdays[time.weekday].prefix(3)))
        case "A": return Part(text: weekdays[time.weekday])
        case "b", "h": return Part(text: String(months[time.month - 1].prefix(3)))
        case "B": return Part(text: months[time.month - 1])
        case "C": return number(time.year / 100, 2)
        case "d": return number(time.day, 2)
        case "e": return number(time.day, 2, " ")
        case "g": return number(week(of: time).year % 100, 2)
        case "G": return number(week(of: time).year, 4)
        case "H": return number(time.hour, 2)
        case "I": return number((time.hour + 11) % 12 + 1, 2)
        case "j": return number(dayOfYear(time) + 1, 3)
        case "k": return number(time.hour, 2, " ")
        case "l": return number((time.hour + 11) % 12 + 1, 2, " ")
        case "m": return number(time.month, 2)
        case "M": return number(time.minute, 2)
        case "n": return Part(text: "\n")
        case "N": return nanoseconds(instant, directive)
        case "p":
            return Part(text: time.hour < 12 ? "AM" : "PM", isLowerWhenSwapped: true)
        case "P": return Part(text: time.hour < 12 ? "am" : "pm")
        case "q": return number((time.month + 2) / 3, 1)
        case "s": return number(Int(instant.seconds), 1)
        case "S": return number(time.second, 2)
        case "t": return Part(text: "\t")
        case "u": return number(time.weekday == 0 ? 7 : time.weekday, 1)
        case "U": return number((dayOfYear(time) + 7 - time.weekday) / 7, 2)
        case "V": return number(week(of: time).week, 2)
        case "w": return number(time.weekday, 1)
        case "W": return number((dayOfYear(time) + 7 - (time.weekday + 6) % 7) / 7, 2)
        case "y": return number(time.year % 100, 2)
        case "Y": return number(time.year, 4)
        case "z": return Part(text: ["+0000", "+00:00", "+00:00:00", "+00"][directive.colons])
        case "Z": return Part(text: "UTC", isLowerWhenSwapped: true)
        case "%": return Part(text: "%")
        default: return composite(kind).map { Part(text: text(instant, $0)) }
        }
    }

    private static func composite(_ kind: Character) -> String? {
        switch kind {
        case "c": "%a %b %e %H:%M:%S %Y"
        case "D", "x": "%m/%d/%y"
        case "F": "%Y-%m-%d"
        case "r": "%I:%M:%S %p"
        case "R": "%H:%M"
        case "T", "X": "%H:%M:%S"
        default: nil
        }
    }

    /// Nine digits; a width keeps the first of them.
    private static func nanoseconds(_ instant: Timestamp, _ directive: Directive) -> Part {
        let text = String(instant.millisecond)
        let digits = String(repeating: "0", count: 3 - text.utf8.count) + text + "000000"
        return Part(text: String(digits.prefix(directive.width ?? 9)), fill: "0")
    }

    /// Counted from 0.
    private static func dayOfYear(_ time: CalendarTime) -> Int {
        (1..<time.month).reduce(time.day - 1) { $0 + CalendarTime.days(in: $1, of: time.year) }
    }

    /// The week by ISO 8601: weeks begin on Monday, and the first one holds the year's first
    /// Thursday.
    private static func week(of time: CalendarTime) -> (year: Int, week: Int) {
        let weekday = (time.weekday + 6) % 7
        let week = (dayOfYear(time) - weekday + 10) / 7
        if week < 1 { return (time.year - 1, weeks(in: time.year - 1)) }
        if week > weeks(in: time.year) { return (time.year + 1, 1) }
        return (time.year, week)
    }

    private static func weeks(in year: Int) -> Int {
        let first = CalendarTime(year: year, month: 1, day: 1).weekday
        return first == 4 || first == 3 && CalendarTime.isLeap(year) ? 53 : 52
    }
}
