import API
import ArgumentParser
import Cluster
import Value

/// Runs the engine without scripts, verbs or printing: what a profiler wants to look at.
struct EngineCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "engine",
        abstract: "Create a Deployment in a simulated cluster and roll it; for profilers.",
        shouldDisplay: false)

    @Option(help: "How many nodes the cluster has.")
    var nodes = 100

    @Option(help: "How many pods the Deployment has.")
    var pods = 1_000

    @Option(help: "How many equal worlds are run.")
    var worlds = 1

    @Flag(help: "Stop when the pods are ready, without a new image.")
    var createOnly = false

    func run() throws {
        for _ in 0..<worlds { try runWorld() }
    }

    private func runWorld() throws {
        let cluster = SimulatedCluster()
        for number in 0..<nodes { try cluster.addNode("node-\(number)") }
        _ = try cluster.settle()
        _ = try cluster.api.create(
            .deployment, namespace: "default", deployment, options: WriteOptions())
        _ = try cluster.settle()
        try report("created", cluster)
        guard !createOnly else { return }
        _ = try cluster.api.patch(
            .deployment, namespace: "default", name: "web", .strategic(newImage),
            subresource: .none, options: WriteOptions())
        _ = try cluster.settle()
        try report("rolled", cluster)
    }

    private var deployment: Value {
        [
            .apiVersion: "apps/v1", .kind: "Deployment", .metadata: [.name: "web"],
            .spec: [
                .replicas: Value(pods), .selector: [.matchLabels: ["app": "web"]],
                .template: [
                    .metadata: [.labels: ["app": "web"]],
                    .spec: [
                        .containers: [
                            [
                                .name: "web", .image: "nginx:1.24",
                                .resources: [.requests: [.cpu: "100m", .memory: "64Mi"]],
                            ]
                        ]
                    ],
                ],
            ],
        ]
    }

    private var newImage: Value {
        [
            .spec: [
                .template: [.spec: [.containers: [[.name: "web", .image: "nginx:1.25"]]]]
            ]
        ]
    }

    private func report(_ step: String, _ cluster: SimulatedCluster) throws {
        let status = try cluster.api.get(.deployment, namespace: "default", name: "web")[.status]
        print(
            "\(step): \(status.int(.availableReplicas)) available, "
                + "\(status.int(.updatedReplicas)) updated, at \(cluster.clock.now) ms; "
                + "\(cluster.clock.eventCount) steps, trace \(cluster.clock.trace)")
    }
}
