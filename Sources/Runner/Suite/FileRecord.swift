import Reports
import Syntax

/// What is known of a file that a worker runs, from its messages: a whole file is told of at once.
package struct FileRecord {
    /// What a report is told, in order.
    private enum Event {
        case began(String)
        case wrote(String)
        case ended(ScenarioResult)
    }

    package let job: FileJob
    private var sources = SourceTable()
    private var events: [Event] = []
    private(set) package var listed: [ListedScenario] = []
    private var scenarios: [ScenarioResult] = []
    /// How many scenarios have ended, how many of them failed, and their virtual time.
    private(set) package var count = 0
    private(set) package var failures = 0
    private(set) package var virtualMilliseconds: Int64 = 0
    /// The scenario at work.
    private(set) package var current: String?
    /// How the file ended; nil while it runs.
    private(set) package var result: ScriptResult?
    private(set) package var account = FileAccount()

    package init(_ job: FileJob) { self.job = job }

    /// A file that cannot be read.
    package init(_ path: String, problem: String) {
        job = FileJob(path: path)
        result = ScriptResult(path: path, problem: problem)
    }

    /// Takes in what the worker says.
    package mutating func take(_ line: some Collection<UInt8>) throws {
        let message = try WorkerLine.read(WorkerMessage.self, line, sources: sources)
        switch message {
        case .source(let name, let text, let firstLine):
            sources.append(Source(name: name, text: text, firstLine: firstLine))
        case .began(let title):
            current = title
            events.append(.began(title))
        case .wrote(let text): events.append(.wrote(text))
        case .scenario(let scenario): end(scenario)
        case .listed(let scenario): listed.append(scenario)
        case .script(var result, let account):
            result.scenarios = scenarios
            self.result = result
            self.account = account
        }
    }

    private mutating func end(_ scenario: ScenarioResult) {
        current = nil
        events.append(.ended(scenario))
        scenarios.append(scenario)
        count += 1
        virtualMilliseconds += scenario.virtualMilliseconds
        if !scenario.isPassed, !scenario.isSkipped { failures += 1 }
    }

    /// The worker is gone: the scenario at work failed, or the file did.
    package mutating func crash(_ how: String, words: String, seed: UInt64) {
        let diagnostic = Diagnostic(
            RunProblem.crashed(how: how, words: words), at: SourceSpan(at: 0),
            in: Source(name: job.path, text: ""))
        account.selected = scenarios.count + 1
        guard let title = current else {
            result = ScriptResult(
                path: job.path, diagnostics: [diagnostic], scenarios: scenarios)
            return
        }
        end(
            ScenarioResult(
                title: title, tags: [], outcome: .broken(diagnostic), place: nil, seed: seed,
                virtualMilliseconds: 0, trace: 0, writes: 0, events: 0))
        result = ScriptResult(path: job.path, diagnostics: [], scenarios: scenarios)
    }

    /// Whether anything is to be told: a file of which nothing was selected is not.
    private var isTold: Bool {
        guard let result else { return false }
        return result.problem != nil || !result.diagnostics.isEmpty || !scenarios.isEmpty
    }

    /// Keeps no more than how the file ended, once it has been told.
    package mutating func forget() {
        events = []
        scenarios = []
        listed = []
        sources = SourceTable()
        result?.scenarios = []
    }

    /// Tells a report of the whole file, and answers its result.
    package func tell(_ listener: any RunListener) -> ScriptResult? {
        guard let result, isTold else { return nil }
        listener.began(script: job.path)
        for event in events {
            switch event {
            case .began(let title): listener.began(scenario: title)
            case .wrote(let text): listener.wrote(text)
            case .ended(let scenario): listener.ended(scenario)
            }
        }
        listener.ended(result)
        return result
    }
}
