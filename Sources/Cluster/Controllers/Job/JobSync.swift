import Model
import Support
import Value

// tidy: no copy: while its requests wait, a world is not copied
/// One look at a Job: what was read, and what was concluded so far (upstream's syncJobCtx). Its requests
/// are made one after another, and share it.
final class JobSync {
    let job: StoredObject
    /// The version that the last status write made.
    var stored: StoredObject
    /// Whether the Job's pods and their number were looked after, so that conditions may follow.
    var isManaged = false
    /// The first failure to make or delete a pod.
    let outcome = RequestOutcome()
    let view: JobView
    let pods: [JobPod]
    /// The pods that run or are about to.
    let active: [JobPod]
    var status: Value
    /// The uids of the pods that have the finalizer yet.
    var holders: Set<String> = []
    /// uids in the status that are not yet in a counter.
    var uncountedSucceeded: [String]
    var uncountedFailed: [String]
    /// Counted and newly ended pods together.
    var succeeded = 0
    var failed = 0
    var newSucceeded: [JobPod] = []
    var newFailed: [JobPod] = []
    /// FailureTarget or SuccessCriteriaMet: why the Job ends.
    var ending: Condition?
    var previousSucceededIndexes = JobIndexes()
    var succeededIndexes = JobIndexes()
    /// nil unless failures are limited per index.
    var failedIndexes: JobIndexes?
    /// By index: the failed pod that stays uncounted until its replacement has taken over its count.
    var delayed: [Int: JobPod] = [:]
    var backoff: JobBackoff
    /// Pods whose finalizer was taken away already, whatever the view shows.
    private let released: Set<String>
    /// How many pods there are, given what this look did.
    var counts: Counts

    /// The pods that are active, ready among these, or about to go.
    struct Counts {
        var active: Int
        var ready: Int
        var terminating: Int

        /// A pod that was active was deleted.
        mutating func remove(_ pod: JobPod) {
            active -= 1
            terminating += 1
            if pod.isReady { ready -= 1 }
        }
    }

    init(_ job: StoredObject, _ pods: [JobPod], backoff: JobBackoff, released: Set<String>) {
        self.job = job
        stored = job
        self.pods = pods
        self.backoff = backoff
        view = JobView(job.value)
        self.released = released
        let active = pods.filter(\.isActive)
        self.active = active
        counts = Counts(
            active: active.count, ready: active.count { $0.isReady },
            terminating: pods.count { $0.isTerminating })
        status = job.value[.status]
        let uncounted = status[.uncountedTerminatedPods]
        uncountedSucceeded = uncounted[.succeeded].elements.compactMap(\.string)
        uncountedFailed = uncounted[.failed].elements.compactMap(\.string)
        for pod in pods where isUncounted(pod) && hasValidIndex(pod) {
            if pod.phase == .succeeded {
                if !uncountedSucceeded.contains(pod.uid) { newSucceeded.append(pod) }
            } else if isFailed(pod), !uncountedFailed.contains(pod.uid) {
                newFailed.append(pod)
            }
        }
        holders = Set(pods.filter { isUncounted($0) }.map(\.uid))
        self.backoff.note(succeeded: newSucceeded, failed: newFailed)
        succeeded = status.int(.succeeded) + newSucceeded.count + uncountedSucceeded.count
        failed =
            status.int(.failed) + uncountedFailed.count
            + newFailed.count { verdict($0) != .ignored }
        if view.isIndexed { readIndexes() }
    }

    var completions: Int { view.completions ?? 0 }

    var limitsIndexes: Bool { !job.value[.spec][.backoffLimitPerIndex].isNull }

    /// Whether a pod is replaced only when it has failed, not as soon as it is going.
    var replacesOnlyFailed: Bool {
        view.podReplacementPolicy == "Failed" || !job.value[.spec][.podFailurePolicy].isNull
    }

    /// `isPodFailed`: a pod that is going counts as failed unless only failed ones are replaced.
    func isFailed(_ pod: JobPod) -> Bool {
        if pod.phase == .failed { return true }
        return !replacesOnlyFailed && pod.isDeleting && pod.phase != .succeeded
    }

    func verdict(_ pod: JobPod) -> PodFailureVerdict {
        let policy = job.value[.spec][.podFailurePolicy]
        if policy.isNull { return .counts }
        return PodFailureVerdict(pod, policy: policy, limitsIndexes: limitsIndexes)
    }

    /// Whether the pod has the finalizer yet.
    func isUncounted(_ pod: JobPod) -> Bool { pod.isTracked && !released.contains(pod.uid) }

    /// Whether the pod counts by its index: those without one, or out of range, never do
    /// (`getValidPodsWithFilter`).
    func hasValidIndex(_ pod: JobPod) -> Bool {
        !view.isIndexed || pod.index.map { $0 >= 0 && $0 < completions } ?? false
    }

    // MARK: Indexes

