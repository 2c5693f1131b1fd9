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
package class Component {
    /// "deployment-controller": the actor that its writes carry, and the source of its events.
    package let name: String

    /// Set by the registry, before ``start()``.
    package internal(set) var id = ComponentID(index: -1)
    /// The actor that writes of this component carry.
    package internal(set) var actor = ActorID.system
    /// The world; set by the registry.
    package internal(set) unowned var cluster: SimulatedCluster!
    /// What this component's process has seen of the cluster; set by the registry.
    package internal(set) var view: View!

    /// What ``jittered(_:)`` draws from.
    var jitter = RandomStream(seed: 0)

    init(name: String) { self.name = name }

    /// Called once when the world starts: register watches and first timers here.
    package func start() {}

    /// A kind is served from now on that was not when the world started: watch it here, if at all.
    package func added(_ kind: KindDescriptor) {}

    /// An event that this component scheduled is due.
    package func handle(_ event: Event) {}

    /// A write to a kind that this component watches arrived in its view (which already shows it).
    package func observe(_ change: Change) {}

    /// The machine behind a node started, died, was cut off or taken away.
    package func machineChanged(_ node: String, _ state: MachineState) {}
}

extension Component {
    /// The API server, for writes; reading through it would see what the component cannot know yet.
    package var api: APIServer { cluster.api }

    /// The present.
    package var now: Milliseconds { cluster.clock.now }

    /// The settings of this world.
    package var profile: LatencyProfile { cluster.profile }

    /// Asks for ``observe(_:)`` upon every write to objects of `kind`.
    package func watch(_ kind: Kind) { view.subscribe(self, to: kind) }

    /// Schedules ``handle(_:)`` `milliseconds` from now.
    package func schedule(
        after milliseconds: Milliseconds, code: Int32, a: Int = 0, b: Int = 0,
        weight: EventWeight = .work
    ) {
        cluster.clock.schedule(
            id, code: code, a: a, b: b, at: now + milliseconds, weight: weight)
    }

    /// As ``schedule(after:code:a:b:weight:)``, with a ticket to cancel it.
    package func scheduleTimer(
        after milliseconds: Milliseconds, code: Int32, a: Int = 0, b: Int = 0,
        weight: EventWeight = .work
    ) -> Timer {
        cluster.clock.scheduleTimer(
            id, code: code, a: a, b: b, at: now + milliseconds, weight: weight)
    }

    /// Schedules a tick at the next multiple of `period` (plus `phase`): as a loop that runs always
    /// would come round, but without an event as long as nobody asks.
    package func scheduleTick(
        every period: Milliseconds, phase: Milliseconds = 0, code: Int32,
        weight: EventWeight = .tick
    ) {
        let next = ((now - phase) / period + 1) * period + phase
        cluster.clock.schedule(id, code: code, at: next, weight: weight)
    }

    /// Withdraws a scheduled event.
    package func cancel(_ timer: Timer) { cluster.clock.cancel(timer) }

    /// Whether a scheduled event is still to come.
    package func isPending(_ timer: Timer) -> Bool { cluster.clock.isPending(timer) }

    /// A seeded stream for `purpose` and `owner`, equal in every run of this world.
    package func random(_ purpose: String, _ owner: String = "") -> RandomStream {
        cluster.api.identities.stream("\(name)/\(purpose)", owner)
    }

    /// A latency as it is this time: `milliseconds`, or, if the profile has jitter of p percent, one
    /// drawn evenly from (100 − p) to (100 + 2p) percent of it. Slow answers are further from the
    /// usual than quick ones.
    package func jittered(_ milliseconds: Milliseconds) -> Milliseconds {
        let percent = profile.jitterPercent
        guard percent > 0, milliseconds > 0 else { return milliseconds }
        let span = max(3 * milliseconds * percent / 100, 1)
        let drawn = Milliseconds(jitter.next() % UInt64(span + 1))
        return max(milliseconds - milliseconds * percent / 100 + drawn, 1)
    }

    /// From now on, until this component's turn is over, writes are `actor`'s.
    package func act(as actor: ActorID) { cluster.api.cause.actor = actor }

    /// The number of an actor: this component, or its part on a host.
    package func actor(named name: String, host: String) -> ActorID {
        cluster.actor(named: name, host: host)
    }
}
