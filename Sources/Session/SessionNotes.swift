import Language
import Support
import Syntax

/// What a script has said in a session for the reports.
package struct SessionNotes {
    /// Soft expectations that did not hold, in order.
    package fileprivate(set) var softFailures: [ExpectationFailure] = []
    /// What went wrong in blocks that run after failures too, beside the failure before it.
    package fileprivate(set) var further: [Trouble] = []
    package fileprivate(set) var attachments: [Attachment] = []
    package fileprivate(set) var warnings: [Diagnostic] = []
    private var attached = 0

    /// Bytes that one attachment may have, and all of a scenario together.
    package static let attachmentLimit = 1 << 20
    package static let totalLimit = 16 << 20
    /// Soft expectations that may fail before one ends the scenario.
    package static let softLimit = 100

    mutating func add(_ attachment: Attachment) throws {
        let size = attachment.content.text.utf8.count
        guard size <= Self.attachmentLimit else {
            throw HostError(
                "the attachment \"\(attachment.name.showingControls)\" has \(size) bytes, and "
                    + "\(Self.attachmentLimit >> 20) MiB is the most",
                hint: "attach the part that matters, such as one field of each object")
        }
        attached += size + attachment.name.utf8.count
        guard attached <= Self.totalLimit else {
            throw HostError(
                "the attachments of this scenario have more than \(Self.totalLimit >> 20) MiB",
                hint: "attach less, or outside the loop")
        }
        attachments.append(attachment)
    }

    mutating func add(_ warning: Diagnostic) {
        let isKnown = warnings.contains {
            $0.span == warning.span && $0.source === warning.source && $0.code == warning.code
        }
        if !isKnown { warnings.append(warning) }
    }
}

/// What held in a session, though it hardly says what was meant. Codes DD38nn.
enum SessionWarning: DiagnosticWords {
    /// A command inside an invariant ended at a time limit that it was given.
    case watchedUntilTimeout(keyword: String, command: String)
    /// A scenario ran to its end and judged nothing.
    case expectsNothing

    var text: DiagnosticText {
        switch self {
        case .watchedUntilTimeout(let keyword, let command):
            DiagnosticText(
                "DD3801",
                "a command inside this `\(keyword)` ended at its own time limit: `\(command)`",
                label: "checked only until then",
                hint: "wait longer, or let the failure of the command count", severity: .warning)
        case .expectsNothing:
            DiagnosticText(
                "DD3802",
                "this scenario expects nothing, so that it cannot fail on what the cluster does",
                label: "no expectation",
                hint:
                    "say what must hold: `expect …`, `always … { }`, or a command that judges, such "
                    + "as `rollout status` or `wait`", severity: .warning)
        }
    }
}

extension Session {
    package func tolerate(_ failure: ExpectationFailure) throws {
        guard notes.softFailures.count < SessionNotes.softLimit else {
            throw Trouble.expectation(failure)
        }
        notes.softFailures.append(failure)
    }

    package func note(_ further: Trouble) { notes.further.append(further) }

    package func attach(_ attachment: Attachment) throws { try notes.add(attachment) }

    package func warn(_ warning: Diagnostic) { notes.add(warning) }

    /// Takes what was noted since the last look: at a prompt, after each statement.
    package func takeNotes() -> SessionNotes {
        defer { notes = SessionNotes() }
        return notes
    }

    /// A scenario has run to its end and has judged nothing.
    package func warnOfNoExpectation(at place: Place) {
        warn(Diagnostic(SessionWarning.expectsNothing, at: place.span, in: place.source))
    }

    /// A command has ended at a time limit that it was given. Whoever asks for such an end in
    /// `expect fails` or looks at what it says has thought of it.
    func noteTimeout(of words: [String]) {
        guard captures.isEmpty else { return }
        for number in watches.indices where watches[number] == nil {
            watches[number] = words.joined(separator: " ")
        }
    }

    /// Warns where an invariant held only until a command inside gave up.
    func warnOfTimeout(_ command: String?, during condition: Language.Condition) {
        guard let command else { return }
        let keyword = condition.form == .never ? "never" : "always"
        warn(
            Diagnostic(
                SessionWarning.watchedUntilTimeout(keyword: keyword, command: command),
                at: condition.place.span, in: condition.place.source))
    }
}
