import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("admission and allocation")
struct AdmissionTests {
    private let cluster = SimulatedCluster()
    private var api: APIServer { cluster.api }

    private func message(_ body: () throws -> Void) -> String {
        do {
            try body()
            return "no error"
        } catch let error as APIError {
            return error.message
        } catch {
            return "\(error)"
        }
    }

    private func pod(
        _ name: String, cpu: String? = nil, priorityClass: String? = nil
    ) throws -> StoredObject {
        var container: Value = [.name: "c", .image: "nginx"]
        if let cpu { container[.resources][.requests][.cpu] = Value(cpu) }
        var spec: Value = [.containers: [container]]
        spec[.priorityClassName] = Value(priorityClass)
        return try api.create(
            .pod, [.metadata: [.name: Value(name)], .spec: spec], in: "default")
    }

    private func quota(_ hard: Value) throws {
        try api.create(
            .resourceQuota, [.metadata: [.name: "q"], .spec: [.hard: hard]], in: "default")
        _ = try cluster.settle()
    }

    @Test("a quota counts pods and refuses one too many in upstream's words")
    func quotaExceeded() throws {
        try quota([.pods: "2", "requests.cpu": "1"])
        _ = try pod("a", cpu: "500m")
        #expect(
            message { _ = try pod("b", cpu: "600m") }
                == "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=600m, "
                + "used: requests.cpu=500m, limited: requests.cpu=1")
        #expect(
            message { _ = try pod("b") }
                == "pods \"b\" is forbidden: failed quota: q: must specify requests.cpu for: c")
        _ = try pod("b", cpu: "100m")
        #expect(
            message { _ = try pod("c", cpu: "100m") }
                == "pods \"c\" is forbidden: exceeded quota: q, requested: pods=1, used: pods=2, "
                + "limited: pods=2")
    }

    @Test("a quota counts objects of every kind of the namespace, but events")
    func quotaOfObjects() throws {
        try quota(["count/roles.rbac.authorization.k8s.io": "1", "count/events": "0"])
        let role: Value = [.metadata: [.name: "r"], "rules": .array([])]
        try api.create(.role, role, in: "default")
        var other = role
        other[.metadata][.name] = "s"
        #expect(
            message { try api.create(.role, other, in: "default") }
                == "roles.rbac.authorization.k8s.io \"s\" is forbidden: exceeded quota: q, requested: "
                + "count/roles.rbac.authorization.k8s.io=1, used: "
                + "count/roles.rbac.authorization.k8s.io=1, limited: "
                + "count/roles.rbac.authorization.k8s.io=1")
    }

    @Test("a pod that is assigned from the start is labelled with its node's place")
    func topologyLabels() throws {
        try api.create(
            .node,
            [
                .metadata: [
                    .name: "n1", .labels: ["topology.kubernetes.io/zone": "west", "x": "y"],
                ]
            ], in: "")
        let pod = try api.create(
            .pod,
            [
                .metadata: [.name: "a"],
                .spec: [.nodeName: "n1", .containers: [[.name: "c", .image: "nginx"]]],
            ], in: "default")
        #expect(pod.value[.metadata][.labels] == ["topology.kubernetes.io/zone": "west"])
        let free = try self.pod("b")
        #expect(free.value[.metadata][.labels].isNull)
        #expect(
            try api.bind(free, to: "n1").value[.metadata][.labels]
                == ["topology.kubernetes.io/zone": "west"])
    }

    @Test("a quota gets back what a deleted pod used")
    func quotaReplenished() throws {
        try quota([.pods: "1"])
        try api.delete(try pod("a"))
        _ = try cluster.settle()
        let quota = try #require(
            cluster.state.get(.resourceQuota, namespace: "default", name: "q"))
        #expect(quota.value[.status][.used][.pods].string == "0")
        _ = try pod("b")
    }

    @Test("a limit range fills in defaults and refuses what is out of bounds")
    func limitRange() throws {
        try api.create(
            .limitRange,
            [
                .metadata: [.name: "l"],
                .spec: [
                    .limits: [
                        [
                            .type: "Container", .default: [.cpu: "500m"],
                            "defaultRequest": [.cpu: "100m"], .max: [.cpu: "1"],
                        ]
                    ]
                ],
            ], in: "default")
        let filled = try pod("a").value[.spec][.containers][0][.resources]
        #expect(filled == [.requests: [.cpu: "100m"], .limits: [.cpu: "500m"]])
        #expect(
            message {
                try api.create(
                    .pod,
                    [
                        .metadata: [.name: "b"],
                        .spec: [
                            .containers: [
                                [
                                    .name: "c", .image: "nginx",
                                    .resources: [.limits: [.cpu: "2"], .requests: [.cpu: "1"]],
                                ]
                            ]
                        ],
                    ], in: "default")
            } == "pods \"b\" is forbidden: maximum cpu usage per Container is 1, but limit is 2")
    }

    @Test("a priority class gives its number, and must exist")
    func priority() throws {
        let critical = try pod("a", priorityClass: "system-node-critical")
        #expect(critical.value[.spec].int(.priority) == 2_000_001_000)
        #expect(
            message { _ = try pod("b", priorityClass: "nope") }
                == "pods \"b\" is forbidden: no PriorityClass with name nope was found")
    }

    private func service(_ name: String, _ spec: Value) throws -> Value {
        var spec = spec
        if spec[.ports].isNull { spec[.ports] = [[.port: 80]] }
        return try api.create(
            .service, [.metadata: [.name: Value(name)], .spec: spec], in: "default"
        ).value[.spec]
    }

    @Test("services get addresses and node ports, by name and seed")
    func services() throws {
        let web = try service("web", [:])
        #expect(web.text(.clusterIP).hasPrefix("10."))
        #expect(web[.clusterIPs][0] == web[.clusterIP])
        #expect(try service("headless", [.clusterIP: "None"]).text(.clusterIP) == "None")
        let port = try service("np", [.type: "NodePort"])[.ports][0].int(.nodePort)
        #expect((30_086...32_767).contains(port))
        #expect(
            message { _ = try service("dup", [.clusterIP: web[.clusterIP]]) }
                == "Service \"dup\" is invalid: spec.clusterIPs: Invalid value: "
                + "[\"\(web.text(.clusterIP))\"]: failed to allocate IP "
                + "\(web.text(.clusterIP)): provided IP is already allocated")
        #expect(
            message {
                _ = try service(
                    "np2",
                    [.type: "NodePort", .ports: [[.port: 80, .nodePort: Value(port)]]])
            }
                == "Service \"np2\" is invalid: spec.ports[0].nodePort: Invalid value: \(port): "
                + "provided port is already allocated")
        let other = SimulatedCluster()
        let same = try other.api.create(
            .service, [.metadata: [.name: "web"], .spec: [.ports: [[.port: 80]]]], in: "default")
        #expect(same.value[.spec][.clusterIP] == web[.clusterIP])
    }

    @Test("a claim in use stays until its pod is gone")
    func claimProtection() throws {
        let claim = try api.create(
            .persistentVolumeClaim,
            [
                .metadata: [.name: "data"],
                .spec: [
                    .accessModes: ["ReadWriteOnce"],
                    .resources: [.requests: [.storage: "1Gi"]],
                ],
            ], in: "default")
        #expect(claim.value[.spec][.storageClassName].string == "standard")
        let pod = try api.create(
            .pod,
            [
                .metadata: [.name: "p"],
                .spec: [
                    .containers: [[.name: "c", .image: "nginx"]],
                    .volumes: [
                        [.name: "v", .persistentVolumeClaim: [.claimName: "data"]]
                    ],
                ],
            ], in: "default")
        try cluster.addNode("node-1")
        try api.bind(pod, to: "node-1")
        _ = try cluster.settle()
        try api.delete(claim)
        _ = try cluster.settle()
        #expect(cluster.state.count(.persistentVolumeClaim) == 1)
        try api.delete(pod, options: DeleteOptions(gracePeriodSeconds: 0))
        _ = try cluster.settle()
        #expect(cluster.state.count(.persistentVolumeClaim) == 0)
    }

    @Test("a level of Pod Security refuses pods, and nothing else")
    func podSecurity() throws {
        let label: Key = "pod-security.kubernetes.io/enforce"
        try api.create(
            .namespace, [.metadata: [.name: "strict", .labels: [label: "baseline"]]])
        _ = try cluster.settle()
        func pod(_ name: String, host: Bool) -> Value {
            [
                .metadata: [.name: Value(name)],
                .spec: [
                    .hostNetwork: Value(host), .containers: [[.name: "c", .image: "nginx"]],
                ],
            ]
        }
        try api.create(.pod, pod("plain", host: false), in: "strict")
        try api.create(.pod, pod("host", host: true), in: "default")
        let refused = message { try api.create(.pod, pod("host", host: true), in: "strict") }
        #expect(
            refused
                == #"pods "host" is forbidden: violates PodSecurity "baseline:latest": host "#
                + "namespaces (hostNetwork=true)")
        // Controllers hear no warnings, and are let do.
        let template = pod("", host: true)[.spec]
        try api.create(
            .deployment,
            [
                .metadata: [.name: "web"],
                .spec: [
                    .selector: [.matchLabels: ["app": "web"]],
                    .template: [.metadata: [.labels: ["app": "web"]], .spec: template],
                ],
            ], in: "strict")
        let bad = message {
            try api.create(.namespace, [.metadata: [.name: "bad", .labels: [label: "severe"]]])
        }
        #expect(bad.hasSuffix("must be one of privileged, baseline, restricted"))
    }

    @Test("of equal owner references the first stays, and the client is told")
    func duplicateOwners() throws {
        let owner: Value = [.apiVersion: "v1", .kind: "Pod", .name: "o", .uid: "u"]
        let written = try api.create(
            .configMap, namespace: "default",
            [.metadata: [.name: "m", .ownerReferences: [owner, owner]]], options: WriteOptions())
        #expect(written.object[.metadata][.ownerReferences].count == 1)
        #expect(written.warnings.count == 1)
        #expect(written.warnings[0].hasSuffix("duplicate UID(s) observed: [u]"))
    }
}
