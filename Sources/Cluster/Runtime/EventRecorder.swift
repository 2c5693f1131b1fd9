import Model
import Support
import Value

/// Records events as objects of the cluster, merging equal and similar ones as upstream's
/// EventCorrelator does.
///
/// - An event equal to an earlier one (source, object, type, reason and message) raises its count.
/// - From the tenth event on that differs in its message alone within ten minutes, the message
///   becomes "(combined from similar events): …" and the events share one object.
/// - A source that tells more than 25 times of one object is heard only once in five minutes
///   (`EventSourceObjectSpamFilter`). What it tells meanwhile counts when the event is next written.
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

    /// How much a source may still tell of an object.
    private struct Allowance {
        var left: Float
        var time: Milliseconds

        /// Whether one more event may be told at `now`.
        mutating func take(_ now: Milliseconds) -> Bool {
            left = min(left + Float(now - time) / EventRecorder.refill, EventRecorder.burst)
            time = now
            guard left >= 1 else { return false }
            left -= 1
            return true
        }
    }

    private static let burst: Float = 25
    /// Milliseconds per further event.
    private static let refill: Float = 300_000
    private static let maxSimilar = 10
    private static let similarInterval: Milliseconds = 600_000
    private static let textLimit = 4096

    private unowned let cluster: SimulatedCluster
    /// By the hash of all but object and message.
    private var templates: [UInt64: EventTemplate] = [:]
    /// By the hash of all but the message: groups of which two different events were seen.
    private var similar: [UInt64: Similar] = [:]
    /// The event's slot by the hash of all; and, for the first event of a group, of all but the
    /// message.
    private var recorded: [UInt64: Slot] = [:]
    /// Messages, so that equal ones share their text.
    private var texts: Set<String> = []
    private var number: UInt64 = 0
    /// By the hash of source and object.
    private var allowances: [UInt64: Allowance] = [:]
    /// By the hash of all: how often an event was not written since it last was.
    private var unwritten: [UInt64: Int] = [:]

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    /// What is to be recorded, and the hashes by which earlier events are found.
    private struct Occurrence {
        let object: StoredObject
        let template: EventTemplate
        let message: String
        let now: Milliseconds
        /// Has seen all but the message.
        let hash: StableHash

        var group: UInt64 { hash.value }

        /// Source and object alone.
        var subject: UInt64 {
            var hash = StableHash()
            hash.combine(template.source.component)
            hash.combine(template.source.host)
            hash.combine(object.uid)
            return hash.value
        }

        func identity(_ message: String) -> UInt64 {
            var hash = hash
            hash.combine(message)
            return hash.value
        }
    }

    /// Records that `reason` happened to `object`; `fieldPath` names a part of it, such as
    /// `spec.containers{web}`.
    func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = "", series: Int = 0,
        reference: EventReference = .full
    ) {
        var hash = StableHash()
        // Events of different series are never merged.
        if series > 0 { hash.combine(UInt64(series)) }
        if reference == .byName { hash.combine("by name") }
        hash.combine(UInt64(object.kind.id) << 1 | (type == .normal ? 0 : 1))
        for text in [reason, source.component, source.host, fieldPath] { hash.combine(text) }
        let template: EventTemplate
        if let known = templates[hash.value] {
            template = known
        } else {
            template = EventTemplate(
                info: cluster.api.kinds[object.kind], fieldPath: fieldPath, type: type,
                reason: reason, source: source, reference: reference,
                identities: cluster.api.identities.seed)
            templates[hash.value] = template
        }
        hash.combine(object.uid)
        let occurrence = Occurrence(
            object: object, template: template, message: message, now: cluster.clock.now,
            hash: hash)
        if similar[occurrence.group] == nil { return recordFirst(occurrence) }
        recordSimilar(occurrence)
    }

    /// Most events are the only ones of their group: these need no more than a slot.
    private func recordFirst(_ occurrence: Occurrence) {
        let group = occurrence.group
        guard let slot = recorded[group],
            let stored = cluster.api.store.state.get(.event, slot),
            isSame(stored, occurrence)
        else { return create(occurrence, occurrence.message, group) }
        let first = stored.event?.message ?? stored.value.text(.message)
        if first == occurrence.message, repeats(slot, occurrence, first) { return }
        similar[group] = Similar(
            last: stored.event?.last ?? occurrence.now, first: occurrence.identity(first))
        recorded[occurrence.identity(first)] = slot
        recordSimilar(occurrence)
    }

    /// Whether `stored` is an event of the occurrence's group (its slot may have a new event).
    private func isSame(_ stored: StoredObject, _ occurrence: Occurrence) -> Bool {
        if let event = stored.event {
            return event.involvedUID == occurrence.object.uid
                && event.template === occurrence.template
        }
        let value = stored.value
        return value[.involvedObject].text(.uid) == occurrence.object.uid
            && value.text(.reason) == occurrence.template.reason
    }

    private func recordSimilar(_ occurrence: Occurrence) {
        let isCombined = aggregate(occurrence)
        // Combined events count as one, whatever their messages.
        let identity = isCombined ? ~occurrence.group : occurrence.identity(occurrence.message)
        let text =
            isCombined
            ? "(combined from similar events): \(occurrence.message)" : occurrence.message
        if let slot = recorded[identity], repeats(slot, occurrence, text) { return }
        create(occurrence, text, identity)
    }

    private func aggregate(_ occurrence: Occurrence) -> Bool {
        let message = occurrence.identity(occurrence.message)
        guard var known = similar[occurrence.group],
            occurrence.now - known.last <= Self.similarInterval
        else {
            similar[occurrence.group] = Similar(last: occurrence.now, first: message)
            return false
        }
        known.last = occurrence.now
        let number = known.note(message)
        similar[occurrence.group] = known
        return number >= Self.maxSimilar
    }

    private func create(_ occurrence: Occurrence, _ message: String, _ identity: UInt64) {
        guard let missed = admitted(occurrence, message) else { return }
        let object = occurrence.object
        let event = CompactEvent(
            occurrence.template, shared(message), about: object, at: occurrence.now,
            number: nextNumber(occurrence.now), count: 1 + missed)
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        // A namespace that is going away takes no events; upstream drops them likewise.
        guard let stored = cluster.api.recordEvent(event, namespace) else { return }
        recorded[identity] = stored.slot
    }

    /// Raises the count of the event in `slot`, if it is still that event.
    private func repeats(_ slot: Slot, _ occurrence: Occurrence, _ message: String) -> Bool {
        let api = cluster.api
        guard let stored = api.store.state.get(.event, slot), isSame(stored, occurrence) else {
            return false
        }
        guard let missed = admitted(occurrence, message) else { return true }
        if let event = stored.event {
            api.repeatEvent(
                stored,
                event.repeated(at: occurrence.now, message: shared(message), times: 1 + missed))
            return true
        }
        // Somebody changed the event by hand: it is an ordinary object now.
        let time = api.timestamp
        let changed = try? api.modify(stored) { value in
            value[.count] = Value(value.int(.count) + 1 + missed)
            value[.lastTimestamp] = time
            value[.message] = Value(message)
        }
        return changed != nil
    }

    /// Whether the source may tell of the object now; then how often the event went unwritten before.
    private func admitted(_ occurrence: Occurrence, _ message: String) -> Int? {
        let isCombined = message.utf8.count > occurrence.message.utf8.count
        let key = isCombined ? ~occurrence.group : occurrence.identity(message)
        let full = Allowance(left: Self.burst, time: occurrence.now)
        if allowances[occurrence.subject, default: full].take(occurrence.now) {
            return unwritten.isEmpty ? 0 : unwritten.removeValue(forKey: key) ?? 0
        }
        unwritten[key, default: 0] += 1
        return nil
    }

    private func shared(_ text: String) -> String {
        if texts.count >= Self.textLimit { texts.removeAll(keepingCapacity: true) }
        return texts.insert(text).memberAfterInsert
    }

    /// The instant in nanoseconds, as upstream's event names end in, and one more for each further
    /// event of that instant: so events about one object list in the order in which they happened.
    private func nextNumber(_ now: Milliseconds) -> UInt64 {
        let instant = UInt64(Timestamp(worldTime: now).milliseconds) * 1_000_000
        number = max(instant, number + 1)
        return number
    }
}

