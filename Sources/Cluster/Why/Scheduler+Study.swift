import API
import Model
import Value

extension SimulatedCluster {
    /// What the scheduler's plugins say of every node for `pod`, over the present state and without
    /// changing anything: the plugins themselves are asked, with a copy of the scheduler's cache that
    /// knows what watches have not told it yet. A pod that is placed is judged as if it were to be
    /// placed anew. `nodes` are put in the places of those that there are, or beside them: what would
    /// be if; with `only` no others are looked at. Nil in a world without a scheduler.
    ///
    /// O(nodes · plugins + pods).
    package func studyPlacement(
        of pod: StoredObject, with nodes: [Value] = [], only: Set<String>? = nil
    ) -> PlacementStudy? {
        for case let scheduler as Scheduler in components {
            return scheduler.study(pod, with: nodes, only: only)
        }
        return nil
    }
}

extension Scheduler {
    fileprivate func study(
        _ object: StoredObject, with nodes: [Value], only: Set<String>?
    ) -> PlacementStudy {
        let pod = Self.unplaced(object)
        var present = present()
        present.cache.remove(object.slot)
        for node in nodes { present.cache.setNode(NodeView(node).name, to: node) }
        let placing = PodToPlace(
            object: pod, needs: present.needs.needs(of: pod), view: View(presentOf: cluster))
        var study = PlacementStudy()
        study.nominated = nominations.node(of: object.slot)
        study.isBinding = bindings[object.slot] != nil
        if let entry = queue[object.slot], entry.state == .waiting {
            study.retry = entry.lastFailure + SchedulingQueue.backOff(attempts: entry.attempts)
        }
        study.gates = plugins.preEnqueue.compactMap { $0.preEnqueue(pod) }.map(Self.objection)
        var trial = PlacementTrial(placing, plugins, present.cache, nominations)
        study.preFilter = trial.begin()
        study.verdicts = trial.verdicts(only)
        return study
    }

    static func objection(_ rejection: Rejection) -> PlacementStudy.Objection {
        PlacementStudy.Objection(
            plugin: rejection.plugin, reasons: rejection.reasons,
            words: rejection.reasons.joined(separator: ", "),
            isResolvable: rejection.isResolvable)
    }

    /// The pod without the node that it is on.
    private static func unplaced(_ pod: StoredObject) -> StoredObject {
        guard pod.nodeName != nil else { return pod }
        var value = pod.value
        value[.spec][.nodeName] = .null
        return StoredObject(
            kind: pod.kind, slot: pod.slot, key: pod.key, resourceVersion: pod.resourceVersion,
            value: value)
    }

    /// Copies of what the scheduler knows, with what has not arrived at it yet.
    private func present() -> (cache: SchedulerCache, needs: PodNeedsCache) {
        var (cache, needs) = (cache, needsCache)
        for change in cluster.log.changes(after: view.sequence) {
            let object = change.object
            if change.kind == .node {
                if change.type == .deleted {
                    cache.removeNode(object.name)
                } else {
                    cache.setNode(object.name, to: object.value)
                }
            } else if change.kind == .pod {
                let isOver = change.type == .deleted || PodView(object.value).isTerminal
                if isOver {
                    cache.remove(object.slot)
                } else if let node = object.nodeName, !node.isEmpty {
                    cache.place(
                        object.slot, object.key, needs.needs(of: object), on: node,
                        startTime: object.value[.status].text(.startTime),
                        isTerminating: object.isDeleting)
                }
            }
        }
        return (cache, needs)
    }
}

/// The plugins of a scheduler, asked about one pod in a copy of its cache.
private struct PlacementTrial {
    private let pod: PodToPlace
    private let plugins: PluginSet
    private let nominations: Nominations
    private var cache: SchedulerCache
    private var states: [(plugin: String, state: any FilterState)] = []
    /// The names that plugins restrict the pod to.
    private var allowed: [(plugin: String, names: Set<String>)] = []

    init(
        _ pod: PodToPlace, _ plugins: PluginSet, _ cache: SchedulerCache,
        _ nominations: Nominations
    ) {
        self.pod = pod
        self.plugins = plugins
        self.cache = cache
        self.nominations = nominations
    }

