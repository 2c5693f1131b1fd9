import Language
import Pages
import Session
import Support
import Syntax

// Pages and sessions that are pasted: commands behind prompts run, old outputs do not.

extension REPL {
    /// Whether a page begins with `line`, and if so reads it to its end.
    ///
    /// Read ahead is only where the line shows that a page can follow: it has several lines itself (a paste),
    /// begins with a prompt, or is nothing that could be run.
    func takePage(beginningWith line: String) -> Bool {
        if readAhead.isEmpty, !line.contains("\n"), !mayBeginPage(line) { return false }
        guard triedAhead == 0 else {
            triedAhead -= 1
            return false
        }
        var lines = [line]
        if !line.contains("\n") {
            lines += readAhead + reader.pending()
            readAhead = []
        }
        if lines.count > 1 || line.contains("\n"),
            let found = PastedText.page(lines.joined(separator: "\n"))
        {
            page = found
            reader.remember(lines.joined(separator: "\n"))
            return true
        }
        readAhead = Array(lines.dropFirst())
        triedAhead = readAhead.count
        return false
    }

    private func mayBeginPage(_ line: String) -> Bool {
        if ShellPrompt(of: line) != nil { return true }
        return !PastedText.mayRun(line, names: prompt.variableNames)
    }

    /// A line without the prompt of a shell that stands before it, or without the mark of a continued one; nil
    /// for a line of old output behind a command with a prompt.
    func withoutPrompt(_ line: String, isFirst: Bool) -> String? {
        guard isFirst else {
            guard isAfterPrompt, line.hasPrefix(">") else { return line }
            return String(line.dropFirst(line.hasPrefix("> ") ? 2 : 1))
        }
        if line.contains("\n") { return line }
        if let command = PastedText.command(behindPrompt: line) {
            tellPassedOver()
            isAfterPrompt = true
            return command.isEmpty ? nil : command
        }
        guard isAfterPrompt, !line.allSatisfy(\.isWhitespace) else { return line }
        if !PastedText.mayRun(line, names: prompt.variableNames) {
            passedOver += 1
            return nil
        }
        tellPassedOver()
        isAfterPrompt = false
        return line
    }

    func tellPassedOver() {
        guard passedOver > 0 else { return }
        let lines = passedOver == 1 ? "1 line" : "\(passedOver) lines"
        passedOver = 0
        tell("\(lines) of old output passed over")
    }

    private func tell(_ remark: String) {
        let text = "(\(remark.showingControls))"
        screen.show(renderer.usesColor ? "\u{1B}[2m\(text)\u{1B}[0m\n" : "\(text)\n")
    }

    /// Runs a page in this session.
    func run(_ page: Page) {
        interrupts.clear()
        isRunningPage = true
        defer { isRunningPage = false }
        let isEchoed = reader.isInteractive && page.commands.count > 1
        let world = PastedPage(
            session,
            runs: { [unowned self] text in
                if isEchoed { screen.show("\(promptText)\(text.showingControls)\n") }
                return outcome { execute(text) }
            },
            looks: { [unowned self] text in look(text) },
            tells: { [unowned self] remark in tell(remark) })
        var runner = PageRunner(
            page, path: Session.promptName, in: world, catchesUp: false,
            interruptCheck: interrupts.isPending)
        _ = runner.run()
        passedOver = page.commands.reduce(0) { $0 + $1.output.count }
        tellPassedOver()
        isAfterPrompt = true
    }

    /// What a statement printed and whether it failed; what it prints is shown.
    private func outcome(_ work: () -> Void) -> PageOutcome {
        let (failures, sink) = (failureCount, session.sink)
        defer { session.sink = sink }
        var output = ""
        session.sink = {
            output += $0
            sink($0)
        }
        work()
        return PageOutcome(output: output, hasFailed: failureCount > failures)
    }

    /// What a statement would print, without showing it.
    private func look(_ text: String) -> PageOutcome {
        let sink = session.sink
        defer { session.sink = sink }
        var output = ""
        session.sink = { output += $0 }
        let parsed = parse(text)
        if parsed.hasErrors { return PageOutcome(output: "", hasFailed: true) }
        var hasFailed = false
        do {
            let found = try prompt.run(parsed.script) { _ in }
            hasFailed = found.contains { $0.severity == .error }
        } catch {
            hasFailed = true
        }
        _ = session.takeNotes()
        return PageOutcome(output: output, hasFailed: hasFailed)
    }
}
