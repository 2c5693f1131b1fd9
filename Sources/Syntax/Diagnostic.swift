/// How bad a diagnostic is.
package enum Severity: String, Hashable, Sendable {
    /// The script cannot run.
    case error
    /// The script runs, but hardly does what was meant.
    case warning
}

/// A further remark on a diagnostic, with a place of its own when it has one.
package struct DiagnosticNote: Hashable, Sendable {
    package var message: String
    /// The place in the diagnostic's source that the note is about, shown as a second excerpt.
    package var span: SourceSpan?

    package init(_ message: String, at span: SourceSpan? = nil) {
        self.message = message
        self.span = span
    }
}

/// What a diagnostic says, apart from where.
///
/// Each family of diagnostics is a closed enum that conforms to `DiagnosticWords` and produces one
/// of these per case, so that all sentences of a family stand in one file.
package struct DiagnosticText: Hashable, Sendable {
    /// The stable code, `DDnnnn`: 1nnn syntax, 2nnn checks before a run, 3nnn evaluation, 4nnn
    /// manifests and other input.
    package var code: String
    package var severity: Severity
    /// One line, lower case, no final period.
    package var message: String
    /// A few words beside the underline: what was found, what was expected. Empty for none.
    package var label: String
    package var notes: [DiagnosticNote]
    /// How to put it right, if known.
    package var hint: String?

    package init(
        _ code: String, _ message: String, label: String = "", notes: [DiagnosticNote] = [],
        hint: String? = nil, severity: Severity = .error
    ) {
        self.code = code
        self.severity = severity
        self.message = message
        self.label = label
        self.notes = notes
        self.hint = hint
    }
}

/// A family of diagnostics: a closed enum whose cases carry data and whose words stand together.
package protocol DiagnosticWords {
    /// The words for this case.
    var text: DiagnosticText { get }
}

/// Trouble with the user's script or input: what, where, and how to mend it.
package struct Diagnostic: Sendable {
    package var source: Source
    package var span: SourceSpan
    package var text: DiagnosticText

    package init(_ text: DiagnosticText, at span: SourceSpan, in source: Source) {
        self.source = source
        self.span = span
        self.text = text
    }

    /// Makes a diagnostic of one case of a family.
    package init(_ words: some DiagnosticWords, at span: SourceSpan, in source: Source) {
        self.init(words.text, at: span, in: source)
    }

    package var code: String { text.code }
    package var severity: Severity { text.severity }
    package var message: String { text.message }
    package var label: String { text.label }
    package var notes: [DiagnosticNote] { text.notes }
    package var hint: String? { text.hint }

    /// The same as an error, where no warning is to be passed over.
    package var asError: Diagnostic {
        var copy = self
        copy.text.severity = .error
        return copy
    }

    /// Line and column of the start of the span.
    package var location: SourceLocation { source.location(at: Int(span.start)) }
}
