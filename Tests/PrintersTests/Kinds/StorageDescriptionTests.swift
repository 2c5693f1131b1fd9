import Testing
import Value

@testable import Printers

@Suite struct StorageDescriptionTests {
    @Test func aBoundClaimNamesItsVolumeAndUsers() {
        let claim = object(
            "v1", "PersistentVolumeClaim", "data",
            metadata: #""finalizers": ["kubernetes.io/pvc-protection"]"#,
            """
            "spec": {"volumeName": "pv-1", "storageClassName": "standard", "volumeMode": "Filesystem"},
            "status": {"phase": "Bound", "capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteOnce"]}
            """)
        let pods = ["web-1", "web-0"].map { name in
            object(
                "v1", "Pod", name,
                #""spec": {"volumes": [{"persistentVolumeClaim": {"claimName": "data"}}]}"#)
        }
        #expect(
            description(of: claim, related: pods) == """
                Name:          data
                Namespace:     default
                StorageClass:  standard
                Status:        Bound
                Volume:        pv-1
                Labels:        <none>
                Annotations:   <none>
                Finalizers:    [kubernetes.io/pvc-protection]
                Capacity:      1Gi
                Access Modes:  RWO
                VolumeMode:    Filesystem
                Used By:       web-0
                               web-1
                Events:        <none>

                """)
    }

    @Test func aVolumeShowsItsSource() {
        let volume = object(
            "v1", "PersistentVolume", "pv-1", namespace: nil,
            """
            "spec": {"capacity": {"storage": "1Gi"}, "accessModes": ["ReadWriteMany", "ReadWriteOnce"],
             "persistentVolumeReclaimPolicy": "Retain", "storageClassName": "standard",
             "claimRef": {"namespace": "default", "name": "data"},
             "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [
              {"key": "zone", "operator": "In", "values": ["a", "b"]}]}]}},
             "hostPath": {"path": "/tmp/x"}},
            "status": {"phase": "Bound"}
            """)
        #expect(
            withoutTrailingBlanks(description(of: volume)) == """
                Name:              pv-1
                Labels:            <none>
                Annotations:       <none>
                Finalizers:        []
                StorageClass:      standard
                Status:            Bound
                Claim:             default/data
                Reclaim Policy:    Retain
                Access Modes:      RWO,RWX
                Capacity:          1Gi
                Node Affinity:
                  Required Terms:
                    Term 0:        zone in [a, b]
                Message:
                Source:
                    Type:          HostPath (bare host directory volume)
                    Path:          /tmp/x
                    HostPathType:  <none>
                Events:            <none>

                """)
    }

    @Test func aStorageClassTellsWhetherItIsTheDefault() {
        let object = object(
            "storage.k8s.io/v1", "StorageClass", "standard", namespace: nil,
            metadata: #""annotations": {"storageclass.kubernetes.io/is-default-class": "true"}"#,
            """
            "provisioner": "p.io", "reclaimPolicy": "Delete", "volumeBindingMode": "Immediate",
            "mountOptions": ["debug"]
            """)
        #expect(
            description(of: object) == """
                Name:                  standard
                IsDefaultClass:        Yes
                Annotations:           storageclass.kubernetes.io/is-default-class=true
                Provisioner:           p.io
                Parameters:            <none>
                AllowVolumeExpansion:  <unset>
                MountOptions:
                  debug
                ReclaimPolicy:      Delete
                VolumeBindingMode:  Immediate
                Events:             <none>

                """)
    }

    @Test func anEphemeralVolumeKeepsItsOddColumns() {
        let pod = object(
            "v1", "Pod", "p",
            """
            "spec": {"containers": [], "volumes": [{"name": "scratch", "ephemeral": {
             "volumeClaimTemplate": {"spec": {"storageClassName": "fast", "volumeMode": "Filesystem"}}}}]}
            """)
        #expect(
            withoutTrailingBlanks(description(of: pod)).contains(
                """
                  scratch:
                    Type:          EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)
                    StorageClass:  fast
                    Volume:
                    Labels:            <none>
                    Annotations:       <none>
                    Capacity:
                    Access Modes:
                    VolumeMode:    Filesystem
                """))
    }
}
