import Model
import Support
import Testing
import Value

@testable import Cluster

/// What the scheduler counts as pods come and go, against a look at every pod.
@Suite("placed pods")
struct PlacedPodsTests {
    /// A pod as the test knows it.
    private struct Placed {
        let needs: PodNeeds
        let node: Int
        var isTerminating: Bool
    }

    private let kinds: [PodNeeds]
    private let selections: [PodSelection]
    private var cache = SchedulerCache(.standard)
    private var placed: [Int: Placed] = [:]
    private var random = RandomStream(seed: 7)

    init() {
        var kinds: [PodNeeds] = []
        for app in ["x", "y", "z"] {
            for priority in [0, 5, 100] {
                for keepsAway in [false, true] {
                    kinds.append(Self.needs(app, priority, keepsAway))
                }
            }
        }
        self.kinds = kinds
        var selections: [PodSelection] = []
        for selector in [
            LabelSelector([.matchLabels: ["app": "x"]]),
            LabelSelector([.matchLabels: ["app": "y", "tier": "100"]]), .everything,
            LabelSelector([
                .matchExpressions: [[.key: "app", .operator: "NotIn", .values: ["z"]]]
            ]),
        ] {
            for counts in [false, true] {
                for namespaces in [nil, ["default"], ["other"]] {
                    selections.append(
                        PodSelection(
                            namespaces: namespaces, selector: selector, countsTerminating: counts))
                }
            }
        }
        self.selections = selections
        for number in 0..<6 { cache.setNode("n\(number)", to: Self.node(number)) }
    }

    private static func node(_ number: Int) -> Value {
        [
            .metadata: [
                .name: Value("n\(number)"),
                .labels: [
                    "kubernetes.io/hostname": Value("n\(number)"),
                    Key("zone"): Value("z\(number % 2)"),
                ],
            ], .status: [.allocatable: [.cpu: "4", .pods: "110"]],
        ]
    }

    private static func needs(_ app: String, _ priority: Int, _ keepsAway: Bool) -> PodNeeds {
        var spec: Value = [.containers: [[.name: "c"]], .priority: Value(priority)]
        if keepsAway {
            spec[.affinity][.podAntiAffinity] = [
                .requiredDuringSchedulingIgnoredDuringExecution: [
                    [
                        .topologyKey: "zone",
                        .labelSelector: [.matchLabels: ["app": Value(app)]],
                    ]
                ]
            ]
        }
        return PodNeeds(
            pod: [
                .metadata: [
                    .namespace: "default",
                    .labels: ["app": Value(app), "tier": Value(String(priority))],
                ], .spec: spec,
            ], .standard)
    }

    private mutating func step() {
        let slot = random.below(40)
        let pod = Slot(index: Int32(slot))
        guard let known = placed[slot] else {
            let new = Placed(
                needs: kinds[random.below(kinds.count)], node: random.below(6),
                isTerminating: random.below(5) == 0)
            placed[slot] = new
            return cache.place(
                pod, ObjectKey(namespace: "default", name: "p\(slot)"), new.needs,
                on: "n\(new.node)", isTerminating: new.isTerminating)
        }
        switch random.below(3) {
        case 0 where !known.isTerminating:
            placed[slot]?.isTerminating = true
            cache.update(pod, startTime: "", isTerminating: true)
        default:
            placed[slot] = nil
            cache.remove(pod)
        }
    }

    private func count(_ selection: PodSelection, on node: Int) -> Int {
        placed.values.count { pod in
            pod.node == node && (selection.countsTerminating || !pod.isTerminating)
                && selection.matches(namespace: pod.needs.namespace, labels: pod.needs.labels)
        }
    }

    @Test("are counted by selection, kind and priority as a look at all of them counts them")
    func counting() {
        var world = self
        var counted = 0
        for round in 0..<2_500 {
            for _ in 0..<4 { world.step() }
            let selection = selections[world.random.below(selections.count)]
            // One that is followed, and one that is made anew.
            let (kept, fresh) = (
                world.cache.counter(selection), world.cache.freshCounter(selection)
            )
            for node in 0..<6 {
                let expected = world.count(selection, on: node)
                counted += expected
                #expect(kept[node] == expected, "round \(round), node \(node)")
                #expect(fresh[node] == expected, "round \(round), node \(node)")
            }
            for priority in [0, 1, 5, 6, 100, 101] {
                let expected = world.placed.values.contains { $0.needs.priority < priority }
                let found = world.cache.hasPods(below: priority)
                #expect(found == expected, "round \(round), below \(priority)")
            }
        }
        #expect(counted > 5_000)
    }

    @Test("are summed up by domain as a look at all of them sums them up")
    func domains() {
        var world = self
        let key = Key("zone")
        for round in 0..<500 {
            for _ in 0..<4 { world.step() }
            var counts = DomainCounts()
            var expected = [0, 0]
            for kind in world.cache.allPods where !kind.needs.affinity.foes.isEmpty {
                counts.add(kind, key, &world.cache, weight: 3)
            }
            for pod in world.placed.values where !pod.needs.affinity.foes.isEmpty {
                expected[pod.node % 2] += 3
            }
            // In thought, one pod more on one node, and one on a node with a label that is new.
            counts.add(world.cache.nodes[1], 1, key, 2)
            counts.add(world.cache.nodes[3], 3, Key("kubernetes.io/hostname"), 5)
            expected[1] += 2
            for number in 0..<6 {
                let domain = expected[number % 2]
                let node = world.cache.nodes[number]
                let (count, sum) = (counts.count(node, number, key), counts.sum(node, number))
                let isConcerned = counts.concerns(node, number)
                #expect(count == domain, "round \(round), node \(number)")
                #expect(sum == domain + (number == 3 ? 5 : 0), "round \(round), node \(number)")
                #expect(isConcerned == (domain > 0 || number == 3), "round \(round)")
            }
        }
    }
}
