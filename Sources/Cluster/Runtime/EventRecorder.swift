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

/// Records events as objects of the cluster, merging equal and similar ones as upstream's
/// EventCorrelator does.
///
/// - An event equal to an earlier one (source, object, type, reason and message) raises its count.
/// - From the tenth event on that differs in its message alone within ten minutes, the message
///   becomes "(combined from similar events): …" and the events share one object.
final class EventRecorder {
    private struct SimilarKey: Hashable {
        let source: EventSource
        let uid: String
        let fieldPath: String
        let type: EventType
        let reason: String
    }

    private struct EqualKey: Hashable {
        let similar: SimilarKey
        let message: String
    }

    private struct Similar {
        var messages: Set<String> = []
        var last: Milliseconds = 0
    }

    private struct Recorded {
        var name: String
        var count = 0
        var first: Value
    }

    private static let maxSimilar = 10
    private static let similarInterval: Milliseconds = 600_000

    private unowned let cluster: SimulatedCluster
    private var similar: [SimilarKey: Similar] = [:]
    private var recorded: [EqualKey: Recorded] = [:]
    private var count = 0

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    /// Records that `reason` happened to `object`; `fieldPath` names a part of it, such as
    /// `spec.containers{web}`.
    func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = ""
    ) {
        let similarKey = SimilarKey(
            source: source, uid: object.uid, fieldPath: fieldPath, type: type, reason: reason)
        let (text, isCombined) = aggregate(similarKey, message)
        // Combined events count as one, whatever their messages.
        let key = EqualKey(similar: similarKey, message: isCombined ? "\u{0}" : message)
        if recorded[key] != nil {
            recorded[key]!.count += 1
            if update(recorded[key]!, namespace(of: object), message: text) { return }
        }
        let first = cluster.api.timestamp
        let name = "\(object.name).\(suffix())"
        recorded[key] = Recorded(name: name, count: 1, first: first)
        create(object, type, reason, text, source, fieldPath, name)
    }

    private func aggregate(_ key: SimilarKey, _ message: String) -> (String, Bool) {
        let now = cluster.clock.now
        var group = similar[key] ?? Similar()
        if now - group.last > Self.similarInterval { group.messages = [] }
        group.last = now
        group.messages.insert(message)
        let isCombined = group.messages.count >= Self.maxSimilar
        // The set stays just below the limit, so that it cannot grow without bound.
        if isCombined { group.messages.remove(message) }
        similar[key] = group
        return isCombined ? ("(combined from similar events): \(message)", true) : (message, false)
    }

    private func namespace(of object: StoredObject) -> String {
        object.namespace.isEmpty ? "default" : object.namespace
    }

    private func update(_ recorded: Recorded, _ namespace: String, message: String) -> Bool {
        let api = cluster.api
        guard let event = api.find(.event, namespace: namespace, name: recorded.name) else {
            return false
        }
        let time = api.timestamp
        do throws(APIError) {
            try api.modify(event) { value in
                value[.count] = Value(recorded.count)
                value[.lastTimestamp] = time
                value[.message] = Value(message)
            }
            return true
        } catch {
            return false
        }
    }

    private func create(
        _ object: StoredObject, _ type: EventType, _ reason: String, _ message: String,
        _ source: EventSource, _ fieldPath: String, _ name: String
    ) {
        let api = cluster.api
        let info = api.kinds[object.kind]
        let namespace = namespace(of: object)
        var involved: Value = [.apiVersion: Value(info.apiVersion)]
        if !fieldPath.isEmpty { involved[.fieldPath] = Value(fieldPath) }
        involved[.kind] = Value(info.name)
        involved[.name] = Value(object.name)
        involved[.namespace] = object.namespace.isEmpty ? .null : Value(object.namespace)
        involved[.resourceVersion] = Value(String(object.resourceVersion))
        involved[.uid] = Value(object.uid)
        var from: Value = [.component: Value(source.component)]
        if !source.host.isEmpty { from[.host] = Value(source.host) }
        let time = api.timestamp
        let event: Value = [
            .metadata: [.name: Value(name), .namespace: Value(namespace)],
            .count: 1, .eventTime: .null, .firstTimestamp: time, .involvedObject: involved,
            .lastTimestamp: time, .message: Value(message), .reason: Value(reason),
            .reportingComponent: Value(source.component), .reportingInstance: Value(source.host),
            .source: from, .type: Value(type.rawValue),
        ]
        // A namespace that is going away takes no events; upstream drops them likewise.
        _ = try? api.create(.event, event, in: namespace)
    }

    /// The instant in nanoseconds as sixteen hexadecimal digits, as upstream's event names end in: so
    /// events about one object list in the order in which they happened.
    private func suffix() -> String {
        count += 1
        let instant = Timestamp(worldTime: cluster.clock.now).milliseconds * 1_000_000
        return String(UInt64(instant) + UInt64(count % 1_000_000), radix: 16)
    }
}

extension Component {
    /// Records an event about `object` with this component as its source.
    public func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        fieldPath: String = ""
    ) {
        cluster.recorder.record(
            object, type, reason: reason, message: message, source: EventSource(name),
            fieldPath: fieldPath)
    }

    /// As ``record(_:_:reason:message:fieldPath:)`` for a source with a host (a node's kubelet).
    public func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = ""
    ) {
        cluster.recorder.record(
            object, type, reason: reason, message: message, source: source, fieldPath: fieldPath)
    }
}
