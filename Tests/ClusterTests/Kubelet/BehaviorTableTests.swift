import Model
import Testing
import Value

@testable import Cluster

@Suite("which containers a behavior is for")
struct BehaviorTableTests {
    @Test(
        "images",
        arguments: [
            ("nginx", "nginx:1.25", true), ("nginx", "nginx", true),
            ("nginx", "nginx-ingress:1", false), ("nginx:1.*", "nginx:1.25", true),
            ("nginx:1.25", "nginx:1.26", false), ("reg:5000/app", "reg:5000/app:2", true),
            ("reg:5000/app", "reg:5000/app2", false), ("*", "anything:1", true),
        ])
    func images(_ pattern: String, _ image: String, _ matches: Bool) {
        let subject = BehaviorSubject(
            ObjectKey(namespace: "default", name: "pod"), container: "main", image: image, pod: nil)
        #expect(BehaviorPattern(image: pattern).matches(subject) == matches)
    }

    /// How many seconds a container's start takes by the behaviors of these patterns (1 s, 2 s, 4 s),
    /// of which the last that fits counts.
    @Test("by ordinal of a StatefulSet, index of a Job, and owner")
    func owners() throws {
        let world = try PodWorld(nodes: 2)
        let template: Value = [
            .metadata: [.labels: ["app": "x"]],
            .spec: [.containers: [[.name: "main", .image: "app:1"]]],
        ]
        func not(_ pattern: BehaviorPattern) {
            var behavior = ContainerBehavior()
            behavior.isReady = false
            world.cluster.behaviors.add(pattern, behavior)
        }
        not(BehaviorPattern(ordinal: 1, owner: .init(kind: "StatefulSet", name: "db")))
        not(BehaviorPattern(owner: .init(kind: "Deployment", name: "web")))
        var failing = ContainerBehavior()
        failing.exitAfter = 1_000
        failing.exitCode = 1
        world.cluster.behaviors.add(
            BehaviorPattern(ordinal: 1, owner: .init(kind: "Job", name: "work")), failing)
        var done = ContainerBehavior()
        done.exitAfter = 1_000
        world.cluster.behaviors.add(
            BehaviorPattern(ordinal: 0, owner: .init(kind: "Job", name: "work")), done)
        try world.world.create(
            .statefulSet,
            [
                .metadata: [.name: "db"],
                .spec: [
                    .replicas: 3, .selector: [.matchLabels: ["app": "x"]], .template: template,
                    .serviceName: "db", .podManagementPolicy: "Parallel",
                ],
            ])
        for name in ["web", "web-api"] {
            try world.world.create(
                .deployment,
                [
                    .metadata: [.name: Value(name)],
                    .spec: [
                        .selector: [.matchLabels: ["app": "x"]], .template: template,
                        .replicas: 1,
                    ],
                ])
        }
        var job = template
        job[.spec][.restartPolicy] = "Never"
        try world.world.create(
            .job,
            [
                .metadata: [.name: "work"],
                .spec: [
                    .completionMode: "Indexed", .completions: 2, .parallelism: 2,
                    .backoffLimit: 0, .template: job,
                ],
            ])
        try world.advance(10)
        let ready = try [0, 1, 2].map {
            try world.container("db-\($0)")[.ready].bool ?? false
        }
        #expect(ready == [true, false, true])
        let deployed = world.world.list(.deployment).map {
            "\($0.name) \($0.value[.status].int(.readyReplicas))"
        }
        #expect(deployed == ["web 0", "web-api 1"])
        let status = try world.world.found(.job, "work").value[.status]
        #expect(status.int(.succeeded) == 1)
        #expect(status.int(.failed) == 1)
    }
}
