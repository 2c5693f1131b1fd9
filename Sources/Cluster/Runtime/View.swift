import Model
import Value

/// What one process (the controller manager, the scheduler, all kubelets) has seen of the cluster:
/// the store as of the process's cursor in the watch log.
///
/// A view lags behind the store by the latency of watch delivery, and a fault can stretch it. All
/// components of a process share it; the versions themselves are shared with the store. Looking up,
/// and listing by controller, node or namespace, costs what is found.
final class View {
    /// "controller-manager".
    let name: String
    /// From a committed write to its arrival here.
    var latency: Milliseconds
    /// The number of the last write that this view has seen.
    private(set) var sequence: Int

    private unowned let cluster: SimulatedCluster
    private let store: Store
    private let clock: Clock
    private let cursor: Int
    private var contents: IndexedState
    private var subscribers: [[Component]] = []
    /// By ``LookUp``: those that somebody has asked for.
    private var termIndexes: [TermIndex?] = LookUp.allCases.map { _ in nil }
    /// By kind: how many changes have arrived.
    private var arrivals: [Int] = []
    private var wakeUp: Milliseconds = -1
    private var isCatchingUp = false

    init(name: String, latency: Milliseconds, cluster: SimulatedCluster) {
        self.name = name
        self.latency = latency
        self.cluster = cluster
        store = cluster.store
        clock = cluster.clock
        cursor = cluster.store.addCursor()
        sequence = cluster.store.head
        contents = cluster.store.indexed
    }

    /// The store as it is now, for somebody who looks once and is told of nothing.
    init(presentOf cluster: SimulatedCluster) {
        name = "present"
        latency = 0
        self.cluster = cluster
        store = cluster.store
        clock = cluster.clock
        cursor = -1
        sequence = cluster.store.head
        contents = cluster.store.indexed
    }

    /// Has seen from now on what the view of another world has; `components` are those of this one.
    func take(_ other: View, _ components: [Component]) {
        latency = other.latency
        sequence = other.sequence
        contents = other.contents.over(store.names)
        subscribers = other.subscribers.map { list in
            list.map { components[Int($0.id.index)] }
        }
        termIndexes = other.termIndexes
        arrivals = other.arrivals
        wakeUp = other.wakeUp
        isCatchingUp = other.isCatchingUp
    }

    /// Lets go of who listens; for the end of the world.
    func dismiss() { subscribers.removeAll() }

    // MARK: Reading

    /// The objects as this process knows them.
    var state: ClusterState { _read { yield contents.state } }

    /// The object of that name, or nil.
    func get(_ kind: Kind, namespace: String = "", name: String) -> StoredObject? {
        contents.state.get(kind, namespace: namespace, name: name)
    }

    /// The object with that key, or nil.
    func get(_ kind: Kind, _ key: ObjectKey) -> StoredObject? {
        contents.state.get(kind, key)
    }

    /// The object in a slot, or nil.
    func get(_ kind: Kind, _ slot: Slot) -> StoredObject? { contents.state.get(kind, slot) }

    /// The objects whose controller has `uid`. The order is the same in every run but means nothing.
    func controlled(_ kind: Kind, by uid: String) -> [StoredObject] {
        contents.objects(kind, contents.slots(kind, controlledBy: uid))
    }

    /// The pods bound to `node`, in no meaningful order.
    func pods(onNode node: String) -> [StoredObject] {
        contents.objects(.pod, contents.slots(.pod, onNode: node))
    }

    /// The objects of `kind` in `namespace`, in no meaningful order.
    func objects(_ kind: Kind, inNamespace namespace: String) -> [StoredObject] {
        contents.objects(kind, contents.slots(kind, inNamespace: namespace))
    }

    /// The objects that have `term`, in an order that is the same in every run. Costs what is found, after
    /// the first call.
    func objects(_ lookUp: LookUp, _ term: String) -> [StoredObject] {
        if termIndexes[lookUp.rawValue] == nil {
            termIndexes[lookUp.rawValue] = TermIndex(lookUp, contents.state)
        }
        let slots = termIndexes[lookUp.rawValue]?[term] ?? []
        return contents.objects(lookUp.kind, slots)
    }

    /// The pods of a namespace with the label that a selector demands; all where it demands none.
    func pods(inNamespace namespace: String, demanding label: LabelIndex.Label?) -> [StoredObject] {
        guard let label else { return objects(.pod, inNamespace: namespace) }
        return objects(.podsByLabel, LookUp.term(namespace, label.key.name, label.value))
    }

    /// Rises with every change of an object of `kind` that arrives.
    func version(of kind: Kind) -> Int {
        Int(kind.id) < arrivals.count ? arrivals[Int(kind.id)] : 0
    }

