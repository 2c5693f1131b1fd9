import Value

/// How far a zone is ahead of UTC, with a change of the clock twice a year or none, as POSIX writes it
/// in the variable TZ.
///
/// `CET-1CEST,M3.5.0,M10.5.0/3`: an hour ahead of UTC, two from the last Sunday of March at two o'clock
/// to the last Sunday of October at three; signs count westward.
package struct YearlyRule: Hashable, Sendable {
    /// A weekday of a month, and a time by the clock that is in force until then.
    struct Day: Hashable, Sendable {
        let month: Int
        /// 1 to 4; 5 is the month's last.
        let week: Int
        /// 0 is Sunday.
        let weekday: Int
        /// Seconds after midnight; negative, or more than a day, for another day than that one.
        let seconds: Int

        /// The instant in a year, by a clock that is `offset` seconds ahead of UTC.
        func instant(in year: Int, offset: Int) -> Timestamp {
            let first = CalendarTime(year: year, month: month, day: 1).weekday
            var day = 1 + (weekday - first + 7) % 7 + (week - 1) * 7
            let length = CalendarTime.days(in: month, of: year)
            while day > length { day -= 7 }
            let midnight = CalendarTime(year: year, month: month, day: day)
            return Timestamp(midnight, offset: offset) + .seconds(Int64(seconds))
        }
    }

    /// The other half of the year.
    private struct Summer: Hashable, Sendable {
        let offset: Int
        let begin: Day
        let end: Day
    }

    /// Seconds ahead of UTC.
    private let standard: Int
    private let summer: Summer?

    static let utc = YearlyRule(standard: 0)

    init(standard: Int) {
        self.standard = standard
        summer = nil
    }

    /// Reads the POSIX form; nil for another one.
    package init?(_ text: String) {
        var scanner = Scanner(text)
        guard scanner.name(), let standard = scanner.time() else { return nil }
        self.standard = -standard
        guard !scanner.isAtEnd else {
            summer = nil
            return
        }
        guard scanner.name() else { return nil }
        let offset = scanner.peek == "," ? self.standard + 3_600 : scanner.time().map { -$0 }
        guard let offset, let begin = scanner.day(), let end = scanner.day(), scanner.isAtEnd else {
            return nil
        }
        summer = Summer(offset: offset, begin: begin, end: end)
    }

    /// How many seconds local time is ahead of UTC at `instant`.
    package func offset(at instant: Timestamp) -> Int {
        changes(around: instant).last { $0.instant <= instant }?.offset ?? standard
    }

    /// The next instant after `instant` at which the offset changes; nil when it never does.
    func nextChange(after instant: Timestamp) -> Timestamp? {
        changes(around: instant).first { $0.instant > instant }?.instant
    }

    /// The changes of the year before, this and the next year, in order.
    private func changes(around instant: Timestamp) -> [(instant: Timestamp, offset: Int)] {
        guard let summer else { return [] }
        let year = instant.calendar.year
        return (year - 1...year + 1).flatMap { year in
            [
                (summer.begin.instant(in: year, offset: standard), summer.offset),
                (summer.end.instant(in: year, offset: summer.offset), standard),
            ]
        }.sorted { $0.0 < $1.0 }.map { (instant: $0.0, offset: $0.1) }
    }

    /// Reads the pieces of the POSIX form.
    private struct Scanner {
        private var rest: Substring

        init(_ text: String) { rest = text[...] }

        var isAtEnd: Bool { rest.isEmpty }
        var peek: Character? { rest.first }

        /// `CET`, `<+03>`; what it is does not matter.
        mutating func name() -> Bool {
            let before = rest.count
            if rest.first == "<" {
                guard let end = rest.firstIndex(of: ">") else { return false }
                rest = rest[rest.index(after: end)...]
            } else {
                rest = rest.drop(while: \.isLetter)
            }
            return rest.count < before
        }

        /// `-1`, `5:30`, `26`: seconds.
        mutating func time() -> Int? {
            var sign = 1
            if rest.first == "-" || rest.first == "+" {
                sign = rest.first == "-" ? -1 : 1
                rest.removeFirst()
            }
            guard var total = number().map({ $0 * 3_600 }) else { return nil }
            for unit in [60, 1] where rest.first == ":" {
                rest.removeFirst()
                guard let part = number() else { return nil }
                total += part * unit
            }
            return sign * total
        }

        /// `,M10.5.0/3`; two o'clock where no time is given.
        mutating func day() -> Day? {
            guard rest.hasPrefix(",M") else { return nil }
            rest.removeFirst(2)
            guard let month = number(), skip("."), let week = number(), skip("."),
                let weekday = number(), (1...12).contains(month), (1...5).contains(week)
            else { return nil }
            let seconds = skip("/") ? time() : 7_200
            return seconds.map { Day(month: month, week: week, weekday: weekday, seconds: $0) }
        }

        private mutating func skip(_ character: Character) -> Bool {
            guard rest.first == character else { return false }
            rest.removeFirst()
            return true
        }

        private mutating func number() -> Int? {
            let digits = rest.prefix(while: \.isNumber)
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }
    }
}
