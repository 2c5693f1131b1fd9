import Model
import Value

/// What a CronJob's schedule says now: the latest time that is due, and the next one.
///
/// Origin: mostRecentScheduleTime. Times before the last one that was handled, before the CronJob was
/// made, or older than the starting deadline do not count.
struct CronPlan {
    /// From this many missed times on something is wrong.
    private static let tooMany = 80

    /// The latest time up to now that was not handled yet; nil without one.
    private(set) var due: Timestamp?
    /// The first time after now.
    private(set) var next: Timestamp?
    /// Whether so many times were missed that users are told.
    private(set) var isTooMany = false

    init(_ cronJob: CronJobView, _ schedule: CronSchedule, _ zone: ZoneRules, now: Timestamp) {
        var earliest =
            cronJob.lastScheduleTime.flatMap { Timestamp(parsing: $0) }
            ?? cronJob.metadata.creationTimestamp.flatMap { Timestamp(parsing: $0) } ?? now
        if let seconds = cronJob.startingDeadlineSeconds {
            earliest = max(earliest, now - .seconds(Int64(seconds)))
        }
        guard let first = schedule.next(after: earliest, in: zone) else { return }
        guard first <= now else {
            next = first
            return
        }
        due = first
        next = schedule.next(after: first, in: zone)
        guard let second = next, second <= now else { return }
        let interval = max(second.milliseconds - first.milliseconds, 1_000)
        isTooMany = (now.milliseconds - first.milliseconds) / interval + 1 > Self.tooMany
        // Look back from now in growing steps rather than walk through years of missed times.
        var window = interval
        while true {
            let start = max(now.milliseconds - window, second.milliseconds - 1)
            var time = schedule.next(after: Timestamp(milliseconds: start), in: zone)
            if let found = time, found <= now {
                while let found = time, found <= now {
                    due = found
                    time = schedule.next(after: found, in: zone)
                }
                next = time
                return
            }
            window *= 2
        }
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
