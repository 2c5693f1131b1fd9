import API
import Model
import Testing
import Value
import Verbs

/// kubectl's verbs against a double: they need no simulator.
@Suite("verbs on any cluster")
struct AnyClusterTests {
    private final class Session: SessionControl {
        var kubeConfig = KubeConfig.simulated
    }

    private let cluster = FakeCluster()
    private let session = Session()
    private let files = MemoryFiles()

    private func run(_ line: String) throws -> String {
        try Command.run(line, on: cluster.connection, session: session, files: files)
    }

    private static func metadata(_ name: String, generation: Int = 1) -> Value {
        [
            .name: Value(name), .namespace: "default", .generation: Value(generation),
            .creationTimestamp: "2025-01-01T00:00:00Z",
        ]
    }

    /// A Deployment of which so many of `replicas` are up to date and available.
    private static func deployment(replicas: Int, ready: Int, seen: Int = 1) -> Value {
        [
            .metadata: metadata("web"),
            .spec: [.replicas: Value(replicas), .selector: [.matchLabels: ["app": "web"]]],
            .status: [
                .observedGeneration: Value(seen), .replicas: Value(replicas),
                .updatedReplicas: Value(ready), .readyReplicas: Value(ready),
                .availableReplicas: Value(ready),
            ],
        ]
    }

    private static func pod(_ name: String, phase: String, isReady: Bool) -> Value {
        [
            .metadata: metadata(name), .spec: [.containers: [[.name: "c", .image: "nginx"]]],
            .status: [
                .phase: Value(phase),
                .conditions: [[.type: "Ready", .status: isReady ? "True" : "False"]],
                .containerStatuses: [
                    [
                        .name: "c", .ready: Value(isReady), .restartCount: 0,
                        .state: ["running": [:]],
                    ]
                ],
            ],
        ]
    }

    @Test("get lists and reads objects")
    func get() throws {
        cluster.put(.deployment, Self.deployment(replicas: 3, ready: 2))
        #expect(
            try run("get deploy") == """
                NAME   READY   UP-TO-DATE   AVAILABLE   AGE
                web    2/3     2            2           0s

                """)
        #expect(try run("get deploy web -o jsonpath={.spec.replicas}") == "3")
        #expect(
            try run("get deploy other") == """
                Error from server (NotFound): deployments.apps "other" not found
                [exit 1]

                """)
    }

    @Test("describe tells of an object")
    func describe() throws {
        cluster.put(.deployment, Self.deployment(replicas: 3, ready: 2))
        let text = try run("describe deploy/web")
        #expect(text.hasPrefix("Name:               web\nNamespace:          default\n"))
        #expect(text.contains("3 desired | 2 updated | 3 total | 2 available"))
    }

    @Test("scale sets the replicas")
    func scale() throws {
        cluster.put(.deployment, Self.deployment(replicas: 3, ready: 3))
        #expect(try run("scale deploy web --replicas=5") == "deployment.apps/web scaled\n")
        #expect(try run("get deploy web -o jsonpath={.spec.replicas}") == "5")
    }

    @Test("rollout status follows the watch until the rollout is done")
    func rolloutStatus() throws {
        cluster.put(.deployment, Self.deployment(replicas: 3, ready: 1))
        for (delay, ready) in [(1_000, 2), (4_000, 3)] as [(Milliseconds, Int)] {
            cluster.after(delay) { [cluster] in
                cluster.put(.deployment, Self.deployment(replicas: 3, ready: ready))
            }
        }
        #expect(
            try run("rollout status deploy/web") == """
                Waiting for deployment "web" rollout to finish: 1 out of 3 new replicas have been \
                updated...
                Waiting for deployment "web" rollout to finish: 2 out of 3 new replicas have been \
                updated...
                deployment "web" successfully rolled out

                """)
        #expect(cluster.now == 4_000)
    }

    @Test("rollout status ends when the object is deleted, and at its timeout")
    func rolloutEnds() throws {
        cluster.put(.deployment, Self.deployment(replicas: 3, ready: 1))
        #expect(
            try run("rollout status deploy/web --timeout=5s").hasSuffix(
                "error: timed out waiting for the condition\n[exit 1]\n"))
        #expect(cluster.now == 5_000)
        cluster.after(500) { [cluster] in cluster.remove(.deployment, name: "web") }
        let text = try run("rollout status deploy/web")
        #expect(text.hasSuffix("error: object has been deleted\n[exit 1]\n"))
    }

    @Test("wait waits for a condition, and no longer than its timeout")
    func wait() throws {
        cluster.put(.pod, Self.pod("p", phase: "Pending", isReady: false))
        cluster.after(3_000) { [cluster] in
            cluster.put(.pod, Self.pod("other", phase: "Running", isReady: true))
        }
        cluster.after(7_000) { [cluster] in
            cluster.put(.pod, Self.pod("p", phase: "Running", isReady: true))
        }
        #expect(
            try run("wait --for=condition=Ready pod/p --timeout=5s") == """
                error: timed out waiting for the condition on pods/p
                [exit 1]

                """)
        #expect(
            try run("wait --for=condition=Ready pod/p --timeout=5s") == "pod/p condition met\n")
        #expect(cluster.now == 7_000)
    }

    @Test("delete waits until the object is gone")
    func delete() throws {
        cluster.put(.pod, Self.pod("p", phase: "Running", isReady: true))
        #expect(try run("delete pod p") == "pod \"p\" deleted from default namespace\n")
        #expect(cluster.now == 2_000)
        cluster.put(.pod, Self.pod("p", phase: "Running", isReady: true))
        #expect(
            try run("delete pod p --wait=false") == "pod \"p\" deleted from default namespace\n")
        #expect(cluster.now == 2_000)
    }

    @Test("get -w prints what the watch tells, as it is told")
    func watch() throws {
        cluster.put(.pod, Self.pod("a", phase: "Pending", isReady: false))
        cluster.after(2_000) { [cluster] in
            cluster.put(.pod, Self.pod("a", phase: "Running", isReady: true))
        }
        cluster.after(3_000) { [cluster] in
            cluster.put(.pod, Self.pod("b", phase: "Pending", isReady: false))
        }
        cluster.after(4_000) { [cluster] in cluster.remove(.pod, name: "a") }
        let text = try run("get pods -w --output-watch-events")
        #expect(
            text == """
                EVENT      NAME   READY   STATUS    RESTARTS   AGE
                ADDED      a      0/1     Pending   0          0s
                MODIFIED   a      1/1     Running   0          2s
                ADDED      b      0/1     Pending   0          3s
                DELETED    a      1/1     Running   0          4s

                """)
    }

    @Test(
        "what only a simulated world can do says so on another cluster",
        arguments: [
            "node add n1", "node fail n1", "settle", "load deploy/web cpu=1", "log", "dig web",
        ])
    func world(line: String) throws {
        cluster.put(.deployment, Self.deployment(replicas: 1, ready: 1))
        #expect(
            try run(line) == """
                error: this is a real cluster: only a simulated world can do that
                [exit 1]

                """)
    }
}
