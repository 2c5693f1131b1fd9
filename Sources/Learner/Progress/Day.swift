import Value

/// A day of the learner's calendar. Which one is today, only the program's edge knows.
package struct Day: Hashable, Comparable, Sendable {
    /// Since 1970-01-01.
    package let number: Int

    package init(number: Int) { self.number = number }

    /// A day as `2026-05-17`; nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 10, let instant = Timestamp(parsing: "\(text)T00:00:00Z") else {
            return nil
        }
        number = Int(instant.seconds / 86_400)
    }

    /// As `2026-05-17`.
    package var text: String {
        String(Timestamp(milliseconds: Int64(number) * 86_400_000).text.prefix(10))
    }

    package static func < (left: Day, right: Day) -> Bool { left.number < right.number }

    package static func + (day: Day, days: Int) -> Day { Day(number: day.number + days) }

    package static func - (left: Day, right: Day) -> Int { left.number - right.number }
}
