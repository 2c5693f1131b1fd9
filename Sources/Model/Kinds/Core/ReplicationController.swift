import Support
import Value

extension KindDescriptor {
    /// A number of equal pods, chosen by a plain map of labels.
    static func replicationController(_ kind: Kind) -> KindDescriptor {
        KindDescriptor(
            kind, "ReplicationController", plural: "replicationcontrollers", shortNames: ["rc"],
            group: "", categories: ["all"], subresources: ["scale", "status"], hasGeneration: true,
            reportsObservedGeneration: true, podTemplate: .maker(at: [.spec, .template]),
            podSelector: PodSelector(.labels), replicas: .standard, isExposable: true,
            rules: KindRules(
                defaults: Defaults.replicationController,
                object: { $0.replicationControllerSpec($1[.spec], ErrorPath("spec")) },
                status: { validator, object, old, _ in
                    validator.replicaStatus(
                        object, old,
                        counts: [
                            .replicas, .fullyLabeledReplicas, .readyReplicas, .availableReplicas,
                            .observedGeneration, .terminatingReplicas,
                        ],
                        parts: [.fullyLabeledReplicas, .readyReplicas, .availableReplicas])
                },
                warnings: { $0.workload($1, $2) },
                selectableFields: SelectableFields(["status.replicas"])))
    }
}

extension Defaults {
    /// SetDefaults_ReplicationController: selector and labels come from the template.
    static func replicationController(_ value: inout Value) {
        guard !value[.spec].isNull else { return }
        let labels = value[.spec][.template][.metadata][.labels]
        if !labels.fields.isEmpty {
            if value[.spec].map(.selector).isEmpty { value[.spec][.selector] = labels }
            if value[.metadata].map(.labels).isEmpty { value[.metadata][.labels] = labels }
        }
        value[.spec].fill(.replicas, 1)
        template(&value[.spec])
    }
}

extension Validator {
    /// ValidateReplicationControllerSpec.
    mutating func replicationControllerSpec(_ spec: Value, _ path: ErrorPath) {
        nonnegative(spec[.minReadySeconds], path.child("minReadySeconds"))
        let selector = spec.map(.selector)
        if selector.isEmpty { add(.required(path.child("selector"))) }
        nonnegative(spec[.replicas], path.child("replicas"))
        if spec[.template].isNull {
            add(.required(path.child("template")))
            return
        }
        let place = path.child("template")
        matchingLabels(LabelSelector(labels: selector), spec[.template], place)
        podTemplate(spec[.template], place)
        alwaysRestarts(spec[.template], place)
        noDeadline(spec[.template], place, of: "ReplicationController")
    }
}
