import Testing
import Value

@testable import Printers

@Suite struct RolloutStatusTests {
    /// The message, with "(done)" in front when kubectl would stop.
    private func status(_ workload: Value, revision: Int = 0) -> String {
        do {
            let status = try RolloutStatus.of(workload, revision: revision)
            return (status.isDone ? "(done) " : "") + status.message
        } catch {
            return "error: \(error.message)"
        }
    }

    @Test(arguments: [
        ("1, \"updatedReplicas\": 3", "Waiting for deployment spec update to be observed..."),
        (
            "2, \"updatedReplicas\": 1, \"replicas\": 3",
            "Waiting for deployment \"w\" rollout to finish: 1 out of 3 new replicas have been updated..."
        ),
        (
            "2, \"updatedReplicas\": 3, \"replicas\": 5, \"availableReplicas\": 3",
            "Waiting for deployment \"w\" rollout to finish: 2 old replicas are pending termination..."
        ),
        (
            "2, \"updatedReplicas\": 3, \"replicas\": 3, \"availableReplicas\": 2",
            "Waiting for deployment \"w\" rollout to finish: 2 of 3 updated replicas are available..."
        ),
        (
            "2, \"updatedReplicas\": 3, \"replicas\": 3, \"availableReplicas\": 3",
            "(done) deployment \"w\" successfully rolled out"
        ),
        (
            "2, \"conditions\": [{\"type\": \"Progressing\", \"reason\": \"ProgressDeadlineExceeded\"}]",
            "error: deployment \"w\" exceeded its progress deadline"
        ),
    ])
    func ofADeployment(_ fields: String, _ expected: String) {
        let deployment = object(
            "apps/v1", "Deployment", "w", metadata: "\"generation\": 2",
            "\"spec\": {\"replicas\": 3}, \"status\": {\"observedGeneration\": \(fields)}")
        #expect(status(deployment) == expected)
    }

    @Test(arguments: [
        (1, "error: desired revision (1) is different from the running revision (4)"),
        (4, "(done) deployment \"w\" successfully rolled out"),
    ])
    func ofARevision(_ revision: Int, _ expected: String) {
        let deployment = object(
            "apps/v1", "Deployment", "w",
            metadata: #""annotations": {"deployment.kubernetes.io/revision": "4"}"#,
            #""spec": {"replicas": 0}, "status": {}"#)
        #expect(status(deployment, revision: revision) == expected)
    }

    @Test(arguments: [
        ("1", "Waiting for daemon set spec update to be observed..."),
        (
            "2, \"desiredNumberScheduled\": 3, \"updatedNumberScheduled\": 1",
            "Waiting for daemon set \"w\" rollout to finish: 1 out of 3 new pods have been updated..."
        ),
        (
            "2, \"desiredNumberScheduled\": 3, \"updatedNumberScheduled\": 3, \"numberAvailable\": 2",
            "Waiting for daemon set \"w\" rollout to finish: 2 of 3 updated pods are available..."
        ),
        (
            "2, \"desiredNumberScheduled\": 1, \"updatedNumberScheduled\": 1, \"numberAvailable\": 1",
            "(done) daemon set \"w\" successfully rolled out"
        ),
    ])
    func ofADaemonSet(_ fields: String, _ expected: String) {
        let set = object(
            "apps/v1", "DaemonSet", "w", metadata: "\"generation\": 2",
            """
            "spec": {"updateStrategy": {"type": "RollingUpdate"}},
            "status": {"observedGeneration": \(fields)}
            """)
        #expect(status(set) == expected)
    }

    @Test(arguments: [
        ("{}", "0", "Waiting for statefulset spec update to be observed..."),
        ("{}", "2, \"readyReplicas\": 1", "Waiting for 2 pods to be ready..."),
        (
            "{\"partition\": 1}", "2, \"readyReplicas\": 3, \"updatedReplicas\": 1",
            "Waiting for partitioned roll out to finish: 1 out of 2 new pods have been updated..."
        ),
        (
            "{\"partition\": 1}", "2, \"readyReplicas\": 3, \"updatedReplicas\": 2",
            "(done) partitioned roll out complete: 2 new pods have been updated..."
        ),
        (
            "{\"partition\": 0}", "2, \"readyReplicas\": 3, \"updatedReplicas\": 3",
            "(done) partitioned roll out complete: 3 new pods have been updated..."
        ),
        (
            "null",
            "2, \"readyReplicas\": 3, \"updatedReplicas\": 2, \"updateRevision\": \"w-2\", \"currentRevision\": \"w-1\"",
            "waiting for statefulset rolling update to complete 2 pods at revision w-2..."
        ),
        (
            "null",
            "2, \"readyReplicas\": 3, \"currentReplicas\": 3, \"updateRevision\": \"w-2\", \"currentRevision\": \"w-2\"",
            "(done) statefulset rolling update complete 3 pods at revision w-2..."
        ),
    ])
    func ofAStatefulSet(_ rolling: String, _ fields: String, _ expected: String) {
        let set = object(
            "apps/v1", "StatefulSet", "w", metadata: "\"generation\": 2",
            """
            "spec": {"replicas": 3, "updateStrategy": {"type": "RollingUpdate",
             "rollingUpdate": \(rolling)}},
            "status": {"observedGeneration": \(fields)}
            """)
        #expect(status(set) == expected)
    }

    @Test(arguments: ["DaemonSet", "StatefulSet"])
    func onDeleteHasNoStatus(_ kind: String) {
        let set = object(
            "apps/v1", kind, "w", #""spec": {"updateStrategy": {"type": "OnDelete"}}"#)
        #expect(
            status(set) == "error: rollout status is only available for RollingUpdate strategy type"
        )
    }
}
