import Language
import Learn
import Reports
import Session
import Syntax
import struct Verbs.FileProblem
import Value

/// Runs scripts: each scenario in a world of its own.
package final class ScriptRunner {
    private let options: RunOptions
    private weak var listener: (any RunListener)?
    /// The seed of the job at work; nil for the script's own, or 1.
    private var seed: UInt64?
    /// The scenarios that the job at work wants; nil for all that the choice takes.
    private var only: [ScenarioIdentity]?
    /// The script at work.
    private var path = ""
    /// Whether it goes back in time.
    private var movesInTime = false
    /// What came of the statements that all scenarios of the script at work share.
    private var shared = SharedStatements()
    /// What there was to select from.
    private(set) package var selection: ScenarioSelection
    /// Answers whether the user asked to stop.
    package var interruptCheck: () -> Bool = { false }
    /// Bytes of memory that the program may use.
    package var memoryLimit = Int.max
    /// Rings when a scenario has taken as long as it may.
    package var alarm: (any ScenarioAlarm)?
    /// Takes scenarios that would run, in place of running them.
    package var lists: ((ListedScenario) -> Void)?
    /// Told of each file that a script reads, with links resolved.
    package var reads: ((String) -> Void)?
    /// Microseconds on a clock on the wall that never goes back; for reports alone. Nil where nobody
    /// looks at one.
    package var wallClock: (() -> Int64)?

    package init(_ options: RunOptions, listener: any RunListener) {
        self.options = options
        self.listener = listener
        selection = ScenarioSelection(options.choice)
        seed = options.seed
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

    /// Runs a file of a suite, and tells what was selected of it.
    package func run(_ job: FileJob) -> (ScriptResult, FileAccount) {
        // The first run is the one that a run without repetitions is.
        let first = options.seed ?? SessionOptions.standardSeed
        seed = job.repetition == 0 ? options.seed : first &+ UInt64(job.repetition)
        only = job.only
        let result = run(path: job.path)
        return (result, selection.takeAccount())
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
        self.path = path
        let source = Source(name: path, text: text)
        let parsed = Parser.parse(source)
        let files = makeFiles(folder, name: path)
        var diagnostics = parsed.diagnostics
        var scenarios: [ScenarioResult] = []
        if !parsed.hasErrors {
            let facts = ClusterFacts(files: files)
            let program = Program(
                checking: parsed.script, facts: facts, limits: options.limits,
                parameters: options.parameters)
            diagnostics += program.diagnostics
            movesInTime = facts.movesInTime
            let isRefused = options.isStrict && !diagnostics.isEmpty
            // What only declares is there for those that include it: a suite has nothing of it to run.
            let isLibrary = options.isTest && ScriptWarnings.isLibrary(parsed.script)
            if !program.hasErrors, !isRefused, !isLibrary {
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
        if program.exercise != nil { return runExercise(program, path: path, folder: folder) }
        if program.scenarios.isEmpty { return runWhole(program, path: path, folder: folder) }
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
        selection.begin(cases.map(\.title), only: only)
        var ordinals: [String: Int] = [:]
        var results: [ScenarioResult] = []
        for item in cases {
            let ordinal = ordinals[item.title, default: 0]
            ordinals[item.title] = ordinal + 1
            let identity = ScenarioIdentity(title: item.title, ordinal: ordinal, path: path)
            guard
                selection.selects(
                    item.title, tags: item.tags, identity: identity, lines: item.place.lines)
            else { continue }
            if let lists {
                lists(
                    ListedScenario(
                        title: item.title, tags: item.tags, place: item.place,
                        isSkipped: item.isSkipped))
                continue
            }
            if item.isSkipped {
                listener?.began(scenario: item.title)
                var skipped = result(
                    item.title, item.tags, item.place, .skipped(reason: item.skipReason), in: nil)
                skipped.ordinal = ordinal
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
            guard let last = results.last else { continue }
            if case .interrupted = last.outcome { break }
            if options.stopsAtFailure, !last.isPassed, !last.isSkipped { break }
        }
        return results
    }

    /// Runs the solutions and the wrong answers of an exercise.
    private func runExercise(
        _ program: Program, path: String, folder: String
    ) -> [ScenarioResult] {
        let text = String(decoding: program.place.source.utf8, as: UTF8.self)
        let exercise: Exercise
        do throws(ExerciseProblem) {
            exercise = try Exercise(text: text, path: path, folder: folder)
        } catch {
            listener?.began(scenario: "")
            let failed = result(
                "", [], program.exercisePlace,
                ExerciseScenarios.unread(error, program.exercisePlace ?? program.place),
                in: nil)
            listener?.ended(failed)
            return [failed]
        }
        let scenarios = ExerciseScenarios(exercise)
        let seed = seed ?? SessionOptions.standardSeed
        selection.begin(scenarios.cases.map(\.title), only: only)
        var results: [ScenarioResult] = []
        for item in scenarios.cases {
            let tags = [ExerciseScenarios.tag]
            let identity = ScenarioIdentity(title: item.title, ordinal: 0, path: path)
            guard
                selection.selects(
                    item.title, tags: tags, identity: identity, lines: item.place.lines)
            else { continue }
            if let lists {
                lists(
                    ListedScenario(
                        title: item.title, tags: tags, place: item.place, isSkipped: false))
                continue
            }
            listener?.began(scenario: item.title)
            let begin = wallClock?()
            let (outcome, verdict) = scenarios.outcome(of: item, seed: seed)
            var result = ScenarioResult(
                title: item.title, tags: tags, outcome: outcome, place: item.place, seed: seed,
                virtualMilliseconds: verdict.virtualMilliseconds, trace: verdict.trace, writes: 0,
                events: verdict.events)
            result.wallMicroseconds = elapsed(since: begin)
            listener?.ended(result)
            results.append(result)
            if interruptCheck() || options.stopsAtFailure && !result.isPassed { break }
        }
        return results
    }

    /// Runs a script that is one scenario itself.
    private func runWhole(_ program: Program, path: String, folder: String) -> [ScenarioResult] {
        selection.begin([path], only: only)
        let identity = ScenarioIdentity(title: "", ordinal: 0, path: path)
        guard selection.selects(path, tags: [], identity: identity) else { return [] }
        if let lists {
            lists(ListedScenario(title: "", tags: [], place: nil, isSkipped: false))
            return []
        }
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

    private func makeSession(title: String, ordinal: Int, folder: String) -> Session {
        var sessionOptions = SessionOptions()
        sessionOptions.seed = seed ?? SessionOptions.standardSeed
        sessionOptions.isSeedFixed = seed != nil
        sessionOptions.title = title
        sessionOptions.ordinal = ordinal
        sessionOptions.profile = options.profile
        sessionOptions.featureGates = options.featureGates
        sessionOptions.keepsHistory = movesInTime
        let session = Session(sessionOptions, files: makeFiles(folder)) { _ in }
        var isReached = false
        session.sink = { [weak listener, weak session, path, line = options.choice.line] text in
            if let line {
                // What a library's function writes belongs to the statement that calls it.
                if let place = session?.place, place.source.name == path {
                    isReached = place.lines.upperBound >= line
                }
                guard isReached else { return }
            }
            listener?.wrote(text)
        }
        session.interruptCheck = interruptCheck
        if options.wallLimit != nil, let alarm {
            session.interruptCheck = { [interruptCheck] in interruptCheck() || alarm.hasRung }
        }
        session.usage.limits.memory = memoryLimit
        session.echoes = options.echoes
        session.virtualLimit = options.virtualLimit
        return session
    }

    private func makeFiles(_ folder: String, name: String = "") -> ScriptFiles {
        let files = ScriptFiles(folder: folder, allowed: options.allowedFolders, name: name)
        files.onRead = reads
        return files
    }

    private func run(
        title: String, tags: [String], place: Place?, ordinal: Int, folder: String,
        _ body: (Session) throws -> Void
    ) -> ScenarioResult {
        listener?.began(scenario: title)
        let begin = wallClock?()
        let session = makeSession(title: title, ordinal: ordinal, folder: folder)
        if let limit = options.wallLimit { alarm?.set(milliseconds: limit.milliseconds) }
        var end = ScenarioResult.Outcome.passed
        do {
            try body(session)
            if let trouble = session.takeDeferredTrouble() { throw trouble }
            if let over = session.virtualLimit, session.virtualMilliseconds > over.milliseconds {
                let now = Duration(milliseconds: session.virtualMilliseconds)
                throw problem(.virtualLimit(over, now: now), at: session.place)
            }
            let idle = session.idleStatements
            if let own = idle.first(where: { !$0.isShared }) { end = .broken(own.diagnostic) }
            shared.note(idle.filter(\.isShared))
        } catch {
            end = outcome(of: error)
        }
        alarm?.stop()
        var result = noted(result(title, tags, place, end, in: session), session, since: begin)
        result.ordinal = ordinal
        if options.drawsPictures { result.picture = session.picture(of: result) }
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
        // What went wrong before is known all the same.
        case .interrupted: problems.insert(ended.outcome, at: 0)
        case .skipped, .failed, .commandFailed, .broken: problems.append(ended.outcome)
        }
        problems += notes.further.map { outcome(of: $0) }
        if options.isStrict { problems += notes.warnings.map { .broken($0.asError) } }
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

    private func problem(_ problem: RunProblem, at place: Place?) -> Trouble {
        .diagnostic(
            Diagnostic(
                problem, at: place?.span ?? SourceSpan(at: 0),
                in: place?.source ?? Source(name: "drydock", text: "")))
    }

    private func outcome(of error: any Error) -> ScenarioResult.Outcome {
        switch error {
        case Trouble.diagnostic(let diagnostic): return .broken(diagnostic)
        case Trouble.expectation(let failure): return .failed(failure)
        case Trouble.command(let failure): return .commandFailed(failure)
        case Trouble.skipped(let reason): return .skipped(reason: reason)
        case Trouble.interrupted(let place):
            guard let alarm, alarm.hasRung, let limit = options.wallLimit else {
                return .interrupted
            }
            return outcome(of: problem(.wallLimit(limit), at: place))
        default: return outcome(of: problem(.unexpected(error), at: nil))
        }
    }

    private func result(
        _ title: String, _ tags: [String], _ place: Place?, _ outcome: ScenarioResult.Outcome,
        in session: Session?
    ) -> ScenarioResult {
        ScenarioResult(
            title: title, tags: tags, outcome: outcome, place: place,
            seed: session?.seed ?? seed ?? SessionOptions.standardSeed,
            virtualMilliseconds: session?.cluster.clock.now ?? 0,
            trace: session?.cluster.clock.trace ?? 0,
            writes: session?.cluster.log.head ?? 0,
            events: session?.cluster.clock.eventCount ?? 0)
    }
}

extension Place {
    /// The lines of its text, from 1.
    package var lines: ClosedRange<Int> {
        let first = source.location(at: Int(span.start)).line
        let last = source.location(at: max(Int(span.start), Int(span.end) - 1)).line
        return first...max(first, last)
    }
}
