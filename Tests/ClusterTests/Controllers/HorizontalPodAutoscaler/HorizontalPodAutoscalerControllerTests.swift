import API
import Model
import Support
import Testing
import Value

@testable import Cluster

@Suite("autoscaling")
struct HorizontalPodAutoscalerControllerTests {
    private static let web = ObjectKey(namespace: "default", name: "web")

    private func world(replicas: Int = 2, _ spec: Value = .null) throws -> WholeWorld {
        let world = try WholeWorld(nodes: 3)
        var set = WholeWorld.replicaSet("web", replicas: replicas)
        set[.spec][.template][.spec][.containers][0][.resources] = [.requests: [.cpu: "100m"]]
        try world.create(.replicaSet, set)
        var autoscaler: Value = [
            .metadata: [.name: "web"],
            .spec: [
                .scaleTargetRef: [.apiVersion: "apps/v1", .kind: "ReplicaSet", .name: "web"],
                .minReplicas: 2, .maxReplicas: 10,
            ],
        ]
        for field in spec.fields { autoscaler[.spec][field.key] = field.value }
        try world.create(.horizontalPodAutoscaler, autoscaler)
        try world.settle()
        return world
    }

    private func replicas(_ world: WholeWorld) throws -> Int {
        try world.found(.replicaSet, "web").value[.spec].int(.replicas)
    }

    private func status(_ world: WholeWorld, _ type: String) throws -> String {
        let condition = world.condition(try world.found(.horizontalPodAutoscaler, "web"), type)
        return "\(condition?.status ?? "-") \(condition?.reason ?? "-")"
    }

    private func events(_ world: WholeWorld) -> [String] {
        world.events("web", kind: "HorizontalPodAutoscaler")
    }

