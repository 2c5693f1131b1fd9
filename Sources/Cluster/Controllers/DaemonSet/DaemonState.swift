import Model
import Support
import Value

/// Nodes by number: a number stays with a name for the life of the world.
struct NodeNumbers {
    private(set) var names: [String] = []
    private var numbers: [String: Int] = [:]

    /// The number of a node, given to it now if it had none.
    mutating func number(of name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = names.count
        names.append(name)
        return names.count - 1
    }
}

/// What the controller knows of one DaemonSet: its pods by node, and counters that are brought up to
/// date for the nodes where something changed.
final class DaemonState {
    /// What is there of the daemon on one node.
    struct Cell {
        /// All pods meant for the node, in no order.
        var pods: [StoredObject] = []
        /// The node's version for which ``eligibility`` was found; -1: there is no such node.
        var nodeVersion = -2
        var eligibility = DaemonEligibility()
        var summary = Summary()
        var isCounted = true
        var isManaged = true
    }

    /// What a node adds to the status, and what a rolling update looks at.
    struct Summary {
        var desired = false
        var current = false
        var misscheduled = false
        var ready = false
        var available = false
        var updated = false
        /// Ready, but not yet for minReadySeconds.
        var waits = false
        /// Whether any pod is there but those that finished and are being deleted.
        var isScheduled = false
        /// Pods that are not being deleted: at most one new and one old, else `hasExcess`.
        var newPod: StoredObject?
        var oldPod: StoredObject?
        var newAvailable = false
        var oldAvailable = false
        var hasExcess = false
    }

    /// The counters of the status.
    struct Totals: Equatable {
        var desired = 0
        var current = 0
        var misscheduled = 0
        var ready = 0
        var available = 0
        var updated = 0
        /// Nodes with an old pod or with too many: a rolling update has something to do.
        var outdated = 0
        var waiting = 0
    }

    let uid: String
    let key: ObjectKey
    let selector: LabelSelector
    /// The daemon pods' spec, with which nodes are judged.
    private(set) var spec = PodSpecView(.null)
    /// The name of the present revision, as pods carry it in their label.
    private(set) var hash = ""
    private(set) var templateGeneration: String?
    private(set) var minReadySeconds = 0
    private var template = Value.null
    private(set) var cells: [Cell] = []
    private(set) var totals = Totals()
    /// Nodes to count again, and nodes to look after; each at most once.
    private var uncounted: [Int] = []
    private var unmanaged: [Int] = []
    /// Pods of the set that do not match its selector any more.
    var foreign: [StoredObject] = []
    /// How many pods are in cells.
    private(set) var podCount = 0
    /// Whether the set was deleted.
    var isGone = false

    init(_ set: StoredObject, _ selector: LabelSelector) {
        uid = set.uid
        key = set.key
        self.selector = selector
    }

    private init(copying other: DaemonState) {
        uid = other.uid
        key = other.key
        selector = other.selector
        spec = other.spec
        hash = other.hash
        templateGeneration = other.templateGeneration
        minReadySeconds = other.minReadySeconds
        template = other.template
        cells = other.cells
        totals = other.totals
        uncounted = other.uncounted
        unmanaged = other.unmanaged
        foreign = other.foreign
        podCount = other.podCount
        isGone = other.isGone
    }

    /// The same for another world.
    func copy() -> DaemonState { DaemonState(copying: self) }

    /// Whether any pod of the set is on a node.
    func hasPod(on number: Int) -> Bool { number < cells.count && !cells[number].pods.isEmpty }

    // MARK: What changed

    /// Takes note of the set's spec and present revision; what they change concerns all nodes.
    func note(_ set: StoredObject, hash: String) {
        let spec = set.value[.spec]
        let generation =
            set.value[.metadata][.annotations][WellKnown.deprecatedTemplateGeneration].string
        let seconds = spec.int(.minReadySeconds)
        let isNewTemplate = template != spec[.template]
        guard
            isNewTemplate || self.hash != hash || templateGeneration != generation
                || minReadySeconds != seconds
        else { return }
        if isNewTemplate {
            template = spec[.template]
            self.spec = PodSpecView(DaemonPods.withTolerations(template[.spec]))
        }
        self.hash = hash
        templateGeneration = generation
        minReadySeconds = seconds
        for number in cells.indices {
            if isNewTemplate { cells[number].nodeVersion = -2 }
            touch(number)
        }
    }

    /// Something changed on a node.
    func touch(_ number: Int) {
        while cells.count <= number { cells.append(Cell()) }
        if cells[number].isCounted {
            cells[number].isCounted = false
            uncounted.append(number)
        }
        if cells[number].isManaged {
            cells[number].isManaged = false
            unmanaged.append(number)
        }
    }

