import Model
import Support
import Value

/// Deletes the pods of nodes with NoExecute taints that they do not tolerate, or not for that long.
///
/// Origin: pkg/controller/tainteviction/taint_eviction.go. A toleration's time counts from when the
/// controller first saw pod and taint together. Example: a pod with the default tolerations on a node
/// that is tainted unreachable:NoExecute at 12:00:45 is deleted at 12:05:45.
final class TaintEvictionController: Controller {
    private enum Code { static let evict: Int32 = 0 }

    private struct Eviction {
        let timer: Timer
        let uid: String
        let start: Milliseconds
        /// Whether nothing is waited for: the deletion is as good as done.
        let isImmediate: Bool
    }

    /// The planned deletions, by slot of the pod.
    private var planned: [Slot: Eviction] = [:]

    init() { super.init(name: "taint-eviction-controller", workers: 8) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        planned = other.planned
    }

    override func start() {
        watch(.node)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .node {
            // A node that is gone cancels nothing.
            if change.type == .deleted { return }
            let taints = Self.evictingTaints(change.new)
            guard taints != Self.evictingTaints(change.old) else { return }
            for pod in view.pods(onNode: change.object.name).sorted(by: { $0.key < $1.key }) {
                process(pod, taints)
            }
            return
        }
        let pod = change.object
        if change.type == .deleted { return cancel(pod) }
        guard let name = pod.nodeName,
            change.old?.nodeName != name
                || change.old?.value[.spec][.tolerations] != pod.value[.spec][.tolerations]
        else { return }
        let taints = Self.evictingTaints(view.get(.node, name: name))
        if !taints.isEmpty { process(pod, taints) }
    }

    private static func evictingTaints(_ node: StoredObject?) -> [TaintView] {
        guard let node else { return [] }
        return NodeView(node.value).taints.filter { $0.effect == "NoExecute" }.map {
            // Value and time do not matter for whether a pod must go again.
            TaintView(key: $0.key, text: $0.text, effect: $0.effect)
        }
    }

    /// `processPodOnNode`.
    private func process(_ pod: StoredObject, _ taints: [TaintView]) {
        guard !taints.isEmpty else { return cancel(pod) }
        let tolerations = pod.value[.spec][.tolerations].elements.map { Toleration($0) }
        var used: [Toleration] = []
        for taint in taints {
            guard let toleration = tolerations.first(where: { $0.tolerates(taint) }) else {
                cancel(pod)
                return plan(pod, start: now, after: 0)
            }
            used.append(toleration)
        }
        guard let seconds = used.compactMap(\.tolerationSeconds).min() else {
            return cancel(pod)
        }
        let wait = Milliseconds(seconds: max(seconds, 0))
        if let eviction = planned[pod.slot], eviction.uid == pod.uid {
            // What was planned earlier stays, even if a toleration became shorter.
            guard eviction.start >= now else { return }
            cancel(pod)
            return plan(pod, start: eviction.start, after: eviction.start + wait - now)
        }
        plan(pod, start: now, after: wait)
    }

    private func plan(_ pod: StoredObject, start: Milliseconds, after wait: Milliseconds) {
        // Upstream's AddWork leaves work alone that is there already.
        if let eviction = planned[pod.slot], eviction.uid == pod.uid { return }
        let timer = scheduleTimer(
            after: max(wait, 0), code: Code.evict, a: Int(pod.slot.index))
        planned[pod.slot] = Eviction(
            timer: timer, uid: pod.uid, start: start, isImmediate: wait <= 0)
    }

    /// Withdraws a planned deletion; one that takes place at once cannot be withdrawn.
    private func cancel(_ pod: StoredObject) {
        guard let eviction = planned[pod.slot], !eviction.isImmediate else { return }
        planned[pod.slot] = nil
        cancel(eviction.timer)
        if eviction.uid == pod.uid { tell(pod, "Cancelling deletion of Pod \(pod.key)") }
    }

    /// Upstream's events name the pod without its uid, so that `describe pod` does not find them.
    private func tell(_ pod: StoredObject, _ message: String) {
        record(
            pod, .normal, reason: "TaintManagerEviction", message: message,
            source: EventSource(name), reference: .byName)
    }

    override func fire(_ event: Event) {
        let slot = Slot(index: Int32(event.a))
        // Done with: should the node's taints change while the pod still ends, it is planned anew.
        guard let eviction = planned.removeValue(forKey: slot), let pod = view.get(.pod, slot),
            pod.uid == eviction.uid
        else { return }
        tell(pod, "Marking for deletion Pod \(pod.key)")
        do throws(APIError) {
            try disrupt(
                pod, reason: "DeletionByTaintManager",
                message: "Taint manager: deleting due to NoExecute taint")
            try api.delete(pod)
        } catch {
            // The pod is gone already.
        }
    }
}

extension Component {
    /// Sets the condition by which a pod shows that it was not its own doing that it ended (KEP-3329).
    func disrupt(
        _ pod: StoredObject, reason: String, message: String
    ) throws(APIError) {
        let time = api.timestamp
        try api.modifyStatus(pod) {
            Self.disrupt(&$0, of: pod, reason: reason, message: message, time)
        }
    }

    /// As ``disrupt(_:reason:message:)`` within another write of the pod's status.
    static func disrupt(
        _ status: inout Value, of pod: StoredObject, reason: String, message: String, _ time: Value
    ) {
        var condition = Condition(
            type: "DisruptionTarget", status: "True", reason: reason, message: message)
        condition.value[.lastProbeTime] = .null
        condition.value[.observedGeneration] = pod.value[.metadata][.generation]
        status.conditions.set(condition, transition: time)
    }
}
