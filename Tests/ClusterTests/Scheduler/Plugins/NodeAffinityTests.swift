import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodeAffinity")
struct NodeAffinityTests {
    private static let reason = "node(s) didn't match Pod's node affinity/selector!"

    private static func expression(_ key: String, _ relation: String, _ values: [String]) -> Value {
        [
            .key: Value(key), .operator: Value(relation),
            .values: .array(values.map { Value($0) }),
        ]
    }

    /// A pod with these required terms.
    private static func required(_ terms: [Value]) -> Value {
        [
            .affinity: [
                .nodeAffinity: [
                    .requiredDuringSchedulingIgnoredDuringExecution: [
                        .nodeSelectorTerms: .array(terms)
                    ]
                ]
            ]
        ]
    }

    private static func term(_ expressions: Value...) -> Value {
        [.matchExpressions: .array(expressions)]
    }

    private static func named(_ names: String...) -> Value {
        [.matchFields: [expression("metadata.name", "In", names)]]
    }

    /// Against a node with the labels disk=ssd and cores=16.
    private static let rows: [(Value, String?)] = [
        (.emptyObject, nil), ([.nodeSelector: ["disk": "ssd"]], nil),
        ([.nodeSelector: ["disk": "hdd"]], reason), ([.nodeSelector: ["gpu": "yes"]], reason),
        (required([term(expression("disk", "In", ["hdd", "ssd"]))]), nil),
        (required([term(expression("disk", "In", ["hdd"]))]), reason),
        (required([term(expression("disk", "NotIn", ["hdd"]))]), nil),
        (required([term(expression("disk", "NotIn", ["ssd"]))]), reason),
        // A label that is missing is not in any list.
        (required([term(expression("gpu", "NotIn", ["yes"]))]), nil),
        (required([term(expression("disk", "Exists", []))]), nil),
        (required([term(expression("gpu", "Exists", []))]), reason),
        (required([term(expression("gpu", "DoesNotExist", []))]), nil),
        (required([term(expression("disk", "DoesNotExist", []))]), reason),
        (required([term(expression("cores", "Gt", ["8"]))]), nil),
        (required([term(expression("cores", "Gt", ["16"]))]), reason),
        (required([term(expression("cores", "Lt", ["32"]))]), nil),
        (required([term(expression("disk", "Lt", ["32"]))]), reason),
        // The expressions of a term hold together, terms are alternatives.
        (
            required([
                term(expression("disk", "In", ["ssd"]), expression("cores", "Lt", ["8"]))
            ]), reason
        ),
        (
            required([
                term(expression("disk", "In", ["hdd"])), term(expression("cores", "Gt", ["8"])),
            ]), nil
        ),
        // No term, and a term without anything, select nothing.
        (required([]), reason), (required([.emptyObject]), reason),
        (
            [
                .nodeSelector: ["disk": "hdd"],
                .affinity: required([term(expression("cores", "Gt", ["8"]))])[Key.affinity],
            ], reason
        ),
    ]

    @Test("selector and required affinity are both fulfilled", arguments: rows)
    func filter(spec: Value, expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("n", labels: ["disk": "ssd", "cores": "16"]))
        #expect(world.verdict(NodeAffinity.self, pod(spec)) == expected)
    }

    @Test(
        "terms that all name nodes leave out the others",
        arguments: [
            (required([named("b")]), ["left out", nil, "left out"]),
            (required([named("b"), named("c", "x")]), ["left out", nil, nil]),
            // The names of one term hold together.
            (
                required([
                    [
                        .matchFields: [
                            expression("metadata.name", "In", ["a", "b"]),
                            expression("metadata.name", "In", ["b", "c"]),
                        ]
                    ]
                ]), ["left out", nil, "left out"]
            ),
            // A term without a name may be any node.
            (
                required([named("b"), term(expression("disk", "DoesNotExist", []))]),
                [nil, nil, nil]
            ),
            (
                required([
                    [
                        .matchFields: [
                            expression("metadata.name", "In", ["a"]),
                            expression("metadata.name", "In", ["b"]),
                        ]
                    ]
                ]), ["pod affinity terms conflict!"]
            ),
        ] as [(Value, [String?])])
    func names(spec: Value, expected: [String?]) throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b"), node("c"))
        #expect(world.verdicts(NodeAffinity.self, pod(spec)) == expected)
    }

    @Test("preferred terms add their weights, and the highest sum gets 100")
    func score() throws {
        var world = try PluginWorld()
        world.add(
            node("both", labels: ["disk": "ssd", "gpu": "yes"]),
            node("one", labels: ["disk": "ssd"]), node("none"))
        func preferred(_ weight: Int, _ key: String, _ value: String) -> Value {
            [
                .weight: Value(weight),
                .preference: Self.term(Self.expression(key, "In", [value])),
            ]
        }
        func points(_ terms: Value...) -> [Int]? {
            let affinity: Value = [
                .nodeAffinity: [.preferredDuringSchedulingIgnoredDuringExecution: .array(terms)]
            ]
            return world.points(NodeAffinity.self, pod([.affinity: affinity]))
        }
        // Sums 50, 30 and 0: 100 · 50/50, 100 · 30/50, 0.
        #expect(points(preferred(30, "disk", "ssd"), preferred(20, "gpu", "yes")) == [100, 60, 0])
        // 100 · 3/7 = 42.9, cut off.
        #expect(points(preferred(3, "disk", "ssd"), preferred(4, "gpu", "yes")) == [100, 42, 0])
        // Nobody fulfils anything: nobody gets anything.
        #expect(points(preferred(30, "disk", "tape")) == [0, 0, 0])
        #expect(points() == nil)
    }

    @Test("a node wakes a pod when it comes to match")
    func hints() throws {
        let waiting = try PluginWorld().waiting(pod([.nodeSelector: ["disk": "ssd"]]))
        func wakes(_ old: Value, _ new: Value) -> Bool {
            NodeAffinity.mayHelp(event(.nodeLabels, .node, old: old, new: new), waiting)
        }
        let (match, other) = (node("n", labels: ["disk": "ssd"]), node("n"))
        #expect(wakes(.null, match))
        #expect(wakes(other, match))
        #expect(!wakes(match, match))
        #expect(!wakes(match, other))
        #expect(!wakes(.null, other))
    }
}
