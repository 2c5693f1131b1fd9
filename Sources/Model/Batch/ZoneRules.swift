import Value

/// A time zone: how far it is ahead of UTC, and when that changes.
///
/// ``table`` has every zone of the IANA time zone database as it is from 2025 on, when the clock of a
/// world starts; for instants before, the rules of 2025 are taken back.
package struct ZoneRules: Hashable, Sendable {
    /// An instant from which on local time is that many seconds ahead of UTC.
    private struct Change: Hashable, Sendable {
        let instant: Timestamp
        let offset: Int
    }

    /// What holds after ``changes``.
    private let rule: YearlyRule
    /// Changes that follow no yearly rule, in order: Morocco's Ramadan.
    private let changes: [Change]

    package static let utc = ZoneRules(rule: YearlyRule(standard: 0), changes: [])

    private init(rule: YearlyRule, changes: [Change]) {
        self.rule = rule
        self.changes = changes
    }

    /// The zone of that name ("Europe/Berlin"); nil for one that is not known.
    package init?(name: String) {
        guard let zone = Self.zones[name] else { return nil }
        self = zone
    }

    /// How many seconds local time is ahead of UTC at `instant`.
    package func offset(at instant: Timestamp) -> Int {
        if let last = changes.last, instant < last.instant {
            let change = changes.last { $0.instant <= instant } ?? changes[0]
            return change.offset
        }
        return rule.offset(at: instant)
    }

    /// The next instant after `instant` at which the offset changes; nil when it never does.
    package func nextChange(after instant: Timestamp) -> Timestamp? {
        if let next = changes.first(where: { $0.instant > instant }) { return next.instant }
        return rule.nextChange(after: instant)
    }

    // MARK: The table

    /// ``table``, read. A line with `=` begins a group with its yearly rule; one with `+` holds its
    /// changes, seconds since 1970 and seconds ahead of UTC; the others hold the names.
    private static let zones: [String: ZoneRules] = {
        var zones: [String: ZoneRules] = [:]
        var zone = ZoneRules.utc
        for line in table.split(separator: "\n") {
            if line.hasPrefix("=") {
                zone = ZoneRules(rule: YearlyRule(String(line.dropFirst())) ?? .utc, changes: [])
            } else if line.hasPrefix("+") {
                let changes = line.dropFirst().split(separator: " ").compactMap(change)
                zone = ZoneRules(rule: zone.rule, changes: zone.changes + changes)
            } else {
                for name in line.split(separator: " ") { zones[String(name)] = zone }
            }
        }
        return zones
    }()

    private static func change(_ word: Substring) -> Change? {
        let parts = word.split(separator: "/")
        guard parts.count == 2, let seconds = Int64(parts[0]), let offset = Int(parts[1]) else {
            return nil
        }
        return Change(instant: Timestamp(milliseconds: seconds * 1_000), offset: offset)
    }
}

extension CronSchedule {
    /// The first instant of the schedule after `instant` by the clocks of `zone`. A time that summer
    /// time leaves out does not come; one that it repeats comes twice.
    package func next(after instant: Timestamp, in zone: ZoneRules) -> Timestamp? {
        var from = instant
        var regime = instant
        // Two changes a year, and five years until a schedule counts as empty.
        for _ in 0..<12 {
            let found = next(after: from, offsetSeconds: zone.offset(at: regime))
            guard let change = zone.nextChange(after: regime) else { return found }
            if let found, found < change { return found }
            regime = change
            from = Timestamp(milliseconds: change.milliseconds - 1)
        }
        return nil
    }
}
