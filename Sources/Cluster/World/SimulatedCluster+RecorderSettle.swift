import API
import Model
import Support
import Value

extension SimulatedCluster {
    /// Waits as the corpus' recorder did at a `~ settle` line (DECISIONS 28): at least 1 s, then until
    /// no object changed for 3 s, no pod on a live node is terminating or not yet ready, and every
    /// workload's spec was observed. After 25 s without any change, or 120 s, it ends anyway.
    @discardableResult
    package func settleAsRecorder() throws(ClusterError) -> RunEnd {
        if try run(until: clock.now) == .stopped { return .stopped }
        let (earliest, latest) = (clock.now + 1_000, clock.now + 120_000)
        while true {
            let quiet: Milliseconds = isRecorderContent ? 3_000 : 25_000
            let end = min(max(earliest, lastRecordedChange + quiet), latest)
            let seen = store.head
            while store.head == seen, try step(until: end) {
                if observers.isStopped { return .stopped }
            }
            if store.head == seen {
                clock.skip(to: end)
                return .reached
            }
        }
    }

    /// The time of the last write to something the recorder watched.
    private var lastRecordedChange: Milliseconds {
        for change in store.log.changes(after: 0).reversed()
        where change.kind != .event && change.kind != .endpointSlice { return change.time }
        return 0
    }

    private var isRecorderContent: Bool {
        var isContent = unobserved().isEmpty
        store.state.forEach(.pod) { pod in
            if isContent, delaysRecorder(pod) { isContent = false }
        }
        return isContent
    }

    private func delaysRecorder(_ pod: StoredObject) -> Bool {
        guard let node = pod.nodeName, !node.isEmpty else {
            // A pod that the scheduler has given up on for now does not delay.
            return pod.value[.status].conditions["PodScheduled"]?.status != "False"
        }
        guard machines[node] == .running else { return false }
        if pod.isDeleting { return true }
        let view = PodView(pod.value)
        return !view.isTerminal && !view.isReady
    }
}
