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
        static let pull: Int32 = 9
        static let backOff: Int32 = 10
        static let nodeStatus: Int32 = 11
        static let schedulability: Int32 = 12
    }

    static let name = "kubelet"

    var nodes: [KubeletNode] = []
    private var nodeNumbers: [String: Int] = [:]
    /// By slot of the pod.
    var works: [PodWork?] = []
    private var workCount = 0
    private var builder = PodStatusBuilder(reportsSandbox: true, runtime: "containerd")

    init() { super.init(name: Self.name) }

    override func start() {
        builder = PodStatusBuilder(
            reportsSandbox: !profile.hasRecordedDeletion,
            runtime: profile.hasRecordedDeletion ? "fakeRuntime" : "containerd")
        watch(.node)
        watch(.pod)
    }

    // MARK: Watching

    override func observe(_ change: Change) {
        if change.kind == .node { return observeNode(change) }
        let pod = change.object
        if change.type == .deleted {
            if let work = work(pod.slot), work.uid == pod.uid { works[Int(pod.slot.index)] = nil }
            return
        }
        guard let name = pod.nodeName, !name.isEmpty else { return }
        let node = number(of: name)
        guard nodes[node].isAlive, !nodes[node].isCutOff else { return }
        take(pod, node, at: change.time)
    }

    /// Takes in a version of a pod of the node.
    func take(_ pod: StoredObject, _ node: Int, at time: Milliseconds) {
        if let work = work(pod.slot), work.uid == pod.uid {
            if pod.isDeleting, work.stopping == nil { stop(work, pod) }
        } else if !PodView(pod.value).isTerminal {
            admit(pod, node, bound: time)
        }
    }

    private func observeNode(_ change: Change) {
        let node = number(of: change.object.name)
        switch change.type {
        case .added:
            nodes[node].address = Value(NodeView(change.object.value).address("InternalIP"))
            nodes[node].setRange(change.object.value[.spec].text(.podCIDR))
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
            nodes[number].burstPhase = Milliseconds(jitter.next() % 10_000)
        }
        nodeNumbers[name] = number
        return number
    }

    // MARK: Admission and start

    private func admit(_ pod: StoredObject, _ node: Int, bound: Milliseconds) {
        let work = addWork(pod, node)
        if pod.isDeleting { return stop(work, pod) }
        report(work)
        planStart(work, bound: bound)
    }

    /// A pod that its kubelet sees for the first time, or for the first time since it started.
    func addWork(_ pod: StoredObject, _ node: Int) -> PodWork {
        let work = PodWork(
            number: workCount, pod: pod, node: node, seen: now,
            endsPhase: !profile.hasRecordedDeletion)
        workCount += 1
        while works.count <= Int(pod.slot.index) { works.append(nil) }
        works[Int(pod.slot.index)] = work
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
        let phase = nodes[node].burstPhase % 1_000
        return ((instant - phase) / 1_000 + 1) * 1_000 + phase
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
        if event.code == Code.nodeStatus { return writeNodeStatus(event.a, life: event.b) }
        if event.code == Code.schedulability { return tellSchedulability(event.a) }
        guard let work = work(Slot(index: Int32(event.a))), work.number == event.b >> 28,
            nodes[work.node].isAlive
        else { return }
        act(as: nodes[work.node].actor)
        let container = event.b >> 16 & 0xFFF
        let generation = event.b & 0xFFFF
        switch event.code {
        case Code.write: write(work)
        case Code.start: startPod(work)
        case Code.dead: allDead(work)
        case Code.remove: removePod(work)
        default:
            guard work.stopping == nil, container < work.runs.count,
                work.runs[container].generation & 0xFFFF == generation
            else { return }
            handleContainer(event.code, work, container)
        }
    }

    private func handleContainer(_ code: Int32, _ work: PodWork, _ container: Int) {
        switch code {
        case Code.run: run(work, container)
        case Code.ready: becomeReady(work, container)
        case Code.exit: exit(work, container)
        case Code.restart, Code.pull: startContainer(work, container)
        case Code.backOff: enterBackOff(work, container)
        case Code.probe: probe(work, container)
        default: break
        }
    }

    private func startPod(_ work: PodWork) {
        guard work.stopping == nil else { return }
        work.hasSandbox = true
        if work.isRestored { renewSandbox(work) }
        work.address =
            work.isHostNetwork
            ? nodes[work.node].address.string ?? ""
            : profile.hasRecordedDeletion
                ? "192.168.192.168" : nodes[work.node].nextAddress()
        startNext(work)
    }

    // MARK: Reporting

    /// Has the status written soon; changes until then go into the same write.
    func report(_ work: PodWork) {
        guard !work.isWriting else { return }
        work.isWriting = true
        schedule(work, after: jittered(profile.statusWrite), Code.write)
    }

    private func write(_ work: PodWork) {
        work.isWriting = false
        guard !nodes[work.node].isCutOff else { return }
        guard let pod = api.find(.pod, work.key), pod.uid == work.uid else { return }
        let cluster = cluster!
        let status = builder.status(
            of: work, over: pod.value[.status], hostAddress: nodes[work.node].address,
            now: api.timestamp, text: { cluster.api.timestamp(at: $0) })
        work.conditions = status[.conditions]
        _ = try? api.modifyStatus(pod) { $0 = status }
        if work.isDead { schedule(work, after: removalDelay(work), Code.remove) }
    }

    // MARK: Termination

    func stop(_ work: PodWork, _ pod: StoredObject) {
        work.stopping = now
        act(as: nodes[work.node].actor)
        let running = work.runs.indices.filter { work.runs[$0].isRunning }
        guard !running.isEmpty else { return schedule(work, after: 0, Code.dead) }
        let grace = Milliseconds(pod.value[.metadata].int(.deletionGracePeriodSeconds)) * 1_000
        var longest: Milliseconds = 0
        for index in running {
            tell(
                work, .normal, "Killing", "Stopping container \(work.runs[index].name)",
                container: index)
            let wanted = behavior(work, index).stopAfter ?? jittered(profile.kubeletStop)
            longest = max(longest, min(wanted, max(grace, profile.kubeletStop)))
        }
        schedule(work, after: longest, Code.dead)
    }

    private func allDead(_ work: PodWork) {
        for index in work.runs.indices {
            guard case .running(let since) = work.runs[index].state else { continue }
            let wanted = behavior(work, index).stopAfter ?? 0
            let isKilled = (work.stopping.map { now - $0 } ?? 0) < wanted
            end(work, index, code: isKilled ? 137 : codeWhenStopped(work, index), since: since)
        }
        work.isDead = true
        report(work)
    }

    /// A server that is asked to stop ends well; a plain command dies of the signal (128 + SIGTERM).
    private func codeWhenStopped(_ work: PodWork, _ index: Int) -> Int {
        profile.hasContainerExit && CommandEnding(container: work.runs[index].spec) != nil
            ? 143 : 0
    }

    /// From the last status write to the removal of the object: at once in 1.32; the recorded
    /// kubelets did it in bursts ten seconds apart (FACTS.md).
    private func removalDelay(_ work: PodWork) -> Milliseconds {
        guard profile.hasRecordedDeletion, !work.isForgotten else { return profile.statusWrite }
        let phase = nodes[work.node].burstPhase
        let earliest = max(now, (work.stopping ?? now) + 1_500)
        return ((earliest - phase) / 10_000 + 1) * 10_000 + phase - now
    }

    private func removePod(_ work: PodWork) {
        guard let pod = api.find(.pod, work.key), pod.uid == work.uid else { return }
        _ = try? api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0, uid: work.uid))
    }
}

