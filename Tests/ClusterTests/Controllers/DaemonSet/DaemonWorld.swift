import Model
import Testing
import Value

@testable import Cluster

/// A world with three nodes and one DaemonSet.
struct DaemonWorld {
    let world: ControllerWorld
    let controller = DaemonSetController()

    init(nodes: Int = 3, configure: (inout ClusterOptions) -> Void = { _ in }) throws {
        world = ControllerWorld([controller], configure: configure)
        try world.createNodes(nodes)
    }

    static func manifest(
        unavailable: Value = 1, surge: Value = 0, strategy: String = "RollingUpdate",
        minReadySeconds: Int = 0
    ) -> Value {
        var result: Value = [
            .metadata: [.name: "agent"],
            .spec: [
                .revisionHistoryLimit: 10, .selector: [.matchLabels: ["app": "agent"]],
                .template: [
                    .metadata: [.labels: ["app": "agent"]],
                    .spec: [.containers: [[.name: "c", .image: "agent:v1"]]],
                ],
                .updateStrategy: [.type: Value(strategy)],
            ],
        ]
        if minReadySeconds > 0 { result[.spec][.minReadySeconds] = Value(minReadySeconds) }
        if strategy == "RollingUpdate" {
            result[.spec][.updateStrategy][.rollingUpdate] = [
                .maxSurge: surge, .maxUnavailable: unavailable,
            ]
        }
        return result
    }

    func create(_ manifest: Value) throws {
        try world.api.create(.daemonSet, manifest, in: "default")
        try settle()
    }

    func change(_ change: (inout Value) -> Void) throws {
        try world.api.modify(#require(world.get(.daemonSet, "agent")), change)
    }

    func setImage(_ image: String) throws {
        try change { $0[.spec][.template][.spec][.containers][0][.image] = Value(image) }
    }

    func settle() throws { try world.cluster.advance(by: 20_000) }

    var set: DaemonSetView { DaemonSetView(world.get(.daemonSet, "agent")?.value ?? .null) }

    /// Node to image of the pods that are not being deleted.
    var images: [String: String] {
        var result: [String: String] = [:]
        for pod in world.list(.pod) where !pod.isDeleting {
            result[pod.nodeName ?? ""] = pod.value[.spec][.containers][0][.image].string
        }
        return result
    }

    /// The pod meant for a node that is not being deleted.
    func pod(on node: String) throws -> StoredObject {
        try #require(
            world.list(.pod).first { DaemonPods.targetNode($0) == node && !$0.isDeleting })
    }

    /// Writes a pod's readiness as its kubelet or the node controller would.
    func setReady(_ pod: StoredObject, _ isReady: Bool) throws {
        let time = world.api.timestamp
        try world.api.modifyStatus(pod) {
            $0[.conditions] = [
                [
                    .type: "Ready", .status: isReady ? "True" : "False",
                    .lastTransitionTime: time,
                ]
            ]
        }
    }

    func taint(_ node: String, _ taints: Value) throws {
        try world.api.modify(#require(world.node(node))) { $0[.spec][.taints] = taints }
    }
}
