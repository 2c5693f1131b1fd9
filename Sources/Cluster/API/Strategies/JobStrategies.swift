import Model
import Value

extension KindStrategy {
    /// Orphans its pods where nobody says, as batch/v1 always did.
    static let job = with { strategy in
        strategy.initialStatus = .emptyObject
        strategy.defaultPropagation = .orphan
        strategy.quota = .counted
        strategy.completeNew = { job, _, _, key in selectByUID(&job, key.name) }
    }

    static let cronJob = with { strategy in
        strategy.initialStatus = .emptyObject
        strategy.quota = .counted
    }

    /// A Job without `manualSelector` selects its pods by its own uid.
    /// Source: the job strategy's generateSelector.
    private static func selectByUID(_ job: inout Value, _ name: String) {
        guard job[.spec][.manualSelector].bool != true else { return }
        let uid = job[.metadata][.uid]
        var labels = job[.spec][.template][.metadata][.labels]
        labels["batch.kubernetes.io/controller-uid"] = uid
        labels["batch.kubernetes.io/job-name"] = Value(name)
        labels["controller-uid"] = uid
        labels["job-name"] = Value(name)
        job[.spec][.template][.metadata][.labels] = labels
        job[.spec][.selector][.matchLabels]["batch.kubernetes.io/controller-uid"] = uid
        // A Job without labels of its own shows those of its pods (SetDefaults_Job, upon reading).
        if job[.metadata][.labels].count == 0 { job[.metadata][.labels] = labels }
    }
}
