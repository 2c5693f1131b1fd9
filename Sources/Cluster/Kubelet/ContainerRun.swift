import Value

/// One container of a pod as its kubelet knows it.
///
/// A class, because it holds much of which little is asked at a time: a value would be copied whole for
/// each question.
final class ContainerRun {
    enum Role { case main, initial, sidecar, ephemeral }

    enum State: Equatable {
        /// Not started; the reason is what `kubectl get` shows ("ContainerCreating").
        case waiting(reason: String, message: String)
        /// Since an instant.
        case running(since: Milliseconds)
        case ended(Ending)
    }

    struct Ending: Equatable {
        let exitCode: Int
        /// "Completed", "Error", "OOMKilled", "StartError" or "ContainerStatusUnknown".
        let reason: String
        var message = ""
        /// Nil where the process never began.
        let started: Milliseconds?
        let finished: Milliseconds
        /// Which run of the container ended, from 1; 0 for one that never was.
        let number: Int
    }

    /// Why a container could not be started: what its status says from the pod worker's next turn on
    /// (upstream's reason cache).
    struct Trouble: Equatable {
        let reason: String
        let message: String
    }

    /// How a running container that was asked to stop will end.
    struct Death: Equatable {
        let at: Milliseconds
        let exitCode: Int
        var reason: String?
        /// When the process is told: behind the preStop hook, and behind the containers it waits for.
        var signalled: Milliseconds = 0
    }

    private(set) var plan: ContainerPlan
    var state: State
    var trouble: Trouble?
    /// Made when it first may not be started yet.
    var backOffTexts: BackOffTexts?
    /// The runtime's names for its latest runs.
    var ids = RunIDs()
    /// How the run before the present state ended.
    var last: Ending?
    var restarts = 0
    var isReady = false
    var hasStarted = false
    /// Whether it was started in the pod's present sandbox.
    var hasRunHere = false
    /// Distinguishes this run from earlier ones: events of an earlier run are stale.
    var generation = 0
    /// Whether a start is on its way.
    var isStarting = false
    /// Since when an image is being pulled for it.
    var pullSince: Milliseconds = 0
    /// Since when the process runs whose postStart hook is not done.
    var hookSince: Milliseconds?
    var death: Death?
    /// What is remembered of the present run for the sake of what it writes.
    var record: ScriptedRun?
    /// How it ends because a process in it sent its first one a signal.
    var signalled: Int?
    /// What its own command ended with, where that was run.
    var commandStatus: Int?
    /// How often its own command has slept.
    var commandTurns = 0
    var restartBackOff = BackOff()
    /// The end before the last one, for when a start that failed is no longer due.
    private var earlier: Ending?
    var probes = ProbeCounters()
    /// What it is shown to have, where that is not what its plan says.
    var shownResources: Value?
    var memory: Int64 = 0
    var disk: Int64 = 0

    /// How it waits before its first run, whatever comes in between.
    private let firstState: State

    init(plan: ContainerPlan, isInitializing: Bool) {
        self.plan = plan
        firstState = .waiting(
            reason: isInitializing ? "PodInitializing" : "ContainerCreating", message: "")
        state = firstState
    }

    private init(copying other: ContainerRun) {
        plan = other.plan
        firstState = other.firstState
        state = other.state
        trouble = other.trouble
        backOffTexts = other.backOffTexts.map(BackOffTexts.init(copying:))
        ids = other.ids
        last = other.last
        restarts = other.restarts
        isReady = other.isReady
        hasStarted = other.hasStarted
        hasRunHere = other.hasRunHere
        generation = other.generation
        isStarting = other.isStarting
        pullSince = other.pullSince
        hookSince = other.hookSince
        death = other.death
        record = other.record
        signalled = other.signalled
        commandStatus = other.commandStatus
        commandTurns = other.commandTurns
        restartBackOff = other.restartBackOff
        earlier = other.earlier
        probes = other.probes
        shownResources = other.shownResources
        memory = other.memory
        disk = other.disk
        isReset = other.isReset
    }

    /// The same for another world.
    func copy(_ copies: inout RunCopies) -> ContainerRun {
        let copy = ContainerRun(copying: self)
        if let record { copy.record = copies.copy(of: record) }
        return copy
    }

    /// The spec of the container changed. Another image begins a back-off of its own: the key of
    /// upstream's (GetStableKey) has the hash of name and image in it.
    func replacePlan(_ plan: ContainerPlan) {
        if plan.image.text != self.plan.image.text { restartBackOff = BackOff() }
        self.plan = plan
    }

    var name: String { plan.name }
    var role: Role { plan.role }

    /// Whether it runs before the containers proper: an init container or a sidecar.
    var isOfInitialization: Bool { role == .initial || role == .sidecar }

    var isRunning: Bool {
        if case .running = state { return true }
        return false
    }

    /// Running, or with a process whose postStart hook is not done.
    var isAlive: Bool { isRunning || hookSince != nil }

    /// Whether its process was told to end, and takes no more connections.
    func isStopping(at now: Milliseconds) -> Bool { death.map { $0.signalled <= now } ?? false }

    var ending: Ending? {
        if case .ended(let ending) = state { return ending }
        return nil
    }

    /// What the status says of a container that was removed to be made anew with all others of its pod.
    static let resetReason = "RestartingAllContainers"

    /// Whether it was removed, and not yet made anew.
    private(set) var isReset = false

