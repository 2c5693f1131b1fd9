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
/// - An event that is written late (its first occurrence was not heard, or it expired meanwhile) has the
///   name, the first time and the count of all its occurrences.
///
/// What is remembered is bounded: each source has its ``EventCorrelator``, and what events share is thrown
/// away when there is too much of it.
final class EventRecorder {
    private static let textLimit = 4_096
    private static let templateLimit = 8_192

    private unowned let cluster: SimulatedCluster
    /// By the hash of all but object and message.
    private var templates: [UInt64: EventTemplate] = [:]
    private var correlators: [EventCorrelator] = []
    private var correlatorNumbers: [EventSource: Int] = [:]
    /// Messages, so that equal ones share their text.
    private var texts: Set<String> = []
    private var number: UInt64 = 0
    /// Events of the newer recorder that may happen again.
    private var series: [UInt64: Series] = [:]

    private struct Series {
        let slot: Slot
        let number: UInt64
        var last: Milliseconds
        var count = 1
    }

    /// After so long without another one a series is over (client-go's finishTime).
    private static let seriesEnd: Milliseconds = 360_000

    init(cluster: SimulatedCluster) { self.cluster = cluster }

    /// Remembers from now on what the recorder of another world remembers.
    func take(_ other: EventRecorder) {
        templates = other.templates
        correlators = other.correlators
        correlatorNumbers = other.correlatorNumbers
        texts = other.texts
        number = other.number
        series = other.series
    }

    /// An event as it may be told of one object again and again: what it says, and under what it is
    /// remembered. It holds for every version of the object.
    struct Telling {
        fileprivate let template: EventTemplate
        fileprivate let message: String
        fileprivate let group: UInt64
        fileprivate let identity: UInt64
        fileprivate let subject: UInt64
        /// See ``record(_:_:reason:message:source:fieldPath:series:reference:)``.
        let series: Int
    }

    /// What is recorded.
    private struct Record {
        let object: StoredObject
        let template: EventTemplate
        let message: String
        let now: Milliseconds
    }

