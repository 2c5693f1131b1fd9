import Support
import Testing
import Value

@testable import Model

/// Rows worked out from upstream's WarningsOnCreate and pkg/api/*/warnings.go.
@Suite("warnings of the API server")
struct WarningsTests {
    private static let container = #"{"name": "c", "image": "i"}"#

    /// The text of a Pod whose spec has `rest` after its container.
    private static func pod(_ rest: String, container: String = "") -> String {
        #"{"metadata": {"name": "p", "namespace": "d"}, "spec": {"containers": "#
            + #"[{"name": "c", "image": "i"\#(container)}]\#(rest)}}"#
    }

    private static func service(_ rest: String) -> String {
        #"{"metadata": {"name": "s", "namespace": "d"}, "spec": {"ports": [{"port": 80}], "#
            + "\(rest)}}"
    }

    static let rows: [(Kind, String, [String])] = [
        (
            .customResourceDefinition,
            #"{"spec": {"versions": [{"name": "v1", "schema": {"openAPIV3Schema": {"type": "object", "#
                + #""properties": {"a": {"type": "string", "format": "color"}, "#
                + #""b": {"type": "string", "format": "date-time"}, "#
                + #""c": {"type": "array", "items": {"type": "integer", "format": "int8"}}, "#
                + #""d": {"type": "string", "format": "color"}}}}}]}}"#,
            [#"unrecognized format "color""#, #"unrecognized format "int8""#]
        ),
        (.pod, pod(""), []),
        (
            .pod, pod(#", "nodeSelector": {"beta.kubernetes.io/os": "linux"}"#),
            [
                "spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use "
                    + #""kubernetes.io/os" instead"#
            ]
        ),
        (
            .pod,
            pod(
                "",
                container: #"""
                    , "env": [{"name": "A", "value": "1"}, {"name": "A", "value": "$(A)2"},
                    {"name": "A", "value": "3"}]
                    """#),
            [
                #"spec.containers[0].env[2]: hides previous definition of "A", which may be "#
                    + "dropped when using apply"
            ]
        ),
        (
            .pod,
            pod(
                "",
                container: #"""
                    , "ports": [{"containerPort": 80, "name": "a"}, {"containerPort": 80},
                    {"containerPort": 81, "hostIP": "1.2.3.4"},
                    {"containerPort": 80, "hostPort": 8}]
                    """#),
            [
                "spec.containers[0].ports[1]: duplicate port definition with "
                    + "spec.containers[0].ports[0]",
                "spec.containers[0].ports[2]: hostIP set without hostPort: {Name: HostPort:0 "
                    + "ContainerPort:81 Protocol:TCP HostIP:1.2.3.4}",
                "spec.containers[0].ports[3]: overlapping port definition with "
                    + "spec.containers[0].ports[0]",
                "spec.containers[0].ports[3]: overlapping port definition with "
                    + "spec.containers[0].ports[1]",
            ]
        ),
        (
            .pod,
            pod("", container: #", "resources": {"limits": {"memory": "1500m", "cpu": "5m"}}"#),
            [
                "spec.containers[0].resources.limits[memory]: fractional byte value \"1500m\" is "
                    + "invalid, must be an integer",
                "spec.containers[0].resources.requests[memory]: fractional byte value \"1500m\" is "
                    + "invalid, must be an integer",
            ]
        ),
        (
            .pod, pod(#", "imagePullSecrets": [{"name": "a"}, {"name": ""}, {"name": "a"}]"#),
            [
                #"spec.imagePullSecrets[2].name: duplicate name "a""#,
                #"spec.imagePullSecrets[1].name: invalid empty name """#,
            ]
        ),
        (
            .pod,
            pod(#", "hostAliases": [{"ip": "1.2.3.4"}, {"ip": "1.2.3.4"}, {"ip": "::0001"}]"#),
            [
                #"spec.hostAliases[1].ip: duplicate ip "1.2.3.4""#,
                #"spec.hostAliases[2].ip: IPv6 address "::0001" should be in RFC 5952 canonical "#
                    + #"format ("::1")"#,
            ]
        ),
        (
            .pod, pod(#", "volumes": [{"name": "v", "gitRepo": {"repository": "r"}}]"#),
            ["spec.volumes[0].gitRepo: deprecated in v1.11, and disabled by default in v1.33+"]
        ),
        (
            .pod,
            pod(
                #"""
                , "volumes": [{"name": "v", "configMap": {"name": "m", "items":
                [{"key": "a", "path": "x"}, {"key": "b", "path": "x/y"}]}}]
                """#),
            [
                #"volume "v" (ConfigMap "m"): overlapping paths: "x/y" with "x""#
            ]
        ),
        (
            .pod,
            pod(
                #"""
                , "topologySpreadConstraints":
                [{"maxSkew": 1, "topologyKey": "z", "whenUnsatisfiable": "DoNotSchedule"}]
                """#),
            [
                "spec.topologySpreadConstraints[0].labelSelector: a null labelSelector results in "
                    + "matching no pod"
            ]
        ),
        // A pod has 1 by now; a template keeps what it says.
        (.pod, pod(#", "terminationGracePeriodSeconds": -1"#), []),
        (
            .deployment,
            #"""
            {"spec": {"template": {"spec": {"terminationGracePeriodSeconds": -1, "containers": []}}}}
            """#,
            [
                "spec.template.spec.terminationGracePeriodSeconds: must be >= 0; negative values "
                    + "are invalid and will be treated as 1"
            ]
        ),
        (
            .deployment,
            #"""
            {"metadata": {"name": "my.app"}, "spec": {"template": {"metadata": {"annotations":
            {"scheduler.alpha.kubernetes.io/critical-pod": ""}}, "spec": {"containers": []}}}}
            """#,
            [
                "metadata.name: this is used in Pod names and hostnames, which can result in "
                    + "surprising behavior; a DNS label is recommended: [must not contain dots]",
                "spec.template.metadata.annotations[scheduler.alpha.kubernetes.io/critical-pod]: "
                    + #"non-functional in v1.16+; use the "priorityClassName" field instead"#,
            ]
        ),
        (
            .service, service(#""type": "ClusterIP", "externalName": "a.b""#),
            [#"spec.externalName is ignored when spec.type is not "ExternalName""#]
        ),
        (
            .service, service(#""externalIPs": ["010.0.0.1"], "loadBalancerIP": "1.2.03.4""#),
            [
                #"spec.externalIPs[0]: non-standard IP address "010.0.0.1" is invalid: use "#
                    + #""10.0.0.1""#,
                "spec.externalIPs is deprecated and may no longer be implemented in some clusters",
                #"spec.loadBalancerIP: non-standard IP address "1.2.03.4" is invalid: use "#
                    + #""1.2.3.4""#,
            ]
        ),
        (
            .persistentVolumeClaim,
            #"""
            {"metadata": {"name": "c"},
             "spec": {"resources": {"requests": {"storage": "100m"}}}}
            """#,
            [
                #"spec.resources.requests[storage]: fractional byte value "100m" is invalid, must "#
                    + "be an integer"
            ]
        ),
        (
            .persistentVolume,
            #"{"metadata": {"name": "v"}, "spec": {"persistentVolumeReclaimPolicy": "Recycle"}}"#,
            [
                "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. "
                    + "Instead, the recommended approach is to use dynamic provisioning."
            ]
        ),
        (
            .resourceQuota,
            #"{"metadata": {"name": "q"}, "spec": {"hard": {"cpu": "2", "limits.cpu": "1"}}}"#,
            ["ResourceQuota cpu (2) should be less than limits.cpu (1)"]
        ),
        (
            .networkPolicy,
            #"""
            {"metadata": {"name": "n"},
             "spec": {"ingress": [{"from": [{"ipBlock": {"cidr": "10.0.0.1/8"}}]}]}}
            """#,
            [
                #"spec.ingress[0].from[0].ipBlock.cidr: CIDR value "10.0.0.1/8" is ambiguous in "#
                    + #"this context (should be "10.0.0.0/8" or "10.0.0.1/32"?)"#
            ]
        ),
    ]

    @Test("what a client is told of a new object", arguments: rows)
    func create(kind: Kind, json: String, warnings: [String]) throws {
        #expect(Warnings.create(try prepared(json, kind), kind: kind.info) == warnings)
    }

    @Test("an update warns of a template only where the spec changed")
    func update() throws {
        let old = try prepared(
            #"""
            {"metadata": {"name": "d"}, "spec": {"template": {"spec": {"containers":
            [{"name": "c", "env": [{"name": "A"}, {"name": "A"}]}]}}}}
            """#, .deployment)
        var new = old
        new[.metadata][.labels]["a"] = "b"
        #expect(Warnings.update(new, from: old, kind: Kind.deployment.info).isEmpty)
        new[.spec][.replicas] = 3
        #expect(Warnings.update(new, from: old, kind: Kind.deployment.info).count == 1)
    }

    @Test(
        "addresses in their canonical form",
        arguments: [
            ("10.0.0.1", "10.0.0.1"), ("010.00.0.1", "10.0.0.1"), ("256.0.0.1", nil),
            ("1.2.3", nil), ("::", "::"), ("0:0:0:0:0:0:0:1", "::1"),
            ("2001:DB8::0:1", "2001:db8::1"),
            ("1:0:0:2:0:0:0:3", "1:0:0:2::3"), ("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7"),
            ("::ffff:1.2.3.4", "1.2.3.4"), ("64:ff9b::1.2.3.4", "64:ff9b::102:304"),
            ("1::2::3", nil),
            ("1:2:3:4:5:6:7:8:9", nil), ("g::", nil),
        ] as [(String, String?)])
    func addresses(text: String, canonical: String?) {
        #expect(IPAddress(text)?.text == canonical)
    }
}
