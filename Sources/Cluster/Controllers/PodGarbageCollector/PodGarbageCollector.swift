import API
import Model
import Support
import Value

/// Removes pods that nobody will remove: those of nodes that do not exist any more, those on nodes that
/// are out of service, those that were deleted before they got a node, and of the finished ones the
/// evicted and the oldest beyond 12,500.
///
/// Origin: pkg/controller/podgc/gc_controller.go. It comes round each 20 s, and removes the pods of a
/// missing node only in a round 40 s after the one that noticed it. Example: a node deleted at 0:05 is
/// noticed at 0:20, its pods go at 1:00. Rounds take place only while there is something to find.
final class PodGarbageCollector: Controller {
    private enum Code { static let round: Int32 = 0 }

    static let period: Milliseconds = 20_000
    static let quarantine: Milliseconds = 40_000
    /// How many finished pods are kept.
    private let finishedLimit: Int

    /// Where in each 20 s the rounds are: it depends on when the process started.
    private var phase: Milliseconds = 0
    /// By missing node: the round that noticed it.
    private var missing: [String: Milliseconds] = [:]
    private var finishedCount = 0
    private var isPlanned = false

    /// - Parameter finishedLimit: upstream's `--terminated-pod-gc-threshold`.
    init(finishedLimit: Int = 12_500) {
        self.finishedLimit = finishedLimit
        super.init(name: "pod-garbage-collector", workers: 1)
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        phase = other.phase
        missing = other.missing
        finishedCount = other.finishedCount
        isPlanned = other.isPlanned
    }

    override func start() {
        watch(.pod)
        watch(.node)
        if profile.jitterPercent > 0 {
            phase = Milliseconds(jitter.next() % UInt64(Self.period))
        }
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
        if finishedCount > finishedLimit { plan() }
        guard let pod = change.new else { return }
        let isLeaving = pod.isDeleting && change.old?.isDeleting != true
        guard let name = pod.nodeName else {
            if isLeaving { plan() }
            return
        }
        guard isLeaving || change.old?.nodeName != name else { return }
        let node = view.get(.node, name: name)
        if node.map(isOutOfService) ?? true { plan() }
    }

    private func plan() {
        guard !isPlanned else { return }
        isPlanned = true
        scheduleTick(every: Self.period, phase: phase, code: Code.round, weight: .work)
    }

    override func fire(_ event: Event) {
        isPlanned = false
        removeFinished()
        removeOutOfService()
        removeOrphans()
        removeUnscheduled()
        if !missing.isEmpty { plan() }
    }

    /// `gcTerminated`: evicted ones first, then the oldest.
    private func removeFinished() {
        guard finishedCount > finishedLimit else { return }
        let finished = Self.ordered(view.list(.pod).filter { PodView($0.value).isTerminal })
        for pod in finished.dropLast(finishedLimit) { remove(pod) }
    }

    /// `byEvictionAndCreationTimestamp`.
    private static func ordered(_ pods: [StoredObject]) -> [StoredObject] {
        pods.map { pod in
            let status = pod.value[.status]
            let isEvicted =
                status.text(.phase) == "Failed" && status.text(.reason) == "Evicted"
            let created = pod.value[.metadata].text(.creationTimestamp)
            return (rank: isEvicted ? 0 : 1, created: created, pod: pod)
        }
        .sorted {
            ($0.rank, $0.created, $0.pod.name, $0.pod.namespace)
                < ($1.rank, $1.created, $1.pod.name, $1.pod.namespace)
        }
        .map(\.pod)
    }

    private func isOutOfService(_ node: StoredObject) -> Bool {
        let view = NodeView(node.value)
        return !view.isReady && view.taints.contains { $0.key == NodeTaints.outOfService }
    }

    /// `gcTerminating`: an administrator says that the machine is really off.
    private func removeOutOfService() {
        var pods: [StoredObject] = []
        for node in view.list(.node) where isOutOfService(node) {
            pods += view.pods(onNode: node.name).filter(\.isDeleting)
        }
        for pod in Self.ordered(pods) { remove(pod) }
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
                remove(pod, because: "PodGC: node no longer exists")
            }
        }
    }

    /// `gcUnscheduledTerminating`: no kubelet will end them.
    private func removeUnscheduled() {
        for pod in view.list(.pod) where pod.isDeleting && pod.nodeName == nil { remove(pod) }
    }

    /// Deletes a pod by force. It first gets a terminal phase, in one write with the
    /// condition that says why (`markFailedAndDeletePodWithCondition`).
    private func remove(_ pod: StoredObject, because message: String? = nil) {
        if !PodView(pod.value).isTerminal {
            let time = api.timestamp
            _ = try? api.modifyStatus(pod) { status in
                status[.phase] = "Failed"
                status[.observedGeneration] = pod.value[.metadata][.generation]
                guard let message else { return }
                Self.disrupt(&status, of: pod, reason: "DeletionByPodGC", message: message, time)
            }
        }
        _ = try? api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0, uid: pod.uid))
    }
}