    /// Records that `reason` happened to `object`; `fieldPath` names a part of it, such as
    /// `spec.containers{web}`.
    func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = "", series: Int = 0,
        reference: EventReference = .full
    ) {
        tell(
            telling(
                object, type, reason: reason, message: message, source: source,
                fieldPath: fieldPath, series: series, reference: reference), about: object)
    }

    /// The event that ``record(_:_:reason:message:source:fieldPath:series:reference:)`` would record.
    func telling(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = "", series: Int = 0,
        reference: EventReference = .full
    ) -> Telling {
        var hash = StableHash()
        // Events of different series are never merged.
        if series > 0 { hash.combine(UInt64(series)) }
        if reference == .byName { hash.combine("by name") }
        hash.combine(UInt64(object.kind.id) << 1 | (type == .normal ? 0 : 1))
        for text in [reason, source.component, source.host] { hash.combine(text) }
        var group = hash
        hash.combine(fieldPath)
        let template =
            templates[hash.value]
            ?? addTemplate(
                hash.value,
                EventTemplate(
                    info: cluster.api.kinds[object.kind], fieldPath: fieldPath, type: type,
                    reason: reason, source: source, reference: reference, series: series,
                    identities: cluster.api.identities.seed, correlator: correlator(of: source)))
        group.combine(object.uid)
        hash.combine(object.uid)
        hash.combine(message)
        var subject = template.subject
        subject.combine(object.uid)
        return Telling(
            template: template, message: message, group: group.value, identity: hash.value,
            subject: subject.value, series: series)
    }

    /// Records `telling`, which was made for this object or an earlier version of it.
    func tell(_ telling: Telling, about object: StoredObject) {
        let now = cluster.clock.now
        let occurrence = EventCorrelator.Occurrence(
            group: telling.group, identity: telling.identity, subject: telling.subject, now: now)
        let record = Record(
            object: object, template: telling.template, message: telling.message, now: now)
        tell(record, occurrence)
    }

    /// Records an event as the newer recorder does (client-go's tools/events): what happens again to the same
    /// version of an object is a series with the first message, written when it begins.
    func recordSeries(
        _ object: StoredObject, _ type: EventType, reason: String, message: String, action: String,
        source: EventSource
    ) {
        var hash = StableHash()
        for text in ["series", reason, action, source.component, type.rawValue] {
            hash.combine(text)
        }
        hash.combine(UInt64(object.kind.id))
        let template =
            templates[hash.value]
            ?? addTemplate(
                hash.value,
                EventTemplate(
                    info: cluster.api.kinds[object.kind], fieldPath: "", type: type,
                    reason: reason, source: source, reference: .full, series: 0,
                    identities: cluster.api.identities.seed, correlator: correlator(of: source),
                    action: action))
        hash.combine(object.uid)
        hash.combine(UInt64(object.resourceVersion))
        let now = cluster.clock.now
        if let known = series[hash.value], now - known.last < Self.seriesEnd,
            let stored = cluster.api.store.state.get(.event, known.slot), let event = stored.event,
            event.number == known.number
        {
            series[hash.value]?.last = now
            series[hash.value]?.count += 1
            if known.count == 1 {
                cluster.api.repeatEvent(
                    stored, event.repeated(at: now, message: event.message, count: 2))
            }
            return
        }
        let event = CompactEvent(
            template, shared(message), about: object, first: now, at: now,
            number: nextNumber(now), count: 1)
        let namespace = object.namespace.isEmpty ? "default" : object.namespace
        guard let slot = cluster.api.recordEvent(event, namespace)?.slot else { return }
        if series.count >= Self.templateLimit { series.removeAll(keepingCapacity: true) }
        series[hash.value] = Series(slot: slot, number: event.number, last: now)
    }

    private func addTemplate(_ hash: UInt64, _ template: EventTemplate) -> EventTemplate {
        if templates.count >= Self.templateLimit { templates.removeAll(keepingCapacity: true) }
        templates[hash] = template
        return template
    }

    private func correlator(of source: EventSource) -> Int {
        if let known = correlatorNumbers[source] { return known }
        correlatorNumbers[source] = correlators.count
        correlators.append(EventCorrelator())
        return correlators.count - 1
    }

    private func tell(_ record: Record, _ occurrence: EventCorrelator.Occurrence) {
        let place = record.template.correlator
        let verdict = correlators[place].correlate(occurrence) { nextNumber(occurrence.now) }
        guard verdict.isAdmitted else { return }
        let message =
            verdict.isCombined
            ? "(combined from similar events): \(record.message)" : record.message
        if verdict.observation.count > 1, update(record, verdict.observation, message) { return }
        // A namespace that is going away takes no events; upstream drops them likewise.
        guard let slot = create(record, verdict.observation, message) else { return }
        correlators[place].stored(verdict, in: slot)
    }

    private func create(
        _ record: Record, _ observation: EventCorrelator.Observation, _ message: String
    ) -> Slot? {
        let event = CompactEvent(
            record.template, shared(message), about: record.object, first: observation.first,
            at: record.now, number: observation.number, count: observation.count)
        let namespace = record.object.namespace.isEmpty ? "default" : record.object.namespace
        return cluster.api.recordEvent(event, namespace)?.slot
    }

    /// Writes the count into the event that was stored before; answers whether it is still there.
    private func update(
        _ record: Record, _ observation: EventCorrelator.Observation, _ message: String
    ) -> Bool {
        let api = cluster.api
        guard let slot = observation.slot, let stored = api.store.state.get(.event, slot) else {
            return false
        }
        if let event = stored.event {
            guard event.number == observation.number else { return false }
            api.repeatEvent(
                stored,
                event.repeated(
                    at: record.now, message: shared(message), count: observation.count))
            return true
        }
        // Somebody changed the event by hand: it is an ordinary object now.
        guard CompactEvent.number(ofName: stored.name) == observation.number else { return false }
        let time = api.timestamp
        let changed = try? api.modify(stored) { value in
            value[.count] = Value(observation.count)
            value[.lastTimestamp] = time
            value[.message] = Value(message)
        }
        return changed != nil
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

    /// Removes an event whose time is over.
    func expire(_ event: StoredObject) {
        _ = commit(.event, event.key, old: event, value: nil, verb: .delete)
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
    func record(
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
    func record(
        _ object: StoredObject, _ type: EventType, reason: String, message: String,
        source: EventSource, fieldPath: String = "", series: Int = 0,
        reference: EventReference = .full
    ) {
        cluster.recorder.record(
            object, type, reason: reason, message: message, source: source, fieldPath: fieldPath,
            series: series, reference: reference)
    }
}
