import Testing
import Value

@testable import Printers

@Suite struct OtherTableTests {
    private static let wide = TableOptions(isWide: true)

    @Test func nodes() {
        let ready = object(
            "v1", "Node", "node-1", namespace: nil,
            metadata: """
                "labels": {"node-role.kubernetes.io/worker": "", "kubernetes.io/role": "edge"}
                """,
            """
            "spec": {"unschedulable": true},
            "status": {"conditions": [{"type": "Ready", "status": "True"}],
             "addresses": [{"type": "InternalIP", "address": "10.1.0.1"}],
             "nodeInfo": {"kubeletVersion": "v1.36.2", "osImage": "Linux"}}
            """)
        let lost = object(
            "v1", "Node", "node-2", namespace: nil,
            #""status": {"conditions": [{"type": "Ready", "status": "Unknown"}], "nodeInfo": {"kubeletVersion": "v1.36.2"}}"#
        )
        let new = object("v1", "Node", "node-3", namespace: nil)
        #expect(
            table(ready, lost, new) == """
                NAME     STATUS                     ROLES         AGE   VERSION
                node-1   Ready,SchedulingDisabled   edge,worker   5m    v1.36.2
                node-2   NotReady                   <none>        5m    v1.36.2
                node-3   Unknown                    <none>        5m  \("  ")

                """)
        #expect(
            table(lost, options: Self.wide) == """
                NAME     STATUS     ROLES    AGE   VERSION   INTERNAL-IP   EXTERNAL-IP   OS-IMAGE    KERNEL-VERSION   CONTAINER-RUNTIME
                node-2   NotReady   <none>   5m    v1.36.2   <none>        <none>        <unknown>   <unknown>        <unknown>

                """)
    }

    @Test func services() {
        func service(_ name: String, _ spec: String, _ status: String = "{}") -> Value {
            object("v1", "Service", name, "\"spec\": {\(spec)}, \"status\": \(status)")
        }
        let port = #""ports": [{"port": 80, "protocol": "TCP"}]"#
        #expect(
            table(
                service(
                    "a",
                    #""type": "ClusterIP", "clusterIPs": ["10.0.0.1"], "selector": {"a": "b"}, \#(port)"#
                ),
                service("b", #""type": "ClusterIP", "clusterIPs": ["None"]"#),
                service(
                    "c",
                    #""type": "NodePort", "clusterIPs": ["10.0.0.3"], "externalIPs": ["1.2.3.4"], "ports": [{"port": 80, "nodePort": 30080, "protocol": "TCP"}, {"port": 53, "protocol": "UDP"}]"#
                ),
                service("d", #""type": "LoadBalancer", "clusterIPs": ["10.0.0.4"], \#(port)"#),
                service(
                    "e", #""type": "LoadBalancer", "clusterIPs": ["10.0.0.5"], \#(port)"#,
                    #"{"loadBalancer": {"ingress": [{"hostname": "a-very-long-name.example.com"}]}}"#
                ),
                service("f", #""type": "ExternalName", "externalName": "db.example.com""#),
                options: TableOptions(isWide: false)) == """
                    NAME   TYPE           CLUSTER-IP   EXTERNAL-IP        PORT(S)               AGE
                    a      ClusterIP      10.0.0.1     <none>             80/TCP                5m
                    b      ClusterIP      None         <none>             <none>                5m
                    c      NodePort       10.0.0.3     1.2.3.4            80:30080/TCP,53/UDP   5m
                    d      LoadBalancer   10.0.0.4     <pending>          80/TCP                5m
                    e      LoadBalancer   10.0.0.5     a-very-long-n...   80/TCP                5m
                    f      ExternalName   <none>       db.example.com     <none>                5m

                    """)
    }

    @Test func endpointsAndSlices() {
        let endpoints = object(
            "v1", "Endpoints", "web",
            """
            "subsets": [{"addresses": [{"ip": "10.0.0.1"}, {"ip": "10.0.0.2"}, {"ip": "fd00::1"}, {"ip": "10.0.0.4"}],
             "notReadyAddresses": [{"ip": "10.0.0.9"}], "ports": [{"port": 80}]}]
            """)
        let empty = object("v1", "Endpoints", "none")
        #expect(
            table(endpoints, empty) == """
                NAME   ENDPOINTS                                          AGE
                web    10.0.0.1:80,10.0.0.2:80,[fd00::1]:80 + 1 more...   5m
                none   <none>                                             5m

                """)
        let slice = object(
            "discovery.k8s.io/v1", "EndpointSlice", "web-x",
            """
            "addressType": "IPv4", "ports": [{"port": 80}, {"name": "x"}, {}],
            "endpoints": [{"addresses": ["10.0.0.1"]}]
            """)
        let bare = object("discovery.k8s.io/v1", "EndpointSlice", "y", #""addressType": "IPv4""#)
        #expect(
            table(slice, bare) == """
                NAME    ADDRESSTYPE   PORTS     ENDPOINTS   AGE
                web-x   IPv4          80,x,*    10.0.0.1    5m
                y       IPv4          <unset>   <unset>     5m

                """)
    }

    @Test func ingresses() {
        let ingress = object(
            "networking.k8s.io/v1", "Ingress", "shop",
            """
            "spec": {"ingressClassName": "nginx", "tls": [{}], "rules": [{"host": "a"}, {"host": "b"},
             {"host": "c"}, {"host": "d"}]},
            "status": {"loadBalancer": {"ingress": [{"ip": "1.2.3.4"}]}}
            """)
        let plain = object("networking.k8s.io/v1", "Ingress", "any")
        #expect(
            table(ingress, plain) == """
                NAME   CLASS    HOSTS               ADDRESS   PORTS     AGE
                shop   nginx    a,b,c + 1 more...   1.2.3.4   80, 443   5m
                any    <none>   *                             80        5m

                """)
    }

    @Test func volumesAndClaims() {
        let volume = object(
            "v1", "PersistentVolume", "pv", namespace: nil,
            """
            "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOncePod", "ReadOnlyMany"],
             "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "fast",
             "claimRef": {"namespace": "default", "name": "data"}, "volumeMode": "Filesystem"},
            "status": {"phase": "Bound"}
            """)
        #expect(
            table(volume, options: Self.wide) == """
                NAME   CAPACITY   ACCESS MODES   RECLAIM POLICY   STATUS   CLAIM          STORAGECLASS   VOLUMEATTRIBUTESCLASS   REASON   AGE   VOLUMEMODE
                pv     1Gi        ROX,RWOP       Retain           Bound    default/data   fast           <unset>                          5m    Filesystem

                """)
        let bound = object(
            "v1", "PersistentVolumeClaim", "data",
            """
            "spec": {"volumeName": "pv", "storageClassName": "fast"},
            "status": {"phase": "Bound", "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"]}
            """)
        let pending = object(
            "v1", "PersistentVolumeClaim", "wait",
            #""spec": {"storageClassName": "fast", "resources": {"requests": {"storage": "9Gi"}}}, "status": {"phase": "Pending"}"#
        )
        #expect(
            table(bound, pending) == """
                NAME   STATUS    VOLUME   CAPACITY   ACCESS MODES   STORAGECLASS   VOLUMEATTRIBUTESCLASS   AGE
                data   Bound     pv       1Gi        RWO            fast           <unset>                 5m
                wait   Pending                                      fast           <unset>                 5m

                """)
    }

    @Test func storageClasses() {
        let standard = object(
            "storage.k8s.io/v1", "StorageClass", "standard", namespace: nil,
            metadata: #""annotations": {"storageclass.kubernetes.io/is-default-class": "true"}"#,
            #""provisioner": "p", "allowVolumeExpansion": true, "volumeBindingMode": "WaitForFirstConsumer""#
        )
        #expect(
            table(standard) == """
                NAME                 PROVISIONER   RECLAIMPOLICY   VOLUMEBINDINGMODE      ALLOWVOLUMEEXPANSION   AGE
                standard (default)   p             Delete          WaitForFirstConsumer   true                   5m

                """)
    }

    @Test func configuration() {
        #expect(
            table(object("v1", "ConfigMap", "c", #""data": {"a": "1"}, "binaryData": {"b": ""}"#))
                == "NAME   DATA   AGE\nc      2      5m\n")
        #expect(
            table(object("v1", "Secret", "s", #""type": "Opaque", "data": {"a": ""}"#))
                == "NAME   TYPE     DATA   AGE\ns      Opaque   1      5m\n")
        #expect(
            table(object("v1", "ServiceAccount", "default"))
                == "NAME      AGE\ndefault   5m\n")
        #expect(
            table(object("v1", "Namespace", "n", namespace: nil, #""status": {"phase": "Active"}"#))
                == "NAME   STATUS   AGE\nn      Active   5m\n")
    }

    @Test func quotasAndBudgets() {
        let quota = object(
            "v1", "ResourceQuota", "q",
            """
            "status": {"hard": {"requests.cpu": "1", "pods": "2", "limits.cpu": "4"},
             "used": {"requests.cpu": "200m", "pods": "1"}}
            """)
        #expect(
            table(quota) == """
                NAME   REQUEST                           LIMIT             AGE
                q      pods: 1/2, requests.cpu: 200m/1   limits.cpu: 0/4   5m

                """)
        let budget = object(
            "policy/v1", "PodDisruptionBudget", "b",
            #""spec": {"maxUnavailable": "50%"}, "status": {"disruptionsAllowed": 1}"#)
        #expect(
            table(budget) == """
                NAME   MIN AVAILABLE   MAX UNAVAILABLE   ALLOWED DISRUPTIONS   AGE
                b      N/A             50%               1                     5m

                """)
    }

    @Test(arguments: [
        ("[]", "[]", "<none>"),
        (
            #"[{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 50}}}]"#,
            "[]", "cpu: <unknown>/50%"
        ),
        (
            #"[{"type": "Resource", "resource": {"name": "cpu", "target": {"averageUtilization": 50}}}]"#,
            #"[{"type": "Resource", "resource": {"current": {"averageUtilization": 10}}}]"#,
            "cpu: 10%/50%"
        ),
        (
            #"[{"type": "Resource", "resource": {"name": "memory", "target": {"averageValue": "1Gi"}}}]"#,
            #"[{"type": "Resource", "resource": {"current": {"averageValue": "200Mi"}}}]"#,
            "memory: 200Mi/1Gi"
        ),
        (
            #"[{"type": "Pods", "pods": {"target": {"averageValue": "10"}}}, {"type": "Object", "object": {"target": {"value": "5"}}}, {"type": "External", "external": {"target": {"averageValue": "3"}}}]"#,
            #"[{"type": "Pods", "pods": {"current": {"averageValue": "7"}}}]"#,
            "7/10, <unknown>/5 + 1 more..."
        ),
        (
            #"[{"type": "ContainerResource", "containerResource": {"name": "cpu", "container": "c", "target": {"averageUtilization": 30}}}]"#,
            "[]", "cpu: <unknown>/30%"
        ),
    ])
    func autoscalerTargetsShowCurrentAndWanted(_ specs: String, _ states: String, _ text: String) {
        let autoscaler = object(
            "autoscaling/v2", "HorizontalPodAutoscaler", "h",
            """
            "spec": {"metrics": \(specs)}, "status": {"currentMetrics": \(states)}
            """)
        #expect(autoscalerTargets(autoscaler) == text)
    }

    @Test func autoscalers() {
        let autoscaler = object(
            "autoscaling/v2", "HorizontalPodAutoscaler", "web",
            """
            "spec": {"scaleTargetRef": {"kind": "Deployment", "name": "web"}, "maxReplicas": 5},
            "status": {"currentReplicas": 2}
            """)
        #expect(
            table(autoscaler) == """
                NAME   REFERENCE        TARGETS   MINPODS   MAXPODS   REPLICAS   AGE
                web    Deployment/web   <none>    <unset>   5         2          5m

                """)
    }

    @Test func events() {
        let counted = object(
            "v1", "Event", "p.1",
            """
            "type": "Warning", "reason": "BackOff", "message": " Back-off\\nmore ", "count": 4,
            "firstTimestamp": "\(ago(120))", "lastTimestamp": "\(ago(15))",
            "source": {"component": "kubelet", "host": "node-1"},
            "involvedObject": {"kind": "Pod", "name": "p", "fieldPath": "spec.containers{c}"}
            """)
        let single = object(
            "v1", "Event", "p.2",
            """
            "type": "Normal", "reason": "Scheduled", "message": "m", "eventTime": "\(ago(130))",
            "reportingComponent": "default-scheduler",
            "involvedObject": {"kind": "Pod", "name": "p"}
            """)
        #expect(
            table(counted, single) == """
                LAST SEEN   TYPE      REASON      OBJECT   MESSAGE
                15s         Warning   BackOff     pod/p    Back-off...
                2m10s       Normal    Scheduled   pod/p    m

                """)
        #expect(
            table(counted, single, options: Self.wide) == """
                LAST SEEN   TYPE      REASON      OBJECT   SUBOBJECT            SOURCE              MESSAGE       FIRST SEEN   COUNT   NAME
                15s         Warning   BackOff     pod/p    spec.containers{c}   kubelet, node-1     Back-off...   2m           4       p.1
                2m10s       Normal    Scheduled   pod/p                         default-scheduler   m             2m10s        1       p.2

                """)
    }

    @Test func clusterThings() {
        #expect(
            table(
                object(
                    "scheduling.k8s.io/v1", "PriorityClass", "high", namespace: nil,
                    #""value": 1000, "preemptionPolicy": "Never""#), options: Self.wide)
                == "NAME   VALUE   GLOBAL-DEFAULT   AGE   PREEMPTIONPOLICY\n"
                + "high   1000    false            5m    Never\n")
        #expect(
            table(
                object(
                    "coordination.k8s.io/v1", "Lease", "node-1", namespace: "kube-node-lease",
                    #""spec": {"holderIdentity": "node-1"}"#))
                == "NAME     HOLDER   AGE\nnode-1   node-1   5m\n")
        #expect(
            table(
                object(
                    "rbac.authorization.k8s.io/v1", "RoleBinding", "rb",
                    """
                    "roleRef": {"kind": "Role", "name": "r"}, "subjects": [
                     {"kind": "User", "name": "u"}, {"kind": "ServiceAccount", "namespace": "n", "name": "s"}]
                    """), options: Self.wide) == """
                    NAME   ROLE     AGE   USERS   GROUPS   SERVICEACCOUNTS
                    rb     Role/r   5m    u                n/s

                    """)
    }

    @Test func kindsWithoutATableShowWhenTheyWereCreated() {
        #expect(
            table(object("v1", "LimitRange", "l"))
                == "NAME   CREATED AT\nl      2025-01-01T00:05:00Z\n")
        #expect(
            table(object("example.com/v1", "Widget", "w")) == "NAME   AGE\nw      5m\n")
    }
}
