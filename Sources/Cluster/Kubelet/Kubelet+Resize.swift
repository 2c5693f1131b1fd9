import Model
import Support
import Value

// Other amounts for a pod that runs (KEP-1287). Source: pkg/kubelet/allocation and kuberuntime's
// doPodResizeAction.
extension Kubelet {
    /// Takes up the amounts of a new version of a pod, or keeps the old ones where the node has no room.
    /// Answers the plan that is to be followed.
    func resize(_ work: PodWork, _ pod: StoredObject, to plan: PodPlan) -> PodPlan {
        guard plan.amounts != work.plan.amounts else {
            if work.resize.pending != nil {
                work.resize.pending = nil
                report(work)
            }
            return plan
        }
        guard let node = api.find(.node, name: nodes[work.node].name) else { return plan }
        act(as: nodes[work.node].actor)
        let generation = pod.value[.metadata][.generation]
        report(work)
        if let shortage = shortages(of: pod, node).first {
            postpone(work, pod, shortage.verdict, generation)
            return plans.plan(of: plan.spec(pod.value[.spec], withAmountsOf: work.plan))
        }
        work.resize.pending = nil
        work.resize.progress = generation
        tell(work, .normal, "ResizeStarted", "Pod resize started: " + summary(pod))
        if profile.runtime.resizesContainers {
            schedule(work, after: Self.relist, Code.resized)
        } else {
            keepShown(work, plan)
        }
        restartResized(work, plan)
        // What it gave back others may take.
        lookForRoom(work.node)
        return plan
    }

    /// The node has no room: the pod keeps what it has until there is.
    private func postpone(
        _ work: PodWork, _ pod: StoredObject, _ shortage: PodWork.Verdict, _ generation: Value
    ) {
        let pending = ResizeState.Pending(message: shortage.message, generation: generation)
        guard work.resize.pending != pending else { return }
        work.resize.pendingSince = work.resize.pending == nil ? now : work.resize.pendingSince
        work.resize.pending = pending
        if !nodes[work.node].crowded.contains(work.slot) {
            nodes[work.node].crowded.append(work.slot)
        }
        tell(
            work, .warning, "ResizeDeferred",
            "Pod resize \(shortage.reason): " + summary(pod, error: shortage.message))
    }

    /// A runtime that cannot change a container shows what it began with.
    private func keepShown(_ work: PodWork, _ plan: PodPlan) {
        work.resize.shown = work.resize.shown ?? work.plan.resources
        for index in work.runs.indices where work.runs[index].isRunning {
            let before = work.runs[index].plan.spec[.resources]
            work.runs[index].shownResources = work.runs[index].shownResources ?? before
        }
    }

    /// Containers whose policy asks for it get their new amounts with a new start.
    private func restartResized(_ work: PodWork, _ plan: PodPlan) {
        for index in work.runs.indices
        where work.runs[index].isRunning && work.runs[index].death == nil {
            let name = work.runs[index].name
            guard let container = plan.containers.first(where: { $0.name == name }) else {
                continue
            }
            let (old, new) = (work.runs[index].plan.spec[.resources], container.spec[.resources])
            let changed = [Key.cpu, .memory].filter { resource in
                [Key.limits, .requests].contains { old[$0][resource] != new[$0][resource] }
            }
            let restarts = container.spec.list(.resizePolicy).contains { policy in
                policy.text(.restartPolicy) == "RestartContainer"
                    && changed.contains { $0.name == policy.text("resourceName") }
            }
            guard restarts else { continue }
            work.runs[index].shownResources = nil
            killContainer(
                work, index, message: "Container \(name) resize requires restart", restarts: true)
        }
    }

    /// The containers have their new amounts.
    func resized(_ work: PodWork) {
        guard work.resize.progress != nil, let pod = view.get(.pod, work.slot) else { return }
        work.resize.progress = nil
        tell(work, .normal, "ResizeCompleted", "Pod resize completed: " + summary(pod))
        report(work)
    }

    /// A pod left the node: those that wait for room look again.
    func lookForRoom(_ node: Int) {
        let slots = nodes[node].crowded
        guard !slots.isEmpty else { return }
        nodes[node].crowded = []
        let waiting = slots.compactMap { slot -> (rank: [Int64], work: PodWork)? in
            guard let work = work(slot), work.node == node, work.resize.pending != nil,
                let pod = view.get(.pod, slot)
            else { return nil }
            return (rank(of: pod, work), work)
        }
        for (_, work) in waiting.sorted(by: { $0.rank.lexicographicallyPrecedes($1.rank) }) {
            nodes[node].crowded.append(work.slot)
            schedule(work, after: Self.relist, Code.resizeRetry)
        }
    }

    /// Who looks for room first: pods that ask for no more than they have, then by priority, then
    /// guaranteed ones, then who has waited longest (`sortPendingResizes`).
    private func rank(of pod: StoredObject, _ work: PodWork) -> [Int64] {
        let spec = PodSpecView(pod.value[.spec])
        let wanted = spec.requests
        let has = PodSpecView(work.plan.spec(pod.value[.spec], withAmountsOf: work.plan)).requests
        let asksForMore = [Key.cpu, .memory].contains { wanted[$0] > has[$0] }
        return [
            asksForMore ? 1 : 0, -Int64(spec.priority), spec.qosClass == "Guaranteed" ? 0 : 1,
            work.resize.pendingSince,
        ]
    }

    /// `{"containers":[{"name":"c","resources":{"requests":{"cpu":"2"}}}],"generation":2}`.
    private func summary(_ pod: StoredObject, error: String = "") -> String {
        var value: Value = [:]
        for list in [Key.initContainers, .containers] where !pod.value[.spec].list(list).isEmpty {
            value[list] = .array(
                pod.value[.spec].list(list).map { container in
                    var resources: Value = [:]
                    for key in [Key.limits, .requests] where !container[.resources][key].isNull {
                        resources[key] = container[.resources][key]
                    }
                    return [.name: container[.name], .resources: resources]
                })
        }
        value[.generation] = pod.value[.metadata][.generation]
        if !error.isEmpty { value["error"] = Value(error) }
        return JSON.text(value)
    }
}

/// How far a pod is with amounts that are not those it started with.
struct ResizeState {
    struct Pending: Equatable {
        /// What the node lacks.
        let message: String
        let generation: Value
    }

    /// Set while the node has no room.
    var pending: Pending?
    /// Since when it has none.
    var pendingSince: Milliseconds = 0
    /// The generation that is being carried out.
    var progress: Value?
    /// What the pod as a whole is shown to have, where that is not what its plan says.
    var shown: Value?
}
