import Language
import Reports
import Session
import Syntax
import struct Verbs.FileProblem
import Value

/// Runs scripts: each scenario in a world of its own.
package final class ScriptRunner {
    private let options: RunOptions
    private weak var listener: (any RunListener)?
    /// What came of the statements that all scenarios of the script at work share.
    private var shared = SharedStatements()
    /// What there was to select from.
    private(set) package var selection: ScenarioSelection
    /// Answers whether the user asked to stop.
    package var interruptCheck: () -> Bool = { false }
    /// Bytes of memory that the program may use.
    package var memoryLimit = Int.max
    /// Microseconds on a clock on the wall that never goes back; for reports alone. Nil where nobody
    /// looks at one.
    package var wallClock: (() -> Int64)?

    package init(_ options: RunOptions, listener: any RunListener) {
        self.options = options
        self.listener = listener
        selection = ScenarioSelection(filter: options.filter, tags: options.tags)
    }

    /// Runs every script at or below the paths, in order, until the user asks to stop.
    ///
    /// A path that cannot be read is a result as well: the others run.
    package func run(paths: [String]) -> [ScriptResult] {
        var results: [ScriptResult] = []
        for found in paths.flatMap({ FileSearch.below($0, ending: ".dock") }) {
            if interruptCheck() { break }
            switch found {
            case .file(let path): results.append(run(path: path))
            case .problem(let path, let problem): results.append(refuse(path, problem))
            }
        }
        return results
    }

    private func run(path: String) -> ScriptResult {
        do throws(FileProblem) {
            let text = try DiskFile.text(path, atMost: ScriptFiles.maximumSize)
            let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "."
            return run(text: text, path: path, folder: String(folder))
        } catch {
            return refuse(path, error)
        }
    }

    private func refuse(_ path: String, _ problem: FileProblem) -> ScriptResult {
        listener?.began(script: path)
        let result = ScriptResult(path: path, problem: problem.message)
        listener?.ended(result)
        return result
    }

    /// Runs the script in `text`, whose files are in `folder`.
    package func run(text: String, path: String, folder: String) -> ScriptResult {
        listener?.began(script: path)
        let begin = wallClock?()
        let source = Source(name: path, text: text)
        let parsed = Parser.parse(source)
        let files = ScriptFiles(folder: folder, allowed: options.allowedFolders, name: path)
        var diagnostics = parsed.diagnostics
        var scenarios: [ScenarioResult] = []
        if !parsed.hasErrors {
            let program = Program(
                checking: parsed.script, facts: ClusterFacts(files: files), limits: options.limits)
            diagnostics += program.diagnostics
            let isRefused = options.isStrict && !diagnostics.isEmpty
            if !program.hasErrors, !isRefused {
                scenarios = run(program, path: path, folder: folder)
                diagnostics += shared.idle(after: scenarios)
            }
        }
        if options.isStrict { diagnostics = diagnostics.map(\.asError) }
        var result = ScriptResult(
            path: path, diagnostics: diagnostics, scenarios: scenarios)
        result.wallMicroseconds = elapsed(since: begin)
        listener?.ended(result)
        return result
    }

    private func run(_ program: Program, path: String, folder: String) -> [ScenarioResult] {
        if program.scenarios.isEmpty {
            selection.begin([path])
            guard selection.selects(path, tags: []) else { return [] }
            return [
                run(title: "", tags: [], place: nil, ordinal: 0, folder: folder) { host in
                    let run = ProgramRun(program, host: host)
                    try run.run()
                    if options.isTest, run.judgements == 0 {
                        host.warnOfNoExpectation(at: program.place)
                    }
                }
            ]
        }
        let cases: [ScenarioCase]
        do {
            let session = makeSession(title: "", ordinal: 0, folder: folder)
            session.sink = { _ in }
            cases = try ProgramRun(program, host: session).cases()
        } catch {
            listener?.began(scenario: "")
            let failed = result("", [], nil, outcome(of: error), in: nil)
            listener?.ended(failed)
            return [failed]
        }
        shared = SharedStatements(of: program)
        selection.begin(cases.map(\.title))
        var ordinals: [String: Int] = [:]
        var results: [ScenarioResult] = []
        for item in cases {
            let ordinal = ordinals[item.title, default: 0]
            ordinals[item.title] = ordinal + 1
            guard selection.selects(item.title, tags: item.tags) else { continue }
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
                    host.preparesScenarios(true)
                    let run = ProgramRun(program, host: host)
                    try run.run(item) { host.preparesScenarios(false) }
                    if run.judgements == 0 { host.warnOfNoExpectation(at: item.head) }
                })
            if case .interrupted = results.last?.outcome { break }
        }
        return results
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
        session.usage.limits.memory = memoryLimit
        return session
    }

    private func run(
        title: String, tags: [String], place: Place?, ordinal: Int, folder: String,
        _ body: (Session) throws -> Void
    ) -> ScenarioResult {
        listener?.began(scenario: title)
        let begin = wallClock?()
        let session = makeSession(title: title, ordinal: ordinal, folder: folder)
        var end = ScenarioResult.Outcome.passed
        do {
            try body(session)
            if let trouble = session.takeDeferredTrouble() { throw trouble }
            let idle = session.idleStatements
            if let own = idle.first(where: { !$0.isShared }) { end = .broken(own.diagnostic) }
            shared.note(idle.filter(\.isShared))
        } catch {
            end = outcome(of: error)
        }
        let result = noted(result(title, tags, place, end, in: session), session, since: begin)
        listener?.ended(result)
        return result
    }

    /// The result with what the session noted beside how it ended.
    private func noted(
        _ ended: ScenarioResult, _ session: Session, since begin: Int64?
    ) -> ScenarioResult {
        let notes = session.notes
        var problems = notes.softFailures.map { ScenarioResult.Outcome.failed($0) }
        switch ended.outcome {
        case .passed: break
        // What did not hold before the script skipped the rest has not held all the same.
        case .skipped where !problems.isEmpty: break
        case .skipped, .interrupted, .failed, .commandFailed, .broken:
            problems.append(ended.outcome)
        }
        problems += notes.further.map { outcome(of: $0) }
        if options.isStrict { problems += notes.warnings.map { .broken($0.asError) } }
        if case .interrupted = ended.outcome { problems = [ended.outcome] }
        var result = ended
        if let first = problems.first { result.outcome = first }
        result.further = Array(problems.dropFirst())
        result.warnings = options.isStrict ? [] : notes.warnings
        result.attachments = notes.attachments
        result.wallMicroseconds = elapsed(since: begin)
        return result
    }

    private func elapsed(since begin: Int64?) -> Int64? {
        guard let begin, let wallClock else { return nil }
        return max(0, wallClock() - begin)
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
