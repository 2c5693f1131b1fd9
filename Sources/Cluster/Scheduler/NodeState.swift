import Model
import Support
import Value

/// What the scheduler knows of one node: what it offers and what is taken.
struct NodeState {
    var name: String
    /// The node object, for selectors.
    var view: NodeView
    /// The labels of the node.
    var labels: Object
    /// Taints that keep pods out (NoSchedule and NoExecute).
    var hardTaints: [TaintView]
    /// Taints that pods only avoid (PreferNoSchedule).
    var softTaints: [TaintView]
    var isUnschedulable: Bool
    /// What `status.images` says: sizes in bytes by name.
    var images: [String: Int64]
    var allocatable: ResourceAmounts
    var allowedPods: Int
    /// False once the node object is gone while pods are still on it.
    var isPresent: Bool
    /// Rises with every change: what was computed from an older version is out of date.
    private(set) var version: Int32 = 0

    /// Sums over the pods of the node, assumed ones included.
    var requested = ResourceAmounts()
    var nonZeroMilliCPU: Int128 = 0
    var nonZeroMemory: Int128 = 0
    /// The pods on the node, in the order they came.
    var pods: [Slot] = []
    var usedPorts: [HostPort] = []

    init(absent name: String) {
        self.name = name
        view = NodeView(.null)
        labels = Object()
        hardTaints = []
        softTaints = []
        isUnschedulable = false
        images = [:]
        allocatable = ResourceAmounts()
        allowedPods = 0
        isPresent = false
    }

    /// What a node object says, without pods.
    init(alone node: StoredObject) {
        self.init(absent: node.name)
        update(from: node.value)
    }

    /// Takes what the node object says; the pods stay.
    mutating func update(from node: Value) {
        version &+= 1
        view = NodeView(node)
        labels = view.labels
        let taints = view.taints
        hardTaints = taints.filter { $0.effect == "NoSchedule" || $0.effect == "NoExecute" }
        softTaints = taints.filter { $0.effect == "PreferNoSchedule" }
        isUnschedulable = view.isUnschedulable
        images = Self.images(node[.status][.images])
        allocatable = ResourceAmounts(quantities: view.allocatable)
        let pods = view.allocatable[.pods]
        allowedPods = Quantity(pods).map { Int($0.value) } ?? 0
        isPresent = true
    }

    private static func images(_ list: Value) -> [String: Int64] {
        var sizes: [String: Int64] = [:]
        for image in list.elements {
            for name in image[.names].elements.compactMap(\.string) {
                sizes[name] = Int64(image.int(.sizeBytes))
            }
        }
        return sizes
    }

    mutating func add(_ pod: Slot, _ needs: PodNeeds) {
        version &+= 1
        pods.append(pod)
        requested += needs.request.amounts
        nonZeroMilliCPU += needs.request.nonZeroMilliCPU
        nonZeroMemory += needs.request.nonZeroMemory
        usedPorts.append(contentsOf: needs.hostPorts)
    }

    mutating func remove(_ pod: Slot, _ needs: PodNeeds) {
        guard let index = pods.firstIndex(of: pod) else { return }
        version &+= 1
        pods.remove(at: index)
        requested -= needs.request.amounts
        nonZeroMilliCPU -= needs.request.nonZeroMilliCPU
        nonZeroMemory -= needs.request.nonZeroMemory
        for port in needs.hostPorts {
            if let index = usedPorts.firstIndex(of: port) { usedPorts.remove(at: index) }
        }
    }
}

/// A port of the node that a container takes for itself.
struct HostPort: Hashable, Sendable {
    let address: String
    let transport: String
    let number: Int

    /// Whether both want the same port; 0.0.0.0 stands for every address.
    func conflicts(with other: HostPort) -> Bool {
        number == other.number && transport == other.transport
            && (address == other.address || address == Self.anyAddress
                || other.address == Self.anyAddress)
    }

    static let anyAddress = "0.0.0.0"

    /// The ports that a pod keeps for as long as it runs: those of its containers and of its
    /// sidecars, not those of init containers that end (upstream: GetHostPorts).
    static func ports(of spec: Value) -> [HostPort] {
        var found: [HostPort] = []
        let sidecars = spec[.initContainers].elements.filter {
            ContainerView($0).isRestartableInit
        }
        for container in sidecars + spec[.containers].elements {
            for port in container[.ports].elements where port.int(.hostPort) > 0 {
                found.append(
                    HostPort(
                        address: port[.hostIP].string ?? anyAddress,
                        transport: port[Key.protocol].string ?? "TCP",
                        number: port.int(.hostPort)))
            }
        }
        return found
    }
}
