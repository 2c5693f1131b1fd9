import Model
import Support
import Value

/// Whether an event is good or bad news.
public enum EventType: String, Sendable {
    case normal = "Normal"
    case warning = "Warning"
}

/// Who reports an event: "deployment-controller", or "kubelet" on a host.
public struct EventSource: Hashable, Sendable {
    public let component: String
    public let host: String

    public init(_ component: String, host: String = "") {
        self.component = component
        self.host = host
    }
}

/// An Event in short form: a fifth of the memory of its object, which is made when somebody reads it.
///
/// A big cluster has five events per pod, and almost nobody reads them.
final class CompactEvent: Sendable {
    /// The involved object.
    struct Subject: Sendable {
        let info: KindInfo
        let namespace: String
        let name: String
        let uid: String
        let resourceVersion: Int
        /// A part of the object, such as `spec.containers{web}`; mostly empty.
        let fieldPath: String
    }

    let subject: Subject
    let type: EventType
    let source: EventSource
    let reason: String
    let message: String
    let first: Milliseconds
    let last: Milliseconds
    let count: Int32
    /// The event's own uid is drawn when it is read.
    let identities: IdentitySeed

    init(
        subject: Subject, type: EventType, source: EventSource, reason: String, message: String,
        first: Milliseconds, last: Milliseconds, count: Int32, identities: IdentitySeed
    ) {
        self.subject = subject
        self.type = type
        self.source = source
        self.reason = reason
        self.message = message
        self.first = first
        self.last = last
        self.count = count
        self.identities = identities
    }

    /// The same event, seen once more.
    func repeated(at instant: Milliseconds, message: String) -> CompactEvent {
        CompactEvent(
            subject: subject, type: type, source: source, reason: reason, message: message,
            first: first, last: instant, count: count + 1, identities: identities)
    }

    /// The uid of the event named `key`.
    func uid(_ key: ObjectKey) -> String { identities.uid(Kind.event.info, key, at: first) }

    /// The whole object of the event named `key`.
    func value(_ key: ObjectKey) -> Value {
        let begin = Value(Timestamp(worldTime: first).wholeSecond.text)
        let end = last == first ? begin : Value(Timestamp(worldTime: last).wholeSecond.text)
        var involved: Value = [.apiVersion: Value(subject.info.apiVersion)]
        if !subject.fieldPath.isEmpty { involved[.fieldPath] = Value(subject.fieldPath) }
        involved[.kind] = Value(subject.info.name)
        involved[.name] = Value(subject.name)
        involved[.namespace] = subject.namespace.isEmpty ? .null : Value(subject.namespace)
        involved[.resourceVersion] = Value(String(subject.resourceVersion))
        involved[.uid] = Value(subject.uid)
        var from: Value = [.component: Value(source.component)]
        if !source.host.isEmpty { from[.host] = Value(source.host) }
        return [
            .apiVersion: "v1", .count: Value(Int(count)), .eventTime: .null,
            .firstTimestamp: begin, .involvedObject: involved, .kind: "Event",
            .lastTimestamp: end, .message: Value(message),
            .metadata: [
                .creationTimestamp: begin, .name: Value(key.name),
                .namespace: Value(key.namespace), .uid: Value(uid(key)),
            ],
            .reason: Value(reason), .reportingComponent: Value(source.component),
            .reportingInstance: Value(source.host), .source: from, .type: Value(type.rawValue),
        ]
    }
}
