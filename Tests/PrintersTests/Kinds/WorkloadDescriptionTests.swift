import Testing
import Value

@testable import Printers

@Suite struct WorkloadDescriptionTests {
    private static let template = """
        "template": {"metadata": {"labels": {"app": "web"}},
         "spec": {"containers": [{"name": "nginx", "image": "nginx:1.12",
          "ports": [{"containerPort": 80, "protocol": "TCP"}]}]}}
        """

    /// What every workload above shows of its template.
    private static let templateText = """
        Pod Template:
          Labels:  app=web
          Containers:
           nginx:
            Image:         nginx:1.12
            Port:          80/TCP
            Host Port:     0/TCP
            Environment:   <none>
            Mounts:        <none>
          Volumes:         <none>
          Node-Selectors:  <none>
          Tolerations:     <none>
        """

    private func replicaSet(_ name: String, image: String, _ status: String, age: Int64) -> Value {
        object(
            "apps/v1", "ReplicaSet", name, age: age,
            metadata: """
                "labels": {"app": "web"},
                "ownerReferences": [{"kind": "Deployment", "name": "web", "uid": "uid-of-web",
                 "controller": true}]
                """,
            """
            "spec": {"replicas": 2, "template": {
             "metadata": {"labels": {"app": "web", "pod-template-hash": "\(name)"}},
             "spec": {"containers": [{"name": "nginx", "image": "\(image)",
              "ports": [{"containerPort": 80, "protocol": "TCP"}]}]}}},
            "status": {\(status)}
            """)
    }

    private func pod(
        _ name: String, owner: String, phase: String, app: String = "web"
    ) -> Value {
        object(
            "v1", "Pod", name,
            metadata: """
                "labels": {"app": "\(app)"},
                "ownerReferences": [{"kind": "X", "name": "x", "uid": "uid-of-\(owner)",
                 "controller": true}]
                """,
            "\"status\": {\"phase\": \"\(phase)\"}")
    }

