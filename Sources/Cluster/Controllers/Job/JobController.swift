import Model
import Support
import Value

/// Runs pods until enough of them have succeeded.
///
/// Origin: pkg/controller/job/job_controller.go of 1.36. Each pod carries a finalizer until it has been
/// counted in the status, in two writes: first its uid goes to `uncountedTerminatedPods`, then, the
/// finalizer gone, into the counter.
final class JobController: Controller {
    /// How long changes of pods are gathered before the Job is looked at (upstream's
    /// syncJobBatchPeriod).
    private static let batchPeriod: Milliseconds = 1_000

    var expectations = Expectations()
    /// By uid of the Job.
    var backoffs: [String: JobBackoff] = [:]
    /// Pods whose finalizer was taken away, and which the view may still show with it, by uid.
    var released: Set<String> = []
    /// Names of Jobs that are gone and have left pods with the finalizer.
    private var orphaning: Set<ObjectKey> = []
    /// Pods that nobody controls. Jobs without `manualSelector` select by their own uid, which none of
    /// these has.
    private var orphans = Orphans()
    private var selectors = SelectorIndex()

    init() {
        // DefaultJobApiBackOff and MaxJobApiBackOff.
        super.init(name: "job-controller", workers: 5, backOff: BackOffRange(1_000, 60_000))
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        expectations = other.expectations
        backoffs = other.backoffs
        released = other.released
        orphaning = other.orphaning
        orphans = other.orphans
        selectors = other.selectors
    }

    override func start() {
        watch(.job)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .pod { return observePod(change) }
        let job = change.object
        selectors.note(change)
        if change.type == .deleted {
            expectations.forget(job.key)
            backoffs[job.uid] = nil
            orphaning.insert(job.key)
        }
        // `updateJob`: what only the status tells is gathered like changes of pods.
        let isSameGeneration =
            change.old.map {
                $0.value[.metadata][.generation] == job.value[.metadata][.generation]
            } ?? false
        if change.type == .modified, isSameGeneration {
            enqueue(job.key, after: Self.batchPeriod)
        } else {
            enqueue(job)
        }
    }

    private func observePod(_ change: Change) {
        let pod = change.object
        let isTracked = change.type != .deleted && JobPod(pod).isTracked
        if !isTracked { released.remove(pod.uid) }
        orphans.note(change)
        enqueueAdopters(of: change, selectors, after: Self.batchPeriod)
        guard let reference = pod.controllerReference, reference.text(.kind) == "Job" else {
            // A pod that a Job released: it may want another one.
            if let before = change.old?.controllerReference, before.text(.kind) == "Job" {
                enqueue(
                    ObjectKey(namespace: pod.namespace, name: before.text(.name)),
                    after: Self.batchPeriod)
            }
            return
        }
        let key = ObjectKey(namespace: pod.namespace, name: reference.text(.name))
        if change.type == .added { expectations.creationObserved(key) }
        if change.type == .deleted || pod.isDeleting {
            expectations.deletionObserved(key, uid: pod.uid)
        }
        let owner = view.get(.job, key)
        let isOwned = owner?.uid == reference.text(.uid)
        if isOwned {
            enqueue(key, after: Self.batchPeriod)
        } else {
            if isTracked, !isOwned { orphaning.insert(key) }
            enqueue(key)
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        let job = view.get(.job, key)
        try releaseOrphans(key, unless: job?.uid)
        guard let job else { return }
        let manager = job.value[.spec][.managedBy].string
        guard manager ?? "kubernetes.io/job-controller" == "kubernetes.io/job-controller" else {
            return
        }
        if JobView(job.value).isFinished {
            backoffs[job.uid] = nil
            // The backup of `cleanupPodFinalizers`: what is left will never be counted.
            for pod in view.controlled(.pod, by: job.uid).sorted(by: { $0.name < $1.name })
            where JobPod(pod).isTracked && !released.contains(pod.uid) {
                try release(pod)
            }
            return
        }
        do throws(APIError) {
            try syncTracked(job)
        } catch  where error.isNotFound {
            return
        }
    }

    /// The pods of a Job, by name.
    func pods(of job: StoredObject) -> [JobPod] {
        view.controlled(.pod, by: job.uid).sorted { $0.name < $1.name }.map { JobPod($0) }
    }

    /// As ``pods(of:)``, after letting go of pods that no longer match and adopting orphans that do,
    /// which get the finalizer with their owner (`getPodsForJob`).
    func claimPods(of job: StoredObject) throws(APIError) -> [JobPod] {
        let selector = LabelSelector(job.value[.spec][.selector])
        return try claimed(
            .pod, by: job, selector, orphans: orphans, finalizer: JobKeys.finalizer
        ).sorted { $0.name < $1.name }.map { JobPod($0) }
    }

    /// Pods whose Job is gone will never be counted: they may go (`syncOrphanPod`).
    private func releaseOrphans(_ key: ObjectKey, unless uid: String?) throws(APIError) {
        guard orphaning.remove(key) != nil else { return }
        for pod in view.objects(.pod, inNamespace: key.namespace) {
            guard let reference = pod.controllerReference, reference.text(.kind) == "Job",
                reference.text(.name) == key.name, reference.text(.uid) != uid,
                JobPod(pod).isTracked
            else { continue }
            try release(pod)
        }
    }

    /// Takes the tracking finalizer from a pod; that the pod is gone is as good.
    func release(_ pod: StoredObject) throws(APIError) {
        released.insert(pod.uid)
        do throws(APIError) {
            try api.modify(pod) { Finalizers.remove(JobKeys.finalizer, from: &$0) }
        } catch {
            // One that is gone, but not yet from the view, is forgotten when its removal is seen.
            if error.isNotFound, view.get(.pod, pod.slot)?.uid == pod.uid { return }
            released.remove(pod.uid)
            if !error.isNotFound { throw error }
        }
    }
}
