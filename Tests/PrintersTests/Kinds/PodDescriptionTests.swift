import Testing
import Value

@testable import Printers

@Suite struct PodDescriptionTests {
    private static let running = object(
        "v1", "Pod", "web-abc",
        metadata: """
            "labels": {"tier": "front", "app": "web"},
            "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web",
             "uid": "u", "controller": true}]
            """,
        """
        "spec": {"priority": 0, "serviceAccountName": "default", "nodeName": "node-1",
         "nodeSelector": {"disk": "ssd"},
         "containers": [{"name": "nginx", "image": "nginx:1.12",
          "command": ["sh", "-c", "one\\ntwo"],
          "ports": [{"containerPort": 80, "protocol": "TCP"}],
          "resources": {"limits": {"memory": "64Mi", "cpu": "200m"}, "requests": {"cpu": "100m"}},
          "livenessProbe": {"httpGet": {"path": "/healthz?x", "port": "http", "scheme": "HTTP"},
           "timeoutSeconds": 1, "periodSeconds": 10, "successThreshold": 1, "failureThreshold": 3},
          "readinessProbe": {"exec": {"command": ["cat", "/tmp/ok"]}, "initialDelaySeconds": 5,
           "timeoutSeconds": 1, "periodSeconds": 5, "successThreshold": 1, "failureThreshold": 3},
          "envFrom": [{"configMapRef": {"name": "settings", "optional": true}},
           {"prefix": "S_", "secretRef": {"name": "keys"}}],
          "env": [{"name": "A", "value": "b"},
           {"name": "POD", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "metadata.name"}}},
           {"name": "IP", "valueFrom": {"fieldRef": {"apiVersion": "v1", "fieldPath": "status.podIP"}}},
           {"name": "CPU", "valueFrom": {"resourceFieldRef": {"resource": "limits.cpu"}}},
           {"name": "KEY", "valueFrom": {"secretKeyRef": {"name": "keys", "key": "k"}}}],
          "volumeMounts": [{"name": "data", "mountPath": "/var/data"},
           {"name": "conf", "mountPath": "/etc/conf", "readOnly": true, "subPath": "a"}]}],
         "volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data-web"}},
          {"name": "conf", "configMap": {"name": "settings"}},
          {"name": "tmp", "emptyDir": {}},
          {"name": "token", "projected": {"sources": [
           {"serviceAccountToken": {"expirationSeconds": 3607, "path": "token"}},
           {"configMap": {"name": "kube-root-ca.crt"}}, {"downwardAPI": {}}]}}],
         "tolerations": [
          {"key": "node.kubernetes.io/unreachable", "operator": "Exists", "effect": "NoExecute",
           "tolerationSeconds": 300},
          {"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute",
           "tolerationSeconds": 300}]},
        "status": {"phase": "Running", "hostIP": "192.168.1.1", "podIP": "10.0.0.7",
         "podIPs": [{"ip": "10.0.0.7"}], "qosClass": "Burstable", "startTime": "\(ago(300))",
         "conditions": [{"type": "Initialized", "status": "True"}, {"type": "Ready", "status": "False"}],
         "containerStatuses": [{"name": "nginx", "containerID": "c://1", "imageID": "sha256:2",
          "ready": true, "restartCount": 2, "state": {"running": {"startedAt": "\(ago(20))"}},
          "lastState": {"terminated": {"exitCode": 1, "reason": "Error",
           "startedAt": "\(ago(290))", "finishedAt": "\(ago(30))"}}}]}
        """)

    private static let runningPod = """
        Name:             web-abc
        Namespace:        default
        Priority:         0
        Service Account:  default
        Node:             node-1/192.168.1.1
        Start Time:       Wed, 01 Jan 2025 00:05:00 +0000
        Labels:           app=web
                          tier=front
        Annotations:      <none>
        Status:           Running
        IP:               10.0.0.7
        IPs:
          IP:           10.0.0.7
        Controlled By:  ReplicaSet/web
        Containers:
          nginx:
            Container ID:  c://1
            Image:         nginx:1.12
            Image ID:      sha256:2
            Port:          80/TCP
            Host Port:     0/TCP
            Command:
              sh
              -c
              one
              two
            State:          Running
              Started:      Wed, 01 Jan 2025 00:09:40 +0000
            Last State:     Terminated
              Reason:       Error
              Exit Code:    1
              Started:      Wed, 01 Jan 2025 00:05:10 +0000
              Finished:     Wed, 01 Jan 2025 00:09:30 +0000
            Ready:          True
            Restart Count:  2
            Limits:
              cpu:     200m
              memory:  64Mi
            Requests:
              cpu:      100m
            Liveness:   http-get http://:http/healthz%3Fx delay=0s timeout=1s period=10s #success=1 #failure=3
            Readiness:  exec [cat /tmp/ok] delay=5s timeout=1s period=5s #success=1 #failure=3
            Environment Variables from:
              settings  ConfigMap                Optional: true
              keys      Secret with prefix 'S_'  Optional: false
            Environment:
              A:    b
              POD:  web-abc (v1:metadata.name)
              IP:    (v1:status.podIP)
              CPU:  1 (limits.cpu)
              KEY:  <set to the key 'k' in secret 'keys'>  Optional: false
            Mounts:
              /etc/conf from conf (ro,path="a")
              /var/data from data (rw)
        Conditions:
          Type          Status
          Initialized   True
          Ready         False
        Volumes:
          data:
            Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
            ClaimName:  data-web
            ReadOnly:   false
          conf:
            Type:      ConfigMap (a volume populated by a ConfigMap)
            Name:      settings
            Optional:  false
          tmp:
            Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
            Medium:
            SizeLimit:  <unset>
          token:
            Type:                    Projected (a volume that contains injected data from multiple sources)
            TokenExpirationSeconds:  3607
            ConfigMapName:           kube-root-ca.crt
            Optional:                false
            DownwardAPI:             true
        QoS Class:                   Burstable
        Node-Selectors:              disk=ssd
        Tolerations:                 node.kubernetes.io/not-ready:NoExecute op=Exists for 300s
                                     node.kubernetes.io/unreachable:NoExecute op=Exists for 300s
        Events:
          Type     Reason     Age                 From               Message
          ----     ------     ----                ----               -------
          Normal   Scheduled  5m                  default-scheduler  Assigned
          Warning  BackOff    5s (x3 over 2m10s)  kubelet            Back-off restarting

        """