    private func note(_ change: Change) {
        while arrivals.count <= Int(change.kind.id) { arrivals.append(0) }
        arrivals[Int(change.kind.id)] += 1
        guard change.kind == .pod || change.kind == .persistentVolume else { return }
        for place in termIndexes.indices where termIndexes[place]?.lookUp.kind == change.kind {
            termIndexes[place]?.note(old: change.old, new: change.new)
        }
    }

    /// The objects of `kind` in one or all namespaces, sorted by namespace and name.
    func list(_ kind: Kind, namespace: String? = nil) -> [StoredObject] {
        guard let namespace else { return contents.state.list(kind) }
        return StoredObject.listed(objects(kind, inNamespace: namespace))
    }

    // MARK: Delivery

    func subscribe(_ component: Component, to kind: Kind) {
        while Int(kind.id) >= subscribers.count { subscribers.append([]) }
        subscribers[Int(kind.id)].append(component)
        cluster.noteWatch(kind)
    }

    /// Whether a write to `kind` concerns anybody here.
    private func hasSubscribers(_ kind: Kind) -> Bool {
        Int(kind.id) < subscribers.count && !subscribers[Int(kind.id)].isEmpty
    }

    /// A write was committed: plan its delivery. O(1); writes of one instant share one event.
    func announce(_ change: Change, dispatcher: ComponentID, index: Int) {
        guard hasSubscribers(change.kind) else { return }
        let arrival = change.time + latency
        guard arrival > wakeUp else { return }
        wakeUp = arrival
        clock.schedule(dispatcher, code: 0, a: index, at: arrival)
    }

    /// Plans the delivery of what has not arrived yet after the latency changed.
    func planDelivery(dispatcher: ComponentID, index: Int) {
        wakeUp = -1
        guard let oldest = cluster.store.log[sequence + 1],
            let newest = cluster.store.log[cluster.store.head]
        else { return }
        for arrival in [oldest.time + latency, newest.time + latency] {
            cluster.clock.schedule(dispatcher, code: 0, a: index, at: arrival)
        }
        wakeUp = newest.time + latency
    }

    /// Compares this view with what the log says; answers what is wrong. For tests.
    func inconsistencies() -> [String] {
        var found = contents.inconsistencies().map { "\(name): \($0)" }
        // Undoing what has not arrived yet must lead from the store to this view.
        var expected: [Kind: [Slot: StoredObject?]] = [:]
        for change in cluster.store.log.changes(after: sequence).reversed() {
            expected[change.kind, default: [:]][change.object.slot] = .some(change.old)
        }
        for info in cluster.api.kinds.all where info.kind != .event {
            var count = 0
            cluster.store.state.forEach(info.kind) { object in
                let pending = expected[info.kind]?[object.slot]
                let version = pending ?? object
                if version != nil { count += 1 }
                if contents.state.get(info.kind, object.slot) !== version {
                    found.append("\(name): \(info.name) \(object.key) differs from the log")
                }
            }
            for (slot, version) in expected[info.kind] ?? [:]
            where cluster.store.state.get(info.kind, slot) == nil {
                if version != nil { count += 1 }
                if contents.state.get(info.kind, slot) !== version {
                    found.append("\(name): \(info.name) slot \(slot.index) differs from the log")
                }
            }
            if count != contents.state.count(info.kind) {
                found.append("\(name): \(info.name) count")
            }
        }
        for index in termIndexes.compactMap({ $0 }) where !index.isRight(for: contents.state) {
            found.append("\(name): \(index.lookUp)")
        }
        return found.sorted()
    }

    /// Takes in everything that has arrived by `now`, in order, and tells the subscribers.
    func catchUp(now: Milliseconds) {
        guard sequence < store.head, !isCatchingUp else { return }
        isCatchingUp = true
        defer { isCatchingUp = false }
        let cluster = cluster
        let limit = now - latency
        // Events are many, and read by people: a process that does not watch them has none.
        let ignored: Kind? = hasSubscribers(.event) ? nil : .event
        var place = sequence
        while let change = store.log.next(after: &place, until: limit, ignoring: ignored) {
            sequence = place
            contents.apply(
                change.kind, change.object.slot, old: change.old, new: change.new)
            note(change)
            guard hasSubscribers(change.kind) else { continue }
            for component in subscribers[Int(change.kind.id)] {
                cluster.enter(component, trigger: change.sequence)
                component.observe(change)
            }
        }
        // Also past the ignored ones.
        sequence = place
        store.moveCursor(cursor, to: place)
    }
}
