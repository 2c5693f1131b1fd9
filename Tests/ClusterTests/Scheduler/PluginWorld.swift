import Model
import Support
import Testing
import Value

@testable import Cluster

/// Nodes with pods on them, as one plugin sees them. Other objects are in a cluster in which nothing acts.
struct PluginWorld {
    private(set) var cache = SchedulerCache(.standard)
    private let cluster: SimulatedCluster
    let view: View
    private var pods = 0

    init() throws {
        cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
        view = cluster.addProcess("scheduler", latency: 0)
    }

    // MARK: Making it

    mutating func add(_ nodes: Value...) {
        for node in nodes { cache.setNode(node[.metadata].text(.name), to: node) }
    }

    /// Puts pods on a node.
    mutating func place(_ pods: Value..., on node: String) {
        for pod in pods { place(pod, on: node) }
    }

    private mutating func place(_ pod: Value, on node: String) {
        let object = stored(pod)
        cache.place(
            object.slot, object.key, PodNeeds(pod: object.value, .standard), on: node,
            isTerminating: object.isDeleting)
        pods += 1
    }

    /// Creates an object that is neither node nor pod, with the status it is given.
    func create(_ kind: Kind, _ value: Value, namespace: String = "default") throws {
        let info = cluster.api.kinds[kind]
        var object = value
        object[.apiVersion] = Value(info.apiVersion)
        object[.kind] = Value(info.name)
        let made = try cluster.api.create(
            kind, object, in: info.isNamespaced ? namespace : "")
        if !value[.status].isNull {
            try cluster.api.modifyStatus(made) { $0 = value[.status] }
        }
        view.catchUp(now: cluster.clock.now)
    }

    // MARK: Asking

    /// The pod as one that waits.
    func waiting(_ pod: Value) -> PodToPlace {
        let object = stored(pod)
        return PodToPlace(
            object: object, needs: PodNeeds(pod: object.value, .standard), view: view)
    }

    private func stored(_ pod: Value) -> StoredObject {
        let metadata = pod[.metadata]
        return StoredObject(
            kind: .pod, slot: Slot(index: Int32(pods)),
            key: ObjectKey(namespace: metadata.text(.namespace), name: metadata.text(.name)),
            resourceVersion: 1, value: pod)
    }

    /// What a plugin says of each node, in the order in which they were added: nil for "yes". A reason
    /// that no preemption cures ends with "!".
    mutating func verdicts(_ plugin: any SchedulerPlugin.Type, _ pod: Value) -> [String?] {
        let waiting = waiting(pod)
        var state: (any FilterState)?
        if let plugin = plugin as? any PreFilterPlugin.Type {
            switch plugin.preFilter(waiting, &cache) {
            case .skip: break
            case .state(let found): state = found
            case .nodes(let names):
                return cache.nodes.map { names.contains($0.name) ? nil : "left out" }
            case .rejected(let rejection): return [Self.text(rejection)]
            }
        }
        return cache.present.map { number in
            let node = cache.nodes[number]
            let own = (plugin as? any NodeFilterPlugin.Type)?.filter(waiting.needs, node)
            return (own ?? state?.filter(node, number)).map(Self.text)
        }
    }

    /// What a plugin says of the only node.
    mutating func verdict(_ plugin: any SchedulerPlugin.Type, _ pod: Value) -> String? {
        verdicts(plugin, pod)[0]
    }

    private static func text(_ rejection: Rejection) -> String {
        rejection.reasons.joined(separator: ", ") + (rejection.isResolvable ? "" : "!")
    }

    /// The points that a plugin gives each node, on the scale to 100; nil where it gives none.
    mutating func points(_ plugin: any SchedulerPlugin.Type, _ pod: Value) -> [Int]? {
        let waiting = waiting(pod)
        if let plugin = plugin as? any NodeScorePlugin.Type {
            return cache.present.map { plugin.score(waiting.needs, cache.nodes[$0]) }
        }
        guard let plugin = plugin as? any ScorePlugin.Type,
            var points = plugin.score(waiting, cache.present, &cache)
        else { return nil }
        plugin.normalize(&points)
        return points
    }
}

// MARK: - Objects

/// A node of 4 cores, 8 Gi and 110 pods, unless said otherwise.
func node(
    _ name: String, cpu: Value = "4", memory: Value = "8Gi", pods: Value = 110,
    labels: Value = .emptyObject, taints: Value = .null, isCordoned: Bool = false,
    images: Value = .null, more: Value = .emptyObject
) -> Value {
    var labels = labels
    labels["kubernetes.io/hostname"] = Value(name)
    var allocatable: Value = [.cpu: cpu, .memory: memory, .pods: pods]
    for field in more.fields { allocatable[field.key] = field.value }
    var value: Value = [
        .metadata: [.name: Value(name), .labels: labels], .spec: .emptyObject,
        .status: [.allocatable: allocatable, .capacity: allocatable],
    ]
    value[.spec][.taints] = taints
    if isCordoned { value[.spec][.unschedulable] = true }
    value[.status][.images] = images
    return value
}

/// A pod with one container, as the API server would keep it.
func pod(
    _ name: String = "p", namespace: String = "default", labels: Value = .emptyObject,
    cpu: Value = .null, memory: Value = .null, isTerminating: Bool = false,
    _ spec: Value = .emptyObject
) -> Value {
    var container: Value = [.name: "c", .image: "nginx:1.25"]
    if !cpu.isNull { container[.resources][.requests][.cpu] = cpu }
    if !memory.isNull { container[.resources][.requests][.memory] = memory }
    var value: Value = [
        .metadata: [
            .name: Value(name), .namespace: Value(namespace), .uid: Value("uid of \(name)"),
            .labels: labels,
        ], .spec: [.containers: [container]], .status: [.phase: "Pending"],
    ]
    for field in spec.fields { value[.spec][field.key] = field.value }
    if isTerminating { value[.metadata][.deletionTimestamp] = "2025-01-01T00:00:00Z" }
    return value
}

extension SimulatedCluster {
    /// Creates a node without the taint that keeps pods off until somebody says it is ready.
    func addReadyNode(_ value: Value) throws {
        let node = try api.create(.node, value)
        try api.modify(node) { $0[.spec][.taints] = value[.spec][.taints] }
    }
}

/// A pod of that spec.
func pod(_ spec: Value) -> Value { pod("p", spec) }

/// A node or a pod at two times, as the scheduler is told of it.
func event(
    _ action: ClusterActions, _ kind: Kind, old: Value = .null, new: Value = .null
) -> ClusterEvent {
    func stored(_ value: Value) -> StoredObject? {
        guard !value.isNull else { return nil }
        let metadata = value[.metadata]
        return StoredObject(
            kind: kind, slot: Slot(index: 0),
            key: ObjectKey(namespace: metadata.text(.namespace), name: metadata.text(.name)),
            resourceVersion: 1, value: value)
    }
    return ClusterEvent(action: action, old: stored(old), new: stored(new))
}
