import Value

/// Claims, volumes and classes for the tests of the plugins that look at them.
enum Storage {
    static func claim(
        _ name: String, modes: [String] = ["ReadWriteOnce"], volume: Value = .null,
        className: Value = .null, size: Value = "1Gi", annotations: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: .array(modes.map { Value($0) }),
                .resources: [.requests: [.storage: size]],
            ],
        ]
        value[.spec][.volumeName] = volume
        value[.spec][.storageClassName] = className
        value[.metadata][.annotations] = annotations
        if !volume.isNull {
            value[.metadata][.annotations]["pv.kubernetes.io/bind-completed"] = "yes"
            value[.status] = [.phase: "Bound"]
        }
        return value
    }

    static func volume(
        _ name: String, labels: Value = .null, onNode node: Value = .null, driver: Value = .null
    ) -> Value {
        var value: Value = [
            .metadata: [.name: Value(name)],
            .spec: [
                .accessModes: ["ReadWriteOnce"], .capacity: [.storage: "1Gi"],
            ],
        ]
        value[.metadata][.labels] = labels
        if driver.isNull {
            value[.spec][.hostPath] = [.path: "/tmp"]
        } else {
            value[.spec][.csi] = ["driver": driver, "volumeHandle": Value("handle of \(name)")]
        }
        if !node.isNull {
            value[.spec][.nodeAffinity] = [
                .required: [
                    .nodeSelectorTerms: [
                        [
                            .matchExpressions: [
                                [
                                    .key: "kubernetes.io/hostname", .operator: "In",
                                    .values: [node],
                                ]
                            ]
                        ]
                    ]
                ]
            ]
        }
        return value
    }

    static func storageClass(
        _ name: String, waits: Bool = true, provisioner: Value = "disks.example.com"
    ) -> Value {
        [
            .metadata: [.name: Value(name)], .provisioner: provisioner, .reclaimPolicy: "Delete",
            .volumeBindingMode: waits ? "WaitForFirstConsumer" : "Immediate",
        ]
    }

    /// The volumes of a pod that uses these claims.
    static func using(_ claims: String...) -> Value {
        [
            .volumes: .array(
                claims.map {
                    [.name: Value($0), .persistentVolumeClaim: [.claimName: Value($0)]]
                })
        ]
    }
}
