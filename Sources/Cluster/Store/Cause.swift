import API
import Model

/// The number of an actor in the world's table of actors.
package struct ActorID: Hashable, Sendable {
    package let index: Int32

    init(index: Int32) { self.index = index }

    /// Whoever makes the world at time zero.
    package static let system = ActorID(index: 0)
    /// The person or script that drives the world.
    package static let user = ActorID(index: 1)
}

/// Why a write happened: who asked for what, in answer to which earlier write.
package struct Cause: Sendable {
    /// Who asked.
    package var actor: ActorID
    /// What was asked.
    package var verb: RequestVerb
    /// The sequence number of the write that this one answers; 0 where time or a user began it.
    package var trigger: Int
    /// The key that the controller was syncing ("default/web"); nil outside a sync.
    package var key: ObjectKey?

    init(
        actor: ActorID = .system, verb: RequestVerb = .update, trigger: Int = 0,
        key: ObjectKey? = nil
    ) {
        self.actor = actor
        self.verb = verb
        self.trigger = trigger
        self.key = key
    }
}
