import Language
import Support
import Syntax

/// Something that went wrong, as reports tell of it: an expectation, a command, or the script itself.
struct Problem {
    enum Kind {
        case expectation(ExpectationFailure)
        case command(CommandFailure)
        case script(Diagnostic)
    }

    let kind: Kind

    init(_ failure: ExpectationFailure) { kind = .expectation(failure) }

    init(_ failure: CommandFailure) { kind = .command(failure) }

    init(_ diagnostic: Diagnostic) { kind = .script(diagnostic) }

    /// What machines call it.
    var kindName: String {
        switch kind {
        case .expectation: "expectation"
        case .command: "command"
        case .script: "script"
        }
    }

    /// The code of a diagnostic.
    var code: String? {
        if case .script(let diagnostic) = kind { return diagnostic.code }
        return nil
    }

    /// What it is, on one line without control characters.
    var headline: String {
        let text: String =
            switch kind {
            case .expectation(let failure): FailureRenderer().headline(failure)
            case .command(let failure): FailureRenderer().headline(failure)
            case .script(let diagnostic): diagnostic.message
            }
        return text.onOneLine
    }

    var place: Place {
        switch kind {
        case .expectation(let failure): failure.place
        case .command(let failure): failure.place
        case .script(let diagnostic): Place(source: diagnostic.source, span: diagnostic.span)
        }
    }

    /// The calls that led to it, innermost first.
    var calls: CallStack {
        switch kind {
        case .expectation(let failure): failure.calls
        case .command(let failure): failure.calls
        case .script: CallStack()
        }
    }

    /// The whole report that people get, without control characters and without a final newline.
    func text(_ diagnostics: DiagnosticRenderer = DiagnosticRenderer()) -> String {
        switch kind {
        case .expectation(let failure): FailureRenderer().render(failure).showingControls
        case .command(let failure): FailureRenderer().render(failure).showingControls
        case .script(let diagnostic): diagnostics.render(diagnostic).withoutFinalNewlines
        }
    }
}

extension ScenarioResult {
    /// What the words of all its problems are together, one after another.
    func trouble(_ diagnostics: DiagnosticRenderer = DiagnosticRenderer()) -> String? {
        let texts = problems.map { $0.text(diagnostics) }
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}

extension String {
    /// The text without line ends at its end.
    var withoutFinalNewlines: String {
        var text = self[...]
        while text.hasSuffix("\n") { text = text.dropLast() }
        return String(text)
    }

    /// The text in one line, control characters made visible.
    package var onOneLine: String {
        showingControls.split(whereSeparator: \.isNewline).joined(separator: " ")
    }
}
