import Model
import Support
import Value

/// Whether an event is good or bad news.
package enum EventType: String, Sendable {
    case normal = "Normal"
    case warning = "Warning"
}

/// Who reports an event: "deployment-controller", or "kubelet" on a host.
package struct EventSource: Hashable, Sendable {
    package let component: String
    package let host: String

    package init(_ component: String, host: String = "") {
        self.component = component
        self.host = host
    }
}

/// How an event names the object that it is about.
package enum EventReference: Sendable {
    /// By name, uid and version.
    case full
    /// By name alone.
    case byName
}

/// What events of one sort from one source have in common.
final class EventTemplate: Sendable {
    /// The kind of the involved objects.
    let info: KindDescriptor
    /// The part of the object, such as `spec.containers{web}`; mostly empty.
    let fieldPath: String
    let type: EventType
    let reason: String
    let source: EventSource
    let reference: EventReference
    /// The events' own uids are drawn when they are read.
    let identities: IdentitySeed
    /// The number of the source's memory.
    let correlator: Int
    /// What was done, for sources of the newer API (events.k8s.io); nil for the others.
    let action: String?
    /// Has seen source and type.
    let subject: StableHash

    init(
        info: KindDescriptor, fieldPath: String, type: EventType, reason: String,
        source: EventSource, reference: EventReference, series: Int, identities: IdentitySeed,
        correlator: Int, action: String? = nil
    ) {
        self.action = action
        self.info = info
        self.fieldPath = fieldPath
        self.type = type
        self.reason = reason
        self.source = source
        self.reference = reference
        self.identities = identities
        self.correlator = correlator
        var subject = StableHash()
        subject.combine(UInt64(series) << 1 | (type == .normal ? 0 : 1))
        subject.combine(source.component)
        subject.combine(source.host)
        self.subject = subject
    }
}

/// An Event in short form: a tenth of the memory of its object, which is made when somebody reads it.
///
/// A big cluster has five events per pod, and almost nobody reads them.
final class CompactEvent: Sendable {
    let template: EventTemplate
    let message: String
    /// The involved object.
    let involvedName: String
    let involvedUID: String
    let involvedVersion: Int
    /// When it occurred first and last.
    let first: Milliseconds
    let last: Milliseconds
    /// When the object was made: later than ``first`` for one that was not told at once, or made again.
    let created: Milliseconds
    let count: Int
    /// The end of the event's name; rises from event to event.
    let number: UInt64

    /// An event that has just happened to `object`, perhaps not for the first time.
    init(
        _ template: EventTemplate, _ message: String, about object: StoredObject,
        first: Milliseconds, at instant: Milliseconds, number: UInt64, count: Int
    ) {
        self.template = template
        self.message = message
        involvedName = object.name
        involvedUID = object.uid
        involvedVersion = object.resourceVersion
        self.first = first
        last = instant
        created = instant
        self.count = count
        self.number = number
    }

    private init(
        _ event: CompactEvent, again message: String, at instant: Milliseconds, count: Int
    ) {
        template = event.template
        self.message = message
        involvedName = event.involvedName
        involvedUID = event.involvedUID
        involvedVersion = event.involvedVersion
        first = event.first
        last = instant
        created = event.created
        self.count = count
        number = event.number
    }

    /// The same event, seen `count` times by now.
    func repeated(at instant: Milliseconds, message: String, count: Int) -> CompactEvent {
        CompactEvent(self, again: message, at: instant, count: count)
    }

    /// `web-1.18160f2e3c1d4000`: the involved object and sixteen hexadecimal digits.
    var name: String {
        let digits = String(number, radix: 16)
        return "\(involvedName).\(String(repeating: "0", count: 16 - digits.count))\(digits)"
    }

    /// The number at the end of an event's name; nil for a name of another form.
    static func number(ofName name: String) -> UInt64? {
        let digits = name.utf8.suffix(16)
        guard digits.count == 16, name.utf8.dropLast(16).last == UInt8(ascii: ".") else {
            return nil
        }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func time(_ instant: Milliseconds) -> Value {
        Value(Timestamp(worldTime: instant).wholeSecond.text)
    }

    /// The whole object.
    func value(_ key: ObjectKey) -> Value {
        let begin = Self.time(first)
        let birth = created == first ? begin : Self.time(created)
        let end = last == first ? begin : Self.time(last)
        let source = template.source
        var involved: Value = [.apiVersion: Value(template.info.apiVersion)]
        if !template.fieldPath.isEmpty { involved[.fieldPath] = Value(template.fieldPath) }
        involved[.kind] = Value(template.info.name)
        involved[.name] = Value(involvedName)
        involved[.namespace] = template.info.isNamespaced ? Value(key.namespace) : .null
        if template.reference == .full {
            involved[.resourceVersion] = Value(String(involvedVersion))
            involved[.uid] = Value(involvedUID)
        }
        if let action = template.action { return seriesValue(key, involved, action) }
        var from: Value = [.component: Value(source.component)]
        if !source.host.isEmpty { from[.host] = Value(source.host) }
        let uid = template.identities.uid(Kind.event.info, key, at: created)
        return [
            .apiVersion: "v1", .count: Value(count), .eventTime: .null, .firstTimestamp: begin,
            .involvedObject: involved, .kind: "Event", .lastTimestamp: end,
            .message: Value(message),
            .metadata: [
                .creationTimestamp: birth, .name: Value(key.name),
                .namespace: Value(key.namespace), .uid: Value(uid),
            ],
            .reason: Value(template.reason), .reportingComponent: Value(source.component),
            .reportingInstance: Value(source.host), .source: from,
            .type: Value(template.type.rawValue),
        ]
    }

    /// The event as the newer API's recorder writes it: one instant, and a series from the second time on.
    private func seriesValue(_ key: ObjectKey, _ involved: Value, _ action: String) -> Value {
        let source = template.source
        var value: Value = [
            .action: Value(action), .apiVersion: "v1",
            .eventTime: Value(Timestamp(worldTime: first).microText), .firstTimestamp: .null,
            .involvedObject: involved, .kind: "Event", .lastTimestamp: .null,
            .message: Value(message),
            .metadata: [
                .creationTimestamp: Self.time(created), .name: Value(key.name),
                .namespace: Value(key.namespace),
                .uid: Value(template.identities.uid(Kind.event.info, key, at: created)),
            ],
            .reason: Value(template.reason), .reportingComponent: Value(source.component),
            .reportingInstance: Value("\(source.component)-\(source.host)"),
            .source: .emptyObject, .type: Value(template.type.rawValue),
        ]
        if count > 1 {
            value[.series] = [
                .count: Value(count),
                .lastObservedTime: Value(Timestamp(worldTime: last).microText),
            ]
        }
        return value
    }
}
