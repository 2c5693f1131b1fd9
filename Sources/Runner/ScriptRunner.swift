import Cluster
import Language
import Reports
import Session
import Syntax
import Value

/// How scripts are run.
package struct RunOptions: Sendable {
    /// The seed of all randomness; nil for the script's own, or 1.
    package var seed: UInt64?
    /// Only scenarios whose title holds this text.
    package var filter = ""
    /// Only scenarios with one of these tags; empty for all.
    package var tags: [String] = []
    /// Further folders that scripts may read.
    package var allowedFolders: [String] = []
    package var profile = LatencyProfile.standard
    package var featureGates: [String: Bool] = [:]
    /// The bounds of each scenario.
    package var limits = Limits.standard

    package init() {}
}

/// Runs scripts: each scenario in a world of its own.
package final class ScriptRunner {
    private let options: RunOptions
    private weak var listener: (any RunListener)?
    /// Answers whether the user asked to stop.
    package var interruptCheck: () -> Bool = { false }

    package init(_ options: RunOptions, listener: any RunListener) {
        self.options = options
        self.listener = listener
    }

    /// Runs the script in `text`, whose files are in `folder`.
    package func run(text: String, path: String, folder: String) -> ScriptResult {
        listener?.began(script: path)
        let source = Source(name: path, text: text)
        let parsed = Parser.parse(source)
        let files = ScriptFiles(folder: folder, allowed: options.allowedFolders)
        var diagnostics = parsed.diagnostics
        var scenarios: [ScenarioResult] = []
        if !parsed.hasErrors {
            let program = Program(
                checking: parsed.script, facts: ClusterFacts(files: files), limits: options.limits)
            diagnostics += program.diagnostics
            if !program.hasErrors { scenarios = run(program, folder: folder) }
        }
        let result = ScriptResult(
            path: path, diagnostics: diagnostics, scenarios: scenarios)
        listener?.ended(result)
        return result
    }

    private func run(_ program: Program, folder: String) -> [ScenarioResult] {
        if program.scenarios.isEmpty {
            return [
                run(title: "", tags: [], place: nil, ordinal: 0, folder: folder) { host in
                    try ProgramRun(program, host: host).run()
                }
            ]
        }
        let cases: [ScenarioCase]
        do {
            let session = makeSession(title: "", ordinal: 0, folder: folder)
            session.sink = { _ in }
            cases = try ProgramRun(program, host: session).cases()
        } catch {
            return [
                result("", [], nil, outcome(of: error), in: nil)
            ]
        }
        var ordinals: [String: Int] = [:]
        var results: [ScenarioResult] = []
        for item in cases {
            let ordinal = ordinals[item.title, default: 0]
            ordinals[item.title] = ordinal + 1
            guard isSelected(item) else { continue }
            if item.isSkipped {
                listener?.began(scenario: item.title)
                let skipped = result(
                    item.title, item.tags, item.place, .skipped(reason: item.skipReason), in: nil)
                listener?.ended(skipped)
                results.append(skipped)
                continue
            }
            results.append(
                run(
                    title: item.title, tags: item.tags, place: item.place, ordinal: ordinal,
                    folder: folder
                ) { host in
                    try ProgramRun(program, host: host).run(item)
                })
            if case .interrupted = results.last?.outcome { break }
        }
        return results
    }

    private func isSelected(_ item: ScenarioCase) -> Bool {
        (options.filter.isEmpty || item.title.contains(options.filter))
            && (options.tags.isEmpty || item.tags.contains { options.tags.contains($0) })
    }

    private func makeSession(title: String, ordinal: Int, folder: String) -> Session {
        var sessionOptions = SessionOptions()
        sessionOptions.seed = options.seed ?? SessionOptions.standardSeed
        sessionOptions.isSeedFixed = options.seed != nil
        sessionOptions.title = title
        sessionOptions.ordinal = ordinal
        sessionOptions.profile = options.profile
        sessionOptions.featureGates = options.featureGates
        let files = ScriptFiles(folder: folder, allowed: options.allowedFolders)
        let session = Session(sessionOptions, files: files) { [weak listener] text in
            listener?.wrote(text)
        }
        session.interruptCheck = interruptCheck
        return session
    }

    private func run(
        title: String, tags: [String], place: Place?, ordinal: Int, folder: String,
        _ body: (Session) throws -> Void
    ) -> ScenarioResult {
        listener?.began(scenario: title)
        let session = makeSession(title: title, ordinal: ordinal, folder: folder)
        var end = ScenarioResult.Outcome.passed
        do {
            try body(session)
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch {
            end = outcome(of: error)
        }
        let result = result(title, tags, place, end, in: session)
        listener?.ended(result)
        return result
    }

    private func outcome(of error: any Error) -> ScenarioResult.Outcome {
        switch error {
        case Trouble.diagnostic(let diagnostic): return .broken(diagnostic)
        case Trouble.expectation(let failure): return .failed(failure)
        case Trouble.command(let failure): return .commandFailed(failure)
        case Trouble.skipped(let reason): return .skipped(reason: reason)
        case Trouble.interrupted: return .interrupted
        default:
            let source = Source(name: "drydock", text: "")
            return .broken(
                Diagnostic(
                    DiagnosticText(
                        "DD3999", "the run stopped for a reason of the program's own: \(error)",
                        hint: "this is a fault of drydock; please report it with the script"),
                    at: SourceSpan(at: 0), in: source))
        }
    }

    private func result(
        _ title: String, _ tags: [String], _ place: Place?, _ outcome: ScenarioResult.Outcome,
        in session: Session?
    ) -> ScenarioResult {
        ScenarioResult(
            title: title, tags: tags, outcome: outcome, place: place,
            seed: session?.seed ?? options.seed ?? SessionOptions.standardSeed,
            virtualMilliseconds: session?.cluster.clock.now ?? 0,
            trace: session?.cluster.clock.trace ?? 0,
            writes: session?.cluster.log.head ?? 0,
            events: session?.cluster.clock.eventCount ?? 0)
    }
}
