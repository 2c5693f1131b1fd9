import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("cluster DNS")
struct ClusterDNSTests {
    private typealias Parts = EndpointsControllerTests

    /// Services of every sort, with ready, unready and named pods behind them.
    private func world() throws -> WholeWorld {
        let world = try WholeWorld(nodes: 1)
        for (name, spec, isReady) in [
            ("web-0", [.hostname: "web-0", .subdomain: "nginx"], true),
            ("web-1", [.hostname: "web-1", .subdomain: "nginx"], false), ("plain", .null, true),
        ] as [(String, Value, Bool)] {
            try world.create(.pod, Parts.pod(name, isReady: isReady, spec: spec))
        }
        let http: Value = [[.name: "http", .port: 80], [.name: "ops", .port: 9000]]
        for (name, spec) in [
            ("web", [.clusterIP: "10.96.0.50", .ports: http]),
            ("nginx", [.clusterIP: "None", .ports: [[.name: "http", .port: 80]]]),
            (
                "eager",
                [.clusterIP: "None", .publishNotReadyAddresses: true, .ports: [[.port: 80]]]
            ), ("empty", [.clusterIP: "None", .selector: ["app": "nothing"]]),
            (
                "outside",
                [.type: "ExternalName", .externalName: "db.example.com", .ports: .null]
            ),
            (
                "alias",
                [
                    .type: "ExternalName", .externalName: "web.default.svc.cluster.local",
                    .ports: .null,
                ]
            ),
            (
                "circle",
                [
                    .type: "ExternalName", .externalName: "circle.default.svc.cluster.local",
                    .ports: .null,
                ]
            ),
        ] as [(String, Value)] {
            try world.create(.service, Parts.service(name, spec: spec))
        }
        try world.settle()
        return world
    }

    /// Data of the answers with `<name>` for the address of a pod; the status without any.
    private func answers(_ world: WholeWorld, _ name: String, _ type: DNSRecordType) throws
        -> [String]
    {
        let response = ClusterDNS(world.cluster).answer(name, type)
        if response.answers.isEmpty { return [response.status.rawValue] }
        return response.answers.map { record in
            for pod in world.list(.pod)
            where pod.value[.status][.podIP].string == record.data { return "<\(pod.name)>" }
            return record.data
        }
    }

    @Test(
        "names lead to addresses as CoreDNS answers",
        arguments: [
            ("web.default.svc.cluster.local", .a, ["10.96.0.50"]),
            ("WEB.default.svc.cluster.local.", .a, ["10.96.0.50"]),
            ("kubernetes.default.svc.cluster.local", .a, ["10.96.0.1"]),
            ("kube-dns.kube-system.svc.cluster.local", .a, ["10.96.0.10"]),
            ("web.default.svc.cluster.local", .aaaa, ["NOERROR"]),
            ("web.default.svc.cluster.local", .txt, ["NOERROR"]),
            ("wbe.default.svc.cluster.local", .a, ["NXDOMAIN"]),
            ("web.nowhere.svc.cluster.local", .a, ["NXDOMAIN"]),
            // A headless service stands for its ready pods; without any there is no such name.
            ("nginx.default.svc.cluster.local", .a, ["<web-0>", "<plain>"]),
            ("web-0.nginx.default.svc.cluster.local", .a, ["<web-0>"]),
            ("web-1.nginx.default.svc.cluster.local", .a, ["NXDOMAIN"]),
            ("empty.default.svc.cluster.local", .a, ["NXDOMAIN"]),
            ("eager.default.svc.cluster.local", .a, ["<web-0>", "<web-1>", "<plain>"]),
            // Levels above names exist, without records.
            ("svc.cluster.local", .a, ["NOERROR"]), ("default.svc.cluster.local", .a, ["NOERROR"]),
            ("nowhere.svc.cluster.local", .a, ["NXDOMAIN"]),
            ("cluster.local", .a, ["NOERROR"]), ("other.cluster.local", .a, ["NXDOMAIN"]),
            ("a.b.c.web.default.svc.cluster.local", .a, ["NXDOMAIN"]),
            // Pods by their addresses, whether there are such pods or not.
            ("10-244-0-200.default.pod.cluster.local", .a, ["10.244.0.200"]),
            ("10-244-0-200.nowhere.pod.cluster.local", .a, ["NXDOMAIN"]),
            ("web-0.default.pod.cluster.local", .a, ["NXDOMAIN"]),
            // Aliases, followed inside the cluster only.
            ("outside.default.svc.cluster.local", .a, ["db.example.com."]),
            ("outside.default.svc.cluster.local", .cname, ["db.example.com."]),
            ("outside.default.svc.cluster.local", .srv, ["0 100 0 db.example.com."]),
            ("_http._tcp.outside.default.svc.cluster.local", .srv, ["NXDOMAIN"]),
            (
                "alias.default.svc.cluster.local", .a,
                ["web.default.svc.cluster.local.", "10.96.0.50"]
            ),
            ("circle.default.svc.cluster.local", .a, ["circle.default.svc.cluster.local."]),
            // Ports.
            (
                "_http._tcp.web.default.svc.cluster.local", .srv,
                ["0 100 80 web.default.svc.cluster.local."]
            ),
            ("_grpc._tcp.web.default.svc.cluster.local", .srv, ["NXDOMAIN"]),
            ("_http._udp.web.default.svc.cluster.local", .srv, ["NXDOMAIN"]),
            (
                "web.default.svc.cluster.local", .srv,
                [
                    "0 50 80 web.default.svc.cluster.local.",
                    "0 50 9000 web.default.svc.cluster.local.",
                ]
            ),
            // Names of addresses.
            ("50.0.96.10.in-addr.arpa", .ptr, ["web.default.svc.cluster.local."]),
            ("10.0.96.10.in-addr.arpa", .ptr, ["kube-dns.kube-system.svc.cluster.local."]),
            ("9.9.9.9.in-addr.arpa", .ptr, ["NXDOMAIN"]),
            ("example.com", .a, ["NXDOMAIN"]),
        ] as [(String, DNSRecordType, [String])])
    func names(name: String, type: DNSRecordType, wanted: [String]) throws {
        #expect(try answers(world(), name, type) == wanted)
    }

