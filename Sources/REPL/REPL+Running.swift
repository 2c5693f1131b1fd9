import Language
import Session
import Syntax
import Value

// A statement is run, and what comes of it is told.

extension REPL {
    /// Carries out what was typed.
    func execute(_ text: String) {
        guard coach?.lets(text) ?? true else { return }
        perform(text: text)
        keep(text)
        coach?.ran(text)
    }

    func perform(text: String) {
        isInterrupted = false
        if let word = PromptWord(text, isExpression: isExpression), !isOfFiles(word) {
            return perform(word)
        }
        restBeforeReading(text)
        runOrCorrect(text)
    }

    /// Runs a statement, and where it was refused for a slip of the pen offers what was meant.
    private func runOrCorrect(_ text: String) {
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
    @discardableResult
    func run(_ text: String) -> String? {
        interrupts.clear()
        isInterrupted = false
        session.desk.hasLeft = false
        session.usage.forgetOutput()
        lastCode = 0
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
        return run(parsed.script, typed: text)
    }

    /// Runs a statement that has parsed.
    func run(_ script: Script, typed text: String) -> String? {
        (lastCode, isInterrupted) = (0, false)
        session.beginTyped(text)
        var meant: String?
        var isStopped = false
        do {
            let found = try prompt.run(script) { [screen] value in
                screen.show(Display.text(value).showingControls + "\n")
            }
            if !found.isEmpty { screen.show(renderer.render(found)) }
            if found.contains(where: { $0.severity == .error }) {
                fail(2)
                return checked(text, found)
            }
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch {
            if let stop = session.takeStop() {
                isStopped = true
                show(stop)
            } else {
                report(error)
            }
            // Where nobody can be asked, an error that names what was meant has said it all.
            if case Trouble.command(let failure) = error,
                reader.isInteractive || !failure.errorText.contains("did you mean")
            {
                meant = corrections.corrected(text, script)
            }
        }
        session.endTyped(as: text, code: lastCode, isCut: isStopped || isInterrupted)
        reportNotes()
        showWatches()
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

    func fail(_ code: Int32) {
        lastCode = code
        failureCount += 1
        if exitCode == 0 { exitCode = code }
    }
}

extension Statement {
    fileprivate var isScenario: Bool {
        if case .scenario = kind { return true }
        return false
    }
}
