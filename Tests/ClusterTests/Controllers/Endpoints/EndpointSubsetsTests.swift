import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("subsets and ports of endpoints")
struct EndpointSubsetsTests {
    private static func port(_ name: String, _ number: Int, _ transport: String = "TCP")
        -> EndpointPort
    {
        EndpointPort(name: name, number: number, transport: transport, application: "")
    }

    @Test(
        "ports come in the order of upstream's digests",
        arguments: [
            // As a real cluster shows its name server and its ingress controller.
            (
                [port("dns", 53, "UDP"), port("dns-tcp", 53), port("metrics", 9153)],
                ["dns-tcp", "metrics", "dns"], ["metrics", "dns", "dns-tcp"]
            ), ([port("http", 80), port("https", 443)], ["https", "http"], ["http", "https"]),
        ])
    func order(ports: [EndpointPort], inEndpoints: [String], inSlices: [String]) {
        #expect(EndpointPort.inEndpointsOrder(ports).map(\.name) == inEndpoints)
        #expect(EndpointPort.inSliceOrder(ports).map(\.name) == inSlices)
    }

    /// "10.0.0.1,10.0.0.2|10.0.0.3 http,ops": ready addresses, those that are not, ports.
    private func texts(_ subsets: EndpointSubsets, capacity: Int = .max) -> [String] {
        subsets.value(capacity: capacity).value.elements.map { subset in
            let list = { (key: Key) in
                subset[key].elements.map { $0.text(.ip) }.joined(separator: ",")
            }
            let ports = subset[.ports].elements.map { $0.text(.name) }.sorted()
            return "\(list(.addresses))|\(list(.notReadyAddresses)) "
                + ports.joined(separator: ",")
        }
    }

    @Test(
        "addresses of one set of ports come out as they do among others", arguments: [1, 3, 1_000])
    func uniform(capacity: Int) {
        var random = RandomStream(seed: 3)
        for count in [0, 1, 5, 40] {
            let ports = [Self.port("http", 80), Self.port("ops", 81)]
            var subsets = EndpointSubsets()
            var addresses: [EndpointSubsets.Address] = []
            for number in 0..<count {
                // Some of one address, told apart by their pods.
                let host = random.below(2) == 0 ? "10.0.0.\(number)" : "fd00::1234:5678:9abc:1"
                let value: Value = [.ip: Value(host), .targetRef: [.uid: Value("u\(99 - number)")]]
                let isReady = random.below(3) > 0
                subsets.add(value, isReady: isReady, at: ports)
                addresses.append(EndpointSubsets.Address(value, isReady: isReady))
            }
            let whole = subsets.value(capacity: capacity)
            guard count > 0 else { continue }
            let quick = EndpointSubsets.value(
                addresses.sorted(by: EndpointSubsets.Address.isBefore), at: ports,
                capacity: capacity)
            #expect(quick.value == whole.value)
            #expect(quick.isTruncated == whole.isTruncated)
        }
    }

    @Test("ports that the same addresses serve share a subset")
    func grouping() {
        let (http, ops) = (Self.port("http", 80), Self.port("ops", 81))
        var subsets = EndpointSubsets()
        subsets.add([.ip: "10.0.0.2"], isReady: true, at: [http])
        subsets.add([.ip: "10.0.0.1"], isReady: true, at: [http, ops])
        subsets.add([.ip: "10.0.0.3"], isReady: false, at: [http])
        #expect(texts(subsets) == ["10.0.0.1,10.0.0.2|10.0.0.3 http", "10.0.0.1| ops"])
        var same = EndpointSubsets()
        for address in ["10.0.0.10", "10.0.0.9"] {
            same.add([.ip: Value(address)], isReady: true, at: [http, ops])
        }
        // By text, as upstream: 10 comes before 9.
        #expect(texts(same) == ["10.0.0.10,10.0.0.9| http,ops"])
    }

    @Test("not ready trumps ready, and an address without ports is kept")
    func readiness() {
        var subsets = EndpointSubsets([
            [.addresses: [[.ip: "10.0.0.1"]]],
            [.notReadyAddresses: [[.ip: "10.0.0.1"]]],
        ])
        #expect(texts(subsets) == ["|10.0.0.1 "])
        subsets.add([.ip: "10.0.0.1"], isReady: true, at: [])
        #expect(texts(subsets) == ["|10.0.0.1 "])
    }

    @Test("beyond the capacity ready addresses stay, and each subset loses its share")
    func truncation() {
        var subsets = EndpointSubsets()
        for number in 1...4 {
            subsets.add(
                [.ip: Value("10.0.0.\(number)")], isReady: true, at: [Self.port("a", 1)])
            subsets.add(
                [.ip: Value("10.0.1.\(number)")], isReady: number > 2, at: [Self.port("b", 2)])
        }
        #expect(
            texts(subsets, capacity: 7) == [
                "10.0.0.1,10.0.0.2,10.0.0.3,10.0.0.4| a", "10.0.1.3,10.0.1.4|10.0.1.1 b",
            ])
        // Of six ready ones three: two thirds of them, rounded up, in the first subset.
        #expect(texts(subsets, capacity: 3) == ["10.0.0.1,10.0.0.2| a", "10.0.1.3| b"])
        #expect(subsets.value(capacity: 8).isTruncated == false)
    }

    @Test("Endpoints that a user writes are put in order")
    func byHand() throws {
        let world = try WholeWorld(nodes: 0)
        let made = try world.create(
            .endpoints,
            [
                .metadata: [.name: "db"],
                .subsets: [
                    [
                        .addresses: [[.ip: "192.0.2.2"], [.ip: "192.0.2.1"]],
                        .ports: [[.name: "http", .port: 80], [.name: "https", .port: 443]],
                    ]
                ],
            ])
        let subset = made.value[.subsets][0]
        #expect(subset[.addresses].elements.map { $0.text(.ip) } == ["192.0.2.1", "192.0.2.2"])
        #expect(subset[.ports].elements.map { $0.int(.port) } == [443, 80])
    }
}
