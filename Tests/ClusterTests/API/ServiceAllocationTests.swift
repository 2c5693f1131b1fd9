import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("what the API server gives a Service")
struct ServiceAllocationTests {
    private let cluster = SimulatedCluster()

    private func create(_ name: String, _ spec: Value) throws -> Value {
        var full: Value = [.selector: ["app": "web"], .ports: [[.port: 80]]]
        for field in spec.fields { full[field.key] = field.value }
        return try cluster.api.create(
            .service, namespace: "default", [.metadata: [.name: Value(name)], .spec: full],
            options: WriteOptions()
        ).object[.spec]
    }

    private func patch(_ name: String, _ spec: Value) throws -> Value {
        try cluster.api.patch(
            .service, namespace: "default", name: name, .merge([.spec: spec]), subresource: .none,
            options: WriteOptions()
        ).object[.spec]
    }

    private func refusal(_ body: () throws -> Value) -> String {
        do {
            return "accepted: \(JSON.text(try body()))"
        } catch let error as APIError {
            return error.causes.isEmpty
                ? error.message
                : error.causes.map { "\($0.field): \($0.message)" }.joined(separator: "\n")
        } catch {
            return "\(error)"
        }
    }

    @Test(
        "what cannot be given is refused in upstream's words",
        arguments: [
            (
                [.clusterIP: "10.96.0.1"],
                "spec.clusterIPs: Invalid value: [\"10.96.0.1\"]: failed to allocate IP "
                    + "10.96.0.1: provided IP is already allocated"
            ),
            (
                [.clusterIP: "192.168.0.1"],
                "spec.clusterIPs: Invalid value: [\"192.168.0.1\"]: failed to allocate IP "
                    + "192.168.0.1: the provided IP (192.168.0.1) is not in the valid range. The "
                    + "range of valid IPs is 10.96.0.0/12"
            ),
            (
                [.clusterIP: "nonsense"],
                "spec.clusterIPs[0]: Invalid value: \"nonsense\": must be a valid IP address, (e.g. "
                    + "10.9.8.7 or 2001:db8::ffff)"
            ),
            (
                [.clusterIP: "fd00::1"],
                "spec.clusterIPs[0]: Invalid value: [\"fd00::1\"]: IPv6 is not configured on "
                    + "this cluster"
            ),
            (
                [.ipFamilies: ["IPv6"]],
                "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster"
            ),
            (
                [.ipFamilyPolicy: "RequireDualStack"],
                "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not "
                    + "configured for dual-stack services"
            ),
            (
                [.ipFamilies: ["IPv4", "IPv6"]],
                "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or "
                    + "'PreferDualStack' when multiple IP families are specified"
            ),
            (
                [.type: "NodePort", .ports: [[.port: 80, .nodePort: 80]]],
                "spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range. "
                    + "The range of valid ports is 30000-32767"
            ),
            (
                [
                    .type: "NodePort",
                    .ports: [
                        [.name: "a", .port: 80, .nodePort: 31000],
                        [.name: "b", .port: 81, .nodePort: 31000],
                    ],
                ],
                "spec.ports[1].nodePort: Invalid value: 31000: provided port is already allocated"
            ),
        ] as [(Value, String)])
    func refusals(spec: Value, wanted: String) {
        #expect(refusal { try create("web", spec) } == wanted)
    }

    @Test(
        "families and policy follow from what is asked for",
        arguments: [
            (.null, ["IPv4"], "SingleStack"), ([.clusterIP: "None"], ["IPv4"], "SingleStack"),
            ([.clusterIP: "None", .selector: .null], ["IPv4", "IPv6"], "RequireDualStack"),
            ([.ipFamilyPolicy: "PreferDualStack"], ["IPv4"], "PreferDualStack"),
        ] as [(Value, [String], String)])
    func families(spec: Value, families: [String], policy: String) throws {
        let made = try create("web", spec)
        #expect(made[.ipFamilies] == Value(strings: families))
        #expect(made[.ipFamilyPolicy] == Value(policy))
    }

