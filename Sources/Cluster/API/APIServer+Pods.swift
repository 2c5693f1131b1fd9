import Model
import Support
import Value

/// What became of a pod's parts in the pipeline, by the identity of what came in: pods of one
/// template come with the same storage, and share what comes out.
struct PodTemplateCache {
    private struct Input: Hashable {
        let spec: ObjectIdentifier
        let namespace: String
    }

    struct Output {
        /// Kept, so that the identities stay taken.
        let spec: Object
        let labels: Object
        let annotations: Object
        let generateName: String
        let result: Value
        let status: Value
        /// What the pod's maker owns of the spec.
        let owned: FieldSet
        let epoch: Int
    }

    private static let limit = 1024
    private var outputs: [Input: Output] = [:]

    func find(_ spec: Object, _ namespace: String) -> Output? {
        outputs[Input(spec: spec.identity, namespace: namespace)]
    }

    mutating func add(_ output: Output, _ namespace: String) {
        if outputs.count >= Self.limit { outputs.removeAll(keepingCapacity: true) }
        outputs[Input(spec: output.spec.identity, namespace: namespace)] = output
    }
}

extension APIServer {
    /// As ``prepare(_:_:_:)`` for a pod: a pod of a template that was seen before takes over its
    /// spec, defaulted, admitted and valid.
    func preparePod(
        _ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey, isDryRun: Bool
    ) throws(APIError) {
        let spec = object[.spec].fields
        let metadata = object[.metadata]
        let (labels, annotations) = (metadata[.labels].fields, metadata[.annotations].fields)
        let generateName = metadata.text(.generateName)
        // What is assigned from the start gets the labels of its node.
        let isShared = !generateName.isEmpty && object[.spec][.nodeName].isNull
        if isShared, let known = podTemplates.find(spec, key.namespace),
            known.epoch == podAdmissionEpoch, known.labels.isIdentical(to: labels),
            known.annotations.isIdentical(to: annotations), known.generateName == generateName,
            store.state.count(.resourceQuota) == 0, !isHeldToPolicies
        {
            noteOwners(ofNewPod: object, key, spec: known.owned)
            object[.spec] = known.result
            complete(&object, info, key)
            object[.status] = known.status
            setGatedCondition(&object)
            return
        }
        try prepare(&object, info, key, isDryRun: isDryRun)
        guard isShared, !isHeldToPolicies, let owned = ownedSpecOfPending else { return }
        podTemplates.add(
            PodTemplateCache.Output(
                spec: spec, labels: labels, annotations: annotations, generateName: generateName,
                result: object[.spec], status: object[.status], owned: owned,
                epoch: podAdmissionEpoch),
            key.namespace)
    }

    /// Expressions may say something else of every pod.
    private var isHeldToPolicies: Bool {
        hasPolicies(.validatingAdmissionPolicy) || hasPolicies(.mutatingAdmissionPolicy)
    }

    /// What the strategy of pods adds to a new one.
    func completePod(_ object: inout Value) {
        object[.status][.qosClass] = Value(PodSpecView(object[.spec]).qosClass)
        setGatedCondition(&object)
        PodLabelKeys.apply(to: &object)
    }

    /// A pod with scheduling gates says from the start that it waits for them
    /// (applySchedulingGatedCondition).
    private func setGatedCondition(_ object: inout Value) {
        guard !object[.spec][.schedulingGates].elements.isEmpty else { return }
        var condition = Condition(
            type: "PodScheduled", status: "False", reason: "SchedulingGated",
            message: "Scheduling is blocked due to non-empty scheduling gates")
        condition.value[.lastTransitionTime] = timestamp
        object[.status][.conditions] = [condition.value]
    }
}

/// `matchLabelKeys` and `mismatchLabelKeys` of a new pod: the pod's own labels of these keys become
/// requirements of the selector beside them.
///
/// Source: the pod strategy's mutatePodAffinity and mutateTopologySpreadConstraints (KEP-3633,
/// KEP-3243). A pod with the label `pod-template-hash: 5f7d` and that key in matchLabelKeys gets
/// `{key: pod-template-hash, operator: In, values: [5f7d]}`.
enum PodLabelKeys {
    static func apply(to pod: inout Value) {
        let labels = pod[.metadata][.labels]
        for kind in [Key.podAffinity, .podAntiAffinity] where !pod[.spec][.affinity][kind].isNull {
            change(&pod[.spec][.affinity][kind][.requiredDuringSchedulingIgnoredDuringExecution]) {
                extend(&$0, labels)
            }
            change(&pod[.spec][.affinity][kind][.preferredDuringSchedulingIgnoredDuringExecution]) {
                extend(&$0[.podAffinityTerm], labels)
            }
        }
        change(&pod[.spec][.topologySpreadConstraints]) { extend(&$0, labels) }
    }

    private static func change(_ list: inout Value, _ change: (inout Value) -> Void) {
        guard !list.elements.isEmpty else { return }
        list = .array(
            list.elements.map { element in
                var element = element
                change(&element)
                return element
            })
    }

    /// An absent selector selects nothing, and stays absent.
    private static func extend(_ term: inout Value, _ labels: Value) {
        guard !term[.labelSelector].isNull else { return }
        for (keys, relation) in [(Key.matchLabelKeys, "In"), (.mismatchLabelKeys, "NotIn")] {
            for key in term[keys].elements.compactMap(\.string) {
                let label = labels[Key(key)]
                guard !label.isNull else { continue }
                let requirement: Value = [
                    .key: Value(key), .operator: Value(relation), .values: [label],
                ]
                term[.labelSelector][.matchExpressions].append(requirement)
            }
        }
    }
}
