import Model
import Support
import Value

/// What became of a pod's parts in the pipeline, by the identity of what came in: pods of one template
/// come with the same storage, and share what comes out.
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
    /// The kinds whose changes may change what admission makes of a pod.
    static let podAdmissionKinds: [Kind] = [
        .priorityClass, .limitRange, .serviceAccount, .resourceQuota, .runtimeClass,
    ]

    /// As ``prepare(_:_:_:)`` for a pod: a pod of a template that was seen before takes over its spec,
    /// defaulted, admitted and valid.
    func preparePod(
        _ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey, isDryRun: Bool
    ) throws(APIError) {
        let spec = object[.spec].fields
        let metadata = object[.metadata]
        let (labels, annotations) = (metadata[.labels].fields, metadata[.annotations].fields)
        let generateName = metadata.text(.generateName)
        if !generateName.isEmpty, let known = podTemplates.find(spec, key.namespace),
            known.epoch == podAdmissionEpoch, known.labels.isIdentical(to: labels),
            known.annotations.isIdentical(to: annotations), known.generateName == generateName,
            store.state.count(.resourceQuota) == 0
        {
            object[.spec] = known.result
            complete(&object, info, key)
            object[.status] = known.status
            return
        }
        try prepare(&object, info, key, isDryRun: isDryRun)
        guard !generateName.isEmpty else { return }
        podTemplates.add(
            PodTemplateCache.Output(
                spec: spec, labels: labels, annotations: annotations, generateName: generateName,
                result: object[.spec], status: object[.status], epoch: podAdmissionEpoch),
            key.namespace)
    }
}
