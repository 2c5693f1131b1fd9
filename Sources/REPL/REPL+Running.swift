import Language
import Reports
import Runner
import Session
import Syntax
import Value

// A statement is run, and what comes of it is told.

extension REPL {
    /// Runs a statement, and where it was refused for a slip of the pen offers what was meant.
    func execute(_ text: String) {
        guard let meant = run(text) else { return }
        let shown = meant.split(separator: "\n").joined(separator: " ")
        guard isAnybodyWaiting, !text.contains("\n") else {
            return screen.show("did you mean `\(shown)`?\n")
        }
        switch reader.read(prompt: "did you mean `\(shown)`? [Y/n] ") {
        case .interrupted: return
        case .endOfInput: screen.show("\n")
        case .line(let line):
            let word = line.split(whereSeparator: \.isWhitespace).joined().lowercased()
            switch word {
            case "", "y", "yes":
                reader.remember(meant)
                _ = run(meant)
            case "n", "no": return
            default: answer = line
            }
        }
    }

    /// Whether somebody waits for the next prompt, and no more has been typed or pasted.
    private var isAnybodyWaiting: Bool {
        reader.isInteractive && !isRunningPage && readAhead.isEmpty && !reader.hasTyped
    }

    /// Runs a statement; answers what was probably meant where it was refused.
    func run(_ text: String) -> String? {
        interrupts.clear()
        isInterrupted = false
        session.desk.hasLeft = false
        session.usage.forgetOutput()
        let parsed = parse(text)
        screen.begin(pages: PagedStatements.pages(parsed.script) && isAnybodyWaiting)
        defer { screen.end(isInterrupted: isInterrupted) }
        if !parsed.diagnostics.isEmpty { screen.show(renderer.render(parsed.diagnostics)) }
        if parsed.hasErrors {
            fail(2)
            return checked(text, parsed.diagnostics)
        }
        if parsed.script.statements.contains(where: \.isScenario) {
            runScenarios(text)
            return nil
        }
        var meant: String?
        do {
            let found = try prompt.run(parsed.script) { [screen] value in
                screen.show(Display.text(value).showingControls + "\n")
            }
            if !found.isEmpty { screen.show(renderer.render(found)) }
            if found.contains(where: { $0.severity == .error }) {
                fail(2)
                return checked(text, found)
            }
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch {
            report(error)
            if case Trouble.command = error {
                meant = corrections.corrected(text, parsed.script)
            }
        }
        reportNotes()
        hintAtNodes()
        return meant
    }

    /// What was meant, going by what a check found; nil where that would not pass either.
    func checked(_ text: String, _ found: [Diagnostic]) -> String? {
        guard reader.isInteractive, let meant = corrections.corrected(text, by: found) else {
            return nil
        }
        let parsed = parse(meant)
        if parsed.hasErrors || parsed.isIncomplete { return nil }
        return prompt.check(parsed.script).contains { $0.severity == .error } ? nil : meant
    }

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

    func fail(_ code: Int32) {
        failureCount += 1
        if exitCode == 0 { exitCode = code }
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

extension Statement {
    fileprivate var isScenario: Bool {
        if case .scenario = kind { return true }
        return false
    }
}