    @Test func aDeploymentNamesItsReplicaSets() {
        let deployment = object(
            "apps/v1", "Deployment", "web",
            metadata: #""annotations": {"deployment.kubernetes.io/revision": "2"}"#,
            """
            "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}},
             "strategy": {"type": "RollingUpdate",
              "rollingUpdate": {"maxUnavailable": "25%", "maxSurge": 1}}, \(Self.template)},
            "status": {"replicas": 4, "updatedReplicas": 2, "availableReplicas": 3,
             "unavailableReplicas": 1,
             "conditions": [{"type": "Available", "status": "True", "reason": "MinimumReplicasAvailable"}]}
            """)
        let sets = [
            replicaSet("new", image: "nginx:1.12", "\"replicas\": 2", age: 20),
            replicaSet("old", image: "nginx:1.11", "\"replicas\": 2", age: 300),
        ]
        #expect(
            withoutTrailingBlanks(description(of: deployment, related: sets)) == """
                Name:                   web
                Namespace:              default
                CreationTimestamp:      Wed, 01 Jan 2025 00:05:00 +0000
                Labels:                 <none>
                Annotations:            deployment.kubernetes.io/revision: 2
                Selector:               app=web
                Replicas:               3 desired | 2 updated | 4 total | 3 available | 1 unavailable
                StrategyType:           RollingUpdate
                MinReadySeconds:        0
                RollingUpdateStrategy:  25% max unavailable, 1 max surge
                \(Self.templateText)
                Conditions:
                  Type           Status  Reason
                  ----           ------  ------
                  Available      True    MinimumReplicasAvailable
                OldReplicaSets:  old (2/2 replicas created)
                NewReplicaSet:   new (2/2 replicas created)
                Events:          <none>

                """)
    }

    @Test func aReplicaSetCountsItsPodsByPhase() {
        let set = object(
            "apps/v1", "ReplicaSet", "web-1",
            metadata: """
                "ownerReferences": [{"kind": "Deployment", "name": "web", "controller": true}]
                """,
            """
            "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, \(Self.template)},
            "status": {"replicas": 4, "conditions": [
             {"type": "ReplicaFailure", "status": "True", "reason": "FailedCreate"}]}
            """)
        let pods = [
            pod("a", owner: "web-1", phase: "Running"), pod("b", owner: "web-1", phase: "Pending"),
            pod("c", owner: "web-1", phase: "Failed"), pod("d", owner: "other", phase: "Running"),
            pod("e", owner: "web-1", phase: "Succeeded"),
            pod("relabelled", owner: "web-1", phase: "Running", app: "other"),
        ]
        #expect(
            withoutTrailingBlanks(description(of: set, related: pods)) == """
                Name:           web-1
                Namespace:      default
                Selector:       app=web
                Labels:         <none>
                Annotations:    <none>
                Controlled By:  Deployment/web
                Replicas:       4 current / 3 desired
                Pods Status:    1 Running / 1 Waiting / 1 Succeeded / 1 Failed
                \(Self.templateText)
                Conditions:
                  Type             Status  Reason
                  ----             ------  ------
                  ReplicaFailure   True    FailedCreate
                Events:            <none>

                """)
    }

    @Test func aReplicationControllerHasAPlainSelector() {
        let controller = object(
            "v1", "ReplicationController", "rc",
            """
            "spec": {"replicas": 1, "selector": {"b": "2", "a": "1"}, \(Self.template)},
            "status": {"replicas": 1}
            """)
        let text = withoutTrailingBlanks(description(of: controller))
        #expect(text.hasPrefix("Name:         rc\nNamespace:    default\nSelector:     a=1,b=2\n"))
    }

    @Test func aStatefulSetShowsPartitionAndClaims() {
        let set = object(
            "apps/v1", "StatefulSet", "db",
            """
            "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"}}, \(Self.template),
             "updateStrategy": {"type": "RollingUpdate", "rollingUpdate": {"partition": 2}},
             "volumeClaimTemplates": [{"metadata": {"name": "data"},
              "spec": {"accessModes": ["ReadWriteOnce"], "storageClassName": "fast",
               "resources": {"requests": {"storage": "1Gi"}}}}]},
            "status": {"replicas": 2}
            """)
        #expect(
            withoutTrailingBlanks(
                description(of: set, related: [pod("db-0", owner: "db", phase: "Running")])) == """
                    Name:               db
                    Namespace:          default
                    CreationTimestamp:  Wed, 01 Jan 2025 00:05:00 +0000
                    Selector:           app=web
                    Labels:             <none>
                    Annotations:        <none>
                    Replicas:           3 desired | 2 total
                    Update Strategy:    RollingUpdate
                      Partition:        2
                    Pods Status:        1 Running / 0 Waiting / 0 Succeeded / 0 Failed
                    \(Self.templateText)
                    Volume Claims:
                      Name:          data
                      StorageClass:  fast
                      Labels:        <none>
                      Annotations:   <none>
                      Capacity:      1Gi
                      Access Modes:  [ReadWriteOnce]
                    Events:          <none>

                    """)
    }

    @Test func aDaemonSetCountsNodes() {
        let set = object(
            "apps/v1", "DaemonSet", "agent",
            """
            "spec": {"selector": {"matchLabels": {"app": "agent"}}, \(Self.template)},
            "status": {"desiredNumberScheduled": 3, "currentNumberScheduled": 2,
             "updatedNumberScheduled": 1, "numberAvailable": 2, "numberMisscheduled": 1}
            """)
        #expect(
            withoutTrailingBlanks(description(of: set)) == """
                Name:           agent
                Namespace:      default
                Selector:       app=agent
                Node-Selector:  <none>
                Labels:         <none>
                Annotations:    <none>
                Desired Number of Nodes Scheduled: 3
                Current Number of Nodes Scheduled: 2
                Number of Nodes Scheduled with Up-to-date Pods: 1
                Number of Nodes Scheduled with Available Pods: 2
                Number of Nodes Misscheduled: 1
                Pods Status:  0 Running / 0 Waiting / 0 Succeeded / 0 Failed
                \(Self.templateText)
                Events:            <none>

                """)
    }

    @Test func aJobShowsItsLimitsAndIndexes() {
        let job = object(
            "batch/v1", "Job", "pi",
            """
            "spec": {"parallelism": 2, "completions": 5, "completionMode": "Indexed",
             "suspend": false, "backoffLimit": 6, "activeDeadlineSeconds": 90,
             "selector": {"matchLabels": {"batch.kubernetes.io/controller-uid": "u"}},
             \(Self.template)},
            "status": {"active": 1, "ready": 1, "succeeded": 4, "completedIndexes": "0-3",
             "startTime": "\(ago(200))", "completionTime": "\(ago(20))"}
            """)
        #expect(
            withoutTrailingBlanks(description(of: job)) == """
                Name:                     pi
                Namespace:                default
                Selector:                 batch.kubernetes.io/controller-uid=u
                Labels:                   <none>
                Annotations:              <none>
                Parallelism:              2
                Completions:              5
                Completion Mode:          Indexed
                Suspend:                  false
                Backoff Limit:            6
                Start Time:               Wed, 01 Jan 2025 00:06:40 +0000
                Completed At:             Wed, 01 Jan 2025 00:09:40 +0000
                Duration:                 3m
                Active Deadline Seconds:  90s
                Pods Statuses:            1 Active (1 Ready) / 4 Succeeded / 0 Failed
                Completed Indexes:        0-3
                \(Self.templateText)
                Events:            <none>

                """)
    }

    @Test func aCronJobShowsItsJobTemplate() {
        let cronJob = object(
            "batch/v1", "CronJob", "tick",
            """
            "spec": {"schedule": "*/1 * * * *", "concurrencyPolicy": "Forbid", "suspend": false,
             "successfulJobsHistoryLimit": 3, "failedJobsHistoryLimit": 1,
             "jobTemplate": {"spec": {\(Self.template)}}},
            "status": {"active": [{"name": "tick-1"}, {"name": "tick-2"}]}
            """)
        #expect(
            withoutTrailingBlanks(description(of: cronJob)) == """
                Name:                          tick
                Namespace:                     default
                Labels:                        <none>
                Annotations:                   <none>
                Schedule:                      */1 * * * *
                Concurrency Policy:            Forbid
                Suspend:                       False
                Time Zone:                     <unset>
                Successful Job History Limit:  3
                Failed Job History Limit:      1
                Starting Deadline Seconds:     <unset>
                Selector:                      <unset>
                Parallelism:                   <unset>
                Completions:                   <unset>
                Pod Template:
                  Labels:  app=web
                  Containers:
                   nginx:
                    Image:           nginx:1.12
                    Port:            80/TCP
                    Host Port:       0/TCP
                    Environment:     <none>
                    Mounts:          <none>
                  Volumes:           <none>
                  Node-Selectors:    <none>
                  Tolerations:       <none>
                Last Schedule Time:  <unset>
                Active Jobs:         tick-1, tick-2
                Events:              <none>

                """)
    }
}
