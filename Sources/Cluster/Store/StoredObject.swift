import Model
import Support
import Value

/// A dense number for a name of one kind. It stays with the name as long as anything in the world
/// (store, views, snapshots, watch log) can still see an object of that name.
package struct Slot: Hashable, Sendable {
    package let index: Int32

    init(index: Int32) { self.index = index }
}

/// One version of one object. Immutable: a write makes a new one.
///
/// `value` is what the API serves without `metadata.resourceVersion`, which lives here alone (so
/// that a status write leaves the metadata of the object shared). ``apiValue`` has it.
package final class StoredObject: Sendable {
    package let kind: Kind
    package let slot: Slot
    /// The sequence number of the write that made this version.
    package let resourceVersion: Int
    /// Empty for cluster-scoped kinds.
    package let namespace: String
    private let storedName: String
    /// Of the object that bears the name now; empty for an event in short form.
    package let uid: String
    /// An event in short form.
    let event: CompactEvent?
    private let stored: Value
    /// The uid of the owner whose reference has `controller: true`; nil without one.
    package let controllerUID: String?
    /// The owner reference with `controller: true`, or nil.
    package let controllerReference: Value?
    /// `spec.nodeName` of a pod; nil while unassigned and for other kinds.
    package let nodeName: String?
    /// Who owns which fields; empty for an event in short form, and where nobody is known.
    let ownerList: OwnerList

    init(slot: Slot, namespace: String, resourceVersion: Int, event: CompactEvent) {
        kind = .event
        self.slot = slot
        self.resourceVersion = resourceVersion
        self.namespace = namespace
        storedName = ""
        uid = ""
        self.event = event
        stored = .null
        controllerUID = nil
        controllerReference = nil
        nodeName = nil
        ownerList = .empty
    }

    init(
        kind: Kind, slot: Slot, key: ObjectKey, resourceVersion: Int, value: Value,
        owners: OwnerList = .empty
    ) {
        ownerList = owners
        self.kind = kind
        self.slot = slot
        self.resourceVersion = resourceVersion
        namespace = key.namespace
        storedName = key.name
        event = nil
        stored = value
        let metadata = value[.metadata]
        uid = metadata[.uid].string ?? ""
        controllerReference = Self.controllerReference(metadata)
        controllerUID = controllerReference?[.uid].string
        nodeName = kind == .pod ? value[.spec][.nodeName].string : nil
    }

    /// The last version of an object that the write `resourceVersion` removes.
    init(last: StoredObject, resourceVersion: Int) {
        kind = last.kind
        slot = last.slot
        self.resourceVersion = resourceVersion
        namespace = last.namespace
        storedName = last.storedName
        uid = last.uid
        event = last.event
        stored = last.stored
        controllerUID = last.controllerUID
        controllerReference = last.controllerReference
        nodeName = last.nodeName
        ownerList = last.ownerList
    }

    /// Who owns which fields, each with its own.
    var owners: [FieldOwner] { ownerList.owners }

    package var name: String {
        if let event { return event.name }
        return storedName
    }

    /// The object without `metadata.resourceVersion`. Events are put together at each reading.
    package var value: Value {
        if let event { return event.value(key) }
        return stored
    }

    /// The object's key within its kind.
    package var key: ObjectKey { ObjectKey(namespace: namespace, name: name) }

    /// The object as the API serves it, with `metadata.resourceVersion`.
    package var apiValue: Value {
        var result = value
        // What a dry run made was never written.
        if resourceVersion > 0 {
            result[.metadata][.resourceVersion] = Value(String(resourceVersion))
        }
        return result
    }

    /// How many pods the object has its controller make; 0 for kinds that count none, and for what another
    /// object stands for.
    var wantedPods: Int {
        guard controllerUID == nil else { return 0 }
        return switch kind {
        case .deployment, .replicaSet, .statefulSet, .replicationController:
            stored[.spec].int(.replicas)
        case .job: stored[.spec].int(.parallelism)
        default: 0
        }
    }

    /// Whether a deletion was asked for.
    package var isDeleting: Bool { value[.metadata][.deletionTimestamp].string != nil }

    /// Whether the object's controller is the object with `uid`.
    package func isControlled(by uid: String) -> Bool { controllerUID == uid }

    private static func controllerReference(_ metadata: Value) -> Value? {
        guard case .array(let references) = metadata[.ownerReferences] else { return nil }
        return references.first { $0[.controller].bool == true }
    }
}

extension StoredObject: Hashable {
    /// Versions are equal when they are the same write.
    package static func == (left: StoredObject, right: StoredObject) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
