import Model
import Value

/// A level-triggered reconciler: it watches, queues keys, and syncs one key at a time per worker.
///
/// A subclass overrides ``start()`` (calls ``Component/watch(_:)``), ``observe(_:)`` (calls
/// ``enqueue(_:)`` with the key of the object that the change concerns) and ``sync(_:)``. A sync reads
/// ``Component/view``, compares desired with actual, and makes requests of the API by ``send(_:)``
/// and ``ask(_:)``. It reads and decides at one instant; its requests follow one another at the
/// profile's `apiRequest`, so that the rest of the world sees, and acts upon, what is half done. The
/// worker is busy until the last one is answered, and at least for `controllerSync`. A sync that
/// throws is tried again after a back-off.
class Controller: Component {
    private enum Code {
        static let work: Int32 = -1
        static let done: Int32 = -2
        static let add: Int32 = -3
        static let request: Int32 = -4
    }

    private(set) var queue: WorkQueue
    private let workers: Int
    private var busy = 0
    /// What is left of syncs whose requests are not all made, by the number of their key.
    private var unfinished: [Int: RequestQueue] = [:]
    /// The requests of the sync that has its turn now.
    fileprivate var requests = RequestQueue()

    /// A controller whose `workers` sync different keys side by side (upstream's
    /// `--concurrent-*-syncs`).
    ///
    /// - Parameter backOff: how long a sync that failed waits for its next attempt.
    init(name: String, workers: Int = 5, backOff: BackOffRange = .standard) {
        self.workers = workers
        queue = WorkQueue(backOff: backOff)
        super.init(name: name)
    }

    override func take(_ other: Component) {
        super.take(other)
        guard let other = other as? Self else { return }
        queue = other.queue
        busy = other.busy
        unfinished = other.unfinished
        requests = other.requests
        requests.waiting = []
    }

    override final var canBeCopied: Bool {
        unfinished.values.allSatisfy(\.canBeCopied)
    }

    /// Brings the object with `key` from actual to desired. The object may be gone.
    func sync(_ key: ObjectKey) throws(APIError) {}

    /// Whether a sync of `key` that failed with `error` is worth another attempt before the next change.
    func retries(_ key: ObjectKey, after error: APIError) -> Bool { true }

    /// A timer of the controller's own (code 0 and above).
    func fire(_ event: Event) {}

    // MARK: Queueing

    /// Asks for a sync of `key` as soon as a worker is free.
    final func enqueue(_ key: ObjectKey) {
        let trigger = cluster.api.cause.trigger
        queue.add(
            queue.number(of: key), trigger: trigger,
            isOwn: cluster.store.log.actor(of: trigger) == actor)
        wakeWorker()
    }

    /// Asks for a sync of `object`.
    final func enqueue(_ object: StoredObject) { enqueue(object.key) }

    /// Asks for a sync of the controller of `object`, if that is of `kind` and in the view.
    final func enqueueController(of object: StoredObject, kind: Kind) {
        if let owner = controller(of: object, kind: kind) { enqueue(owner.key) }
    }

    /// The controller of `object`, if that is of `kind` and exists in the view with the uid that the
    /// reference names (`resolveControllerRef`).
    final func controller(of object: StoredObject, kind: Kind) -> StoredObject? {
        guard let uid = object.controllerUID, let reference = object.controllerReference,
            reference.text(.kind) == cluster.api.kinds[kind].name
        else { return nil }
        let key = ObjectKey(namespace: object.namespace, name: reference.text(.name))
        guard let owner = view.get(kind, key), owner.uid == uid else { return nil }
        return owner
    }

    /// Asks for a sync of `key` after `milliseconds`; of several such requests the earliest counts.
    final func enqueue(
        _ key: ObjectKey, after milliseconds: Milliseconds, weight: EventWeight = .work
    ) {
        guard milliseconds > 0 else { return enqueue(key) }
        let number = queue.number(of: key)
        let until = now + milliseconds
        if let (timer, earlier) = queue.delayed(number) {
            guard until < earlier else { return }
            cluster.clock.cancel(timer)
        }
        let new = scheduleTimer(after: milliseconds, code: Code.add, a: number, weight: weight)
        queue.setDelayed(number, new, until: until)
    }

    /// Asks for a sync of `key` after its back-off: 5 ms, 10 ms, 20 ms … up to 1000 s, where the
    /// controller has no other ones.
    package final func enqueueRateLimited(_ key: ObjectKey) {
        let delay = queue.backOff(queue.number(of: key))
        enqueue(key, after: delay)
    }

    /// How often in a row `key` was put back by ``enqueueRateLimited(_:)`` or a failed sync.
    final func failures(of key: ObjectKey) -> Int { queue.failures(queue.number(of: key)) }

    // MARK: Requests

