import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin PodTopologySpread")
struct PodTopologySpreadTests {
    private static let reason = "node(s) didn't match pod topology spread constraints"
    private static let noLabel = reason + " (missing required label)!"

    private static func constraint(
        _ key: String = "zone", maxSkew: Int = 1, isHard: Bool = true,
        selector: Value = [.matchLabels: ["app": "web"]], more: Value = .emptyObject
    ) -> Value {
        var value: Value = [
            .topologyKey: Value(key), .maxSkew: Value(maxSkew),
            .whenUnsatisfiable: isHard ? "DoNotSchedule" : "ScheduleAnyway",
        ]
        value[.labelSelector] = selector
        for field in more.fields { value[field.key] = field.value }
        return value
    }

    private static func spread(_ constraints: Value...) -> Value {
        [.topologySpreadConstraints: .array(constraints)]
    }

    private static let web: Value = ["app": "web"]

    /// Nodes a1 and a2 of zone a with 2 and 1 pods of app=web, node b1 of zone b with 2, and node x without
    /// a zone. So zone a has 3, zone b 2.
    private func world(terminating: Int = 0) throws -> PluginWorld {
        var world = try PluginWorld()
        world.add(
            node("a1", labels: ["zone": "a", "rack": "1"]),
            node("a2", labels: ["zone": "a", "rack": "2"]),
            node("b1", labels: ["zone": "b"]), node("x"))
        for (index, name) in ["a1", "a1", "a2", "b1", "b1"].enumerated() {
            world.place(
                pod("w\(index)", labels: Self.web, isTerminating: index < terminating), on: name)
        }
        world.place(pod("far", namespace: "other", labels: Self.web), on: "b1")
        world.place(pod("db", labels: ["app": "db"]), on: "b1")
        return world
    }

    @Test(
        "a domain exceeds the least filled one by no more than maxSkew",
        arguments: [
            // a: 3 + 1 - 2 = 2 > 1; b: 2 + 1 - 2 = 1.
            (spread(constraint()), [reason, reason, nil, noLabel]),
            // a: 2 <= 2.
            (spread(constraint(maxSkew: 2)), [nil, nil, nil, noLabel]),
            // The pod is not one of those that count: a: 3 + 0 - 2 = 1.
            (
                spread(constraint(selector: [.matchLabels: ["app": "db"]])),
                // db is on b1 alone: a: 0 + 0 - 0, b: 1 + 0 - 0 = 1.
                [nil, nil, nil, noLabel]
            ),
            // An absent selector counts nobody, not even the pod: 0 everywhere.
            (spread(constraint(selector: .null)), [nil, nil, nil, noLabel]),
            // One that selects everything counts nobody else: 0 + 1 - 0 = 1.
            (spread(constraint(selector: .emptyObject)), [nil, nil, nil, noLabel]),
            // Two domains are fewer than three: the least is taken as 0. a: 4 > 1, b: 3 > 1.
            (
                spread(constraint(more: [.minDomains: 3])),
                [reason, reason, reason, noLabel]
            ),
            (
                spread(constraint(maxSkew: 3, more: [.minDomains: 3])),
                [reason, reason, nil, noLabel]
            ),
            (spread(constraint(more: [.minDomains: 2])), [reason, reason, nil, noLabel]),
            // Per node: a1 2, a2 1, b1 2, x 0: only x: 0 + 1 - 0 = 1; a2: 1 + 1 - 0 = 2.
            (
                spread(constraint("kubernetes.io/hostname")), [reason, reason, reason, nil]
            ),
            // Per node, everything selected: nobody counts, where a1 has 2 and b1 3: 0 + 1 - 0 = 1.
            (
                spread(constraint("kubernetes.io/hostname", selector: .emptyObject)),
                [nil, nil, nil, nil]
            ),
            // Nodes without all labels do not count: racks 1 and 2 have 2 and 1, zone a 3 and no other.
            // rack: 1: 2 + 1 - 1 = 2 > 1, 2: 1 + 1 - 1 = 1; zone a: 3 + 1 - 3 = 1.
            (
                spread(constraint("rack"), constraint()), [reason, nil, noLabel, noLabel]
            ),
            // Soft constraints keep nobody out.
            (spread(constraint(isHard: false)), [nil, nil, nil, nil]),
        ] as [(Value, [String?])])
    func filter(spec: Value, expected: [String?]) throws {
        var world = try world()
        #expect(world.verdicts(PodTopologySpread.self, pod(labels: Self.web, spec)) == expected)
    }

    @Test(
        "pods that are being deleted do not count",
        arguments: [
            // a 2, b 2: 2 + 1 - 2 = 1.
            (1, [nil, nil, nil, noLabel]),
            // a 1, b 2: b: 2 + 1 - 1 = 2 > 1.
            (2, [nil, nil, reason, noLabel]),
        ] as [(Int, [String?])])
    func terminating(count: Int, expected: [String?]) throws {
        var world = try world(terminating: count)
        let waiting = pod(labels: Self.web, Self.spread(Self.constraint()))
        #expect(world.verdicts(PodTopologySpread.self, waiting) == expected)
    }

