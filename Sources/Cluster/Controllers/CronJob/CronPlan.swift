import Model
import Value

/// What a CronJob's schedule says at an instant: the latest time that is due, and how many were missed.
///
/// Origin: mostRecentScheduleTime and nextScheduleTimeDuration in pkg/controller/cronjob/utils.go. Times
/// before the last one that was handled, before the CronJob was made, or older than the starting
/// deadline do not count.
struct CronPlan {
    enum Missed {
        case none
        case few
        case many
    }

    /// The last time that was handled, or the creation, or the starting deadline.
    private(set) var earliest: Timestamp
    /// The latest time up to now that was not handled yet; nil without one.
    private(set) var due: Timestamp?
    private(set) var missed = Missed.none
    /// Whether the schedule names times that never come (`0 0 31 2 *`).
    private(set) var isInvalid = false

    private let schedule: CronSchedule
    private let zone: ZoneRules
    private let now: Timestamp

    /// - Parameter countsDeadline: whether times older than `startingDeadlineSeconds` are left out.
    init(
        _ cronJob: CronJobView, _ schedule: CronSchedule, _ zone: ZoneRules, now: Timestamp,
        countsDeadline: Bool = true
    ) {
        self.schedule = schedule
        self.zone = zone
        self.now = now
        earliest =
            cronJob.lastScheduleTime.flatMap { Timestamp(parsing: $0) }
            ?? cronJob.metadata.creationTimestamp.flatMap { Timestamp(parsing: $0) } ?? now
        if countsDeadline, let seconds = cronJob.startingDeadlineSeconds {
            earliest = max(earliest, now - .seconds(Int64(seconds)))
        }
        guard let first = schedule.next(after: earliest, in: zone) else {
            isInvalid = true
            return
        }
        if now < first { return }
        guard let second = schedule.next(after: first, in: zone) else {
            isInvalid = true
            return
        }
        if now < second {
            due = first
            return
        }
        catchUp(first, second)
    }

    /// More than one time was missed. How many is estimated from the first two; the latest is looked
    /// for from two such intervals before now on, so that a schedule with long gaps may find none:
    /// `30 6-16/4 * * 1-5`, missed since Friday morning, has no due time on Sunday.
    private mutating func catchUp(_ first: Timestamp, _ second: Timestamp) {
        let interval = (second.milliseconds - first.milliseconds + 500) / 1_000
        guard interval >= 1 else {
            isInvalid = true
            return
        }
        let count = (now.milliseconds - first.milliseconds) / 1_000 / interval + 1
        missed = count > 100 ? .many : .few
        let start = first.milliseconds + (count - 2) * interval * 1_000
        var time = schedule.next(after: Timestamp(milliseconds: start), in: zone)
        while let found = time, found <= now {
            due = found
            time = schedule.next(after: found, in: zone)
        }
    }

    /// The time after the latest that is due: when to look again.
    var next: Timestamp? {
        let from =
            if isInvalid { now } else { due ?? (missed == .none ? earliest : now) }
        return schedule.next(after: from, in: zone)
    }
}

extension Timestamp {
    /// RFC 3339 with the zone's offset: `2025-01-01T08:00:00+08:00`, `Z` for UTC.
    func text(offset: Int) -> String {
        guard offset != 0 else { return text }
        let local = Timestamp(milliseconds: milliseconds + Int64(offset) * 1_000).text.dropLast()
        let minutes = abs(offset) / 60
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(local)\(offset < 0 ? "-" : "+")\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}
