import Model
import Support
import Value

/// One rule of scheduling (upstream: framework.Plugin).
///
/// A plugin is a type without instances: what it knows of a pod, a node or the cluster it is told,
/// so that nothing it says can depend on what it said before. It takes part in scheduling by the
/// protocols below, one for each of upstream's extension points, and declares what its answers
/// depend on, so that the scheduler's caches know nothing of particular plugins. Its place in the
/// order and the weight of its points are its row of ``PluginRegistry``.
protocol SchedulerPlugin: ExtensionPoints, SendableMetatype {
    /// Upstream's name, as messages show it.
    static var name: String { get }

    /// The parts of a pod's spec that the answers depend on (upstream: SignPod). Pods that are
    /// alike in all declared parts, in namespace and in labels share one ``PodNeeds``.
    static var podFields: [Key] { get }

    /// What may let a pod run that this plugin turned down (EventsToRegister).
    static var actions: ClusterActions { get }

    /// Whether `event`, one of ``actions``, can change what this plugin said of `pod`
    /// (QueueingHintFn).
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool

    /// Kinds of placed pods that the plugin goes through.
    static var podGroups: [PodGroup] { get }

    /// What the plugin wants counted over the nodes.
    static var nodeTallies: [NodeTally] { get }
}

extension SchedulerPlugin {
    static var podFields: [Key] { [] }
    static var actions: ClusterActions { [] }
    static var podGroups: [PodGroup] { [] }
    static var nodeTallies: [NodeTally] { [] }
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool { true }
}

/// Keeps pods out of the queue.
protocol PreEnqueuePlugin: SchedulerPlugin {
    /// Why `pod` may not be tried yet; nil when it may.
    static func preEnqueue(_ pod: StoredObject) -> Rejection?
}

/// Judges a node by what it is itself: the answer is kept for all pods with the same needs until
/// the node changes. These filters stand before all others in the order.
protocol NodeFilterPlugin: SchedulerPlugin {
    /// Why `node` cannot take a pod with `needs`; nil when it can.
    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection?
}

/// Judges nodes by other nodes, pods and objects, too: looks at these once for each pod.
protocol PreFilterPlugin: SchedulerPlugin {
    /// What there is to know before nodes are looked at.
    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult
}

enum PreFilterResult {
    /// The plugin has nothing against any node.
    case skip
    /// Each node is to be asked about.
    case state(any FilterState)
    /// No other nodes than those of these names will do.
    case nodes(Set<String>)
    /// No node will do.
    case rejected(Rejection)
}

/// What a plugin found out about the world for one pod. Has the semantics of a value: copies are
/// what the world would be like with other pods.
protocol FilterState {
    /// Why the node with this number cannot take the pod; nil when it can.
    func filter(_ node: NodeState, _ number: Int) -> Rejection?

    /// `other` came to the node (`amount` 1) or left it (-1) (PreFilterExtensions).
    mutating func count(_ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int)
}

extension FilterState {
    mutating func count(_ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int) {}
}

/// Tries to help a pod that found no node.
protocol PostFilterPlugin: SchedulerPlugin {
    static func postFilter(_ failure: Diagnosis, _ cycle: SchedulingCycle, _ scheduler: Scheduler)
        -> PostFilterResult
}

enum PostFilterResult {
    /// The pod will fit on that node once what was asked for has happened.
    case nominated(String)
    /// There is no help, for that reason; a nomination from before holds, or does not.
    case rejected(String, keepsNomination: Bool)
    /// The plugin cannot say; nobody else is asked.
    case failed(String)
}

/// Gives points to the nodes that can take a pod.
protocol ScorePlugin: SchedulerPlugin {
    /// Points of the nodes with the numbers in `candidates`, in their order, on the plugin's own
    /// scale; nil when all would get as many (PreScore's Skip).
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?

    /// Brings points to the scale 0...``Points/maximum``.
    static func normalize(_ points: inout [Int])
}

extension ScorePlugin {
    static func normalize(_ points: inout [Int]) {}
}

/// Gives points to a node by what it is itself: kept for all pods with the same needs until the
/// node changes.
protocol NodeScorePlugin: SchedulerPlugin {
    /// 0...``Points/maximum``.
    static func score(_ needs: PodNeeds, _ node: NodeState) -> Int
}

/// The scale of points.
enum Points {
    static let maximum = 100

    /// Stretches points so that the highest becomes the maximum; `reversed` where more is worse.
    /// 1 of 4 gives 25, reversed 75 (upstream: DefaultNormalizeScore).
    static func stretch(_ points: inout [Int], reversed: Bool = false) {
        let top = points.max() ?? 0
        guard top > 0 else {
            if reversed { for index in points.indices { points[index] = maximum } }
            return
        }
        for index in points.indices {
            let share = points[index] * maximum / top
            points[index] = reversed ? maximum - share : share
        }
    }
}

/// Has something to do after the node is chosen and before the pod is bound.
protocol PreBindPlugin: SchedulerPlugin {
    /// Whether there will be something to do for this pod (PreBindPreFlight).
    static func hasWorkBeforeBinding(_ cycle: SchedulingCycle) -> Bool

    /// Asks for what must be there first; nil when the pod can be bound at once.
    static func preBind(_ cycle: SchedulingCycle, on node: String, _ api: APIServer)
        throws(PreBindError) -> (any PreBindWait)?
}

/// What a pod waits for while it is assumed to be on its node.
protocol PreBindWait {
    /// How far it is, at each look.
    func check(on node: String, in view: View) -> PreBindOutcome

    /// What is said when it takes too long.
    var timeoutMessage: String { get }
}

enum PreBindOutcome {
    case done
    case waiting
    /// The pod is to be scheduled anew.
    case failed(String)
}

/// Why a pod cannot be bound to the node that was chosen.
struct PreBindError: Error {
    let message: String
}
