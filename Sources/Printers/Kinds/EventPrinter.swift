import Support
import Value

extension KindPrinter {
    static let event = KindPrinter(table: .event)
}

extension Table {
    static let event = Table(
        TableColumn("LAST SEEN") { event, context in
            let series = event[.series]
            if !series.isNull { return context.age(series[.lastObservedTime]) }
            let last = event[.lastTimestamp]
            return last.isNull ? firstSeen(event, context) : context.age(last)
        },
        .text("TYPE") { $0[.type] },
        .text("REASON") { $0[.reason] },
        TableColumn("OBJECT") { event, _ in
            let object = eventObject(event)
            let kind = object[.kind].cellText.lowercased()
            let name = object[.name].cellText
            return name.isEmpty ? kind : "\(kind)/\(name)"
        },
        .wide("SUBOBJECT") { event, _ in eventObject(event)[.fieldPath].cellText },
        .wide("SOURCE") { event, _ in
            let component = event[.source][.component]
                .cellText(or: event[.reportingComponent].cellText)
            let host = event[.source][.host].cellText(or: event[.reportingInstance].cellText)
            return host.isEmpty ? component : "\(component), \(host)"
        },
        TableColumn("MESSAGE") { event, _ in trimmed(eventMessage(event)) },
        .wide("FIRST SEEN") { event, context in firstSeen(event, context) },
        .wide("COUNT") { event, _ in
            let series = event[.series]
            let count = series.isNull ? event[.count].cellInt : series[.count].cellInt
            return String(series.isNull && count == 0 ? 1 : count)
        },
        .wide("NAME", isName: true) { event, _ in event.objectName })

    private static func firstSeen(_ event: Value, _ context: TableContext) -> String {
        let first = event[.firstTimestamp]
        return context.age(first.isNull ? event[.eventTime] : first)
    }
}

/// What the event is about: `involvedObject` in the core group, `regarding` in events.k8s.io.
func eventObject(_ event: Value) -> Value {
    let involved = event[.involvedObject]
    return involved.isNull ? event[.regarding] : involved
}

/// The event's sentence: `message` in the core group, `note` in events.k8s.io.
func eventMessage(_ event: Value) -> String {
    event[.message].cellText(or: event[.note].cellText)
}

/// `text` without white space at both ends.
func trimmed(_ text: String) -> String {
    var part = Substring(text)
    while part.first?.isWhitespace == true { part.removeFirst() }
    while part.last?.isWhitespace == true { part.removeLast() }
    return String(part)
}
