import Model

/// All objects at one instant: copying it is O(1) in the number of objects, and a copy never changes.
///
/// The store, its snapshots and the controllers' views are all read through this type.
package struct ClusterState {
    private(set) var names: NameTable
    var tables: [ObjectTable] = []

    init(names: NameTable) { self.names = names }

    /// The same objects, found through an equal table of another world.
    func over(_ names: NameTable) -> ClusterState {
        var state = self
        state.names = names
        return state
    }

    /// The object of that name; nil when there is none.
    package func get(_ kind: Kind, namespace: String = "", name: String) -> StoredObject? {
        get(kind, ObjectKey(namespace: namespace, name: name))
    }

    /// The object with that key; nil when there is none.
    package func get(_ kind: Kind, _ key: ObjectKey) -> StoredObject? {
        guard let slot = names.find(kind, key), let object = get(kind, slot) else { return nil }
        // An event is found by the end of its name alone.
        return kind != .event || object.key == key ? object : nil
    }

    /// The object in a slot; nil when it is empty. O(1) without hashing.
    package func get(_ kind: Kind, _ slot: Slot) -> StoredObject? {
        guard Int(kind.id) < tables.count else { return nil }
        return tables[Int(kind.id)][slot]
    }

    /// The number of objects of `kind` in all namespaces. O(1).
    package func count(_ kind: Kind) -> Int {
        Int(kind.id) < tables.count ? tables[Int(kind.id)].count : 0
    }

    /// The objects of `kind` in one namespace, or in all with nil, that satisfy `condition`, in the
    /// order of namespace and name. O(objects of the kind).
    package func list(
        _ kind: Kind, namespace: String? = nil,
        where condition: (StoredObject) -> Bool = { _ in true }
    ) -> [StoredObject] {
        guard Int(kind.id) < tables.count else { return [] }
        var found: [StoredObject] = []
        tables[Int(kind.id)].forEach { object in
            if namespace == nil || object.namespace == namespace, condition(object) {
                found.append(object)
            }
        }
        return StoredObject.listed(found)
    }

    /// Calls `body` with every object of `kind`, in an order that is the same in every run but means
    /// nothing. O(objects of the kind).
    package func forEach(_ kind: Kind, _ body: (StoredObject) -> Void) {
        guard Int(kind.id) < tables.count else { return }
        tables[Int(kind.id)].forEach(body)
    }

    mutating func set(_ kind: Kind, _ slot: Slot, to object: StoredObject?) {
        while Int(kind.id) >= tables.count { tables.append(ObjectTable()) }
        tables[Int(kind.id)].set(slot, to: object)
    }
}

extension StoredObject {
    /// The objects in the order of a list; keys are made once (an event's name is put together).
    static func listed(_ objects: [StoredObject]) -> [StoredObject] {
        guard objects.first?.kind == .event else {
            return objects.sorted(by: isListedBefore)
        }
        return objects.map { ($0.key, $0) }.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// The order of a list as etcd gives it: by namespace, then name.
    static func isListedBefore(_ left: StoredObject, _ right: StoredObject) -> Bool {
        left.namespace == right.namespace
            ? left.name < right.name : left.namespace < right.namespace
    }
}
