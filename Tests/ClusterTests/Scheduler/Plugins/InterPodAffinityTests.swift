import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin InterPodAffinity")
struct InterPodAffinityTests {
    private static let noFriend = "node(s) didn't match pod affinity rules!"
    private static let foe = "node(s) didn't match pod anti-affinity rules"
    private static let unwanted = "node(s) didn't satisfy existing pods anti-affinity rules"

    private static let web: Value = ["app": "web"]

    private static func term(
        _ app: String, _ key: String = "zone", namespaces: [String] = [],
        namespaceSelector: Value = .null
    ) -> Value {
        var value: Value = [
            .labelSelector: [.matchLabels: ["app": Value(app)]], .topologyKey: Value(key),
        ]
        if !namespaces.isEmpty { value[.namespaces] = .array(namespaces.map { Value($0) }) }
        value[.namespaceSelector] = namespaceSelector
        return value
    }

    private static func near(_ terms: Value...) -> Value { required(.podAffinity, terms) }
    private static func far(_ terms: Value...) -> Value { required(.podAntiAffinity, terms) }

    private static func required(_ kind: Key, _ terms: [Value]) -> Value {
        [
            .affinity: [
                kind: [.requiredDuringSchedulingIgnoredDuringExecution: .array(terms)]
            ]
        ]
    }

    private static func preferred(_ kind: Key, _ weight: Int, _ term: Value) -> Value {
        [
            .affinity: [
                kind: [
                    .preferredDuringSchedulingIgnoredDuringExecution: [
                        [.weight: Value(weight), .podAffinityTerm: term]
                    ]
                ]
            ]
        ]
    }

    /// Nodes a1 and a2 of zone a, b1 of zone b, and x without a zone. On a1 are a web and a cache, on b1 a web
    /// of the namespace "shop", which has the label team=shop.
    private func world() throws -> PluginWorld {
        var world = try PluginWorld()
        try world.create(
            .namespace, [.metadata: [.name: "shop", .labels: ["team": "shop"]]])
        world.add(
            node("a1", labels: ["zone": "a"]), node("a2", labels: ["zone": "a"]),
            node("b1", labels: ["zone": "b"]), node("x"))
        world.place(pod("w", labels: Self.web), pod("c", labels: ["app": "cache"]), on: "a1")
        world.place(pod("s", namespace: "shop", labels: Self.web), on: "b1")
        return world
    }

