import Reports
import Syntax

/// Runs files of a suite one after the other and tells of them in messages.
///
/// What a file does depends on its job and the setup alone, never on the files before it.
package final class SuiteWorker: RunListener {
    private let setup: SuiteSetup
    private let send: (String) -> Void
    /// Hands on what was sent: as a scenario begins, so that a crash takes nothing else along.
    private let flush: () -> Void
    private var sources = SourceTable()
    /// What the scenario at work has written.
    private var written = ""
    /// Answers whether the user asked to stop.
    package var interruptCheck: () -> Bool = { false }
    package var memoryLimit = Int.max
    package var alarm: (any ScenarioAlarm)?
    package var wallClock: (() -> Int64)?

    /// - Parameters:
    ///   - flush: sends on its way what was taken.
    ///   - send: takes the messages, a line each.
    package init(
        _ setup: SuiteSetup, flush: @escaping () -> Void = {}, send: @escaping (String) -> Void
    ) {
        self.setup = setup
        self.flush = flush
        self.send = send
    }

    package func run(_ job: FileJob) {
        sources = SourceTable { [weak self] source in
            self?.tell(
                .source(name: source.name, text: source.text, firstLine: source.firstLine))
        }
        let runner = ScriptRunner(setup.options, listener: self)
        runner.interruptCheck = interruptCheck
        runner.memoryLimit = memoryLimit
        runner.alarm = alarm
        runner.wallClock = wallClock
        if setup.lists { runner.lists = { [unowned self] in tell(.listed($0)) } }
        var reads: Set<String> = []
        if setup.wantsReads { runner.reads = { reads.insert($0) } }
        var (result, account) = runner.run(job)
        // They were told of as they ended.
        result.scenarios = []
        account.reads = reads.sorted()
        tell(.script(result, account))
    }

    private func tell(_ message: WorkerMessage) {
        guard let line = try? WorkerLine.text(message, sources: sources) else {
            preconditionFailure("a result that cannot be encoded")
        }
        send(line)
    }

    // MARK: Listening

    package func began(script path: String) {}

    package func began(scenario title: String) {
        written = ""
        tell(.began(title: title))
        flush()
    }

    package func wrote(_ text: String) { written += text }

    package func ended(_ result: ScenarioResult) {
        let isQuiet = result.isPassed || result.isSkipped
        if !written.isEmpty, setup.wantsOutput || !isQuiet { tell(.wrote(written)) }
        tell(.scenario(result))
    }

    package func ended(_ result: ScriptResult) {}
}
