/// Something that a statement can begin with: `get`, `rollout status`, `node add`.
///
/// One verb, one value, one row of ``VerbRegistry``: help, completion, checks and documentation come
/// from it.
package struct Verb: Sendable {
    /// The word, or the last of several ("status" of `rollout status`).
    package let name: String
    /// Other words for it.
    package var aliases: [String] = []
    /// Whether it is kubectl's, or the world's.
    package let group: Group
    /// One line that says what it does, without a final period.
    package let summary: String
    /// What follows the word: "(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE/NAME ...) [flags]".
    package var usage: String = "[flags]"
    /// A few lines as one would type them.
    package var examples: [String] = []
    /// The flags, besides those that every verb of kubectl has.
    package var flags: [Flag] = []
    /// The words that may follow; then ``run`` is what happens without one.
    package var subverbs: [Verb] = []
    /// Whether another word than those of its subverbs is found wrong before the script runs.
    package var checksSubverbs = false
    /// Whether all flags are let through unread: for verbs that only explain themselves.
    var takesAnyFlags = false
    /// Whether one dash is enough for a flag of several letters (`-type=srv`), as for older programs.
    var hasSingleDashFlags = false
    /// What it exits with where something went wrong.
    var failureCode: Int32 = 1
    /// Whether kubectl holds the objects it prints in Go's types: then JSON shows their fields in Go's
    /// order.
    var holdsGoTypes = false
    /// Whether virtual time passes while it runs, apart from the client's own latency.
    package var advancesTime = false
    /// Whether it goes back in time or keeps a place for that: a session that never does forgets its past.
    package var movesInTime = false
    /// Whether its block may leave for another place in time, since nothing of it is at work meanwhile.
    package var blockMayLeave = false
    /// Whether it does something to machines and what runs on them, which no write tells of.
    package var changesMachines = false
    /// Whether a block of statements may run beside it (`get pods -w { … }`).
    package var takesBlock = false
    /// What the words after the verb mean, for completion.
    package var completes: Completion = .nothing
    /// Begins to do it beside what follows (a shell's `&`); nil for verbs that come to an end.
    package var follow: (@Sendable (VerbCall) throws -> any Following)?
    /// Does it. Throws ``VerbError``.
    package var run: @Sendable (VerbCall) throws -> Void = { call in throw call.missingSubverb() }

    /// Where a verb comes from.
    package enum Group: Sendable {
        /// Typed after `kubectl`, with its text; it takes a client's time.
        case kubectl
        /// The simulator's own; it takes no time.
        case world
    }

    /// What words can follow a verb.
    package enum Completion: Sendable {
        case nothing
        /// A kind, then names; or kind/name.
        case resources
        /// Names of one kind ("nodes").
        case names(String)
        /// Files and folders.
        case files
        /// One of these words.
        case words([String])
        /// What `help` tells of.
        case topics
        /// Numbers of blocks that wait.
        case pending
    }

    package init(
        _ name: String, group: Group = .kubectl, summary: String
    ) {
        self.name = name
        self.group = group
        self.summary = summary
    }

    /// Whether `word` calls it.
    func answers(to word: String) -> Bool { name == word || aliases.contains(word) }

    /// The subverb that `word` calls.
    package func subverb(_ word: String) -> Verb? { subverbs.first { $0.answers(to: word) } }
}

/// A command that goes on beside others, printing as the world changes.
package protocol Following: AnyObject {
    /// Stops it.
    func end()
}

/// A verb at work: its flags and arguments, and the context it runs in.
package struct VerbCall {
    package let verb: Verb
    /// The words that led to the verb: ["rollout", "status"].
    package let path: [String]
    package let flags: FlagValues
    /// The words that are no flags.
    package let arguments: [String]
    /// How many of `arguments` stood before `--`; nil without one.
    package let argumentsBeforeDashes: Int?
    package let context: VerbContext

    /// "kubectl rollout status".
    package var commandPath: String {
        (verb.group == .kubectl ? ["kubectl"] + path : path).joined(separator: " ")
    }

    /// The command as it was typed, for `--record`.
    package let commandLine: String

    /// The error of a command line that does not fit: the message and where to find help.
    package func usageError(_ message: String) -> VerbError {
        .usage(message, help: "See '\(commandPath) -h' for help and examples")
    }

    /// What a verb with subverbs says when it is called alone or with an unknown word.
    func missingSubverb() -> VerbError {
        if let word = arguments.first {
            return .usage(
                "unknown command \"\(word)\"",
                help: "See '\(commandPath) -h' for help and examples")
        }
        return .help(HelpText.of(verb, path: path), code: 1)
    }
}
