// Objects that were taken, and that an API server of 1.36 refuses in these words.

extension ValidationTests {
    /// A pod whose container has `rest`.
    private static func container(_ rest: String, _ errors: String...) -> ValidationCase {
        ValidationCase(
            .pod, #"{"spec":{"containers":[{"name":"c","image":"i",\#(rest)}]}}"#, errors: errors)
    }

    /// A pod whose spec has `rest`.
    private static func pod(_ rest: String, _ errors: String...) -> ValidationCase {
        ValidationCase(
            .pod, #"{"spec":{"containers":[{"name":"c","image":"i"}],\#(rest)}}"#, errors: errors)
    }

    private static let words =
        "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and "
        + "end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex "
        + "used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"

    // MARK: Amounts

    static let amounts = [
        container(
            #""resources":{"requests":{"example.com/gpu":1},"limits":{"example.com/gpu":2}}"#,
            "spec.containers[0].resources.requests: Invalid value: \"1\": must be equal to "
                + "example.com/gpu limit of 2"),
        container(#""resources":{"limits":{"example.com/gpu":2}}"#),
        container(
            #""resources":{"requests":{"example.com/gpu":1}}"#,
            "spec.containers[0].resources.limits: Required value: Limit must be set for non "
                + "overcommitable resources"),
        container(
            #""resources":{"limits":{"example.com/gpu":"500m"}}"#,
            "spec.containers[0].resources.limits[example.com/gpu]: Invalid value: \"500m\": must be "
                + "an integer",
            "spec.containers[0].resources.requests[example.com/gpu]: Invalid value: \"500m\": must "
                + "be an integer"),
        container(
            #""resources":{"requests":{"hugepages-2Mi":"2Mi"}}"#,
            "spec.containers[0].resources.limits: Required value: Limit must be set for non "
                + "overcommitable resources",
            "spec.containers[0].resources: Forbidden: HugePages require cpu or memory"),
        container(
            #""resources":{"limits":{"cpu":1,"hugepages-2Mi":"3Mi"}}"#,
            "spec.containers[0].resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not "
                + "positive integer multiple of hugepages-2Mi",
            "spec.containers[0].resources.requests[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is "
                + "not positive integer multiple of hugepages-2Mi"),
        ValidationCase(
            .limitRange,
            """
            {"spec":{"limits":[{"type":"Container","max":{"cpu":"1"},"default":{"cpu":"2"},
            "defaultRequest":{"cpu":"2"}},{"type":"Container"}]}}
            """,
            "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is "
                + "greater than max value 1",
            "spec.limits[0].default[cpu]: Invalid value: \"1\": default value 2 is greater than max "
                + "value 1", "spec.limits[1].type: Duplicate value: \"Container\""),
        ValidationCase(
            .limitRange,
            #"{"spec":{"limits":[{"type":"Node"},{"type":"PersistentVolumeClaim"}]}}"#,
            "spec.limits[0].type: Invalid value: \"Node\": must be a standard limit type or fully "
                + "qualified",
            "spec.limits[1].limits: Required value: either minimum or maximum storage value is "
                + "required, but neither was provided"),
        ValidationCase(
            .limitRange,
            """
            {"spec":{"limits":[{"type":"Container","default":{"cpu":"1"},
            "defaultRequest":{"cpu":"2"},"maxLimitRequestRatio":{"cpu":"500m"}}]}}
            """,
            "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is "
                + "greater than default limit value 1",
            "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"500m\": ratio 500m is less "
                + "than 1"),
        ValidationCase(
            .limitRange,
            """
            {"spec":{"limits":[{"type":"Pod","min":{"cpu":"100m"},"max":{"cpu":"300m"},
            "maxLimitRequestRatio":{"cpu":"4"}}]}}
            """,
            "spec.limits[0].maxLimitRequestRatio[cpu]: Invalid value: \"4\": ratio 4 is greater than "
                + "max/min = 3.000000"),
        ValidationCase(
            .resourceQuota, #"{"spec":{"hard":{"bogus":"1","pods":"1500m","cpu":"-1"}}}"#,
            "spec.hard[bogus]: Invalid value: \"bogus\": must be a standard resource type or fully "
                + "qualified",
            "spec.hard[bogus]: Invalid value: \"bogus\": must be a standard resource for quota",
            "spec.hard[cpu]: Invalid value: \"-1\": must be greater than or equal to 0",
            "spec.hard[pods]: Invalid value: \"1500m\": must be an integer"),
        ValidationCase(
            .resourceQuota,
            """
            {"spec":{"hard":{"count/jobs.batch":"1","requests.example.com/gpu":"2",
            "requests.hugepages-2Mi":"4Mi","slow.storageclass.storage.k8s.io/requests.storage":"1Gi"
            }}}
            """),
        ValidationCase(
            .resourceQuota,
            """
            {"spec":{"hard":{"services":"1"},"scopes":["BestEffort","NotBestEffort","Odd"]}}
            """,
            "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Odd\"]: unsupported "
                + "scope applied to resource",
            "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Odd\"]: unsupported "
                + "scope applied to resource",
            "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Odd\"]: unsupported "
                + "scope",
            "spec.scopes: Invalid value: [\"BestEffort\",\"NotBestEffort\",\"Odd\"]: conflicting "
                + "scopes"),
    ]

    // MARK: Security

    static let security = [
        container(
            #""securityContext":{"privileged":true,"allowPrivilegeEscalation":false}"#,
            "spec.containers[0].securityContext: Invalid value: {\"Capabilities\":null,"
                + "\"Privileged\":true,\"SELinuxOptions\":null,\"WindowsOptions\":null,"
                + "\"RunAsUser\":null,\"RunAsGroup\":null,\"RunAsNonRoot\":null,"
                + "\"ReadOnlyRootFilesystem\":null,\"AllowPrivilegeEscalation\":false,"
                + "\"ProcMount\":null,\"SeccompProfile\":null,\"AppArmorProfile\":null}: cannot set "
                + "`allowPrivilegeEscalation` to false and `privileged` to true"),
        container(
            #""securityContext":{"runAsUser":-1,"runAsGroup":2147483648}"#,
            "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and "
                + "2147483647, inclusive",
            "spec.containers[0].securityContext.runAsGroup: Invalid value: 2147483648: must be "
                + "between 0 and 2147483647, inclusive"),
        pod(
            #""securityContext":{"fsGroup":-1,"seccompProfile":{"type":"Localhost"}}"#,
            "spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, "
                + "inclusive",
            "spec.securityContext.seccompProfile.localhostProfile: Required value: must be set when "
                + "seccomp type is Localhost"),
        container(
            #""securityContext":{"procMount":"Unmasked","appArmorProfile":{"type":"Odd"}}"#,
            "spec.containers[0].securityContext.procMount: Invalid value: \"Unmasked\": `hostUsers` "
                + "must be false to use `Unmasked`",
            "spec.containers[0].securityContext.appArmorProfile.type: Unsupported value: \"Odd\": "
                + "supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\""),
        pod(
            #""hostUsers":false,"hostPID":true"#,
            "spec.HostPID: Forbidden: when `hostUsers` is false"),
        container(
            #""lifecycle":{"preStop":{"sleep":{"seconds":31}}}"#,
            "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and "
                + "less than terminationGracePeriodSeconds (30)"),
        container(#""lifecycle":{"preStop":{"sleep":{"seconds":30}}}"#),
        pod(
            #""ephemeralContainers":[{"name":"e","image":"i","targetContainerName":"x"}]"#,
            "spec.ephemeralContainers[0].targetContainerName: Not found: \"x\"",
            "spec.ephemeralContainers: Forbidden: cannot be set on create"),
    ]

    // MARK: Where pods may be

    static let places = [
        pod(#""hostname":"a.b""#, "spec.hostname: Invalid value: \"a.b\": must not contain dots"),
        pod(
            #""nodeSelector":{"a/b/c":"d"}"#,
            "spec.nodeSelector: Invalid value: \"a/b/c\": a valid label key must consist of "
                + "alphanumeric characters, '-', '_' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
                + "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional "
                + "DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"),
        pod(
            """
            "topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","minDomains":2,
            "whenUnsatisfiable":"ScheduleAnyway","nodeTaintsPolicy":"Maybe",
            "labelSelector":{}}]
            """,
            "spec.topologySpreadConstraints[0].minDomains: Invalid value: 2: can only use minDomains "
                + "if whenUnsatisfiable=DoNotSchedule, not ScheduleAnyway",
            "spec.topologySpreadConstraints[0].nodeTaintsPolicy: Unsupported value: \"Maybe\": "
                + "supported values: \"Honor\", \"Ignore\""),
        pod(
            """
            "topologySpreadConstraints":[
            {"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"},
            {"maxSkew":2,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}]
            """,
            "spec.topologySpreadConstraints[0].{topologyKey, whenUnsatisfiable}: Duplicate value: "
                + "\"{zone, DoNotSchedule}\""),
        pod(
            """
            "affinity":{"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[
            {"weight":1,"podAffinityTerm":{"topologyKey":"a","namespaces":["A.b"],
            "matchLabelKeys":["x"]}}]}}
            """,
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
                + "podAffinityTerm.namespace: Invalid value: \"A.b\": a lowercase RFC 1123 label "
                + "must consist of lower case alphanumeric characters or '-', and must start and end "
                + "with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
                + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
                + "podAffinityTerm.matchLabelKeys: Forbidden: must not be specified when "
                + "labelSelector is not set"),
        pod(
            #""schedulingGates":[{"name":"bad name"},{"name":"a"},{"name":"a"}],"nodeName":"n""#,
            "spec.schedulingGates[0]: Invalid value: \"bad name\": \(words)",
            "spec.schedulingGates[2]: Duplicate value: \"a\"",
            "spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared"),
        pod(
            #""hostAliases":[{"ip":"1.2.3"}],"dnsPolicy":"None","dnsConfig":{"nameservers":["x"]}"#,
            "spec.dnsConfig.nameservers[0]: Invalid value: \"x\": must be a valid IP address, (e.g. "
                + "10.9.8.7 or 2001:db8::ffff)",
            "spec.hostAliases[0].ip: Invalid value: \"1.2.3\": must be a valid IP address, (e.g. "
                + "10.9.8.7 or 2001:db8::ffff)"),
        container(
            #""envFrom":[{"prefix":"a=b"},{"configMapRef":{"name":"m"},"secretRef":{"name":"s"}}]"#,
            "spec.containers[0].envFrom[0].prefix: Invalid value: \"a=b\": a valid environment "
                + "variable name must consist only of printable ASCII characters other than '='",
            "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or "
                + "`secretRef`",
            "spec.containers[0].envFrom: Invalid value: \"\": may not have more than one field "
                + "specified at a time"),
        container(
            #""volumeDevices":[{"name":"d","devicePath":"/a/../b"}]"#,
            "spec.containers[0].volumeDevices[0].name: Not found: \"d\"",
            "spec.containers[0].volumeDevices[0].devicePath: Invalid value: \"/a/../b\": can not "
                + "contain backsteps ('..')"),
    ]

    // MARK: Roles and claims

    private static let reference =
        #""roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"r"}"#

    static let policies = [
        ValidationCase(
            .clusterRoleBinding,
            #"{\#(reference),"subjects":[{"kind":"ServiceAccount","name":"s"}]}"#,
            "subjects[0].namespace: Required value"),
        ValidationCase(
            .roleBinding, #"{\#(reference),"subjects":[{"kind":"ServiceAccount","name":"s"}]}"#),
        ValidationCase(
            .roleBinding, #"{\#(reference),"subjects":[{"kind":"Robot","name":"s"}]}"#,
            "subjects[0].kind: Unsupported value: \"Robot\": supported values: \"ServiceAccount\", "
                + "\"User\", \"Group\""),
        ValidationCase(
            .roleBinding,
            #"{\#(reference),"subjects":[{"kind":"User","name":"","apiGroup":"x"}]}"#,
            "subjects[0].name: Required value",
            "subjects[0].apiGroup: Unsupported value: \"x\": supported values: "
                + "\"rbac.authorization.k8s.io\""),
        ValidationCase(
            .clusterRoleBinding,
            #"{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"}}"#,
            "roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\""),
        ValidationCase(
            .role, #"{"rules":[{"verbs":["get"],"nonResourceURLs":["/x"]}]}"#,
            "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: namespaced rules cannot apply to "
                + "non-resource URLs"),
        ValidationCase(
            .clusterRole,
            #"{"rules":[{"verbs":["get"],"nonResourceURLs":["/x"],"resources":["pods"]}]}"#,
            "rules[0].nonResourceURLs: Invalid value: [\"/x\"]: rules cannot apply to both regular "
                + "resources and non-resource URLs"),
        ValidationCase(
            .persistentVolumeClaim,
            """
            {"spec":{"accessModes":["ReadWriteOncePod","ReadWriteOnce"],
            "resources":{"requests":{"storage":"1Gi"}},"dataSource":{"kind":"Odd","name":"x"}}}
            """,
            "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes",
            "spec.dataSource: Invalid value: \"Odd\": must be 'PersistentVolumeClaim' when "
                + "referencing the default apiGroup"),
        ValidationCase(
            .secret,
            #"{"type":"kubernetes.io/dockerconfigjson","data":{".dockerconfigjson":"YQ=="}}"#,
            "data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid "
                + "character 'a' looking for beginning of value"),
        ValidationCase(
            .secret, #"{"type":"kubernetes.io/basic-auth"}"#, "data[username]: Required value",
            "data[password]: Required value"),
        ValidationCase(
            .secret, #"{"type":"kubernetes.io/basic-auth","data":{"username":""}}"#),
        ValidationCase(
            .secret, #"{"type":"kubernetes.io/service-account-token"}"#,
            "metadata.annotations[kubernetes.io/service-account.name]: Required value"),
        ValidationCase(
            .networkPolicy,
            """
            {"spec":{"ingress":[{"ports":[{"port":0}],"from":[{"ipBlock":{"cidr":"10.0.0.1"},
            "podSelector":{}}]}],"egress":[{"ports":[{"port":100,"endPort":90}],
            "to":[{"ipBlock":{"cidr":"10.0.0.0/8","except":["11.0.0.0/16","10.1.0.0/16"]}},{}]}]}}
            """,
            "spec.ingress[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
            "spec.ingress[0].from[0].ipBlock.cidr: Invalid value: \"10.0.0.1\": must be a valid "
                + "CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            "spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer",
            "spec.egress[0].ports[0].endPort: Invalid value: 100: must be greater than or equal to "
                + "`port`",
            "spec.egress[0].to[0].ipBlock.except[0]: Invalid value: \"11.0.0.0/16\": must be a "
                + "strict subset of `cidr`",
            "spec.egress[0].to[1]: Required value: must specify a peer"
        ),
        ValidationCase(
            .ingress, #"{"spec":{}}"#,
            "spec: Invalid value: null: either `defaultBackend` or `rules` must be specified"),
        ValidationCase(
            .ingress,
            """
            {"spec":{"defaultBackend":{"service":{"name":"web","port":{"name":"x","number":80}}},
            "tls":[{"hosts":["*"]}],"rules":[{"host":"1.2.3.4","http":{"paths":[]}}]}}
            """,
            "spec.defaultBackend: Invalid value: \"\": cannot set both port name & port number",
            "spec.rules[0].host: Invalid value: \"1.2.3.4\": must be a DNS name, not an IP address",
            "spec.rules[0].http.paths: Required value",
            "spec.tls[0].hosts[0]: Invalid value: \"*\": a wildcard DNS-1123 subdomain must start "
                + "with '*.', followed by a valid DNS subdomain, which must consist of lower case "
                + "alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. "
                + "'*.example.com', regex used for validation is "
                + #"'\*\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"#),
        ValidationCase(
            .ingress,
            """
            {"spec":{"rules":[{"host":"*.a.io","http":{"paths":[{"path":"/a/../b",
            "pathType":"Prefix","backend":{"service":{"name":"web"}}}]}}]}}
            """,
            "spec.rules[0].http.paths[0].path: Invalid value: \"/a/../b\": must not contain '/../'",
            "spec.rules[0].http.paths[0].backend: Required value: port name or number is required"),
        ValidationCase(
            .job,
            """
            {"spec":{"manualSelector":true,"managedBy":"me","template":{"metadata":{"labels":
            {"run":"j"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}
            """,
            "spec.managedBy: Invalid value: \"me\": must be a domain-prefixed path (such as "
                + "\"acme.io/foo\")", "spec.selector: Required value",
            "spec.template.metadata.labels: Invalid value: {\"run\":\"j\"}: `selector` does not "
                + "match template `labels`"),
    ]
}
