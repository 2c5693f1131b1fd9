import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the registry of scheduler plugins")
struct PluginRegistryTests {
    @Test("order and weights are upstream's")
    func order() {
        let rows = PluginRegistry.rows.map { "\($0.plugin.name) \($0.weight)" }
        #expect(
            rows == [
                "SchedulingGates 1", "NodeUnschedulable 1", "NodeName 1", "TaintToleration 3",
                "NodeAffinity 2", "NodePorts 1", "NodeResourcesFit 1", "VolumeRestrictions 1",
                "NodeVolumeLimits 1", "VolumeBinding 1", "VolumeZone 1", "PodTopologySpread 2",
                "InterPodAffinity 2", "DynamicResources 1", "DefaultPreemption 1",
                "NodeResourcesBalancedAllocation 1", "ImageLocality 1",
            ])
    }

    @Test("filters of one node alone come first, so that their kept verdicts keep the order")
    func nodeFiltersFirst() {
        let filters = PluginRegistry.rows.map { $0.plugin }.filter {
            $0 is any NodeFilterPlugin.Type || $0 is any PreFilterPlugin.Type
        }
        let isLocal = filters.map { $0 is any NodeFilterPlugin.Type }
        // NodeName says nothing of any pod that waits.
        let ordered = zip(filters, isLocal).filter { $0.0.name != "NodeName" }.map(\.1)
        #expect(ordered == ordered.sorted { $0 && !$1 })
    }

    @Test("names of plugins, groups and tallies stand for one thing each")
    func names() {
        for names in [
            PluginRegistry.rows.map { $0.plugin.name }, PluginSet.standard.podGroups.map(\.name),
            PluginSet.standard.nodeTallies.map(\.name),
        ] {
            #expect(Set(names).count == names.count)
        }
    }

    @Test("every plugin that filters says what may help against it")
    func actions() {
        for row in PluginRegistry.rows
        where row.plugin is any NodeFilterPlugin.Type || row.plugin is any PreFilterPlugin.Type {
            #expect(
                row.plugin.actions.contains(.nodeAdded) || row.plugin.name == "NodeVolumeLimits")
        }
    }

    @Test("pods that differ in a declared part have needs of their own, others share")
    func sharing() throws {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
        let base: Value = [
            .metadata: [.name: "a", .labels: ["app": "x"]],
            .spec: [.containers: [[.name: "c", .image: "nginx"]]],
        ]
        let original = try cluster.api.create(.pod, base, in: "default")
        var cache = PodNeedsCache(.standard)
        let needs = cache.needs(of: original)
        var alike = original.value
        alike[.spec][.hostname] = "elsewhere"
        alike[.spec][.nodeName] = "n"
        alike[.status] = .null
        let twin = StoredObject(
            kind: .pod, slot: original.slot, key: original.key, resourceVersion: 2, value: alike)
        #expect(cache.needs(of: twin) === needs)
        for field in PluginSet.standard.podFields {
            var changed = original.value
            changed[.spec][field] = ["something": "else"]
            let other = StoredObject(
                kind: .pod, slot: original.slot, key: original.key, resourceVersion: 2,
                value: changed)
            #expect(cache.needs(of: other) !== needs, "\(field) is declared")
        }
    }
}

/// A plugin that nobody knows but its row: pods go where their `hostname` is written, near the end of the
/// alphabet, and only to nodes that are open to them.
private enum MadeUp: NodeFilterPlugin, ScorePlugin {
    static let name = "MadeUp"
    static let podFields: [Key] = [.hostname]
    static let actions: ClusterActions = [.nodeLabels]
    static let podGroups = [hosts]
    static let nodeTallies = [open]

    static let hosts = PodGroup(name: "made-up hosts") { !$0.spec[.hostname].isNull }
    static let open = NodeTally(name: "made-up open nodes") {
        $0.labels["open"].isNull ? [] : ["open"]
    }
    static let closed = Rejection(by: Self.self, "node(s) were closed to made-up pods")

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        needs.spec[.hostname].isNull || !node.labels["open"].isNull ? nil : closed
    }

    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        event.new?.value[.metadata][.labels]["open"].isNull == false
    }

    /// Its pods go apart: the more of them a node has, the worse.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        guard cache.counts(open)["open", default: 0] > 1 else { return nil }
        let placed = cache.pods(in: hosts)
        return candidates.map { number in
            placed.reduce(0) { $0 + ($1.nodes[Int32(number)].map { Int($0.pods) } ?? 0) }
        }
    }

    static func normalize(_ points: inout [Int]) { Points.stretch(&points, reversed: true) }
}

@Suite("a plugin of one file and one row")
struct MadeUpPluginTests {
    /// A world with nothing but a scheduler that has one plugin more.
    private func world() throws -> SimulatedCluster {
        let cluster = SimulatedCluster(bare: ClusterOptions())
        cluster.createInitialObjects()
        let plugins = PluginSet(PluginRegistry.rows + [PluginRow(MadeUp.self, weight: 50)])
        cluster.add(Scheduler(plugins: plugins), to: cluster.addProcess("scheduler"))
        for name in ["a", "b"] { try cluster.addReadyNode(node(name)) }
        return cluster
    }

    private func create(_ name: String, _ hostname: Value, in cluster: SimulatedCluster) throws {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [.containers: [[.name: "c", .image: "nginx"]]],
        ]
        value[.spec][.hostname] = hostname
        try cluster.api.create(.pod, value, in: "default")
        try cluster.advance(by: 100)
    }

    private func nodeName(_ name: String, in cluster: SimulatedCluster) -> String? {
        cluster.state.get(.pod, namespace: "default", name: name)?.nodeName
    }

    private func open(_ name: String, in cluster: SimulatedCluster) throws {
        let node = try #require(cluster.api.find(.node, name: name))
        try cluster.api.modify(node) { $0[.metadata][.labels]["open"] = "yes" }
        try cluster.advance(by: 12_000)
    }

    @Test("filters, gives its reason, wakes by its hint, and scores by what it wants counted")
    func works() throws {
        let cluster = try world()
        try create("plain", .null, in: cluster)
        #expect(nodeName("plain", in: cluster) != nil)
        try create("one", "h", in: cluster)
        let waiting = try #require(cluster.state.get(.pod, namespace: "default", name: "one"))
        #expect(
            PodView(waiting.value).conditions["PodScheduled"]?.message.hasPrefix(
                "0/2 nodes are available: 2 node(s) were closed to made-up pods.") == true)
        try open("b", in: cluster)
        #expect(nodeName("one", in: cluster) == "b")
        try open("a", in: cluster)
        for name in ["two", "three", "four"] { try create(name, "h", in: cluster) }
        // b has one already: a, then whichever is emptier, by the plugin's weight.
        #expect(nodeName("two", in: cluster) == "a")
        let names = ["one", "two", "three", "four"].compactMap { nodeName($0, in: cluster) }
        #expect(names.count { $0 == "a" } == 2)
        #expect(names.count == 4)
    }
}
