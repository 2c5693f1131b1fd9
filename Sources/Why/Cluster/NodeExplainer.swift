import API
import Cluster
import Model
import Value

/// A node: whether it is ready and takes pods, what its machine does, and what becomes of its pods.
enum NodeExplainer: Explainer {
    static let kinds = [Kind.node]

    static func explain(_ object: StoredObject, _ inquiry: Inquiry) -> Finding {
        let view = NodeView(object.value)
        let ready = view.conditions["Ready"]
        let since = ready.flatMap { inquiry.time($0.value[.lastTransitionTime]) }
        guard ready?.status == "True" else { return notReady(object, view, ready, since, inquiry) }
        for type in ["MemoryPressure", "DiskPressure", "PIDPressure", "NetworkUnavailable"] {
            if let condition = view.conditions[type], condition.status == "True" {
                return pressure(object, type, condition, inquiry)
            }
        }
        if view.isUnschedulable { return cordoned(object, since, inquiry) }
        if let machine = inquiry.cluster.machine(object.name), machine != .running {
            return silent(object, machine, inquiry)
        }
        let pods = inquiry.state.list(.pod) {
            $0.nodeName == object.name && !PodView($0.value).isTerminal
        }
        return Finding(
            inquiry.name(object), "is ready",
            "it has \(pods.count) of \(view.allocatable[.pods].string ?? "0") pods",
            since: since, state: .fine)
    }

    /// Whether a node has a taint that tells of trouble with its machine.
    static func hasTroubleTaint(_ node: StoredObject) -> Bool {
        NodeView(node.value).taints.contains {
            $0.key.hasPrefix("node.kubernetes.io/") && $0.key != "node.kubernetes.io/unschedulable"
        }
    }

    private static func recover(_ object: StoredObject) -> [Finding.Hint] {
        [Finding.Hint("node recover \(object.name)", "brings it back")]
    }

    private static func notReady(
        _ object: StoredObject, _ view: NodeView, _ ready: Condition?, _ since: Milliseconds?,
        _ inquiry: Inquiry
    ) -> Finding {
        var finding = Finding(
            inquiry.name(object), "is not ready", ready?.message ?? "", since: since)
        if let machine = inquiry.cluster.machine(object.name), machine != .running {
            finding.detail = "its machine is \(Leaving.words(machine)): nobody hears of its kubelet"
            finding.because = losses(object, view, inquiry)
            finding.hints = machine == .removed ? [] : recover(object)
            return finding
        }
        if inquiry.cluster.lacksNetwork(object.name) {
            finding.hints = recover(object)
            return finding
        }
        // Its machine runs and lacks nothing: the kubelet says so in a moment.
        finding.text = "is not ready yet"
        finding.detail = "its kubelet has just started"
        finding.state = .waiting
        return finding
    }

    /// A machine that has died so lately that nobody has noticed.
    private static func silent(
        _ object: StoredObject, _ machine: MachineState, _ inquiry: Inquiry
    ) -> Finding {
        Finding(
            inquiry.name(object), "still counts as ready",
            "its machine is \(Leaving.words(machine)), which shows when its heartbeats have been "
                + "missing for 50s", state: .waiting,
            hints: machine == .removed ? [] : recover(object))
    }

    /// What its taints mean for the pods on it.
    private static func losses(
        _ object: StoredObject, _ view: NodeView, _ inquiry: Inquiry
    ) -> [Finding] {
        let taints = view.taints.filter { $0.effect == "NoExecute" }
        guard let taint = taints.first else {
            let nodes = inquiry.state.list(.node)
            guard nodes.allSatisfy({ !NodeView($0.value).isReady }) else { return [] }
            return [
                Finding(
                    remark:
                        "no node is ready: then nobody is evicted, since the trouble may lie with "
                        + "whoever looks")
            ]
        }
        let pods = inquiry.state.list(.pod) {
            $0.nodeName == object.name && !PodView($0.value).isTerminal && !$0.isDeleting
        }
        guard !pods.isEmpty else { return [] }
        return [
            Finding(
                remark:
                    "\(taint.key):NoExecute: \(pods.count == 1 ? "1 pod" : "\(pods.count) pods")"
                    + " on it will be evicted when their tolerations end", state: .waiting)
        ]
    }

    private static func pressure(
        _ object: StoredObject, _ type: String, _ condition: Condition, _ inquiry: Inquiry
    ) -> Finding {
        let since = inquiry.time(condition.value[.lastTransitionTime])
        if type == "NetworkUnavailable" {
            return Finding(
                inquiry.name(object), "has no network", condition.message, since: since,
                hints: recover(object))
        }
        let name = type == "MemoryPressure" ? "memory" : type == "DiskPressure" ? "disk" : "pids"
        let evicted = inquiry.state.list(.pod) {
            $0.nodeName == object.name && $0.value[.status].text(.reason) == "Evicted"
        }
        return Finding(
            inquiry.name(object), "is under pressure",
            "its \(name) runs out: it takes no new pods, and evicts those that use most",
            since: since,
            because: evicted.isEmpty
                ? []
                : [
                    Finding(
                        remark: "evicted so far: "
                            + inquiry.list(evicted.map { inquiry.name($0) }))
                ])
    }

    // MARK: Cordons and drains

    private static func cordoned(
        _ object: StoredObject, _ since: Milliseconds?, _ inquiry: Inquiry
    ) -> Finding {
        let written = WrittenCause(inquiry)
        let write = written.lastChange(of: object) { $0[.spec].flag(.unschedulable) }
        var finding = Finding(
            inquiry.name(object), "is cordoned", "no new pods come to it", since: write?.time,
            hints: [Finding.Hint("uncordon \(object.name)", "lets pods on it again")])
        if let write { finding.because = [Finding(remark: written.line(write))] }
        finding.because += held(object, inquiry)
        return finding
    }

    /// The budgets that keep a drain from emptying the node.
    private static func held(_ object: StoredObject, _ inquiry: Inquiry) -> [Finding] {
        let pods = inquiry.state.list(.pod) {
            $0.nodeName == object.name && !PodView($0.value).isTerminal && !$0.isDeleting
        }
        let budgets = inquiry.state.list(.podDisruptionBudget) { budget in
            let view = PodDisruptionBudgetView(budget.value)
            let selector = LabelSelector(view.selector)
            return view.disruptionsAllowed == 0
                && pods.contains {
                    $0.namespace == budget.namespace
                        && selector.matches($0.value[.metadata][.labels].fields)
                }
        }
        return inquiry.troubles(budgets, most: 2)
    }
}