    /// Puts a pod's present version into the cell of its node.
    func put(_ pod: StoredObject, on number: Int) {
        touch(number)
        if let place = cells[number].pods.firstIndex(where: { $0.slot == pod.slot }) {
            cells[number].pods[place] = pod
        } else {
            cells[number].pods.append(pod)
            podCount += 1
        }
    }

    /// Takes a pod out of the cell of its node.
    func remove(_ pod: StoredObject, from number: Int) {
        touch(number)
        let before = cells[number].pods.count
        cells[number].pods.removeAll { $0.slot == pod.slot }
        podCount -= before - cells[number].pods.count
    }

    // MARK: Counting

    /// Brings eligibility, summaries and totals up to date. O(nodes with changes).
    func refresh(_ view: View, _ numbers: NodeNumbers, now: Milliseconds) {
        if totals.waiting > 0 {
            for number in cells.indices where cells[number].summary.waits {
                if cells[number].isCounted {
                    cells[number].isCounted = false
                    uncounted.append(number)
                }
            }
        }
        for number in uncounted {
            count(cells[number].summary, by: -1)
            let node = view.get(.node, name: numbers.names[number])
            if cells[number].nodeVersion != node?.resourceVersion ?? -1 {
                cells[number].nodeVersion = node?.resourceVersion ?? -1
                cells[number].eligibility =
                    node.map { DaemonEligibility(spec: spec, node: NodeView($0.value)) }
                    ?? DaemonEligibility()
            }
            cells[number].summary = summary(cells[number], now: now)
            count(cells[number].summary, by: 1)
            cells[number].isCounted = true
        }
        uncounted.removeAll(keepingCapacity: true)
    }

    /// The nodes to look after, in no order; they count as looked after from now on.
    func takeUnmanaged() -> [Int] {
        let result = unmanaged
        unmanaged.removeAll(keepingCapacity: true)
        for number in result { cells[number].isManaged = true }
        return result
    }

    private func summary(_ cell: Cell, now: Milliseconds) -> Summary {
        var summary = Summary()
        var oldest: StoredObject?
        for pod in cell.pods {
            let facts = PodFacts(pod)
            // Such a pod is as good as gone: whoever holds it back is not the controller's matter.
            if facts.phase.isTerminal && facts.isDeleting { continue }
            summary.isScheduled = true
            if oldest.map({ Self.precedes(pod, $0) }) ?? true { oldest = pod }
            if !facts.isDeleting { classify(pod, facts, &summary, now: now) }
        }
        guard cell.nodeVersion >= 0 else { return summary }
        guard cell.eligibility.shouldRun else {
            summary.misscheduled = summary.isScheduled
            return summary
        }
        summary.desired = true
        guard let oldest else { return summary }
        let facts = PodFacts(oldest)
        summary.current = true
        summary.updated = isUpdated(oldest)
        summary.ready = facts.isReady
        summary.available = facts.isAvailable(minReadySeconds: minReadySeconds, now: now)
        summary.waits = summary.waits || (summary.ready && !summary.available)
        return summary
    }

    private func classify(
        _ pod: StoredObject, _ facts: PodFacts, _ summary: inout Summary, now: Milliseconds
    ) {
        let isAvailable = facts.isAvailable(minReadySeconds: minReadySeconds, now: now)
        if facts.isReady && !isAvailable { summary.waits = true }
        if isUpdated(pod) {
            if summary.newPod != nil { summary.hasExcess = true }
            summary.newPod = pod
            summary.newAvailable = isAvailable
        } else {
            if summary.oldPod != nil { summary.hasExcess = true }
            summary.oldPod = pod
            summary.oldAvailable = isAvailable
        }
    }

    private func count(_ summary: Summary, by step: Int) {
        if summary.desired { totals.desired += step }
        if summary.current { totals.current += step }
        if summary.misscheduled { totals.misscheduled += step }
        if summary.ready { totals.ready += step }
        if summary.available { totals.available += step }
        if summary.updated { totals.updated += step }
        if summary.waits { totals.waiting += step }
        if summary.oldPod != nil || summary.hasExcess { totals.outdated += step }
    }

    /// Whether a pod is of the present revision (`IsPodUpdated`).
    func isUpdated(_ pod: StoredObject) -> Bool {
        let labels = pod.value[.metadata][.labels]
        if !hash.isEmpty, labels[WellKnown.controllerRevisionHash].string == hash { return true }
        guard let templateGeneration else { return false }
        return labels[WellKnown.podTemplateGeneration].string == templateGeneration
    }

    /// `podByCreationTimestampAndPhase`: assigned pods first, then the older, then by name.
    static func precedes(_ left: StoredObject, _ right: StoredObject) -> Bool {
        if (left.nodeName == nil) != (right.nodeName == nil) { return left.nodeName != nil }
        let first = left.value[.metadata].text(.creationTimestamp)
        let second = right.value[.metadata].text(.creationTimestamp)
        return first == second ? left.name < right.name : first < second
    }
}
