import API
import Model
import Value

extension SimulatedCluster {
    /// What `settle` regards as far away.
    static let settleHorizon: Milliseconds = 60_000
    private static let lastMinute: Milliseconds = 60_000
    /// How long `settle` waits at most.
    static let settleLimit: Milliseconds = 600_000

    /// Runs until every observedGeneration is current and nothing but ticks is due within 60 s; the
    /// clock stays at the last event (DECISIONS 17).
    package func settle() throws(ClusterError) -> SettleEnd {
        if try run(until: clock.now) == .stopped { return .stopped }
        let end = clock.now + Self.settleLimit
        isLongRun = true
        defer {
            activity = nil
            isLongRun = false
        }
        while let next = clock.nextWorkInstant {
            if next > clock.now + Self.settleHorizon, unobserved().isEmpty { return .settled }
            if next > end {
                let changed = changedObjects(since: end - Self.lastMinute)
                return .restless(
                    Restlessness(
                        changed: changed.map { ($0.kind, $0.key) },
                        activities: activity?.activities(name(of:)) ?? []))
            }
            if next > end - Self.lastMinute, activity == nil { activity = ActivityLog() }
            while try step(until: next) {
                if observers.isStopped { return .stopped }
            }
        }
        return .settled
    }

    /// Whether `settle` would end at once: nothing is due at this instant, nor but ticks within a minute.
    package var isAtRest: Bool {
        guard let next = clock.nextWorkInstant else { return true }
        return next > clock.now + Self.settleHorizon && unobserved().isEmpty
    }

    /// The workloads whose controller has not yet seen their latest spec.
    func unobserved() -> [StoredObject] {
        var found: [StoredObject] = []
        for info in api.kinds.all where info.reportsObservedGeneration {
            store.state.forEach(info.kind) { object in
                if isUnobserved(object) { found.append(object) }
            }
        }
        return found
    }

    /// Whether the controller of a workload or budget has yet to see its latest spec. A budget whose pods
    /// cannot be counted (those of a DaemonSet with maxUnavailable) stays unobserved for good, with a
    /// condition that says so (DisruptionController.failSafe).
    func isUnobserved(_ object: StoredObject) -> Bool {
        let status = object.value[.status]
        let generation = object.value[.metadata].int(.generation)
        guard status.int(.observedGeneration) < generation else { return false }
        guard object.kind == .podDisruptionBudget,
            let condition = status.conditions["DisruptionAllowed"]
        else { return true }
        return condition.value.text(.reason) != "SyncFailed"
    }

    /// The objects that were written after `instant` and still exist.
    func changedObjects(since instant: Milliseconds) -> [StoredObject] {
        var found: [StoredObject] = []
        for change in store.log.changes(after: 0).reversed() {
            if change.time < instant { break }
            guard let object = change.new,
                store.state.get(object.kind, object.slot) === object
            else { continue }
            found.append(object)
        }
        return found.sorted {
            $0.kind == $1.kind
                ? StoredObject.isListedBefore($0, $1) : $0.kind.id < $1.kind.id
        }
    }
}
