import Testing
import Value

@testable import Printers

@Suite struct NodeDescriptionTests {
    private static let node = object(
        "v1", "Node", "node-1", namespace: nil,
        metadata: """
            "labels": {"kubernetes.io/hostname": "node-1", "node-role.kubernetes.io/worker": ""}
            """,
        """
        "spec": {"podCIDR": "10.0.1.0/24", "podCIDRs": ["10.0.1.0/24"],
         "unschedulable": true, "taints": [
         {"key": "node.kubernetes.io/unschedulable", "effect": "NoSchedule"},
         {"key": "a", "value": "b", "effect": "NoExecute"}]},
        "status": {"addresses": [{"type": "InternalIP", "address": "192.168.1.1"}],
         "capacity": {"cpu": "2", "memory": "4Gi", "pods": "110", "nvidia.com/gpu": "1"},
         "allocatable": {"cpu": "2", "memory": "4Gi", "pods": "110", "nvidia.com/gpu": "1"},
         "conditions": [{"type": "Ready", "status": "True", "reason": "KubeletReady",
          "message": "kubelet is posting ready status",
          "lastHeartbeatTime": "\(ago(10))", "lastTransitionTime": "\(ago(100))"}],
         "nodeInfo": {"kernelVersion": "6.1", "osImage": "Linux", "operatingSystem": "linux",
          "architecture": "amd64", "containerRuntimeVersion": "containerd://2.0",
          "kubeletVersion": "v1.36.2"}}
        """)

    private func pod(
        _ name: String, node: String = "node-1", phase: String = "Running", spec: String
    ) -> Value {
        object(
            "v1", "Pod", name,
            """
            "spec": {"nodeName": "\(node)", \(spec)}, "status": {"phase": "\(phase)"}
            """)
    }

    private static let nodeWithPods = """
        Name:               node-1
        Roles:              worker
        Labels:             kubernetes.io/hostname=node-1
                            node-role.kubernetes.io/worker=
        Annotations:        <none>
        CreationTimestamp:  Wed, 01 Jan 2025 00:05:00 +0000
        Taints:             a=b:NoExecute
                            node.kubernetes.io/unschedulable:NoSchedule
        Unschedulable:      true
        Lease:
          HolderIdentity:  node-1
          AcquireTime:     <unset>
          RenewTime:       Wed, 01 Jan 2025 00:09:57 +0000
        Conditions:
          Type    Status  LastHeartbeatTime                 LastTransitionTime                Reason         Message
          ----    ------  -----------------                 ------------------                ------         -------
          Ready   True    Wed, 01 Jan 2025 00:09:50 +0000   Wed, 01 Jan 2025 00:08:20 +0000   KubeletReady   kubelet is posting ready status
        Addresses:
          InternalIP:  192.168.1.1
        Capacity:
          cpu:             2
          memory:          4Gi
          nvidia.com/gpu:  1
          pods:            110
        Allocatable:
          cpu:             2
          memory:          4Gi
          nvidia.com/gpu:  1
          pods:            110
        System Info:
          Machine ID:
          System UUID:
          Boot ID:
          Kernel Version:             6.1
          OS Image:                   Linux
          Operating System:           linux
          Architecture:               amd64
          Container Runtime Version:  containerd://2.0
          Kubelet Version:            v1.36.2
        PodCIDR:                      10.0.1.0/24
        PodCIDRs:                     10.0.1.0/24
        Non-terminated Pods:          (2 in total)
          Namespace                   Name    CPU Requests  CPU Limits  Memory Requests  Memory Limits  Age
          ---------                   ----    ------------  ----------  ---------------  -------------  ---
          default                     a       500m (25%)    1 (50%)     64Mi (1%)        0 (0%)         5m
          default                     b       250m (12%)    0 (0%)      1Gi (25%)        0 (0%)         5m
        Allocated resources:
          (Total limits may be over 100 percent, i.e., overcommitted.)
          Resource           Requests      Limits
          --------           --------      ------
          cpu                750m (37%)    1 (50%)
          memory             1088Mi (26%)  0 (0%)
          ephemeral-storage  0 (0%)        0 (0%)
          nvidia.com/gpu     1             1
        Events:              <none>

        """

    @Test func aNodeListsItsPodsAndWhatTheyAskFor() {
        let lease = object(
            "coordination.k8s.io/v1", "Lease", "node-1", namespace: "kube-node-lease",
            """
            "spec": {"holderIdentity": "node-1", "renewTime": "\(ago(3))"}
            """)
        let pods = [
            pod(
                "a",
                spec: """
                    "containers": [{"resources": {"requests": {"cpu": "100m", "memory": "64Mi"},
                     "limits": {"cpu": "1"}}}],
                    "initContainers": [{"resources": {"requests": {"cpu": "500m"}}}]
                    """),
            pod(
                "b",
                spec: """
                    "containers": [{"resources": {"requests": {"cpu": "250m", "memory": "1Gi",
                     "nvidia.com/gpu": "1"}, "limits": {"nvidia.com/gpu": "1"}}}]
                    """),
            pod("done", phase: "Succeeded", spec: #""containers": []"#),
            pod("elsewhere", node: "node-2", spec: #""containers": []"#),
        ]
        #expect(
            withoutTrailingBlanks(description(of: Self.node, related: pods + [lease]))
                == Self.nodeWithPods)
    }

    @Test func eventsByTheNodesNameCountToo() {
        var starting = event(about: Self.node, reason: "Starting", message: "m")
        starting["involvedObject"]["uid"] = "node-1"
        let text = description(of: Self.node, related: [starting])
        #expect(text.contains("Starting"))
        #expect(
            text.contains("Failed to get lease: leases.coordination.k8s.io \"node-1\" not found"))
    }
}