    /// It is gone as if it had never been, but for what its status says.
    func reset(message: String, at instant: Milliseconds) {
        guard generation > 0 else { return }
        isReset = true
        trouble = nil
        death = nil
        hookSince = nil
        hasRunHere = false
        hasStarted = false
        isReady = false
        restartBackOff = BackOff()
        // One that waited for its next start keeps the end that it waited after.
        if case .waiting = state { return }
        last = Ending(
            exitCode: 137, reason: Self.resetReason, message: message, started: nil,
            finished: instant, number: 0)
        state = .waiting(reason: Self.resetReason, message: message)
        restarts += 1
    }

    /// What was removed waits like a container that never ran.
    func awaitFirstStart() { if isReset { state = firstState } }

    /// A new run begins.
    func beginRun() {
        isStarting = false
        hasRunHere = true
        trouble = nil
        if case .ended(let ending) = state { last = ending }
        if generation > 0, !isReset { restarts += 1 }
        isReset = false
        generation += 1
    }

    /// How the latest run ended; nil while it runs and before the first.
    var latestEnding: Ending? {
        if isReset { return nil }
        return switch state {
        case .ended(let ending): ending
        case .waiting: generation > 0 ? last : nil
        case .running: nil
        }
    }

    /// The exit code of ``latestEnding``.
    var latestExitCode: Int? {
        if isReset { return nil }
        return switch state {
        case .ended(let ending): ending.exitCode
        case .waiting: generation > 0 ? last?.exitCode : nil
        case .running: nil
        }
    }

    /// Whether an init container lets the next one begin: it succeeded, or is a started sidecar.
    var isPassed: Bool {
        switch role {
        case .main, .ephemeral: false
        case .initial: ending?.exitCode == 0
        case .sidecar: isRunning && hasStarted
        }
    }

    /// Shows why the container could not be started; answers whether that is news.
    func showTrouble() -> Bool {
        guard let trouble, !isAlive else { return false }
        let shown = State.waiting(reason: trouble.reason, message: trouble.message)
        if state == shown { return false }
        if case .ended(let ending) = state {
            earlier = last
            last = ending
        }
        state = shown
        return true
    }

    /// A container that waits for its next start will not get it: it shows how it ended again, or that
    /// it never ran. Answers whether there is such an end.
    func showEnding() -> Bool {
        guard case .waiting = state else { return false }
        guard let ending = latestEnding else {
            if generation == 0 {
                state = firstState
                trouble = nil
            }
            return false
        }
        state = .ended(ending)
        last = earlier
        trouble = nil
        return true
    }

    /// Whether the next turn of the pod worker shows something else.
    var hasNews: Bool {
        guard let trouble, !isAlive else { return false }
        return state != .waiting(reason: trouble.reason, message: trouble.message)
    }
}

/// What is shown and told of a container at every turn in which it may not be started yet: put together
/// once, what is shown for each delay.
final class BackOffTexts {
    var delay: Milliseconds
    var trouble: ContainerRun.Trouble
    var telling: EventRecorder.Telling?

    init(delay: Milliseconds, trouble: ContainerRun.Trouble) {
        self.delay = delay
        self.trouble = trouble
    }

    init(copying other: BackOffTexts) {
        delay = other.delay
        trouble = other.trouble
        telling = other.telling
    }
}

/// What the runtime calls the run of a container that a status shows, and the one before it.
struct RunIDs {
    private var runs = (even: -1, odd: -1)
    private var ids = (even: Value.null, odd: Value.null)

    /// The name of a run, if it is known.
    func id(ofRun run: Int) -> Value? {
        let known = run & 1 == 0 ? (runs.even, ids.even) : (runs.odd, ids.odd)
        guard known.0 == run else { return nil }
        return known.1
    }

    /// Takes note of the name of a run.
    mutating func note(_ id: Value, ofRun run: Int) {
        if run & 1 == 0 {
            runs.even = run
            ids.even = id
        } else {
            runs.odd = run
            ids.odd = id
        }
    }
}

/// An image that could not be pulled: pods wait for images, whichever container wants them (the key of
/// upstream's back-off is the pod's uid and the image).
struct FailedPull {
    var backOff = BackOff()
    /// Why the last pull failed.
    var failure = ""
}

/// A back-off that doubles: 10 s, 20 s … 5 min (upstream: client-go's flowcontrol.Backoff).
struct BackOff {
    static let initial: Milliseconds = 10_000
    static let maximal: Milliseconds = 300_000

    private(set) var delay: Milliseconds = 0
    /// When it was last raised.
    private var updated: Milliseconds = 0

    /// Whether a start at `now` is too early after something that happened at `instant`. Ten minutes
    /// after the last raise all is forgotten.
    func holds(_ instant: Milliseconds, _ now: Milliseconds) -> Bool {
        guard delay > 0, !hasExpired(instant) else { return false }
        return now - instant < delay
    }

    /// Whether a try at `now` is too early after the last raise.
    func holdsSinceRaise(_ now: Milliseconds) -> Bool {
        delay > 0 && !hasExpired(now) && now - updated < delay
    }

    /// When a back-off that holds since the last raise is over.
    var end: Milliseconds { updated + delay }

    /// Doubles the delay after something that happened at `instant`: 10 s the first time, and when the
    /// last raise is more than ten minutes older.
    mutating func raise(_ instant: Milliseconds, _ now: Milliseconds) {
        delay =
            delay == 0 || hasExpired(instant) ? Self.initial : min(delay * 2, Self.maximal)
        updated = now
    }

    private func hasExpired(_ instant: Milliseconds) -> Bool {
        instant - updated > 2 * Self.maximal
    }
}
