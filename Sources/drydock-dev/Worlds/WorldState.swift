import API
import Cluster
import Model
import Value

/// What there is in a world at rest, for invariants to look at.
struct WorldState {
    let cluster: SimulatedCluster
    /// Images whose containers never become ready.
    let unsoundImages: Set<String>
    /// An object seen otherwise than it is, to try an invariant.
    private let damage: Damage?
    let pods: [PodView]
    let nodes: [NodeView]
    private let podsByController: [String: [PodView]]
    private let nodesByName: [String: NodeView]

    init(_ cluster: SimulatedCluster, unsoundImages: Set<String>, damage: Damage? = nil) {
        self.cluster = cluster
        self.unsoundImages = unsoundImages
        self.damage = damage
        pods = Self.values(.pod, cluster, damage).map { PodView($0) }
        nodes = Self.values(.node, cluster, damage).map { NodeView($0) }
        podsByController = Dictionary(grouping: pods) { $0.metadata.controllerUID ?? "" }
        nodesByName = Dictionary(nodes.map { ($0.name, $0) }, uniquingKeysWith: { $1 })
    }

    /// The objects of a kind by namespace and name.
    func objects(_ kind: Kind) -> [AnyResource] {
        Self.values(kind, cluster, damage).map { AnyResource($0) }
    }

    private static func values(
        _ kind: Kind, _ cluster: SimulatedCluster, _ damage: Damage?
    ) -> [Value] {
        cluster.state.list(kind).compactMap { object in
            guard let damage else { return object.value }
            return damage.view(of: object.value, kind)
        }
    }

    func find(_ kind: Kind, _ namespace: String, _ name: String) -> AnyResource? {
        objects(kind).first { $0.namespace == namespace && $0.name == name }
    }

    /// The pods that an object controls.
    func pods(of owner: some ResourceView) -> [PodView] { podsByController[owner.uid] ?? [] }

    /// Those that count.
    func activePods(of owner: some ResourceView) -> [PodView] { pods(of: owner).filter(\.isActive) }

    func node(_ name: String) -> NodeView? { nodesByName[name] }

    /// Whether the pod is on a machine that nobody hears of: then nothing ends it and it becomes nothing.
    func isOnDeadNode(_ pod: PodView) -> Bool {
        !pod.nodeName.isEmpty && node(pod.nodeName)?.isReady != true
    }

    /// Why a pod need not be ready: nil where it must be.
    func excuse(of pod: PodView) -> String? {
        if pod.nodeName.isEmpty { return "not scheduled" }
        if isOnDeadNode(pod) { return "on a dead node" }
        if pod.isDeleting { return "terminating" }
        if pod.spec.containers.contains(where: { unsoundImages.contains($0.image) }) {
            return "its image does not work"
        }
        return nil
    }

    /// Whether a workload may be where it is, unfinished: a pod of its cannot become ready, or a quota
    /// forbids another one.
    func isHeldUp(_ workload: some WorkloadView) -> Bool {
        if !objects(.resourceQuota).filter({ $0.namespace == workload.namespace }).isEmpty {
            return true
        }
        if workload.templateSpec.containers.contains(where: { unsoundImages.contains($0.image) }) {
            return true
        }
        let selector = LabelSelector(workload.selector)
        return pods.contains {
            $0.namespace == workload.namespace && selector.matches($0.labels)
                && (excuse(of: $0) != nil || $0.isTerminal)
        }
    }

    /// What is wrong with `object`.
    func violation(_ kind: String, _ object: some ResourceView, _ finding: String) -> Violation {
        let place = object.namespace.isEmpty ? "" : " in \(object.namespace)"
        return Violation(object: "\(kind)/\(object.name)\(place)", finding: finding)
    }
}

/// An object for which an invariant does not hold.
struct Violation: Hashable {
    let object: String
    let finding: String
}
