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
        #expect(try status(world, "ScalingActive") == "True ValidMetricFound")
        if wanted > 2 {
            #expect(
                world.events("web", kind: "HorizontalPodAutoscaler").contains(
                    "SuccessfulRescale: New size: \(wanted); reason: cpu resource utilization "
                        + "(percentage of request) above target"))
        }
    }

    @Test("a load that is shared comes to rest when there are enough pods")
    func sharedLoad() throws {
        let world = try world()
        world.cluster.loads.set(
            .replicaSet, Self.web, to: .total(Quantity(milli: 480)))
        try world.advance(seconds: 120)
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
            world.events("web", kind: "HorizontalPodAutoscaler").last
                == "SuccessfulRescale: New size: 2; reason: All metrics below target")
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
        #expect(try status(world, "ScalingActive") == "False FailedGetResourceMetric")
    }

    @Test("a target of zero replicas turns scaling off")
    func zero() throws {
        let world = try world(replicas: 0)
        try world.advance(seconds: 16)
        #expect(try replicas(world) == 0)
        #expect(try status(world, "ScalingActive") == "False ScalingDisabled")
    }

    @Test("metrics of pods, of objects and from outside scale like resources")
    func otherMetrics() throws {
        for metric in [
            [
                .type: "Pods",
                .pods: [
                    "metric": [.name: "rps"],
                    .target: [.type: "AverageValue", .averageValue: "10"],
                ],
            ],
            [
                .type: "External",
                .external: [
                    "metric": [.name: "rps"],
                    .target: [.type: "AverageValue", .averageValue: "10"],
                ],
            ],
        ] as [Value] {
            let world = try world([.metrics: [metric]])
            world.cluster.loads.set(
                .replicaSet, Self.web, metric: "rps", to: .total(Quantity(40)))
            try world.advance(seconds: 16)
            #expect(try replicas(world) == 4)
        }
    }
}
