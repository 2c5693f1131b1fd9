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
    /// By namespace: the pods without a controller, which a Job may adopt. Looked up and sorted only.
    private var strays: [String: Set<String>] = [:]

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
        // `updateJob`: what only the status tells is gathered like changes of pods.
        let isSameGeneration =
            change.old.map {
                $0.value[.metadata][.generation] == job.value[.metadata][.generation]
            } ?? false
        if profile.hasJobTracking, change.type == .modified, isSameGeneration {
            enqueue(job.key, after: Self.batchPeriod)
        } else {
            enqueue(job)
        }
    }

    private func observePod(_ change: Change) {
        let pod = change.object
        let isTracked = change.type != .deleted && JobPod(pod).isTracked
        if !isTracked { released.remove(pod.uid) }
        noteStray(pod, isGone: change.type == .deleted)
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
        if profile.hasJobTracking, isOwned {
            enqueue(key, after: Self.batchPeriod)
        } else {
            if isTracked, !isOwned { orphaning.insert(key) }
            enqueue(key)
        }
    }

    /// Remembers a pod without a controller, and wakes the Jobs whose selector it matches
    /// (`getPodJobs`). Jobs without `manualSelector` select by their own uid, which no stray has.
    private func noteStray(_ pod: StoredObject, isGone: Bool) {
        let labels = pod.value[.metadata][.labels]
        guard !isGone, !pod.isDeleting, pod.controllerUID == nil, labels.count > 0 else {
            if strays.isEmpty { return }
            if strays[pod.namespace]?.remove(pod.name) != nil, strays[pod.namespace] == [] {
                strays[pod.namespace] = nil
            }
            return
        }
        strays[pod.namespace, default: []].insert(pod.name)
        guard profile.hasJobTracking, view.state.count(.job) > 0 else { return }
        for job in view.list(.job, namespace: pod.namespace)
        where LabelSelector(job.value[.spec][.selector]).matches(labels.fields) {
            enqueue(job.key, after: Self.batchPeriod)
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

    /// As ``pods(of:)``, after letting go of pods that no longer match and adopting strays that do,
    /// which get the finalizer with their owner (`getPodsForJob`).
    func claimPods(of job: StoredObject) throws(APIError) -> [JobPod] {
        let selector = LabelSelector(job.value[.spec][.selector])
        var claimed: [StoredObject] = []
        for pod in view.controlled(.pod, by: job.uid).sorted(by: { $0.name < $1.name }) {
            if selector.matches(pod.value[.metadata][.labels].fields) {
                claimed.append(pod)
            } else if !job.isDeleting {
                try ask { () throws(APIError) in
                    try change(pod) { value in
                        OwnerReferences.remove(job.uid, from: &value)
                        Self.removeFinalizer(from: &value)
                    }
                }
            }
        }
        guard !job.isDeleting, let names = strays[job.namespace] else {
            return claimed.map { JobPod($0) }
        }
        let reference = controllerReference(to: job)
        for name in names.sorted() {
            guard let pod = view.get(.pod, namespace: job.namespace, name: name), !pod.isDeleting,
                pod.controllerUID == nil,
                selector.matches(pod.value[.metadata][.labels].fields)
            else { continue }
            try ask { () throws(APIError) in
                try change(pod) { value in
                    OwnerReferences.add(reference, to: &value)
                    value[.metadata][.finalizers].append(Value(JobKeys.finalizer))
                }
            }
            if let adopted = api.find(.pod, pod.key) { claimed.append(adopted) }
        }
        return claimed.sorted { $0.name < $1.name }.map { JobPod($0) }
    }

    private func change(
        _ pod: StoredObject, _ edit: (inout Value) -> Void
    ) throws(APIError) {
        do throws(APIError) {
            try api.modify(pod, edit)
        } catch  where error.isNotFound {
            return
        }
    }

    private static func removeFinalizer(from pod: inout Value) {
        let kept = pod[.metadata][.finalizers].elements.filter { $0.string != JobKeys.finalizer }
        pod[.metadata][.finalizers] = kept.isEmpty ? .null : .array(kept)
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
            try change(pod) { Self.removeFinalizer(from: &$0) }
        } catch {
            released.remove(pod.uid)
            throw error
        }
    }
}
