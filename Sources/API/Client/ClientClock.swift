import Value

/// How time passes for somebody who works with a cluster: virtual for a simulated one, on the wall for a
/// real one.
package protocol ClientClock: AnyObject {
    /// The present of the cluster.
    var now: Milliseconds { get }

    /// Whether no time can pass: a deferred block of a script acts within one instant (DECISIONS 14).
    var standsStill: Bool { get }

    /// What a command lets pass before its first request (DECISIONS 16). Zero where requests take time
    /// of themselves.
    var commandPause: Milliseconds { get }

    /// What a command about several objects lets pass between one and the next.
    var objectPause: Milliseconds { get }

    /// Lets time pass until `instant`.
    func run(until instant: Milliseconds) throws(ClusterError) -> RunEnd

    /// Lets time pass until `condition` holds, but at most `limit` milliseconds.
    ///
    /// The condition is asked at the beginning and whenever something may have changed: after every event
    /// that wrote something, or where that cannot be known, after what watches were told and every now
    /// and then.
    func run(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd

    /// As ``run(limit:until:)``, but ends with ``RunEnd/resting`` as soon as nothing that is due can change
    /// anything: then the condition would never hold. A clock that cannot know that waits.
    func runWhilePending(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd

    /// Lets time pass for somebody who only looks on, until there is nothing more to see: the cluster has
    /// come to rest, or where that never happens, the user has seen enough.
    func runUntilRest() throws(ClusterError) -> RunEnd
}

extension ClientClock {
    package func runWhilePending(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd {
        try run(limit: limit, until: condition)
    }
}

/// How a run of the world ended.
package enum RunEnd: Sendable {
    /// The instant asked for was reached, or the condition holds.
    case reached
    /// An observer stopped the world at a write.
    case stopped
    /// The limit came before the condition held.
    case expired
    /// Nothing that is due can make the condition hold.
    case resting
}

/// A world that cannot go on.
package enum ClusterError: Error, Hashable, Sendable {
    /// Components kept each other busy without time passing.
    case tooManyEvents(instant: Milliseconds, limit: Int, component: String)
    /// The user asked to stop. The world stands between two events and can go on.
    case interrupted
    /// Something made more and more objects: more than `limit` without events, `count` of them of the kind
    /// whose plural is `plural`; the last event was `component`'s.
    case tooManyObjects(limit: Int, count: Int, plural: String, component: String)
    /// The object named `name` (`deployment/web`) asks for `wanted` pods, more than the world holds objects.
    case tooManyPods(limit: Int, wanted: Int, name: String)
    /// More time was to pass than a world lasts.
    case endOfTime(limit: Milliseconds)
}
