/// The fields that the transformers change without any configuration.
///
/// Source: kustomize, internal/konfig/builtinpluginconsts.
extension TransformerConfig {
    /// Nothing but what Kustomize knows itself.
    static let standard: TransformerConfig = {
        var config = TransformerConfig()
        config.namePrefix = [FieldSpec("metadata/name")]
        config.nameSuffix = [FieldSpec("metadata/name")]
        config.namespace = [
            FieldSpec("metadata/name", kind("Namespace"), creates: true),
            FieldSpec(
                "spec/service/namespace", kind("APIService", "apiregistration.k8s.io"),
                creates: true),
            FieldSpec(
                "spec/conversion/webhook/clientConfig/service/namespace",
                kind("CustomResourceDefinition", "apiextensions.k8s.io")),
        ]
        config.templateLabels = metadata("labels") + volumeClaims
        config.commonLabels = selectors + config.templateLabels
        config.commonAnnotations = metadata("annotations")
        config.references = DefaultReferences.all
        config.variables = DefaultReferences.variables
        config.images = ["spec/", "spec/template/spec/"].flatMap { spec in
            ["containers[]/image", "initContainers[]/image", "volumes[]/image/reference"].map {
                FieldSpec(spec + $0, creates: true)
            }
        }
        config.replicas = ["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"].map {
            FieldSpec("spec/replicas", kind($0), creates: true)
        }
        return config
    }()

    static func kind(_ kind: String, _ group: String = "", version: String = "") -> ResourceType {
        ResourceType(group: group, version: version, kind: kind)
    }

    /// The labels or annotations of an object and of the pods it makes.
    private static func metadata(_ name: String) -> [FieldSpec] {
        // Of labels, only the StatefulSets of apps are known; of annotations, those of any group.
        let statefulSet = kind("StatefulSet", name == "labels" ? "apps" : "")
        let owners = [
            kind("ReplicationController", version: "v1"), kind("Deployment"), kind("ReplicaSet"),
            kind("DaemonSet"), statefulSet, kind("Job", "batch"),
        ]
        let cronJob = kind("CronJob", "batch")
        return [FieldSpec("metadata/" + name, creates: true)]
            + owners.map { FieldSpec("spec/template/metadata/" + name, $0, creates: true) }
            + ["spec/jobTemplate/metadata/", "spec/jobTemplate/spec/template/metadata/"].map {
                FieldSpec($0 + name, cronJob, creates: true)
            }
    }

    private static let volumeClaims = [
        FieldSpec(
            "spec/volumeClaimTemplates[]/metadata/labels", kind("StatefulSet", "apps"),
            creates: true)
    ]

    private static let selectors: [FieldSpec] = {
        let labels = "matchLabels"
        let network = kind("NetworkPolicy", "networking.k8s.io")
        return [
            FieldSpec("spec/selector", kind("Service", version: "v1"), creates: true),
            FieldSpec(
                "spec/selector", kind("ReplicationController", version: "v1"), creates: true),
            FieldSpec("spec/selector/\(labels)", kind("Deployment"), creates: true),
            FieldSpec("spec/selector/\(labels)", kind("ReplicaSet"), creates: true),
            FieldSpec("spec/selector/\(labels)", kind("DaemonSet"), creates: true),
            FieldSpec("spec/selector/\(labels)", kind("StatefulSet", "apps"), creates: true),
            FieldSpec("spec/selector/\(labels)", kind("Job", "batch")),
            FieldSpec("spec/jobTemplate/spec/selector/\(labels)", kind("CronJob", "batch")),
            FieldSpec("spec/selector/\(labels)", kind("PodDisruptionBudget", "policy")),
            FieldSpec("spec/podSelector/\(labels)", network),
            FieldSpec("spec/ingress/from/podSelector/\(labels)", network),
            FieldSpec("spec/egress/to/podSelector/\(labels)", network),
        ] + placement
    }()

    /// The terms that place the pods of an application beside or apart from each other.
    private static let placement: [FieldSpec] = ["Deployment", "StatefulSet"].flatMap { name in
        let terms = ["podAffinity", "podAntiAffinity"].flatMap { affinity in
            [
                "preferredDuringSchedulingIgnoredDuringExecution/podAffinityTerm",
                "requiredDuringSchedulingIgnoredDuringExecution",
            ].map { "affinity/\(affinity)/\($0)" }
        }
        return (terms + ["topologySpreadConstraints"]).map {
            FieldSpec("spec/template/spec/\($0)/labelSelector/matchLabels", kind(name, "apps"))
        }
    }
}
