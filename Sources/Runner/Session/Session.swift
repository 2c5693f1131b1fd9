import Cluster
import Language
import Model
import Support
import Syntax
import Value
import Verbs

/// How a session is set up.
public struct SessionOptions: Sendable {
    /// The seed of all randomness (DECISIONS 23).
    public var seed: UInt64 = 1
    /// The scenario's title and its place among those of equal title.
    public var title = ""
    public var ordinal = 0
    public var profile = LatencyProfile.standard
    public var featureGates: [String: Bool] = [:]
    /// Whether the seed was given on the command line, so that `seed` in the script gives way.
    public var isSeedFixed = false

    public init() {}
}

/// One world with what a script sees of it: the place where language and cluster meet.
///
/// A scenario has a session of its own; the REPL keeps one.
public final class Session: Host {
    public private(set) var cluster: SimulatedCluster
    private var options: SessionOptions
    public let files: ScriptFiles
    let facts: ClusterFacts
    /// The namespace in force.
    public internal(set) var namespace = "default"
    /// Answers whether the user asked to stop.
    public var interruptCheck: () -> Bool = { false }
    /// Where output goes when nothing captures it.
    public var sink: (String) -> Void

    var captures: [String] = []
    /// The statement at work, for causes and messages.
    var place: Place?
    /// What a deferred block threw; thrown on when the clock returns to the script.
    var deferredTrouble: (any Error)?
    /// A session in a new world.
    public init(
        _ options: SessionOptions, files: ScriptFiles, sink: @escaping (String) -> Void
    ) {
        self.options = options
        cluster = Self.makeCluster(options)
        self.files = files
        self.sink = sink
        facts = ClusterFacts(files: files)
    }

    private static func makeCluster(_ options: SessionOptions) -> SimulatedCluster {
        var clusterOptions = ClusterOptions()
        clusterOptions.seed = options.seed
        clusterOptions.title = options.title
        clusterOptions.ordinal = options.ordinal
        clusterOptions.profile = options.profile
        clusterOptions.featureGates = options.featureGates
        return SimulatedCluster(options: clusterOptions)
    }

    /// `seed N`: begins the world anew with another seed; only before anything has happened in it.
    func reseed(_ seed: UInt64) throws(VerbError) {
        guard cluster.isUntouched else {
            throw .message("seed must come before anything happens in the world")
        }
        guard !options.isSeedFixed else { return }
        options.seed = seed
        beginAnew()
    }

    /// `feature-gate X=true`: begins the world anew with other gates; only before anything has
    /// happened in it. Gates that were set before stay.
    func setFeatureGates(_ gates: [String: Bool]) throws(VerbError) {
        guard cluster.isUntouched else {
            throw .message("feature-gate must come before anything happens in the world")
        }
        options.featureGates.merge(gates) { $1 }
        beginAnew()
    }

    private func beginAnew() {
        let (behaviors, loads) = (cluster.behaviors, cluster.loads)
        cluster = Self.makeCluster(options)
        cluster.behaviors = behaviors
        cluster.loads = loads
    }

    // MARK: Facts

    public func kind(named name: String) -> KindFacts? { facts.kind(named: name) }

    public func kind(apiVersion: String, kind: String) -> KindFacts? {
        facts.kind(apiVersion: apiVersion, kind: kind)
    }

    public func nearestKind(to name: String) -> String? { facts.nearestKind(to: name) }

    public func fieldFact(of kind: KindFacts, at path: [FactStep]) -> Language.FieldFact {
        facts.fieldFact(of: kind, at: path)
    }

    public func mergeKeys(of kind: KindFacts, at path: [FactStep]) -> [String] {
        facts.mergeKeys(of: kind, at: path)
    }

    public func problems(with command: CommandShape) -> [CommandProblem] {
        facts.problems(with: command)
    }

    public func advancesTime(_ command: CommandShape) -> Bool { facts.advancesTime(command) }

    public func includedText(
        path: String, including: String
    ) -> (name: String, text: String)? {
        facts.includedText(path: path, including: including)
    }

    // MARK: Running

    public func begins(_ place: Place) { self.place = place }

    public var isInterrupted: Bool { interruptCheck() }

    public var virtualMilliseconds: Int64 { cluster.clock.now }

    /// What a deferred block threw since the last look.
    public func takeDeferredTrouble() -> (any Error)? {
        defer { deferredTrouble = nil }
        return deferredTrouble
    }

    /// Whether pods wait and there is no node at all.
    public var hasPendingPodsWithoutNodes: Bool {
        guard cluster.state.count(.node) == 0, cluster.state.count(.pod) > 0 else { return false }
        return cluster.state.list(.pod).contains { $0.nodeName == nil }
    }

    // MARK: Output

    public func write(_ text: String) {
        if captures.isEmpty { sink(text) } else { captures[captures.count - 1] += text }
    }

    public func beginCapture() { captures.append("") }

    public func endCapture() -> String { captures.popLast() ?? "" }

    // MARK: Files and behavior

    public func declareFile(_ name: String, text: String, at place: Place) throws {
        do {
            try files.memory.place(text, at: name)
        } catch {
            throw HostError("cannot embed the file \"\(name)\": \(error)")
        }
    }

    public func setBehavior(
        _ target: [String], settings: [BehaviorValue], at place: Place
    ) throws {
        let (pattern, behavior) = try BehaviorReader.read(
            target, settings, kinds: cluster.api.kinds)
        cluster.behaviors.add(pattern, behavior)
    }
}
