import API
import Cluster
import Language
import Verbs

/// Checks a condition at every write from now on, and lets the world go on where it breaks.
package final class StandingWatch: CommitObserver {
    private let watch: ConditionWatch
    private unowned let session: Session
    /// What the session was set to when the watch began: a condition means the same whatever a user sets.
    private let kubeConfig: KubeConfig
    /// Called when the condition breaks, once.
    package var broke: () -> Void = {}

    init(_ condition: Language.Condition, in session: Session) {
        watch = ConditionWatch(condition, in: session)
        self.session = session
        kubeConfig = session.kubeConfig
    }

    /// How it was broken; nil while it holds.
    package var failure: ExpectationFailure? { watch.failure }
    /// Why it cannot be judged.
    package var problem: (any Error)? { watch.problem }

    func begin() throws {
        try watch.checkFirst()
        session.follow(self)
    }

    package func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        let held = watch.failure == nil
        let outer = session.kubeConfig
        session.kubeConfig = kubeConfig
        defer { session.kubeConfig = outer }
        _ = watch.committed(change, in: cluster)
        if held, watch.failure != nil { broke() }
        return false
    }
}

extension Session {
    /// The condition of the watch that `run` begins, which watches nothing.
    package func condition(_ run: () throws -> Void) rethrows -> Language.Condition? {
        try takeCondition(run)
    }

    /// Watches a condition to the end of the session. It must hold now.
    package func watch(standing condition: Language.Condition) throws -> StandingWatch {
        let watch = StandingWatch(condition, in: self)
        try watch.begin()
        return watch
    }

    /// Asks what `ask` asks without letting time pass or anything be written.
    package func peeking<T>(_ ask: () throws -> T) rethrows -> T {
        let outer = isPeeking
        isPeeking = true
        defer { isPeeking = outer }
        return try ask()
    }
}

/// Refuses whatever writes.
final class ReadOnlyGuard: ActGuard {
    func refusal(ofCommand words: [String]) -> String? { nil }
    func refusal(of request: GuardedRequest) -> String? { "nothing may be written here" }
}