    @Test("a port of a headless service leads to its pods by name, each with its share")
    func headlessPorts() throws {
        let world = try world()
        let response = ClusterDNS(world.cluster).answer(
            "_http._tcp.nginx.default.svc.cluster.local", .srv)
        let plain = try #require(world.get(.pod, "plain")?.value[.status].text(.podIP))
        let label = plain.replacing(".", with: "-")
        #expect(
            response.answers.map(\.data) == [
                "0 50 80 web-0.nginx.default.svc.cluster.local.",
                "0 50 80 \(label).nginx.default.svc.cluster.local.",
            ])
        #expect(response.additional.map(\.type) == [.a, .a])
        #expect(response.additional[1].data == plain)
    }

    @Test("only endpoints with a hostname give their address a name")
    func reverse() throws {
        let world = try world()
        for (pod, wanted) in [
            ("web-0", ["web-0.nginx.default.svc.cluster.local."]), ("plain", []),
        ] {
            let address = try #require(world.get(.pod, pod)?.value[.status].text(.podIP))
            let name = try #require(DNSName.reverse(of: address))
            let found = ClusterDNS(world.cluster).answer(name, .ptr)
            #expect(found.answers.map(\.data) == wanted)
            #expect(found.isAuthoritative == !wanted.isEmpty)
        }
    }

    @Test("a pod that goes has no name any more, unless its service publishes it")
    func terminating() throws {
        let world = try world()
        try world.delete(.pod, "web-0")
        try world.cluster.advance(by: 50)
        #expect(world.get(.pod, "web-0") != nil)
        #expect(try answers(world, "nginx.default.svc.cluster.local", .a) == ["<plain>"])
        #expect(
            try answers(world, "eager.default.svc.cluster.local", .a)
                == ["<web-0>", "<web-1>", "<plain>"])
    }

    @Test("the size of a message is that of its parts without compression")
    func size() throws {
        let response = ClusterDNS(try world().cluster).answer(
            "kubernetes.default.svc.cluster.local")
        // As dig shows it for this name on real clusters.
        #expect(response.wireBytes == 117)
    }

    @Test(
        "short names are tried along the search list",
        arguments: [
            (
                5, "web",
                "web.shop.svc.cluster.local. web.svc.cluster.local. web.cluster.local. web."
            ),
            (
                1, "web.db",
                "web.db. web.db.shop.svc.cluster.local. web.db.svc.cluster.local. "
                    + "web.db.cluster.local."
            ), (5, "web.db.", "web.db."),
        ])
    func search(dots: Int, name: String, wanted: String) {
        var settings = ResolverSettings(namespace: "shop")
        #expect(settings.dots == 5)
        settings.dots = dots
        #expect(settings.names(for: name).joined(separator: " ") == wanted)
    }

    @Test(
        "a pod's settings follow its DNS policy",
        arguments: [
            (.null, true, 3, 5), ([.dnsPolicy: "Default"], false, 0, 1),
            ([.hostNetwork: true], false, 0, 1),
            ([.hostNetwork: true, .dnsPolicy: "ClusterFirstWithHostNet"], true, 3, 5),
            (
                [
                    .dnsConfig: [
                        .searches: ["corp.example"],
                        .options: [[.name: "ndots", .value: "2"]],
                    ]
                ], true, 4, 2
            ),
            (
                [
                    .dnsPolicy: "None",
                    .dnsConfig: [
                        .nameservers: ["10.96.0.10"], .searches: ["svc.cluster.local"],
                    ],
                ], true, 1, 1
            ),
        ] as [(Value, Bool, Int, Int)])
    func policies(spec: Value, usesCluster: Bool, domains: Int, dots: Int) throws {
        let world = try WholeWorld(nodes: 1)
        try world.create(.pod, WholeWorld.pod("p", spec: spec))
        let settings = ResolverSettings(pod: try world.found(.pod, "p").value)
        #expect(settings.usesClusterServer == usesCluster)
        #expect(settings.search.count == domains && settings.dots == dots)
        let found = settings.look(
            up: "kubernetes.default.svc", .a, in: ClusterDNS(world.cluster)
        ).response
        #expect((found.status == .noError) == (usesCluster && domains > 1))
    }
}
