extension Controller {
    /// Sends `count` requests in batches of 1, 2, 4 …: a batch after the answers to the one before it,
    /// the requests of one batch side by side. A batch with a failure is the last one.
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

/// Calls `body` `count` times in batches of 1, 2, 4 …; a batch with a failure is the last one.
///
/// `slowStartBatch`: a quota that lets nothing through costs one attempt instead of hundreds.
/// Answers how many calls succeeded, and the first failure. Example: 5 calls, the third fails:
/// batches of 1 and 2, two successes.
func slowStartBatch(
    _ count: Int, initial: Int = 1, _ body: (Int) throws(APIError) -> Void
) -> (successes: Int, failure: APIError?) {
    var done = 0
    var successes = 0
    var size = min(count, initial)
    while size > 0 {
        var failure: APIError?
        for index in done..<done + size {
            do throws(APIError) {
                try body(index)
                successes += 1
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { return (successes, failure) }
        done += size
        size = min(2 * size, count - done)
    }
    return (successes, nil)
}

/// Where the last batch of ``slowStartBatch(_:initial:_:)`` begins when all succeed: what was made
/// before it has been seen by the time it is through. Example: 3 calls: batches of 1 and 2, so 1.
func lastSlowStartBatch(_ count: Int) -> Int {
    var done = 0
    var size = min(count, 1)
    while done + size < count {
        done += size
        size = min(2 * size, count - done)
    }
    return done
}
