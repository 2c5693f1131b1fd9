import API
import Cluster
import Language
import Model
import Session
import Syntax
import Value

/// One random world, from its first machine until it is at rest.
final class RandomWorld {
    /// What was found in a world.
    struct Finding {
        let invariant: String
        let reason: String
        let violation: Violation
        /// Set where a real control plane does the same.
        var known: KnownViolation?
    }

    let seed: UInt64
    let statements: [String]
    private let unsoundImages: Set<String>
    private let session: Session
    private let prompt: Prompt
    private let rests: Bool
    private(set) var findings: [Finding] = []

    /// - Parameter rests: whether the world comes to rest before it is looked at.
    init(seed: UInt64, rests: Bool = true) {
        self.seed = seed
        self.rests = rests
        (statements, unsoundImages) = WorldGenerator.world(seed: seed)
        var options = SessionOptions()
        options.seed = seed
        session = Session(options, files: ScriptFiles(folder: "/nonexistent")) { _ in }
        prompt = Prompt(host: session)
    }

    /// How long a world is left alone before it is looked at: longer than evictions, progress deadlines
    /// and the longest back-off take.
    private static let rest = "advance 40m"

    func run() {
        for statement in statements { run(statement) }
        guard rests else { return check() }
        run(Self.rest)
        settle()
        check()
        sortOutKnown()
    }

    /// Runs a statement. A command may fail (a name that is gone, a drain that takes too long); a statement
    /// that cannot be read or a script's own error is a finding.
    private func run(_ statement: String) {
        let parsed = Parser.parse(Source(name: "world-\(seed).dock", text: statement + "\n"))
        var problem: String?
        do {
            let found = try parsed.diagnostics + prompt.run(parsed.script) { _ in }
            problem = found.first { $0.severity == .error }?.message
        } catch Trouble.command {
        } catch Trouble.diagnostic(let diagnostic) {
            problem = diagnostic.message
        } catch {
            problem = "\(error)"
        }
        guard let problem else { return }
        note("statements are understood", "they are ours", statement, problem)
    }

    private func note(_ invariant: String, _ reason: String, _ object: String, _ text: String) {
        findings.append(
            Finding(
                invariant: invariant, reason: reason,
                violation: Violation(object: object, finding: text)))
    }

    private func settle() {
        do {
            guard case .restless(let restlessness) = try session.cluster.settle() else { return }
            let work = restlessness.activities.map { "\($0)" }.joined(separator: "; ")
            note("a world comes to rest", "nobody acts on what does not change", "world", work)
        } catch {
            note(
                "a world comes to rest", "nobody acts on what does not change", "world", "\(error)")
        }
    }

    private func check() {
        let state = WorldState(session.cluster, unsoundImages: unsoundImages)
        for invariant in Invariant.all {
            for violation in invariant.check(state) {
                findings.append(
                    Finding(
                        invariant: invariant.name, reason: invariant.reason, violation: violation))
            }
        }
    }

    /// Whether `invariant` notices one of the objects of a world at rest being otherwise than it is.
    func notices(_ damage: Damage.Rule, _ invariant: Invariant) -> Bool {
        session.cluster.state.list(damage.kind).contains { object in
            let state = WorldState(
                session.cluster, unsoundImages: unsoundImages,
                damage: Damage(rule: damage, uid: AnyResource(object.value).uid))
            return !invariant.check(state).isEmpty
        }
    }

    /// How often a lost wake-up may come again while a world is being freed: a rollback may stick at each node.
    private static let rounds = 8

    /// A finding is known where the object can be in a known state and writing to it ends it: all such objects
    /// are written to, as often as it takes.
    private func sortOutKnown() {
        let before = findings
        var met: KnownViolation?
        for _ in 0..<Self.rounds where !findings.isEmpty {
            guard let known = wake() else { break }
            met = met ?? known
            findings = []
            run(Self.rest)
            settle()
            check()
        }
        let isFreed = findings.isEmpty
        findings = before.map {
            var finding = $0
            finding.known = isFreed ? met : nil
            return finding
        }
    }

    /// Writes to the objects that a known violation may be about; answers the first such violation.
    private func wake() -> KnownViolation? {
        var met: KnownViolation?
        for known in KnownViolation.all {
            let concerned = findings.contains { $0.violation.object.hasPrefix(known.singular) }
            for object in concerned ? session.cluster.state.list(known.kind) : []
            where known.fits(object.value) {
                run(
                    "annotate \(known.singular) \(object.name) -n \(object.namespace) --overwrite "
                        + "look=at-\(session.virtualMilliseconds)")
                met = met ?? known
            }
        }
        return met
    }

    /// The statements as a script, to be looked into with `drydock run --seed`.
    var script: String {
        "# World \(seed)\n" + statements.joined(separator: "\n") + "\n\(Self.rest)\nsettle\n"
    }
}