extension APIServer {
    /// Stores a new event; nil when its namespace does not take it.
    func recordEvent(_ event: CompactEvent, _ namespace: String) -> StoredObject? {
        guard let found = store.state.get(.namespace, name: namespace), !found.isDeleting else {
            return nil
        }
        // The name is made when it is read.
        let key = ObjectKey(namespace: namespace, name: "")
        return commit(.event, key, old: nil, content: .event(event), verb: .create)
    }

    /// Stores an event that was seen once more.
    func repeatEvent(_ stored: StoredObject, _ event: CompactEvent) {
        _ = commit(
            .event, ObjectKey(namespace: stored.namespace, name: ""), old: stored,
            content: .event(event), verb: .patch)
    }
}

extension Component {
    /// Records an event about `object` with this component as its source.
    package func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        fieldPath: String = "", series: Int = 0
    ) {
        cluster.recorder.record(
            object, type, reason: reason, message: message, source: EventSource(name),
            fieldPath: fieldPath, series: series)
    }

    /// As ``record(_:_:reason:message:fieldPath:)`` for a source with a host (a node's kubelet), for
    /// a process that began anew (`series`: nothing merges with what it told before), or for an object
    /// that is named by less than its uid.
    package func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = "", series: Int = 0,
        reference: EventReference = .full
    ) {
        cluster.recorder.record(
            object, type, reason: reason, message: message, source: source, fieldPath: fieldPath,
            series: series, reference: reference)
    }
}
