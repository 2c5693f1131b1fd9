import Model
import Testing
import Value

@testable import Cluster

@Suite("config maps and secrets that pods need")
struct ConfigReferenceTests {
    private func environment(_ source: Value) -> Value {
        [
            .containers: [
                [.name: "main", .image: "app:1", .env: [[.name: "A", .valueFrom: source]]]
            ]
        ]
    }

    private static let sources: [(Value, String)] = {
        let noMap: Value = [.configMapKeyRef: [.name: "none", .key: "k"]]
        let noSecret: Value = [.secretKeyRef: [.name: "none", .key: "k"]]
        let noKey: Value = [.configMapKeyRef: [.name: "some", .key: "k"]]
        let optional: Value = [.configMapKeyRef: [.name: "none", .key: "k", .optional: true]]
        let there: Value = [.configMapKeyRef: [.name: "some", .key: "level"]]
        let optionalKey: Value = [.configMapKeyRef: [.name: "some", .key: "k", .optional: true]]
        return [
            (noMap, "configmap \"none\" not found"), (noSecret, "secret \"none\" not found"),
            (noKey, "couldn't find key k in ConfigMap default/some"), (optional, ""), (there, ""),
            (optionalKey, ""),
        ]
    }()

    @Test("an environment that cannot be made", arguments: sources)
    func environmentFaults(_ source: Value, _ fault: String) throws {
        let world = try PodWorld()
        try world.world.create(
            .configMap, [.metadata: [.name: "some"], .data: ["level": "debug"]])
        try world.run("pod", environment(source))
        try world.advance(14)
        if fault.isEmpty { return #expect(try world.state("pod") == "running") }
        #expect(try world.state("pod") == "waiting CreateContainerConfigError")
        #expect(try world.container("pod")[.state][.waiting].text(.message) == fault)
        #expect(try world.status("pod").text(.phase) == "Pending")
        #expect(world.events("pod", ["Failed"]) == ["Failed: Error: \(fault) x2"])
    }

    @Test("envFrom comes before env, and the missing object may come later")
    func later() throws {
        let world = try PodWorld()
        try world.run(
            "pod",
            [
                .containers: [
                    [.name: "main", .image: "app:1", .envFrom: [[.secretRef: [.name: "pw"]]]]
                ]
            ])
        _ = try world.cluster.settle()
        #expect(try world.state("pod") == "waiting CreateContainerConfigError")
        try world.world.create(.secret, [.metadata: [.name: "pw"]])
        _ = try world.cluster.settle()
        #expect(try world.state("pod") == "running")
    }

    private static let volumes: [(Value, String)] = {
        let noMap: Value = [.configMap: [.name: "none"]]
        let noSecret: Value = [.secret: [.secretName: "none"]]
        let noKey: Value = [.configMap: [.name: "some", .items: [[.key: "k", .path: "k"]]]]
        let projected: Value = [.projected: [.sources: [[.secret: [.name: "none"]]]]]
        return [
            (noMap, "configmap \"none\" not found"), (noSecret, "secret \"none\" not found"),
            (noKey, "references non-existent config key: k"),
            (projected, "secret \"none\" not found"),
        ]
    }()

    @Test("a volume that cannot be set up", arguments: volumes)
    func volumeFaults(_ source: Value, _ fault: String) throws {
        let world = try PodWorld()
        try world.world.create(
            .configMap, [.metadata: [.name: "some"], .data: ["level": "debug"]])
        var volume = source
        volume[.name] = "conf"
        try world.run("pod", [.volumes: [volume]])
        try world.advance(200)
        #expect(try world.state("pod") == "waiting ContainerCreating")
        #expect(try world.condition("pod", "PodReadyToStartContainers")?.status == "False")
        // At 0.5, 1, 2, 4, 8.5 … 128.5 s.
        #expect(
            world.events("pod", ["FailedMount"]) == [
                "FailedMount: MountVolume.SetUp failed for volume \"conf\" : \(fault) x9",
                "FailedMount: Unable to attach or mount volumes: unmounted volumes=[conf], "
                    + "unattached volumes=[], failed to process volumes=[]: "
                    + "context deadline exceeded",
            ])
    }

    @Test("volumes are set up soon after their config map is there")
    func mountLater() throws {
        let world = try PodWorld()
        try world.run("pod", [.volumes: [[.name: "conf", .configMap: [.name: "settings"]]]])
        try world.advance(100)
        try world.world.create(.configMap, [.metadata: [.name: "settings"]])
        _ = try world.cluster.settle()
        #expect(try world.state("pod") == "running")
    }
}
