import Model
import Value

/// What is to be said of one thing: what it is like, since when, because of what, and what would mend it.
///
/// A tree: ``because`` goes back from the present state to its causes. Words are plain English without
/// a final period; times are virtual.
package struct Finding: Hashable, Sendable {
    /// How it stands with a thing.
    package enum State: String, Sendable {
        /// As it is meant to be.
        case fine
        /// On its way: something that is due will change it.
        case waiting
        /// It stays as it is until somebody does something.
        case stuck
        /// It was there, and is not any more.
        case gone
    }

    /// A table under the words: what a plugin says of nodes, what speaks against volumes.
    package struct Table: Hashable, Sendable {
        package var header: [String]
        package var rows: [[String]]

        package init(_ header: [String], _ rows: [[String]] = []) {
            self.header = header
            self.rows = rows
        }
    }

    /// What would have to change.
    package struct Hint: Hashable, Sendable {
        /// A command that mends it, as one would type it; empty where words must do.
        package let command: String
        /// What the command does, or what is to be done.
        package let text: String

        package init(_ command: String, _ text: String) {
            self.command = command
            self.text = text
        }
    }

    /// The object that it is about ("pod/web-0"); empty for a remark.
    package var subject: String
    /// What it is like: "is Pending".
    package var text: String
    /// Why, in short: "no node can take it"; empty where the causes say it.
    package var detail: String
    /// Since when it is like that; nil where that is not known or says nothing.
    package var since: Milliseconds?
    package var state: State
    package var because: [Finding]
    package var table: Table?
    package var hints: [Hint]

    package init(
        _ subject: String, _ text: String, _ detail: String = "", since: Milliseconds? = nil,
        state: State = .stuck, because: [Finding] = [], table: Table? = nil, hints: [Hint] = []
    ) {
        self.subject = subject
        self.text = text
        self.detail = detail
        self.since = since
        self.state = state
        self.because = because
        self.table = table
        self.hints = hints
    }

    /// A remark about no object.
    package init(remark text: String, state: State = .stuck, because: [Finding] = []) {
        self.init("", text, state: state, because: because)
    }

    /// Whether everything is as it is meant to be.
    package var isFine: Bool { state == .fine }
}

/// What somebody wants explained.
package struct WhyQuestion: Sendable {
    package enum Subject: Sendable {
        /// One object.
        case object(Kind, ObjectKey)
        /// One that is not there any more, or is going.
        case gone(Kind, ObjectKey)
        /// All objects of a kind, in the namespace or in the cluster.
        case kind(Kind)
        /// Whatever is not as it is meant to be.
        case everything
    }

    /// What is said to be so; the answer begins with whether it is.
    package enum Claim: Hashable, Sendable {
        /// `pending`, `not ready`.
        case state(String, isNegated: Bool)
        /// `0`, `not 5 replicas`.
        case count(Int, isNegated: Bool)
    }

    package let subject: Subject
    package let claim: Claim?
    /// The namespace in force: commands of hints name others.
    package let namespace: String
    /// Whether every node is shown with what each plugin says of it and the points that it gives.
    package let showsNodes: Bool

    package init(
        _ subject: Subject, claim: Claim? = nil, namespace: String, showsNodes: Bool = false
    ) {
        self.subject = subject
        self.claim = claim
        self.namespace = namespace
        self.showsNodes = showsNodes
    }
}

/// A question that cannot be answered.
package struct WhyProblem: Error, Hashable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
