import API
import Cluster
import Model
import Support
import Value

/// A CronJob: when it ran, when it runs next, and why not.
enum CronJobExplainer: Explainer {
    static let kinds = [Kind.cronJob]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = CronJobView(object.value)
        let name = inquiry.name(object)
        let last = view.lastScheduleTime.flatMap { Timestamp(parsing: $0)?.worldTime }
        if view.isSuspended {
            return Finding(
                name, "is suspended", "it starts no Jobs while it is" + ran(last, inquiry),
                since: WrittenCause(inquiry).lastChange(of: object) { $0[.spec][.suspend] }?.time,
                hints: [
                    patch(object, "{\"spec\":{\"suspend\":false}}", "lets it run", inquiry)
                ])
        }
        let events = inquiry.cluster.events(about: object)
        for (reason, words) in [
            ("UnparseableSchedule", "its schedule cannot be read"),
            ("UnknownTimeZone", "its time zone is not known"),
            ("InvalidSchedule", "its schedule cannot be kept"),
        ] {
            guard let event = events.last(where: { $0.reason == reason }) else { continue }
            return Finding(
                name, "starts no Jobs", "\(words): \(event.message)", since: event.first)
        }
        let active = view.active.compactMap {
            inquiry.get(.job, $0.text(.name), in: object.namespace)
        }
        if view.concurrencyPolicy == "Forbid", let job = active.first {
            return forbidden(object, job, events, inquiry)
        }
        if let late = missed(object, view, last, inquiry) { return late }
        if let failure = events.last(where: { $0.reason == "FailedCreate" }) {
            return Finding(
                name, "could not start a Job", failure.message, since: failure.first)
        }
        var finding = Finding(
            name, last == nil ? "has not run yet" : "runs by its schedule \(view.schedule)",
            next(view, inquiry) + ran(last, inquiry), state: .fine)
        finding.because = active.map { inquiry.explain($0) }
        return finding
    }

    private static func patch(
        _ object: StoredObject, _ text: String, _ words: String, _ inquiry: Inquiry
    ) -> Finding.Hint {
        Finding.Hint(
            inquiry.command("patch cronjob \(object.name) -p '\(text)'", in: object.namespace),
            words)
    }

    private static func ran(_ last: Milliseconds?, _ inquiry: Inquiry) -> String {
        last.map { "; it ran last \(inquiry.age($0)) ago" } ?? ""
    }

    private static func next(_ view: CronJobView, _ inquiry: Inquiry) -> String {
        guard let zone = view.timeZone.map({ ZoneRules(name: $0) }) ?? .utc,
            let schedule = try? CronSchedule(parsing: view.schedule),
            let next = schedule.next(after: Timestamp(worldTime: inquiry.now), in: zone)
        else { return "" }
        return "it runs next in \(Inquiry.text(next.worldTime - inquiry.now))"
    }

    /// A run is left out while an earlier one goes on.
    private static func forbidden(
        _ object: StoredObject, _ job: StoredObject, _ events: [EventNote], _ inquiry: Inquiry
    ) -> Finding {
        let skipped = events.last { $0.reason == "JobAlreadyActive" }
        return Finding(
            inquiry.name(object), "starts no further Job",
            "concurrencyPolicy Forbid: \(inquiry.name(job)) still runs"
                + (skipped.map { " (\($0.count) runs were left out)" } ?? ""),
            since: skipped?.first ?? inquiry.created(job),
            state: skipped == nil ? .fine : .stuck, because: [inquiry.explain(job)],
            hints: [
                patch(
                    object, "{\"spec\":{\"concurrencyPolicy\":\"Replace\"}}",
                    "ends the earlier run instead", inquiry)
            ])
    }

    /// A run whose time came while something kept it from starting, and which is too late by now.
    private static func missed(
        _ object: StoredObject, _ view: CronJobView, _ last: Milliseconds?, _ inquiry: Inquiry
    ) -> Finding? {
        guard let deadline = view.startingDeadlineSeconds,
            let zone = view.timeZone.map({ ZoneRules(name: $0) }) ?? .utc,
            let schedule = try? CronSchedule(parsing: view.schedule)
        else { return nil }
        // The last one that is due by now; a schedule of seconds is not followed without end.
        var due = last ?? inquiry.created(object) ?? inquiry.now
        var found: Milliseconds?
        for _ in 0..<mostRuns {
            guard let next = schedule.next(after: Timestamp(worldTime: due), in: zone)?.worldTime,
                next <= inquiry.now
            else { break }
            found = next
            due = next
        }
        guard let found, found + Milliseconds(seconds: deadline) < inquiry.now else { return nil }
        return Finding(
            inquiry.name(object), "missed a run",
            "it was due at \(Inquiry.instant(found)), and may start at most \(deadline)s late "
                + "(startingDeadlineSeconds)" + ran(last, inquiry), since: found, state: .waiting,
            because: [Finding(remark: next(view, inquiry), state: .waiting)])
    }

    /// Times of a schedule that are looked through.
    private static let mostRuns = 1_000
}
