import Support

/// Labels and annotations that the workload controllers read and write.
enum WellKnown {
    /// Label of a Deployment's ReplicaSets and pods: the hash of their template.
    static let podTemplateHash = Key("pod-template-hash")
    /// Label of the pods of StatefulSets and DaemonSets, and of a DaemonSet's revisions.
    static let controllerRevisionHash = Key("controller-revision-hash")
    /// Label of a ControllerRevision: the hash of its data.
    static let revisionDataHash = Key("controller.kubernetes.io/hash")
    /// Label of a DaemonSet's pods: the generation of its template.
    static let podTemplateGeneration = Key("pod-template-generation")
    /// Annotation of a DaemonSet that v1beta1 kept the template's generation in.
    static let deprecatedTemplateGeneration = Key("deprecated.daemonset.template.generation")
    /// Label of a StatefulSet's pod: its own name.
    static let statefulSetPodName = Key("statefulset.kubernetes.io/pod-name")
    /// Label of a StatefulSet's pod: its ordinal.
    static let podIndex = Key("apps.kubernetes.io/pod-index")
    /// Annotation that makes a pod cheaper or dearer to delete when its set shrinks.
    static let podDeletionCost = Key("controller.kubernetes.io/pod-deletion-cost")
    /// Annotation of a Deployment and its ReplicaSets: the revision's number.
    static let deploymentRevision = Key("deployment.kubernetes.io/revision")
    /// Annotation of a ReplicaSet: the numbers it had before an undo made it the newest again.
    static let revisionHistory = Key("deployment.kubernetes.io/revision-history")
    /// Annotation of a ReplicaSet: `spec.replicas` of its Deployment.
    static let desiredReplicas = Key("deployment.kubernetes.io/desired-replicas")
    /// Annotation of a ReplicaSet: the most pods its Deployment may have.
    static let maxReplicas = Key("deployment.kubernetes.io/max-replicas")
    /// Annotation by which extensions/v1beta1 asked for an undo.
    static let deprecatedRollbackTo = Key("deprecated.deployment.rollback.to")
    /// Annotation that kubectl apply keeps its last manifest in.
    static let lastApplied = Key("kubectl.kubernetes.io/last-applied-configuration")
}
