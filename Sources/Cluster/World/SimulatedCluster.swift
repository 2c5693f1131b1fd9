import API
import Model
import Value

/// The simulated cluster: clock, store, API server and components in one world.
///
/// Single-threaded and deterministic: equal options and equal calls give an equal run, bit for bit.
package final class SimulatedCluster {
    // tidy: not copied: journal, replay, nextCheckpoint, observers, activity, isLongRun, interruptCheck, hasNetwork, onNetwork
    package let options: ClusterOptions
    package let clock = Clock()
    package let api: APIServer
    let store: Store

    private(set) var components: [Component] = []
    /// By node: what its machine is doing. Only looked up, never iterated.
    var machines: [String: MachineState] = [:]
    /// By node that came without a network: what it lacks still. Only looked up.
    var networkLacks: [String: NetworkLack] = [:]
    /// How many machines were added so far; their addresses follow from it.
    var addedMachines = 0
    /// By node that does not run: when its machine last gave a sign of life. Only looked up.
    var lastSigns: [String: Milliseconds] = [:]
    /// By node: since when its machine runs, or ran last. Only looked up.
    var firstSigns: [String: Milliseconds] = [:]
    /// How containers act; what scripts say with `behavior`.
    package var behaviors = BehaviorTable() {
        didSet {
            for case let kubelet as Kubelet in components {
                clock.schedule(
                    kubelet.id, code: Kubelet.Code.behaviors, a: 0, b: 0, at: clock.now,
                    weight: .work)
            }
        }
    }
    /// How the drivers of storage classes act; what scripts say with `behavior storageclass/NAME`.
    package var provisioning = ProvisioningTable() {
        didSet {
            for case let provisioner as VolumeProvisioner in components { provisioner.lookAgain() }
        }
    }
    /// How operators act on objects of custom kinds; what scripts say with `behavior kind/NAME`.
    package var operators = OperatorTable() {
        didSet {
            for case let player as ScriptedOperator in components { player.lookAgain() }
        }
    }
    /// The rules among ``behaviors`` that were for a container which a kubelet ran. Only looked up.
    var concernedBehaviors: Set<BehaviorTable.RuleID> = []
    /// What is asked of workloads, for autoscaling; what scripts say with a load.
    package var loads = LoadTable() {
        didSet { noteLoads() }
    }

    /// What was done to the world; nil where nobody wants to go back in it.
    var journal: Journal?
    /// What it still has to go through, while it is made anew.
    var replay: Replay?
    /// Behind how many events it is next time to keep a copy of the world; never where no journal is kept.
    var nextCheckpoint = Int.max
    /// Runs of containers that wrote to volumes, until somebody looks at what they wrote.
    var scriptedRuns = ScriptedRuns()
    /// What containers were given from the API before it changed.
    var pastVersions = PastVersions()
    /// The insides of containers.
    package var containers: any ContainerAccess { containerWorld }
    private(set) lazy var containerWorld = ContainerWorld(cluster: self)
    /// The component of all kubelets.
    private(set) var kubelet: Kubelet?

    private(set) var views: [View] = []
    var observers = ObserverList()
    /// Who is at work, while `settle` wants to know.
    var activity: ActivityLog?
    /// Whether more time is to pass than a request takes.
    var isLongRun = false
    /// The last instant at which a container that waits in a loop looks again.
    var commandsRest: Milliseconds = 0
    /// How many objects there were when they were last found to be too many.
    var excess = 0
    /// How many events were taken at the present instant.
    var eventsAtInstant = 0
    /// Who took the last event.
    private(set) var lastComponent = ComponentID(index: 0)
    /// Answers whether the user asked to stop; asked between events.
    package var interruptCheck: () -> Bool = { false }
    let deliverer: Deliverer
    let deferred = DeferredActions()
    let eventLeases = EventLeases()
    /// The number of the last write of time zero's own objects.
    private(set) var initialHead = 0
    private(set) var actors: [Actor] = [
        Actor(name: "system", host: ""), Actor(name: "kubectl", host: ""),
    ]
    private var actorNumbers: [Actor: ActorID] = [:]
    /// By kind: whether any view tells its components of it.
    private var isWatched: [Bool] = []

    /// Where connections lead to: made when somebody connects.
    package private(set) lazy var network: ClusterNetwork = {
        let network = ClusterNetwork(self)
        hasNetwork = true
        onNetwork(network)
        return network
    }()
    /// Whether anybody connected yet.
    private(set) var hasNetwork = false
    /// Told of the network when it is made.
    package var onNetwork: (ClusterNetwork) -> Void = { _ in } {
        didSet { if hasNetwork { onNetwork(network) } }
    }

    /// Records events; components use ``Component/record(_:_:reason:message:fieldPath:)``.
    private(set) lazy var recorder = EventRecorder(cluster: self)

    /// A cluster at time zero with all components, the objects of DECISIONS 24 and no nodes.
    package convenience init(options: ClusterOptions = ClusterOptions()) {
        self.init(bare: options)
        createInitialObjects()
        addParts { add($0, to: $1) }
        api.cause = Cause(actor: .user)
        initialHead = store.head
    }

    private func addParts(_ add: (Component, View) -> Void) {
        for process in ComponentRegistry.Process.allCases {
            let view = addProcess(process.rawValue)
            for row in ComponentRegistry.all where row.process == process {
                add(row.make(), view)
            }
        }
    }

    /// As many components as ``addParts(_:)`` adds, and those of every world.
    private static let partCount = ComponentRegistry.all.count + 3

    /// Another world that stands where this one stands, and goes its own way from here. Nobody looks at it,
    /// and nothing is remembered of it. Nil where something is at work that only this world can go on with:
    /// a stop at a write, a block of a script, requests of a controller that lead back to it, something that was
    /// done inside of containers.
    package func copy() -> SimulatedCluster? { canBeCopied ? SimulatedCluster(copying: self) : nil }

    private var canBeCopied: Bool {
        !observers.isStopped && observers.visible == nil && !deferred.isActing
            && containerWorld.isUntouched && components.count == Self.partCount && views.count == 3
            && components.allSatisfy(\.canBeCopied)
    }

    /// See ``copy()``.
    convenience init(copying other: SimulatedCluster) {
        self.init(bare: other.options, saying: other)
        addParts { component, view in
            component.view = view
            register(component)
        }
        clock.take(other.clock)
        store.take(other.store)
        api.take(other.api)
        for (view, old) in zip(views, other.views) { view.take(old, components) }
        for (component, old) in zip(components, other.components) { component.take(old) }
        var runs = RunCopies()
        if let old = other.kubelet { kubelet?.takeWorks(of: old, &runs) }
        scriptedRuns = other.scriptedRuns.copy(&runs)
        recorder.take(other.recorder)
        containerWorld.lastExecution = other.containerWorld.lastExecution
        machines = other.machines
        networkLacks = other.networkLacks
        addedMachines = other.addedMachines
        lastSigns = other.lastSigns
        firstSigns = other.firstSigns
        concernedBehaviors = other.concernedBehaviors
        pastVersions = other.pastVersions
        commandsRest = other.commandsRest
        excess = other.excess
        eventsAtInstant = other.eventsAtInstant
        lastComponent = other.lastComponent
        initialHead = other.initialHead
        actors = other.actors
        actorNumbers = other.actorNumbers
        isWatched = other.isWatched
    }

    /// The settings of this world.
    package var profile: LatencyProfile { options.profile }

    /// An empty world at time zero, without components.
    ///
    /// - Parameter other: what was said of it holds from the beginning, without anybody being told.
    init(bare options: ClusterOptions, saying other: SimulatedCluster? = nil) {
        self.options = options
        store = Store(retention: options.limits.logRetention)
        store.podLimit = options.limits.objects
        let identities = Identities(
            seed: options.seed, labels: [options.title, String(options.ordinal)])
        api = APIServer(
            store: store, clock: clock, identities: identities,
            serviceRange: options.profile.serviceRange, featureGates: options.featureGates)
        deliverer = Deliverer(name: "watch")
        for (place, actor) in actors.enumerated() {
            actorNumbers[actor] = ActorID(index: Int32(place))
        }
        register(deliverer)
        register(deferred)
        register(eventLeases)
        api.heartbeats.firstSign = { [unowned self] in firstSign(of: $0) }
        api.heartbeats.lastSign = { [unowned self] in lastSign(of: $0) }
        api.actorOf = { [unowned self] in actor($0) }
        api.onNewKind = { [unowned self] kind in added(kind) }
        api.ownership.actorName = { [unowned self] in actor($0).name }
        api.onCommit = { [unowned self] change in committed(change) }
        guard let other else { return }
        behaviors = other.behaviors
        provisioning = other.provisioning
        operators = other.operators
        loads = other.loads
    }

    /// Components and views hold each other: a world that nobody uses any more takes them along.
    deinit { for view in views { view.dismiss() } }

    func createInitialObjects() {
        createSharedObjects()
        let day = String((api.timestamp.string ?? "").prefix(10))
        api.install(.configMap, Bootstrap.tokenTracking(since: day), in: "kube-system")
    }

    private func createSharedObjects() {
        let sort = InitialObjects.Sort(options)
        if clock.now == 0, let known = InitialObjects.known.find(sort) {
            for object in known { api.restore(object) }
            return
        }
        var made: [InitialObjects.Entry] = []
        for (kind, namespace, value) in Bootstrap.objects(profile) {
            do throws(APIError) {
                made.append(.init(try api.create(kind, value, in: namespace)))
            } catch {
                preconditionFailure("initial objects are valid: \(error.message)")
            }
        }
        for (kind, value) in Bootstrap.apiObjects { made.append(.init(api.install(kind, value))) }
        if clock.now == 0 {
            InitialObjects.known.set(sort, to: made)
        }
    }

    // MARK: Kinds

    /// Serves a further kind from now on, as if its CustomResourceDefinition had been established:
    /// `make` gives its descriptor, `strategy` what the API server does with it in its own way.
    @discardableResult
    package func register(
        _ make: (Kind) -> KindDescriptor, strategy: KindStrategy = KindStrategy()
    ) -> Kind {
        let kind = api.register(make, strategy: strategy)
        added(kind)
        return kind
    }

    private func added(_ kind: Kind) {
        for component in components { component.added(api.kinds[kind]) }
    }

    // MARK: Components

    /// Adds a process with a view of its own.
    func addProcess(_ name: String, latency: Milliseconds? = nil) -> View {
        let view = View(name: name, latency: latency ?? profile.watchDelivery, cluster: self)
        views.append(view)
        return view
    }

    /// Adds a component to a process and starts it.
    func add(_ component: Component, to process: View) {
        component.view = process
        if profile.jitterPercent > 0 {
            component.jitter = api.identities.stream("\(component.name)/jitter", "")
        }
        register(component)
        enter(component)
        component.start()
    }

    private func register(_ component: Component) {
        component.join(
            self, as: ComponentID(index: Int32(components.count)),
            actor: actor(named: component.name))
        components.append(component)
        if let kubelet = component as? Kubelet { self.kubelet = kubelet }
    }

    /// The number of an actor, given to it now if it had none.
    package func actor(named name: String, host: String = "") -> ActorID {
        let actor = Actor(name: name, host: host)
        if let known = actorNumbers[actor] { return known }
        let number = ActorID(index: Int32(actors.count))
        actors.append(actor)
        actorNumbers[actor] = number
        return number
    }

    /// Who `id` is.
    package func actor(_ id: ActorID) -> Actor { actors[Int(id.index)] }

    /// From now on writes are `component`'s.
    func enter(_ component: Component, trigger: Int = 0, key: ObjectKey? = nil) {
        api.cause = Cause(actor: component.actor, trigger: trigger, key: key)
        if let key, activity != nil { activity?.note(component.id, key) }
    }

    func name(of component: ComponentID) -> String { components[Int(component.index)].name }

    // MARK: Events

    /// Hands one event to its component, whose view is brought up to date before.
    func dispatch(_ event: Event) {
        lastComponent = event.component
        if event.component == deliverer.id {
            views[event.a].catchUp(now: clock.now)
            return
        }
        if activity != nil, clock.isWork { activity?.note(event.component) }
        let component = components[Int(event.component.index)]
        component.view?.catchUp(now: clock.now)
        enter(component)
        component.handle(event)
    }

    private func committed(_ change: Change) {
        switch change.kind {
        case .event: if change.type != .deleted { eventLeases.note(change.object) }
        case .configMap, .secret, .service: pastVersions.note(change)
        default: break
        }
        if Int(change.kind.id) < isWatched.count, isWatched[Int(change.kind.id)] {
            for (index, view) in views.enumerated() {
                view.announce(change, dispatcher: deliverer.id, index: index)
            }
        }
        show(change)
    }

    /// A view has components that watch `kind`.
    func noteWatch(_ kind: Kind) {
        while isWatched.count <= Int(kind.id) { isWatched.append(false) }
        isWatched[Int(kind.id)] = true
    }

    /// Compares indexes with objects and the log with both; answers what is wrong. For tests.
    package func inconsistencies() -> [String] {
        store.inconsistencies() + views.flatMap { $0.inconsistencies() }
    }
}

/// The address of watch deliveries in the event queue.
final class Deliverer: Component {}
