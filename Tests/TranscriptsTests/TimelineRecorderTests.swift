import Testing
import Value

@testable import Transcripts

/// An object from JSON.
private func object(_ text: String) throws -> Value { try JSON.parse(text) }

@Suite struct TimelineRecorderTests {
    @Test func aDeploymentsLifeIsWrittenAsInTheCorpus() throws {
        var recorder = TimelineRecorder()
        func write(
            _ recorder: inout TimelineRecorder, _ old: String?, _ new: String?, _ kind: String,
            _ name: String,
            _ milliseconds: Int64
        ) throws {
            recorder.write(
                old: try old.map(object), new: try new.map(object), kind: kind,
                namespace: "default",
                name: name, atMilliseconds: milliseconds)
        }
        let deployment =
            #"{"metadata":{"uid":"d1","generation":1},"spec":{"replicas":2},"status":{}}"#
        let observed =
            #"{"metadata":{"uid":"d1","generation":1,"annotations":{"deployment.kubernetes.io/revision":"1"}},"spec":{"replicas":2,"paused":true},"status":{"observedGeneration":1,"unavailableReplicas":2,"conditions":[{"type":"Progressing","status":"True","reason":"NewReplicaSetCreated"},{"type":"Available","status":"False","reason":"MinimumReplicasUnavailable"}]}}"#
        let replicaSet =
            #"{"metadata":{"uid":"r1","generation":1,"labels":{"pod-template-hash":"5f7d"},"annotations":{"deployment.kubernetes.io/revision":"1"},"ownerReferences":[{"kind":"Deployment","name":"web","uid":"d1","controller":true}]},"spec":{"replicas":2},"status":{"replicas":0}}"#
        let pod =
            #"{"metadata":{"uid":"p1","generateName":"web-5f7d-","labels":{"pod-template-hash":"5f7d","app":"web"},"ownerReferences":[{"kind":"ReplicaSet","name":"web-5f7d","uid":"r1","controller":true}]},"spec":{"containers":[{"name":"c"}]},"status":{"phase":"Pending"}}"#
        let running =
            #"{"metadata":{"uid":"p1","generateName":"web-5f7d-","labels":{"pod-template-hash":"5f7d","app":"web"},"ownerReferences":[{"kind":"ReplicaSet","name":"web-5f7d","uid":"r1","controller":true}]},"spec":{"nodeName":"node-1","containers":[{"name":"c"}]},"status":{"phase":"Running","podIP":"10.0.0.1","containerStatuses":[{"ready":true,"state":{"running":{}}}],"conditions":[{"type":"Ready","status":"True"},{"type":"PodScheduled","status":"True"}]}}"#
        recorder.session("$ kubectl apply -f web.yaml", atMilliseconds: 0)
        try write(&recorder, nil, deployment, "Deployment", "web", 210)
        try write(&recorder, deployment, observed, "Deployment", "web", 250)
        try write(&recorder, nil, replicaSet, "ReplicaSet", "web-5f7d", 260)
        try write(&recorder, replicaSet, replicaSet, "ReplicaSet", "web-5f7d", 270)
        try write(&recorder, nil, pod, "Pod", "web-5f7d-x7k2p", 300)
        try write(&recorder, pod, running, "Pod", "web-5f7d-x7k2p", 1234)
        try write(&recorder, running, running, "Pod", "web-5f7d-x7k2p", 1300)
        try write(&recorder, running, nil, "Pod", "web-5f7d-x7k2p", 1400)
        try write(&recorder, nil, deployment, "Secret", "s", 1500)
        #expect(
            recorder.run.text == """
                0.0  $ kubectl apply -f web.yaml
                0.2  deploy/web  ADDED spec.replicas=2 gen/obs=1/0 rev=- replicas=0 updatedReplicas=0 readyReplicas=0 availableReplicas=0 unavailableReplicas=0
                0.2  deploy/web  gen/obs=1/0->1/1 paused=none->True rev=none->1 unavailableReplicas=0->2 Available=none->False(MinimumReplicasUnavailable) Progressing=none->True(NewReplicaSetCreated)
                0.2  rs/web-{hash}#1  ADDED owner=deploy/web spec.replicas=2 gen/obs=1/0 rev=1 replicas=0 fullyLabeledReplicas=0 readyReplicas=0 availableReplicas=0
                0.3  pod/web-{hash}-{rand}#1  ADDED owner=rs/web-{hash}#1 phase=Pending ready=0/1 gen/obs=0/0 labels=app=web,pod-template-hash={hash}
                1.2  pod/web-{hash}-{rand}#1  phase=Pending->Running ready=0/1->1/1 node=none->node-1 state=none->running podIP=none->set PodScheduled=none->True Ready=none->True
                1.3  pod/web-{hash}-{rand}#1  MODIFIED (no tracked field)
                1.4  pod/web-{hash}-{rand}#1  DELETED

                """)
    }

    @Test(arguments: [
        (
            "StatefulSet", "web",
            #"{"metadata":{"generation":1},"spec":{"replicas":3},"status":{"currentRevision":"web-aa","updateRevision":"web-aa"}}"#,
            #"{"metadata":{"generation":1},"spec":{"replicas":3},"status":{"currentRevision":"web-aa","updateRevision":"web-bb","collisionCount":0}}"#,
            "sts/web  updateRevision=web-{hash}->web-{hash} collisionCount=none->0"
        ),
        (
            "DaemonSet", "agent", #"{"metadata":{"generation":1}}"#,
            #"{"metadata":{"generation":1},"status":{"observedGeneration":1,"desiredNumberScheduled":3,"numberUnavailable":3}}"#,
            "ds/agent  gen/obs=1/0->1/1 desired=0->3 unavailable=0->3"
        ),
        (
            "Job", "pi", #"{"spec":{"parallelism":2},"status":{"active":2,"startTime":"x"}}"#,
            #"{"spec":{"parallelism":2},"status":{"failed":2,"startTime":"x","conditions":[{"type":"Failed","status":"True","reason":"DeadlineExceeded"}]}}"#,
            "job/pi  active=2->0 failed=0->2 Failed=none->True(DeadlineExceeded)"
        ),
        (
            "PersistentVolume", "v",
            #"{"metadata":{"finalizers":["kubernetes.io/pv-protection"]},"status":{"phase":"Available"}}"#,
            #"{"metadata":{"finalizers":["kubernetes.io/pv-protection"]},"spec":{"claimRef":{"namespace":"default","name":"c"}},"status":{"phase":"Bound"}}"#,
            "pv/v  phase=Available->Bound claim=none->default/c"
        ),
        (
            "Node", "node-1", #"{"metadata":{"labels":{"kubernetes.io/os":"linux"}},"spec":{}}"#,
            #"{"metadata":{"labels":{"kubernetes.io/os":"linux","zone":"a"}},"spec":{"unschedulable":true,"taints":[{"key":"a","value":"b","effect":"NoSchedule"},{"key":"c","effect":"NoExecute"}]}}"#,
            "node/node-1  taints=none->a=b:NoSchedule;c:NoExecute labels=none->zone=a unschedulable=none->True"
        ),
        (
            "Endpoints", "web", #"{"subsets":[{"notReadyAddresses":[{},{}]}]}"#,
            #"{"subsets":[{"addresses":[{}]},{"addresses":[{}]}]}"#,
            "ep/web  ready=0->2 notReady=2->0"
        ),
        (
            "HorizontalPodAutoscaler", "web", #"{}"#,
            #"{"status":{"currentReplicas":1,"desiredReplicas":2}}"#,
            "hpa/web  current/desired=None/0->1/2"
        ),
        (
            "CronJob", "hello", #"{"spec":{"suspend":false}}"#, #"{"spec":{"suspend":true}}"#,
            "cj/hello  suspend=False->True"
        ),
    ])
    func changesOfEachKindArePrinted(
        kind: String, name: String, old: String, new: String, line: String
    ) throws {
        var recorder = TimelineRecorder()
        recorder.write(
            old: try object(old), new: try object(new), kind: kind, namespace: "", name: name,
            atMilliseconds: 0)
        #expect(recorder.run.text == "0.0  \(line)\n")
    }

    @Test func objectsOfANameAreNumberedInOrderOfAppearance() throws {
        var recorder = TimelineRecorder()
        for uid in ["a", "b"] {
            let service = try object(#"{"metadata":{"uid":"\#(uid)"},"spec":{"type":"ClusterIP"}}"#)
            recorder.write(
                old: nil, new: service, kind: "Service", namespace: "x", name: "web",
                atMilliseconds: 0)
            recorder.write(
                old: service, new: nil, kind: "Service", namespace: "x", name: "web",
                atMilliseconds: 0)
        }
        #expect(
            recorder.run.text == """
                0.0  x/svc/web  ADDED type=ClusterIP
                0.0  x/svc/web  DELETED
                0.0  x/svc/web#2  ADDED type=ClusterIP
                0.0  x/svc/web#2  DELETED

                """)
    }
}
