import Support

/// Breaks text in several faces into lines of a width: between words, and between wide characters except where
/// a line may not begin or end.
///
/// Source of the exceptions: Unicode Standard Annex 14, classes CL, EX, NS and OP, as far as Chinese uses them.
struct LineFiller {
    /// What is kept together: a word, or one wide character with the marks that cling to it.
    private struct Piece {
        var spans: [MarkdownSpan]
        var columns: Int
        /// Whether a blank stood before it.
        var followsBlank: Bool
    }

    private static let beginsNoLine = Set("，。、；：！？）》」』】”’…%％,.;:!?)]}")
    private static let endsNoLine = Set("（《「『【“‘([{")

    private var pieces: [Piece] = []
    private var followsBlank = false
    /// The last character and whether it is wide.
    private var last: (character: Character, isWide: Bool)?

    init(_ spans: [MarkdownSpan]) {
        for span in spans {
            if span.face == .code {
                add(span)
            } else {
                for character in span.text { add(character, span.face) }
            }
        }
    }

    private mutating func add(_ character: Character, _ face: MarkdownSpan.Face) {
        if character.isWhitespace {
            followsBlank = true
        } else {
            add(MarkdownSpan(face: face, text: String(character)))
        }
    }

    private mutating func add(_ span: MarkdownSpan) {
        guard let first = span.text.first, let end = span.text.last else { return }
        let isWide = span.face != .code && TextWidth.columns(String(first)) > 1
        if mayBreak(before: first, isWide) {
            pieces.append(
                Piece(spans: [span], columns: Self.columns(span), followsBlank: followsBlank))
        } else {
            join(span)
        }
        followsBlank = false
        last = (end, isWide)
    }

    private func mayBreak(before next: Character, _ isWide: Bool) -> Bool {
        guard let last, !followsBlank else { return true }
        if Self.beginsNoLine.contains(next) || Self.endsNoLine.contains(last.character) {
            return false
        }
        return isWide || last.isWide
    }

    private mutating func join(_ span: MarkdownSpan) {
        let last = pieces.count - 1
        pieces[last].columns += Self.columns(span)
        if let face = pieces[last].spans.last?.face, face == span.face, face != .code {
            pieces[last].spans[pieces[last].spans.count - 1].text += span.text
        } else {
            pieces[last].spans.append(span)
        }
    }

    /// Code is shown between marks that take two columns.
    private static func columns(_ span: MarkdownSpan) -> Int {
        TextWidth.columns(span.text) + (span.face == .code ? 2 : 0)
    }

    /// The lines. A piece that is wider than a line stands alone in one.
    func lines(_ width: Int) -> [[MarkdownSpan]] {
        var lines: [[MarkdownSpan]] = []
        var line: [MarkdownSpan] = []
        var column = 0
        for piece in pieces {
            let blank = piece.followsBlank && !line.isEmpty ? 1 : 0
            if !line.isEmpty, column + blank + piece.columns > width {
                lines.append(line)
                (line, column) = ([], 0)
            } else if blank == 1 {
                line.append(MarkdownSpan(face: .plain, text: " "))
                column += 1
            }
            line += piece.spans
            column += piece.columns
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
