/// What came of formatting a script.
package enum FormatResult: Sendable {
    /// The laid out text; the text itself where nothing was to be done.
    case formatted(String)
    /// Why the text has to stay as it is. At least one.
    case refused([Diagnostic])
}

/// Lays out a script: indentation, blanks, empty lines and lines that are too long.
///
/// It writes the tokens, words, strings, comments and here-documents of the text as they stand and in
/// their order; only what lies between them is its own. Line ends that the author placed stay, further
/// ones are added inside brackets and after operators where a line is longer than ``maximumColumns``.
/// Formatting what was formatted changes nothing. Before it answers, it reads its own text again: the
/// tree and the comments must be the same.
package struct SourceFormatter {
    /// The longest line, in characters, that is not broken where it can be.
    package static let maximumColumns = 100
    /// The blanks of one level.
    static let step = 2

    /// Formats a script. Time is linear in the length of the text.
    package static func format(_ source: Source) -> FormatResult {
        // A session is a record: its prompts and outputs stay as they are.
        if SessionText.masked(source) != nil { return .formatted(source.text) }
        let recorder = LayoutRecorder()
        let (result, resumption) = Parser.parse(source, recorder: recorder)
        if result.hasErrors { return .refused(result.diagnostics) }
        var reader = LayoutReader(source: source, recorder: recorder, resumption: resumption)
        let atoms = reader.read()
        var layout = Layout(atoms: atoms, source: source, trailingBody: reader.trailingBody)
        let text = layout.text()
        if text == source.text { return .formatted(text) }
        if let problem = difference(result.script, atoms, source, text) {
            return .refused([Diagnostic(SyntaxError.formattingDiffers, at: problem, in: source)])
        }
        return .formatted(text)
    }

    /// The place where the new text means something else than the old one; nil where it does not.
    private static func difference(
        _ script: Script, _ atoms: [LayoutAtom], _ source: Source, _ text: String
    ) -> SourceSpan? {
        let recorder = LayoutRecorder()
        let new = Source(name: source.name, text: text)
        let (result, resumption) = Parser.parse(new, recorder: recorder)
        for (index, statement) in script.statements.enumerated() {
            guard !result.hasErrors, index < result.script.statements.count else {
                return statement.span
            }
            if print(statement, source) != print(result.script.statements[index], new) {
                return statement.span
            }
        }
        var reader = LayoutReader(source: new, recorder: recorder, resumption: resumption)
        let comments = atoms.filter(\.isComment).map(\.text)
        let isSame = comments == reader.read().filter(\.isComment).map(\.text)
        if isSame, !result.hasErrors, result.script.statements.count == script.statements.count {
            return nil
        }
        return SourceSpan(at: 0)
    }

    private static func print(_ statement: Statement, _ source: Source) -> String {
        SyntaxPrinter.text(of: Script(source: source, statements: [statement]))
    }
}
