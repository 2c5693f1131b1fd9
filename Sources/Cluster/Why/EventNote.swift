import Model
import Value

/// An Event as somebody reads it who looks for causes.
package struct EventNote: Sendable {
    package let isWarning: Bool
    package let reason: String
    package let message: String
    /// How many times it was seen.
    package let count: Int
    /// Virtual times.
    package let first: Milliseconds
    package let last: Milliseconds
    /// The part of the object, such as `spec.containers{web}`; mostly empty.
    package let fieldPath: String
}

extension SimulatedCluster {
    /// The events about an object, the latest last. O(events), without making their objects.
    package func events(about object: StoredObject) -> [EventNote] {
        var found: [(note: EventNote, version: Int)] = []
        state.forEach(.event) { event in
            guard let note = event.note(about: object) else { return }
            found.append((note, event.resourceVersion))
        }
        return found.sorted { $0.version < $1.version }.map(\.note)
    }
}

extension StoredObject {
    /// What an event says, where it is about `object`.
    fileprivate func note(about object: StoredObject) -> EventNote? {
        if let event {
            guard event.involvedName == object.name, event.template.info.kind == object.kind,
                namespace == object.namespace || object.namespace.isEmpty,
                event.involvedUID == object.uid || event.template.reference == .byName
            else { return nil }
            return EventNote(
                isWarning: event.template.type == .warning, reason: event.template.reason,
                message: event.message, count: event.count, first: event.first, last: event.last,
                fieldPath: event.template.fieldPath)
        }
        let value = value
        let involved = value[.involvedObject]
        guard involved.text(.name) == object.name, involved.text(.uid) == object.uid else {
            return nil
        }
        let last = Timestamp(value[.lastTimestamp])?.worldTime ?? 0
        return EventNote(
            isWarning: value.text(.type) == "Warning", reason: value.text(.reason),
            message: value.text(.message), count: value[.count].int ?? 1,
            first: Timestamp(value[.firstTimestamp])?.worldTime ?? last, last: last,
            fieldPath: involved.text(.fieldPath))
    }
}