    @Test("a node port is given once in the cluster, whatever the protocol")
    func nodePorts() throws {
        let dns = try create(
            "dns",
            [
                .type: "NodePort",
                .ports: [
                    [.name: "udp", .port: 53, .protocol: "UDP"], [.name: "tcp", .port: 53],
                    [.name: "ops", .port: 9153],
                ],
            ])
        let ports = dns[.ports].elements.map { $0.int(.nodePort) }
        #expect(ports[0] == ports[1] && ports[0] != ports[2])
        #expect(ports.allSatisfy { (30_086...32_767).contains($0) })
        let text = refusal {
            try create(
                "other",
                [
                    .type: "NodePort",
                    .ports: [[.port: 1, .protocol: "UDP", .nodePort: Value(ports[2])]],
                ])
        }
        #expect(text.hasSuffix("\(ports[2]): provided port is already allocated"))
    }

    @Test("a change of type takes what the old type had and gives what the new one needs")
    func types() throws {
        let first = try create("web", [.type: "NodePort"])
        let port = first[.ports][0].int(.nodePort)
        #expect(first[.externalTrafficPolicy] == "Cluster")
        let plain = try patch("web", [.type: "ClusterIP"])
        #expect(plain[.ports][0][.nodePort].isNull && plain[.externalTrafficPolicy].isNull)
        #expect(plain[.clusterIP] == first[.clusterIP])
        let balanced = try patch(
            "web", [.type: "LoadBalancer", .externalTrafficPolicy: "Local"])
        #expect(balanced[.ports][0].int(.nodePort) > 0)
        let health = balanced.int(.healthCheckNodePort)
        #expect(health > 0 && health != balanced[.ports][0].int(.nodePort))
        #expect(balanced[.allocateLoadBalancerNodePorts] == true)
        // A manifest that leaves them out keeps the port by its name, and the health check's.
        let again = try patch(
            "web", [.ports: [[.port: 81]], .healthCheckNodePort: .null])
        #expect(again[.ports][0][.nodePort] == balanced[.ports][0][.nodePort])
        #expect(again.int(.healthCheckNodePort) == health)
        let outside = try patch("web", [.type: "ExternalName", .externalName: "example.com"])
        for key in [Key.clusterIP, .clusterIPs, .ipFamilies, .ipFamilyPolicy, .healthCheckNodePort]
        { #expect(outside[key].isNull, "\(key)") }
        #expect(outside[.ports][0][.nodePort].isNull)
        let back = try patch("web", [.type: "ClusterIP"])
        #expect(!back.text(.clusterIP).isEmpty && back[.ipFamilies] == ["IPv4"])
        #expect(port > 0)
    }

    @Test("a load balancer can do without node ports")
    func balancerWithoutPorts() throws {
        let made = try create(
            "web", [.type: "LoadBalancer", .allocateLoadBalancerNodePorts: false])
        #expect(made[.ports][0][.nodePort].isNull)
    }

    @Test("the cluster IP stays, whichever of the two fields a client changes")
    func immutable() throws {
        let made = try create("web", .null)
        let wanted =
            "spec.clusterIPs[0]: Invalid value: [\"10.96.0.9\"]: may not change once set"
        #expect(refusal { try patch("web", [.clusterIP: "10.96.0.9"]) } == wanted)
        #expect(
            refusal { try patch("web", [.clusterIP: "10.96.0.9", .clusterIPs: ["10.96.0.9"]]) }
                == wanted)
        #expect(
            refusal { try patch("web", [.clusterIP: "None"]) }
                == "spec.clusterIPs[0]: Invalid value: [\"None\"]: may not change once set")
        // Left out or emptied, it is kept.
        let kept = try patch("web", [.clusterIP: "", .clusterIPs: .null])
        #expect(kept[.clusterIP] == made[.clusterIP])
    }
}
