import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodeName")
struct NodeNameTests {
    @Test(
        "a pod that names a node fits no other",
        arguments: [
            (.null, [nil, nil]), ("", [nil, nil]),
            ("b", ["node(s) didn't match the requested node name!", nil]),
            (
                "c",
                [
                    "node(s) didn't match the requested node name!",
                    "node(s) didn't match the requested node name!",
                ]
            ),
        ] as [(Value, [String?])])
    func filter(name: Value, expected: [String?]) throws {
        var world = try PluginWorld()
        world.add(node("a"), node("b"))
        #expect(world.verdicts(NodeName.self, pod([.nodeName: name])) == expected)
    }
}
