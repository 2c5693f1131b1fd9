import Assist
import Glibc
import Language
import Pages
import Reports
import Runner
import Session
import Support
import Syntax
import Value
import Verbs

/// The prompt: reads statements, runs them in one session, shows values, and keeps going.
package final class REPL {
    /// How Ctrl-C reaches a running statement.
    package struct Interrupts {
        let isPending: () -> Bool
        let clear: () -> Void

        package init(isPending: @escaping () -> Bool, clear: @escaping () -> Void) {
            self.isPending = isPending
            self.clear = clear
        }
    }

    let session: Session
    let prompt: Prompt
    let reader: any LineReader
    let renderer: DiagnosticRenderer
    let interrupts: Interrupts
    /// Answers whether what is shown is lost: then nobody is there to type for.
    package var isDone: () -> Bool = { false }
    let screen: Screen
    private let corrections: Corrections
    /// What was typed in answer to a question and is a statement.
    private var answer: String?
    private var isInterrupted = false
    /// The exit code that piped input ends with: that of the first failure.
    private var exitCode: Int32 = 0
    /// How many statements have failed.
    private(set) var failureCount = 0
    /// Lines that were read ahead and are to be run one by one.
    var readAhead: [String] = []
    /// How many of them were looked at together already and are no page.
    var triedAhead = 0
    /// Whether the last line had a prompt of a shell: what follows may be its old output.
    var isAfterPrompt = false
    /// Lines of old output since the last command.
    var passedOver = 0
    private var hasHinted = false
    /// How many variables are in ``namesOfValues`` or have the name of a verb.
    private var namesSeen = 0
    private var namesOfValues: Set<String> = []

    /// A prompt on standard input: with editing and history on a terminal, plain otherwise.
    ///
    package convenience init(
        seed: UInt64, allowedFolders: [String], interrupts: Interrupts, screen: Screen
    ) {
        let session = Self.makeSession(seed: seed, allowedFolders: allowedFolders)
        session.usage.limits.memory = SessionLimits.programMemory
        let isTerminal = isatty(0) == 1
        let completion = CompletionBox()
        let reader: any LineReader =
            isTerminal
            ? TerminalLineReader(historyPath: HistoryFile.path(), usesColor: screen.usesColor) {
                completion.words($0)
            }
            : PlainLineReader()
        self.init(session: session, reader: reader, interrupts: interrupts, screen: screen)
        if isTerminal {
            let files = session.sessionFiles
            session.terminalEditor = { TerminalEditor($0, program: $1).editor(files) }
            sitDown()
        }
        session.desk.disk = LocalDisk(folder: session.files.folder)
        completion.engine = CompletionEngine(
            session: session, variables: { [unowned self] in prompt.variableNames },
            value: { [unowned self] in prompt.value(of: $0) },
            aliases: { [unowned self] in prompt.aliases })
    }

    /// A prompt on any reader; for tests.
    package init(
        session: Session, reader: any LineReader, interrupts: Interrupts, screen: Screen
    ) {
        self.session = session
        self.reader = reader
        self.interrupts = interrupts
        self.screen = screen
        renderer = DiagnosticRenderer(usesColor: screen.usesColor)
        prompt = Prompt(host: session)
        corrections = Corrections(SessionScene(session: session, names: [], value: { _ in nil }))
        let forms = FormCache()
        session.sink = { [unowned session] text in
            screen.show(text.showingControls, as: forms.form(at: session.place))
        }
        session.interruptCheck = interrupts.isPending
        session.interruptClear = interrupts.clear
        session.typedLine = { prompt in
            switch reader.read(prompt: prompt) {
            case .interrupted: .interrupted
            case .endOfInput: .end
            case .line(let line): .line(line)
            }
        }
    }

    /// What a person gives to commands: typed lines, a screen, what was typed before.
    private func sitDown() {
        session.desk.readLine = { [unowned self] in
            switch reader.read(prompt: "> ") {
            case .line(let line): return Array((line + "\n").utf8)
            case .endOfInput: return nil
            case .interrupted:
                session.desk.hasLeft = true
                return nil
            }
        }
        session.desk.history = { [unowned self] in reader.entries }
        session.desk.clearScreen = { [unowned self] in screen.show("\u{1B}[H\u{1B}[2J\u{1B}[3J") }
    }

    private static func makeSession(seed: UInt64, allowedFolders: [String]) -> Session {
        var options = SessionOptions()
        options.seed = seed
        let files = ScriptFiles(folder: ".", allowed: allowedFolders)
        return Session(options, files: files) { _ in }
    }

    // MARK: The loop

    /// Runs until the end of input or `exit`. Answers the exit code: 0 at a terminal, else that of the
    /// first statement that failed.
    package func run() -> Int32 {
        if reader.isInteractive { greet() }
        while let text = readStatement() {
            if let page {
                self.page = nil
                run(page)
            } else if isExit(text) {
                break
            } else {
                execute(text)
            }
            if isDone() { break }
        }
        if reader.isInteractive { return 0 }
        if exitCode == 0, let idle = session.idleStatements.first {
            report(Trouble.diagnostic(idle.diagnostic))
        }
        return exitCode
    }

    private func greet() {
        screen.show(
            "drydock: a simulated cluster in virtual time. `help` tells how, Tab completes, Ctrl-D leaves.\n"
        )
    }

    private func isExit(_ text: String) -> Bool {
        ["exit", "quit"].contains(text.split(whereSeparator: \.isWhitespace).joined())
    }

    /// The clock stands still while a person thinks; the prompt shows it.
    var promptText: String {
        let instant = Duration(milliseconds: session.virtualMilliseconds).shortText
        return "[\(instant)] > "
    }

    /// The page that was read last, to be run.
    var page: Page?

    private func readLine(isFirst: Bool) -> LineInput {
        if let answer {
            self.answer = nil
            return .line(answer)
        }
        if !readAhead.isEmpty { return .line(readAhead.removeFirst()) }
        let dots = String(repeating: ".", count: max(promptText.count - 1, 1)) + " "
        return reader.read(prompt: isFirst ? promptText : dots)
    }

    /// A whole statement: lines until none of its blocks, brackets and texts is open. Nil at the end.
    private func readStatement() -> String? {
        var text = ""
        var tracker = StatementTracker()
        while true {
            let isFirst = text.isEmpty
            let added: String
            switch readLine(isFirst: isFirst) {
            case .interrupted:
                text = ""
                tracker = StatementTracker()
                continue
            case .endOfInput:
                if reader.isInteractive { screen.show("\n") }
                return isFirst ? nil : text
            case .line(let line):
                if isFirst, takePage(beginningWith: line) { return line }
                guard let line = withoutPrompt(line, isFirst: isFirst) else { continue }
                added = line
                text += (isFirst ? "" : "\n") + line
            }
            if isFirst, text.allSatisfy(\.isWhitespace) {
                text = ""
                continue
            }
            guard tracker.mayEnd(after: added) else { continue }
            if isExit(text) || !parse(text).isIncomplete {
                reader.remember(text)
                return text
            }
        }
    }

    func parse(_ text: String) -> ParseResult {
        var options = ParseOptions()
        options.expressionNames = expressionNames
        return Parser.parse(Source(name: Session.promptName, text: text), options: options)
    }

    /// The variables that no verb has the name of, grown by those that came since the last look.
    private var expressionNames: Set<String> {
        let names = prompt.variableNames
        for name in names.dropFirst(namesSeen) where VerbRegistry.verb(name) == nil {
            namesOfValues.insert(name)
        }
        namesSeen = names.count
        return namesOfValues
    }

    /// Runs a statement, and where it was refused for a slip of the pen offers what was meant.
    func execute(_ text: String) {
        guard let meant = run(text) else { return }
        let shown = meant.split(separator: "\n").joined(separator: " ")
        guard reader.isInteractive, !text.contains("\n"), readAhead.isEmpty, !reader.hasTyped
        else {
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

    /// Runs a statement; answers what was probably meant where it was refused.
    private func run(_ text: String) -> String? {
        interrupts.clear()
        isInterrupted = false
        session.desk.hasLeft = false
        session.usage.forgetOutput()
        let parsed = parse(text)
        screen.begin(pages: PagedStatements.pages(parsed.script))
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
    private func checked(_ text: String, _ found: [Diagnostic]) -> String? {
        guard reader.isInteractive, let meant = corrections.corrected(text, by: found) else {
            return nil
        }
        let parsed = parse(meant)
        if parsed.hasErrors || parsed.isIncomplete { return nil }
        return prompt.check(parsed.script).contains { $0.severity == .error } ? nil : meant
    }

    /// Scenarios typed at the prompt run as in a file: each in a world of its own, not in this one.
    private func runScenarios(_ text: String) {
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
    private func reportNotes() {
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

    private func fail(_ code: Int32) {
        failureCount += 1
        if exitCode == 0 { exitCode = code }
    }

    private func report(_ error: any Error) {
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
    private func hintAtNodes() {
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

/// Which form the output of a statement has, looked up once for each.
private final class FormCache {
    private var place: (source: ObjectIdentifier, span: SourceSpan)?
    private var form = OutputForm.plain

    func form(at current: Place?) -> OutputForm {
        guard let current else { return .plain }
        let key = (source: ObjectIdentifier(current.source), span: current.span)
        if let place, place.source == key.source, place.span == key.span { return form }
        place = key
        form = OutputForm(statement: current.text)
        return form
    }
}

/// Where history is kept: the XDG state folder, the one thing written unasked (DECISIONS 35).
enum HistoryFile {
    /// The path, its folder made; nil where there is no home.
    static func path() -> String? {
        func variable(_ name: String) -> String? {
            getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
        }
        guard
            let state = variable("XDG_STATE_HOME") ?? variable("HOME").map({ "\($0)/.local/state" })
        else { return nil }
        let folder = "\(state)/drydock"
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/\(part)"
            mkdir(made, 0o700)
        }
        return "\(folder)/history"
    }
}

/// Lets the reader exist before what completes for it.
private final class CompletionBox {
    var engine: CompletionEngine?

    func words(_ query: CompletionQuery) -> CompletionList {
        engine?.words(query) ?? CompletionList()
    }
}
