import Model
import Support
import Value

/// Runs pods until enough of them have succeeded.
///
/// Origin: pkg/controller/job/job_controller.go of 1.32. Each pod carries a finalizer until it has been
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

    init() { super.init(name: "job-controller", workers: 5) }

    override func start() {
        watch(.job)
        watch(.pod)
    }

    override func observe(_ change: Change) {
        if change.kind == .pod { return observePod(change) }
        let job = change.object
        if change.type == .deleted {
            expectations.forget(job.key)
            backoffs[job.uid] = nil
            orphaning.insert(job.key)
        }
        enqueue(job)
    }

    private func observePod(_ change: Change) {
        let pod = change.object
        let isTracked = change.type != .deleted && JobPod(pod).isTracked
        if !isTracked { released.remove(pod.uid) }
        guard let reference = pod.controllerReference, reference.text(.kind) == "Job" else {
            return
        }
        let key = ObjectKey(namespace: pod.namespace, name: reference.text(.name))
        if change.type == .added { expectations.creationObserved(key) }
        if change.type == .deleted || pod.isDeleting {
            expectations.deletionObserved(key, uid: pod.uid)
        }
        let isOwned = view.get(.job, key)?.uid == reference.text(.uid)
        if profile.hasJobTracking, isOwned {
            enqueue(key, after: Self.batchPeriod)
        } else {
            if isTracked, !isOwned { orphaning.insert(key) }
            enqueue(key)
        }
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        let job = view.get(.job, key)
        try releaseOrphans(key, unless: job?.uid)
        guard let job, !JobView(job.value).isFinished else { return }
        let manager = job.value[.spec][.managedBy].string
        guard manager ?? "kubernetes.io/job-controller" == "kubernetes.io/job-controller" else {
            return
        }
        do throws(APIError) {
            if profile.hasJobTracking {
                try syncTracked(job)
            } else {
                try syncUntracked(job)
            }
        } catch  where error.isNotFound {
            return
        }
    }

    /// The pods of a Job, by name.
    func pods(of job: StoredObject) -> [JobPod] {
        view.controlled(.pod, by: job.uid).sorted { $0.name < $1.name }.map { JobPod($0) }
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

    /// Takes the tracking finalizer from a pod.
    func release(_ pod: StoredObject) throws(APIError) {
        released.insert(pod.uid)
        do throws(APIError) {
            try api.modify(pod) { value in
                let kept = value[.metadata][.finalizers].elements.filter {
                    $0.string != JobKeys.finalizer
                }
                value[.metadata][.finalizers] = kept.isEmpty ? .null : .array(kept)
            }
        } catch  where error.isNotFound {
            return
        }
    }
}
