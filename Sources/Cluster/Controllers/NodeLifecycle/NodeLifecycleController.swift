import Model
import Support
import Value

/// Notices nodes whose kubelet no longer reports, taints nodes by their condition, and marks their
/// pods as not ready. Evicting the pods is the taint eviction controller's part.
///
/// Origin: pkg/controller/nodelifecycle/node_lifecycle_controller.go. Heartbeats are not simulated:
/// they come each 10 s while the machine runs, so the moment at which the controller misses them
/// follows from when the machine died. The controller looks at all nodes each 5 s (a pass), but only
/// while there is something for a pass to do.
final class NodeLifecycleController: Controller {
    private enum Code {
        static let pass: Int32 = 0
        static let taint: Int32 = 1
        static let overdue: Int32 = 2
    }

    /// Upstream's nodeMonitorPeriod.
    static let passPeriod: Milliseconds = 5_000
    /// How often a kubelet renews its lease.
    static let heartbeatPeriod: Milliseconds = 10_000
    /// How often a kubelet reports an unchanged status.
    static let statusPeriod: Milliseconds = 300_000
    /// How long a node may take to report for the first time.
    static let startupGracePeriod: Milliseconds = 60_000

    static let source = EventSource("node-controller")

    /// Where passes are planned, at most one of each weight.
    private var plannedWork = false
    private var plannedTick = false
    /// The nodes that the last pass knew, by name, with their uid.
    var known: [String: String] = [:]
    /// The nodes that went since the last pass.
    var removed: [StoredObject] = []
    /// By node: since when its machine runs.
    var runningSince: [String: Milliseconds] = [:]
    /// By node: from when on its heartbeats are missed, and when the last one came.
    var silences: [String: Silence] = [:]
    var zones = NodeZones()

    struct Silence {
        let timer: Timer
        /// The last sign of life; nil for a node that never gave one.
        let last: Milliseconds?
    }

    init() { super.init(name: "node-lifecycle-controller", workers: 8) }

    override func start() {
        watch(.node)
        watch(.pod)
    }

    // MARK: Watching

    override func observe(_ change: Change) {
        if change.kind == .pod { return observePod(change) }
        let node = change.object
        if change.type == .deleted {
            removed.append(node)
            endSilence(node.name)
            return plan(.tick)
        }
        enqueue(node)
        if change.type == .added {
            plan(.tick)
            if cluster.machine(node.name) == nil {
                expectSilence(node.name, from: now + Self.startupGracePeriod, last: nil)
            }
        }
        if readiness(change.old) != readiness(node)
            || change.old?.value[.spec][.taints] != node.value[.spec][.taints]
        {
            if needsPass(node) { plan(.work) }
        }
    }

    /// A pod that is bound to, or reports itself ready on, a node that is not ready is marked too.
    private func observePod(_ change: Change) {
        guard change.type != .deleted, let name = change.object.nodeName,
            change.old?.nodeName != name,
            let node = view.get(.node, name: name), readiness(node) != "True"
        else { return }
        plan(.work)
    }

    func readiness(_ node: StoredObject?) -> String {
        node.map { NodeView($0.value).conditions["Ready"]?.status ?? "" } ?? ""
    }

    /// Whether a pass will have something to do for the node.
    private func needsPass(_ node: StoredObject) -> Bool {
        switch readiness(node) {
        case "False": !NodeTaints.has(NodeTaints.notReady, "NoExecute", node.value)
        case "Unknown": !NodeTaints.has(NodeTaints.unreachable, "NoExecute", node.value)
        case "True":
            NodeTaints.has(NodeTaints.notReady, "NoExecute", node.value)
                || NodeTaints.has(NodeTaints.unreachable, "NoExecute", node.value)
        default: false
        }
    }

    override func machineChanged(_ node: String, _ state: MachineState) {
        switch state {
        case .running:
            runningSince[node] = now
            endSilence(node)
        case .failed, .partitioned:
            guard silences[node] == nil else { return }
            let since = runningSince[node] ?? now
            let last = since + (now - since) / Self.heartbeatPeriod * Self.heartbeatPeriod
            expectSilence(node, from: nextPass(last) + profile.nodeMonitorGracePeriod, last: last)
        case .removed: endSilence(node)
        }
    }

    /// The first pass at or after an instant: passes come each 5 s.
    private func nextPass(_ instant: Milliseconds) -> Milliseconds {
        (instant + Self.passPeriod - 1) / Self.passPeriod * Self.passPeriod
    }

    private func expectSilence(_ node: String, from instant: Milliseconds, last: Milliseconds?) {
        let timer = scheduleTimer(
            after: max(nextPass(instant) - now, 0), code: Code.overdue)
        silences[node] = Silence(timer: timer, last: last)
    }

    private func endSilence(_ node: String) {
        guard let silence = silences.removeValue(forKey: node) else { return }
        cancel(silence.timer)
    }

    // MARK: Passes

    func plan(_ weight: EventWeight) {
        if weight == .work ? plannedWork : plannedTick { return }
        if weight == .work { plannedWork = true } else { plannedTick = true }
        scheduleTick(
            every: Self.passPeriod, code: Code.pass, weight: weight)
    }

    override func fire(_ event: Event) {
        if event.code == Code.taint { return taintQueued() }
        if event.code == Code.pass {
            plannedWork = false
            plannedTick = false
        }
        pass()
    }

    func planTainting(after delay: Milliseconds) { schedule(after: delay, code: Code.taint) }

    // MARK: NoSchedule taints

    /// `doNoScheduleTaintingPass`: an addition and a removal are two writes.
    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let node = view.get(.node, key) else { return }
        let view = NodeView(node.value)
        let wanted = NodeTaints.wanted(view)
        let present = view.taints.filter { $0.effect == "NoSchedule" && NodeTaints.isManaged($0) }
            .map(\.key)
        let missing = wanted.filter { !present.contains($0) }
        let outdated = present.filter { !wanted.contains($0) }
        do throws(APIError) {
            try swap(node, effect: "NoSchedule", adding: missing, removing: outdated)
        } catch  where error.isNotFound {
            return
        }
    }

    /// Adds and removes taints (`SwapNodeControllerTaint`).
    func swap(
        _ node: StoredObject, effect: String, adding: [String], removing: [String]
    ) throws(APIError) {
        let time = api.timestamp
        if !adding.isEmpty {
            try api.modify(node) { value in
                for key in adding { NodeTaints.add(key, effect, to: &value, at: time) }
            }
        }
        if !removing.isEmpty {
            try api.modify(node) { value in
                for key in removing { NodeTaints.remove(key, effect, from: &value) }
            }
        }
    }
}
