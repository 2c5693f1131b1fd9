import API
import Model
import Value

extension SimulatedCluster {
    /// Whether nothing that is due can change anything: no work is planned, and what happens
    /// periodically finds what it found before. Then whoever waits for a change waits for ever.
    ///
    /// Containers that wait in a loop for something may find it at their next look.
    ///
    /// Autoscalers, CronJobs and repeated actions of a script act at their own times: with any of them
    /// the answer is no.
    package var isAtRestForGood: Bool {
        guard clock.nextWorkInstant == nil, deferred.count == 0, commandsRest <= clock.now
        else { return false }
        return state.count(.horizontalPodAutoscaler) == 0 && state.count(.cronJob) == 0
    }

    /// Runs all that is due until `instant`, or until nothing that is due can change anything; then the
    /// present stays, and the answer is ``RunEnd/resting``.
    package func runWhilePending(until instant: Milliseconds) throws(ClusterError) -> RunEnd {
        try runWhilePending(limit: instant - clock.now) { false }
    }

    package func runWhilePending(
        limit: Milliseconds, until condition: () -> Bool
    ) throws(ClusterError) -> RunEnd {
        var isResting = false
        let end = try run(
            limit: limit,
            endsAt: { [unowned self] in
                isResting = isAtRestForGood
                return isResting
            }, until: condition)
        return isResting ? .resting : end
    }
}
