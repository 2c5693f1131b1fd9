import Model
import Support
import Value

extension APIServer {
    /// What the strategies of single kinds add to a new object.
    func completeByKind(
        _ object: inout Value, _ info: KindDescriptor, _ key: ObjectKey
    ) throws(APIError) {
        switch info.kind {
        case .namespace: completeNamespace(&object, key.name)
        case .pod: completePod(&object)
        case .job: completeJob(&object, key.name)
        case .service: try completeService(&object, info, key)
        case .daemonSet: setTemplateGeneration(&object, old: nil)
        default: break
        }
    }

    /// Brings subsets that a user wrote into their canonical form.
    /// Source: the endpoints strategy's Canonicalize.
    func completeEndpoints(_ object: inout Value) {
        let subsets = object[.subsets]
        guard subsets.count > 0 else { return }
        object[.subsets] = EndpointSubsets(subsets).value().value
    }

    /// Counts the templates that a DaemonSet had, in the annotation by which apps/v1 shows the field
    /// of extensions/v1beta1; its pods carry the number as a label. Clients cannot change it.
    /// Source: the daemonset strategy and the apps/v1 conversion.
    func setTemplateGeneration(_ object: inout Value, old: Value?) {
        let key = WellKnown.deprecatedTemplateGeneration
        let before = old?[.metadata][.annotations][key].string.flatMap { Int($0) } ?? 0
        let isNew = old.map { $0[.spec][.template] != object[.spec][.template] } ?? true
        object[.metadata][.annotations][key] = Value(String(isNew ? before + 1 : before))
    }

    /// Source: the namespace strategy and NamespaceDefaultLabelName.
    private func completeNamespace(_ object: inout Value, _ name: String) {
        object[.metadata][.labels]["kubernetes.io/metadata.name"] = Value(name)
        object[.spec][.finalizers] = ["kubernetes"]
    }

    /// A Job without `manualSelector` selects its pods by its own uid.
    /// Source: the job strategy's generateSelector.
    private func completeJob(_ object: inout Value, _ name: String) {
        guard object[.spec][.manualSelector].bool != true else { return }
        let uid = object[.metadata][.uid]
        var labels = object[.spec][.template][.metadata][.labels]
        labels["batch.kubernetes.io/controller-uid"] = uid
        labels["batch.kubernetes.io/job-name"] = Value(name)
        labels["controller-uid"] = uid
        labels["job-name"] = Value(name)
        object[.spec][.template][.metadata][.labels] = labels
        object[.spec][.selector][.matchLabels]["batch.kubernetes.io/controller-uid"] = uid
        // A Job without labels of its own shows those of its pods (SetDefaults_Job, upon reading).
        if object[.metadata][.labels].count == 0 { object[.metadata][.labels] = labels }
    }
}
