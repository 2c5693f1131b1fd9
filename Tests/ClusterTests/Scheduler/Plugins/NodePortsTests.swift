import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("the plugin NodePorts")
struct NodePortsTests {
    private static let reason = "node(s) didn't have free ports for the requested pod ports"

    private static func port(_ number: Int, _ address: Value = .null, _ transport: Value = .null)
        -> Value
    {
        var value: Value = [.containerPort: Value(number), .hostPort: Value(number)]
        value[.hostIP] = address
        value[.protocol] = transport
        return value
    }

    private static func spec(_ ports: [Value]) -> Value {
        [.containers: [[.name: "c", .image: "x", .ports: .array(ports)]]]
    }

    @Test(
        "a port is one of an address and a protocol; 0.0.0.0 is every address",
        arguments: [
            ([port(80)], [], nil), ([port(80)], [port(80)], reason),
            ([port(80)], [port(81)], nil), ([port(80)], [port(81), port(80)], reason),
            ([port(80, .null, "UDP")], [port(80)], nil),
            ([port(80, .null, "TCP")], [port(80)], reason),
            ([port(80, "10.0.0.1")], [port(80, "10.0.0.2")], nil),
            ([port(80, "10.0.0.1")], [port(80, "10.0.0.1")], reason),
            ([port(80, "0.0.0.0")], [port(80, "10.0.0.1")], reason),
            ([port(80, "10.0.0.1")], [port(80)], reason),
            ([], [port(80)], nil),
        ] as [([Value], [Value], String?)])
    func filter(wanted: [Value], used: [Value], expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("n"))
        world.place(pod("other", Self.spec(used)), on: "n")
        #expect(world.verdict(NodePorts.self, pod(Self.spec(wanted))) == expected)
    }

    @Test(
        "a sidecar keeps its ports, an init container that ends does not",
        arguments: [(.null, nil), ("Always", reason)] as [(Value, String?)])
    func initContainers(restartPolicy: Value, expected: String?) throws {
        var world = try PluginWorld()
        world.add(node("n"))
        var first: Value = [.name: "first", .image: "x", .ports: [Self.port(80)]]
        first[.restartPolicy] = restartPolicy
        world.place(pod("other", [.initContainers: [first]]), on: "n")
        #expect(world.verdict(NodePorts.self, pod(Self.spec([Self.port(80)]))) == expected)
        #expect(world.verdict(NodePorts.self, pod([.initContainers: [first]])) == expected)
    }

    @Test("a pod that goes wakes one that wants its port")
    func hints() throws {
        let waiting = try PluginWorld().waiting(pod(Self.spec([Self.port(80)])))
        func wakes(_ ports: [Value], on node: Value) -> Bool {
            var gone = pod("gone", Self.spec(ports))
            gone[.spec][.nodeName] = node
            return NodePorts.mayHelp(event(.podDeleted, .pod, old: gone), waiting)
        }
        #expect(wakes([Self.port(80)], on: "n"))
        #expect(!wakes([Self.port(81)], on: "n"))
        #expect(!wakes([], on: "n"))
        #expect(!wakes([Self.port(80)], on: .null))
    }
}
