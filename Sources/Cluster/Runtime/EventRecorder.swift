import Model
import Support
import Value

/// Records events as objects of the cluster, merging equal and similar ones as upstream's
/// EventCorrelator does.
///
/// - An event equal to an earlier one (source, object, type, reason and message) raises its count.
/// - From the tenth event on that differs in its message alone within ten minutes, the message
///   becomes "(combined from similar events): …" and the events share one object.
final class EventRecorder {
    /// Events that differ at most in their messages.
    private struct Similar {
        var last: Milliseconds
        /// The hashes of the different messages, fewer than ten; the first stands alone because
        /// most events come with one message.
        var first: UInt64
        var others: [UInt64] = []

        /// Notes a message; answers how many different ones there are with it.
        mutating func note(_ message: UInt64) -> Int {
            if message == first || others.contains(message) { return others.count + 1 }
            let number = others.count + 2
            if number < EventRecorder.maxSimilar { others.append(message) }
            return number
        }
    }

    private static let maxSimilar = 10
    private static let similarInterval: Milliseconds = 600_000
    private static let textLimit = 4096

    private unowned let cluster: SimulatedCluster
    /// By the hash of everything but the message.
    private var similar: [UInt64: Similar] = [:]
    /// By the hash of everything: the event's slot.
    private var recorded: [UInt64: Slot] = [:]
    /// Messages and field paths, so that equal ones share their text.
    private var texts: Set<String> = []
    /// How many events were made: tells those of one instant apart.
    private var count = 0

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    /// Records that `reason` happened to `object`; `fieldPath` names a part of it, such as
    /// `spec.containers{web}`.
    func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = ""
    ) {
        let now = cluster.clock.now
        var hash = StableHash()
        for text in [object.uid, reason, type.rawValue, source.component, source.host, fieldPath] {
            hash.combine(text)
        }
        let group = hash.value
        hash.combine(message)
        let isCombined = aggregate(group, hash.value, now)
        // Combined events count as one, whatever their messages.
        let identity = isCombined ? ~group : hash.value
        let text = isCombined ? "(combined from similar events): \(message)" : message
        if let slot = recorded[identity], repeats(slot, object, reason, text, now) { return }
        let subject = CompactEvent.Subject(
            info: cluster.api.kinds[object.kind], namespace: object.namespace, name: object.name,
            uid: object.uid, resourceVersion: object.resourceVersion,
            fieldPath: fieldPath.isEmpty ? "" : shared(fieldPath))
        let event = CompactEvent(
            subject: subject, type: type, source: source, reason: reason,
            message: shared(text), first: now, last: now, count: 1,
            identities: cluster.api.identities.seed)
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        let key = ObjectKey(namespace: namespace, name: "\(object.name).\(suffix(now))")
        // A namespace that is going away takes no events; upstream drops them likewise.
        if let stored = cluster.api.recordEvent(event, key) { recorded[identity] = stored.slot }
    }

    private func aggregate(
        _ group: UInt64, _ message: UInt64, _ now: Milliseconds
    ) -> Bool {
        guard var known = similar[group], now - known.last <= Self.similarInterval else {
            similar[group] = Similar(last: now, first: message)
            return false
        }
        known.last = now
        let number = known.note(message)
        similar[group] = known
        return number >= Self.maxSimilar
    }

    /// Raises the count of the event in `slot`, if it is still that event.
    private func repeats(
        _ slot: Slot, _ object: StoredObject, _ reason: String, _ message: String,
        _ now: Milliseconds
    ) -> Bool {
        let api = cluster.api
        guard let stored = api.store.state.get(.event, slot) else { return false }
        if let event = stored.event {
            guard event.subject.uid == object.uid, event.reason == reason else { return false }
            api.repeatEvent(stored, event.repeated(at: now, message: message))
            return true
        }
        // Somebody changed the event by hand: it is an ordinary object now.
        guard stored.value[.involvedObject].text(.uid) == object.uid else { return false }
        let time = api.timestamp
        let changed = try? api.modify(stored) { value in
            value[.count] = Value(value.int(.count) + 1)
            value[.lastTimestamp] = time
            value[.message] = Value(message)
        }
        return changed != nil
    }

    private func shared(_ text: String) -> String {
        if texts.count >= Self.textLimit { texts.removeAll(keepingCapacity: true) }
        return texts.insert(text).memberAfterInsert
    }

    /// The instant in nanoseconds as sixteen hexadecimal digits, as upstream's event names end in: so
    /// events about one object list in the order in which they happened.
    private func suffix(_ now: Milliseconds) -> String {
        count += 1
        let instant = Timestamp(worldTime: now).milliseconds * 1_000_000
        return String(UInt64(instant) + UInt64(count % 1_000_000), radix: 16)
    }
}

extension APIServer {
    /// Stores a new event; nil when its namespace does not take it.
    func recordEvent(_ event: CompactEvent, _ key: ObjectKey) -> StoredObject? {
        guard let namespace = store.state.get(.namespace, name: key.namespace),
            !namespace.isDeleting
        else { return nil }
        return commit(.event, key, old: nil, content: .event(event), verb: .create)
    }

    /// Stores an event that was seen once more.
    func repeatEvent(_ stored: StoredObject, _ event: CompactEvent) {
        _ = commit(.event, stored.key, old: stored, content: .event(event), verb: .patch)
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
