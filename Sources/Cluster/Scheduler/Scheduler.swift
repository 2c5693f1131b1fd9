import Model
import Support
import Value

/// The default scheduler: takes waiting pods one after another, filters and scores the nodes, binds
/// the pod, or says why no node will do and tries to make room by preemption.
///
/// Source: kube-scheduler 1.36 with its default profile. What it decides by are its plugins. Nodes
/// are tried in turn from where the last pod left off, and no more are looked at than upstream's
/// sampling does.
final class Scheduler: Component {
    enum Code {
        static let cycle: Int32 = 0
        static let backOffOver: Int32 = 1
        static let flush: Int32 = 2
        static let checkBinding: Int32 = 3
    }

    static let name = "default-scheduler"

    let plugins: PluginSet
    var cache: SchedulerCache
    var queue = SchedulingQueue()
    var nominations = Nominations()
    var bindings = PendingBindings()
    private(set) var needsCache: PodNeedsCache
    private var isBusy = false
    var nextStart = 0
    var random = RandomStream(seed: 0)

    init(plugins: PluginSet = .standard) {
        self.plugins = plugins
        cache = SchedulerCache(plugins)
        needsCache = PodNeedsCache(plugins)
        super.init(name: Self.name)
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        cache = other.cache.copy()
        queue = other.queue
        nominations = other.nominations
        bindings = other.bindings
        needsCache = other.needsCache
        isBusy = other.isBusy
        nextStart = other.nextStart
        random = other.random
    }

    override func start() {
        random = random("ties")
        for kind in [Kind.pod, .node] + plugins.actions.kinds { watch(kind) }
    }

    override func observe(_ change: Change) {
        switch change.kind {
        case .pod: observePod(change)
        case .node: observeNode(change)
        default:
            let action = ClusterActions.of(change)
            if !action.isEmpty {
                move(ClusterEvent(action: action, old: change.old, new: change.new))
            }
        }
        if change.kind != .pod { hastenBindings() }
    }

    func needs(of pod: StoredObject) -> PodNeeds { needsCache.needs(of: pod) }

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
        case Code.checkBinding: checkBinding(Slot(index: Int32(event.a)))
        default:
            isBusy = false
            if let entry = queue.take() { schedule(entry) }
            wake()
        }
    }

    /// Sees to it that ready pods are tried.
    func wake() {
        guard !isBusy, queue.readyCount > 0 else { return }
        isBusy = true
        schedule(after: jittered(profile.scheduling), code: Code.cycle)
    }

    // MARK: Waiting pods

    /// Something happened: the pods that it may help are tried again after their back-off.
    ///
    /// `reaches` says which pods it may concern at all.
    func move(_ event: ClusterEvent, reaches: (SchedulingQueue.Entry) -> Bool = { _ in true }) {
        if !queue.unschedulable.isEmpty, !plugins.actions.isDisjoint(with: event.action) {
            for slot in queue.unschedulable {
                if let entry = queue[slot], reaches(entry), mayHelp(event, entry) { retry(slot) }
            }
        }
        wake()
    }

    /// Whether a plugin that turned the pod down says that the event can help
    /// (isPodWorthRequeuing).
    func mayHelp(_ event: ClusterEvent, _ entry: SchedulingQueue.Entry) -> Bool {
        if entry.rejectors.isEmpty { return true }
        let interested = plugins.interested(in: event.action, among: entry.rejectors)
        guard !interested.isEmpty, let pod = view.get(.pod, entry.slot) else { return false }
        let waiting = PodToPlace(object: pod, needs: needs(of: pod), view: view)
        return interested.contains { $0.mayHelp(event, waiting) }
    }

    /// Tries a pod again, not before its back-off is over.
    func retry(_ slot: Slot) {
        guard var entry = queue[slot] else { return }
        if entry.state == .gated { return admit(slot) }
        guard entry.state == .unschedulable else { return }
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

    /// Lets a new pod, or one that was gated, into the queue, unless a plugin keeps it out.
    func admit(_ slot: Slot) {
        guard let pod = view.get(.pod, slot) else { return }
        let priority = PodSpecView(pod.value[.spec]).priority
        for plugin in plugins.preEnqueue {
            guard let rejection = plugin.preEnqueue(pod) else { continue }
            let rejectors = plugins.rejectors([rejection.plugin])
            return queue.gate(pod.key, slot, priority: priority, by: rejectors)
        }
        queue.remove(slot)
        queue.add(pod.key, slot, priority: priority)
    }
}
