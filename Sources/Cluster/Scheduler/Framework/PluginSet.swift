import Model
import Support

/// A plugin with the weight of its points.
struct PluginRow: Sendable {
    let plugin: any SchedulerPlugin.Type
    let weight: Int

    init(_ plugin: any SchedulerPlugin.Type, weight: Int = 1) {
        self.plugin = plugin
        self.weight = weight
    }
}

/// The plugins of a scheduler, sorted by what they take part in.
final class PluginSet: Sendable {
    /// In the order in which they are asked.
    let rows: [PluginRow]
    let preEnqueue: [any PreEnqueuePlugin.Type]
    let preFilters: [any PreFilterPlugin.Type]
    let nodeFilters: [any NodeFilterPlugin.Type]
    let postFilters: [any PostFilterPlugin.Type]
    let scorers: [Scorer]
    let nodeScorers: [NodeScorer]
    let preBinders: [any PreBindPlugin.Type]
    /// The parts of a pod's spec that any of them reads.
    let podFields: [Key]
    let podGroups: [PodGroup]
    let nodeTallies: [NodeTally]
    /// What any of them waits for.
    let actions: ClusterActions

    struct Scorer: Sendable {
        let plugin: any ScorePlugin.Type
        let weight: Int
    }

    struct NodeScorer: Sendable {
        let plugin: any NodeScorePlugin.Type
        let weight: Int
    }

    /// The default profile of kube-scheduler.
    static let standard = PluginSet(PluginRegistry.rows)

    init(_ rows: [PluginRow]) {
        let plugins = rows.map(\.plugin)
        precondition(rows.count <= Rejectors.capacity, "a set has a bit for each plugin")
        self.rows = rows
        preEnqueue = plugins.compactMap { $0.asPreEnqueue }
        preFilters = plugins.compactMap { $0.asPreFilter }
        nodeFilters = plugins.compactMap { $0.asNodeFilter }
        postFilters = plugins.compactMap { $0.asPostFilter }
        preBinders = plugins.compactMap { $0.asPreBind }
        var scorers: [Scorer] = []
        var nodeScorers: [NodeScorer] = []
        for row in rows {
            if let plugin = row.plugin.asScore {
                scorers.append(Scorer(plugin: plugin, weight: row.weight))
            }
            if let plugin = row.plugin.asNodeScore {
                nodeScorers.append(NodeScorer(plugin: plugin, weight: row.weight))
            }
        }
        self.scorers = scorers
        self.nodeScorers = nodeScorers
        var fields: [Key] = []
        var groups: [PodGroup] = []
        var tallies: [NodeTally] = []
        var actions: ClusterActions = []
        for plugin in plugins {
            for field in plugin.podFields where !fields.contains(field) { fields.append(field) }
            groups += plugin.podGroups
            tallies += plugin.nodeTallies
            actions.formUnion(plugin.actions)
        }
        podFields = fields
        podGroups = groups
        nodeTallies = tallies
        self.actions = actions
    }

    // MARK: Filtering

    /// What the plugins that look at one node alone say of it: the rejection of the first that has
    /// something against it.
    func nodeRejection(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        for plugin in nodeFilters {
            if let rejection = plugin.filter(needs, node) { return rejection }
        }
        return nil
    }

    /// The rejection of the first plugin that has something against the node; nil when it can take
    /// the pod.
    func rejection(_ cycle: SchedulingCycle, _ node: NodeState, _ number: Int) -> Rejection? {
        nodeRejection(cycle.pod.needs, node) ?? cycle.rejection(node, number)
    }

    /// As ``rejection(_:_:_:)``, with the pods nominated to the node counted as if they were there
    /// already, and without them: the pod must fit either way (RunFilterPluginsWithNominatedPods).
    func rejection(
        _ cycle: SchedulingCycle, _ node: NodeState, _ number: Int,
        nominated: [(pod: Slot, needs: PodNeeds)]
    ) -> Rejection? {
        if !nominated.isEmpty {
            var filled = node
            var world = cycle
            for (slot, needs) in nominated {
                filled.add(slot, needs)
                world.count(needs, on: filled, number, by: 1)
            }
            if let rejection = rejection(world, filled, number) { return rejection }
        }
        return rejection(cycle, node, number)
    }

    /// What is to be known of a pod before nodes are looked at; the rejection of the first plugin
    /// for which no node will do.
    func begin(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> (SchedulingCycle, Rejection?) {
        var cycle = SchedulingCycle(pod)
        for plugin in preFilters {
            switch plugin.preFilter(pod, &cache) {
            case .skip: continue
            case .state(let state): cycle.add(state)
            case .nodes(let names): cycle.restrict(to: names, by: plugin.name, cache)
            case .rejected(let rejection): return (cycle, rejection)
            }
        }
        return (cycle, nil)
    }

    // MARK: Waiting

    /// The plugins among `rejectors` that wait for `action`.
    func interested(in action: ClusterActions, among rejectors: Rejectors)
        -> [any SchedulerPlugin.Type]
    {
        rows.indices.filter {
            rejectors.contains($0) && !rows[$0].plugin.actions.isDisjoint(with: action)
        }.map { rows[$0].plugin }
    }

    /// The plugins of these names.
    func rejectors(_ names: some Sequence<String>) -> Rejectors {
        var found = Rejectors()
        for name in names {
            if let place = rows.firstIndex(where: { $0.plugin.name == name }) {
                found.insert(place)
            }
        }
        return found
    }
}

/// Which plugins of a set turned a pod down, by their places in it.
struct Rejectors: Equatable {
    private var bits: UInt64 = 0

    static let capacity = UInt64.bitWidth

    var isEmpty: Bool { bits == 0 }
    func contains(_ place: Int) -> Bool { bits & (1 << UInt64(place)) != 0 }
    mutating func insert(_ place: Int) { bits |= 1 << UInt64(place) }
}
