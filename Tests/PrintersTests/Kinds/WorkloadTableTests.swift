import Testing
import Value

@testable import Printers

@Suite struct WorkloadTableTests {
    private static let wide = TableOptions(isWide: true)

    private static let template = """
        "template": {"spec": {"containers": [{"name": "a", "image": "a:1"},
         {"name": "b", "image": "b:2"}]}}
        """

    @Test func deployments() {
        let deployment = object(
            "apps/v1", "Deployment", "web",
            """
            "spec": {"replicas": 3, "selector": {"matchLabels": {"app": "web"},
             "matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["z", "b"]},
              {"key": "aa", "operator": "DoesNotExist"}]}, \(Self.template)},
            "status": {"readyReplicas": 2, "updatedReplicas": 3, "availableReplicas": 1}
            """)
        #expect(
            table(deployment) == """
                NAME   READY   UP-TO-DATE   AVAILABLE   AGE
                web    2/3     3            1           5m

                """)
        #expect(
            table(deployment, options: Self.wide) == """
                NAME   READY   UP-TO-DATE   AVAILABLE   AGE   CONTAINERS   IMAGES    SELECTOR
                web    2/3     3            1           5m    a,b          a:1,b:2   !aa,app=web,tier notin (b,z)

                """)
    }

    @Test func replicaSetsAndControllers() {
        let set = object(
            "apps/v1", "ReplicaSet", "web-1",
            """
            "spec": {"replicas": 3, "selector": {}, \(Self.template)}, "status": {"replicas": 2}
            """)
        #expect(
            table(set, options: Self.wide) == """
                NAME    DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES    SELECTOR
                web-1   3         2         0       5m    a,b          a:1,b:2   <none>

                """)
        let controller = object(
            "v1", "ReplicationController", "rc",
            """
            "spec": {"replicas": 1, "selector": {"b": "2", "a": "1"}, \(Self.template)}
            """)
        #expect(
            table(controller, options: Self.wide) == """
                NAME   DESIRED   CURRENT   READY   AGE   CONTAINERS   IMAGES    SELECTOR
                rc     1         0         0       5m    a,b          a:1,b:2   a=1,b=2

                """)
    }

    @Test func statefulSetsAndDaemonSets() {
        let stateful = object(
            "apps/v1", "StatefulSet", "db",
            """
            "spec": {"replicas": 3, \(Self.template)}, "status": {"readyReplicas": 1}
            """)
        #expect(
            table(stateful, options: Self.wide)
                == "NAME   READY   AGE   CONTAINERS   IMAGES\ndb     1/3     5m    a,b          a:1,b:2\n"
        )
        let daemon = object(
            "apps/v1", "DaemonSet", "agent",
            """
            "spec": {"template": {"spec": {"nodeSelector": {"disk": "ssd"}}}},
            "status": {"desiredNumberScheduled": 3, "currentNumberScheduled": 2, "numberReady": 1,
             "updatedNumberScheduled": 2, "numberAvailable": 1}
            """)
        #expect(
            table(daemon) == """
                NAME    DESIRED   CURRENT   READY   UP-TO-DATE   AVAILABLE   NODE SELECTOR   AGE
                agent   3         2         1       2            1           disk=ssd        5m

                """)
    }

    @Test func controllerRevisionsNameTheirController() {
        let revision = object(
            "apps/v1", "ControllerRevision", "web-5",
            metadata: """
                "ownerReferences": [{"apiVersion": "apps/v1", "kind": "StatefulSet", "name": "web",
                 "controller": true}]
                """,
            "\"revision\": 2")
        #expect(
            table(revision, object("apps/v1", "ControllerRevision", "x", #""revision": 1"#)) == """
                NAME    CONTROLLER             REVISION   AGE
                web-5   statefulset.apps/web   2          5m
                x       <none>                 1          5m

                """)
    }

    @Test(arguments: [
        (#""conditions": [{"type": "Complete", "status": "True"}]"#, "Complete"),
        (#""conditions": [{"type": "Failed", "status": "True"}]"#, "Failed"),
        (#""conditions": [{"type": "Suspended", "status": "True"}]"#, "Suspended"),
        (#""conditions": [{"type": "Suspended", "status": "False"}]"#, "Running"),
        (#""conditions": [{"type": "FailureTarget", "status": "True"}]"#, "FailureTarget"),
        ("", "Running"),
    ])
    func aJobsConditionsGiveItsStatus(_ status: String, _ word: String) {
        let job = object("batch/v1", "Job", "j", "\"status\": {\(status)}")
        #expect(Table.job.columns[1].cell(job, TableContext(now: now)) == word)
    }

    @Test func jobsShowCompletionsAndDuration() {
        let running = object(
            "batch/v1", "Job", "a",
            """
            "spec": {"completions": 5}, "status": {"succeeded": 2, "startTime": "\(ago(90))"}
            """)
        let done = object(
            "batch/v1", "Job", "b",
            """
            "spec": {"parallelism": 3}, "status": {"succeeded": 1, "startTime": "\(ago(200))",
             "completionTime": "\(ago(20))", "conditions": [{"type": "Complete", "status": "True"}]}
            """)
        let waiting = object("batch/v1", "Job", "c", #""spec": {"parallelism": 1}"#)
        #expect(
            table(running, done, waiting) == """
                NAME   STATUS     COMPLETIONS   DURATION   AGE
                a      Running    2/5           90s        5m
                b      Complete   1/1 of 3      3m         5m
                c      Running    0/1                      5m

                """)
    }

    @Test func cronJobsShowZoneAndLastSchedule() {
        let plain = object(
            "batch/v1", "CronJob", "tick", #""spec": {"schedule": "*/5 * * * *", "suspend": false}"#
        )
        let zoned = object(
            "batch/v1", "CronJob", "tock",
            """
            "spec": {"schedule": "0 8 * * *", "timeZone": "Asia/Tokyo", "suspend": true},
            "status": {"active": [{"name": "x"}], "lastScheduleTime": "\(ago(61))"}
            """)
        #expect(
            table(plain, zoned) == """
                NAME   SCHEDULE      TIMEZONE     SUSPEND   ACTIVE   LAST SCHEDULE   AGE
                tick   */5 * * * *   <none>       False     0        <none>          5m
                tock   0 8 * * *     Asia/Tokyo   True      1        61s             5m

                """)
    }
}
