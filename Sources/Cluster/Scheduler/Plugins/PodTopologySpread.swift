import Model
import Support
import Value

/// Even spreading over domains (KEP-895): hard constraints filter, soft ones score. Pods that are
/// being deleted do not count.
enum PodTopologySpread: PreFilterPlugin {
    static let name = "PodTopologySpread"
    static let podFields: [Key] = [
        .topologySpreadConstraints, .nodeSelector, .affinity, .tolerations,
    ]
    static let actions: ClusterActions = [
        .podAdded, .podLabels, .podTolerations, .podDeleted, .nodeAdded, .nodeDeleted, .nodeLabels,
        .nodeTaints,
    ]

    static let uneven = Rejection(
        by: Self.self, "node(s) didn't match pod topology spread constraints", isResolvable: true)
    static let noDomain = Rejection(
        by: Self.self,
        "node(s) didn't match pod topology spread constraints (missing required label)")

    // MARK: Filtering

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        let hard = pod.needs.spread.filter(\.isHard)
        return hard.isEmpty ? .skip : .state(State(pod.needs, hard, cache: &cache))
    }

    /// The pods of each domain for the hard constraints of a pod.
    struct State: FilterState {
        private struct Domains {
            let constraint: SpreadConstraint
            let topology: TopologyDomains
            /// By domain; nil where no node counts.
            var counts: [Int?]
            /// The least count over the domains; 0 while there are fewer than `minDomains`.
            var least: Int
            /// 1 when the pod itself counts.
            let own: Int

            mutating func findLeast() {
                let seen = counts.compactMap(\.self)
                least = seen.count < constraint.minDomains ? 0 : seen.min() ?? 0
            }
        }

        private let needs: PodNeeds
        private let requirement: NodeRequirement
        private var all: [Domains] = []

        init(_ needs: PodNeeds, _ hard: [SpreadConstraint], cache: inout SchedulerCache) {
            self.needs = needs
            requirement = needs.nodeRequirement
            let topologies = hard.map { cache.domains($0.topologyKey) }
            // A node counts only if it has the labels of all constraints.
            let eligible = cache.present.filter { number in
                topologies.allSatisfy { $0[number] != nil }
            }
            for (constraint, topology) in zip(hard, topologies) {
                let counter =
                    constraint.countsNobody ? nil : cache.counter(constraint.selection(in: needs))
                var counts = [Int?](repeating: nil, count: topology.count)
                for number in eligible {
                    guard let domain = topology[number],
                        constraint.includes(cache.nodes[number], needs, requirement)
                    else { continue }
                    counts[domain] = (counts[domain] ?? 0) + (counter?[number] ?? 0)
                }
                var domains = Domains(
                    constraint: constraint, topology: topology, counts: counts, least: 0,
                    own: constraint.selector.matches(needs.labels) ? 1 : 0)
                domains.findLeast()
                all.append(domains)
            }
        }

        /// A domain may exceed the least filled one by maxSkew. With maxSkew 1 and zones of 3 and 2
        /// pods a sixth pod goes to the second: 3 + 1 - 2 = 2 > 1 keeps it out of the first.
        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            for domains in all {
                guard let place = domains.topology[number] else { return noDomain }
                let skew = (domains.counts[place] ?? 0) + domains.own - domains.least
                if skew > domains.constraint.maxSkew { return uneven }
            }
            return nil
        }

        mutating func count(
            _ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int
        ) {
            guard other.namespace == needs.namespace,
                all.allSatisfy({ $0.topology[number] != nil })
            else { return }
            for index in all.indices {
                let constraint = all[index].constraint
                guard let place = all[index].topology[number],
                    constraint.selector.matches(other.labels),
                    constraint.includes(node, needs, requirement)
                else { continue }
                all[index].counts[place] = (all[index].counts[place] ?? 0) + amount
                all[index].findLeast()
            }
        }
    }
}

// MARK: - Hints

extension PodTopologySpread {
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        let hard = pod.needs.spread.filter(\.isHard)
        return event.isAboutNode ? nodeMayHelp(event, hard) : podMayHelp(event, pod, hard)
    }

    private static func podMayHelp(
        _ event: ClusterEvent, _ pod: PodToPlace, _ hard: [SpreadConstraint]
    ) -> Bool {
        let isItself = event.isAbout(pod)
        let isInvolved = [event.old, event.new].compactMap(\.self).allSatisfy {
            isItself || $0.isPlacedOrNominated && $0.namespace == pod.object.namespace
        }
        guard isInvolved else { return false }
        if event.action == .podTolerations {
            return isItself && hard.contains(where: \.honorsTaints)
        }
        let old = event.old.map { $0.value[.metadata][.labels].fields }
        let new = event.new.map { $0.value[.metadata][.labels].fields }
        return hard.contains { constraint in
            let matched = old.map(constraint.selector.matches)
            let matches = new.map(constraint.selector.matches)
            return matched != nil && matches != nil
                ? matched != matches : matched ?? matches ?? false
        }
    }

    private static func nodeMayHelp(_ event: ClusterEvent, _ hard: [SpreadConstraint]) -> Bool {
        func domains(_ node: StoredObject?) -> [String]? {
            guard let labels = node?.value[.metadata][.labels].fields else { return nil }
            let values = hard.compactMap { labels[$0.topologyKey].string }
            return values.count == hard.count ? values : nil
        }
        let (before, after) = (domains(event.old), domains(event.new))
        guard before == after else { return true }
        // A node whose domains stayed the same helps by its taints alone.
        return after != nil
            && event.old?.value[.spec][.taints] != event.new?.value[.spec][.taints]
    }
}

/// A topology spread constraint.
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
        // An absent selector selects nothing, whatever is added to it.
        for key in value[.matchLabelKeys].elements.compactMap(\.string) where !selector.isNull {
            if let label = labels[Key(key)].string { selector[.matchLabels][key] = Value(label) }
        }
        self.selector = LabelSelector(selector)
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

    /// Whether no placed pod counts: a selector that selects every pod counts none
    /// (countPodsMatchSelector).
    var countsNobody: Bool { selector.isEverything }

    /// The pods that count: of the pod's namespace, and not on their way out.
    func selection(in needs: PodNeeds) -> PodSelection {
        PodSelection(
            namespaces: [needs.namespace], selector: selector, countsTerminating: false)
    }

    /// Whether the pods of a node count under the inclusion policies (KEP-3094).
    func includes(
        _ node: NodeState, _ needs: PodNeeds, _ requirement: NodeRequirement
    ) -> Bool {
        if honorsAffinity, !requirement.matches(node.view) { return false }
        return !honorsTaints || node.hardTaints.allSatisfy { needs.tolerates($0) }
    }
}

private final class SpreadReading: PodReading {
    let constraints: [SpreadConstraint]

    init(_ pod: PodNeeds) {
        constraints = pod.spec[.topologySpreadConstraints].elements.map {
            SpreadConstraint($0, labels: pod.labels)
        }
    }
}

extension PodNeeds {
    var spread: [SpreadConstraint] { reading(SpreadReading.self).constraints }
}
