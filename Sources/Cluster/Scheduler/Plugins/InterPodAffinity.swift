import Model
import Support
import Value

/// Pods that want to be near to or far from other pods.
enum InterPodAffinity: PreFilterPlugin, ScorePlugin {
    static let name = "InterPodAffinity"
    static let podFields: [Key] = [.affinity]
    static let actions: ClusterActions = [
        .podAdded, .podLabels, .podDeleted, .nodeAdded, .nodeLabels,
    ]
    static let podGroups = [repellers, attractors]

    static let noFriend = Rejection(by: Self.self, "node(s) didn't match pod affinity rules")
    static let foe = Rejection(
        by: Self.self, "node(s) didn't match pod anti-affinity rules", isResolvable: true)
    static let unwanted = Rejection(
        by: Self.self, "node(s) didn't satisfy existing pods anti-affinity rules",
        isResolvable: true)

    /// Pods with required anti-affinity: each may keep others away.
    private static let repellers = PodGroup(name: "repellers") {
        !$0.affinity.foes.isEmpty
    }
    /// Pods with preferred terms or required affinity: they pull on others.
    private static let attractors = PodGroup(name: "attractors") {
        !$0.affinity.preferred.isEmpty || !$0.affinity.friends.isEmpty
    }

    // MARK: Filtering

    static func preFilter(_ pod: PodToPlace, _ cache: inout SchedulerCache) -> PreFilterResult {
        let state = State(pod, &cache)
        return state.isEmpty ? .skip : .state(state)
    }

    /// What pod affinity and anti-affinity demand of a node's labels.
    struct State: FilterState {
        private let needs: PodNeeds
        private let namespaceLabels: Object
        /// The pods that each required term means, the namespaces that its selector selects
        /// included.
        private let friends: [PodSelection]
        private let foes: [PodSelection]
        /// Pods that fit all affinity terms, by domain.
        private var friendly = DomainCounts()
        /// Pods that fit an anti-affinity term, by domain.
        private var avoided = DomainCounts()
        /// Pods that keep this one away, by domain.
        private var forbidden = DomainCounts()

        /// Whether no pod says anything about nodes.
        var isEmpty: Bool { friends.isEmpty && foes.isEmpty && forbidden.isEmpty }

        init(_ pod: PodToPlace, _ cache: inout SchedulerCache) {
            needs = pod.needs
            let terms = needs.affinity
            friends = terms.friends.map { $0.selection(in: pod.view) }
            foes = terms.foes.map { $0.selection(in: pod.view) }
            let repelling = cache.pods(in: repellers)
            namespaceLabels = repelling.isEmpty ? Object() : pod.namespaceLabels
            collectFriends(&cache)
            for (term, selection) in zip(terms.foes, foes) {
                avoided.add(cache.counter(selection), term.topologyKey, &cache)
            }
            for other in repelling {
                for term in other.needs.affinity.foes where term.matches(needs, namespaceLabels) {
                    forbidden.add(other, term.topologyKey, &cache)
                }
            }
        }

        private mutating func collectFriends(_ cache: inout SchedulerCache) {
            if friends.count == 1 {
                let key = needs.affinity.friends[0].topologyKey
                friendly.add(cache.counter(friends[0]), key, &cache)
            } else if !friends.isEmpty {
                for other in cache.allPods where isFriend(other.needs) {
                    for term in needs.affinity.friends {
                        friendly.add(other, term.topologyKey, &cache)
                    }
                }
            }
        }

        /// A pod is a friend only if it fits all terms.
        private func isFriend(_ other: PodNeeds) -> Bool {
            !friends.isEmpty
                && friends.allSatisfy {
                    $0.matches(namespace: other.namespace, labels: other.labels)
                }
        }

        func filter(_ node: NodeState, _ number: Int) -> Rejection? {
            if let rejection = rejectionOfFriends(node, number) { return rejection }
            for term in needs.affinity.foes
            where avoided.count(node, number, term.topologyKey) > 0 {
                return foe
            }
            return forbidden.concerns(node, number) ? unwanted : nil
        }

        private func rejectionOfFriends(_ node: NodeState, _ number: Int) -> Rejection? {
            var isAmongFriends = true
            for term in needs.affinity.friends {
                guard node.labels[term.topologyKey].string != nil else { return noFriend }
                if friendly.count(node, number, term.topologyKey) <= 0 { isAmongFriends = false }
            }
            // The first of a kind that wants to be together may begin anywhere.
            return isAmongFriends || friendly.isEmpty && isFriend(needs) ? nil : noFriend
        }

        mutating func count(
            _ other: PodNeeds, on node: NodeState, _ number: Int, by amount: Int
        ) {
            if isFriend(other) {
                for term in needs.affinity.friends {
                    friendly.add(node, number, term.topologyKey, amount)
                }
            }
            for term in other.affinity.foes where term.matches(needs, namespaceLabels) {
                forbidden.add(node, number, term.topologyKey, amount)
            }
            for (term, selection) in zip(needs.affinity.foes, foes)
            where selection.matches(namespace: other.namespace, labels: other.labels) {
                avoided.add(node, number, term.topologyKey, amount)
            }
        }
    }

    // MARK: Scoring

    /// The weight that required affinity of existing pods adds to their own domain
    /// (hardPodAffinityWeight).
    private static let friendWeight = 1

    /// The sum of weights of the terms that pods in a node's domains fulfil, of the waiting pod and
    /// of those pods; anti-affinity takes away.
    static func score(_ pod: PodToPlace, _ candidates: [Int], _ cache: inout SchedulerCache)
        -> [Int]?
    {
        let preferred = pod.needs.affinity.preferred
        let pulling = cache.pods(in: attractors)
        guard !preferred.isEmpty || !pulling.isEmpty else { return nil }
        var points = DomainCounts()
        for entry in preferred {
            let counter = cache.counter(entry.term.selection(in: pod.view))
            points.add(counter, entry.term.topologyKey, &cache, weight: entry.weight)
        }
        let namespaceLabels = pulling.isEmpty ? Object() : pod.namespaceLabels
        for other in pulling {
            for entry in other.needs.affinity.preferred
            where entry.term.matches(pod.needs, namespaceLabels) {
                points.add(other, entry.term.topologyKey, &cache, weight: entry.weight)
            }
            for term in other.needs.affinity.friends where term.matches(pod.needs, namespaceLabels)
            {
                points.add(other, term.topologyKey, &cache, weight: friendWeight)
            }
        }
        return points.isEmpty ? nil : candidates.map { points.sum(cache.nodes[$0], $0) }
    }

    /// Stretches what lies between the least and the most: -5, 0 and 5 become 0, 50 and 100. In
    /// floating point and cut off, as upstream: 29 of 100 gives 28.
    static func normalize(_ points: inout [Int]) {
        guard let least = points.min(), let most = points.max() else { return }
        for index in points.indices {
            let share = most > least ? Double(points[index] - least) / Double(most - least) : 0
            points[index] = Int(Double(Points.maximum) * share)
        }
    }
}
