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
    let corrections: Corrections
    /// What was typed in answer to a question and is a statement.
    var answer: String?
    var isInterrupted = false
    /// Statements of a page follow each other: nobody is asked anything in between.
    var isRunningPage = false
    /// The exit code that piped input ends with: that of the first failure.
    var exitCode: Int32 = 0
    /// The exit code of the last statement.
    var lastCode: Int32 = 0
    /// What is shown after each statement that changed it.
    var watches: [WatchedExpression] = []
    /// Whether the world comes to rest before somebody looks at it.
    var restsBeforeReading = false
    /// The script that was loaded last.
    var loadedPath: String?
    /// What was typed, on the disk.
    var log: SessionLog?
    /// Statements of a session that goes on.
    private var resumed: [SessionLog.Entry] = []
    /// How many statements have failed.
    var failureCount = 0
    /// Lines that were read ahead and are to be run one by one.
    var readAhead: [String] = []
    /// How many of them were looked at together already and are no page.
    var triedAhead = 0
    /// Whether the last line had a prompt of a shell: what follows may be its old output.
    var isAfterPrompt = false
    /// Lines of old output since the last command.
    var passedOver = 0
    var hasHinted = false
    /// Who teaches whoever types; nil at a prompt of one's own.
    var coach: (any Coach)?
    /// How many variables are in ``namesOfValues`` or have the name of a verb.
    private var namesSeen = 0
    private var namesOfValues: Set<String> = []

    /// A prompt on standard input: with editing and history on a terminal, plain otherwise.
    package convenience init(
        _ start: Start, interrupts: Interrupts, screen: Screen
    ) {
        var start = start
        let old = start.resumes ? HistoryFile.folder().flatMap(SessionLog.resume) : nil
        if let old { start.seed = old.seed }
        let session = Self.makeSession(start)
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
        sitDown(isTerminal: isTerminal, completion)
        (log, resumed) = (old?.log, old?.entries ?? [])
        if start.resumes, old == nil { screen.show("there is no session to go on with\n") }
    }

    /// Gives the session what the machine has: an editor, the disk; and completion its world.
    func sitDown(isTerminal: Bool, _ completion: CompletionBox) {
        if isTerminal {
            let files = session.sessionFiles
            session.terminalEditor = { TerminalEditor($0, program: $1).editor(files) }
            takePlace()
        }
        session.desk.disk = LocalDisk(folder: session.files.folder)
        completion.engine = CompletionEngine(
            session: session, variables: { [unowned self] in prompt.variableNames },
            value: { [unowned self] in prompt.value(of: $0) },
            aliases: { [unowned self] in prompt.aliases },
            further: { [unowned self] in coach?.completions ?? [] })
    }

    /// A prompt on any reader; for tests.
    package init(
        session: Session, reader: any LineReader, interrupts: Interrupts, screen: Screen,
        prompt: Prompt? = nil
    ) {
        self.session = session
        self.reader = reader
        self.interrupts = interrupts
        self.screen = screen
        renderer = DiagnosticRenderer(usesColor: screen.usesColor)
        self.prompt = prompt ?? Prompt(host: session)
        corrections = Corrections(SessionScene(session: session, names: [], value: { _ in nil }))
        let forms = FormCache()
        session.sink = { [unowned session] text in
            let form = forms.form(at: session.place)
            screen.show(
                form == .picture ? text.showingControlsButColors : text.showingControls, as: form)
        }
        session.readScreenWidth = { screen.columns }
        session.readShowsColor = { [unowned session] in
            screen.usesColor && forms.form(at: session.place) == .picture
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
    private func takePlace() {
        session.desk.readLine = { [unowned self] in
            // Ctrl-C between two lines has been noticed already.
            if interrupts.isPending() { return nil }
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

    private static func makeSession(_ start: Start) -> Session {
        var options = SessionOptions()
        options.seed = start.seed
        options.title = start.title
        options.keepsHistory = true
        let files = ScriptFiles(folder: start.folder, allowed: start.allowedFolders)
        return Session(options, files: files) { _ in }
    }

    // MARK: The loop

    /// Runs until the end of input or `exit`. Answers the exit code: 0 at a terminal, else that of the
    /// first statement that failed.
    package func run() -> Int32 {
        if let coach {
            coach.begin()
        } else if reader.isInteractive {
            greet()
        }
        if !resumed.isEmpty { resume(resumed) }
        beginLog()
        defer { log?.remove() }
        while coach?.isDone != true, let text = readStatement() {
            if let coach, coach.takes(text) {
                coach.perform(text)
            } else if let page {
                self.page = nil
                run(page)
            } else if isExit(text) {
                break
            } else {
                execute(text)
            }
            if isDone() { break }
        }
        coach?.leave()
        if reader.isInteractive { return 0 }
        if exitCode == 0, coach == nil, let idle = session.idleStatements.first {
            report(Trouble.diagnostic(idle.diagnostic))
        }
        return exitCode
    }

    private func greet() {
        screen.show(
            "drydock: a simulated cluster in virtual time. `help` tells how, Ctrl-D leaves.\n"
        )
    }

    private func isExit(_ text: String) -> Bool {
        ["exit", "quit"].contains(text.split(whereSeparator: \.isWhitespace).joined())
    }

    /// The clock stands still while a person thinks; the prompt shows it.
    var promptText: String {
        let instant = Duration(milliseconds: session.virtualMilliseconds).shortText
        return "[\(instant)\(coach?.promptMark ?? "")] > "
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
                if isFirst, coach?.takes(line) == true {
                    reader.remember(line)
                    return line
                }
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
            if let expression = PromptWord.expression(in: text) {
                if parse(expression).isIncomplete { continue }
                reader.remember(text)
                return text
            }
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

/// Lets the reader exist before what completes for it.
final class CompletionBox {
    var engine: CompletionEngine?

    func words(_ query: CompletionQuery) -> CompletionList {
        engine?.words(query) ?? CompletionList()
    }
}
