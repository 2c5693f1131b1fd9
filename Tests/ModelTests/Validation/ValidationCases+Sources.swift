@testable import Model

// Volumes, variables and what else containers take from elsewhere.
extension ValidationTests {
    static let sources = [
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","emptyDir":{},"secret":{"secretName":"s"}}]}}"#,
            "spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type"),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","emptyDir":{"sizeLimit":"-1"}}]}}"#,
            "spec.volumes[0].emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","nfs":{"server":"s","path":"p"}}]}}"#,
            "spec.volumes[0].nfs.path: Invalid value: \"p\": must be an absolute path"),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","configMap":{"name":"m","defaultMode":512}}]}}"#,
            "spec.volumes[0].configMap.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","secret":{"secretName":"s","items":[{"key":"k","path":"..a"}]}}]}}"#,
            "spec.volumes[0].secret.items[0].path: Invalid value: \"..a\": must not start with '..'"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","secret":{"secretName":"s","items":[{"key":"k","path":"a/../b","mode":999}]}}]}}"#,
            "spec.volumes[0].secret.items[0].path: Invalid value: \"a/../b\": must not contain '..'",
            "spec.volumes[0].secret.items[0].mode: Invalid value: 999: must be a number between 0 and 0777 (octal), both inclusive"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","gitRepo":{"directory":"../x"}}]}}"#,
            "spec.volumes[0].gitRepo.repository: Required value",
            "spec.volumes[0].gitRepo.directory: Invalid value: \"../x\": must not contain '..'"),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i"}],"volumes":[{"name":"v","emptyDir":{}},{"name":"v","emptyDir":{}}]}}"#,
            "spec.volumes[1].name: Duplicate value: \"v\""),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","valueFrom":{}}]}]}}"#,
            "spec.containers[0].env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef`, `secretKeyRef` or `fileKeyRef`"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","value":"x","valueFrom":{"configMapKeyRef":{"name":"m","key":"k"}}}]}]}}"#,
            "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i","env":[{"name":"A","valueFrom":{"secretKeyRef":{"name":"s"}}}]}]}}"#,
            "spec.containers[0].env[0].valueFrom.secretKeyRef.key: Required value"),
        ValidationCase(
            .pod, #"{"spec":{"containers":[{"name":"c","image":"i","envFrom":[{}]}]}}"#,
            "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`"
        ),
        ValidationCase(
            .pod,
            #"{"spec":{"containers":[{"name":"c","image":"i","envFrom":[{"configMapRef":{"name":"m"},"secretRef":{"name":"s"}}]}]}}"#,
            "spec.containers[0].envFrom: Invalid value: \"\": may not have more than one field specified at a time"
        ),
    ]

    static let networks = [
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"externalIPs":["010.0.0.1"]}}"#,
            "spec.externalIPs[0]: Invalid value: \"010.0.0.1\": must not have leading 0s"),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"trafficDistribution":"Near"}}"#,
            "spec.trafficDistribution: Unsupported value: \"Near\": supported values: \"PreferClose\", \"PreferSameZone\", \"PreferSameNode\""
        ),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80}],"trafficDistribution":"PreferSameNode"}}"#),
        ValidationCase(
            .service, #"{"spec":{"ports":[{"port":80,"appProtocol":"a b"}]}}"#,
            "spec.ports[0].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
        ),
        ValidationCase(
            .networkPolicy,
            #"{"spec":{"podSelector":{},"egress":[{"to":[{"ipBlock":{"cidr":"10.0.0.1/8"}}]}]}}"#,
            "spec.egress[0].to[0].ipBlock.cidr: Invalid value: \"10.0.0.1/8\": must not have bits set beyond the prefix length"
        ),
        ValidationCase(
            .ingress,
            #"{"metadata":{"annotations":{"kubernetes.io/ingress.class":"a"}},"spec":{"ingressClassName":"b","defaultBackend":{"service":{"name":"s","port":{"number":80}}}}}"#,
            "annotations.kubernetes.io/ingress.class: Invalid value: \"a\": must match `ingressClassName` when both are specified"
        ),
        ValidationCase(
            .ingressClass,
            #"{"spec":{"controller":"x.y/c","parameters":{"kind":"K","name":"n","scope":"Namespace"}}}"#,
            "spec.parameters.namespace: Required value: `parameters.scope` is set to 'Namespace'"),
        ValidationCase(
            .runtimeClass, #"{}"#,
            "handler: Required value"),
    ]

    static let batches = [
        ValidationCase(
            .cronJob,
            #"{"spec":{"schedule":"TZ=Nowhere/At * * * * *","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}"#,
            "spec.schedule: Invalid value: \"TZ=Nowhere/At * * * * *\": provided bad location Nowhere/At: unknown time zone Nowhere/At",
            "spec.schedule: Invalid value: \"TZ=Nowhere/At * * * * *\": cannot use TZ or CRON_TZ in schedule, use timeZone field instead"
        ),
        ValidationCase(
            .cronJob,
            #"{"spec":{"schedule":"* * * * *","jobTemplate":{"spec":{"manualSelector":true,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}"#,
            "spec.jobTemplate.spec.manualSelector: Unsupported value: true: supported values: \"nil\", \"false\""
        ),
        ValidationCase(
            .job,
            #"{"metadata":{"name":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},"spec":{"completionMode":"Indexed","completions":11,"parallelism":1,"manualSelector":true,$SEL,"template":{"metadata":{"labels":{"app":"web"}},"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}"#,
            "metadata.name: Invalid value: \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\": will not able to create pod with invalid DNS label: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-10"
        ),
    ]

    static let storage = [
        ValidationCase(
            .persistentVolume,
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"]}}"#,
            "spec: Required value: must specify a volume type"),
        ValidationCase(
            .persistentVolume,
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"local":{"path":"/d"}}}"#,
            "spec.nodeAffinity: Required value: Local volume requires node affinity"),
        ValidationCase(
            .persistentVolume,
            #"{"spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"persistentVolumeReclaimPolicy":"Recycle","hostPath":{"path":"/"}}}"#,
            "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'"
        ),
        ValidationCase(
            .persistentVolume,
            #"{"spec":{"capacity":{"storage":"0"},"accessModes":["ReadWriteOnce"],"nfs":{"server":"s","path":"/p"}}}"#,
            "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero"),
    ]
}