/// A node as its kubelet sees it.
struct KubeletNode {
    let name: String
    let actor: ActorID
    /// Dense, from 0.
    let number: Int
    /// The node's own address.
    var address: Value = .null
    var isAlive = false
    /// Whether it runs without reaching the API server.
    var isCutOff = false
    /// When the last pod that was to be started will start.
    var isFull: Milliseconds = -1_000_000
    /// How often it died or was cut off: what it meant to do before is void then.
    var lives = 0
    /// How often its machine was started again after it died.
    var boots = 0
    /// Whether it died, and its machine is still there.
    var isDown = false
    /// Whether it last saw its node as cordoned.
    var wasUnschedulable = false
    /// The first three numbers of the pods' addresses.
    private var range: String
    private var addresses = 1

    init(name: String, actor: ActorID, number: Int) {
        self.name = name
        self.actor = actor
        self.number = number
        range = "10.244.\(number % 256)"
        burstPhase = Milliseconds(number % 7) * 1_300 + 700
    }

    /// Takes the range of pod addresses from a node's `spec.podCIDR`.
    mutating func setRange(_ cidr: String) {
        guard let end = cidr.lastIndex(of: ".") else { return }
        range = String(cidr[..<end])
    }

    /// The next free address of the node's range.
    mutating func nextAddress() -> String {
        addresses = addresses >= 254 ? 2 : addresses + 1
        return "\(range).\(addresses)"
    }

    /// Where in each ten seconds the recorded kubelets removed dead pods.
    var burstPhase: Milliseconds
}
