import API
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
        static let registration: Int32 = 3
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

    /// Where in each 5 s the passes are: it depends on when the process started.
    private var phase: Milliseconds = 0
    /// The next pass that has work, and the next one that only tells of nodes that came and went.
    private var work = Timer.none
    private var isRegistrationPlanned = false
    /// When queued nodes may be tainted.
    private var tainting = Timer.none
    /// The nodes for which the next pass has work.
    private var due: Set<String> = []
    /// The nodes that the last pass knew, by name, as they were when they came.
    var known: [String: StoredObject] = [:]
    /// By node: since when its machine runs.
    var runningSince: [String: Milliseconds] = [:]
    /// By node: from when on its heartbeats are missed, and when the last one came.
    var silences: [String: Silence] = [:]
    var zones = NodeZones()

    struct Silence {
        let timer: Timer
        let begin: Milliseconds
        /// The last sign of life; nil for a node that never gave one.
        let last: Milliseconds?
    }

    init() { super.init(name: "node-lifecycle-controller", workers: 8) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        phase = other.phase
        work = other.work
        isRegistrationPlanned = other.isRegistrationPlanned
        tainting = other.tainting
        due = other.due
        known = other.known
        runningSince = other.runningSince
        silences = other.silences
        zones = other.zones
    }

    override func start() {
        watch(.node)
        if profile.jitterPercent > 0 {
            phase = Milliseconds(jitter.next() % UInt64(Self.passPeriod))
        }
    }

    // MARK: Watching

    override func observe(_ change: Change) {
        let node = change.object
        if change.type == .deleted {
            endSilence(node.name)
            note(node.name, isDue: false)
            return planRegistration()
        }
        enqueue(node)
        if change.type == .added {
            planRegistration()
            if cluster.machine(node.name) == nil { expectFirstReport(of: node) }
        }
        let isChanged = readiness(change.old) != readiness(node)
        if isChanged || change.old?.value[.spec][.taints] != node.value[.spec][.taints] {
            note(node.name, isDue: needsPass(node))
        }
        // What one node does can set the others free that wait to be tainted.
        if isChanged, zones.hasQueued || zones.areAllDown { planPass() }
    }

    func readiness(_ node: StoredObject?) -> String {
        node.map { NodeView($0.value).conditions["Ready"]?.status ?? "" } ?? ""
    }

    /// Whether a pass will have something to do for the node.
    private func needsPass(_ node: StoredObject) -> Bool {
        if isOverdue(node) { return true }
        switch readiness(node) {
        case "False": return !NodeTaints.has(NodeTaints.notReady, "NoExecute", node.value)
        case "Unknown": return !NodeTaints.has(NodeTaints.unreachable, "NoExecute", node.value)
        case "True":
            return NodeTaints.has(NodeTaints.notReady, "NoExecute", node.value)
                || NodeTaints.has(NodeTaints.unreachable, "NoExecute", node.value)
        default: return false
        }
    }

    // MARK: Silence

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
        case .removed:
            runningSince[node] = nil
            endSilence(node)
        }
    }

    /// A Node that no machine made: it has a minute to report, or the usual time if it came with a
    /// Ready condition.
    private func expectFirstReport(of node: StoredObject) {
        let grace =
            readiness(node).isEmpty ? Self.startupGracePeriod : profile.nodeMonitorGracePeriod
        expectSilence(node.name, from: now + grace, last: nil)
    }

    /// The first pass at or after an instant: passes come each 5 s.
    private func nextPass(_ instant: Milliseconds) -> Milliseconds {
        (instant - phase + Self.passPeriod - 1) / Self.passPeriod * Self.passPeriod + phase
    }

    private func expectSilence(_ node: String, from instant: Milliseconds, last: Milliseconds?) {
        let begin = max(nextPass(instant), now)
        let timer = scheduleTimer(after: begin - now, code: Code.overdue)
        silences[node] = Silence(timer: timer, begin: begin, last: last)
    }

    private func endSilence(_ node: String) {
        guard let silence = silences.removeValue(forKey: node) else { return }
        cancel(silence.timer)
    }

    /// Whether the node's heartbeats are missed, and it is not yet marked. The store's own version
    /// decides: what an earlier pass of this instant wrote counts.
    func isOverdue(_ node: StoredObject) -> Bool {
        guard let silence = silences[node.name], silence.begin <= now else { return false }
        return readiness(api.find(.node, name: node.name)) != "Unknown"
    }

    // MARK: Passes

    /// Takes note of whether the next pass has work with a node. A pass that none needs any more does
    /// not take place: nobody is to wait for it.
    private func note(_ node: String, isDue: Bool) {
        if isDue {
            due.insert(node)
            planPass()
        } else if due.remove(node) != nil, due.isEmpty {
            cancel(work)
        }
    }

    private func planPass() {
        guard !isPending(work) else { return }
        work = scheduleTimer(after: nextPass(now + 1) - now, code: Code.pass)
    }

    private func planRegistration() {
        guard !isRegistrationPlanned else { return }
        isRegistrationPlanned = true
        scheduleTick(every: Self.passPeriod, phase: phase, code: Code.registration)
    }

    override func fire(_ event: Event) {
        switch event.code {
        case Code.taint: return taintQueued()
        case Code.registration: isRegistrationPlanned = false
        default: break
        }
        due = []
        cancel(work)
        pass()
    }

    func planTainting(at instant: Milliseconds) {
        cancel(tainting)
        tainting = scheduleTimer(after: instant - now, code: Code.taint)
    }

    // MARK: NoSchedule taints and labels

    /// `doNoScheduleTaintingPass`: an addition and a removal are two writes.
    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let node = view.get(.node, key) else { return }
        let view = NodeView(node.value)
        let wanted = NodeConditionTaint.wanted(view)
        let present = view.taints.filter {
            $0.effect == "NoSchedule" && NodeConditionTaint.isManaged($0)
        }
        .map(\.key)
        let missing = wanted.filter { !present.contains($0) }
        let outdated = present.filter { !wanted.contains($0) }
        do throws(APIError) {
            try swap(node, effect: "NoSchedule", adding: missing, removing: outdated)
            try reconcileLabels(node)
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

    private static let labelPairs: [(stable: Key, beta: Key)] = [
        ("kubernetes.io/os", "beta.kubernetes.io/os"),
        ("kubernetes.io/arch", "beta.kubernetes.io/arch"),
    ]

    /// `reconcileNodeLabels`: the beta labels follow the stable ones.
    private func reconcileLabels(_ node: StoredObject) throws(APIError) {
        let labels = node.value[.metadata][.labels]
        let outdated = Self.labelPairs.filter {
            !labels[$0.stable].isNull && labels[$0.stable] != labels[$0.beta]
        }
        guard !outdated.isEmpty else { return }
        try api.modify(node) { value in
            for pair in outdated { value[.metadata][.labels][pair.beta] = labels[pair.stable] }
        }
    }
}
