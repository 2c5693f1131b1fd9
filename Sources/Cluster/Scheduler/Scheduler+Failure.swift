import Model
import Support
import Value

/// What the scheduler does for a pod that found no node.
extension Scheduler {
    func fail(
        _ cycle: SchedulingCycle, _ entry: SchedulingQueue.Entry, _ failure: Diagnosis
    ) {
        let pod = cycle.pod.object
        var message = failure.message
        var nomination = Nomination.none
        if failure.nodes > 0 {
            let help = help(cycle, failure)
            nomination = help.nomination
            if !help.text.isEmpty { message += " \(help.text)" }
        }
        apply(nomination, cycle.pod)
        queue.setUnschedulable(pod.slot, plugins.rejectors(failure.rejectors), at: now)
        schedule(
            after: SchedulingQueue.flushInterval, code: Code.flush, a: Int(pod.slot.index),
            b: entry.attempts, weight: .tick)
        tell(pod, .warning, "FailedScheduling", message, action: "Scheduling")
        report(pod, message, nomination)
    }

    /// Records an event through the newer API, as the scheduler alone does.
    func tell(
        _ pod: StoredObject, _ type: EventType, _ reason: String, _ message: String,
        action: String
    ) {
        cluster.recorder.recordSeries(
            pod, type, reason: reason, message: message, action: action,
            source: EventSource(name, host: "control-plane"))
    }

    /// What becomes of a pod's nominated node.
    enum Nomination {
        case none
        case kept
        case node(String)

        var isNode: Bool {
            if case .node = self { return true }
            return false
        }
    }

    /// Asks the plugins that may help, until one does (RunPostFilterPlugins).
    private func help(_ cycle: SchedulingCycle, _ failure: Diagnosis)
        -> (nomination: Nomination, text: String)
    {
        var nomination = Nomination.kept
        var reasons: [String] = []
        for plugin in plugins.postFilters {
            switch plugin.postFilter(failure, cycle, self) {
            case .nominated(let node): return (.node(node), "")
            case .rejected(let reason, let keepsNomination):
                reasons.append(reason)
                if !keepsNomination { nomination = .none }
            case .failed(let text): return (.kept, text)
            }
        }
        return (nomination, reasons.joined(separator: ", "))
    }

    private func apply(_ nomination: Nomination, _ pod: PodToPlace) {
        switch nomination {
        case .none: nominations.remove(pod.object.slot)
        case .kept: break
        case .node(let node): nominations.add(pod.object.slot, pod.needs, node: node)
        }
    }

    /// Writes the pod's condition, and its nominated node.
    func report(
        _ pod: StoredObject, _ message: String, _ nomination: Nomination,
        reason: String = "Unschedulable"
    ) {
        let timestamp = api.timestamp
        _ = try? api.modifyStatus(pod) { status in
            var conditions = Conditions(status[.conditions])
            var condition = Condition(
                type: "PodScheduled", status: "False", reason: reason, message: message)
            condition.value[.observedGeneration] = pod.value[.metadata][.generation]
            conditions.set(condition, transition: timestamp)
            status[.conditions] = conditions.value
            switch nomination {
            case .none: status[.nominatedNodeName] = .null
            case .kept: break
            case .node(let node): status[.nominatedNodeName] = Value(node)
            }
        }
    }

    /// A pod that was nominated has to look for another node; those that had let it go first may
    /// come in its stead.
    func takeBackNomination(of slot: Slot) {
        guard let pod = view.get(.pod, slot) else { return }
        let priority = PodSpecView(pod.value[.spec]).priority
        nominations.remove(slot)
        _ = try? api.modifyStatus(pod) { $0[.nominatedNodeName] = .null }
        move(ClusterEvent(action: .podDeleted, old: pod, new: nil)) { $0.priority <= priority }
    }
}
