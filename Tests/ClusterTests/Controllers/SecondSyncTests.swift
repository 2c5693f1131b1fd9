import Model
import Testing
import Value

@testable import Cluster

/// A controller is level-triggered: what it wants is a function of what is there. So a sync of anything in a
/// world at rest, asked for without a reason, writes nothing.
@Suite("a second sync")
struct SecondSyncTests {
    /// The kinds by whose keys a controller syncs. Those with none come round by timers.
    private static let table: [String: [Kind]] = [
        "namespace-controller": [.namespace],
        "crd-naming-controller": [.customResourceDefinition],
        "crd-finalizer": [.customResourceDefinition],
        "kube-aggregator": [.apiService],
        "validatingadmissionpolicy-status-controller": [],
        "priority-and-fairness-config-consumer": [.flowSchema],
        "service-cidr-controller": [.serviceCIDR],
        "service-account-controller": [.namespace],
        "root-ca-certificate-publisher": [.namespace],
        "generic-garbage-collector": [],
        "resourcequota-controller": [.resourceQuota],
        "persistentvolumeclaim-protection-controller": [.persistentVolumeClaim],
        "persistentvolume-protection-controller": [.persistentVolume],
        "persistentvolume-controller": [.persistentVolumeClaim, .persistentVolume],
        "drydock.dev/simulated": [.persistentVolumeClaim, .persistentVolume],
        "volume_expand": [.persistentVolumeClaim],
        "kube-apiserver": [.service],
        "endpoint-controller": [.service],
        "endpoint-slice-controller": [.service],
        "endpoint-slice-mirroring-controller": [.endpoints],
        "node-lifecycle-controller": [],
        "taint-eviction-controller": [],
        "pod-garbage-collector": [],
        "replicaset-controller": [.replicaSet],
        "replication-controller": [.replicationController],
        "deployment-controller": [.deployment],
        "daemonset-controller": [.daemonSet],
        "statefulset-controller": [.statefulSet],
        "controllermanager": [.podDisruptionBudget],
        "job-controller": [.job],
        "cronjob-controller": [.cronJob],
        "horizontal-pod-autoscaler": [.horizontalPodAutoscaler],
        "ttl-after-finished-controller": [.job],
        "scripted-operator": [],
        "clusterrole-aggregation-controller": [.clusterRole],
    ]

    private static func controllers(_ cluster: SimulatedCluster) -> [Controller] {
        cluster.components.compactMap { $0 as? Controller }
    }

    @Test("every controller of the registry has its row")
    func complete() {
        let names = Self.controllers(SimulatedCluster()).map(\.name)
        #expect(Set(names) == Set(Self.table.keys))
        #expect(names.count == Self.table.count)
    }

    @Test("of anything at rest writes nothing, whichever controller makes it")
    func writesNothing() throws {
        let world = try populated()
        try checkAll(world)
        // Changed, scaled, relabelled and partly deleted.
        try world.modify(.deployment, "web") {
            $0[.spec][.replicas] = 2
            $0[.spec][.template][.spec][.containers][0][.image] = "nginx:2"
        }
        try world.modify(.statefulSet, "db") { $0[.spec][.replicas] = 1 }
        try world.modify(.daemonSet, "agent") {
            $0[.spec][.template][.metadata][.labels]["tier"] = "node"
        }
        let pod = try #require(world.list(.pod).first { $0.name.hasPrefix("set-") })
        try world.api.modify(pod) { $0[.metadata][.labels]["app"] = "other" }
        try world.delete(.namespace, "extra")
        try world.delete(.service, "web")
        try world.delete(.cronJob, "tick")
        try world.cluster.removeNode("node-3")
        try world.advance(seconds: 400)
        try checkAll(world)
        #expect(world.cluster.inconsistencies() == [])
    }

    /// Has every controller look at everything that it may sync, and at what it has ever written for.
    private func checkAll(_ world: WholeWorld) throws {
        let cluster = world.cluster
        let rest = cluster.log.head
        try world.advance(seconds: 1)
        #expect(cluster.log.head == rest, "the world is at rest")
        for controller in Self.controllers(cluster) {
            let kinds = try #require(Self.table[controller.name])
            var keys = Set(kinds.flatMap { cluster.state.list($0) }.map(\.key))
            for change in cluster.log.changes(after: 0) where change.cause.actor == controller.actor
            {
                if let key = change.cause.key { keys.insert(key) }
            }
            #expect(!kinds.isEmpty == !keys.isEmpty || kinds.isEmpty)
            for key in keys.sorted() { controller.enqueue(key) }
            let before = cluster.log.head
            try world.advance(seconds: 1)
            let written = cluster.log.changes(after: before).map {
                "\($0.type.rawValue) \($0.object.kind.info.name) \($0.object.key)"
            }
            #expect(written.isEmpty, "\(controller.name) wrote \(written)")
        }
    }

    // MARK: A world with something of everything

