import Model
import Value

/// The objects that every cluster has at time zero (DECISIONS 24).
enum Bootstrap {
    static let namespaces = ["default", "kube-node-lease", "kube-public", "kube-system"]

    static func objects(_ profile: LatencyProfile) -> [(Kind, String, Value)] {
        var result: [(Kind, String, Value)] = namespaces.map {
            (.namespace, "", [.metadata: [.name: Value($0)]])
        }
        for namespace in namespaces {
            result.append((.serviceAccount, namespace, ServiceAccountController.content))
            result.append((.configMap, namespace, RootCertificatePublisher.content))
        }
        result += serverObjects(profile)
        result.append(
            priorityClass(
                "system-cluster-critical", 2_000_000_000,
                "Used for system critical pods that must run in the cluster, but can be moved to "
                    + "another node if necessary."))
        result.append(
            priorityClass(
                "system-node-critical", 2_000_001_000,
                "Used for system critical pods that must not be moved from their current node."))
        if profile.hasDefaultStorageClass { result.append((.storageClass, "", standardClass)) }
        result.append((.serviceCIDR, "", serviceRange(profile)))
        return result
    }

    /// The objects in which the API server keeps what it serves and how it shares its time; valid as
    /// they stand, so that a world begins quickly.
    static let apiObjects: [(Kind, Value)] =
        FlowControlObjects.levels.map { name, spec in
            (
                .priorityLevelConfiguration,
                [.metadata: [.annotations: autoUpdated, .name: Value(name)], .spec: spec]
            )
        }
        + FlowControlObjects.schemas.map { name, spec in
            let level = spec["priorityLevelConfiguration"].text(.name)
            return (
                .flowSchema,
                [
                    .metadata: [.annotations: autoUpdated, .name: Value(name)], .spec: spec,
                    .status: [
                        .conditions: [FlowSchemaController.condition(level, exists: true).value]
                    ],
                ]
            )
        }
        + APIServicePriorities.all.map { row in
            (
                .apiService,
                [
                    .metadata: [
                        .labels: ["kube-aggregator.kubernetes.io/automanaged": "onstart"],
                        .name: Value("\(row.version).\(row.group)"),
                    ],
                    .spec: [
                        .group: row.group.isEmpty ? .null : Value(row.group),
                        "groupPriorityMinimum": Value(row.groupPriority),
                        "version": Value(row.version),
                        "versionPriority": Value(row.versionPriority),
                    ],
                    .status: [.conditions: [APIServiceController.local.value]],
                ]
            )
        }

    private static let autoUpdated: Value = ["apf.kubernetes.io/autoupdate-spec": "true"]

    /// Where addresses of Services come from.
    static func serviceRange(_ profile: LatencyProfile) -> Value {
        [
            .apiVersion: "networking.k8s.io/v1", .kind: "ServiceCIDR",
            .metadata: [.name: "kubernetes"],
            .spec: ["cidrs": [Value(profile.serviceRange)]],
        ]
    }

    /// Since when the API server takes note of what old tokens of service accounts are used for.
    static func tokenTracking(since day: String) -> Value {
        [
            .apiVersion: "v1", .kind: "ConfigMap",
            .metadata: [
                .name: "kube-apiserver-legacy-service-account-token-tracking",
                .namespace: "kube-system",
            ],
            .data: ["since": Value(day)],
        ]
    }

    /// The Service of the API server and where it listens.
    static func serverObjects(_ profile: LatencyProfile) -> [(Kind, String, Value)] {
        let service: (Kind, String, Value) = (.service, "default", kubernetesService)
        guard profile.hasServerEndpoints else { return [service] }
        return [
            service, (.endpoints, "default", kubernetesEndpoints),
            (.endpointSlice, "default", kubernetesSlice),
        ]
    }

    private static let kubernetesService: Value = [
        .apiVersion: "v1", .kind: "Service",
        .metadata: [
            .name: "kubernetes", .namespace: "default",
            .labels: ["component": "apiserver", "provider": "kubernetes"],
        ],
        .spec: [
            .clusterIP: "10.96.0.1", .clusterIPs: ["10.96.0.1"], .internalTrafficPolicy: "Cluster",
            .ipFamilies: ["IPv4"], .ipFamilyPolicy: "SingleStack",
            .ports: [[.name: "https", .port: 443, .protocol: "TCP", .targetPort: 6443]],
            .sessionAffinity: "None", .type: "ClusterIP",
        ],
    ]

    /// Where the API server itself listens; it writes its own endpoints. The recorded one did not.
    private static let serverAddress: Value = "172.18.0.1"

    private static let kubernetesEndpoints: Value = [
        .metadata: [
            .name: "kubernetes", .labels: ["endpointslice.kubernetes.io/skip-mirror": "true"],
        ],
        .subsets: [
            [
                .addresses: [[.ip: serverAddress]],
                .ports: [[.name: "https", .port: 6443, .protocol: "TCP"]],
            ]
        ],
    ]

    private static let kubernetesSlice: Value = [
        .metadata: [
            .name: "kubernetes", .labels: ["kubernetes.io/service-name": "kubernetes"],
        ],
        .addressType: "IPv4",
        .endpoints: [[.addresses: [serverAddress], .conditions: [.ready: true]]],
        .ports: [[.name: "https", .port: 6443, .protocol: "TCP"]],
    ]

    private static func priorityClass(
        _ name: String, _ value: Int, _ description: String
    ) -> (Kind, String, Value) {
        (
            .priorityClass, "",
            [
                .apiVersion: "scheduling.k8s.io/v1", .kind: "PriorityClass",
                .metadata: [.name: Value(name)], .value: Value(value),
                .description: Value(description), .preemptionPolicy: "PreemptLowerPriority",
            ]
        )
    }

    private static let standardClass: Value = [
        .apiVersion: "storage.k8s.io/v1", .kind: "StorageClass",
        .metadata: [
            .name: "standard",
            .annotations: ["storageclass.kubernetes.io/is-default-class": "true"],
        ],
        .provisioner: "drydock.dev/simulated", .reclaimPolicy: "Delete",
        .volumeBindingMode: "Immediate", .allowVolumeExpansion: true,
    ]
}
