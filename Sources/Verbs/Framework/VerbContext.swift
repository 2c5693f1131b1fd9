import Cluster
import Model
import Value

/// What a verb runs in: the cluster, the files it may read, its input, and where its text goes.
package final class VerbContext {
    package let cluster: SimulatedCluster
    /// The namespace in force where neither flag nor manifest says otherwise.
    package let namespace: String
    /// The files of `-f` and the like.
    package let files: any VerbFiles
    /// Standard input.
    package let input: String
    /// Where text goes.
    package let output: VerbOutput
    /// A block that belongs to the command (`get pods -w { … }`); nil without one.
    package let block: (() throws -> Void)?
    /// Set by `timeout N`: a verb that waits gives up then and throws ``VerbInterruption/timedOut``.
    package let timeLimit: Milliseconds?
    /// Changes the namespace in force for later commands (`config set-context --current`).
    package var setNamespace: (String) -> Void = { _ in }
    /// Begins the world anew with another seed (`seed 7`).
    package var reseed: (UInt64) throws(VerbError) -> Void = { _ throws(VerbError) in
        throw .message("the seed of this world cannot be changed")
    }
    /// Begins the world anew with other feature gates (`feature-gate X=true`), by name.
    package var setFeatureGates: ([String: Bool]) throws(VerbError) -> Void = {
        _ throws(VerbError) in
        throw .message("the feature gates of this world cannot be changed")
    }
    /// Whether errors may go on with a hint that kubectl does not give. Recorded sessions have none.
    package var givesHints = true
    /// The editor of `edit`: gets a text and answers the edited one, nil when it failed.
    package var editor: ((String) -> String?)?
    /// The command that `editor` stands for.
    package var editorName = ""
    /// When the verb began.
    package let begin: Milliseconds
    /// Whether the verb is past the requests about its first object.
    private var hasRequested = false

    package init(
        cluster: SimulatedCluster, namespace: String = "default", files: any VerbFiles,
        input: String = "", output: VerbOutput, block: (() throws -> Void)? = nil,
        timeLimit: Milliseconds? = nil
    ) {
        self.cluster = cluster
        self.namespace = namespace
        self.files = files
        self.input = input
        self.output = output
        self.block = block
        self.timeLimit = timeLimit
        begin = cluster.clock.now
    }

    /// The API, through which every request goes.
    package var client: any APIClient { cluster.api }

    /// The kinds that are served.
    package var kinds: KindRegistry { cluster.api.kinds }

    /// The present, for ages.
    package var now: Timestamp { Timestamp(worldTime: cluster.clock.now) }

    // MARK: Time

    /// Lets virtual time pass. Throws ``VerbInterruption/stopped`` when an observer stopped the
    /// world, so that the verb unwinds.
    package func advance(by milliseconds: Milliseconds) throws {
        try run(until: cluster.clock.now + milliseconds)
    }

    /// Comes before the requests about each of several objects: kubectl makes them one after another,
    /// and the world moves in between. The first costs nothing, and none does in a deferred
    /// block, which acts in one instant.
    package func nextObject() throws {
        if hasRequested, !cluster.isInDeferredAction {
            try advance(by: cluster.profile.clientRequest)
        }
        hasRequested = true
    }

    package func run(until instant: Milliseconds) throws {
        let end = timeLimit.map { min(begin + $0, instant) } ?? instant
        if case .stopped = try cluster.run(until: end) { throw VerbInterruption.stopped }
        // Components took their turns: what the verb writes from here on is the user's again.
        cluster.beginUserRequest()
        if end < instant { throw VerbInterruption.timedOut }
    }
}

extension VerbContext {
    /// How long a verb waits at most when nobody says: one virtual hour (DECISIONS 16).
    package static let waitLimit: Milliseconds = 3_600_000

    /// Lets time pass until `condition` holds after some write; after `limit` throws what `expired`
    /// says. Time spent in this command already does not count.
    package func wait(
        limit: Milliseconds, until condition: () throws -> Bool, expired: () -> VerbError
    ) throws {
        if try !reaches(limit: limit, condition) { throw expired() }
    }

    /// Lets time pass for a verb that watches: while its block runs, for as long as the time limit
    /// says, or until the cluster has settled.
    package func follow() throws {
        if let block {
            try block()
        } else if let timeLimit {
            try advance(by: timeLimit)
        } else {
            switch try cluster.settle() {
            case .stopped: throw VerbInterruption.stopped
            case .settled, .restless: break
            }
        }
    }

    /// Lets time pass until `condition` holds after some write, or `limit` is over; answers whether
    /// it came to hold.
    package func reaches(
        limit: Milliseconds, _ condition: () throws -> Bool
    ) throws -> Bool {
        let rest = timeLimit.map { max(begin + $0 - cluster.clock.now, 0) }
        var problem: (any Error)?
        let end = try cluster.run(limit: min(limit, rest ?? limit)) {
            do {
                return try condition()
            } catch {
                problem = error
                return true
            }
        }
        if let problem { throw problem }
        cluster.beginUserRequest()
        switch end {
        case .stopped: throw VerbInterruption.stopped
        case .reached: return true
        case .expired:
            if let rest, rest < limit { throw VerbInterruption.timedOut }
            return false
        }
    }
}

/// Why a verb was unwound without an error of its own.
package enum VerbInterruption: Error {
    /// An observer stopped the world (an `always` was violated).
    case stopped
    /// The time limit passed.
    case timedOut
}

/// The files a verb may read: embedded ones, those below the script's folder, or a folder in memory.
package protocol VerbFiles: AnyObject {
    /// The text of a file. Throws ``FileProblem``.
    func read(_ path: String) throws(FileProblem) -> String
    /// The names in a folder, sorted; nil when `path` is no folder.
    func entries(_ path: String) -> [String]?
    /// Whether there is a file or folder.
    func exists(_ path: String) -> Bool
}

/// Why a file cannot be read, in the words of the system.
package struct FileProblem: Error, Sendable {
    /// "no such file or directory".
    package let message: String

    package init(_ message: String) { self.message = message }

    package static let notFound = FileProblem("no such file or directory")
}

/// What a verb writes, on two streams whose order is kept.
package final class VerbOutput {
    package enum Stream: Sendable { case output, error }

    private let sink: (Stream, String) -> Void

    /// Text goes to `sink` as it is written.
    package init(_ sink: @escaping (Stream, String) -> Void) { self.sink = sink }

    /// Writes to standard output.
    package func write(_ text: String) {
        if !text.isEmpty { sink(.output, text) }
    }

    /// Writes a line to standard output.
    package func line(_ text: String) { sink(.output, text + "\n") }

    /// Writes to standard error.
    package func error(_ text: String) {
        if !text.isEmpty { sink(.error, text) }
    }
}
