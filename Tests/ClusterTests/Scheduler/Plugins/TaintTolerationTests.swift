import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin TaintToleration")
struct TaintTolerationTests {
    private static func taint(_ key: String, _ value: String, _ effect: String) -> Value {
        [.key: Value(key), .value: Value(value), .effect: Value(effect)]
    }

    private static let reason = "node(s) had untolerated taint(s)!"

    @Test(
        "a NoSchedule or NoExecute taint keeps out what does not tolerate it",
        arguments: [
            ([], .null, nil), ([taint("a", "x", "NoSchedule")], .null, reason),
            ([taint("a", "x", "NoExecute")], .null, reason),
            ([taint("a", "x", "PreferNoSchedule")], .null, nil),
            (
                [taint("a", "x", "NoSchedule")],
                [[.key: "a", .operator: "Equal", .value: "x", .effect: "NoSchedule"]], nil
            ),
            // Equal is what an operator that is left out means.
            ([taint("a", "x", "NoSchedule")], [[.key: "a", .value: "x"]], nil),
            ([taint("a", "x", "NoSchedule")], [[.key: "a", .value: "y"]], reason),
            ([taint("a", "x", "NoSchedule")], [[.key: "a", .operator: "Exists"]], nil),
            ([taint("a", "x", "NoSchedule")], [[.key: "b", .operator: "Exists"]], reason),
            ([taint("a", "x", "NoSchedule")], [[.operator: "Exists"]], nil),
            (
                [taint("a", "x", "NoSchedule")],
                [[.key: "a", .operator: "Exists", .effect: "NoExecute"]], reason
            ),
            // Each taint must be tolerated.
            (
                [taint("a", "x", "NoSchedule"), taint("b", "x", "NoExecute")],
                [[.key: "a", .operator: "Exists"]], reason
            ),
            (
                [taint("a", "x", "NoSchedule"), taint("b", "x", "NoExecute")],
                [[.key: "a", .operator: "Exists"], [.key: "b", .operator: "Exists"]], nil
            ),
        ] as [([Value], Value, String?)])
    func filter(taints: [Value], tolerations: Value, expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("n", taints: .array(taints)))
        #expect(world.verdict(TaintToleration.self, pod([.tolerations: tolerations])) == expected)
    }

    @Test(
        "PreferNoSchedule taints that are not tolerated cost points",
        arguments: [
            // Untolerated: 0, 1 and 2 of at most 2: 100 - 100 · 0/2, 100 - 100 · 1/2, 100 - 100 · 2/2.
            (.null, [100, 50, 0]),
            // Untolerated: 0, 0 and 1 of at most 1.
            ([[.key: "a", .operator: "Exists"]], [100, 100, 0]),
            // A toleration of another effect tolerates none of them.
            ([[.key: "a", .operator: "Exists", .effect: "NoSchedule"]], [100, 50, 0]),
            // Nothing is untolerated: all get the most.
            ([[.operator: "Exists"]], [100, 100, 100]),
        ] as [(Value, [Int])])
    func score(tolerations: Value, expected: [Int]) throws {
        let (a, b) = (
            Self.taint("a", "x", "PreferNoSchedule"), Self.taint("b", "x", "PreferNoSchedule")
        )
        var world = try PluginWorld()
        world.add(node("none"), node("one", taints: [a]), node("two", taints: [a, b]))
        #expect(world.points(TaintToleration.self, pod([.tolerations: tolerations])) == expected)
    }

    @Test(
        "without any PreferNoSchedule taint it gives no points, and again once there is none left")
    func noScore() throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b", taints: [Self.taint("a", "x", "NoSchedule")]))
        #expect(world.points(TaintToleration.self, pod()) == nil)
        world.add(node("a", taints: [Self.taint("a", "x", "PreferNoSchedule")]))
        #expect(world.points(TaintToleration.self, pod()) == [0, 100])
        world.add(node("a"))
        #expect(world.points(TaintToleration.self, pod()) == nil)
    }

    @Test("a node wakes a pod when it becomes tolerable")
    func hints() throws {
        let waiting = try PluginWorld().waiting(
            pod([.tolerations: [[.key: "b", .operator: "Exists"]]]))
        func wakes(_ old: Value, _ new: Value) -> Bool {
            TaintToleration.mayHelp(event(.nodeTaints, .node, old: old, new: new), waiting)
        }
        let bad = node("n", taints: [Self.taint("a", "x", "NoSchedule")])
        let tolerable = node("n", taints: [Self.taint("b", "x", "NoSchedule")])
        #expect(wakes(bad, tolerable))
        #expect(wakes(.null, tolerable))
        #expect(!wakes(.null, bad))
        #expect(!wakes(tolerable, bad))
        #expect(!wakes(tolerable, node("n")))
    }
}
