import Model
import Testing
import Value

@testable import Cluster

@Suite("daemon pods")
struct DaemonPodsTests {
    @Test("six tolerations are added, in upstream's order, and a seventh with the host's network")
    func tolerations() {
        let keys = DaemonPods.withTolerations([:])[.tolerations].elements.map {
            ($0.text(.key).split(separator: "/").last ?? "") + " " + $0.text(.effect)
        }
        #expect(
            keys == [
                "not-ready NoExecute", "unreachable NoExecute", "disk-pressure NoSchedule",
                "memory-pressure NoSchedule", "pid-pressure NoSchedule", "unschedulable NoSchedule",
            ])
        let host = DaemonPods.withTolerations([.hostNetwork: true])[.tolerations].elements
        #expect(host.count == 7)
    }

    @Test("a toleration of the same key is replaced, not repeated")
    func replacement() {
        let own: Value = [
            .key: "node.kubernetes.io/not-ready", .effect: "NoExecute", .operator: "Exists",
            .tolerationSeconds: 300,
        ]
        let result = DaemonPods.withTolerations([.tolerations: [own]])[.tolerations].elements
        #expect(result.count == 6)
        #expect(result[0][.tolerationSeconds].isNull)
    }

    @Test("required node terms are replaced by the node's name, preferences stay")
    func affinity() {
        let result = DaemonPods.affinity(
            [
                .nodeAffinity: [
                    .preferredDuringSchedulingIgnoredDuringExecution: [[.weight: 1]],
                    .requiredDuringSchedulingIgnoredDuringExecution: [
                        .nodeSelectorTerms: [[.matchExpressions: [[.key: "disk"]]]]
                    ],
                ]
            ], toNode: "node-7")
        let node = result[.nodeAffinity]
        #expect(node[.preferredDuringSchedulingIgnoredDuringExecution].count == 1)
        let terms = node[.requiredDuringSchedulingIgnoredDuringExecution][.nodeSelectorTerms]
        #expect(
            terms == [
                [
                    .matchFields: [
                        [.key: "metadata.name", .operator: "In", .values: ["node-7"]]
                    ]
                ]
            ])
    }

    private func node(_ taints: Value, labels: Value = [:]) -> NodeView {
        NodeView([.metadata: [.name: "n", .labels: labels], .spec: [.taints: taints]])
    }

    @Test(
        "taints: NoSchedule keeps new pods away, NoExecute also drives out, known ones do neither")
    func taints() {
        let spec = PodSpecView(DaemonPods.withTolerations([:]))
        func judge(_ key: String, _ effect: String) -> DaemonEligibility {
            DaemonEligibility(
                spec: spec, node: node([[.key: Value(key), .effect: Value(effect)]]))
        }
        #expect(judge("key", "NoSchedule") == .init(run: false, stay: true))
        #expect(judge("key", "NoExecute") == .init(run: false, stay: false))
        #expect(judge("key", "PreferNoSchedule") == .init(run: true, stay: true))
        #expect(
            judge("node.kubernetes.io/unschedulable", "NoSchedule") == .init(run: true, stay: true))
        #expect(
            judge("node.kubernetes.io/unreachable", "NoExecute") == .init(run: true, stay: true))
        #expect(
            judge("node.kubernetes.io/unreachable", "NoSchedule") == .init(run: false, stay: true))
    }

    @Test("selector and node name decide before taints")
    func selection() {
        let spec = PodSpecView([.nodeSelector: ["disk": "ssd"]])
        #expect(
            DaemonEligibility(spec: spec, node: node([], labels: ["disk": "ssd"]))
                == .init(run: true, stay: true))
        #expect(
            DaemonEligibility(spec: spec, node: node([], labels: [:]))
                == .init(run: false, stay: false))
        #expect(
            DaemonEligibility(spec: PodSpecView([.nodeName: "other"]), node: node([]))
                == .init(run: false, stay: false))
    }

    @Test("the back-off doubles from one second, and is forgotten after half an hour")
    func backoff() {
        var backoff = DaemonBackoff()
        #expect(backoff.delay("k", now: 0) == nil)
        backoff.next("k", now: 0)
        #expect(backoff.delay("k", now: 999) == 1_000)
        #expect(backoff.delay("k", now: 1_000) == nil)
        backoff.next("k", now: 1_000)
        #expect(backoff.delay("k", now: 2_999) == 2_000)
        for _ in 0..<20 { backoff.next("k", now: 3_000) }
        #expect(backoff.delay("k", now: 3_000) == 900_000)
        backoff.next("k", now: 1_900_000)
        #expect(backoff.delay("k", now: 1_900_000) == 1_000)
    }
}

extension DaemonEligibility {
    fileprivate init(run: Bool, stay: Bool) {
        self.init()
        shouldRun = run
        shouldContinue = stay
    }
}
