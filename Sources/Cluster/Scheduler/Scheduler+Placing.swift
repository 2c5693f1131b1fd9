import Model
import Support
import Value

/// Finding a node for one pod. Source: kube-scheduler's schedule_one.go.
extension Scheduler {
    func schedule(_ entry: SchedulingQueue.Entry) {
        guard let pod = view.get(.pod, entry.slot), pod.key == entry.key, !pod.isDeleting,
            pod.nodeName == nil
        else { return queue.remove(entry.slot) }
        cluster.enter(self, trigger: pod.resourceVersion, key: pod.key)
        let placing = PodToPlace(object: pod, needs: needs(of: pod), view: view)
        let count = cache.present.count
        guard count > 0 else {
            return fail(SchedulingCycle(placing), entry, Diagnosis(nodes: 0))
        }
        let (cycle, rejection) = plugins.begin(placing, &cache)
        if let rejection {
            return fail(cycle, entry, Diagnosis(nodes: count, preFilter: rejection))
        }
        let (feasible, failure) = filter(cycle)
        guard !feasible.isEmpty else { return fail(cycle, entry, failure) }
        bind(cycle, to: feasible.count == 1 ? feasible[0] : pick(cycle, feasible))
    }

    /// The nodes that can take the pod, as many as upstream would look for, and why others cannot.
    private func filter(_ cycle: SchedulingCycle) -> ([Int], Diagnosis) {
        var failure = Diagnosis(nodes: cache.present.count)
        failure.note(cycle)
        // A node nominated for this pod by preemption is tried first.
        if let name = nominations.node(of: cycle.pod.object.slot),
            let nominated = cache.number(of: name), cache.nodes[nominated].isPresent,
            rejection(cycle, cache.nodes[nominated], nominated) == nil
        {
            return ([nominated], failure)
        }
        let order = cycle.allowed ?? cache.present
        guard !order.isEmpty else { return ([], failure) }
        let wanted = Self.sampleSize(order.count)
        let start = nextStart % order.count
        var feasible: [Int] = []
        var looked = 0
        if nominations.isEmpty {
            (feasible, looked) = cache.look(
                cycle, at: order, from: start, wanted: wanted, &failure)
        } else {
            while looked < order.count, feasible.count < wanted {
                let number = order[(start + looked) % order.count]
                looked += 1
                if let rejection = rejection(cycle, cache.nodes[number], number) {
                    failure.add(rejection, number)
                } else {
                    feasible.append(number)
                }
            }
        }
        nextStart = (nextStart + looked) % cache.present.count
        return (feasible, failure)
    }

    /// What speaks against a node, also when the pods nominated to it that go before this one are
    /// counted as being there.
    func rejection(_ cycle: SchedulingCycle, _ node: NodeState, _ number: Int) -> Rejection? {
        let pod = cycle.pod
        return plugins.rejection(
            cycle, node, number,
            nominated: nominations.pods(
                on: node.name, before: pod.object.slot, pod.needs.priority))
    }

    /// How many feasible nodes are enough: all of up to 100, then 50 % falling to 5 % of 5,625 and
    /// more (upstream: numFeasibleNodesToFind).
    static func sampleSize(_ nodes: Int) -> Int {
        guard nodes > 100 else { return nodes }
        return max(100, nodes * max(50 - nodes / 125, 5) / 100)
    }

    /// The node with the most points; equals are drawn by the seed.
    private func pick(_ cycle: SchedulingCycle, _ feasible: [Int]) -> Int {
        var totals = cache.nodePoints(cycle.pod.needs, feasible)
        for row in plugins.scorers {
            guard var points = row.plugin.score(cycle.pod, feasible, &cache) else { continue }
            row.plugin.normalize(&points)
            for index in totals.indices { totals[index] += points[index] * row.weight }
        }
        let best = totals.max() ?? 0
        let winners = feasible.indices.filter { totals[$0] == best }
        return feasible[winners[winners.count == 1 ? 0 : random.below(winners.count)]]
    }
}
