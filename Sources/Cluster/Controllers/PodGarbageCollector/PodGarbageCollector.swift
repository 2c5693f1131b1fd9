import Model
import Support
import Value

/// Removes pods that nobody will remove: those of nodes that do not exist any more, those on nodes that
/// are out of service, and the oldest finished ones beyond 12,500.
///
/// Origin: pkg/controller/podgc/gc_controller.go. It comes round each 20 s, and removes the pods of a
/// missing node only in a round 40 s after the one that noticed it. Example: a node deleted at 0:05 is
/// noticed at 0:20, its pods go at 1:00. Rounds take place only while there is something to find.
final class PodGarbageCollector: Controller {
    private enum Code { static let round: Int32 = 0 }

    static let period: Milliseconds = 20_000
    static let quarantine: Milliseconds = 40_000
    /// Upstream's --terminated-pod-gc-threshold.
    static let finishedLimit = 12_500

    /// By missing node: the round that noticed it.
    private var missing: [String: Milliseconds] = [:]
    private var finishedCount = 0
    private var isPlanned = false

    init() { super.init(name: "pod-garbage-collector", workers: 1) }

    override func start() {
        watch(.pod)
        watch(.node)
    }

    override func observe(_ change: Change) {
        if change.kind == .node {
            let node = change.object
            let isWorth =
                change.type == .deleted
                ? !view.pods(onNode: node.name).isEmpty : isOutOfService(node)
            if isWorth { plan() }
            return
        }
        let wasFinished = change.old.map { PodView($0.value).isTerminal } ?? false
        let isFinished = change.new.map { PodView($0.value).isTerminal } ?? false
        finishedCount += (isFinished ? 1 : 0) - (wasFinished ? 1 : 0)
        if finishedCount > Self.finishedLimit { plan() }
        guard let pod = change.new, let name = pod.nodeName else { return }
        let isNew = change.old?.nodeName != name || pod.isDeleting && change.old?.isDeleting != true
        guard isNew else { return }
        let node = view.get(.node, name: name)
        if node.map(isOutOfService) ?? true { plan() }
    }

    private func plan() {
        guard !isPlanned else { return }
        isPlanned = true
        scheduleTick(every: Self.period, code: Code.round, weight: .work)
    }

    override func fire(_ event: Event) {
        isPlanned = false
        removeFinished()
        removeOutOfService()
        removeOrphans()
        if !missing.isEmpty { plan() }
    }

    /// `gcTerminated`: the oldest first.
    private func removeFinished() {
        guard finishedCount > Self.finishedLimit else { return }
        let finished = view.list(.pod).filter { PodView($0.value).isTerminal }.sorted {
            let left = $0.value[.metadata].text(.creationTimestamp)
            let right = $1.value[.metadata].text(.creationTimestamp)
            return left == right ? $0.name < $1.name : left < right
        }
        for pod in finished.dropLast(Self.finishedLimit) { remove(pod) }
    }

    private func isOutOfService(_ node: StoredObject) -> Bool {
        let view = NodeView(node.value)
        return !view.isReady && view.taints.contains { $0.key == NodeTaints.outOfService }
    }

    /// `gcTerminating`: an administrator says that the machine is really off.
    private func removeOutOfService() {
        for node in view.list(.node) where isOutOfService(node) {
            for pod in view.pods(onNode: node.name).sorted(by: { $0.key < $1.key })
            where pod.isDeleting {
                markFailed(pod, nil)
                remove(pod)
            }
        }
    }

    /// `gcOrphaned`.
    private func removeOrphans() {
        var nodes: Set<String> = []
        for pod in view.list(.pod) {
            if let name = pod.nodeName, view.get(.node, name: name) == nil { nodes.insert(name) }
        }
        missing = missing.filter { nodes.contains($0.key) }
        for name in nodes.sorted() {
            guard let noticed = missing[name] else {
                missing[name] = now
                continue
            }
            guard now - noticed >= Self.quarantine, api.find(.node, name: name) == nil else {
                continue
            }
            missing[name] = nil
            for pod in view.pods(onNode: name).sorted(by: { $0.key < $1.key }) {
                markFailed(pod, "PodGC: node no longer exists")
                remove(pod)
            }
        }
    }

    /// Since 1.26 a pod that is removed by force first gets a terminal phase.
    private func markFailed(_ pod: StoredObject, _ message: String?) {
        guard !profile.hasRecordedDeletion else { return }
        if let message {
            try? disrupt(pod, reason: "DeletionByPodGC", message: message)
        }
        guard !PodView(pod.value).isTerminal else { return }
        _ = try? api.modifyStatus(pod) { $0[.phase] = "Failed" }
    }

    private func remove(_ pod: StoredObject) {
        _ = try? api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0, uid: pod.uid))
    }
}
