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

    /// What is inside of containers.
    var containers: any ContainerAccess { get }

    // MARK: Logs

    /// What a container wrote in its present run, or its last, or with `previous` in the one before; up to
    /// `horizon`, which may lie ahead. Nil where there is no such run.
    func containerLog(
        _ pod: ObjectKey, container: String, previous: Bool, until horizon: Milliseconds
    ) -> ContainerLog?

    // MARK: History

    /// Since when every write is kept; 0 where none was forgotten.
    var historyStart: Milliseconds { get }

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
    /// The world did not come to rest in time.
    case restless(Restlessness)
}

/// What kept a world from coming to rest, in the last minute of the time that it was given.
package struct Restlessness: Sendable {
    /// Work of one component.
    package struct Activity: Hashable, Sendable {
        /// "deployment-controller"; "script" for deferred blocks.
        package let component: String
        /// The object that it looked at; nil where it does not go by objects.
        package let key: ObjectKey?
        /// How many times.
        package let count: Int

        package init(component: String, key: ObjectKey?, count: Int) {
            self.component = component
            self.key = key
            self.count = count
        }
    }

    /// What changed and is still there, by kind and name.
    package let changed: [(kind: Kind, key: ObjectKey)]
    /// Who was at work, the busiest first.
    package let activities: [Activity]

    package init(changed: [(kind: Kind, key: ObjectKey)], activities: [Activity]) {
        self.changed = changed
        self.activities = activities
    }
}

/// One event of a world, after it was taken.
package struct WorldStep: Sendable {
    package let time: Milliseconds
    /// Who took it: "deployment-controller"; "watch" for the delivery of writes, "script" for blocks.
    package let component: String
    /// The object that it looked at; nil where it does not go by objects.
    package let key: ObjectKey?
    /// The numbers of the writes that it made; the last is below the first where it made none.
    package let firstWrite: Int
    package let lastWrite: Int

    package var hasWritten: Bool { lastWrite >= firstWrite }

    package init(
        time: Milliseconds, component: String, key: ObjectKey?, firstWrite: Int, lastWrite: Int
    ) {
        self.time = time
        self.component = component
        self.key = key
        self.firstWrite = firstWrite
        self.lastWrite = lastWrite
    }
}
