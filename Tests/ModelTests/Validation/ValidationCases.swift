@testable import Model

extension ValidationTests {
    static let workloads = [
        ValidationCase(.deployment, #"{"spec":{$SEL,"template":$POD}}"#),
        ValidationCase(
            .deployment, #"{"spec":{"replicas":-2,$SEL,"template":$POD}}"#,
            "spec.replicas: Invalid value: -2: must be greater than or equal to 0"),
        ValidationCase(
            .deployment, #"{"spec":{"template":$POD}}"#, "spec.selector: Required value",
            "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: "
                + "`selector` does not match template `labels`"),
        ValidationCase(
            .deployment, #"{"spec":{"selector":{"matchLabels":{"app":"x"}},"template":$POD}}"#,
            "spec.template.metadata.labels: Invalid value: {\"app\":\"web\"}: "
                + "`selector` does not match template `labels`"),
        ValidationCase(
            .deployment, #"{"spec":{"selector":{},"template":$POD}}"#,
            "spec.selector: Invalid value: {}: empty selector is invalid for deployment"),
        ValidationCase(
            .deployment,
            #"{"spec":{$SEL,"template":$POD,"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}}}}"#,
            "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "
                + "0: may not be 0 when `maxSurge` is 0"
        ),
        ValidationCase(
            .deployment,
            #"{"spec":{$SEL,"template":$POD,"strategy":{"rollingUpdate":{"maxSurge":"x","maxUnavailable":"101%"}}}}"#,
            "spec.strategy.rollingUpdate.maxSurge: Invalid value: "
                + "\"x\": a valid percent string must be "
                + "a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for "
                + "validation is '[0-9]+%')",
            "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: "
                + "\"101%\": must not be greater than 100%"
        ),
        ValidationCase(
            .deployment,
            #"{"spec":{$SEL,"template":$POD,"strategy":{"type":"Recreate","rollingUpdate":{}}}}"#,
            "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is "
                + "'Recreate'"),
        ValidationCase(
            .deployment, #"{"spec":{$SEL,"template":$POD,"strategy":{"type":"Blue"}}}"#,
            "spec.strategy: Unsupported value: {\"Type\":\"Blue\",\"RollingUpdate\":null}: supported "
                + "values: \"Recreate\", \"RollingUpdate\""),
        ValidationCase(
            .deployment,
            #"{"spec":{$SEL,"template":$POD,"progressDeadlineSeconds":6,"minReadySeconds":6}}"#,
            "spec.progressDeadlineSeconds: Invalid value: 6: must be greater than minReadySeconds"),
        ValidationCase(
            .daemonSet,
            #"{"spec":{$SEL,"template":$POD,"updateStrategy":{"rollingUpdate":{"maxUnavailable":0}}}}"#,
            "spec.updateStrategy.rollingUpdate.maxUnavailable: Required value: cannot be 0 when "
                + "maxSurge is 0"),
        ValidationCase(
            .daemonSet,
            #"{"spec":{$SEL,"template":$POD,"updateStrategy":{"rollingUpdate":{"maxSurge":1}}}}"#,
            "spec.updateStrategy.rollingUpdate.maxSurge: Invalid value: "
                + "1: may not be set when "
                + "maxUnavailable is non-zero"),
        ValidationCase(
            .statefulSet,
            #"{"spec":{$SEL,"template":$POD,"podManagementPolicy":"Any","updateStrategy":{"type":"Blue"}}}"#,
            "spec.podManagementPolicy: Invalid value: \"Any\": must be 'OrderedReady' or 'Parallel'",
            "spec.updateStrategy: Invalid value: {\"Type\":\"Blue\",\"RollingUpdate\":null}: must be 'RollingUpdate' or "
                + "'OnDelete'"),
        ValidationCase(
            .statefulSet,
            """
            {"spec":{$SEL,"volumeClaimTemplates":[{"metadata":{"name":"d"}}],
            "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"c",
            "image":"i","volumeMounts":[{"name":"d","mountPath":"/d"},
            {"name":"e","mountPath":"/e"}]}]}}}}
            """,
            "spec.volumeClaimTemplates[0].spec.accessModes: Required value: at least 1 access mode is "
                + "required",
            "spec.volumeClaimTemplates[0].spec.resources[storage]: Required value",
            "spec.template.spec.containers[0].volumeMounts[1].name: Not found: \"e\""),
        ValidationCase(
            .replicaSet,
            """
            {"spec":{$SEL,"template":{"metadata":{"labels":{"app":"web"}},"spec":{
            "restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}
            """,
            "spec.template.spec.restartPolicy: Unsupported value: \"Never\": supported values: "
                + "\"Always\""),
        ValidationCase(
            .job, #"{"spec":{$SEL,"template":$POD}}"#,
            "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", "
                + "\"Never\""),
        ValidationCase(
            .cronJob,
            """
            {"spec":{"schedule":"every minute","jobTemplate":{"spec":{"template":{"spec":{
            "restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}
            """,
            "spec.schedule: Invalid value: \"every minute\": expected exactly 5 fields, found 2: "
                + "[every minute]"),
        ValidationCase(
            .horizontalPodAutoscaler,
            #"{"spec":{"minReplicas":5,"maxReplicas":2,"scaleTargetRef":{"kind":"Deployment"}}}"#,
            "spec.maxReplicas: Invalid value: 2: must be greater than or equal to `minReplicas`",
            "spec.scaleTargetRef.name: Required value",
            "spec.scaleTargetRef.apiVersion: Invalid value: \"\": apiVersion must specify API "
                + "group"),
        ValidationCase(
            .podDisruptionBudget, #"{"spec":{"minAvailable":1,"maxUnavailable":1}}"#,
            "spec: Invalid value: {\"MinAvailable\":1,\"Selector\":null,\"MaxUnavailable\":1,"
                + "\"UnhealthyPodEvictionPolicy\":null}: minAvailable and maxUnavailable cannot be "
                + "both set"),
    ]

    static let pods = [
        ValidationCase(.pod, #"{"spec":{}}"#, "spec.containers: Required value"),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"a_b"},{"image":" x"},{"name":"c","image":"i"},{"name":"c","image":"i"}]}}"#,
            "spec.containers[0].name: Invalid value: \"a_b\": a lowercase RFC 1123 label must "
                + "consist of lower case alphanumeric characters or '-', and must start and end with "
                + "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
                + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
            "spec.containers[0].image: Required value",
            "spec.containers[1].name: Required value",
            "spec.containers[3].name: Duplicate value: \"c\"",
            "spec.containers[1].image: Invalid value: \" x\": must not have leading or trailing "
                + "whitespace"),
        ValidationCase(
            .pod,
            """
            {"spec":{"containers":[{"name":"c","image":"i","ports":[{"containerPort":70000},
            {"containerPort":80,"hostPort":1,"name":"Web"},{"containerPort":81,"hostPort":1},{}],
            "imagePullPolicy":"Sometimes","env":[{"value":"x"},{"name":"e","valueFrom":{}}]}]}}
            """,
            "spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and "
                + "65535, inclusive",
            "spec.containers[0].ports[1].name: Invalid value: \"Web\": must contain only "
                + "alpha-numeric characters (a-z, 0-9), and hyphens (-)",
            "spec.containers[0].ports[3].containerPort: Required value",
            "spec.containers[0].env[0].name: Required value",
            "spec.containers[0].env[1].valueFrom: Invalid value: \"\": must specify one of: "
                + "`fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`",
            "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: "
                + "\"Always\", \"IfNotPresent\", \"Never\"",
            "spec.containers[0].ports[2].hostPort: Duplicate value: \"TCP//1\""),
        ValidationCase(
            .pod,
            """
            {"spec":{"containers":[{"name":"c","image":"i","resources":{"requests":{"cpu":"2",
            "memory":"-1","gpu":"1"},"limits":{"cpu":"1"}},"livenessProbe":{"successThreshold":2,
            "tcpSocket":{"port":"x_y"}},"readinessProbe":{"exec":{"command":[]}}}],
            "restartPolicy":"Sometimes"}}
            """,
            "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal "
                + "to cpu limit of 1",
            "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard "
                + "resource type or fully qualified",
            "spec.containers[0].resources.requests[gpu]: Invalid value: \"gpu\": must be a standard "
                + "resource for containers",
            "spec.containers[0].resources.requests[memory]: Invalid value: \"-1\": must be greater "
                + "than or equal to 0",
            "spec.containers[0].livenessProbe.tcpSocket.port: Invalid value: \"x_y\": must contain "
                + "only alpha-numeric characters (a-z, 0-9), and hyphens (-)",
            "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1",
            "spec.containers[0].readinessProbe.exec.command: Required value",
            "spec.restartPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", "
                + "\"OnFailure\", \"Never\""),
        ValidationCase(
            .pod,
            """
            {"spec":{"containers":[{"name":"c","image":"i"}],"tolerations":[{"operator":"Equal"},
            {"key":"k","operator":"Exists","value":"v"},{"key":"k","tolerationSeconds":1},
            {"key":"k","effect":"Never"}],"affinity":{"nodeAffinity":{
            "requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[
            {"matchExpressions":[{"key":"a","operator":"Equal","values":["b"]}]}]}},
            "podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":0,
            "podAffinityTerm":{}}]}}}}
            """,
            "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution."
                + "nodeSelectorTerms[0].matchExpressions[0].operator: Invalid value: \"Equal\": not a "
                + "valid selector operator",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight:"
                + " Invalid value: 0: must be in the range 1-100",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
                + "podAffinityTerm.topologyKey: Required value: can not be empty",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
                + "podAffinityTerm.topologyKey: Invalid value: \"\": name part must be non-empty",
            "spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[0]."
                + "podAffinityTerm.topologyKey: Invalid value: \"\": name part must consist of "
                + "alphanumeric characters, '-', '_' or '.', and must start and end with an "
                + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
                + "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
            "spec.tolerations[0].operator: Invalid value: \"Equal\": operator must be Exists when "
                + "`key` is empty, which means \"match all values and all keys\"",
            "spec.tolerations[1].operator: Invalid value: \"v\": value must be empty when "
                + "`operator` is 'Exists'",
            "spec.tolerations[2].effect: Invalid value: \"\": effect must be 'NoExecute' when "
                + "`tolerationSeconds` is set",
            "spec.tolerations[3].effect: Unsupported value: \"Never\": supported values: "
                + "\"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""),
        ValidationCase(
            .pod,
            """
            {"spec":{"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v",
            "mountPath":"/a"},{"name":"w","mountPath":"/a","subPath":"../x"}]}],"volumes":[
            {"name":"v","emptyDir":{},"hostPath":{"path":"/"}},{"name":"v","configMap":{}}]}}
            """,
            "spec.volumes[0].hostPath: Forbidden: may not specify more than 1 volume type",
            "spec.volumes[1].configMap.name: Required value",
            "spec.containers[0].volumeMounts[0].name: Not found: \"v\"",
            "spec.containers[0].volumeMounts[1].name: Not found: \"w\"",
            "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique",
            "spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain "
                + "'..'"),
        ValidationCase(
            .pod,
            """
            {"spec":{"containers":[{"name":"c","image":"i","restartPolicy":"Always"}],
            "initContainers":[{"name":"i","image":"i","readinessProbe":{"exec":{"command":["x"]}}},
            {"name":"s","image":"i","restartPolicy":"Always","startupProbe":{"httpGet":{"port":1},
            "exec":{"command":["x"]}}}],"dnsPolicy":"None","hostname":"A"}}
            """,
            "spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers "
                + "without restartPolicy=Always",
            "spec.initContainers[1].startupProbe.httpGet: Forbidden: may not specify more than 1 "
                + "handler type",
            "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None",
            "spec.hostname: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower "
                + "case alphanumeric characters or '-', and must start and end with an alphanumeric "
                + "character (e.g. 'my-name',  or '123-abc', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?')"),
    ]

    static let others = [
        ValidationCase(
            .service, #"{"metadata":{"name":"Two_Bad"},"spec":{"ports":[{"port":80}]}}"#,
            "metadata.name: Invalid value: \"Two_Bad\": a lowercase RFC 1123 label must "
                + "consist of lower case alphanumeric characters or '-', and must start and end with "
                + "an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for "
                + "validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')"),
        ValidationCase(.service, #"{"spec":{}}"#, "spec.ports: Required value"),
        ValidationCase(.service, #"{"spec":{"clusterIP":"None"}}"#),
        ValidationCase(
            .service, #"{"spec":{"type":"Ext","ports":[{"port":0},{"port":81,"nodePort":3}]}}"#,
            "spec.ports[0].name: Required value",
            "spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive",
            "spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive",
            "spec.ports[1].name: Required value",
            "spec.type: Unsupported value: \"Ext\": supported values: \"ClusterIP\", "
                + "\"ExternalName\", \"LoadBalancer\", \"NodePort\""),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"externalTrafficPolicy":"Local"}}"#,
            "spec.externalTrafficPolicy: Invalid value: \"Local\": may only be set for "
                + "externally-accessible services"),
        ValidationCase(
            .service,
            #"{"spec":{"type":"NodePort","ports":[{"port":80}],"externalTrafficPolicy":"Near"}}"#,
            "spec.externalTrafficPolicy: Unsupported value: \"Near\": supported values: \"Cluster\", "
                + "\"Local\""),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"internalTrafficPolicy":"Near"}}"#,
            "spec.internalTrafficPolicy: Unsupported value: \"Near\": supported values: \"Cluster\", "
                + "\"Local\""),
        ValidationCase(
            .service,
            #"{"spec":{"ports":[{"port":80}],"sessionAffinity":"ClientIP","sessionAffinityConfig":{"clientIP":{"timeoutSeconds":0}}}}"#,
            "spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 0: must be greater "
                + "than 0 and less than 86400"),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"sessionAffinity":"Sticky"}}"#,
            "spec.sessionAffinity: Unsupported value: \"Sticky\": supported values: \"ClientIP\", "
                + "\"None\""),
        ValidationCase(
            .service,
            #"{"spec":{"ports":[{"port":80}],"loadBalancerClass":"x","loadBalancerSourceRanges":["10.0.0.0"],"trafficDistribution":"Far"}}"#,
            "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is "
                + "'LoadBalancer'",
            "spec.LoadBalancerSourceRanges[0]: Invalid value: \"10.0.0.0\": must be a valid CIDR "
                + "value, (e.g. 10.9.8.0/24 or 2001:db8::/64)",
            "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
            "spec.trafficDistribution: Unsupported value: \"Far\": supported values: "
                + "\"PreferClose\", \"PreferSameZone\", \"PreferSameNode\""),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"externalIPs":["127.0.0.1","x"]}}"#,
            "spec.externalIPs[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range "
                + "(127.0.0.0/8, ::1/128)",
            "spec.externalIPs[1]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 "
                + "or 2001:db8::ffff)"),
        ValidationCase(
            .service, #"{"spec":{"type":"ExternalName","externalName":"Bad_Name"}}"#,
            "spec.externalName: Invalid value: \"Bad_Name\": a lowercase RFC 1123 subdomain must "
                + "consist of lower case alphanumeric characters, '-' or '.', and must start and end "
                + "with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                + "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"),
        ValidationCase(
            .endpoints,
            #"{"subsets":[{"ports":[{"port":80}]},{"addresses":[{"ip":"127.0.0.1"}]}]}"#,
            "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`",
            "subsets[1].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback "
                + "range (127.0.0.0/8, ::1/128)"),
        ValidationCase(
            .endpointSlice,
            #"{"addressType":"IPv4","endpoints":[{"addresses":["x"]},{"addresses":[]}]}"#,
            "endpoints[0].addresses[0]: Invalid value: \"x\": must be a valid IP address, (e.g. "
                + "10.9.8.7 or 2001:db8::ffff)",
            "endpoints[1].addresses: Required value: must contain at least 1 address"),
        ValidationCase(
            .persistentVolumeClaim, #"{"spec":{}}"#,
            "spec.accessModes: Required value: at least 1 access mode is required",
            "spec.resources[storage]: Required value"),
        ValidationCase(
            .persistentVolume, #"{"spec":{"capacity":{"storage":"0"},"accessModes":["RWO"]}}"#,
            "spec.accessModes: Unsupported value: \"RWO\": supported values: \"ReadOnlyMany\", "
                + "\"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\"",
            "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero",
            "spec: Required value: must specify a volume type"),
        ValidationCase(
            .configMap, #"{"data":{"a/b":"x"}}"#,
            "data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric "
                + "characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', "
                + "regex used for validation is '[-._a-zA-Z0-9]+')"),
        ValidationCase(
            .secret, #"{"type":"kubernetes.io/tls","data":{"tls.crt":""}}"#,
            "data[tls.key]: Required value"),
        ValidationCase(
            .priorityClass, #"{"value":2000000000}"#,
            "value: Forbidden: maximum allowed value of a user defined priority is 1000000000"),
        ValidationCase(
            .ingress, #"{"spec":{"rules":[{"http":{"paths":[{"path":"x","backend":{}}]}}]}}"#,
            "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified"),
        ValidationCase(
            .namespace, #"{"metadata":{"name":"a.b"}}"#,
            "metadata.name: Invalid value: \"a.b\": must not contain dots"),
        ValidationCase(
            .configMap, #"{"metadata":{"labels":{"a b":"c d"},"finalizers":["x"]}}"#,
            "metadata.labels: Invalid value: \"a b\": name part must consist of alphanumeric "
                + "characters, '-', '_' or '.', and must start and end with an alphanumeric "
                + "character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation "
                + "is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
            "metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or "
                + "consist of alphanumeric characters, '-', '_' or '.', and must start and end with "
                + "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used "
                + "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
            "metadata.finalizers[0]: Invalid value: \"x\": name is neither a standard finalizer name "
                + "nor is it fully qualified"),
        ValidationCase(
            .limitRange,
            #"{"spec":{"limits":[{"type":"Container","min":{"cpu":"2"},"max":{"cpu":"1"}}]}}"#,
            "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
            "spec.limits[0].defaultRequest[cpu]: Invalid value: \"1\": min value 2 is greater than "
                + "default request value 1",
            "spec.limits[0].default[cpu]: Invalid value: \"2\": min value 2 is greater than default "
                + "value 1"),
    ]
}
