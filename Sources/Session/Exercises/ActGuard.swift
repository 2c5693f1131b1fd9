import Model

/// Looks at what the user of a session is about to do, and may refuse it.
package protocol ActGuard: AnyObject {
    /// Why a command may not run; nil where it may.
    func refusal(ofCommand words: [String]) -> String?

    /// Why a request that writes may not be made; nil where it may.
    func refusal(of request: GuardedRequest) -> String?
}

/// A request that writes, before it is made.
package struct GuardedRequest: Sendable {
    /// What a request does. Scaling is a patch; an eviction deletes a pod.
    package enum Verb: String, Sendable, CaseIterable {
        case create, update, patch, delete, evict, bind
    }

    package let verb: Verb
    package let kind: KindDescriptor
    package let namespace: String
    /// Empty where the server makes it.
    package let name: String
}
