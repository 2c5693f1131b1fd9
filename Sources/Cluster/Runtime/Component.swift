import API
import Model
import Support
import Value

/// Something that acts in the world: a controller, the scheduler, the kubelets.
///
/// A component is registered once, belongs to a process (whose ``View`` it reads), gets the events
/// that it scheduled and the changes of the kinds it watches. It changes the world through ``api``
/// alone.
///
/// Deterministic by construction if it iterates no dictionary and draws only from ``random(_:)``.
class Component {
    // tidy: not copied: id, actor, cluster, clock, api, profile, view
    /// "deployment-controller": the actor that its writes carry, and the source of its events.
    let name: String

    /// Set by the registry, before ``start()``.
    private(set) var id = ComponentID(index: -1)
    /// The actor that writes of this component carry.
    private(set) var actor = ActorID.system
    /// The world; set by the registry.
    private(set) unowned var cluster: SimulatedCluster!
    // What is asked of the world at every turn, without the way through it.
    private var clock: Clock!
    /// The API server, for writes; reading through it would see what the component cannot know yet.
    private(set) var api: APIServer!
    /// The settings of this world.
    private(set) var profile = LatencyProfile.standard
    /// What this component's process has seen of the cluster; set by the registry.
    var view: View!

    /// What ``jittered(_:)`` draws from.
    var jitter = RandomStream(seed: 0)

    init(name: String) { self.name = name }

    /// Becomes a part of the world, under a number and a name of its own.
    final func join(_ cluster: SimulatedCluster, as id: ComponentID, actor: ActorID) {
        self.id = id
        self.actor = actor
        self.cluster = cluster
        clock = cluster.clock
        api = cluster.api
        profile = cluster.profile
    }

    /// Goes on from now on as `other` does, the same part of another world that is copied (see
    /// ``SimulatedCluster/copy()``): takes over everything that it has in variables, and nothing that
    /// leads back to the other world.
    func take(_ other: Component) { jitter = other.jitter }

    /// Whether all that the component remembers can be taken over now.
    var canBeCopied: Bool { true }

    /// Called once when the world starts: register watches and first timers here.
    func start() {}

    /// A kind is served from now on that was not when the world started: watch it here, if at all.
    func added(_ kind: KindDescriptor) {}

    /// An event that this component scheduled is due.
    func handle(_ event: Event) {}

    /// A write to a kind that this component watches arrived in its view (which already shows it).
    func observe(_ change: Change) {}

    /// The machine behind a node started, died, was cut off or taken away.
    func machineChanged(_ node: String, _ state: MachineState) {}
}

extension Component {
    /// The present.
    var now: Milliseconds { clock.now }

    /// Asks for ``observe(_:)`` upon every write to objects of `kind`.
    func watch(_ kind: Kind) { view.subscribe(self, to: kind) }

    /// Schedules ``handle(_:)`` `milliseconds` from now.
    func schedule(
        after milliseconds: Milliseconds, code: Int32, a: Int = 0, b: Int = 0,
        weight: EventWeight = .work
    ) {
        clock.schedule(
            id, code: code, a: a, b: b, at: now + milliseconds, weight: weight)
    }

    /// As ``schedule(after:code:a:b:weight:)``, with a ticket to cancel it.
    func scheduleTimer(
        after milliseconds: Milliseconds, code: Int32, a: Int = 0, b: Int = 0,
        weight: EventWeight = .work
    ) -> Timer {
        clock.scheduleTimer(
            id, code: code, a: a, b: b, at: now + milliseconds, weight: weight)
    }

    /// Schedules a tick at the next multiple of `period` (plus `phase`): as a loop that runs always
    /// would come round, but without an event as long as nobody asks.
    func scheduleTick(
        every period: Milliseconds, phase: Milliseconds = 0, code: Int32,
        weight: EventWeight = .tick
    ) {
        let next = ((now - phase) / period + 1) * period + phase
        clock.schedule(id, code: code, at: next, weight: weight)
    }

    /// Withdraws a scheduled event.
    func cancel(_ timer: Timer) { clock.cancel(timer) }

    /// Whether a scheduled event is still to come.
    func isPending(_ timer: Timer) -> Bool { clock.isPending(timer) }

    /// A seeded stream for `purpose` and `owner`, equal in every run of this world.
    func random(_ purpose: String, _ owner: String = "") -> RandomStream {
        api.identities.stream("\(name)/\(purpose)", owner)
    }

    /// A latency as it is this time: `milliseconds`, or, if the profile has jitter of p percent, one
    /// drawn evenly from (100 − p) to (100 + 2p) percent of it. Slow answers are further from the
    /// usual than quick ones.
    func jittered(_ milliseconds: Milliseconds) -> Milliseconds {
        let percent = profile.jitterPercent
        guard percent > 0, milliseconds > 0 else { return milliseconds }
        let span = max(3 * milliseconds * percent / 100, 1)
        let drawn = Milliseconds(jitter.next() % UInt64(span + 1))
        return max(milliseconds - milliseconds * percent / 100 + drawn, 1)
    }

    /// From now on, until this component's turn is over, writes are `actor`'s.
    func act(as actor: ActorID) { api.cause.actor = actor }

    /// The number of an actor: this component, or its part on a host.
    func actor(named name: String, host: String) -> ActorID {
        cluster.actor(named: name, host: host)
    }
}
