import Model
import Support
import Value

/// The default scheduler: takes waiting pods one after another, filters and scores the nodes, binds
/// the pod, or says why no node will do and tries to make room by preemption.
///
/// Source: kube-scheduler 1.32 with its default profile. Nodes are tried in turn from where the last
/// pod left off, and no more are looked at than upstream's sampling does.
final class Scheduler: Component {
    enum Code {
        static let cycle: Int32 = 0
        static let backOffOver: Int32 = 1
        static let flush: Int32 = 2
        static let checkVolumes: Int32 = 3
    }

    static let name = "default-scheduler"

    var cache = SchedulerCache()
    var queue = SchedulingQueue()
    var nominations = Nominations()
    var volumeBindings = VolumeBindings()
    private var needsCache = PodNeedsCache()
    private var siblings = SiblingsCache()
    private var isBusy = false
    private var nextStart = 0
    private var random = RandomStream(seed: 0)

    init() { super.init(name: Self.name) }

    override func start() {
        random = random("ties")
        for kind in [
            Kind.pod, .node, .persistentVolume, .persistentVolumeClaim, .storageClass,
        ] {
            watch(kind)
        }
    }

    // MARK: Watching

    override func observe(_ change: Change) {
        switch change.kind {
        case .pod: observePod(change)
        case .node: observeNode(change)
        default: move(.storage)
        }
    }

    private func observePod(_ change: Change) {
        let pod = change.object
        let phase = pod.value[.status][.phase].string
        let isOver = change.type == .deleted || phase == "Succeeded" || phase == "Failed"
        if isOver {
            let wasPlaced = cache.isPlaced(pod.slot)
            volumeBindings[pod.slot] = nil
            cache.remove(pod.slot)
            queue.remove(pod.slot)
            nominations.remove(pod.slot)
            if wasPlaced { move(.podGone) }
        } else if let node = pod.nodeName, !node.isEmpty {
            observePlaced(change, pod, on: node)
        } else {
            observeWaiting(change, pod)
        }
    }

    private func observePlaced(_ change: Change, _ pod: StoredObject, on node: String) {
        let isNew = !cache.isPlaced(pod.slot)
        let startTime = pod.value[.status].text(.startTime)
        let labelsChanged =
            change.old.map { $0.value[.metadata][.labels] != pod.value[.metadata][.labels] }
            ?? true
        if !isNew, !labelsChanged, let old = change.old, old.nodeName != nil,
            old.value[.spec] == pod.value[.spec]
        {
            // Most changes are of the status.
            cache.setStartTime(of: pod.slot, to: startTime)
            return
        }
        queue.remove(pod.slot)
        nominations.remove(pod.slot)
        let needs = needsCache.needs(of: pod)
        cache.place(pod.slot, pod.key, needs, on: node, startTime: startTime)
        if isNew || labelsChanged || change.old?.nodeName == nil { move(.podPlaced) }
    }

    private func observeWaiting(_ change: Change, _ pod: StoredObject) {
        guard pod.value[.spec][.schedulerName].string ?? name == name,
            volumeBindings[pod.slot] == nil
        else { return }
        let spec = PodSpecView(pod.value[.spec])
        if pod.isDeleting || !spec.schedulingGates.isEmpty {
            queue.remove(pod.slot)
            return
        }
        if let entry = queue[pod.slot] {
            let isSame =
                change.old.map {
                    $0.value[.spec] == pod.value[.spec]
                        && $0.value[.metadata][.labels] == pod.value[.metadata][.labels]
                } ?? false
            if !isSame, entry.state == .unschedulable { retry(pod.slot) }
        } else {
            queue.add(pod.key, pod.slot, priority: spec.priority)
        }
        wake()
    }

    private func observeNode(_ change: Change) {
        let node = change.object
        if change.type == .deleted {
            cache.removeNode(node.name)
            return
        }
        cache.setNode(node.name, to: node.value)
        guard let old = change.old else { return move(.nodeAdded) }
        var events: ClusterEvents = []
        if old.value[.metadata][.labels] != node.value[.metadata][.labels] {
            events.insert(.nodeLabels)
        }
        if old.value[.spec] != node.value[.spec] { events.insert(.nodeTaints) }
        if old.value[.status][.allocatable] != node.value[.status][.allocatable] {
            events.insert(.nodeAllocatable)
        }
        if !events.isEmpty { move(events) }
    }

    // MARK: Queueing

    /// Something happened: the pods that it may help are tried again after their back-off.
    private func move(_ events: ClusterEvents) {
        for slot in queue.helped(by: events) { retry(slot) }
        wake()
    }

