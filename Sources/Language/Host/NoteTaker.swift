import Syntax

/// Takes what a script says of itself while it goes on, for whoever reports of the run.
package protocol NoteTaker: AnyObject {
    /// Takes a soft expectation that did not hold. The script goes on; whoever runs it fails it at its
    /// end.
    func tolerate(_ failure: ExpectationFailure) throws

    /// Takes what went wrong in a block that runs after failures too, beside the failure before it.
    func note(_ further: Trouble)

    /// Takes evidence. Throws ``HostError`` where it is too large.
    func attach(_ attachment: Attachment) throws

    /// Takes that a statement about the world was judged.
    func noteJudgement(at place: Place, holds: Bool)

    /// Takes a warning: something held, though it hardly says what was meant.
    func warn(_ warning: Diagnostic)
}

extension NoteTaker {
    package func tolerate(_ failure: ExpectationFailure) throws {
        throw Trouble.expectation(failure)
    }

    package func note(_ further: Trouble) {}

    package func attach(_ attachment: Attachment) throws {}

    package func noteJudgement(at place: Place, holds: Bool) {}

    package func warn(_ warning: Diagnostic) {}
}
