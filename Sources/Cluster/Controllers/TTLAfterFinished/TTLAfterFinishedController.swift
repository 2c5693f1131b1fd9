import API
import Model
import Support
import Value

/// Deletes finished Jobs `ttlSecondsAfterFinished` after their end, with their pods.
///
/// Origin: pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.
final class TTLAfterFinishedController: Controller {
    init() { super.init(name: "ttl-after-finished-controller", workers: 5) }

    override func start() { watch(.job) }

    override func observe(_ change: Change) {
        let job = change.object
        guard change.type != .deleted, !job.isDeleting, let left = timeLeft(job) else { return }
        enqueue(job.key, after: left)
    }

    override func sync(_ key: ObjectKey) throws(APIError) {
        guard let job = view.get(.job, key), !job.isDeleting, let left = timeLeft(job) else {
            return
        }
        if left > 0 { return enqueue(key, after: left) }
        do throws(APIError) {
            try api.delete(job, options: DeleteOptions(propagation: .foreground, uid: job.uid))
        } catch  where error.isNotFound {
            return
        }
    }

    /// Nil for a Job that runs, or that may stay.
    private func timeLeft(_ job: StoredObject) -> Milliseconds? {
        let view = JobView(job.value)
        guard let seconds = view.ttlSecondsAfterFinished else { return nil }
        for type in ["Complete", "Failed"] where view.conditions.isTrue(type) {
            guard let end = view.conditions[type]?.value[.lastTransitionTime].worldTime else {
                continue
            }
            return max(end + Milliseconds(seconds: seconds) - now, 0)
        }
        return nil
    }
}