    func retry(_ slot: Slot) {
        guard var entry = queue[slot], entry.state == .unschedulable else { return }
        let until = entry.lastFailure + SchedulingQueue.backOff(attempts: entry.attempts)
        if until <= now {
            queue.enqueue(slot)
        } else {
            entry.state = .waiting
            entry.timer = scheduleTimer(
                after: until - now, code: Code.backOffOver, a: Int(slot.index))
            queue[slot] = entry
        }
    }

    private func wake() {
        guard !isBusy, queue.readyCount > 0 else { return }
        isBusy = true
        schedule(after: jittered(profile.scheduling), code: Code.cycle)
    }

    override func handle(_ event: Event) {
        switch event.code {
        case Code.backOffOver:
            let slot = Slot(index: Int32(event.a))
            if queue[slot]?.state == .waiting { queue.enqueue(slot) }
            wake()
        case Code.flush:
            let slot = Slot(index: Int32(event.a))
            if let entry = queue[slot], entry.state == .unschedulable, entry.attempts == event.b {
                retry(slot)
                wake()
            }
        case Code.checkVolumes: checkVolumes(Slot(index: Int32(event.a)))
        default:
            isBusy = false
            if let entry = queue.take() { schedule(entry) }
            wake()
        }
    }

    // MARK: One pod

    private func schedule(_ entry: SchedulingQueue.Entry) {
        guard let pod = view.get(.pod, entry.slot), pod.key == entry.key, !pod.isDeleting,
            pod.nodeName == nil
        else { return queue.remove(entry.slot) }
        cluster.enter(self, trigger: pod.resourceVersion, key: pod.key)
        let needs = needsCache.needs(of: pod)
        let volumes = VolumeNeeds(pod: pod, needs: needs, view: view)
        if let problem = volumes.problem {
            return fail(pod, entry, Failure(preFilter: problem, nodes: cache.present.count))
        }
        let cycle = SchedulingCycle(
            needs, volumes: volumes, siblings: siblings.selector(of: pod, needs, in: view),
            cache: &cache)
        let (feasible, failure) = filter(cycle, pod)
        guard !feasible.isEmpty else { return fail(pod, entry, failure, cycle) }
        let chosen = feasible.count == 1 ? feasible[0] : pick(cycle, feasible)
        bind(pod, cycle, to: chosen)
    }

    /// The nodes that can take the pod, as many as upstream would look for, and why others cannot.
    private func filter(_ cycle: SchedulingCycle, _ pod: StoredObject) -> ([Int], Failure) {
        let count = cache.present.count
        var failure = Failure(nodes: count)
        // A node nominated for this pod by preemption is tried first.
        if let nominated = nominations.node(of: pod.slot).flatMap({ cache.number(of: $0) }),
            cache.nodes[nominated].isPresent,
            rejections(cycle, nominated, pod.slot).isEmpty
        {
            return ([nominated], failure)
        }
        guard count > 0 else { return ([], failure) }
        let wanted = Self.sampleSize(count)
        let start = nextStart % count
        var feasible: [Int] = []
        var looked = 0
        if nominations.isEmpty {
            (feasible, looked) = cache.look(cycle, from: start, wanted: wanted, &failure)
        } else {
            while looked < count, feasible.count < wanted {
                let number = cache.present[(start + looked) % count]
                looked += 1
                let reasons = rejections(cycle, number, pod.slot)
                if reasons.isEmpty { feasible.append(number) } else { failure.add(reasons, number) }
            }
        }
        nextStart = (start + looked) % count
        return (feasible, failure)
    }

    /// The reasons against a node, also when the pods nominated to it with at least this pod's
    /// priority are counted as being there.
    func rejections(_ cycle: SchedulingCycle, _ number: Int, _ slot: Slot) -> [Rejection] {
        var node = cache.nodes[number]
        for (other, needs) in nominations.pods(on: node.name)
        where other != slot && needs.priority >= cycle.needs.priority {
            node.add(other, needs)
        }
        return FilterPlugin.rejections(cycle, node, number)
    }

    /// How many feasible nodes are enough: all of up to 100, then 50 % falling to 5 % of 5,625 and
    /// more (upstream: numFeasibleNodesToFind).
    static func sampleSize(_ nodes: Int) -> Int {
        guard nodes > 100 else { return nodes }
        return max(100, nodes * max(50 - nodes / 125, 5) / 100)
    }

