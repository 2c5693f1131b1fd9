import Model
import Value

// Origin: rollingUpdate in pkg/controller/daemon/update.go.
extension DaemonSetController {
    /// Replaces old pods within the limits of the strategy; `then` is called with its last request.
    /// Costs nothing when no pod is old.
    func rollingUpdate(
        _ set: StoredObject, _ state: DaemonState, _ outcome: RequestOutcome,
        then: @escaping () throws(APIError) -> Void
    ) throws(APIError) {
        guard state.totals.outdated > 0 else { return try then() }
        let strategy = DaemonSetView(set.value)
        let desired = state.totals.desired
        let surge = IntOrPercent.scaled(strategy.maxSurge, total: desired, roundUp: true) ?? 0
        var missing =
            IntOrPercent.scaled(strategy.maxUnavailable, total: desired, roundUp: true) ?? 0
        if desired > 0 && missing == 0 && surge == 0 { missing = 1 }
        let actions =
            surge == 0
            ? replacements(state, maxUnavailable: missing) : surgeActions(state, maxSurge: surge)
        try syncNodes(set, state, actions, outcome, then: then)
    }

    /// The nodes that have pods or should have one.
    private func concernedNodes(_ state: DaemonState) -> [Int] {
        ordered(
            state.cells.indices.filter { number in
                let cell = state.cells[number]
                return cell.summary.isScheduled
                    || (cell.nodeVersion >= 0 && cell.eligibility.shouldRun)
            })
    }

    /// Old pods to delete so that at most `maxUnavailable` nodes are without an available pod. Old
    /// pods that are not available go in any case.
    ///
    /// Every node with a pod counts, also one where the daemon does not belong any more: of three
    /// nodes one dies, its old pod is deleted and stays, terminating, so that with the default of 1 no
    /// other pod is replaced until it is gone.
    ///
    /// Example: three nodes, at most one missing: one old pod goes; its node counts as missing until
    /// the new pod is available, and only then the next old pod goes.
    private func replacements(_ state: DaemonState, maxUnavailable: Int) -> NodeActions {
        var unavailable = 0
        var allowed: [StoredObject] = []
        var candidates: [StoredObject] = []
        for number in concernedNodes(state) {
            let cell = state.cells[number]
            let summary = cell.summary
            if summary.hasExcess {
                unavailable += 1
                continue
            }
            switch (summary.newPod, summary.oldPod) {
            case (nil, nil), (_?, _?): unavailable += 1
            case (_?, nil):
                if !summary.newAvailable { unavailable += 1 }
            case (nil, let old?):
                if !summary.oldAvailable {
                    allowed.append(old)
                    unavailable += 1
                } else if unavailable < maxUnavailable {
                    candidates.append(old)
                }
            }
        }
        let rest = max(0, maxUnavailable - unavailable)
        return NodeActions(delete: allowed + candidates.prefix(rest))
    }

    /// New pods beside old ones, at most `maxSurge` of them beside available ones; old pods whose
    /// successor is available go.
    private func surgeActions(_ state: DaemonState, maxSurge: Int) -> NodeActions {
        var actions = NodeActions()
        var sunset: [StoredObject] = []
        var candidates: [Int] = []
        var surging = 0
        var available = 0
        for number in concernedNodes(state) {
            let cell = state.cells[number]
            let summary = cell.summary
            if summary.hasExcess {
                surging += 1
                continue
            }
            let counts = summary.oldPod != nil ? summary.oldAvailable : summary.newAvailable
            if counts { available += 1 }
            guard let old = summary.oldPod else { continue }
            if summary.newPod != nil {
                if summary.newAvailable { actions.delete.append(old) } else { surging += 1 }
            } else if !summary.oldAvailable {
                if cell.eligibility.shouldRun {
                    actions.create.append(number)
                } else {
                    actions.delete.append(old)
                }
            } else if !cell.eligibility.shouldRun {
                sunset.append(old)
            } else if surging < maxSurge {
                candidates.append(number)
            }
        }
        // A node that drops out of the daemon's scope keeps its pod until another one took over.
        actions.delete += sunset.prefix(max(0, available - state.totals.desired))
        actions.create += candidates.prefix(max(0, maxSurge - surging))
        return actions
    }
}
