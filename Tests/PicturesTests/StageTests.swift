import Testing
import Value

@testable import Pictures

@Suite struct StageTests {
    private static func pod(_ status: Value, node: Value = "n", deleted: Value = .null) -> Value {
        [
            .metadata: ["deletionTimestamp": deleted], .spec: ["nodeName": node],
            .status: status,
        ]
    }

    private static let isReady: Value = [["type": "Ready", "status": "True"]]
    private static func waiting(_ reason: Value) -> Value {
        [["state": ["waiting": ["reason": reason]]]]
    }

    @Test(
        "a pod's stage",
        arguments: [
            (pod([:], node: .null), false, Stage.pending),
            (pod(["phase": "Pending"]), false, .starting),
            (pod(["phase": "Pending"]), true, .pulling),
            (pod(["containerStatuses": waiting("ContainerCreating")]), false, .starting),
            (pod(["containerStatuses": waiting("ImagePullBackOff")]), false, .failing),
            (pod(["initContainerStatuses": waiting("CrashLoopBackOff")]), false, .failing),
            (
                pod(["containerStatuses": [["state": ["terminated": ["exitCode": 1]]]]]), false,
                .failing
            ),
            (
                pod([
                    "containerStatuses": [["state": ["terminated": ["exitCode": 0]]]]
                ]), false, .starting
            ),
            (pod(["phase": "Running", "conditions": isReady]), false, .ready),
            (pod(["phase": "Running", "conditions": isReady], deleted: "x"), false, .terminating),
            (pod(["phase": "Succeeded"]), false, .succeeded),
            (pod(["phase": "Failed"]), false, .failed),
        ] as [(Value, Bool, Stage)])
    func pods(pod: Value, isPulling: Bool, stage: Stage) {
        #expect(Stage(pod: pod, isPulling: isPulling) == stage)
    }

    @Test("a node's stage")
    func nodes() {
        let ready: Value = [.status: ["conditions": Self.isReady]]
        #expect(Stage(node: ready) == .nodeReady)
        #expect(
            Stage(node: [.spec: ["unschedulable": true], .status: ["conditions": Self.isReady]])
                == .nodeCordoned)
        #expect(Stage(node: [:]) == .nodeNotReady)
    }

    @Test("signs are distinct, and none is a letter of a revision but that of starting pods")
    func signs() {
        #expect(Set(Stage.allCases.map(\.sign)).count == Stage.allCases.count)
        #expect(
            Stage.allCases.filter { $0.sign.isLetter }.map(\.self) == [.starting, .terminating])
    }
}
