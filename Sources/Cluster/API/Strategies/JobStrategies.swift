import Model
import Support
import Value

extension KindStrategy {
    /// Orphans its pods where nobody says, as batch/v1 always did.
    static let job = with { strategy in
        strategy.initialStatus = .emptyObject
        strategy.defaultPropagation = .orphan
        strategy.completeNew = { job, _, _, key in selectByUID(&job, key.name) }
    }

    static let cronJob = KindStrategy(initialStatus: .emptyObject)

    /// A Job without `manualSelector` selects its pods by its own uid.
    /// Source: the job strategy's generateSelector.
    private static func selectByUID(_ job: inout Value, _ name: String) {
        guard job[.spec][.manualSelector].bool != true else { return }
        let uid = job[.metadata][.uid]
        var labels = job[.spec][.template][.metadata][.labels]
        // What is there already stays; the labels of another Job are refused later.
        let own: [(Key, Value)] = [
            ("batch.kubernetes.io/controller-uid", uid),
            ("batch.kubernetes.io/job-name", Value(name)), ("controller-uid", uid),
            ("job-name", Value(name)),
        ]
        for (key, value) in own where labels[key].isNull { labels[key] = value }
        job[.spec][.template][.metadata][.labels] = labels
        if job[.spec][.selector][.matchLabels][own[0].0].isNull {
            job[.spec][.selector][.matchLabels][own[0].0] = uid
        }
        // A Job without labels of its own shows those of its pods (SetDefaults_Job, upon reading).
        if job[.metadata][.labels].count == 0 { job[.metadata][.labels] = labels }
    }
}