    private func populated() throws -> WholeWorld {
        let world = try WholeWorld(nodes: 3)
        try world.create(.namespace, [.metadata: [.name: "extra"]])
        try world.create(
            .resourceQuota, [.metadata: [.name: "quota"], .spec: [.hard: [.pods: "100"]]])
        try definition(world)
        try roles(world)
        try workloads(world)
        try jobs(world)
        try services(world)
        try world.create(
            .persistentVolumeClaim,
            [
                .metadata: [.name: "own"],
                .spec: [
                    .accessModes: ["ReadWriteOnce"], .resources: [.requests: [.storage: "1Gi"]],
                ],
            ])
        // Long enough for the claims to be bound and for the HPA to come round.
        try world.advance(seconds: 120)
        return world
    }

    private func definition(_ world: WholeWorld) throws {
        let names: Value = [.kind: "Toy", "plural": "toys"]
        try world.create(
            .customResourceDefinition,
            [
                .metadata: [.name: "toys.example.com"],
                .spec: [
                    .group: "example.com", .names: names, "scope": "Namespaced",
                    "versions": [
                        [
                            .name: "v1", "schema": ["openAPIV3Schema": [.type: "object"]],
                            "served": true, "storage": true,
                        ]
                    ],
                ],
            ])
    }

    private func roles(_ world: WholeWorld) throws {
        let selector: Value = [.matchLabels: ["feed": "monitor"]]
        try world.create(
            .clusterRole,
            [
                .metadata: [.name: "monitor"],
                "aggregationRule": ["clusterRoleSelectors": [selector]],
            ])
        try world.create(
            .clusterRole,
            [
                .metadata: [.name: "pods", .labels: ["feed": "monitor"]],
                .rules: [["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]],
            ])
    }

    private func workloads(_ world: WholeWorld) throws {
        var set = WholeWorld.replicaSet("set", replicas: 2)
        set[.spec][.template][.spec][.containers][0][.resources] = [.requests: [.cpu: "100m"]]
        try world.create(.replicaSet, set)
        set[.metadata][.name] = "web"
        set[.spec][.replicas] = 3
        set[.spec][.selector] = [.matchLabels: ["app": "web"]]
        set[.spec][.template][.metadata][.labels] = ["app": "web"]
        try world.create(.deployment, set)
        set[.metadata][.name] = "rc"
        set[.spec][.selector] = ["app": "rc"]
        set[.spec][.template][.metadata][.labels] = ["app": "rc"]
        try world.create(.replicationController, set)
        set[.metadata][.name] = "agent"
        set[.spec][.replicas] = .null
        set[.spec][.selector] = [.matchLabels: ["app": "agent"]]
        set[.spec][.template][.metadata][.labels] = ["app": "agent"]
        try world.create(.daemonSet, set)
        set[.metadata][.name] = "db"
        set[.spec][.replicas] = 2
        set[.spec][.selector] = [.matchLabels: ["app": "db"]]
        set[.spec][.template][.metadata][.labels] = ["app": "db"]
        set[.spec][.serviceName] = "db"
        set[.spec][.volumeClaimTemplates] = [
            [
                .metadata: [.name: "data"],
                .spec: [
                    .accessModes: ["ReadWriteOnce"], .resources: [.requests: [.storage: "1Gi"]],
                ],
            ]
        ]
        try world.create(.statefulSet, set)
        try world.create(
            .podDisruptionBudget,
            [
                .metadata: [.name: "web"],
                .spec: [.minAvailable: 1, .selector: [.matchLabels: ["app": "web"]]],
            ])
        try world.create(
            .horizontalPodAutoscaler,
            [
                .metadata: [.name: "set"],
                .spec: [
                    .scaleTargetRef: [.apiVersion: "apps/v1", .kind: "ReplicaSet", .name: "set"],
                    .minReplicas: 2, .maxReplicas: 4,
                ],
            ])
        world.cluster.loads.set(
            .replicaSet, ObjectKey(namespace: "default", name: "set"), to: .utilization(80))
    }

    private func jobs(_ world: WholeWorld) throws {
        let template: Value = [
            .spec: [
                .restartPolicy: "Never",
                .containers: [[.name: "c", .image: "busybox", .command: ["sleep", "1"]]],
            ]
        ]
        try world.create(
            .job, [.metadata: [.name: "once"], .spec: [.completions: 2, .template: template]])
        try world.create(
            .job,
            [
                .metadata: [.name: "kept"],
                .spec: [.ttlSecondsAfterFinished: 100_000, .template: template],
            ])
        try world.create(
            .cronJob,
            [
                .metadata: [.name: "tick"],
                .spec: [.schedule: "1 0 * * *", .jobTemplate: [.spec: [.template: template]]],
            ])
    }

    private func services(_ world: WholeWorld) throws {
        try world.create(
            .service,
            [
                .metadata: [.name: "web"],
                .spec: [.selector: ["app": "web"], .ports: [[.port: 80]]],
            ])
        try world.create(
            .service, [.metadata: [.name: "manual"], .spec: [.ports: [[.port: 80]]]])
        try world.create(
            .endpoints,
            [
                .metadata: [.name: "manual"],
                .subsets: [[.addresses: [[.ip: "192.0.2.1"]], .ports: [[.port: 80]]]],
            ])
    }
}
