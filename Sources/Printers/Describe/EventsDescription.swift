import Support
import Value

extension DescriptionWriter {
    /// The table of events at the end of a description, oldest first; a repeated event shows
    /// `5s (x3 over 2m)`. Source: kubectl, DescribeEvents and SortableEvents.
    mutating func events(_ events: [Value], now: Timestamp) {
        guard !events.isEmpty else { return line(0, "Events:\t<none>") }
        line(0, "Events:")
        line(1, "Type\tReason\tAge\tFrom\tMessage")
        line(1, "----\t------\t----\t----\t-------")
        for event in events.sortedByText({ $0[.lastTimestamp].cellText }) {
            let source = event[.source][.component]
                .cellText(or: event[.reportingComponent].cellText)
            line(
                1,
                "\(event[.type].cellText)\t\(event[.reason].cellText)\t"
                    + "\(interval(of: event, now: now))\t\(source)\t\(placed(event))")
        }
    }

    /// The message, after the part of the object that it is about.
    private func placed(_ event: Value) -> String {
        let place = event[.involvedObject][.fieldPath].cellText
        let message = trimmed(eventMessage(event))
        return place.isEmpty ? message : "\(place): \(message)"
    }

    private func interval(of event: Value, now: Timestamp) -> String {
        let isSingleton = !event[.eventTime].isNull
        let first = ageText(isSingleton ? event[.eventTime] : event[.firstTimestamp], now: now)
        let series = event[.series]
        if !series.isNull {
            let last = ageText(series[.lastObservedTime], now: now)
            return "\(last) (x\(series[.count].cellInt) over \(first))"
        }
        let count = event[.count].cellInt
        guard count > 1 else { return first }
        return "\(ageText(event[.lastTimestamp], now: now)) (x\(count) over \(first))"
    }
}
