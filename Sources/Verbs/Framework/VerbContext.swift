import API
import Model
import Value

/// What a verb runs in: the cluster it works on, the session it belongs to, the files it may read, its
/// input, and where its text goes.
///
/// All of them are protocols: a verb does not know whether the cluster is simulated.
package final class VerbContext {
    /// The API, through which every request goes.
    package internal(set) var client: any APIClient
    /// How time passes.
    package let clock: any ClientClock
    /// What only a simulated world can do; nil where the cluster is a real one.
    private let simulation: (any WorldControl)?
    /// The session that the command belongs to.
    package let session: any SessionControl
    /// The namespace in force where neither flag nor manifest says otherwise.
    package internal(set) var namespace: String
    /// The files of `-f` and the like.
    package let files: any VerbFiles
    /// Reads standard input to its end.
    package let input: () -> String
    /// Where text goes.
    package let output: VerbOutput
    /// A block that belongs to the command (`get pods -w { … }`); nil without one.
    package let block: (() throws -> Void)?
    /// Set by `timeout N`: a verb that waits gives up then and throws ``VerbInterruption/timedOut``.
    package let timeLimit: Milliseconds?
    /// When the verb began.
    package let begin: Milliseconds
    /// Where it is noted which flags the command reads; nil outside of tests.
    package var flagReads: FlagReads?
    /// Whether the verb is past the requests about its first object.
    private var hasRequested = false
    /// What the API warned of so far.
    private var warnings: Set<String> = []

    /// How many warnings of the API the command told of.
    var warningCount: Int { warnings.count }

    /// Whether the command has not told of a warning yet; from now on it has.
    func isNew(warning: String) -> Bool { warnings.insert(warning).inserted }

    /// What the command wrote to its log so far.
    private var logLines: Set<String> = []

    /// Whether the command has not logged that yet; from now on it has.
    func isNew(logLine: String) -> Bool { logLines.insert(logLine).inserted }

    package init(
        _ cluster: ClusterConnection, session: any SessionControl, files: any VerbFiles,
        input: @escaping () -> String = { "" }, output: VerbOutput,
        block: (() throws -> Void)? = nil,
        timeLimit: Milliseconds? = nil
    ) {
        client = cluster.client
        clock = cluster.clock
        simulation = cluster.world
        self.session = session
        namespace = session.namespace
        self.files = files
        self.input = input
        self.output = output
        self.block = block
        self.timeLimit = timeLimit
        begin = cluster.clock.now
    }

    /// The kinds that are served.
    package var kinds: KindRegistry { client.kinds }

    /// The present, for ages.
    package var now: Timestamp { Timestamp(worldTime: clock.now) }

    /// What only a simulated world can do, for the world's verbs.
    package func world() throws(VerbError) -> any WorldControl {
        if let simulation { return simulation }
        throw .message("this is a real cluster: only a simulated world can do that")
    }

    // MARK: Time

    /// Lets virtual time pass. Throws ``VerbInterruption/stopped`` when an observer stopped the
    /// world, so that the verb unwinds.
    package func advance(by milliseconds: Milliseconds) throws {
        try run(until: clock.now + milliseconds)
    }

    /// Comes before the requests about each of several objects: kubectl makes them one after another,
    /// and the world moves in between. The first costs nothing, and none does in a deferred
    /// block, which acts in one instant.
    package func nextObject() throws {
        if hasRequested, !clock.standsStill { try advance(by: clock.objectPause) }
        hasRequested = true
    }

    package func run(until instant: Milliseconds) throws {
        let end = timeLimit.map { min(begin + $0, instant) } ?? instant
        if case .stopped = try clock.run(until: end) { throw VerbInterruption.stopped }
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

    /// As ``wait(limit:until:expired:)``, but gives up as soon as nothing that is due can make the
    /// condition hold: `expired` is told whether that is so. A recorded session waits to the end, as
    /// kubectl does, and so do `timeout N` and a command that was told how long to wait (`isLimited`).
    package func waitWhilePending(
        limit: Milliseconds, isLimited: Bool, until condition: () throws -> Bool,
        expired: (_ isResting: Bool) -> VerbError
    ) throws {
        let mayRest = session.givesHints && timeLimit == nil && !isLimited
        switch try outcome(limit: limit, endsAtRest: mayRest, condition) {
        case .reached: return
        case .resting: throw expired(true)
        case .expired, .stopped: throw expired(false)
        }
    }

    /// Lets time pass for a verb that watches: while its block runs, for as long as the time limit
    /// says, or until the cluster has settled.
    package func follow() throws {
        if let block {
            try block()
        } else if let timeLimit {
            try advance(by: timeLimit)
        } else {
            if case .stopped = try clock.runUntilRest() { throw VerbInterruption.stopped }
        }
    }

    /// Lets time pass until `condition` holds after some write, or `limit` is over; answers whether
    /// it came to hold.
    package func reaches(
        limit: Milliseconds, _ condition: () throws -> Bool
    ) throws -> Bool {
        switch try outcome(limit: limit, endsAtRest: false, condition) {
        case .reached: true
        case .expired, .resting, .stopped: false
        }
    }

    /// How waiting for a condition ends. Throws where the world was stopped, or the time limit passed.
    private func outcome(
        limit: Milliseconds, endsAtRest: Bool, _ condition: () throws -> Bool
    ) throws -> RunEnd {
        let rest = timeLimit.map { max(begin + $0 - clock.now, 0) }
        var problem: (any Error)?
        func holds() -> Bool {
            do {
                return try condition()
            } catch {
                problem = error
                return true
            }
        }
        let most = min(limit, rest ?? limit)
        let end =
            endsAtRest
            ? try clock.runWhilePending(limit: most, until: holds)
            : try clock.run(limit: most, until: holds)
        if let problem { throw problem }
        switch end {
        case .stopped: throw VerbInterruption.stopped
        case .reached, .resting: return end
        case .expired:
            if let rest, rest < limit { throw VerbInterruption.timedOut }
            return end
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
