import Model

/// A level-triggered reconciler: it watches, queues keys, and syncs one key at a time per worker.
///
/// A subclass overrides ``start()`` (calls ``Component/watch(_:)``), ``observe(_:)`` (calls
/// ``enqueue(_:)`` with the key of the object that the change concerns) and ``sync(_:)``. A sync reads
/// ``Component/view``, compares desired with actual, and writes through ``Component/api``. It runs at
/// one instant; its worker is then busy for the profile's `controllerSync`. A sync that throws is tried
/// again after a back-off.
public class Controller: Component {
    private enum Code {
        static let work: Int32 = -1
        static let done: Int32 = -2
        static let add: Int32 = -3
    }

    private var queue = WorkQueue()
    private let workers: Int
    private var busy = 0
    private var syncing: ObjectKey?

    /// A controller whose `workers` sync different keys side by side (upstream's
    /// `--concurrent-*-syncs`).
    public init(name: String, workers: Int = 5) {
        self.workers = workers
        super.init(name: name)
    }

    /// Brings the object with `key` from actual to desired. The object may be gone.
    public func sync(_ key: ObjectKey) throws(APIError) {}

    /// A timer of the controller's own (code 0 and above).
    public func fire(_ event: Event) {}

    // MARK: Queueing

    /// Asks for a sync of `key` as soon as a worker is free.
    public final func enqueue(_ key: ObjectKey) {
        queue.add(queue.number(of: key), trigger: cluster.api.cause.trigger)
        wakeWorker()
    }

    /// Asks for a sync of `object`.
    public final func enqueue(_ object: StoredObject) { enqueue(object.key) }

    /// Asks for a sync of the controller of `object`, if that is of `kind` and exists in the view with
    /// the uid that the reference names.
    public final func enqueueController(of object: StoredObject, kind: Kind) {
        guard let uid = object.controllerUID, let reference = object.controllerReference,
            reference.text(.kind) == cluster.api.kinds[kind].name
        else { return }
        let key = ObjectKey(namespace: object.namespace, name: reference.text(.name))
        if let owner = view.get(kind, key), owner.uid == uid { enqueue(key) }
    }

    /// Asks for a sync of `key` after `milliseconds`; of several such requests the earliest counts.
    public final func enqueue(
        _ key: ObjectKey, after milliseconds: Milliseconds, weight: EventWeight = .work
    ) {
        guard milliseconds > 0 else { return enqueue(key) }
        let number = queue.number(of: key)
        let until = now + milliseconds
        let (timer, earlier) = queue.delayed(number)
        if cluster.clock.isPending(timer) {
            guard until < earlier else { return }
            cluster.clock.cancel(timer)
        }
        let new = scheduleTimer(after: milliseconds, code: Code.add, a: number, weight: weight)
        queue.setDelayed(number, new, until: until)
    }

    /// Asks for a sync of `key` after its back-off: 5 ms, 10 ms, 20 ms … up to 1000 s.
    public final func enqueueRateLimited(_ key: ObjectKey) {
        let delay = queue.backOff(queue.number(of: key))
        enqueue(key, after: delay)
    }

    /// How often in a row `key` was put back by ``enqueueRateLimited(_:)`` or a failed sync.
    public final func failures(of key: ObjectKey) -> Int { queue.failures(queue.number(of: key)) }

    // MARK: Workers

    private func wakeWorker() {
        guard busy < workers, queue.hasReady else { return }
        busy += 1
        schedule(after: 0, code: Code.work)
    }

    public final override func handle(_ event: Event) {
        switch event.code {
        case Code.work: work()
        case Code.done:
            queue.done(event.a)
            work()
        case Code.add:
            queue.add(event.a, trigger: queue.trigger(event.a))
            wakeWorker()
        default: fire(event)
        }
    }

    private func work() {
        guard let number = queue.take() else {
            busy -= 1
            return
        }
        let key = queue.key(number)
        cluster.enter(self, trigger: queue.trigger(number), key: key)
        do throws(APIError) {
            try sync(key)
            queue.forget(number)
        } catch {
            enqueueRateLimited(key)
        }
        schedule(after: profile.controllerSync, code: Code.done, a: number)
        wakeWorker()
    }
}