    /// The node with the most points; equals are drawn by the seed.
    private func pick(_ cycle: SchedulingCycle, _ feasible: [Int]) -> Int {
        var totals = cache.resourceScores(cycle.needs, feasible)
        for plugin in ScorePlugin.allCases {
            guard let scores = plugin.scores(cycle, feasible, &cache) else { continue }
            for index in totals.indices { totals[index] += scores[index] * plugin.weight }
        }
        let best = totals.max() ?? 0
        let winners = feasible.indices.filter { totals[$0] == best }
        return feasible[winners[winners.count == 1 ? 0 : random.below(winners.count)]]
    }

    private func bind(_ pod: StoredObject, _ cycle: SchedulingCycle, to number: Int) {
        let node = cache.nodes[number].name
        if cycle.volumes.mustBind { return bindVolumes(pod, cycle, on: node) }
        queue.remove(pod.slot)
        bind(pod, cycle.needs, to: node)
    }

    /// Binds a pod that the queue has let go.
    func bind(_ pod: StoredObject, _ needs: PodNeeds, to node: String) {
        nominations.remove(pod.slot)
        do throws(APIError) {
            let bound = try api.bind(pod, to: node)
            cache.place(bound.slot, bound.key, needs, on: node, startTime: "")
            record(
                bound, .normal, reason: "Scheduled",
                message: "Successfully assigned \(pod.namespace)/\(pod.name) to \(node)")
        } catch {
            // The pod is gone or somebody else bound it; a watch will tell.
            return
        }
    }

    // MARK: Failure

    private func fail(
        _ pod: StoredObject, _ entry: SchedulingQueue.Entry, _ failure: Failure,
        _ cycle: SchedulingCycle? = nil
    ) {
        var message = failure.message
        var nominated: String?
        if let cycle, failure.nodes > 0 {
            let preemption = Preemption(scheduler: self, pod: pod, cycle: cycle, failure: failure)
            let outcome = preemption.run()
            nominated = outcome.node
            if !outcome.message.isEmpty { message += " preemption: \(outcome.message)" }
        } else if failure.nodes > 0 {
            message +=
                " preemption: 0/\(failure.nodes) nodes are available: "
                + "\(failure.nodes) Preemption is not helpful for scheduling."
        }
        queue.setUnschedulable(pod.slot, remedies: failure.remedies, at: now)
        schedule(
            after: SchedulingQueue.flushInterval, code: Code.flush, a: Int(pod.slot.index),
            b: entry.attempts, weight: .tick)
        // The recorded scheduler's second attempt made an event of its own.
        let series = profile.retriesSchedulingAtOnce && entry.attempts == 2 ? 1 : 0
        record(pod, .warning, reason: "FailedScheduling", message: message, series: series)
        report(pod, message, nominated)
        if profile.retriesSchedulingAtOnce, entry.attempts == 1, nominated == nil {
            queue.enqueue(pod.slot)
        }
    }

    func report(
        _ pod: StoredObject, _ message: String, _ nominated: String?,
        reason: String = "Unschedulable"
    ) {
        let timestamp = api.timestamp
        _ = try? api.modifyStatus(pod) { status in
            var conditions = Conditions(status[.conditions])
            conditions.set(
                Condition(
                    type: "PodScheduled", status: "False", reason: reason, message: message),
                transition: timestamp)
            status[.conditions] = conditions.value
            if let nominated { status[.nominatedNodeName] = Value(nominated) }
        }
    }
}

/// Why a pod found no node.
struct Failure {
    /// The number of nodes in the cluster.
    let nodes: Int
    private var tally = RejectionTally()
    private var preFilter: String?
    /// The nodes on which other pods could make room.
    private(set) var resolvable: [Int] = []
    private(set) var unresolvableCount = 0
    private(set) var remedies: ClusterEvents = []

    init(nodes: Int) { self.nodes = nodes }

    /// The pod cannot run anywhere, whatever the nodes are like.
    init(preFilter: String, nodes: Int) {
        self.nodes = nodes
        self.preFilter = preFilter
        remedies = [.storage]
    }

    mutating func add(_ reasons: [Rejection], _ node: Int) {
        for reason in reasons {
            tally.add(reason.reason)
            remedies.formUnion(reason.remedies)
        }
        if reasons.allSatisfy(\.isResolvableByPreemption) {
            resolvable.append(node)
        } else {
            unresolvableCount += 1
        }
    }

    /// `0/3 nodes are available: 3 Insufficient cpu.`
    var message: String {
        if let preFilter { return "0/\(nodes) nodes are available: \(preFilter)." }
        if nodes == 0 { return "no nodes available to schedule pods" }
        return "0/\(nodes) nodes are available: \(tally.summary)."
    }
}
