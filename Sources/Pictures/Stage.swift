/// What a pod or a node is doing at an instant, as pictures show it.
package enum Stage: UInt8, Sendable, CaseIterable {
    // Of pods
    case pending, pulling, starting, ready, terminating, failing, succeeded, failed
    // Of nodes
    case nodeReady, nodeCordoned, nodeNotReady

    /// The sign in a picture without colour. Pods that start or are ready show the letter of their
    /// revision instead, small until they are ready, where they have one.
    package var sign: Character {
        switch self {
        case .pending: "."
        case .pulling: "~"
        case .starting: "o"
        case .ready: "#"
        case .terminating: "x"
        case .failing: "!"
        case .succeeded: "+"
        case .failed: "-"
        case .nodeReady: "="
        case .nodeCordoned: "/"
        case .nodeNotReady: "?"
        }
    }

    package var words: String {
        switch self {
        case .pending: "pending"
        case .pulling: "pulling"
        case .starting: "starting or not ready"
        case .ready: "ready"
        case .terminating: "terminating"
        case .failing: "failing"
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .nodeReady: "node ready"
        case .nodeCordoned: "node cordoned"
        case .nodeNotReady: "node not ready"
        }
    }

    /// As `get nodes` says it, for nodes.
    package var stateWord: String {
        switch self {
        case .nodeReady: "Ready"
        case .nodeCordoned: "Ready,SchedulingDisabled"
        case .nodeNotReady: "NotReady"
        case .pending, .pulling, .starting, .ready, .terminating, .failing, .succeeded, .failed:
            words
        }
    }

    /// Of several stages within one column the one with the highest weight is shown: what is short and
    /// matters must not be lost.
    var weight: Int {
        switch self {
        case .ready, .nodeReady: 0
        case .pending: 1
        case .starting, .succeeded: 2
        case .pulling, .nodeCordoned: 3
        case .terminating: 4
        case .failed: 5
        case .failing, .nodeNotReady: 6
        }
    }
}
