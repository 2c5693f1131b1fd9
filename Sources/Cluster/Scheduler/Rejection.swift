import Model
import Support

/// Why a node cannot take a pod, in the words of kube-scheduler 1.32.
enum Rejection: Hashable {
    case unschedulable
    case untoleratedTaint(TaintView)
    case nodeAffinity
    case hostPorts
    case tooManyPods
    case insufficient(Key)
    case spread
    case spreadLabelMissing
    case podAffinity
    case podAntiAffinity
    case existingAntiAffinity
    case volumeNodeConflict
    case volumeMissing
    case noVolumeToBind
    case tooManyVolumes

    /// The words that a condition and an event count nodes under.
    var reason: String {
        switch self {
        case .unschedulable: "node(s) were unschedulable"
        case .untoleratedTaint(let taint): "node(s) had untolerated taint {\(taint.keyAndText)}"
        case .nodeAffinity: "node(s) didn't match Pod's node affinity/selector"
        case .hostPorts: "node(s) didn't have free ports for the requested pod ports"
        case .tooManyPods: "Too many pods"
        case .insufficient(let resource): "Insufficient \(resource.name)"
        case .spread: "node(s) didn't match pod topology spread constraints"
        case .spreadLabelMissing:
            "node(s) didn't match pod topology spread constraints (missing required label)"
        case .podAffinity: "node(s) didn't match pod affinity rules"
        case .podAntiAffinity: "node(s) didn't match pod anti-affinity rules"
        case .existingAntiAffinity: "node(s) didn't satisfy existing pods anti-affinity rules"
        case .volumeNodeConflict: "node(s) had volume node affinity conflict"
        case .volumeMissing:
            "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)"
        case .noVolumeToBind: "node(s) didn't find available persistent volumes to bind"
        case .tooManyVolumes: "node(s) exceed max volume count"
        }
    }

    /// Whether taking pods off the node could help (upstream: Unschedulable rather than
    /// UnschedulableAndUnresolvable).
    var isResolvableByPreemption: Bool {
        switch self {
        case .hostPorts, .tooManyPods, .insufficient, .spread, .podAntiAffinity,
            .existingAntiAffinity, .tooManyVolumes:
            true
        case .unschedulable, .untoleratedTaint, .nodeAffinity, .spreadLabelMissing, .podAffinity,
            .volumeNodeConflict, .volumeMissing, .noVolumeToBind:
            false
        }
    }
}

extension TaintView {
    /// `key: value`, as the scheduler's messages show a taint.
    var keyAndText: String { "\(key): \(text)" }
}

/// How many nodes were rejected for what.
struct RejectionTally {
    private var counts: [String: Int] = [:]

    mutating func add(_ reason: String) { counts[reason, default: 0] += 1 }

    /// "2 Insufficient cpu, 1 node(s) were unschedulable": sorted as text, as upstream sorts them.
    var summary: String {
        counts.map { "\($0.value) \($0.key)" }.sorted().joined(separator: ", ")
    }

    var isEmpty: Bool { counts.isEmpty }
}
