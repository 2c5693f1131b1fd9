import Language
import Session
import Syntax
import Value

/// Types an answer into the world of an attempt, statement by statement, as a learner would.
final class Hand {
    private let attempt: Attempt
    private let limits: JudgeLimits
    private let prompt: Prompt
    private let startEvents: Int
    private let startTime: Int64
    private var count = 0
    /// All that the last command said that failed.
    private var lastError = ""
    /// What went wrong, in order. At a prompt the next statement runs all the same.
    private(set) var troubles: [Verdict.StatementTrouble] = []
    /// What the answer has used up.
    private(set) var spent: JudgeLimits.Kind?

    private var session: Session { attempt.session }

    init(_ attempt: Attempt, _ limits: JudgeLimits) {
        self.attempt = attempt
        self.limits = limits
        var own = Limits.standard
        own.steps = limits.steps
        own.shellRounds = limits.steps / 10
        // A look at the limits of the session every so many steps.
        own.stepsBetweenPolls = 1_024
        prompt = Prompt(host: attempt.session, limits: own, stack: attempt.stack)
        startEvents = attempt.session.eventCount
        startTime = attempt.session.virtualMilliseconds
        attempt.session.usage.limits.output = limits.output
        bound(events: startEvents + limits.events, time: startTime + limits.milliseconds)
        let inTime = attempt.session.interruptCheck
        attempt.session.interruptCheck = { [unowned attempt] in
            inTime() || attempt.commands > limits.commands
        }
    }

    /// Asked before each event of the world, so that where it stops does not depend on the machine.
    private func bound(events: Int, time: Int64) {
        session.interruptCheck = { [unowned session = attempt.session] in
            session.eventCount > events || session.virtualMilliseconds > time
        }
    }

    /// The answer has been carried out: what the exercise does to it may take as many events again, and as
    /// much time as its author likes.
    func end() { bound(events: session.eventCount + limits.events, time: .max) }

    // MARK: Answers

    func carryOut(_ answer: Answer) {
        switch answer {
        case .statements(let statements):
            for statement in statements where spent == nil {
                if let time = statement.atMilliseconds { wait(until: time) }
                enter(statement.text, rests: statement.atMilliseconds == nil)
            }
        case .script(let text):
            carryOut(Source(name: "answer", text: text), rests: true)
        case .manifest(let text, let name): apply(text, name)
        }
    }

    /// A sample may name the variables of the exercise.
    func carryOut(_ sample: Sample, of exercise: Exercise) {
        for (name, value) in attempt.variant.values {
            let literal: String
            switch value {
            case .text(let text): literal = "'\(text.string)'"
            // A duration or a quantity, as it is written.
            case .opaque(let unit): literal = unit.text ?? ""
            case .null, .bool, .int, .double, .array, .object: literal = JSON.text(value)
            }
            enter("let \(name) = \(literal)", rests: false)
        }
        let script = Script(source: exercise.source, statements: sample.block.statements)
        carryOut(script, rests: true)
    }

    private func carryOut(_ source: Source, rests: Bool) {
        let parsed = Parser.parse(source, options: ParseOptions())
        note(parsed.diagnostics)
        carryOut(parsed.script, rests: rests)
    }

    private func carryOut(_ script: Script, rests: Bool) {
        for statement in script.statements where spent == nil {
            run(Script(source: script.source, statements: [statement]), rests: rests)
        }
    }

    private func enter(_ text: String, rests: Bool) {
        var options = ParseOptions()
        options.expressionNames = Set(prompt.variableNames)
        let parsed = Parser.parse(Source(name: Session.promptName, text: text), options: options)
        note(parsed.diagnostics)
        if !parsed.hasErrors { run(parsed.script, rests: rests, typed: text) }
    }

    /// Objects are applied; pods cannot be changed much, so they are replaced where that is refused.
    private func apply(_ text: String, _ name: String) {
        // A name that a shell would read as something else is not worth quoting.
        let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "._-".contains($0) }
        let file = isPlain && !name.isEmpty && !name.hasPrefix("-") ? name : "answer.yaml"
        do {
            try session.files.memory.place(text, at: file)
        } catch {
            troubles.append(Verdict.StatementTrouble(statement: file, message: "\(error)"))
            return
        }
        let before = troubles.count
        enter("apply -f \(file)", rests: false)
        guard troubles.count > before, lastError.contains("may not change fields") else { return }
        troubles.removeSubrange(before...)
        enter("replace --force -f \(file)", rests: false)
    }

    // MARK: Statements

    private func run(_ script: Script, rests: Bool, typed: String? = nil) {
        guard spent == nil, let first = script.statements.first else { return }
        count += 1
        if count > limits.statements {
            spent = .statements
            return
        }
        let text = typed ?? script.source.text(in: first.span)
        attempt.statement = text
        if let reason = attempt.refusal(of: script) {
            troubles.append(Verdict.StatementTrouble(statement: text, message: reason))
            return
        }
        if rests, Self.reads(text) { rest() }
        session.usage.forgetOutput()
        do {
            let found = try prompt.run(script) { _ in }
            note(found.filter { $0.severity == .error })
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch {
            note(error, of: text)
        }
        look()
    }

    /// As a prompt does before somebody looks.
    private static func reads(_ text: String) -> Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        let verb = words.first == "kubectl" ? words.dropFirst().first : words.first
        guard let verb, !words.contains("-w"), !words.contains("--watch") else { return false }
        return ["get", "describe", "top", "logs", "events"].contains(String(verb))
    }

    /// Lets the world come to rest, or ten minutes pass.
    func rest() {
        guard spent == nil else { return }
        perform("settle")
        look()
    }

    private func wait(until instant: Int64) {
        let now = session.virtualMilliseconds
        guard instant > now else { return }
        perform("advance \(instant - now)ms")
        look()
    }

    /// A statement of the judge's own, whose failure says nothing about the answer.
    private func perform(_ text: String) {
        let outer = (session.actGuard, session.sink)
        session.actGuard = nil
        session.sink = { _ in }
        defer { (session.actGuard, session.sink) = outer }
        let script = Parser.parse(Source(name: Session.promptName, text: text)).script
        _ = try? prompt.run(script) { _ in }
    }

    // MARK: Limits

    private func look() {
        if spent != nil { return }
        if attempt.commands > limits.commands {
            spent = .statements
        } else if session.eventCount > startEvents + limits.events {
            spent = .events
        } else if session.virtualMilliseconds > startTime + limits.milliseconds {
            spent = .time
        }
    }

    private func note(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics where diagnostic.severity == .error {
            let line = diagnostic.source.lineRange(
                diagnostic.source.lineIndex(at: Int(diagnostic.span.start)))
            let text = String(decoding: diagnostic.source.utf8[line], as: UTF8.self)
            troubles.append(
                Verdict.StatementTrouble(statement: text, message: diagnostic.message))
        }
    }

    private func note(_ error: any Error, of text: String) {
        let message: String
        switch error {
        case Trouble.command(let failure):
            lastError = failure.errorText
            message = failure.errorText.split(separator: "\n").first.map(String.init) ?? ""
        case Trouble.expectation(let failure): message = FailureRenderer().headline(failure)
        case Trouble.diagnostic(let diagnostic):
            message = diagnostic.message
            if diagnostic.code == "DD3060" || message.contains("loops turned more than") {
                spent = .steps
            }
            if message.hasSuffix("of output") { spent = .output }
        case Trouble.skipped: message = "skipped"
        default: message = "stopped"
        }
        troubles.append(Verdict.StatementTrouble(statement: text, message: message))
    }
}