    @Test(
        "replicas follow the ratio of measured to wanted, rounded up, within 10 % not at all",
        arguments: [(160, 4), (85, 2), (100, 3), (90, 3), (75, 2)])
    func ratio(percent: Int, wanted: Int) throws {
        let world = try world()
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(percent))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == wanted)
        let metric = try world.found(.horizontalPodAutoscaler, "web").value[.status][
            .currentMetrics][0][.resource][.current]
        #expect(metric.int(.averageUtilization) == percent)
        #expect(metric.text(.averageValue) == "\(percent)m")
        #expect(try status(world, "ScalingActive") == "True ValidMetricFound")
        if wanted > 2 {
            #expect(
                events(world).contains(
                    "SuccessfulRescale: New size: \(wanted); reason: cpu resource utilization "
                        + "(percentage of request) above target"))
        }
    }

    @Test("a load that is shared comes to rest when there are enough pods")
    func sharedLoad() throws {
        let world = try world()
        world.cluster.loads.set(
            .replicaSet, Self.web, to: .total(Quantity(milli: 480)))
        try world.advance(seconds: 240)
        #expect(try replicas(world) == 6)
    }

    @Test("growth is limited to double the size, and by the maximum")
    func growth() throws {
        let world = try world()
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(1_000))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 4)
        #expect(try status(world, "ScalingLimited") == "True ScaleUpLimit")
        try world.advance(seconds: 45)
        #expect(try replicas(world) == 10)
        #expect(try status(world, "ScalingLimited") == "True TooManyReplicas")
    }

    @Test("shrinking waits until five minutes have not asked for more")
    func shrinking() throws {
        let world = try world()
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(160))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 4)
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(10))
        try world.advance(seconds: 240)
        #expect(try replicas(world) == 4)
        #expect(try status(world, "AbleToScale") == "True ScaleDownStabilized")
        try world.advance(seconds: 90)
        #expect(try replicas(world) == 2)
        #expect(
            events(world).last == "SuccessfulRescale: New size: 2; reason: All metrics below target"
        )
    }

    @Test("a behavior sets window and speed")
    func behavior() throws {
        let world = try world(
            replicas: 8,
            [
                .behavior: [
                    .scaleDown: [
                        .stabilizationWindowSeconds: 0,
                        .policies: [[.type: "Pods", .value: 1, .periodSeconds: 60]],
                    ]
                ]
            ])
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(10))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 7)
        #expect(try status(world, "ScalingLimited") == "True ScaleDownLimit")
        try world.advance(seconds: 60)
        #expect(try replicas(world) == 6)
    }

    @Test(
        "a size outside the limits is put right without any metric",
        arguments: [
            (1, 2, "Current number of replicas below Spec.MinReplicas"),
            (12, 10, "Current number of replicas above Spec.MaxReplicas"),
        ])
    func limits(before: Int, after: Int, reason: String) throws {
        let world = try world(replicas: before)
        try world.advance(seconds: 16)
        #expect(try replicas(world) == after)
        #expect(
            world.events("web", kind: "HorizontalPodAutoscaler").first
                == "SuccessfulRescale: New size: \(after); reason: \(reason)")
    }

    @Test("without metrics the size stays, and the autoscaler says what is missing")
    func noMetrics() throws {
        let world = try world()
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 2)
        let inner =
            "failed to get cpu utilization: unable to get metrics for resource cpu: unable to fetch "
            + "metrics from resource metrics API: the server could not find the requested resource "
            + "(get pods.metrics.k8s.io)"
        let autoscaler = try world.found(.horizontalPodAutoscaler, "web")
        let condition = world.condition(autoscaler, "ScalingActive")
        #expect(condition?.reason == "FailedGetResourceMetric")
        #expect(
            condition?.message == "the HPA was unable to compute the replica count: " + inner)
        #expect(
            events(world) == [
                "FailedGetResourceMetric: " + inner,
                "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error is: "
                    + "failed to get cpu resource metric value: " + inner,
            ])
        #expect(autoscaler.value[.status][.currentMetrics] == [[.type: ""]])
        #expect(autoscaler.value[.status].int(.currentReplicas) == 2)
    }

    @Test("a container without a request has no utilization")
    func noRequest() throws {
        let world = try world()
        try world.modify(.replicaSet, "web") {
            $0[.spec][.template][.spec][.containers][0][.resources] = .emptyObject
        }
        for pod in world.list(.pod) { try world.delete(.pod, pod.name) }
        try world.settle()
        world.cluster.loads.set(.replicaSet, Self.web, to: .perPod(Quantity(milli: 80)))
        try world.advance(seconds: 60)
        let condition = world.condition(
            try world.found(.horizontalPodAutoscaler, "web"), "ScalingActive")
        #expect(
            condition?.message.hasPrefix(
                "the HPA was unable to compute the replica count: failed to get cpu utilization: "
                    + "missing request for cpu in container main of Pod web-") == true)
    }

    @Test("two autoscalers for the same pods do nothing, and say so")
    func ambiguous() throws {
        let world = try world()
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(160))
        var second = try world.found(.horizontalPodAutoscaler, "web").value
        second[.metadata] = [.name: "rival"]
        second[.status] = .null
        try world.create(.horizontalPodAutoscaler, second)
        try world.advance(seconds: 50)
        #expect(try status(world, "ScalingActive") == "False AmbiguousSelector")
        #expect(
            events(world).contains(
                "AmbiguousSelector: pods by selector app=web are controlled by multiple HPAs: "
                    + "[default/rival default/web]"))
    }

    @Test("a target that does not exist is told in the words of its registry")
    func noTarget() throws {
        let world = try world()
        try world.delete(.replicaSet, "web")
        try world.advance(seconds: 31)
        #expect(try status(world, "AbleToScale") == "False FailedGetScale")
        #expect(
            events(world).contains("FailedGetScale: replicasets.apps \"web\" not found"))
    }

    @Test("of several metrics the greatest wish counts; one that fails only keeps from shrinking")
    func severalMetrics() throws {
        let world = try world([
            .metrics: [
                [
                    .type: "Resource",
                    .resource: [
                        .name: "cpu", .target: [.type: "Utilization", .averageUtilization: 80],
                    ],
                ],
                [
                    .type: "Pods",
                    .pods: [
                        "metric": [.name: "rps"],
                        .target: [.type: "AverageValue", .averageValue: "10"],
                    ],
                ],
            ]
        ])
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(160))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 4)
        #expect(
            events(world).contains(
                "FailedGetPodsMetric: unable to get metric rps: unable to fetch metrics from custom "
                    + "metrics API: no custom metrics API (custom.metrics.k8s.io) registered"))
        world.cluster.loads.set(.replicaSet, Self.web, to: .utilization(10))
        try world.advance(seconds: 60)
        #expect(try status(world, "ScalingActive") == "False FailedGetPodsMetric")
        world.cluster.loads.set(
            .replicaSet, Self.web, metric: "rps", to: .perPod(Quantity(Int64(20))))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 8)
    }

    @Test("a target of zero replicas turns scaling off")
    func zero() throws {
        let world = try world(replicas: 0)
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 0)
        #expect(try status(world, "ScalingActive") == "False ScalingDisabled")
    }

    @Test(
        "metrics of pods, of objects and from outside scale like resources",
        arguments: [
            ("Pods", "AverageValue", 4, "pods metric rps"),
            ("Object", "Value", 4, "Service metric rps"),
            ("Object", "AverageValue", 4, "external metric rps(nil)"),
            ("External", "Value", 4, "external metric rps(nil)"),
            ("External", "AverageValue", 4, "external metric rps(nil)"),
        ])
    func otherMetrics(type: String, target: String, wanted: Int, name: String) throws {
        let amount: Value = target == "Value" ? "20" : "10"
        var source: Value = ["metric": [.name: "rps"]]
        source[.target][.type] = Value(target)
        source[.target][Key(target == "Value" ? "value" : "averageValue")] = amount
        if type == "Object" {
            source["describedObject"] = [.apiVersion: "v1", .kind: "Service", .name: "kubernetes"]
        }
        var metric: Value = [.type: Value(type)]
        metric[Key(type.lowercased())] = source
        let world = try world([.metrics: [metric]])
        let loads = Quantity(Int64(40))
        switch type {
        case "Pods":
            world.cluster.loads.set(.replicaSet, Self.web, metric: "rps", to: .total(loads))
        case "Object":
            let key = ObjectKey(namespace: "default", name: "kubernetes")
            world.cluster.loads.set(.service, key, metric: "rps", to: .total(loads))
        default: world.cluster.loads.setExternal("rps", to: loads)
        }
        try world.advance(seconds: 16)
        #expect(try replicas(world) == wanted)
        #expect(
            events(world).contains(
                "SuccessfulRescale: New size: \(wanted); reason: \(name) above target"))
    }

    @Test("what is measured from outside is chosen by its labels, and summed")
    func externalLabels() throws {
        var loads = LoadTable()
        loads.setExternal("queue", labels: ["q": "a"], to: Quantity(Int64(10)))
        loads.setExternal("queue", labels: ["q": "b"], to: Quantity(Int64(5)))
        loads.setExternal("queue", labels: ["q": "a"], to: Quantity(Int64(20)))
        #expect(loads.external("queue", .everything).map(\.text) == ["20", "5"])
        #expect(
            loads.external("queue", try LabelSelector(parsing: "q=b")).map(\.text) == ["5"])
        #expect(loads.external("other", .everything).isEmpty)
    }

    @Test(
        "a container's own use counts, and a container that is not there is told",
        arguments: [
            ("main", 4, "True ValidMetricFound"),
            ("side", 2, "False FailedGetContainerResourceMetric"),
        ])
    func containers(name: String, wanted: Int, state: String) throws {
        let world = try world([
            .metrics: [
                [
                    .type: "ContainerResource",
                    .containerResource: [
                        "container": Value(name), .name: "cpu",
                        .target: [.type: "Utilization", .averageUtilization: 80],
                    ],
                ]
            ]
        ])
        world.cluster.loads.set(
            .replicaSet, Self.web, container: "main", to: .perPod(Quantity(milli: 160)))
        try world.advance(seconds: 16)
        #expect(try replicas(world) == wanted)
        #expect(try status(world, "ScalingActive") == state)
        if name == "side" {
            let pod = world.list(.pod)[0].name
            #expect(
                events(world).last
                    == "FailedComputeMetricsReplicas: invalid metrics (1 invalid out of 1), first error "
                    + "is: failed to get side container metric value: failed to get cpu utilization: "
                    + "unable to get metrics for resource cpu: container side not present in metrics "
                    + "for pod default/\(pod)")
        } else {
            #expect(
                events(world).contains(
                    "SuccessfulRescale: New size: 4; reason: cpu container resource utilization "
                        + "(percentage of request) above target"))
        }
    }
}
