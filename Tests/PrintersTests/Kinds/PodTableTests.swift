import Testing
import Value

@testable import Printers

@Suite struct PodTableTests {
    /// A pod of the containers `c…` of `statuses`, with further fields of spec and status.
    private func pod(
        _ statuses: String, spec: String = "", status: String = "\"phase\": \"Running\"",
        metadata: String = "", containers: Int = 1
    ) -> Value {
        let list = (1...containers).map { "{\"name\": \"c\($0)\", \"image\": \"i\"}" }
        return object(
            "v1", "Pod", "p", metadata: metadata,
            """
            "spec": {"containers": [\(list.joined(separator: ", "))]\(spec.isEmpty ? "" : ", ")\(spec)},
            "status": {\(status), "containerStatuses": [\(statuses)]}
            """)
    }

    /// READY, STATUS and RESTARTS.
    private func cells(_ pod: Value) -> [String] {
        let context = TableContext(now: now)
        return Table.pod.columns[1...3].map { $0.cell(pod, context) }
    }

    private static let running = """
        {"name": "c1", "ready": true, "restartCount": 0, "state": {"running": {}}}
        """

    @Test func aRunningPodIsReady() {
        #expect(cells(pod(Self.running)) == ["1/1", "Running", "0"])
    }

    @Test func aPodWithoutStatusesShowsItsPhase() {
        #expect(cells(pod("", status: "\"phase\": \"Pending\"")) == ["0/1", "Pending", "0"])
    }

