import Cluster
import Language
import Model
import Session
import Support
import Syntax
import Tools
import Value

/// The world that a page runs in. It keeps what was done, so that it can be brought back to an earlier
/// instant: the same statements at the same instants make the same world.
package final class PageSession: PageWorld {
    private enum Step {
        case statement(String)
        case endless(String, lines: Int)
        case file(name: String, text: String)
    }

    package private(set) var session: Session
    private var prompt: Prompt
    private var log: [(at: Int64, step: Step)] = []
    private var output = ""
    private let seed: UInt64
    private let folder: String
    private let allowed: [String]
    package var interruptCheck: () -> Bool = { false } {
        didSet { session.interruptCheck = interruptCheck }
    }

    /// - Parameters:
    ///   - folder: the page's folder, whose files commands may read.
    package init(seed: UInt64, folder: String, allowed: [String] = []) {
        self.seed = seed
        self.folder = folder
        self.allowed = allowed
        session = Self.makeSession(seed, folder, allowed)
        prompt = Prompt(host: session)
        session.sink = { [unowned self] in output += $0 }
    }

    private static func makeSession(_ seed: UInt64, _ folder: String, _ allowed: [String])
        -> Session
    {
        var options = SessionOptions()
        options.seed = seed
        options.isSeedFixed = true
        return Session(options, files: ScriptFiles(folder: folder, allowed: allowed)) { _ in }
    }

    package var now: Int64 { session.virtualMilliseconds }

    // MARK: Doing

    /// Runs a command or statements.
    package func run(_ text: String) -> PageOutcome {
        log.append((now, .statement(text)))
        return carryOut(text)
    }

    package func run(_ text: String, lines: Int) -> PageOutcome {
        log.append((now, .endless(text, lines: lines)))
        return carryOut(text, lines: lines)
    }

    /// The longest that a command goes on which goes on until it is stopped, in virtual milliseconds.
    private static let longestLoop: Int64 = 120_000

    private func carryOut(_ text: String, lines: Int) -> PageOutcome {
        let end = now + Self.longestLoop
        var isEnough = false
        session.interruptCheck = { [unowned self] in
            isEnough =
                isEnough || now > end || output.utf8.count { $0 == UInt8(ascii: "\n") } >= lines
            return isEnough || interruptCheck()
        }
        defer { session.interruptCheck = interruptCheck }
        var outcome = carryOut(text)
        if isEnough { (outcome.problem, outcome.hasFailed) = (nil, false) }
        return outcome
    }

    /// Looks at what a command that changes nothing would print at this instant.
    package func look(_ text: String) -> PageOutcome {
        session.cluster.inOneInstant { carryOut(text) }
    }

    /// Puts a file where commands see it.
    package func place(_ text: String, at name: String) {
        log.append((now, .file(name: name, text: text)))
        write(text, at: name)
    }

    private func write(_ text: String, at name: String) {
        try? session.files.memory.place(text, at: name)
    }

    package func hasFile(_ name: String) -> Bool { session.files.exists(name) }

    /// Whether the session itself has such a file, apart from the disk.
    package func ownsFile(_ name: String) -> Bool { session.files.memory.isFile(name) }

    private func carryOut(_ text: String) -> PageOutcome {
        output = ""
        session.usage.forgetOutput()
        let parsed = Parser.parse(Source(name: Session.promptName, text: text))
        if parsed.hasErrors {
            return PageOutcome(
                output: "", problem: parsed.diagnostics.first?.message, hasFailed: true)
        }
        var problem: String?
        var hasFailed = false
        do {
            let found = try prompt.run(parsed.script) { [unowned self] value in
                output += Display.text(value) + "\n"
            }
            if let error = found.first(where: { $0.severity == .error }) {
                problem = error.message
                hasFailed = true
            }
            if let trouble = session.takeDeferredTrouble() { throw trouble }
        } catch {
            hasFailed = true
            problem = words(error)
        }
        let notes = session.takeNotes()
        if let failure = notes.softFailures.first {
            problem = FailureRenderer().headline(failure)
            hasFailed = true
        }
        return PageOutcome(output: output, problem: problem, hasFailed: hasFailed)
    }

    private func words(_ error: any Error) -> String? {
        switch error {
        case Trouble.diagnostic(let diagnostic): diagnostic.message
        case Trouble.expectation(let failure): FailureRenderer().headline(failure)
        case Trouble.command: nil
        case Trouble.skipped(let reason): "skipped\(reason.map { ": \($0)" } ?? "")"
        case Trouble.interrupted: "interrupted"
        default: "\(error)"
        }
    }

    // MARK: Time

    /// Lets time pass until `condition` holds after some write, at most so long. Answers whether it came to
    /// hold.
    package func wait(milliseconds: Int64, until condition: () -> Bool) -> Bool {
        guard let end = try? session.cluster.run(limit: milliseconds, until: condition) else {
            return false
        }
        if case .reached = end { return true }
        return false
    }

    /// Lets time pass up to an instant.
    package func rest(until instant: Int64) {
        if instant > now { _ = try? session.cluster.run(until: instant) }
    }

    package var canRewind: Bool { true }

    package func tell(_ remark: String) {}

    /// Brings the world back to an instant, by doing again all that was done up to it.
    package func rewind(to instant: Int64) {
        guard instant < now else { return rest(until: instant) }
        let steps = log
        session.sink = { _ in }
        session = Self.makeSession(seed, folder, allowed)
        session.interruptCheck = interruptCheck
        session.sink = { [unowned self] in output += $0 }
        prompt = Prompt(host: session)
        for (time, step) in steps where time <= instant {
            rest(until: time)
            switch step {
            case .statement(let text): _ = carryOut(text)
            case .endless(let text, let lines): _ = carryOut(text, lines: lines)
            case .file(let name, let text): write(text, at: name)
            }
        }
        rest(until: instant)
    }
}
