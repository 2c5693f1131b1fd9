import API
import Model
import Value

extension SimulatedCluster {
    /// Whether nothing that is due can change anything: no work is planned, and what happens
    /// periodically finds what it found before. Then whoever waits for a change waits for ever.
    ///
    /// Autoscalers, CronJobs and repeated actions of a script act at their own times: with any of them
    /// the answer is no.
    package var isAtRestForGood: Bool {
        guard clock.nextWorkInstant == nil, deferred.count == 0 else { return false }
        return state.count(.horizontalPodAutoscaler) == 0 && state.count(.cronJob) == 0
    }
}