    @Test func aPodShowsAllItsParts() {
        let events = [
            event(
                about: Self.running, reason: "BackOff", message: "Back-off restarting ",
                type: "Warning", last: 5, first: 130, count: 3),
            event(
                about: Self.running, reason: "Scheduled", message: "Assigned",
                from: "default-scheduler", last: 300),
        ]
        #expect(
            withoutTrailingBlanks(description(of: Self.running, related: events)) == Self.runningPod
        )
    }

    @Test func aPendingPodShowsWhatItLacks() {
        let pod = object(
            "v1", "Pod", "p",
            """
            "spec": {"containers": [{"name": "c", "image": "i",
             "ports": [{"containerPort": 80, "protocol": "TCP"}, {"containerPort": 443, "protocol": "TCP"}]}]},
            "status": {"phase": "Pending", "qosClass": "BestEffort"}
            """)
        #expect(
            withoutTrailingBlanks(description(of: pod)) == """
                Name:         p
                Namespace:    default
                Node:         <none>
                Labels:       <none>
                Annotations:  <none>
                Status:       Pending
                IP:
                IPs:          <none>
                Containers:
                  c:
                    Image:        i
                    Ports:        80/TCP, 443/TCP
                    Host Ports:   0/TCP, 0/TCP
                    Environment:  <none>
                    Mounts:       <none>
                Volumes:          <none>
                QoS Class:        BestEffort
                Node-Selectors:   <none>
                Tolerations:      <none>
                Events:           <none>

                """)
    }

    @Test func aDeletedPodTellsHowLong() {
        let pod = object(
            "v1", "Pod", "p",
            metadata: """
                "deletionTimestamp": "\(ago(70))", "deletionGracePeriodSeconds": 30
                """,
            """
            "spec": {"containers": []}, "status": {"phase": "Running"}
            """)
        let text = description(of: pod)
        #expect(text.contains("\nStatus:                    Terminating (lasts 70s)\n"))
        #expect(text.contains("\nTermination Grace Period:  30s\n"))
        #expect(text.contains("\nContainers: <none>\n"))
    }

    @Test func longAnnotationsGetLinesOfTheirOwn() {
        let pod = object(
            "v1", "Pod", "p",
            metadata: """
                "annotations": {"note": "\(String(repeating: "x", count: 150))", "short": "s",
                 "kubectl.kubernetes.io/last-applied-configuration": "{}"}
                """,
            """
            "spec": {"containers": []}, "status": {"phase": "Running"}
            """)
        let text = description(of: pod)
        let cut = String(repeating: "x", count: 138)
        #expect(
            text.contains(
                """
                Annotations:  note:
                                \(cut)...
                              short: s
                Status:       Running
                """))
        #expect(!text.contains("last-applied"))
    }

    @Test func eventsOfOtherObjectsStayAway() {
        let pod = object("v1", "Pod", "p", #""spec": {"containers": []}"#)
        let other = object("v1", "Pod", "q")
        let text = description(
            of: pod,
            related: [
                event(about: other, reason: "Other", message: "m"),
                event(about: pod, reason: "Mine", message: "m"),
            ])
        #expect(text.contains("Mine") && !text.contains("Other"))
    }

    @Test func eventsOfTheNewSeriesCountToo() {
        let pod = object("v1", "Pod", "p", #""spec": {"containers": []}"#)
        var failed = event(about: pod, reason: "Failed", message: "m", type: "Warning")
        failed["eventTime"] = Value(ago(120))
        failed["series"] = ["count": 4, "lastObservedTime": Value(ago(7))]
        #expect(description(of: pod, related: [failed]).contains("7s (x4 over 2m)  kubelet"))
    }
}