    @Test func aWaitingContainerGivesItsReason() {
        let waiting = """
            {"name": "c1", "ready": false, "restartCount": 0,
             "state": {"waiting": {"reason": "ContainerCreating"}}}
            """
        #expect(
            cells(pod(waiting, status: "\"phase\": \"Pending\""))
                == ["0/1", "ContainerCreating", "0"])
    }

    @Test func restartsTellWhenTheLastOneWas() {
        let crashing = """
            {"name": "c1", "ready": false, "restartCount": 3,
             "state": {"waiting": {"reason": "CrashLoopBackOff"}},
             "lastState": {"terminated": {"exitCode": 1, "finishedAt": "\(ago(130))"}}}
            """
        #expect(cells(pod(crashing)) == ["0/1", "CrashLoopBackOff", "3 (2m10s ago)"])
    }

    @Test func restartsOfSeveralContainersAddUpAndTheLatestCounts() {
        let statuses = """
            {"name": "c1", "ready": true, "restartCount": 1, "state": {"running": {}},
             "lastState": {"terminated": {"exitCode": 1, "finishedAt": "\(ago(40))"}}},
            {"name": "c2", "ready": true, "restartCount": 2, "state": {"running": {}},
             "lastState": {"terminated": {"exitCode": 1, "finishedAt": "\(ago(90))"}}}
            """
        #expect(cells(pod(statuses, containers: 2)) == ["2/2", "Running", "3 (40s ago)"])
    }

    @Test(arguments: [
        (#"{"exitCode": 0, "reason": "Completed"}"#, "Completed"),
        (#"{"exitCode": 137, "reason": "OOMKilled"}"#, "OOMKilled"),
        (#"{"exitCode": 3}"#, "ExitCode:3"),
        (#"{"exitCode": 137, "signal": 9}"#, "Signal:9"),
    ])
    func anEndedContainerGivesItsReasonOrCode(_ terminated: String, _ status: String) {
        let ended = """
            {"name": "c1", "ready": false, "restartCount": 0, "state": {"terminated": \(terminated)}}
            """
        #expect(cells(pod(ended, status: "\"phase\": \"Succeeded\"")) == ["0/1", status, "0"])
    }

    @Test(arguments: [("True", "Running"), ("False", "NotReady")])
    func aDoneContainerBesideARunningOneDoesNotHideIt(_ ready: String, _ status: String) {
        let statuses = """
            {"name": "c1", "ready": false, "state": {"terminated": {"exitCode": 0, "reason": "Completed"}}},
            {"name": "c2", "ready": true, "state": {"running": {}}}
            """
        let conditions = """
            "phase": "Running", "conditions": [{"type": "Ready", "status": "\(ready)"}]
            """
        #expect(cells(pod(statuses, status: conditions, containers: 2)) == ["1/2", status, "0"])
    }

    @Test(arguments: [
        (#"{"running": {}}"#, "Init:1/2"),
        (#"{"waiting": {"reason": "PodInitializing"}}"#, "Init:1/2"),
        (#"{"waiting": {"reason": "CrashLoopBackOff"}}"#, "Init:CrashLoopBackOff"),
        (#"{"terminated": {"exitCode": 2, "reason": "Error"}}"#, "Init:Error"),
        (#"{"terminated": {"exitCode": 2}}"#, "Init:ExitCode:2"),
        (#"{"terminated": {"exitCode": 143, "signal": 15}}"#, "Init:Signal:15"),
    ])
    func theFirstUnfinishedInitContainerDecides(_ state: String, _ status: String) {
        let pod = pod(
            #"{"name": "c1", "ready": false, "state": {"waiting": {"reason": "PodInitializing"}}}"#,
            spec: #""initContainers": [{"name": "i1"}, {"name": "i2"}]"#,
            status: """
                "phase": "Pending", "initContainerStatuses": [
                {"name": "i1", "restartCount": 1, "state": {"terminated": {"exitCode": 0}}},
                {"name": "i2", "restartCount": 2, "state": \(state)}]
                """)
        #expect(cells(pod) == ["0/1", status, "3"])
    }

    @Test func finishedInitContainersLeaveTheRestartsToTheContainers() {
        let pod = pod(
            Self.running, spec: #""initContainers": [{"name": "i1"}]"#,
            status: """
                "phase": "Running", "initContainerStatuses": [
                {"name": "i1", "restartCount": 5, "state": {"terminated": {"exitCode": 0}}}]
                """)
        #expect(cells(pod) == ["1/1", "Running", "0"])
    }

    @Test func sidecarsCountAsContainers() {
        let pod = pod(
            Self.running,
            spec: #""initContainers": [{"name": "s", "restartPolicy": "Always"}]"#,
            status: """
                "phase": "Running", "initContainerStatuses": [
                {"name": "s", "ready": true, "started": true, "restartCount": 2,
                 "state": {"running": {}},
                 "lastState": {"terminated": {"exitCode": 1, "finishedAt": "\(ago(20))"}}}]
                """)
        #expect(cells(pod) == ["2/2", "Running", "2 (20s ago)"])
    }

    @Test func aDeletedPodIsTerminatingUntilItsContainersAreDone() {
        let deleted = #""deletionTimestamp": "2025-01-01T00:10:00Z""#
        #expect(cells(pod(Self.running, metadata: deleted)) == ["1/1", "Terminating", "0"])
        let ended =
            #"{"name": "c1", "state": {"terminated": {"exitCode": 0, "reason": "Completed"}}}"#
        #expect(
            cells(pod(ended, status: "\"phase\": \"Succeeded\"", metadata: deleted))
                == ["0/1", "Completed", "0"])
        let lost = #""phase": "Running", "reason": "NodeLost""#
        #expect(cells(pod(Self.running, status: lost, metadata: deleted))[1] == "Unknown")
    }

    @Test(arguments: [
        (#""phase": "Failed", "reason": "Evicted""#, "Evicted"),
        (
            #""phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "SchedulingGated"}]"#,
            "SchedulingGated"
        ),
        (
            #""phase": "Pending", "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable"}]"#,
            "Pending"
        ),
    ])
    func theReasonOfThePodReplacesItsPhase(_ status: String, _ word: String) {
        #expect(cells(pod("", status: status))[1] == word)
    }

    @Test func wideOutputAddsAddressNodeAndGates() {
        let bound = object(
            "v1", "Pod", "web-1",
            """
            "spec": {"nodeName": "node-1", "containers": [{"name": "c"}],
             "readinessGates": [{"conditionType": "a"}, {"conditionType": "b"}]},
            "status": {"phase": "Running", "podIPs": [{"ip": "10.0.0.7"}],
             "conditions": [{"type": "a", "status": "True"}, {"type": "b", "status": "False"}]}
            """)
        let waiting = object(
            "v1", "Pod", "web-2",
            """
            "spec": {"containers": [{"name": "c"}]},
            "status": {"phase": "Pending", "nominatedNodeName": "node-2"}
            """)
        #expect(
            table(bound, waiting, options: TableOptions(isWide: true)) == """
                NAME    READY   STATUS    RESTARTS   AGE   IP         NODE     NOMINATED NODE   READINESS GATES
                web-1   0/1     Running   0          5m    10.0.0.7   node-1   <none>           1/2
                web-2   0/1     Pending   0          5m    <none>     <none>   node-2           <none>

                """)
    }
}
