import Model
import Support
import Value

/// `nodeSelector`, required node affinity, and the weights of preferred node affinity.
enum NodeAffinity: NodeFilterPlugin, PreFilterPlugin, ScorePlugin {
    static let name = "NodeAffinity"
    static let podFields: [Key] = [.nodeSelector, .affinity]
    static let actions: ClusterActions = [.nodeAdded, .nodeLabels]

    static let noMatch = Rejection(
        by: Self.self, "node(s) didn't match Pod's node affinity/selector")
    static let conflict = Rejection(by: Self.self, "pod affinity terms conflict")

    static func filter(_ needs: PodNeeds, _ node: NodeState) -> Rejection? {
        needs.nodeRequirement.matches(node.view) ? nil : noMatch
    }

    /// A pod whose terms all name nodes, as those of daemons do, looks at no others.
    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        guard let names = pod.needs.reading(Reading.self).names else { return .skip }
        return names.isEmpty ? .rejected(conflict) : .nodes(names)
    }

    /// A node helps when it matches now and did not before.
    static func mayHelp(_ event: ClusterEvent, _ pod: PodToPlace) -> Bool {
        let requirement = pod.needs.nodeRequirement
        guard let new = event.new, requirement.matches(NodeView(new.value)) else { return false }
        return event.old.map { !requirement.matches(NodeView($0.value)) } ?? true
    }

    /// The sum of the weights of the terms that a node fulfils: sums of 30, 15 and 0 give 100, 50
    /// and 0.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        let preferred = pod.needs.reading(Reading.self).preferred
        guard !preferred.isEmpty else { return nil }
        return candidates.map { number in
            let node = cache.nodes[number].view
            return preferred.reduce(0) { sum, entry in
                NodeSelection.matches(term: entry[.preference], node: node)
                    ? sum + entry.int(.weight) : sum
            }
        }
    }

    static func normalize(_ points: inout [Int]) { Points.stretch(&points) }

    fileprivate final class Reading: PodReading {
        let requirement: NodeRequirement
        /// Preferred terms with their weights.
        let preferred: [Value]
        /// The nodes that the required terms name by field; nil when a term names none.
        let names: Set<String>?

        init(_ pod: PodNeeds) {
            let affinity = pod.spec[.affinity][.nodeAffinity]
            requirement = NodeRequirement(spec: pod.spec)
            preferred = affinity[.preferredDuringSchedulingIgnoredDuringExecution].elements
            let required = affinity[.requiredDuringSchedulingIgnoredDuringExecution]
            names = Self.names(required[.nodeSelectorTerms].elements)
        }

        /// Terms are alternatives, the fields of one term hold together.
        private static func names(_ terms: [Value]) -> Set<String>? {
            guard !terms.isEmpty else { return nil }
            var all: Set<String> = []
            for term in terms {
                let fields = term[.matchFields].elements.filter {
                    $0.text(.key) == "metadata.name" && $0.text(.operator) == "In"
                }
                let sets = fields.map { Set($0[.values].elements.compactMap(\.string)) }
                guard let first = sets.first else { return nil }
                all.formUnion(sets.dropFirst().reduce(first) { $0.intersection($1) })
            }
            return all
        }
    }
}

extension PodNeeds {
    /// `nodeSelector` and required node affinity together.
    var nodeRequirement: NodeRequirement { reading(NodeAffinity.Reading.self).requirement }
}
