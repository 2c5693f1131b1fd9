import API
import Model
import Support
import Value

/// The kubelets of all nodes: each looks after the pods bound to its node, starts and stops their
/// containers in virtual time, probes them, restarts them with back-off, and reports their status.
///
/// One component for all nodes: a pod costs events for what happens to it, a node nothing.
final class Kubelet: Component {
    enum Code {
        static let write: Int32 = 0
        static let start: Int32 = 1
        static let run: Int32 = 2
        static let ready: Int32 = 3
        static let exit: Int32 = 4
        static let restart: Int32 = 5
        static let dead: Int32 = 6
        static let remove: Int32 = 7
        static let probe: Int32 = 8
        static let sync: Int32 = 9
        static let pulled: Int32 = 10
        static let nodeStatus: Int32 = 11
        static let hookDone: Int32 = 12
        static let killed: Int32 = 13
        static let killedToRestart: Int32 = 14
        static let mountTimeout: Int32 = 15
        static let deadline: Int32 = 16
        static let usage: Int32 = 17
        static let eviction: Int32 = 18
        static let pressureOver: Int32 = 19
        static let behaviors: Int32 = 20
        static let schedulability: Int32 = 21
        static let preStopFailed: Int32 = 22
        static let sandboxGone: Int32 = 23
        static let resized: Int32 = 24
        static let resizeRetry: Int32 = 25
        static let reset: Int32 = 26
        static let signalled: Int32 = 27
        static let command: Int32 = 28
        static let commandEnded: Int32 = 29
    }

    static let name = "kubelet"

    var nodes: [KubeletNode] = []
    private var nodeNumbers: [String: Int] = [:]
    /// By slot of the pod.
    var works: [PodWork?] = []
    private var workCount = 0
    var builder = PodStatusBuilder(runtime: NodeRuntime())
    var plans = PodPlanCache()
    /// Pods that miss a config map or secret.
    var waiting: Set<Slot> = []

