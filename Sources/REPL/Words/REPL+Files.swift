import Glibc
import Language
import Reports
import Runner
import Session
import Support
import Syntax
import Value
import Verbs

extension REPL {
    // MARK: Saving

    func save(_ words: [String]) {
        let flags = words.filter { $0.hasPrefix("--") }
        let paths = words.filter { !$0.hasPrefix("--") }
        guard paths.count == 1, flags.allSatisfy({ ["--expect", "--force"].contains($0) }) else {
            return refuse("save takes a file, as in: save session.dock [--expect] [--force]")
        }
        guard paths[0].hasSuffix(".dock") else {
            return refuse("scripts end in .dock, as in: save \(paths[0]).dock")
        }
        let path = paths[0].hasPrefix("/") ? paths[0] : "\(session.files.folder)/\(paths[0])"
        if access(path, F_OK) == 0, !flags.contains("--force") {
            return refuse("\(paths[0]) exists; `save \(paths[0]) --force` writes over it")
        }
        let statements = session.typedStatements
        var saved = SavedSession(header: session.worldStatements, statements: statements)
        // A script may not end before the time of its blocks has come.
        if !session.pendingBlocks.isEmpty, !session.idleStatements.isEmpty {
            saved.add("cancel all")
        }
        if flags.contains("--expect") {
            for line in session.suggestedExpectations { saved.add(line) }
        }
        let text = saved.formatted
        if let problem = ScriptFile.write(text, to: path) {
            return refuse("\(paths[0]) cannot be written: \(problem)")
        }
        let count = statements.count
        screen.show("saved \(count) \(count == 1 ? "statement" : "statements") in \(paths[0])\n")
        check(text, path)
    }

    /// Runs what was saved, which must come to the same.
    private func check(_ text: String, _ path: String) {
        let listener = QuietListener()
        let runner = ScriptRunner(RunOptions(), listener: listener)
        runner.interruptCheck = interrupts.isPending
        let result = runner.run(text: text, path: path, folder: session.files.folder)
        let first = result.scenarios.first
        if let first, first.isPassed, first.trace == session.trace { return }
        let why: String
        switch first?.outcome {
        case .broken(let diagnostic): why = "\n" + renderer.render(diagnostic)
        case .passed: why = "a run of it comes to another end\n"
        case .failed, .commandFailed, .skipped, .interrupted:
            why = "a run of it comes to a failure\n"
        case nil:
            why = result.diagnostics.first.map { "\n" + renderer.render($0) } ?? "it does not run\n"
        }
        screen.show("warning: the script does not do what was typed here: \(why)")
    }

    // MARK: Loading

    /// Runs the statements of a script one by one, each as if it had been typed.
    func load(_ path: String) {
        do throws(FileProblem) {
            let text = try session.files.read(path)
            loadedPath = path
            let parsed = Parser.parse(Source(name: path, text: text))
            if !parsed.diagnostics.isEmpty { screen.show(renderer.render(parsed.diagnostics)) }
            if parsed.hasErrors { return fail(2) }
            let statements = parsed.script.statements
            if statements.contains(where: \.isOfScenarios) {
                return refuse(
                    "\(path) has scenarios, each with a world of its own: `drydock open \(path)` opens one"
                )
            }
            runAll(statements, of: parsed.script.source)
        } catch {
            refuse("\(path): \(error.message)")
        }
    }

    /// Runs statements until one fails; answers whether all held.
    @discardableResult
    func runAll(_ statements: [Statement], of source: Source) -> Bool {
        for statement in statements {
            interrupts.clear()
            screen.begin(pages: false)
            let script = Script(source: source, statements: [statement])
            _ = run(script, typed: source.text(in: statement.span))
            screen.end(isInterrupted: isInterrupted)
            if lastCode != 0 { return false }
        }
        return true
    }

    /// Opens a scenario of a file: runs it here, up to what fails.
    package func open(_ scenario: OpenedScenario) {
        screen.show("\(scenario.name)\n")
        if runAll(scenario.statements, of: scenario.source) {
            screen.show("all of it passed; this is its end\n")
        } else {
            exitCode = 0
            screen.show(
                "this is where it failed: `undo` takes the statement back, `log` tells what was written\n"
            )
        }
    }
}

extension Statement {
    /// Whether it makes a file one of scenarios.
    var isOfScenarios: Bool {
        switch kind {
        case .scenario, .exercise, .setup: true
        case .cleanup(let cleanup): cleanup.kind == .teardown
        default: false
        }
    }
}

/// A run that nobody looks at.
private final class QuietListener: RunListener {
    func began(script path: String) {}
    func began(scenario title: String) {}
    func wrote(_ text: String) {}
    func ended(_ result: ScenarioResult) {}
    func ended(_ result: ScriptResult) {}
}

/// A script on the disk, written because somebody asked for it.
enum ScriptFile {
    /// Writes the file; answers what went wrong.
    static func write(_ text: String, to path: String) -> String? {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { return String(cString: strerror(errno)).lowercased() }
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                defer { close(file) }
                return String(cString: strerror(errno)).lowercased()
            }
        }
        return close(file) == 0 ? nil : String(cString: strerror(errno)).lowercased()
    }
}