    @Test(
        "required terms look for pods in the domains of a node",
        arguments: [
            (.emptyObject, [nil, nil, nil, nil]),
            (near(term("web")), [nil, nil, noFriend, noFriend]),
            (
                near(term("web", "kubernetes.io/hostname")), [nil, noFriend, noFriend, noFriend]
            ),
            // Nobody matches, and the pod does not, either.
            (near(term("db")), [noFriend, noFriend, noFriend, noFriend]),
            // One pod must match all terms.
            (near(term("web"), term("cache")), [noFriend, noFriend, noFriend, noFriend]),
            (far(term("web")), [foe, foe, nil, nil]), (far(term("db")), [nil, nil, nil, nil]),
            // Each term of anti-affinity counts.
            (
                far(term("db"), term("cache", "kubernetes.io/hostname")), [foe, nil, nil, nil]
            ),
            // Namespaces: by name, by an empty selector, by labels, by both.
            (far(term("web", namespaces: ["shop"])), [nil, nil, foe, nil]),
            (far(term("web", namespaces: ["shop", "default"])), [foe, foe, foe, nil]),
            (far(term("web", namespaceSelector: .emptyObject)), [foe, foe, foe, nil]),
            (
                far(term("web", namespaceSelector: [.matchLabels: ["team": "shop"]])),
                [nil, nil, foe, nil]
            ),
            (
                far(term("web", namespaceSelector: [.matchLabels: ["team": "none"]])),
                [nil, nil, nil, nil]
            ),
            (
                near(
                    term(
                        "web", namespaces: ["default"],
                        namespaceSelector: [.matchLabels: ["team": "shop"]])),
                [nil, nil, nil, noFriend]
            ),
        ] as [(Value, [String?])])
    func filter(spec: Value, expected: [String?]) throws {
        var world = try world()
        #expect(
            world.verdicts(InterPodAffinity.self, pod(labels: ["app": "new"], spec)) == expected)
    }

    @Test("an absent selector means no pods")
    func noSelector() throws {
        var world = try world()
        let term: Value = [.topologyKey: "zone"]
        #expect(world.verdicts(InterPodAffinity.self, pod(Self.far(term))) == [nil, nil, nil, nil])
        #expect(
            world.verdicts(InterPodAffinity.self, pod(Self.near(term)))
                == Array(repeating: Self.noFriend, count: 4))
    }

    @Test("the first of a kind that wants to be together may begin anywhere with the label")
    func first() throws {
        var world = try world()
        let db = pod(labels: ["app": "db"], Self.near(Self.term("db")))
        #expect(
            world.verdicts(InterPodAffinity.self, db) == [nil, nil, nil, Self.noFriend])
        world.place(db, on: "b1")
        #expect(
            world.verdicts(InterPodAffinity.self, db)
                == [Self.noFriend, Self.noFriend, nil, Self.noFriend])
    }

    @Test("pods that are being deleted still keep others away, and draw them near")
    func terminating() throws {
        var world = try PluginWorld()
        world.add(node("n", labels: ["zone": "a"]))
        world.place(pod("w", labels: Self.web, isTerminating: true), on: "n")
        #expect(world.verdict(InterPodAffinity.self, pod(Self.far(Self.term("web")))) == Self.foe)
        #expect(world.verdict(InterPodAffinity.self, pod(Self.near(Self.term("web")))) == nil)
    }

    @Test(
        "pods that are there keep those away that they avoid",
        arguments: [
            ("default", term("web"), [unwanted, unwanted, nil, nil]),
            ("default", term("db"), [nil, nil, nil, nil]),
            // The namespaces are the avoider's.
            ("shop", term("web"), [nil, nil, nil, nil]),
            ("shop", term("web", namespaces: ["default"]), [unwanted, unwanted, nil, nil]),
            (
                "shop",
                term(
                    "web",
                    namespaceSelector: [
                        .matchLabels: ["kubernetes.io/metadata.name": "default"]
                    ]), [unwanted, unwanted, nil, nil]
            ),
            (
                "shop", term("web", namespaceSelector: [.matchLabels: ["team": "shop"]]),
                [nil, nil, nil, nil]
            ),
        ] as [(String, Value, [String?])])
    func existing(namespace: String, term: Value, expected: [String?]) throws {
        var world = try world()
        world.place(pod("avoider", namespace: namespace, Self.far(term)), on: "a2")
        #expect(world.verdicts(InterPodAffinity.self, pod(labels: Self.web)) == expected)
    }

    // MARK: Scoring

    @Test("weights are summed over pods, and stretched from the least to the most")
    func score() throws {
        var world = try world()
        world.place(pod("w2", labels: Self.web), on: "a2")
        // Zone a has two webs: 2 · 10 = 20, the others none.
        let near = pod(Self.preferred(.podAffinity, 10, Self.term("web")))
        #expect(world.points(InterPodAffinity.self, near) == [100, 100, 0, 0])
        // Zone a -20, others 0.
        let far = pod(Self.preferred(.podAntiAffinity, 10, Self.term("web")))
        #expect(world.points(InterPodAffinity.self, far) == [0, 0, 100, 100])
        // Every namespace: zone a 20, zone b 10, x 0: 100, 100, 50, 0.
        let all = pod(
            Self.preferred(.podAffinity, 10, Self.term("web", namespaceSelector: .emptyObject)))
        #expect(world.points(InterPodAffinity.self, all) == [100, 100, 50, 0])
        #expect(world.points(InterPodAffinity.self, pod()) == nil)
    }

    @Test("pods that are there pull and push by their own terms")
    func existingTerms() throws {
        var world = try world()
        world.place(
            pod("likes", Self.preferred(.podAffinity, 30, Self.term("web"))), on: "a1")
        world.place(
            pod("dislikes", Self.preferred(.podAntiAffinity, 10, Self.term("web"))), on: "b1")
        // Required affinity counts 1.
        world.place(pod("needs", Self.near(Self.term("web"))), on: "a2")
        // Zone a 30 + 1 = 31, zone b -10, x 0: 100, 100, 0, 100 · 10/41 = 24.4.
        #expect(
            world.points(InterPodAffinity.self, pod(labels: Self.web)) == [100, 100, 0, 24])
        #expect(world.points(InterPodAffinity.self, pod(labels: ["app": "db"])) == nil)
    }

    @Test("a share is cut off in floating point, as upstream does it")
    func rounding() {
        var points = [0, 29, 57, 100]
        InterPodAffinity.normalize(&points)
        // 100 · 0.29 is 28.999…, 100 · 0.57 is 56.999….
        #expect(points == [0, 28, 56, 100])
    }

    // MARK: Hints

    @Test("a pod wakes those that look for it when it comes, those that avoid it when it goes")
    func podHints() throws {
        let empty = try PluginWorld()
        func other(_ app: Value, _ spec: Value = .emptyObject, on node: Value = "n") -> Value {
            var value = pod("other", labels: ["app": app], spec)
            value[.spec][.nodeName] = node
            return value
        }
        func wakes(_ spec: Value, _ old: Value, _ new: Value) -> Bool {
            let waiting = empty.waiting(pod(labels: ["app": "new"], spec))
            return InterPodAffinity.mayHelp(
                event(.podLabels, .pod, old: old, new: new), waiting)
        }
        let (near, far) = (Self.near(Self.term("web")), Self.far(Self.term("web")))
        #expect(wakes(near, .null, other("web")))
        #expect(!wakes(near, .null, other("db")))
        #expect(!wakes(near, .null, other("web", on: .null)))
        #expect(!wakes(far, .null, other("web")))
        #expect(wakes(far, other("web"), .null))
        #expect(!wakes(far, other("db"), .null))
        #expect(wakes(far, other("web"), other("db")))
        #expect(wakes(near, other("db"), other("web")))
        #expect(!wakes(near, other("web"), other("db")))
        #expect(wakes(.emptyObject, other("x", Self.far(Self.term("new"))), .null))
        #expect(!wakes(.emptyObject, other("x", Self.far(Self.term("old"))), .null))
    }

    @Test("a node wakes those to whom its domains are new, or gone")
    func nodeHints() throws {
        let empty = try PluginWorld()
        func wakes(_ spec: Value, _ old: Value, _ new: Value) -> Bool {
            InterPodAffinity.mayHelp(
                event(.nodeLabels, .node, old: old, new: new), empty.waiting(pod(spec)))
        }
        let (a, b, none) = (
            node("n", labels: ["zone": "a"]), node("n", labels: ["zone": "b"]), node("n")
        )
        let (near, far) = (Self.near(Self.term("web")), Self.far(Self.term("web")))
        #expect(wakes(near, .null, a))
        #expect(!wakes(near, .null, none))
        #expect(wakes(near, none, a))
        #expect(wakes(near, a, b))
        #expect(!wakes(near, a, none))
        #expect(wakes(far, .null, none))
        #expect(wakes(far, a, none))
        #expect(wakes(far, a, b))
        #expect(!wakes(far, none, a))
    }
}
