import Model
import Value

// Origin: updateDaemonSetStatus and storeDaemonSetStatus in
// pkg/controller/daemon/daemon_controller.go.
extension DaemonSetController {
    /// The status by what is seen now. While pods that were asked for are still to be seen, the
    /// generation does not count as observed.
    func newStatus(
        _ set: StoredObject, _ state: DaemonState, observesGeneration: Bool
    ) -> Value {
        state.refresh(view, nodes, now: now)
        let totals = state.totals
        var status = set.value[.status]
        status[.currentNumberScheduled] = Value(totals.current)
        status[.numberMisscheduled] = Value(totals.misscheduled)
        status[.desiredNumberScheduled] = Value(totals.desired)
        status[.numberReady] = Value(totals.ready)
        status[.updatedNumberScheduled] = .counter(totals.updated)
        status[.numberAvailable] = .counter(totals.available)
        status[.numberUnavailable] = .counter(totals.desired - totals.available)
        if observesGeneration {
            status[.observedGeneration] = Value(DaemonSetView(set.value).generation)
        }
        return status
    }

    /// Writes the status if a counter or the observed generation changed.
    func updateStatus(
        _ set: StoredObject, _ state: DaemonState, _ status: Value
    ) throws(APIError) {
        try writeStatus(set, status)
        // The second net against clocks that go differently.
        let isWaiting = status.int(.numberReady) != status.int(.numberAvailable)
        if state.minReadySeconds > 0 && isWaiting {
            enqueue(set.key, after: Milliseconds(seconds: state.minReadySeconds))
        }
    }
}
