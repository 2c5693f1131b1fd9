import Syntax

/// How failures come to know the calls that led to them: each function that they leave adds its own.
extension Evaluator {
    /// An error that leaves a function which was called at `index`.
    @inline(never)
    mutating func called(_ error: any Error, at index: NodeIndex) -> any Error {
        depth &-= 1
        // One failure ends the script already.
        if softDepth > depth { try? leaveSoftFailures(at: index) }
        let place = tree.place(of: index)
        switch error {
        case var error as Located:
            error.calls.append(place)
            return error
        case is RuntimeError, is HostError:
            // Of the call itself, as far as anybody knows: it gets its place there.
            return error
        case Trouble.expectation(var failure):
            failure.calls.append(place)
            return Trouble.expectation(failure)
        case Trouble.command(var failure):
            failure.calls.append(place)
            return Trouble.command(failure)
        case Trouble.diagnostic(var diagnostic):
            // Somebody has told of it already, and added what is to be known.
            guard diagnostic.notes.count < 2 * CallStack.keptPerEnd else { return error }
            var calls = CallStack()
            calls.append(place)
            diagnostic.text.notes += calls.notes
            return Trouble.diagnostic(diagnostic)
        default: return error
        }
    }

    /// A soft expectation did not hold.
    mutating func keepSoft(_ failure: ExpectationFailure) throws {
        guard depth > 0 else { return try host.tolerate(failure) }
        softFailures.append((failure, depth))
        softDepth = depth
    }

    /// The function that was called at `index` is left: what did not hold inside learns of the call,
    /// and is told when the outermost one is left.
    @inline(never)
    mutating func leaveSoftFailures(at index: NodeIndex) throws {
        let place = tree.place(of: index)
        softDepth = 0
        for number in softFailures.indices {
            if softFailures[number].depth > depth {
                softFailures[number].failure.calls.append(place)
                softFailures[number].depth = depth
            }
            softDepth = max(softDepth, softFailures[number].depth)
        }
        guard depth == 0 else { return }
        let done = softFailures
        softFailures = []
        softDepth = 0
        for (failure, _) in done { try host.tolerate(failure) }
    }
}
