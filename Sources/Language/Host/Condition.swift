/// What a condition says of the state at hand.
package enum Verdict: Hashable, Sendable {
    /// The condition is as it should be (for `never`: it does not hold).
    case satisfied
    /// The condition is not as it should be.
    case violated
    /// It cannot be judged: an object it reads does not exist, or a field it orders by is missing.
    /// `within` takes this as not yet, `always` and `never` as violated.
    case undecided

    /// Whether an invariant is broken in this state.
    package var breaksInvariant: Bool { self != .satisfied }
}

/// The condition of an expectation over time, ready to be evaluated again and again. Its variables
/// have the values they had when the expectation began (DECISIONS 10).
///
/// Given to the host by ``Host/wait(atMost:for:)`` and ``Host/watch(_:during:)``; not to be kept
/// after those return.
package final class Condition {
    /// The whole expectation, for messages.
    package let place: Place
    /// Which expectation it belongs to.
    package let form: ExpectationFailure.Form
    /// What the last ``check()`` read, in order, each query once. A check whose reads have not
    /// changed since would give the same verdict.
    package private(set) var reads: [ResourceQuery] = []

    private let judge: (inout [ResourceQuery]) throws -> Verdict
    private let explain: () throws -> ExpectationFailure

    init(
        place: Place, form: ExpectationFailure.Form,
        judge: @escaping (inout [ResourceQuery]) throws -> Verdict,
        explain: @escaping () throws -> ExpectationFailure
    ) {
        self.place = place
        self.form = form
        self.judge = judge
        self.explain = explain
    }

    /// Evaluates the condition in the state at hand. Takes no virtual time and writes nothing.
    /// Throws a ``Trouble`` when the evaluation itself goes wrong.
    package func check() throws -> Verdict {
        reads.removeAll(keepingCapacity: true)
        return try judge(&reads)
    }

    /// Evaluates the condition once more and gives the full report of why it is not satisfied. To
    /// be called in the state whose check was not ``Verdict/satisfied``.
    package func failure() throws -> ExpectationFailure { try explain() }
}

/// The block of an `at` or `every`: runs to completion inside one event of the clock.
package final class DeferredBlock {
    /// The statement, for messages.
    package let place: Place
    private let body: () throws -> Void

    init(place: Place, body: @escaping () throws -> Void) {
        self.place = place
        self.body = body
    }

    /// Runs the block once. Throws a ``Trouble``, which ends the scenario.
    package func run() throws { try body() }
}
