import Value

/// The lines of `kubectl events`, which are not those of `kubectl get events`.
///
/// Source: kubectl's events command, event_printer.go.
package struct EventLines {
    private let showsNamespace: Bool
    private var writer = TabWriter(.table)

    /// - Parameter showsNamespace: a first column with the namespace (`-A`).
    package init(showsNamespace: Bool) { self.showsNamespace = showsNamespace }

    /// The header line and the events, aligned with what was printed before.
    package mutating func text(
        _ events: [Value], header: Bool, now: Timestamp
    ) -> String {
        if header {
            let first = showsNamespace ? "NAMESPACE\t" : ""
            writer.write(first + "LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE\n")
        }
        for event in events {
            let object = eventObject(event)
            let cells = [
                Self.interval(event, now: now), event[.type].cellText, event[.reason].cellText,
                "\(object[.kind].cellText)/\(object[.name].cellText)",
                trimmed(eventMessage(event)),
            ]
            let first = showsNamespace ? [event[.metadata][.namespace].cellText] : []
            writer.write((first + cells).joined(separator: "\t") + "\n")
        }
        return writer.flush()
    }

    /// `5s`, or `5s (x3 over 2m)` for an event that came again.
    private static func interval(_ event: Value, now: Timestamp) -> String {
        let series = event[.series]
        let first =
            event[.firstTimestamp].isNull ? event[.eventTime] : event[.firstTimestamp]
        if !series.isNull {
            return again(series[.lastObservedTime], series[.count].cellInt, first, now)
        }
        let count = event[.count].cellInt
        if count > 1 { return again(event[.lastTimestamp], count, first, now) }
        return ageText(first, now: now)
    }

    private static func again(
        _ last: Value, _ count: Int, _ first: Value, _ now: Timestamp
    ) -> String {
        "\(ageText(last, now: now)) (x\(count) over \(ageText(first, now: now)))"
    }
}