    /// Lets the plugins look at the world; answers what speaks against all nodes.
    mutating func begin() -> [PlacementStudy.Objection] {
        var found: [PlacementStudy.Objection] = []
        for plugin in plugins.preFilters {
            switch plugin.preFilter(pod, &cache) {
            case .skip: continue
            case .state(let state): states.append((plugin.name, state))
            case .nodes(let names): allowed.append((plugin.name, names))
            case .rejected(let rejection): found.append(Scheduler.objection(rejection))
            }
        }
        return found
    }

    mutating func verdicts(_ only: Set<String>?) -> [PlacementStudy.Verdict] {
        let numbers = cache.present.filter { only?.contains(cache.nodes[$0].name) ?? true }
        let objections = numbers.map { self.objections(to: $0) }
        let feasible = numbers.indices.filter { objections[$0].isEmpty }.map { numbers[$0] }
        let scores = self.scores(feasible)
        var place = 0
        return numbers.indices.map { index in
            defer { place += objections[index].isEmpty ? 1 : 0 }
            return PlacementStudy.Verdict(
                node: cache.nodes[numbers[index]].name, objections: objections[index],
                scores: objections[index].isEmpty ? scores[place] : [],
                isExcluded: allowed.contains {
                    !$0.names.contains(cache.nodes[numbers[index]].name)
                })
        }
    }

    // MARK: Filters

    private func objections(to number: Int) -> [PlacementStudy.Objection] {
        let node = cache.nodes[number]
        let found = objections(to: node, number, states)
        guard found.isEmpty else { return found }
        // Those that preemption makes room for there go first.
        let rivals = nominations.pods(
            on: node.name, before: pod.object.slot, pod.needs.priority)
        guard !rivals.isEmpty else { return [] }
        var (filled, counted) = (node, states)
        for (slot, needs) in rivals {
            filled.add(slot, needs)
            for index in counted.indices {
                counted[index].state.count(needs, on: filled, number, by: 1)
            }
        }
        return objections(to: filled, number, counted)
    }

    private func objections(
        to node: NodeState, _ number: Int, _ states: [(plugin: String, state: any FilterState)]
    ) -> [PlacementStudy.Objection] {
        var found: [PlacementStudy.Objection] = []
        for plugin in plugins.nodeFilters {
            guard let rejection = plugin.filter(pod.needs, node) else { continue }
            found.append(objection(rejection, node))
        }
        for (plugin, names) in allowed where !names.contains(node.name) {
            found.append(
                PlacementStudy.Objection(
                    plugin: plugin, reasons: ["node(s) didn't satisfy plugin(s) [\(plugin)]"],
                    words: "the pod names another node", isResolvable: false))
        }
        for (_, state) in states {
            if let rejection = state.filter(node, number) {
                found.append(objection(rejection, node))
            }
        }
        return found
    }

    private func objection(_ rejection: Rejection, _ node: NodeState) -> PlacementStudy.Objection {
        PlacementStudy.Objection(
            plugin: rejection.plugin, reasons: rejection.reasons,
            words: PlacementWords(pod, cache).words(rejection, node),
            isResolvable: rejection.isResolvable)
    }

    // MARK: Scores

    private mutating func scores(_ feasible: [Int]) -> [[PlacementStudy.Score]] {
        var found = feasible.map { _ in [PlacementStudy.Score]() }
        guard !feasible.isEmpty else { return found }
        for row in plugins.rows {
            if let scorer = row.plugin.nodeScorePoint {
                for (place, number) in feasible.enumerated() {
                    let points = scorer.score(pod.needs, cache.nodes[number]) * row.weight
                    found[place].append(.init(plugin: scorer.name, points: points))
                }
            }
            if let scorer = row.plugin.scorePoint,
                var points = scorer.score(pod, feasible, &cache)
            {
                scorer.normalize(&points)
                for place in points.indices {
                    found[place].append(
                        .init(plugin: scorer.name, points: points[place] * row.weight))
                }
            }
        }
        return found
    }
}
