import Model
import Support
import Value

/// What a pod asks of a node, taken from its spec once. Pods of one template share it.
final class PodNeeds {
    let namespace: String
    let labels: Object
    let priority: Int
    let mayPreempt: Bool
    let request: PodResourceRequest
    let hostPorts: [HostPort]
    let tolerations: [Toleration]
    /// `nodeSelector` and required node affinity together.
    let nodeRequirement: NodeRequirement
    let preferredNodes: [WeightedNodeTerm]
    let affinity: [PodTerm]
    let antiAffinity: [PodTerm]
    let preferredPods: [WeightedPodTerm]
    let spread: [SpreadConstraint]
    /// Names of the claims that the pod's volumes use.
    let claims: [String]
    /// Whether a claim is the pod's own: then no other pod has the same needs.
    let hasOwnClaims: Bool
    /// The counters that count pods with these needs, and for which set of counters that holds.
    var counted: (epoch: PodCounters.Epoch, numbers: [Int])?

    init(pod: Value) {
        let spec = pod[.spec]
        let labels = pod[.metadata][.labels].fields
        let namespace = pod[.metadata].text(.namespace)
        self.labels = labels
        self.namespace = namespace
        priority = spec.int(.priority)
        mayPreempt = spec[.preemptionPolicy].string != "Never"
        request = PodResourceRequest(spec: spec)
        hostPorts = HostPort.ports(of: spec)
        tolerations = spec[.tolerations].elements.map { Toleration($0) }
        let affinity = spec[.affinity]
        nodeRequirement = NodeRequirement(spec: spec)
        preferredNodes = affinity[.nodeAffinity][.preferredDuringSchedulingIgnoredDuringExecution]
            .elements.map { WeightedNodeTerm($0) }
        self.affinity = PodTerm.required(affinity[.podAffinity], of: namespace)
        antiAffinity = PodTerm.required(affinity[.podAntiAffinity], of: namespace)
        preferredPods =
            WeightedPodTerm.preferred(affinity[.podAffinity], of: namespace, sign: 1)
            + WeightedPodTerm.preferred(affinity[.podAntiAffinity], of: namespace, sign: -1)
        spread = spec[.topologySpreadConstraints].elements.map {
            SpreadConstraint($0, labels: labels)
        }
        claims = Self.claims(of: pod)
        hasOwnClaims = spec[.volumes].elements.contains { !$0[.ephemeral].isNull }
    }

    private static func claims(of pod: Value) -> [String] {
        var found: [String] = []
        for volume in pod[.spec][.volumes].elements {
            if let claim = volume[.persistentVolumeClaim][.claimName].string {
                found.append(claim)
            } else if !volume[.ephemeral].isNull {
                found.append("\(pod[.metadata].text(.name))-\(volume.text(.name))")
            }
        }
        return found
    }

    /// Whether the pod puts up with `taint`.
    func tolerates(_ taint: TaintView) -> Bool {
        tolerations.contains { $0.tolerates(taint) }
    }
}

/// A term of preferred node affinity.
struct WeightedNodeTerm {
    let weight: Int
    /// A NodeSelectorTerm object.
    let term: Value

    init(_ value: Value) {
        weight = value.int(.weight)
        term = value[.preference]
    }
}

/// A term of pod affinity or anti-affinity: pods of these namespaces with these labels, seen per
/// value of a node label.
struct PodTerm {
    let selection: PodSelection
    let topologyKey: Key

    init(_ value: Value, of namespace: String) {
        selection = PodSelection(
            namespaces: value[.namespaces].elements.compactMap(\.string),
            allNamespaces: value[.namespaceSelector] == Value.emptyObject,
            selector: value[.labelSelector], defaultNamespace: namespace)
        topologyKey = Key(value.text(.topologyKey))
    }

    static func required(_ affinity: Value, of namespace: String) -> [PodTerm] {
        affinity[.requiredDuringSchedulingIgnoredDuringExecution].elements.map {
            PodTerm($0, of: namespace)
        }
    }
}

/// A preferred term: negative weights stand for anti-affinity.
struct WeightedPodTerm {
    let weight: Int
    let term: PodTerm

    static func preferred(_ affinity: Value, of namespace: String, sign: Int) -> [WeightedPodTerm] {
        affinity[.preferredDuringSchedulingIgnoredDuringExecution].elements.map {
            WeightedPodTerm(
                weight: sign * $0.int(.weight), term: PodTerm($0[.podAffinityTerm], of: namespace))
        }
    }
}

/// Which pods count: those of some namespaces whose labels match.
struct PodSelection: Hashable {
    /// Sorted; empty for every namespace.
    let namespaces: [String]
    let selector: LabelSelector

    init(namespaces: [String], allNamespaces: Bool, selector: Value, defaultNamespace: String) {
        if allNamespaces {
            self.namespaces = []
        } else {
            self.namespaces = namespaces.isEmpty ? [defaultNamespace] : namespaces.sorted()
        }
        // An absent selector matches no pod; an empty one every pod.
        self.selector = selector.isNull ? .nothing : LabelSelector(selector)
    }

    init(namespace: String, selector: LabelSelector) {
        namespaces = [namespace]
        self.selector = selector
    }

    func matches(namespace: String, labels: Object) -> Bool {
        (namespaces.isEmpty || namespaces.contains(namespace)) && selector.matches(labels)
    }
}

/// A topology spread constraint (KEP-895).
struct SpreadConstraint {
    let maxSkew: Int
    let topologyKey: Key
    /// DoNotSchedule, rather than ScheduleAnyway.
    let isHard: Bool
    let minDomains: Int
    let selector: LabelSelector
    /// Whether only nodes that satisfy the pod's node affinity count (the default).
    let honorsAffinity: Bool
    /// Whether only nodes whose taints the pod tolerates count (not the default).
    let honorsTaints: Bool

    init(_ value: Value, labels: Object) {
        maxSkew = value.int(.maxSkew)
        topologyKey = Key(value.text(.topologyKey))
        isHard = value[.whenUnsatisfiable].string != "ScheduleAnyway"
        minDomains = value[.minDomains].int ?? 1
        honorsAffinity = value[.nodeAffinityPolicy].string != "Ignore"
        honorsTaints = value[.nodeTaintsPolicy].string == "Honor"
        var selector = value[.labelSelector]
        for key in value[.matchLabelKeys].elements.compactMap(\.string) {
            if let label = labels[Key(key)].string { selector[.matchLabels][key] = Value(label) }
        }
        self.selector = selector.isNull ? .nothing : LabelSelector(selector)
    }

    /// A constraint that every pod of a service or controller has by default.
    init(systemDefault topologyKey: Key, maxSkew: Int, selector: LabelSelector) {
        self.maxSkew = maxSkew
        self.topologyKey = topologyKey
        isHard = false
        minDomains = 1
        honorsAffinity = true
        honorsTaints = false
        self.selector = selector
    }
}
