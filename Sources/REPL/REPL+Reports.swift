import Language
import Reports
import Runner
import Session
import Syntax
import Value

extension REPL {
    /// Scenarios typed at the prompt run as in a file: each in a world of its own, not in this one.
    func runScenarios(_ text: String) {
        var settings = ReportSettings(write: { [screen] in screen.show($0) })
        settings.usesColor = renderer.usesColor
        let report = HumanReport(settings, hidesOutput: false)
        let runner = ScriptRunner(RunOptions(), listener: report)
        runner.interruptCheck = interrupts.isPending
        runner.memoryLimit = session.usage.limits.memory
        let result = runner.run(text: text, path: Session.promptName, folder: session.files.folder)
        if [result].exitCode != 0 { fail([result].exitCode) }
    }

    /// What the statement has said beside how it ended.
    func reportNotes() {
        let notes = session.takeNotes()
        for failure in notes.softFailures { report(Trouble.expectation(failure)) }
        for trouble in notes.further { report(trouble) }
        for attachment in notes.attachments {
            let name = attachment.name.split(separator: "\n").joined(separator: " ")
            screen.show("attached: \(name.showingControls)\n")
            let lines = attachment.content.text.showingControls.split(separator: "\n")
            for line in lines { screen.show("  | \(line)\n") }
        }
        if !notes.warnings.isEmpty { screen.show(renderer.render(notes.warnings)) }
    }

    func report(_ error: any Error) {
        switch error {
        case Trouble.diagnostic(let diagnostic):
            screen.show(renderer.render(diagnostic))
            fail(2)
        case Trouble.expectation(let failure):
            let text = FailureRenderer().render(failure).showingControls + "\n"
            screen.show(screen.usesColor ? FailurePaint.painted(text) : text)
            fail(4)
        case Trouble.command:
            // The command has said what was wrong.
            fail(3)
        case Trouble.skipped(let reason):
            screen.show("skipped\(reason.map { ": \($0.showingControls)" } ?? "")\n")
        case Trouble.interrupted:
            isInterrupted = true
            screen.show("\ninterrupted\n")
            fail(3)
        default:
            screen.show("error: \(error)\n")
            fail(3)
        }
    }

    /// A pod waits and there is no node: the newcomer's first riddle, answered once (DECISIONS 24).
    func hintAtNodes() {
        guard reader.isInteractive, !hasHinted, session.hasPendingPodsWithoutNodes else { return }
        hasHinted = true
        screen.show("hint: the cluster has no nodes yet; `node add worker-1 worker-2` adds some\n")
    }
}