    /// `calculateSucceededIndexes`, `calculateFailedIndexes` and
    /// `getPodsWithDelayedDeletionPerIndex`.
    private func readIndexes() {
        previousSucceededIndexes = JobIndexes(status.text(.completedIndexes), below: completions)
        succeededIndexes = previousSucceededIndexes.union(
            JobIndexes(newSucceeded.compactMap(\.index)))
        succeeded = succeededIndexes.count
        guard limitsIndexes else { return }
        let known = JobIndexes(status.text(.failedIndexes), below: completions)
        let ended = pods.filter {
            $0.isTracked && hasValidIndex($0) && isFailed($0) && hasLostItsIndex($0)
        }
        let failedIndexes = known.union(JobIndexes(ended.compactMap(\.index)))
        self.failedIndexes = failedIndexes
        let running = Set(active.compactMap(\.index))
        for pod in pods where isUncounted(pod) && hasValidIndex(pod) && isFailed(pod) {
            guard let index = pod.index, !succeededIndexes.contains(index),
                !failedIndexes.contains(index), !running.contains(index)
            else { continue }
            if let other = delayed[index],
                other.failuresBefore > pod.failuresBefore || other.finishTime > pod.finishTime
            {
                continue
            }
            delayed[index] = pod
        }
    }

    /// Whether the pod's failure was its index's last (`isIndexFailed`).
    private func hasLostItsIndex(_ pod: JobPod) -> Bool {
        switch verdict(pod) {
        case .failsIndex: true
        case .ignored: false
        case .counts, .failsJob:
            pod.count(JobKeys.failureCount) >= job.value[.spec].int(.backoffLimitPerIndex)
        }
    }

    // MARK: Endings

    /// Finds out whether and why the Job is to end; a reason found earlier stays.
    func judge(now: Milliseconds) {
        let conditions = view.conditions
        for type in ["SuccessCriteriaMet", "FailureTarget"] where conditions.isTrue(type) {
            ending = conditions[type]
            return
        }
        ending =
            policyFailure() ?? limitFailure(now: now) ?? indexFailure() ?? indexSuccess()
    }

    static func failure(_ reason: String, _ message: String) -> Condition {
        Condition(type: "FailureTarget", status: "True", reason: reason, message: message)
    }

    static func success(_ reason: String, _ message: String) -> Condition {
        Condition(type: "SuccessCriteriaMet", status: "True", reason: reason, message: message)
    }

    private func policyFailure() -> Condition? {
        for pod in pods where isFailed(pod) {
            if case .failsJob(let words) = verdict(pod) {
                return Self.failure("PodFailurePolicy", words)
            }
        }
        return nil
    }

    private func limitFailure(now: Milliseconds) -> Condition? {
        if failed > view.backoffLimit || hasTooManyRestarts {
            return Self.failure(
                "BackoffLimitExceeded", "Job has reached the specified backoff limit")
        }
        if let left = remainingTime(now: now), left <= 0 {
            return Self.failure(
                "DeadlineExceeded", "Job was active longer than specified deadline")
        }
        return nil
    }

    /// Until activeDeadlineSeconds is over; nil without a deadline or while it does not run.
    func remainingTime(now: Milliseconds) -> Milliseconds? {
        guard let seconds = view.activeDeadlineSeconds, !view.isSuspended,
            let start = status[.startTime].worldTime
        else { return nil }
        return start + Milliseconds(seconds: seconds) - now
    }

    /// `pastBackoffLimitOnFailure`: restarts in place count when the pods restart on failure.
    private var hasTooManyRestarts: Bool {
        guard
            job.value[.spec][.template][.spec].text(.restartPolicy) == "OnFailure"
        else { return false }
        let restarts = pods.filter { $0.phase == .running || $0.phase == .pending }
            .reduce(0) { $0 + $1.restarts }
        return view.backoffLimit == 0 ? restarts > 0 : restarts >= view.backoffLimit
    }

    private func indexFailure() -> Condition? {
        guard let failedIndexes else { return nil }
        if let limit = job.value[.spec][.maxFailedIndexes].int, failedIndexes.count > limit {
            return Self.failure(
                "MaxFailedIndexesExceeded",
                "Job has exceeded the specified maximal number of failed indexes")
        }
        if failedIndexes.count > 0, failedIndexes.count + succeededIndexes.count >= completions {
            return Self.failure("FailedIndexes", "Job has failed indexes")
        }
        return nil
    }

    /// `matchSuccessPolicy`.
    private func indexSuccess() -> Condition? {
        guard view.isIndexed else { return nil }
        for (place, rule) in job.value[.spec][.successPolicy][.rules].elements.enumerated() {
            var matching = succeededIndexes.count
            var needed = rule[.succeededCount].int
            if let text = rule[.succeededIndexes].string {
                let wanted = JobIndexes(text, below: completions)
                matching = wanted.elements.count { succeededIndexes.contains($0) }
                needed = needed ?? wanted.count
            }
            if matching >= needed ?? .max {
                return Self.success("SuccessPolicy", "Matched rules at index \(place)")
            }
        }
        return nil
    }
}
