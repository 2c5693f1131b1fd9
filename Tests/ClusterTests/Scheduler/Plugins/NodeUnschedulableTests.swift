import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodeUnschedulable")
struct NodeUnschedulableTests {
    private static let key: Value = "node.kubernetes.io/unschedulable"

    @Test(
        "a cordoned node takes what tolerates the taint that stands for it",
        arguments: [
            (false, .null, nil), (true, .null, "node(s) were unschedulable!"),
            (true, [[.key: key, .operator: "Exists", .effect: "NoSchedule"]], nil),
            (true, [[.key: key, .operator: "Exists"]], nil), (true, [[.operator: "Exists"]], nil),
            (
                true, [[.key: key, .operator: "Exists", .effect: "NoExecute"]],
                "node(s) were unschedulable!"
            ),
            (
                true, [[.key: "other", .operator: "Exists"]], "node(s) were unschedulable!"
            ),
        ] as [(Bool, Value, String?)])
    func filter(isCordoned: Bool, tolerations: Value, expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("n", isCordoned: isCordoned))
        #expect(world.verdict(NodeUnschedulable.self, pod([.tolerations: tolerations])) == expected)
    }

    @Test("a node that opens wakes, one that closes or stays does not")
    func hints() throws {
        let waiting = try PluginWorld().waiting(pod())
        func wakes(_ old: Value, _ new: Value) -> Bool {
            NodeUnschedulable.mayHelp(event(.nodeTaints, .node, old: old, new: new), waiting)
        }
        let (open, closed) = (node("n"), node("n", isCordoned: true))
        #expect(wakes(closed, open))
        #expect(!wakes(open, closed))
        #expect(!wakes(open, open))
        #expect(wakes(.null, open))
        #expect(!wakes(.null, closed))
    }

    @Test("a new toleration wakes the pod that got it, if it covers cordons")
    func tolerations() throws {
        func wakes(_ tolerations: Value, uid: Value = "uid of p") throws -> Bool {
            var new = pod([.tolerations: tolerations])
            let waiting = try PluginWorld().waiting(new)
            new[.metadata][.uid] = uid
            return NodeUnschedulable.mayHelp(
                event(.podTolerations, .pod, old: pod(), new: new), waiting)
        }
        #expect(try wakes([[.key: Self.key, .operator: "Exists"]]))
        #expect(try !wakes([[.key: "other", .operator: "Exists"]]))
        #expect(try !wakes([[.key: Self.key, .operator: "Exists"]], uid: "another"))
    }
}
