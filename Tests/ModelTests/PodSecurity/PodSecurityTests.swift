import Support
import Testing
import Value

@testable import Model

/// Rows worked out from the rules of k8s.io/pod-security-admission; the texts are those of a recorded
/// control plane.
@Suite("Pod Security")
struct PodSecurityTests {
    private static func standard(_ text: String) -> PodSecurityStandard {
        let parts = text.split(separator: ":")
        return PodSecurityStandard(
            level: .init(rawValue: String(parts[0])) ?? .privileged,
            minor: parts.count > 1 ? Int(parts[1]) : nil)
    }

    private static let good = #"""
        "securityContext": {"runAsNonRoot": true, "seccompProfile": {"type": "RuntimeDefault"}}
        """#
    private static let tight =
        #""allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}"#

    /// Text of a spec with the container "main", which has `context`.
    private static func spec(_ rest: String = "", context: String = "") -> String {
        #"{"containers": [{"name": "main", "securityContext": {\#(context)}}]"#
            + (rest.isEmpty ? "" : ", \(rest)") + "}"
    }

    static let rows: [(String, String, String)] = [
        ("privileged", spec(context: #""privileged": true"#), ""),
        ("baseline", spec(), ""),
        (
            "baseline", spec(context: #""privileged": true"#),
            #"privileged (container "main" must not set securityContext.privileged=true)"#
        ),
        (
            "baseline", spec(#""hostNetwork": true, "hostPID": true"#),
            "host namespaces (hostNetwork=true, hostPID=true)"
        ),
        (
            "baseline",
            #"""
            {"volumes": [{"name": "v", "hostPath": {"path": "/x"}}],
             "containers": [{"name": "main", "ports": [{"containerPort": 80, "hostPort": 8080}]}]}
            """#,
            #"hostPath volumes (volume "v"), hostPort (container "main" uses hostPort 8080)"#
        ),
        (
            "baseline",
            #"""
            {"initContainers": [{"name": "a", "ports": [{"hostPort": 9}, {"hostPort": 80}]}],
             "containers": [{"name": "b", "ports": [{"hostPort": 80}]}]}
            """#, #"hostPort (containers "a", "b" use hostPorts 80, 9)"#
        ),
        (
            "baseline", spec(context: #""capabilities": {"add": ["SYS_TIME", "CHOWN"]}"#),
            #"non-default capabilities (container "main" must not include "SYS_TIME" in "#
                + "securityContext.capabilities.add)"
        ),
        (
            "baseline", spec(context: #""procMount": "Unmasked""#),
            #"procMount (container "main" must not set securityContext.procMount to "Unmasked")"#
        ),
        ("baseline", spec(#""hostUsers": false"#, context: #""procMount": "Unmasked""#), ""),
        (
            "baseline:34", spec(#""hostUsers": false"#, context: #""procMount": "Unmasked""#),
            #"procMount (container "main" must not set securityContext.procMount to "Unmasked")"#
        ),
        (
            "baseline",
            spec(
                #""securityContext": {"seLinuxOptions": {"type": "bad_t", "user": "u"}}"#,
                context: #""seLinuxOptions": {"role": "r"}"#),
            #"seLinuxOptions (pod and container "main" set forbidden "#
                + #"securityContext.seLinuxOptions: type "bad_t"; user may not be set; role may "#
                + "not be set)"
        ),
        (
            "baseline:30", spec(context: #""seLinuxOptions": {"type": "container_engine_t"}"#),
            #"seLinuxOptions (container "main" set forbidden securityContext.seLinuxOptions: type "#
                + #""container_engine_t")"#
        ),
        ("baseline", spec(context: #""seLinuxOptions": {"type": "container_engine_t"}"#), ""),
        (
            "baseline",
            spec(#""securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem"}]}"#), ""
        ),
        (
            "baseline:31",
            spec(#""securityContext": {"sysctls": [{"name": "net.ipv4.tcp_rmem"}]}"#),
            "forbidden sysctls (net.ipv4.tcp_rmem)"
        ),
        (
            "baseline", spec(context: #""seccompProfile": {"type": "Unconfined"}"#),
            #"seccompProfile (container "main" must not set securityContext.seccompProfile.type to "#
                + #""Unconfined")"#
        ),
        (
            "baseline", spec(context: #""appArmorProfile": {"type": "Unconfined"}"#),
            #"forbidden AppArmor profile (container "main" must not set AppArmor profile type to "#
                + #""Unconfined")"#
        ),
        (
            "baseline",
            #"""
            {"containers": [{"name": "main", "livenessProbe": {"httpGet": {"host": "h"}}}]}
            """#, #"probe or lifecycle host (container "main" uses probe or lifecycle host "h")"#
        ),
        (
            "baseline:33",
            #"""
            {"containers": [{"name": "main", "livenessProbe": {"httpGet": {"host": "h"}}}]}
            """#, ""
        ),
        (
            "baseline", spec(#""securityContext": {"windowsOptions": {"hostProcess": true}}"#),
            "hostProcess (pod must not set securityContext.windowsOptions.hostProcess=true)"
        ),
        ("restricted", spec(good, context: tight), ""),
        (
            "restricted", spec(),
            "allowPrivilegeEscalation != false (container \"main\" must set "
                + "securityContext.allowPrivilegeEscalation=false), unrestricted capabilities "
                + "(container \"main\" must set securityContext.capabilities.drop=[\"ALL\"]), "
                + "runAsNonRoot != true (pod or container \"main\" must set "
                + "securityContext.runAsNonRoot=true), seccompProfile (pod or container \"main\" "
                + "must set securityContext.seccompProfile.type to \"RuntimeDefault\" or "
                + "\"Localhost\")"
        ),
        (
            "restricted:18", spec(),
            "allowPrivilegeEscalation != false (container \"main\" must set "
                + "securityContext.allowPrivilegeEscalation=false), runAsNonRoot != true (pod or "
                + "container \"main\" must set securityContext.runAsNonRoot=true)"
        ),
        (
            "restricted",
            #"""
            {\#(good), "containers": [{"name": "main", "securityContext": {"runAsUser": 0,
             "allowPrivilegeEscalation": false,
             "capabilities": {"drop": ["ALL"], "add": ["NET_ADMIN", "NET_BIND_SERVICE"]}}}]}
            """#,
            #"unrestricted capabilities (container "main" must not include "NET_ADMIN" in "#
                + #"securityContext.capabilities.add), runAsUser=0 (container "main" must not set "#
                + "runAsUser=0)"
        ),
        (
            "restricted",
            spec(
                #""volumes": [{"name": "v", "nfs": {"path": "/"}}, {"name": "w", "hostPath": {}}],"#
                    + good, context: tight),
            #"restricted volume types (volumes "v", "w" use restricted volume types "hostPath", "#
                + #""nfs")"#
        ),
        (
            "restricted",
            spec(#""hostUsers": false,"# + good, context: tight + #", "runAsUser": 0"#), ""
        ),
        (
            "restricted",
            spec(#""os": {"name": "windows"}, "securityContext": {"runAsNonRoot": true}"#), ""
        ),
    ]

    @Test("a level forbids what it does, in the words of the version", arguments: rows)
    func levels(standard: String, spec: String, violations: String) throws {
        let pod: Value = [.spec: try JSON.parse(spec)]
        let found = Self.standard(standard).violations(of: PodSecuritySubject(pod))
        #expect(found.details == violations)
    }

    @Test("annotations of old are looked at")
    func annotations() throws {
        let pod: Value = [
            .metadata: [
                .annotations: [
                    "container.apparmor.security.beta.kubernetes.io/main": "unconfined",
                    "seccomp.security.alpha.kubernetes.io/pod": "unconfined",
                ]
            ], .spec: try JSON.parse(Self.spec()),
        ]
        let subject = PodSecuritySubject(pod)
        let appArmor =
            "forbidden AppArmor profile (annotation must not set AppArmor profile type to "
            + "\"container.apparmor.security.beta.kubernetes.io/main=\"unconfined\"\")"
        #expect(Self.standard("baseline").violations(of: subject).details == appArmor)
        #expect(
            Self.standard("baseline:18").violations(of: subject).details == appArmor
                + ", seccompProfile (forbidden annotation "
                + "seccomp.security.alpha.kubernetes.io/pod=\"unconfined\")")
    }

    @Test(
        "labels make the policy",
        arguments: [
            ([:], "privileged:latest privileged:latest privileged:latest", []),
            (["enforce": "baseline"], "baseline:latest privileged:latest baseline:latest", []),
            (
                ["enforce": "restricted", "enforce-version": "v1.25"],
                "restricted:v1.25 privileged:latest restricted:v1.25", []
            ),
            (
                ["enforce": "restricted", "warn": "baseline", "audit-version": "v1.3"],
                "restricted:latest privileged:v1.3 baseline:latest", []
            ),
            (
                ["enforce": "severe", "warn": "x", "audit": "y"],
                "restricted:latest privileged:latest privileged:latest",
                ["enforce", "audit", "warn"].map {
                    "metadata.labels[pod-security.kubernetes.io/\($0)]: Invalid value: \""
                        + ["enforce": "severe", "warn": "x", "audit": "y"][$0]!
                        + "\": must be one of privileged, baseline, restricted"
                }
            ),
            (
                ["enforce-version": "v1.01"],
                "privileged:latest privileged:latest privileged:latest",
                [
                    "metadata.labels[pod-security.kubernetes.io/enforce-version]: Invalid value: "
                        + #""v1.01": must be "latest" or "v1.x""#
                ]
            ),
        ] as [([String: String], String, [String])])
    func policies(labels: [String: String], policy: String, errors: [String]) {
        var object = Object()
        for (name, text) in labels {
            object.set(Key("pod-security.kubernetes.io/\(name)"), to: Value(text))
        }
        let (found, problems) = PodSecurityPolicy.read(object)
        #expect(
            [found.enforce, found.audit, found.warn].map(\.text).joined(separator: " ") == policy)
        #expect(problems.map(\.message) == errors)
    }
}
