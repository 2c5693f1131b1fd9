import Cluster
import Language
import Model
import Support
import Syntax
import Tools
import Value
import Verbs

/// How a session is set up.
package struct SessionOptions: Sendable {
    /// The seed of all randomness (DECISIONS 23).
    package var seed = Self.standardSeed
    /// The scenario's title and its place among those of equal title.
    package var title = ""
    package var ordinal = 0
    package var profile = LatencyProfile.standard
    package var featureGates: [String: Bool] = [:]
    /// Whether the seed was given on the command line, so that `seed` in the script gives way.
    package var isSeedFixed = false
    /// Whether one can go back in time in the session, for which it remembers what was done.
    package var keepsHistory = false
    /// How many events lie at least between two copies of the world, for one that can go back.
    package var checkpointSpacing = WorldOrigin.standardSpacing

    package init() {}

    /// The seed where nobody names one.
    package static let standardSeed: UInt64 = 1
}

/// One world with what a script sees of it: the place where language and cluster meet.
///
/// A scenario has a session of its own; the REPL keeps one.
package final class Session: Host {
    package private(set) var cluster: SimulatedCluster
    /// The seed of the world as it is now: the one asked for, or that of a `seed` statement.
    package var seed: UInt64 { options.seed }
    var options: SessionOptions
    package let files: ScriptFiles
    package let sessionFiles: any ToolFiles
    let facts: ClusterFacts
    /// Objects as scripts see them.
    let amounts = AmountReader()
    /// The namespace in force.
    package var kubeConfig = KubeConfig.simulated
    /// What `KUBE_EDITOR` or `EDITOR` names while a command of the session runs.
    package var editor: TextEditor?
    /// What `KUBECTL_EXTERNAL_DIFF` names while a command of the session runs.
    package var diffProgram: DiffProgram?
    /// The editor on the terminal that somebody sits at, by a command line or the standard one; nil where
    /// nobody does.
    package var terminalEditor: ((_ line: String?, _ program: String?) -> TextEditor)?
    /// What else somebody at a prompt gives.
    package var desk = Desk()
    /// What the source is called that is typed at a prompt.
    package static let promptName = "<prompt>"
    /// Answers whether the user asked to stop.
    package var interruptCheck: () -> Bool = { false } {
        didSet { letStop(cluster) }
    }
    /// Takes a wish to stop back that was answered.
    package var interruptClear: () -> Void = {}
    /// Reads what a person types, for a shell in a container; nil where nobody types.
    package var typedLine: ((_ prompt: String) -> TypedLine)?
    /// Where output goes when nothing captures it.
    package var sink: (String) -> Void

    var captures: [String] = []
    /// What was used up so far.
    package var usage = SessionUsage()
    /// The statement at work, for causes and messages.
    package internal(set) var place: Place?
    /// How much virtual time may pass; nil for as much as the script likes.
    package var virtualLimit: Duration?
    /// What a deferred block threw; thrown on when the clock returns to the script.
    var deferredTrouble: (any Error)?
    var knownLabels = KnownLabels()
    /// Statements that come to something later, if they do.
    var pending = PendingStatements()
    /// What reports of the run are to tell beside how it ended.
    package internal(set) var notes = SessionNotes()
    /// The invariants at work, outermost first: the command that ended at its own time limit in each.
    var watches: [String?] = []
    /// What was asked and expected of the world, for pictures.
    var journal = Journal()
    /// The columns of the terminal that somebody sits at; nil where nobody does.
    package var screenWidth: Int? { readScreenWidth() }
    package var readScreenWidth: () -> Int? = { nil }
    /// Whether what the statement at work prints goes to a terminal that shows colours.
    package var showsColor: Bool { readShowsColor() }
    package var readShowsColor: () -> Bool = { false }
    /// Whether statements are shown before what they print.
    package var echoes = false
    /// What `port-forward` and `proxy` opened.
    let forwards = PortForwards()
    /// Whether the command at work has said that it waited in vain.
    var saysTimeout = false
    /// Whether the last `within` ended because nothing was due any more, until somebody tells of it.
    var hasWaitedForRest = false
    /// What is remembered in order to go back; nil where nobody wants to.
    var past: SessionHistory?
    /// Who looks at every write, in whatever world the session has.
    var followers: [any CommitObserver] = []
    /// The world before the last jump, until the present one goes on.
    var left: LeftWorld?
    /// Where a breakpoint stopped the world.
    var stop: WorldStop?
    /// Whether the next invariant is not watched, but its condition taken.
    var takesCondition = false
    var takenCondition: Language.Condition?
    /// Who looks at what the user is about to do.
    package var actGuard: (any ActGuard)?
    /// Whether what is asked lets no time pass and writes nothing.
    var isPeeking = false
    /// What was typed and is at work.
    var typed: StatementMark?
    /// How many commands are at work beside whose block the world may not be exchanged.
    var verbBlocks = 0

    /// A session in a new world.
    package init(
        _ options: SessionOptions, files: ScriptFiles, sink: @escaping (String) -> Void
    ) {
        self.options = options
        cluster = Self.makeCluster(options)
        self.files = files
        sessionFiles = SessionFiles(files)
        self.sink = sink
        facts = ClusterFacts(files: files)
        facts.served = { [weak self] in self?.cluster.kinds }
        files.memory.now = { [weak self] in self?.cluster.clock.now ?? 0 }
        join(cluster)
        guard options.keepsHistory else { return }
        keepJournal()
        past = SessionHistory()
    }

    /// Remembers from now on what is done to the world, which has just begun.
    func keepJournal() {
        let companion = WorldCompanion(
            begin: { [unowned self] in
                pending.forget()
                usage.forgetTimers()
            },
            keep: { [unowned self] in
                let (statements, timers) = (pending, usage)
                return { [unowned self] in
                    pending.take(statements)
                    usage.takeTimers(of: timers)
                }
            })
        cluster.keepJournal(along: companion, spacing: options.checkpointSpacing)
    }

    static func makeCluster(_ options: SessionOptions) -> SimulatedCluster {
        var clusterOptions = ClusterOptions()
        clusterOptions.seed = options.seed
        clusterOptions.title = options.title
        clusterOptions.ordinal = options.ordinal
        clusterOptions.profile = options.profile
        clusterOptions.featureGates = options.featureGates
        return SimulatedCluster(options: clusterOptions)
    }

    /// Replaces the world by one of the options in force, in which nothing has happened yet; what was said
    /// of containers and loads stays.
    func beginAnew() {
        let (behaviors, operators) = (cluster.behaviors, cluster.operators)
        let loads = cluster.loads
        begin(Self.makeCluster(options))
        if past != nil { keepJournal() }
        usage.forgetTimers()
        pending.forgetActions()
        cluster.note {
            $0.behaviors = behaviors
            $0.operators = operators
        }
        cluster.behaviors = behaviors
        cluster.operators = operators
        cluster.loads = loads
    }

    /// From here on the session's world is another one.
    func begin(_ cluster: SimulatedCluster) {
        if let left = self.cluster.place, cluster.place.map({ !$0.isInWorld(of: left) }) ?? true {
            self.cluster.forgetCheckpoints()
        }
        self.cluster = cluster
        letStop(cluster)
        join(cluster)
        forwards.close()
        knownLabels = KnownLabels()
        journal = Journal()
    }

    /// Has `cluster` stop, also inside a long run, at the user's wish and where the memory ends.
    private func letStop(_ cluster: SimulatedCluster) {
        cluster.interruptCheck = { [unowned self, interruptCheck] in
            interruptCheck() || usage.isOutOfMemoryBeforeEvent() || isBeyondVirtualLimit
        }
    }

    // MARK: Facts

    /// A kind of the world as it is now.
    package func kind(named name: String) -> KindFacts? {
        let kinds = cluster.kinds
        return kinds.kind(named: name).map { ClusterFacts.facts($0, kinds) }
    }

    package func kind(apiVersion: String, kind name: String) -> KindFacts? {
        let kinds = cluster.kinds
        return (try? kinds.kind(apiVersion: apiVersion, name: name).get()).map {
            ClusterFacts.facts($0, kinds)
        }
    }

    package func nearestKind(to name: String) -> String? { facts.nearestKind(to: name) }

    package func fieldFact(of kind: KindFacts, at path: [FactStep]) -> Language.FieldFact {
        facts.fieldFact(of: kind, at: path)
    }

    package func knownValues(of kind: KindFacts, at path: [FactStep]) -> KnownValues? {
        facts.knownValues(of: kind, at: path)
    }

    package func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        facts.mergeKeys(of: kind, at: path)
    }

    package func problems(with command: CommandShape) -> [CommandProblem] {
        facts.problems(with: command)
    }

    package func advancesTime(_ command: CommandShape) -> Bool { facts.advancesTime(command) }

    package func includedText(
        path: String, including: String
    ) -> (name: String, text: String)? {
        facts.includedText(path: path, including: including)
    }

    // MARK: Running

    package func begins(_ place: Place) {
        self.place = place
        mark(place)
        if echoes, captures.isEmpty { write(EchoedStatement.text(place, at: cluster.clock.now)) }
    }

    package var isInterrupted: Bool { desk.hasLeft || interruptCheck() }

    package var virtualMilliseconds: Int64 { cluster.clock.now }

    /// What a deferred block threw since the last look.
    package func takeDeferredTrouble() -> (any Error)? {
        defer { deferredTrouble = nil }
        return deferredTrouble
    }

    /// Whether pods wait and there is no node at all.
    package var hasPendingPodsWithoutNodes: Bool {
        guard cluster.state.count(.node) == 0, cluster.state.count(.pod) > 0 else { return false }
        return cluster.state.list(.pod).contains { $0.nodeName == nil }
    }

    // MARK: Output

    package func write(_ text: String) {
        let size = text.utf8.count
        usage.captured += captures.isEmpty ? 0 : size
        usage.output += captures.isEmpty ? size : 0
        // Beyond the limit nothing more is kept; the script is told at its next statement.
        if usage.isOutputOver { return }
        if captures.isEmpty { sink(text) } else { captures[captures.count - 1] += text }
    }

    package func beginCapture() { captures.append("") }

    package func endCapture() -> String {
        let text = captures.popLast() ?? ""
        usage.captured = captures.isEmpty ? 0 : usage.captured - text.utf8.count
        return text
    }

    package func checkLimits() throws {
        try usage.check()
        if isBeyondVirtualLimit { throw virtualLimitError }
    }

    var isBeyondVirtualLimit: Bool {
        guard let virtualLimit else { return false }
        return cluster.clock.now > virtualLimit.milliseconds
    }

    var virtualLimitError: HostError {
        HostError(
            "more than \(virtualLimit?.shortText ?? "0s") of virtual time passed",
            hint: "--max-virtual sets how much may pass in a scenario")
    }

    // MARK: Files and behavior

    package func declareFile(_ name: String, text: String, at place: Place) throws {
        do {
            try files.memory.place(text, at: name)
        } catch {
            throw HostError("cannot embed the file \"\(name)\": \(error)")
        }
    }

    package func setBehavior(
        _ target: [String], settings: [BehaviorValue], at place: Place
    ) throws {
        cluster.note { [unowned self] cluster in
            try? setBehavior(target, settings: settings, at: place, in: cluster)
        }
        try setBehavior(target, settings: settings, at: place, in: cluster)
    }

    private func setBehavior(
        _ target: [String], settings: [BehaviorValue], at place: Place,
        in cluster: SimulatedCluster
    ) throws {
        if let name = StorageBehaviorReader.className(target, kinds: cluster.api.kinds) {
            return cluster.provisioning.add(name, try StorageBehaviorReader.read(settings))
        }
        if let named = try OperatorBehaviorReader.target(target, kinds: cluster.api.kinds) {
            return cluster.operators.add(
                kind: named.kind, name: named.name, namespace: named.namespace,
                try OperatorBehaviorReader.read(settings))
        }
        let (pattern, behavior) = try BehaviorReader.read(
            target, settings, kinds: cluster.api.kinds)
        pending.add(behavior: cluster.behaviors.add(pattern, behavior), pattern.image, at: place)
    }
}
