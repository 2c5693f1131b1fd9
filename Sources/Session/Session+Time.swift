import API
import Cluster
import Language
import Model
import Syntax
import Value
import Verbs

/// Unwinds a running block: the world was stopped by an expectation over time, or by trouble in a
/// deferred block. Caught by whoever stopped it.
struct Unwinding: Error {}

extension Session {
    /// Lets the world run and turns a stop into an error that unwinds the script to its cause.
    func advance(until instant: Milliseconds) throws {
        try check(inWorld { () throws(ClusterError) in try cluster.run(until: instant) })
    }

    /// What the world itself has to say, as an error of the statement at work.
    private func inWorld<T>(_ work: () throws(ClusterError) -> T) throws -> T {
        do throws(ClusterError) {
            return try work()
        } catch .interrupted {
            throw interruption
        } catch {
            throw HostError(error.message)
        }
    }

    /// Turns the user's wish to stop into what ends the statement.
    func stoppable<T>(_ work: () throws -> T) throws -> T {
        do {
            return try work()
        } catch ClusterError.interrupted {
            throw interruption
        }
    }

    /// Ends the statement if the user asked to stop while a command was at work that did not notice.
    func checkInterrupt() throws { if isInterrupted { throw interruption } }

    /// What stopped the statement: the user, or else the end of the memory.
    private var interruption: any Error {
        if usage.isOutOfMemory { return usage.memoryError }
        if isBeyondVirtualLimit { return virtualLimitError }
        return Trouble.interrupted(
            place ?? Place(source: Source(name: "", text: ""), span: SourceSpan(at: 0)))
    }

    /// Throws when the world was stopped, or when a deferred block went wrong.
    func check(_ end: RunEnd) throws {
        if let trouble = deferredTrouble {
            deferredTrouble = nil
            throw trouble
        }
        if case .stopped = end { throw Unwinding() }
    }

    // MARK: within

    package func wait(
        atMost milliseconds: Int64, for condition: Language.Condition
    ) throws -> WaitOutcome {
        let wait = ConditionWait(condition, in: self)
        if try condition.check() == .satisfied {
            return .held(atMilliseconds: cluster.clock.now)
        }
        if isPeeking { return .expired }
        wait.noteReads()
        cluster.addObserver(wait)
        defer { cluster.removeObserver(wait) }
        let lifetime = cluster.options.limits.lifetime
        let instant = min(cluster.clock.now + milliseconds, lifetime)
        let mayRest = !condition.reads.contains { $0.kind.id == Int(Kind.event.id) }
        let end = try inWorld { () throws(ClusterError) in
            mayRest
                ? try cluster.runWhilePending(until: instant) : try cluster.run(until: instant)
        }
        if let problem = wait.problem { throw problem }
        if let instant = wait.heldAt { return .held(atMilliseconds: instant) }
        if case .resting = end {
            hasWaitedForRest = true
            return .expired
        }
        try check(end)
        if instant == lifetime { throw HostError(ClusterError.endOfTime(limit: lifetime).message) }
        return .expired
    }

    // MARK: always and never

    package func watch(
        _ condition: Language.Condition, during body: () throws -> Void
    ) throws -> WatchOutcome {
        if takesCondition {
            takenCondition = condition
            return .held(states: 0)
        }
        let watch = ConditionWatch(condition, in: self)
        try watch.checkFirst()
        if let failure = watch.failure { return .violated(failure) }
        follow(watch)
        watches.append(nil)
        var timedOut: String?
        defer { unfollow(watch) }
        do {
            defer { timedOut = watches.removeLast() }
            try body()
        } catch is Unwinding where watch.failure != nil || watch.problem != nil {
            // This watch stopped the world; its failure is the outcome.
        } catch VerbInterruption.stopped where watch.failure != nil || watch.problem != nil {
            // As above, from inside a verb.
        }
        if let problem = watch.problem { throw problem }
        if let failure = watch.failure { return .violated(failure) }
        try watch.checkLast()
        if let failure = watch.failure { return .violated(failure) }
        warnOfTimeout(timedOut, during: condition)
        return watch.hasSeenWrites ? .held(states: watch.states) : .vacuous(states: watch.states)
    }

