/// The rule of resource claims (KEP-4381), as far as a cluster without any shows it: what it says
/// of every pod that found no node.
enum DynamicResources: PostFilterPlugin {
    static let name = "DynamicResources"

    /// It has claims to give back only for a pod that it was asked about. When a plugin before it
    /// let no node be looked at, it looks for what it never wrote, and nobody is asked after it.
    static func postFilter(
        _ failure: Diagnosis, _ cycle: SchedulingCycle, _ scheduler: Scheduler
    ) -> PostFilterResult {
        failure.preFilter == nil
            ? .rejected("no new claims to deallocate", keepsNomination: true)
            : .failed("not found")
    }
}
