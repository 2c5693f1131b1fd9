import Model
import Value

// Origin: updateDaemonSetStatus and storeDaemonSetStatus in
// pkg/controller/daemon/daemon_controller.go.
extension DaemonSetController {
    /// Reports the counters if they or the observed generation changed. While pods that were asked
    /// for are still to be seen, the generation does not count as observed.
    func updateStatus(
        _ set: StoredObject, _ state: DaemonState, observesGeneration: Bool
    ) throws(APIError) {
        let totals = state.totals
        var status = set.value[.status]
        status[.currentNumberScheduled] = Value(totals.current)
        status[.numberMisscheduled] = Value(totals.misscheduled)
        status[.desiredNumberScheduled] = Value(totals.desired)
        status[.numberReady] = Value(totals.ready)
        status[.updatedNumberScheduled] = .counter(totals.updated)
        status[.numberAvailable] = .counter(totals.available)
        status[.numberUnavailable] = .counter(totals.desired - totals.available)
        let generation = DaemonSetView(set.value).generation
        let isCurrent = set.value[.status].int(.observedGeneration) >= generation
        if status != set.value[.status] || !isCurrent {
            if observesGeneration { status[.observedGeneration] = Value(generation) }
            try write(set, status)
        }
        // The second net against clocks that go differently.
        if state.minReadySeconds > 0 && totals.ready != totals.available {
            enqueue(set.key, after: Int64(state.minReadySeconds) * 1000)
        }
    }

    private func write(_ set: StoredObject, _ status: Value) throws(APIError) {
        do throws(APIError) {
            try api.updateStatus(set, to: status)
        } catch {
            guard let live = api.find(.daemonSet, set.key) else {
                throw .notFound(api.kinds[.daemonSet], set.name)
            }
            try api.updateStatus(live, to: status)
        }
    }
}
