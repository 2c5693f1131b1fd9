import Model
import Value

/// What only a simulated cluster can do: the world's verbs ask for it. A real cluster has none.
package protocol WorldControl: AnyObject {
    // MARK: Machines

    /// What a machine is that nobody says more about.
    var nodeTemplate: NodeTemplate { get }

    /// Adds a machine, whose kubelet registers a Ready node. Throws AlreadyExists for a name in use,
    /// Invalid for a quantity that does not parse.
    func addMachine(_ name: String, _ template: NodeTemplate) throws(APIError)

    /// Takes a machine and its Node object away. Throws NotFound.
    func removeMachine(_ name: String) throws(APIError)

    /// What the machine behind a node is doing; nil for a node that was never added.
    func machine(_ node: String) -> MachineState?

    /// Breaks or mends the machine behind a node.
    func setMachine(_ node: String, _ state: MachineState)

    // MARK: Time

    /// Lets time pass until nothing but ticks is due soon (DECISIONS 17).
    func settle() throws(ClusterError) -> SettleEnd

    // MARK: What is asked of workloads, and what DNS says

    /// What scripts say with `load`.
    var loads: LoadTable { get set }

    /// The cluster's DNS at this instant.
    var nameServer: any NameServer { get }

    // MARK: History

    /// The last writes that are kept, oldest first: those made at `instant` or later of objects that
    /// `isWanted`, at most `count`. O(writes since then).
    func writes(
        since instant: Milliseconds, last count: Int, _ isWanted: (Kind, ObjectKey) -> Bool
    ) -> [WriteRecord]
}

/// How `settle` ended.
package enum SettleEnd: Sendable {
    /// Nothing but ticks and far timers is left.
    case settled
    /// An observer stopped the world at a write.
    case stopped
    /// The world did not come to rest in time; what changed in the last minute and is still there, by
    /// kind and name.
    case restless([(kind: Kind, key: ObjectKey)])
}
