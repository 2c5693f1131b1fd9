import Model
import Support
import Value

/// The pods whose node is chosen and for which something is still to happen before they are bound.
///
/// Such a pod keeps its place on the node, so that nobody else takes it, but is not bound: the
/// scheduler looks once a second whether what it waits for is there, for at most ten minutes.
struct PendingBindings {
    /// Upstream's poll in BindPodVolumes.
    static let pollInterval: Milliseconds = 1_000
    /// Upstream's `bindTimeoutSeconds`.
    static let timeout: Milliseconds = 600_000

    struct Entry {
        let key: ObjectKey
        let node: String
        let needs: PodNeeds
        /// What is waited for, with the names of the plugins that do.
        var waits: [(plugin: String, wait: any PreBindWait)]
        let deadline: Milliseconds
        /// When it is looked at next.
        var nextCheck: Milliseconds = 0
    }

    /// By slot of the pod.
    private var entries: [Int32: Entry] = [:]

    /// The slots of the pods, lowest first.
    var slots: [Slot] { entries.keys.sorted().map { Slot(index: $0) } }

    subscript(slot: Slot) -> Entry? {
        get { entries.isEmpty ? nil : entries[slot.index] }
        set { entries[slot.index] = newValue }
    }
}

extension Scheduler {
    /// Has done what must be done before the pod can be bound, and binds it.
    func bind(_ cycle: SchedulingCycle, to number: Int) {
        let node = cache.nodes[number].name
        let pod = cycle.pod.object
        var waits: [(plugin: String, wait: any PreBindWait)] = []
        if plugins.preBinders.contains(where: { $0.hasWorkBeforeBinding(cycle) }) {
            // Others may want to know where a pod is about to go (NominatedNodeNameForExpectation).
            _ = try? api.modifyStatus(pod) { $0[.nominatedNodeName] = Value(node) }
        }
        for plugin in plugins.preBinders {
            do throws(PreBindError) {
                if let wait = try plugin.preBind(cycle, on: node, api) {
                    waits.append((plugin.name, wait))
                }
            } catch {
                return failBinding(pod, plugin.name, error.message)
            }
        }
        queue.remove(pod.slot)
        if waits.isEmpty { return bind(pod, cycle.pod.needs, to: node) }
        cache.place(pod.slot, pod.key, cycle.pod.needs, on: node)
        nominations.remove(pod.slot)
        bindings[pod.slot] = PendingBindings.Entry(
            key: pod.key, node: node, needs: cycle.pod.needs, waits: waits,
            deadline: now + PendingBindings.timeout)
        checkBindingLater(pod.slot)
    }

    /// Binds a pod that the queue has let go.
    private func bind(_ pod: StoredObject, _ needs: PodNeeds, to node: String) {
        nominations.remove(pod.slot)
        do throws(APIError) {
            let bound = try api.bind(pod, to: node)
            cache.place(bound.slot, bound.key, needs, on: node)
            tell(
                bound, .normal, "Scheduled",
                "Successfully assigned \(pod.namespace)/\(pod.name) to \(node)",
                action: "Binding")
        } catch {
            // The pod is gone or somebody else bound it; a watch will tell.
            return
        }
    }

    /// Nobody waits for a look that may find nothing: what is waited for may never come.
    private func checkBindingLater(_ slot: Slot) {
        bindings[slot]?.nextCheck = now + PendingBindings.pollInterval
        schedule(
            after: PendingBindings.pollInterval, code: Code.checkBinding, a: Int(slot.index),
            weight: .tick)
    }

    /// Something changed that pods may wait for: where they wait no longer, the next look is more than a
    /// tick.
    func hastenBindings() {
        for slot in bindings.slots {
            guard let entry = bindings[slot] else { continue }
            let isWaiting = entry.waits.contains { wait in
                if case .waiting = wait.wait.check(on: entry.node, in: view) { return true }
                return false
            }
            if !isWaiting {
                schedule(
                    after: entry.nextCheck - now, code: Code.checkBinding, a: Int(slot.index))
            }
        }
    }

    /// A second has passed.
    func checkBinding(_ slot: Slot) {
        guard var entry = bindings[slot], entry.nextCheck <= now else { return }
        guard let pod = view.get(.pod, slot), pod.key == entry.key, pod.nodeName == nil else {
            bindings[slot] = nil
            return
        }
        cluster.enter(self, trigger: pod.resourceVersion, key: pod.key)
        while let (plugin, wait) = entry.waits.first {
            switch wait.check(on: entry.node, in: view) {
            case .done: entry.waits.removeFirst()
            case .waiting:
                guard now < entry.deadline else {
                    return giveUpBinding(pod, plugin, wait.timeoutMessage)
                }
                bindings[slot] = entry
                return checkBindingLater(slot)
            case .failed(let problem): return giveUpBinding(pod, plugin, problem)
            }
        }
        bindings[slot] = nil
        bind(pod, entry.needs, to: entry.node)
    }

    private func giveUpBinding(_ pod: StoredObject, _ plugin: String, _ problem: String) {
        bindings[pod.slot] = nil
        cache.remove(pod.slot)
        move(ClusterEvent(action: .podDeleted, old: pod, new: nil))
        failBinding(pod, plugin, problem)
    }

    /// The pod goes back into the queue.
    private func failBinding(_ pod: StoredObject, _ plugin: String, _ problem: String) {
        if queue[pod.slot] == nil {
            let priority = PodSpecView(pod.value[.spec]).priority
            queue.putBack(pod.key, pod.slot, priority: priority, at: now)
        } else {
            queue.setUnschedulable(pod.slot, Rejectors(), at: now)
        }
        let message = "running PreBind plugin \"\(plugin)\": \(problem)"
        tell(pod, .warning, "FailedScheduling", message, action: "Scheduling")
        nominations.remove(pod.slot)
        report(pod, message, .none, reason: "SchedulerError")
        retry(pod.slot)
    }
}
