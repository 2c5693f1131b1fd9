import API
import Model
import Value

@testable import Cluster

/// Stands in for scheduler and kubelets: assigns pods to nodes in turn (or to the node that a
/// DaemonSet's affinity names), makes them ready after a while, and lets deleted ones go.
///
/// Pods whose first image contains "broken" start but never get ready; with "fail" they fail; with
/// "pending" they are never assigned.
final class FakeNodes: Component {
    private enum Code {
        static let assign: Int32 = 0
        static let start: Int32 = 1
        static let remove: Int32 = 2
    }

    let nodes: [String]
    var startDelay: Milliseconds
    var stopDelay: Milliseconds
    private var turn = 0

    init(nodes: Int = 3, startDelay: Milliseconds = 500, stopDelay: Milliseconds = 300) {
        self.nodes = (1...max(nodes, 1)).map { "node-\($0)" }
        self.startDelay = startDelay
        self.stopDelay = stopDelay
        super.init(name: "fake-nodes")
    }

    override func start() { watch(.pod) }

    override func observe(_ change: Change) {
        guard let pod = change.new else { return }
        let slot = Int(pod.slot.index)
        if change.type == .added { schedule(after: 10, code: Code.assign, a: slot) }
        if pod.isDeleting && change.old?.isDeleting != true {
            schedule(after: stopDelay, code: Code.remove, a: slot, b: pod.resourceVersion)
        }
    }

    override func handle(_ event: Event) {
        guard let pod = api.find(slot: event.a) else { return }
        switch event.code {
        case Code.assign: assign(pod)
        case Code.start: started(pod)
        case Code.remove where pod.isDeleting:
            _ = try? api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0))
        default: break
        }
    }

    private func image(_ pod: StoredObject) -> String {
        pod.value[.spec][.containers][0][.image].string ?? ""
    }

    private func assign(_ pod: StoredObject) {
        guard !pod.isDeleting, pod.nodeName == nil, !image(pod).contains("pending") else { return }
        let terms = pod.value[.spec][.affinity][.nodeAffinity][
            .requiredDuringSchedulingIgnoredDuringExecution][.nodeSelectorTerms]
        var node = terms[0][.matchFields][0][.values][0].string
        if node == nil {
            node = nodes[turn % nodes.count]
            turn += 1
        }
        _ = try? api.modify(pod) { $0[.spec][.nodeName] = Value(node) }
        schedule(after: startDelay, code: Code.start, a: Int(pod.slot.index))
    }

    private func started(_ pod: StoredObject) {
        guard !pod.isDeleting, pod.nodeName != nil else { return }
        let image = image(pod)
        let phase = image.contains("fail") ? "Failed" : "Running"
        let ready = image.contains("broken") || phase == "Failed" ? "False" : "True"
        let time = api.timestamp
        _ = try? api.modifyStatus(pod) { status in
            status[.phase] = Value(phase)
            status[.conditions] = [
                [.type: "Ready", .status: Value(ready), .lastTransitionTime: time]
            ]
        }
    }
}

extension APIServer {
    /// The pod in a slot, as it is now.
    func find(slot: Int) -> StoredObject? {
        var found: StoredObject?
        store.state.forEach(.pod) { if Int($0.slot.index) == slot { found = $0 } }
        return found
    }
}

/// A world with the controllers under test and ``FakeNodes``.
struct ControllerWorld {
    let cluster: SimulatedCluster
    let nodes: FakeNodes

    init(
        _ controllers: [Controller], nodes: FakeNodes = FakeNodes(), seed: UInt64 = 1,
        configure: (inout ClusterOptions) -> Void = { _ in }
    ) {
        var options = ClusterOptions()
        options.seed = seed
        configure(&options)
        cluster = SimulatedCluster(bare: options)
        cluster.createInitialObjects()
        self.nodes = nodes
        let manager = cluster.addProcess("controller-manager")
        for controller in controllers { cluster.add(controller, to: manager) }
        cluster.add(nodes, to: cluster.addProcess("kubelet"))
    }

    var api: APIServer { cluster.api }

    /// Makes Node objects for the nodes that pods are assigned to.
    func createNodes(_ count: Int) throws {
        for number in 1...count {
            let node = try api.create(
                .node,
                [
                    .metadata: [
                        .name: Value("node-\(number)"),
                        .labels: ["kubernetes.io/hostname": Value("node-\(number)")],
                    ],
                    .spec: [:],
                ])
            // Nobody here takes away the taint of a node that is not ready yet.
            try api.modify(node) { $0[.spec][.taints] = .null }
        }
    }

    func node(_ name: String) -> StoredObject? { cluster.state.get(.node, name: name) }

    func get(_ kind: Kind, _ name: String) -> StoredObject? {
        cluster.state.get(kind, namespace: "default", name: name)
    }

    func list(_ kind: Kind) -> [StoredObject] { cluster.state.list(kind, namespace: "default") }

    func pods(of uid: String) -> [StoredObject] { list(.pod).filter { $0.controllerUID == uid } }

    /// The messages of the events about `kind`, oldest first; a count above 1 is appended.
    func events(_ kind: String) -> [String] {
        list(.event)
            .filter { $0.value[.involvedObject][.kind].string == kind }
            .sorted { $0.resourceVersion < $1.resourceVersion }
            .map { "\($0.value[.reason].string ?? "") \($0.value[.message].string ?? "")" }
    }

    /// The values that a path of one object had over time, without repetitions.
    func history(_ kind: Kind, _ name: String, _ read: (Value) -> Value) -> [Value] {
        var result: [Value] = []
        for change in cluster.log.changes(after: 0)
        where change.kind == kind && change.object.name == name && change.type != .deleted {
            let value = read(change.object.value)
            if result.last != value { result.append(value) }
        }
        return result
    }

    /// How many writes there were so far.
    var writes: Int { cluster.log.head }
}
