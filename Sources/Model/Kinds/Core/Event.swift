import Support
import Value

extension KindDescriptor {
    /// What happened to an object. Served in two groups; kept in the core one.
    static func event(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Event", plural: "events", shortNames: ["ev"], group: "",
            rules: KindRules(
                defaults: Defaults.event, object: { $0.event($1) },
                selectableFields: SelectableFields([
                    "involvedObject.kind", "involvedObject.namespace", "involvedObject.name",
                    "involvedObject.uid", "involvedObject.apiVersion",
                    "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
                    "reportingComponent", "source", "type",
                ])),
            texts: .event)
    }
}

extension KindDescriptor {
    /// The same events under the names that the newer group has for their fields.
    static func eventOfEventsGroup(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "Event", plural: "events", shortNames: ["ev"], group: "events.k8s.io",
            conversion: KindConversion(
                stored: .event, isOwnResource: true,
                toStored: { EventFields.renamed($0, back: true) },
                fromStored: { EventFields.renamed($0, back: false) }),
            rules: KindRules(
                selectableFields: SelectableFields([
                    "regarding.kind", "regarding.namespace", "regarding.name", "regarding.uid",
                    "regarding.apiVersion", "regarding.resourceVersion", "regarding.fieldPath",
                    "reason", "reportingController", "type",
                ])))
    }
}

extension Defaults {
    /// What Go's type of an event cannot leave out.
    static func event(_ value: inout Value) {
        guard case .object(var fields) = value else { return }
        let zeros: [(key: Key, zero: Value)] = [
            (.eventTime, .null), (.firstTimestamp, .null), (.lastTimestamp, .null),
            (.reportingComponent, ""), (.reportingInstance, ""), (.source, .emptyObject),
        ]
        for (key, zero) in zeros where !fields.contains(key) { fields.set(key, to: zero) }
        value = .object(fields)
    }
}

extension Validator {
    /// legacyValidateEvent: the object that an event is about is in the event's namespace.
    mutating func event(_ object: Value) {
        let (own, other) = (
            object[.metadata].text(.namespace), object[.involvedObject].text(.namespace)
        )
        let fits: Bool
        if object[.eventTime].isNull {
            fits = other.isEmpty ? own == "default" : own == other
        } else {
            fits = !other.isEmpty || own == "default" || own == "kube-system"
            for (key, limit) in [(Key.reportingInstance, 128), (.action, 128), (.reason, 128)] {
                let text = object.text(key)
                if text.isEmpty { add(.required(ErrorPath(key.name))) }
                if text.utf8.count > limit {
                    add(
                        .invalid(
                            ErrorPath(key.name), "", "can have at most \(limit) characters"))
                }
            }
        }
        if !fits {
            add(
                .invalid(
                    ErrorPath("involvedObject").child("namespace"), Value(other),
                    "does not match event.namespace"))
        }
    }
}

/// What the two groups call the same. Source: pkg/apis/events/v1/conversion.go.
private enum EventFields {
    static let names: [(core: Key, events: Key)] = [
        (.involvedObject, .regarding), (.message, .note), (.source, .deprecatedSource),
        (.firstTimestamp, .deprecatedFirstTimestamp),
        (.lastTimestamp, .deprecatedLastTimestamp), (.count, .deprecatedCount),
        (.reportingComponent, .reportingController),
    ]

    static func renamed(_ event: Value, back: Bool) -> Value {
        var object = Object()
        for field in event.fields {
            let pair = names.first { (back ? $0.events : $0.core) == field.key }
            object.set(pair.map { back ? $0.core : $0.events } ?? field.key, to: field.value)
        }
        return .object(object)
    }
}

extension KindTexts {
    static let event = KindTexts(
        summaries: #"""
            Event.count How often it happened.
            Event.firstTimestamp When it happened first.
            Event.involvedObject What it happened to.
            Event.lastTimestamp When it happened last.
            Event.message Details for people.
            Event.reason One word for programs.
            Event.source Who reports it.
            Event.type Normal or Warning.
            """#)
}
