import API
import Model
import Value

/// The one place where cluster objects live. Only the API server writes to it.
final class Store {
    // tidy: not copied: epoch
    private(set) var log = WatchLog()
    private var contents: IndexedState
    /// Retained by every snapshot, so that names are kept while one is around.
    private var epoch = SnapshotEpoch()
    /// By view: the sequence up to which it has read the log.
    private var cursors: [Int] = []
    private let retention: Int
    /// The most pods that one object may ask for.
    var podLimit = Int.max
    /// An object that asks for more; looked at again before anything is done about it.
    var greedy: StoredObject?
    /// How many objects there are, events apart.
    private(set) var objectCount = 0
    let names = NameTable()

    /// A store that keeps at least the last `retention` writes in its log.
    init(retention: Int) {
        self.retention = retention
        contents = IndexedState(names: names)
    }

    /// Holds from now on what another store holds.
    func take(_ other: Store) {
        names.take(other.names)
        log = other.log
        contents = other.contents.over(names)
        cursors = other.cursors
        podLimit = other.podLimit
        greedy = other.greedy
        objectCount = other.objectCount
        head = other.head
        retired = other.retired
        epoch = SnapshotEpoch()
    }

    /// The objects as they are now. Keeping a copy makes the next writes copy what they touch.
    var state: ClusterState { _read { yield contents.state } }

    /// The objects as they are now, with indexes.
    var indexed: IndexedState { _read { yield contents } }

    /// The number of the last write.
    private(set) var head = 0

    /// A copy that never changes. O(1).
    func snapshot() -> Snapshot {
        Snapshot(state: contents.state, sequence: head, epoch: epoch)
    }

    /// What a write makes of an object.
    enum Content {
        case value(Value, OwnerList)
        case event(CompactEvent)
        case nothing
    }

    /// Commits a new object, a new version (`old` is the one in force) or a removal.
    func commit(
        _ kind: Kind, _ key: ObjectKey, old: StoredObject?, content: Content, at time: Milliseconds,
        cause: Cause
    ) -> Change {
        let slot = old?.slot ?? newSlot(kind, key, content)
        let object: StoredObject
        var type: ChangeType = old == nil ? .added : .modified
        switch content {
        case .value(let value, let owners):
            object = StoredObject(
                kind: kind, slot: slot, key: key, resourceVersion: head + 1, value: value,
                owners: owners)
        case .event(let event):
            object = StoredObject(
                slot: slot, namespace: key.namespace, resourceVersion: head + 1, event: event)
        case .nothing:
            type = .deleted
            object = StoredObject(last: old!, resourceVersion: head + 1)
        }
        let change = Change(
            sequence: head + 1, time: time, type: type, old: old, object: object, cause: cause)
        contents.apply(kind, slot, old: old, new: change.new)
        if type != .deleted, object.wantedPods > podLimit { greedy = greedy ?? object }
        if kind != .event { objectCount += type == .added ? 1 : type == .deleted ? -1 : 0 }
        log.append(change)
        head = change.sequence
        trim()
        return change
    }

    private func newSlot(_ kind: Kind, _ key: ObjectKey, _ content: Content) -> Slot {
        if case .event(let event) = content { return names.slot(event: event.number) }
        return names.slot(kind, key)
    }

    // MARK: Cursors

    /// Registers a reader of the log that has read all so far.
    func addCursor() -> Int {
        cursors.append(head)
        return cursors.count - 1
    }

    /// Notes that the reader has read up to `sequence`.
    func moveCursor(_ cursor: Int, to sequence: Int) { cursors[cursor] = sequence }

    /// Drops what no reader needs and is older than the retention; a name whose object's removal is
    /// dropped gives up its slot, unless a snapshot could still ask for it.
    private func trim() {
        guard head - log.start > retention * 2 else { return }
        let keep = min(cursors.min() ?? head, head - retention)
        while log.start < keep {
            let change = log.removeOldest()
            if change.type == .deleted { recycle(change.object) }
        }
    }

    private var retired: [StoredObject] = []

    private func recycle(_ object: StoredObject) {
        retired.append(object)
        guard isKnownUniquelyReferenced(&epoch) else { return }
        for object in retired where contents.state.get(object.kind, object.slot) == nil {
            names.release(object.kind, object.key, object.slot)
        }
        retired.removeAll(keepingCapacity: true)
    }

    /// Compares indexes with objects; answers what is wrong. For tests.
    func inconsistencies() -> [String] { contents.inconsistencies() }
}

final class SnapshotEpoch {}

/// The objects as they were after one write.
package struct Snapshot {
    /// The objects.
    package let state: ClusterState
    /// The number of the last write it contains.
    package let sequence: Int
    private let epoch: SnapshotEpoch

    init(state: ClusterState, sequence: Int, epoch: SnapshotEpoch) {
        self.state = state
        self.sequence = sequence
        self.epoch = epoch
    }
}
