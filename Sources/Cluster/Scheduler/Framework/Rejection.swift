/// Why a plugin turns a node down, or a pod as a whole (upstream: a Status that is no success).
///
/// A class, so that a verdict on a node holds one reference; plugins keep theirs as constants.
final class Rejection: Sendable {
    /// The name of the plugin.
    let plugin: String
    /// The words under which conditions and events count nodes.
    let reasons: [String]
    /// Whether taking pods off the node could help (upstream: Unschedulable rather than
    /// UnschedulableAndUnresolvable).
    let isResolvable: Bool

    init(by plugin: any SchedulerPlugin.Type, _ reasons: [String], isResolvable: Bool) {
        self.plugin = plugin.name
        self.reasons = reasons
        self.isResolvable = isResolvable
    }

    /// A rejection for one reason that no preemption cures, unless said otherwise.
    convenience init(
        by plugin: any SchedulerPlugin.Type, _ reason: String, isResolvable: Bool = false
    ) {
        self.init(by: plugin, [reason], isResolvable: isResolvable)
    }
}

/// How many nodes were rejected for what.
struct RejectionTally {
    private var counts: [String: Int] = [:]

    mutating func add(_ reason: String, _ nodes: Int = 1) { counts[reason, default: 0] += nodes }

    /// "2 Insufficient cpu, 1 node(s) were unschedulable": sorted as text, as upstream sorts them.
    var summary: String {
        counts.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
    }
}