    /// Makes a request when the earlier ones of this sync are answered: the first one now, each
    /// further one `apiRequest` later. What `request` throws ends the sync, which is tried again; the
    /// requests after it are not made.
    ///
    /// `request` must not read the view: the sync has decided already, as upstream's code that works
    /// on what it read at its beginning, and meets a conflict when that has changed.
    final func send(
        _ request: @escaping () throws(APIError) -> Void
    ) throws(APIError) {
        try send(WaitingRequest(isFree: false) { _ throws(APIError) in try request() })
    }

    fileprivate final func send(_ request: WaitingRequest) throws(APIError) {
        if requests.hasAsked {
            requests.waiting.append(request)
        } else {
            requests.hasAsked = true
            try request.make(self)
        }
    }

    /// Whether this sync has made or planned a request.
    final var hasMadeRequests: Bool { requests.hasAsked }

    /// Makes a request now, because the sync cannot go on without the answer.
    @discardableResult
    final func ask<Answer>(
        _ request: () throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        requests.hasAsked = true
        return try request()
    }

    /// The request that is being made creates pods: its answer takes the profile's `podCreation`.
    final func tellPodCreation() { requests.createsPods = true }

    /// The first failure of this sync's requests that does not end it; whoever notes it sees to the rest.
    final var notedFailure: APIError? {
        get { requests.noted }
        set { requests.noted = newValue }
    }

    // MARK: Workers

    private func wakeWorker() {
        guard busy < workers, queue.hasReady else { return }
        busy += 1
        schedule(after: 0, code: Code.work)
    }

    final override func handle(_ event: Event) {
        switch event.code {
        case Code.work: work()
        case Code.request: makeNextRequest(event.a)
        case Code.done:
            queue.done(event.a)
            work()
        case Code.add:
            queue.delayIsOver(event.a)
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
        requests = RequestQueue()
        requests.trigger = queue.trigger(number)
        cluster.enter(self, trigger: requests.trigger, key: key)
        do throws(APIError) {
            try sync(key)
        } catch {
            requests.failure = error
        }
        goOn(number)
        wakeWorker()
    }

    /// The next request of a sync is due.
    private func makeNextRequest(_ number: Int) {
        guard var rest = unfinished.removeValue(forKey: number) else { return }
        cluster.enter(self, trigger: rest.trigger, key: queue.key(number))
        let request = rest.waiting.removeFirst()
        let later = rest.waiting
        rest.waiting = []
        rest.hasAsked = true
        rest.createsPods = false
        requests = rest
        do throws(APIError) {
            try request.make(self)
            // What the request itself has sent comes before what the sync sent after it.
            requests.waiting += later
        } catch {
            requests.waiting = []
            requests.failure = error
        }
        goOn(number)
    }

    /// Plans the rest of the sync that had its turn, or ends it.
    private func goOn(_ number: Int) {
        if !requests.waiting.isEmpty {
            unfinished[number] = requests
            let answer = requests.createsPods ? profile.podCreation : profile.apiRequest
            return schedule(after: jittered(answer), code: Code.request, a: number)
        }
        let key = queue.key(number)
        if let failure = requests.failure, retries(key, after: failure) {
            enqueueRateLimited(key)
        } else {
            queue.forget(number)
        }
        schedule(after: jittered(profile.controllerSync), code: Code.done, a: number)
    }
}

/// A controller whose requests can wait in a world that is copied: what they are made of leads back to
/// nothing, which the compiler sees to, and they are told who makes them.
///
/// While other requests wait there is no copy of the world, so that what comes later has to be done again from an
/// earlier one.
protocol FreeRequester: Controller {}

extension FreeRequester {
    /// As ``Controller/send(_:)``; `request` is told of the controller that makes it.
    func send(
        _ request: @escaping @Sendable (_ own: Self) throws(APIError) -> Void
    ) throws(APIError) {
        try send(
            WaitingRequest(isFree: true) { controller throws(APIError) in
                guard let own = controller as? Self else { return }
                try request(own)
            })
    }

    /// Updates `object` in its turn (see ``Controller/send(_:)``), and calls `then` when that went well.
    ///
    /// - Parameter notesFailure: whether a failure does not end the sync, but is noted; after one, no more
    ///   updates that do so are made.
    /// - Returns: what the object will be. Given to another `sendUpdate` of this sync, it stands for
    ///   the version that this request makes.
    func sendUpdate(
        _ object: StoredObject, to value: Value, notesFailure: Bool = false,
        then: @escaping @Sendable (_ own: Self) -> Void = { _ in }
    ) throws(APIError) -> StoredObject {
        let isFirst = !requests.hasAsked
        let expected = StoredObject(
            kind: object.kind, slot: object.slot, key: object.key,
            resourceVersion: object.resourceVersion, value: value)
        try send { own throws(APIError) in
            if notesFailure, own.notedFailure != nil { return }
            do throws(APIError) {
                let stored = try own.api.update(own.requests.answer(object), to: value)
                own.requests.answers.append((expected, stored))
                then(own)
            } catch {
                guard notesFailure else { throw error }
                own.notedFailure = error
            }
        }
        return isFirst ? requests.answer(expected) : expected
    }
}
