// Here-documents (DECISIONS 4).

extension Parser {
    /// here-document = "<<", [ "-" ], ( [ "$" ], tag | "'", tag, "'" | '"', tag, '"' ) ;
    ///
    /// The body begins on the line after the one that holds the operator, or after the body of the
    /// here-document before it on that line. It is read at once; `lexer.resumption` makes the line
    /// end skip it.
    mutating func parseHereDocument(inCommand: Bool) throws(SyntaxFailure) -> HereDocument {
        let start = peekStart()
        if lexer.limit < lexer.bytes.count, inCommand {
            throw unexpected(
                "a command without a here-document",
                hint: "here-documents cannot stand in backquotes or in one another; "
                    + "write `$(…)` instead of backquotes")
        }
        move(to: start + 2)
        if lexer.byte(offset) == UInt8(ascii: "-") { move(to: offset + 1) }
        if inCommand { skipWordBlanks() }
        let mark = lexer.byte(offset)
        let isQuoted = mark == UInt8(ascii: "'") || mark == UInt8(ascii: "\"")
        let isMarked = mark == UInt8(ascii: "$")
        if isQuoted || isMarked { move(to: offset + 1) }
        let tagEnd = lexer.nameEnd(from: offset)
        let tag = lexer.text(offset..<tagEnd)
        if isQuoted, !tag.isEmpty, lexer.byte(tagEnd) != mark {
            throw unterminated(offset - 1, isInExpression: false)
        }
        guard !tag.isEmpty else {
            let token = lexer.token(from: offset, free: false)
            lastEnd = offset
            throw fail(.hereDocumentTag(found: describe(token)), at: token.span)
        }
        move(to: isQuoted ? tagEnd + 1 : tagEnd)
        lastEnd = offset
        let end = offset
        let isInterpolated = isMarked || inCommand && !isQuoted
        let operatorSpan = SourceSpan(start: start, end: end)
        let lines = try bodyLines(tag, operatorSpan)
        let isShellStyle = inCommand && !isMarked && !isQuoted
        let pieces = try parseBody(
            lines, isInterpolated: isInterpolated, isShellStyle: isShellStyle)
        move(to: end)
        lastEnd = end
        recorder?.word(from: start, to: end)
        height = max(height, 1)
        return HereDocument(
            tag: tag, isInterpolated: isInterpolated,
            isShellStyle: isShellStyle, pieces: pieces, span: operatorSpan)
    }

    private mutating func peekStart() -> Int {
        lexer.has("<<", at: offset) ? offset : peek().start
    }

    /// The lines of the body, each with its line end and without the terminator's indentation.
    private mutating func bodyLines(
        _ tag: String, _ operatorSpan: SourceSpan
    ) throws(SyntaxFailure) -> [Range<Int>] {
        var lineEnd = lexer.lineEnd(from: offset)
        while lineEnd < lexer.limit, isContinued(lineEnd) {
            lineEnd = lexer.lineEnd(from: lineEnd + 1)
        }
        var lines: [Range<Int>] = []
        var start = lexer.afterLineEnd(lineEnd)
        while start < lexer.limit {
            let end = lexer.lineEnd(from: start)
            var first = start
            while first < end, Characters.isBlank(lexer.bytes[first]) { first += 1 }
            var last = end
            while last > first, Characters.isBlank(lexer.bytes[last - 1]) { last -= 1 }
            if last - first == tag.utf8.count, lexer.text(first..<last) == tag {
                lexer.resumption[lineEnd] = min(end + 1, lexer.limit)
                move(to: offset)
                return lines.map { stripped($0, of: start..<first) }
            }
            lines.append(start..<min(end + 1, lexer.limit))
            start = end + 1
        }
        if lexer.limit == lexer.bytes.count { noteIncomplete() }
        let failure = fail(
            isShell
                ? .shell("here-document delimited by end-of-file (wanted `\(tag)')")
                : .unterminatedHereDocument(tag: tag), at: operatorSpan)
        move(to: lexer.limit)
        throw failure
    }

    /// Whether a backslash stands before a line end, as `Lexer.continuationLength` sees it.
    private func isContinued(_ lineEnd: Int) -> Bool {
        let isReturn = lexer.bytes[lineEnd - 1] == UInt8(ascii: "\r")
        return lexer.byte(isReturn ? lineEnd - 2 : lineEnd - 1) == UInt8(ascii: "\\")
    }

    /// A line without as much of the indentation as it shares.
    private func stripped(_ line: Range<Int>, of indentation: Range<Int>) -> Range<Int> {
        var start = line.lowerBound
        for place in indentation {
            guard start < line.upperBound, lexer.bytes[start] == lexer.bytes[place] else { break }
            start += 1
        }
        return start..<line.upperBound
    }

    private mutating func parseBody(
        _ lines: [Range<Int>], isInterpolated: Bool, isShellStyle: Bool
    ) throws(SyntaxFailure) -> [StringPiece] {
        var builder = PieceBuilder()
        guard isInterpolated, let bodyEnd = lines.last?.upperBound else {
            for line in lines { builder.append(lexer.bytes[line]) }
            return builder.finish()
        }
        let limit = lexer.limit
        lexer.limit = bodyEnd
        defer { lexer.limit = limit }
        for line in lines where offsetReaches(line) {
            move(to: max(offset, line.lowerBound))
            while offset < line.upperBound {
                switch lexer.bytes[offset] {
                case UInt8(ascii: "\\"): appendShellEscape(to: &builder, quotes: false)
                case UInt8(ascii: "$") where !isShellStyle && lexer.has("${", at: offset):
                    builder.append(try parseInterpolation())
                default:
                    if isShellStyle, let piece = try parseExpandedPiece() {
                        builder.append(piece)
                    } else {
                        builder.append(lexer.bytes[offset])
                        move(to: offset + 1)
                    }
                }
            }
        }
        return builder.finish()
    }

    /// False for a line that lies inside an interpolation begun on a line before.
    private func offsetReaches(_ line: Range<Int>) -> Bool {
        offset < line.upperBound
    }
}
