import Model

/// A request that waits for its turn.
struct WaitingRequest {
    /// Whether it leads back to nothing of the world in which it waits: in a copy of the world the same
    /// controller there makes it.
    let isFree: Bool
    let make: (Controller) throws(APIError) -> Void
}

/// The requests of one sync that are still to be made, in order.
struct RequestQueue {
    var waiting: [WaitingRequest] = []
    /// The number of the write that the sync answers; what comes in while requests wait is not its
    /// cause.
    var trigger = 0
    /// Whether a request was made already: then the next one has to wait for its answer.
    var hasAsked = false
    /// Whether the last request created pods, which takes longer.
    var createsPods = false
    /// Why the sync failed; its requests up to there are made all the same.
    var failure: APIError?
    /// The first failure that does not end the sync; see ``Controller/notedFailure``.
    var noted: APIError?
    /// What came of updates whose result the sync went on with before they were made.
    var answers: [(expected: StoredObject, stored: StoredObject)] = []

    /// Whether nothing waits that leads back to the world whose request it is.
    var canBeCopied: Bool { waiting.allSatisfy(\.isFree) }

    /// The version that `object` stands for: itself, or what the request that was to make it made.
    func answer(_ object: StoredObject) -> StoredObject {
        answers.last { $0.expected === object }?.stored ?? object
    }
}

// tidy: no copy: while its requests wait, a world is not copied
/// What several requests that belong together came to.
package final class RequestOutcome {
    /// The first failure.
    var failure: APIError?
}