    @Test("a pod that begins to go is forgotten by counts that were made before")
    func counted() throws {
        var cache = SchedulerCache(.standard)
        cache.setNode("n", to: node("n"))
        let selector = LabelSelector([.matchLabels: Self.web])
        func count(_ countsTerminating: Bool) -> Int {
            cache.counter(
                PodSelection(
                    namespaces: nil, selector: selector, countsTerminating: countsTerminating))[0]
        }
        let slot = Slot(index: 0)
        let needs = PodNeeds(pod: pod(labels: Self.web), .standard)
        cache.place(slot, ObjectKey(namespace: "default", name: "p"), needs, on: "n")
        #expect([count(true), count(false)] == [1, 1])
        cache.update(slot, startTime: "", isTerminating: true)
        cache.update(slot, startTime: "", isTerminating: true)
        #expect([count(true), count(false)] == [1, 0])
        cache.remove(slot)
        #expect([count(true), count(false)] == [0, 0])
    }

    @Test(
        "the inclusion policies say which nodes count",
        arguments: [
            // Zone b is out of the question for the pod: the least is 3: 3 + 1 - 3 = 1.
            (.null, .null, "a", .null, [nil, nil]),
            // Its pods count all the same: the least is 2.
            ("Ignore", .null, "a", .null, [reason, reason]),
            // The taint of b1 does not matter by default.
            (.null, .null, .null, .null, [reason, reason]),
            (.null, "Ignore", .null, .null, [reason, reason]),
            (.null, "Honor", .null, .null, [nil, nil]),
            (.null, "Honor", .null, [[.operator: "Exists"]], [reason, reason]),
        ] as [(Value, Value, Value, Value, [String?])])
    func policies(
        affinity: Value, taints: Value, zone: Value, tolerations: Value, expected: [String?]
    ) throws {
        var world = try world()
        world.add(
            node(
                "b1", labels: ["zone": "b"],
                taints: [[.key: "t", .value: "x", .effect: "NoSchedule"]]))
        var constraint = Self.constraint()
        constraint[.nodeAffinityPolicy] = affinity
        constraint[.nodeTaintsPolicy] = taints
        var spec = Self.spread(constraint)
        if !zone.isNull { spec[.nodeSelector] = ["zone": zone] }
        spec[.tolerations] = tolerations
        let verdicts = world.verdicts(PodTopologySpread.self, pod(labels: Self.web, spec))
        #expect(Array(verdicts[0...1]) == expected)
    }

    @Test(
        "matchLabelKeys narrow the selector by the pod's own labels",
        arguments: [
            // Of version 2 there are none: 0 + 1 - 0 = 1.
            ([.matchLabels: ["app": "web"]], [nil, nil, nil, noLabel]),
            // An absent selector stays one that counts nobody.
            (.null, [nil, nil, nil, noLabel]),
        ] as [(Value, [String?])])
    func matchLabelKeys(selector: Value, expected: [String?]) throws {
        var world = try world()
        let constraint = Self.constraint(
            selector: selector, more: [.matchLabelKeys: ["version", "unknown"]])
        let waiting = pod(labels: ["app": "web", "version": "2"], Self.spread(constraint))
        #expect(world.verdicts(PodTopologySpread.self, waiting) == expected)
    }

    // MARK: Scoring

    @Test(
        "few pods in a domain give many points",
        arguments: [
            // Zones of 3 and 2, log(2 + 2) = 1.386: 4.16 = 4, 4, 2.77 = 3; x has no zone.
            // 100·(4 + 3 - 4)/4 = 75, 75, 100·(4 + 3 - 3)/4 = 100.
            (spread(constraint(isHard: false)), [75, 75, 100, 0]),
            // maxSkew 3 adds 2: 6, 6, 5: 100·(11 - 6)/6 = 83, 83, 100.
            (spread(constraint(maxSkew: 3, isHard: false)), [83, 83, 100, 0]),
            // Nodes of 2, 1, 2, 0, log(4 + 2) = 1.79: 3.58 = 4, 2, 4, 0: 0, 50, 0, 100.
            (
                spread(constraint("kubernetes.io/hostname", isHard: false)), [0, 50, 0, 100]
            ),
            // Only a1 and a2 have both labels. Racks of 2 and 1, log 4: 2.77 and 1.39. Zone a has 3 on
            // them, alone: log 3 = 1.10: 3.30. Sums 6.07 = 6 and 4.68 = 5: 100·(11 - 6)/6 = 83, 100.
            (
                spread(constraint("rack", isHard: false), constraint(isHard: false)),
                [83, 100, 0, 0]
            ),
            // Nobody counts: all have the same.
            (spread(constraint(isHard: false, selector: .emptyObject)), [100, 100, 100, 0]),
            // Hard constraints score nothing.
            (spread(constraint()), nil),
        ] as [(Value, [Int]?)])
    func score(spec: Value, expected: [Int]?) throws {
        var world = try world()
        #expect(world.points(PodTopologySpread.self, pod(labels: Self.web, spec)) == expected)
    }

