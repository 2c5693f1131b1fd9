import Model

/// How the objects of each kind are shown: the rows of the built-in kinds, and those that are added
/// for kinds of one cluster.
package struct PrinterRegistry: Sendable {
    /// The rows of built-in kinds; kinds without one show their names and ages.
    // tidy: lists static let (\w+) = KindPrinter\( of Sources/Printers/Kinds
    static let rows: [Kind: KindPrinter] = [
        .pod: .pod,
        .podTemplate: .podTemplate,
        .replicationController: .replicationController,
        .service: .service,
        .endpoints: .endpoints,
        .event: .event,
        .configMap: .configMap,
        .secret: .secret,
        .serviceAccount: .serviceAccount,
        .namespace: .namespace,
        .resourceQuota: .resourceQuota,
        .limitRange: .limitRange,
        .node: .node,
        .componentStatus: .componentStatus,
        .persistentVolume: .persistentVolume,
        .persistentVolumeClaim: .persistentVolumeClaim,
        .deployment: .deployment,
        .replicaSet: .replicaSet,
        .statefulSet: .statefulSet,
        .daemonSet: .daemonSet,
        .controllerRevision: .controllerRevision,
        .horizontalPodAutoscaler: .horizontalPodAutoscaler,
        .job: .job,
        .cronJob: .cronJob,
        .lease: .lease,
        .endpointSlice: .endpointSlice,
        .ingress: .ingress,
        .ingressClass: .ingressClass,
        .networkPolicy: .networkPolicy,
        .runtimeClass: .runtimeClass,
        .podDisruptionBudget: .podDisruptionBudget,
        .role: .role,
        .clusterRole: .role,
        .roleBinding: .roleBinding,
        .clusterRoleBinding: .roleBinding,
        .priorityClass: .priorityClass,
        .storageClass: .storageClass,
        .volumeAttachment: .volumeAttachment,
        .csiNode: .csiNode,
        .csiDriver: .csiDriver,
        .csiStorageCapacity: .csiStorageCapacity,
        .volumeAttributesClass: .volumeAttributesClass,
        .certificateSigningRequest: .certificateSigningRequest,
        .mutatingWebhookConfiguration: .webhookConfiguration,
        .validatingWebhookConfiguration: .webhookConfiguration,
        .validatingAdmissionPolicy: .validatingAdmissionPolicy,
        .mutatingAdmissionPolicy: .mutatingAdmissionPolicy,
        .validatingAdmissionPolicyBinding: .admissionPolicyBinding,
        .mutatingAdmissionPolicyBinding: .admissionPolicyBinding,
        .apiService: .apiService,
        .flowSchema: .flowSchema,
        .priorityLevelConfiguration: .priorityLevelConfiguration,
        .ipAddress: .ipAddress,
        .serviceCIDR: .serviceCIDR,
        .deviceClass: .deviceClass,
        .resourceClaim: .resourceClaim,
        .resourceClaimTemplate: .deviceClass,
        .resourceSlice: .resourceSlice,
    ]

    /// The registry of a cluster without kinds of its own.
    package static let builtIn: PrinterRegistry = {
        var registry = PrinterRegistry(printers: [:])
        for (kind, printer) in rows { registry.add(printer, for: kind.info) }
        registry.printers[KindReference(group: "events.k8s.io", kind: "Event")] = .event
        registry.printers[KindReference(group: "autoscaling", kind: "Scale")] = .scale
        return registry
    }()

    private var printers: [KindReference: KindPrinter]

    /// Shows objects of a kind by `printer` from now on.
    package mutating func add(_ printer: KindPrinter, for kind: KindDescriptor) {
        printers[kind.reference] = printer
    }

    /// The row of a kind. One that has none shows name and creation where the server itself would have
    /// no printer, name and age as a custom resource.
    package subscript(kind: KindReference) -> KindPrinter {
        printers[kind]
            ?? KindPrinter(table: Self.isBuiltIn(group: kind.group) ? .plain : .custom)
    }

    /// The groups without a dot, and those below k8s.io, belong to the server itself.
    private static func isBuiltIn(group: String) -> Bool {
        !group.contains(".") || group.hasSuffix(".k8s.io")
    }
}