    init() { super.init(name: Self.name) }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        nodes = other.nodes
        nodeNumbers = other.nodeNumbers
        workCount = other.workCount
        builder = other.builder
        plans = other.plans
        waiting = other.waiting
    }

    /// Goes on with the pods of the kubelet of another world.
    func takeWorks(of other: Kubelet, _ copies: inout RunCopies) {
        works = other.works.map { $0?.copy(&copies) }
    }

    override func start() {
        builder = PodStatusBuilder(runtime: profile.runtime)
        watch(.node)
        watch(.pod)
        watch(.configMap)
        watch(.secret)
    }

    // MARK: Watching

    override func observe(_ change: Change) {
        if change.kind == .node { return observeNode(change) }
        guard change.kind == .pod else { return configChanged(change) }
        let pod = change.object
        if change.type == .deleted { return forget(pod) }
        guard let name = pod.nodeName, !name.isEmpty else { return }
        let node = number(of: name)
        guard nodes[node].isAlive, !nodes[node].isCutOff else { return }
        take(pod, node, at: change.time)
    }

    /// Takes in a version of a pod of the node.
    func take(_ pod: StoredObject, _ node: Int, at time: Milliseconds) {
        if let work = work(pod.slot), work.uid == pod.uid {
            update(work, pod)
        } else if !PodView(pod.value).isTerminal {
            admit(pod, node, bound: time)
        }
    }

    /// Takes in a new version of a pod that is known: a deletion, a gate, an image.
    private func update(_ work: PodWork, _ pod: StoredObject) {
        let generation = pod.value[.metadata][.generation]
        if generation != work.generation {
            // What is observed is told, also where nothing else is to be done.
            work.generation = generation
            report(work)
            if !pod.isDeleting { planDeadline(work, pod) }
        }
        if pod.isDeleting {
            let isSooner = work.stopping != nil && !work.isDead && pod.isDeletedSooner(than: work)
            if work.stopping == nil || isSooner { stop(work, pod) }
            return
        }
        if !work.plan.readinessGates.isEmpty, pod.value[.status][.conditions] != work.conditions {
            report(work)
        }
        if work.resize.pending != nil || !work.plan.isPlan(of: pod.value[.spec]) {
            change(work, pod)
        }
    }

    /// The spec of a running pod changed: containers of other images are started anew.
    private func change(_ work: PodWork, _ pod: StoredObject) {
        var plan = plans.plan(of: pod.value[.spec])
        guard plan.containers.count >= work.runs.count else { return }
        plan = resize(work, pod, to: plan)
        work.plan = plan
        let count = work.runs.count
        work.addRuns(of: plan)
        if work.runs.count > count { planSync(work, after: 0) }
        for index in 0..<count {
            let name = work.runs[index].name
            guard let container = plan.containers.first(where: { $0.name == name }) else {
                continue
            }
            let isOther = work.runs[index].plan.image.text != container.image.text
            work.runs[index].replacePlan(container)
            let role = work.runs[index].role
            guard isOther, role == .main || role == .sidecar else { continue }
            act(as: nodes[work.node].actor)
            if work.runs[index].isRunning, work.runs[index].death == nil {
                let isMain = work.runs[index].role == .main
                killContainer(
                    work, index,
                    message: isMain
                        ? "Container \(name) definition changed, will be restarted"
                        : "Init container \(name) definition changed", restarts: true)
            } else {
                planSync(work, after: 0)
            }
        }
    }

    private func observeNode(_ change: Change) {
        let node = number(of: change.object.name)
        switch change.type {
        case .added:
            nodes[node].address = Value(NodeView(change.object.value).address("InternalIP"))
            if let pool = AddressPool(range: change.object.value[.spec].text(.podCIDR)) {
                nodes[node].addresses = pool
            }
            nodes[node].wasUnschedulable = NodeView(change.object.value).isUnschedulable
        case .modified: noteSchedulability(node, change)
        case .deleted: break
        }
    }

    override func machineChanged(_ node: String, _ state: MachineState) {
        let number = number(of: node)
        switch state {
        case .running: revive(number)
        case .failed: kill(number, reboots: true)
        case .removed: kill(number, reboots: false)
        case .partitioned:
            nodes[number].isCutOff = true
            nodes[number].lives += 1
        }
    }

    /// The number of a node's kubelet, made on first sight.
    func number(of name: String) -> Int {
        if let number = nodeNumbers[name] { return number }
        let number = nodes.count
        nodes.append(
            KubeletNode(
                name: name, actor: actor(named: Self.name, host: name), number: number))
        if profile.jitterPercent > 0 {
            nodes[number].relistPhase = Milliseconds(jitter.next() % 1_000)
        }
        nodeNumbers[name] = number
        return number
    }

    // MARK: Admission and start

    private func admit(_ pod: StoredObject, _ node: Int, bound: Milliseconds) {
        let work = addWork(pod, node)
        if pod.isDeleting { return stop(work, pod) }
        act(as: nodes[node].actor)
        if let refusal = refusal(of: pod, node) { return refuse(work, refusal) }
        // What a critical pod preempts has to be dead before it is admitted.
        if let begin = work.admittedAt {
            work.isWriting = true
            schedule(work, after: begin - now, Code.write)
        } else {
            report(work)
        }
        planStart(work, bound: work.admittedAt ?? bound)
    }

    /// A pod that its kubelet sees for the first time, or for the first time since it started.
    func addWork(_ pod: StoredObject, _ node: Int) -> PodWork {
        let work = PodWork(
            number: workCount, pod: pod, plan: plans.plan(of: pod.value[.spec]), node: node,
            seen: now)
        workCount += 1
        while works.count <= Int(pod.slot.index) { works.append(nil) }
        // An earlier pod of this name whose removal was not heard of.
        if let earlier = self.work(pod.slot) {
            for index in earlier.runs.indices { freeUsage(earlier, index) }
            drop(earlier)
        }
        works[Int(pod.slot.index)] = work
        work.shownPhase = PodView(pod.value).phase
        planDeadline(work, pod)
        return work
    }

    /// Plans the start of a pod that is bound since an instant: one after another per node.
    func planStart(_ work: PodWork, bound: Milliseconds) {
        let node = work.node
        let begin = startTime(of: node, bound: bound)
        nodes[node].isFull = begin
        schedule(work, after: begin - now, Code.start)
    }

    /// When a pod bound just now starts. With jitter, as real kubelets: they see what became of their
    /// containers once a second, each at its own moment (upstream's PLEG), all at once.
    private func startTime(of node: Int, bound: Milliseconds) -> Milliseconds {
        if profile.jitterPercent > 0 { return nextRelist(of: node, after: bound + 60) }
        return max(bound + profile.kubeletStart, nodes[node].isFull + profile.kubeletGap)
    }

    private func nextRelist(of node: Int, after instant: Milliseconds) -> Milliseconds {
        let phase = nodes[node].relistPhase
        return ((instant - phase) / 1_000 + 1) * 1_000 + phase
    }

    /// A pod may be active for so long, from its start on.
    private func planDeadline(_ work: PodWork, _ pod: StoredObject) {
        if let due = deadline(work, pod) { schedule(work, after: due - now, Code.deadline) }
    }

    func deadline(_ work: PodWork, _ pod: StoredObject) -> Milliseconds? {
        guard let seconds = pod.value[.spec][.activeDeadlineSeconds].int else { return nil }
        let start = Timestamp(pod.value[.status][.startTime])?.worldTime ?? work.seen
        return start + Milliseconds(seconds: seconds)
    }

    /// The kubelet has nothing to do with the pod any more.
    func drop(_ work: PodWork) {
        freeAddress(work)
        endScriptedRuns(work)
        works[Int(work.slot.index)] = nil
        lookForRoom(work.node)
    }

    func work(_ slot: Slot) -> PodWork? {
        Int(slot.index) < works.count ? works[Int(slot.index)] : nil
    }

    /// Schedules an event of a pod, or of run `generation` of one of its containers.
    func schedule(
        _ work: PodWork, after delay: Milliseconds, _ code: Int32, container: Int = 0,
        generation: Int = 0, weight: EventWeight = .work
    ) {
        let payload = work.number << 28 | (container & 0xFFF) << 16 | generation & 0xFFFF
        schedule(
            after: max(delay, 0), code: code, a: Int(work.slot.index), b: payload, weight: weight)
    }

    override func handle(_ event: Event) {
        switch event.code {
        case Code.nodeStatus: return writeNodeStatus(event.a, life: event.b)
        case Code.eviction: return evictionPass(event.a, life: event.b)
        case Code.pressureOver: return pressureOver(event.a, life: event.b)
        case Code.behaviors: return behaviorsChanged()
        case Code.schedulability: return tellSchedulability(event.a)
        default: break
        }
        guard let work = work(Slot(index: Int32(event.a))), work.number == event.b >> 28,
            nodes[work.node].isAlive
        else { return }
        act(as: nodes[work.node].actor)
        let container = event.b >> 16 & 0xFFF
        let generation = event.b & 0xFFFF
        switch event.code {
        case Code.write: write(work)
        case Code.start: startPod(work)
        case Code.sync: syncIsDue(work, planned: true)
        case Code.dead: allDead(work)
        case Code.remove: removePod(work)
        case Code.sandboxGone: sandboxStopped(work)
        case Code.deadline: deadlinePassed(work)
        case Code.mountTimeout: mountTimedOut(work)
        case Code.resized: resized(work)
        case Code.reset: reset(work)
        case Code.resizeRetry: if let pod = view.get(.pod, work.slot) { update(work, pod) }
        case Code.preStopFailed: preStopFailed(work, container)
        default:
            guard work.deathDue == nil, container < work.runs.count,
                work.runs[container].generation & 0xFFFF == generation
            else { return }
            handleContainer(event.code, work, container)
        }
    }

    private func handleContainer(_ code: Int32, _ work: PodWork, _ container: Int) {
        switch code {
        case Code.run: if work.runs[container].isStarting { run(work, container) }
        case Code.ready: settleReadiness(work, container, behavior(work, container))
        case Code.exit: exit(work, container)
        case Code.restart: syncIsDue(work, planned: false)
        case Code.pulled: pullDone(work, container)
        case Code.hookDone: hookDone(work, container)
        case Code.killed: killed(work, container, restarts: false)
        case Code.killedToRestart: killed(work, container, restarts: true)
        case Code.probe: probe(work, container)
        case Code.usage: usageChanged(work, container)
        case Code.signalled: signalled(work, container)
        case Code.command: commandTurn(work, container)
        case Code.commandEnded: commandEnded(work, container)
        default: break
        }
    }

    /// A script said how containers act from now on: what runs already takes to it.
    private func behaviorsChanged() {
        for case let work? in works where work.deathDue == nil && nodes[work.node].isAlive {
            act(as: nodes[work.node].actor)
            for index in work.runs.indices where work.runs[index].isRunning {
                let behavior = behavior(work, index)
                settleReadiness(work, index, behavior)
                scheduleProbes(work, index, isFresh: true)
                planExit(work, index, behavior)
                planUsage(work, index, behavior)
            }
        }
    }

    // MARK: Reporting

    /// Has the status written soon; changes until then go into the same write.
    func report(_ work: PodWork) {
        guard !work.isWriting else { return }
        work.isWriting = true
        schedule(work, after: jittered(profile.statusWrite), Code.write)
    }

    func write(_ work: PodWork) {
        work.isWriting = false
        guard !nodes[work.node].isCutOff else { return }
        // By its slot, without a look for its name.
        guard let pod = api.find(.pod, work.slot), pod.uid == work.uid else { return }
        let cluster = cluster!
        let status = builder.status(
            of: work, over: pod.value[.status], hostAddress: nodes[work.node].address,
            now: api.timestamp, text: { cluster.api.timestamp(at: $0) })
        work.conditions = status[.conditions]
        work.shownPhase = status.text(.phase)
        if work.shownPhase == "Running" { work.wasRunning = true }
        _ = try? api.modifyStatus(pod) { $0 = status }
        if !cluster.networkLacks.isEmpty, cluster.networkLacks[nodes[work.node].name] != nil {
            noteNetworkPlugin(work, pod, status)
        }
        if work.isDead, work.stopping != nil, !work.isRemoving {
            schedule(work, after: profile.podRemoval, Code.remove)
        }
    }
}

extension StoredObject {
    /// Whether the pod is to be gone before its containers would be dead as planned.
    fileprivate func isDeletedSooner(than work: PodWork) -> Bool {
        guard let due = Timestamp(value[.metadata][.deletionTimestamp])?.worldTime else {
            return false
        }
        return work.deathDue.map { due < $0 } ?? false
    }
}