    @Test("a node that lacks another constraint's label does not count for the first")
    func lackingLabel() throws {
        var world = try PluginWorld()
        world.add(
            node("a1", labels: ["zone": "a", "rack": "1"]), node("a2", labels: ["zone": "a"]),
            node("b1", labels: ["zone": "b", "rack": "2"]))
        for index in 0..<4 { world.place(pod("w\(index)", labels: Self.web), on: "a2") }
        world.place(pod("w4", labels: Self.web), on: "b1")
        // The pods of a2 are left out. Zones a 0, b 1 and racks 1: 0, 2: 1, each log 4 = 1.39:
        // 0 and 2.77 = 3: 100·(3 + 0 - 0)/3 = 100 and 0.
        let spec = Self.spread(
            Self.constraint(isHard: false), Self.constraint("rack", isHard: false))
        #expect(
            world.points(PodTopologySpread.self, pod(labels: Self.web, spec)) == [100, 0, 0])
    }

    @Test("pods of a Service or a controller spread over nodes and zones without being asked")
    func defaults() throws {
        let zone = "topology.kubernetes.io/zone"
        var world = try PluginWorld()
        world.add(
            node("a1", labels: [Key(zone): "a"]), node("a2", labels: [Key(zone): "a"]),
            node("b1", labels: [Key(zone): "b"]))
        for (index, name) in ["a1", "a1", "b1"].enumerated() {
            world.place(pod("w\(index)", labels: Self.web), on: name)
        }
        let waiting = pod(labels: Self.web)
        #expect(world.points(PodTopologySpread.self, waiting) == nil)
        try world.create(
            .service,
            [
                .metadata: [.name: "web"],
                .spec: [.selector: Self.web, .ports: [[.port: 80]]],
            ])
        // Nodes of 2, 0, 1, log 5 = 1.61, maxSkew 3: 3.22 + 2, 0 + 2, 1.61 + 2.
        // Zones of 2 and 1, log 4 = 1.39, maxSkew 5: 2.77 + 4, 2.77 + 4, 1.39 + 4.
        // Sums 11.99 = 12, 8.77 = 9, 9.00 = 9: 100·(12 + 9 - 12)/12 = 75, 100, 100.
        #expect(world.points(PodTopologySpread.self, waiting) == [75, 100, 100])
        // A node without a zone is a domain of its own for the weight, log 5, and gets nothing for it.
        world.add(node("x"))
        // Nodes of 2, 0, 1, 0, log 6 = 1.79: 3.58 + 2, 2, 3.79, 2. Zones log 5: 3.22 + 4, 7.22, 5.61, 0.
        // Sums 12.80 = 13, 9.22 = 9, 9.40 = 9, 2: 100·(15 - 13)/13 = 15, 46, 46, 100.
        #expect(world.points(PodTopologySpread.self, waiting) == [15, 46, 46, 100])
    }

    // MARK: Hints

    @Test("pods of the namespace that count wake, when they come, go, or change sides")
    func podHints() throws {
        let waiting = try PluginWorld().waiting(
            pod(labels: Self.web, Self.spread(Self.constraint())))
        func other(_ labels: Value, namespace: String = "default", on node: Value = "n") -> Value {
            var value = pod("other", namespace: namespace, labels: labels)
            value[.spec][.nodeName] = node
            return value
        }
        func wakes(_ old: Value, _ new: Value) -> Bool {
            PodTopologySpread.mayHelp(event(.podLabels, .pod, old: old, new: new), waiting)
        }
        let (web, db) = (other(Self.web), other(["app": "db"]))
        #expect(wakes(.null, web))
        #expect(wakes(web, .null))
        #expect(wakes(web, db))
        #expect(wakes(db, web))
        #expect(!wakes(.null, db))
        #expect(!wakes(db, db))
        #expect(!wakes(.null, other(Self.web, namespace: "far")))
        #expect(!wakes(.null, other(Self.web, on: .null)))
    }

    @Test("nodes wake when their domains change")
    func nodeHints() throws {
        let waiting = try PluginWorld().waiting(pod(Self.spread(Self.constraint())))
        func wakes(_ old: Value, _ new: Value) -> Bool {
            PodTopologySpread.mayHelp(event(.nodeLabels, .node, old: old, new: new), waiting)
        }
        let (a, b, none) = (
            node("n", labels: ["zone": "a"]), node("n", labels: ["zone": "b"]), node("n")
        )
        let tainted = node(
            "n", labels: ["zone": "a"], taints: [[.key: "t", .effect: "NoSchedule"]])
        #expect(wakes(.null, a))
        #expect(wakes(a, .null))
        #expect(wakes(a, b))
        #expect(wakes(none, a))
        #expect(wakes(tainted, a))
        #expect(!wakes(.null, none))
        #expect(!wakes(a, a))
    }
}