    /// Lets somebody see every write, also after a jump in time.
    func follow(_ observer: any CommitObserver) {
        followers.append(observer)
        cluster.addObserver(observer)
    }

    func unfollow(_ observer: any CommitObserver) {
        followers.removeAll { $0 === observer }
        cluster.removeObserver(observer)
    }

    // MARK: at and every

    package func schedule(_ timer: TimerRequest) throws {
        cluster.note { [unowned self] cluster in try? schedule(timer, in: cluster) }
        try schedule(timer, in: cluster)
    }

    private func schedule(_ timer: TimerRequest, in cluster: SimulatedCluster) throws {
        try usage.beginTimer(now: cluster.clock.now)
        let number = pending.add(timer: timer, due: cluster.clock.now + timer.milliseconds)
        let action = cluster.schedule(
            after: timer.milliseconds, repeats: timer.kind == .every
        ) { [unowned self] isAgain in
            if timer.kind == .at { usage.endTimer() }
            pending.reached(timer: number)
            guard !isAgain, deferredTrouble == nil else { return }
            let outer = place
            defer { place = outer }
            do {
                try timer.block.run()
            } catch {
                deferredTrouble = error
                self.cluster.halt()
            }
        }
        pending.began(timer: number, as: action)
    }
}

/// Stops the world at the first write at which a condition holds.
private final class ConditionWait: CommitObserver {
    private let condition: Language.Condition
    private unowned let session: Session
    private var filter: ReadFilter
    private(set) var heldAt: Milliseconds?
    private(set) var problem: (any Error)?

    init(_ condition: Language.Condition, in session: Session) {
        self.condition = condition
        self.session = session
        filter = ReadFilter([], in: session)
    }

    func noteReads() { filter = ReadFilter(condition.reads, in: session) }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        guard heldAt == nil, problem == nil, filter.concerns(change) else { return false }
        do {
            let verdict = try condition.check()
            noteReads()
            guard verdict == .satisfied else { return false }
            heldAt = change.time
            return true
        } catch {
            problem = error
            return true
        }
    }
}

/// Checks a condition at every write while a block runs; stops the world at the first violation.
final class ConditionWatch: CommitObserver {
    private let condition: Language.Condition
    private unowned let session: Session
    private var filter: ReadFilter
    /// The states that were checked, the first and the last included.
    private(set) var states = 0
    /// Whether anything that the condition reads was written.
    private(set) var hasSeenWrites = false
    private(set) var failure: ExpectationFailure?
    private(set) var problem: (any Error)?

    init(_ condition: Language.Condition, in session: Session) {
        self.condition = condition
        self.session = session
        filter = ReadFilter([], in: session)
    }

    func checkFirst() throws {
        states += 1
        let verdict = try condition.check()
        filter = ReadFilter(condition.reads, in: session)
        if verdict.breaksInvariant { failure = try condition.failure() }
    }

    /// The world was exchanged for another one, whose state counts as any.
    func arrived() throws {
        states += 1
        try checkLast()
        filter = ReadFilter(condition.reads, in: session)
    }

    func checkLast() throws {
        let verdict = try condition.check()
        if verdict.breaksInvariant { failure = try condition.failure() }
    }

    func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        guard failure == nil, problem == nil else { return false }
        states += 1
        // A write to nothing that the condition reads leaves its verdict as it was.
        guard filter.concerns(change) else { return false }
        hasSeenWrites = true
        do {
            let verdict = try condition.check()
            filter = ReadFilter(condition.reads, in: session)
            guard verdict.breaksInvariant else { return false }
            var failure = try condition.failure()
            // What broke it is often the last change too; it is told once.
            let chain = Evidence(session).breaking(change)
            failure.evidence =
                chain + failure.evidence.filter { !Evidence.repeats($0, in: chain) }
            self.failure = failure
            return true
        } catch {
            problem = error
            return true
        }
    }
}
