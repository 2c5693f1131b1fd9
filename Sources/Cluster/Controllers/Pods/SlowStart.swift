import Model

extension Controller {
    /// Sends `count` requests in batches of 1, 2, 4 …: a batch after the answers to the one before it,
    /// the requests of one batch side by side. A batch with a failure is the last one, so that a quota
    /// that lets nothing through costs one attempt instead of hundreds (`slowStartBatch`).
    ///
    /// - Parameters:
    ///   - outcome: takes the first failure.
    ///   - body: makes the request of this number, counted from 0.
    ///   - whenDone: called with the number of successes when the last batch is answered.
    func sendSlowStart(
        _ count: Int, _ outcome: RequestOutcome,
        _ body: @escaping (Int) throws(APIError) -> Void,
        whenDone: @escaping (Int) -> Void
    ) throws(APIError) {
        guard count > 0 else { return whenDone(0) }
        try sendBatch(of: 1, from: 0, count, 0, outcome, body, whenDone)
    }

    private func sendBatch(
        of size: Int, from start: Int, _ count: Int, _ before: Int, _ outcome: RequestOutcome,
        _ body: @escaping (Int) throws(APIError) -> Void, _ whenDone: @escaping (Int) -> Void
    ) throws(APIError) {
        try send { [unowned self] () throws(APIError) in
            tellPodCreation()
            var successes = before
            for index in start..<start + size {
                do throws(APIError) {
                    try body(index)
                    successes += 1
                } catch {
                    outcome.failure = outcome.failure ?? error
                }
            }
            let end = start + size
            if outcome.failure != nil || end == count { return whenDone(successes) }
            let next = min(2 * size, count - end)
            try sendBatch(of: next, from: end, count, successes, outcome, body, whenDone)
        }
    }
}

extension FreeRequester {
    /// As ``Controller/sendSlowStart(_:_:_:whenDone:)``; the first failure is the noted one of the sync.
    func sendSlowStart(
        _ count: Int, _ body: @escaping @Sendable (_ own: Self, Int) throws(APIError) -> Void,
        whenDone: @escaping @Sendable (_ own: Self, Int) -> Void
    ) throws(APIError) {
        guard count > 0 else { return whenDone(self, 0) }
        try sendBatch(of: 1, from: 0, count, 0, body, whenDone)
    }

    private func sendBatch(
        of size: Int, from start: Int, _ count: Int, _ before: Int,
        _ body: @escaping @Sendable (_ own: Self, Int) throws(APIError) -> Void,
        _ whenDone: @escaping @Sendable (_ own: Self, Int) -> Void
    ) throws(APIError) {
        try send { own throws(APIError) in
            own.tellPodCreation()
            var successes = before
            for index in start..<start + size {
                do throws(APIError) {
                    try body(own, index)
                    successes += 1
                } catch {
                    own.notedFailure = own.notedFailure ?? error
                }
            }
            let end = start + size
            if own.notedFailure != nil || end == count { return whenDone(own, successes) }
            let next = min(2 * size, count - end)
            try own.sendBatch(of: next, from: end, count, successes, body, whenDone)
        }
    }
}
