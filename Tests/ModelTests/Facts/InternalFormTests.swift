import Testing
import Value

@testable import Model

/// Objects as the API server's own model holds them.
@Suite struct InternalFormTests {
    @Test("fields have Go's names and order, and those that nobody set are there")
    func port() {
        #expect(
            InternalForm.json([.port: 80, .protocol: "TCP"], as: "ServicePort")
                == #"{"Name":"","Protocol":"TCP","AppProtocol":null,"Port":80,"TargetPort":0,"NodePort":0}"#
        )
    }

    @Test("embedded structs stand in place, pointers and lists are null")
    func volume() {
        let text = InternalForm.json(
            [.name: "v", .configMap: [.name: "c", .items: [[.key: "k", .path: "p"]]]],
            as: "Volume")
        #expect(text.hasPrefix(#"{"Name":"v","HostPath":null,"EmptyDir":null,"#))
        #expect(
            text.contains(
                #""ConfigMap":{"Name":"c","Items":[{"Key":"k","Path":"p","Mode":null}],"#
                    + #""DefaultMode":null,"Optional":null}"#))
    }

    @Test("what the model keeps of the host is in a pod's security context")
    func host() {
        let text = InternalForm.json(
            [.metadata: [.labels: ["b": "1", "a": "2"]], .spec: [.hostNetwork: true]],
            as: "PodTemplateSpec")
        #expect(text.hasPrefix(#"{"labels":{"a":"2","b":"1"},"Spec":{"Volumes":null,"#))
        #expect(text.contains(#""SecurityContext":{"HostNetwork":true,"HostPID":false,"#))
    }

    @Test("every struct that a field names is known")
    func closed() {
        // An object in every field leads through all structs of a pod.
        let text = InternalForm.json(
            [
                .spec: [
                    .containers: [[.name: "c", .livenessProbe: [.httpGet: [.port: "web"]]]],
                    .affinity: [
                        .podAffinity: [
                            .preferredDuringSchedulingIgnoredDuringExecution: [
                                [.weight: 1, .podAffinityTerm: [.topologyKey: "k"]]
                            ]
                        ]
                    ],
                ]
            ], as: "PodTemplateSpec")
        #expect(text.contains(#""HTTPGet":{"Path":"","Port":"web","Host":"","Scheme":"","#))
        #expect(text.contains(#""PodAffinityTerm":{"LabelSelector":null,"Namespaces":null,"#))
    }

    @Test("a difference is that of the JSON, one blank a level")
    func difference() {
        let text = InternalForm.difference(
            [.hostPath: [.path: "/a"]], [.hostPath: [.path: "/b"]], as: "PersistentVolumeSource")
        #expect(
            text == """
                @@ -2,7 +2,7 @@
                  "GCEPersistentDisk": null,
                  "AWSElasticBlockStore": null,
                  "HostPath": {
                -  "Path": "/a",
                +  "Path": "/b",
                   "Type": null
                  },
                  "Glusterfs": null,

                """)
    }
}
