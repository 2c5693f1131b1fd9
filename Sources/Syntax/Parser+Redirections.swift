extension Parser {
    /// redirection = [ digits ], ( sign, word | here-document ) | ( "&>" | "&>>" ), word ;
    mutating func parseRedirection() throws(SyntaxFailure) -> Redirection? {
        let start = offset
        var signs = start
        while Characters.isDigit(lexer.byte(signs)) { signs += 1 }
        let descriptor = signs > start ? Int(lexer.text(start..<signs)) : nil
        guard let operation = redirectionOperator(at: signs), signs - start < 4,
            descriptor == nil || lexer.byte(signs) != UInt8(ascii: "&")
        else { return nil }
        move(to: signs)
        if operation == .hereDocument {
            let document = try parseHereDocument(inCommand: true)
            recorder?.word(from: start, to: offset)
            return Redirection(
                descriptor: descriptor, operation: .hereDocument, target: .hereDocument(document),
                span: span(from: start))
        }
        move(to: signs + operation.rawValue.utf8.count)
        lastEnd = offset
        skipWordBlanks()
        noteFile()
        guard startsWord() else {
            throw unexpected("a word after `\(operation.rawValue)`")
        }
        let word = try parseWord()
        recorder?.word(from: start, to: offset)
        return Redirection(
            descriptor: descriptor, operation: operation, target: .word(word),
            span: span(from: start))
    }

    /// The longest sign of a redirection at an offset; `<(` is none.
    private func redirectionOperator(at place: Int) -> Redirection.Operator? {
        switch lexer.byte(place) {
        case UInt8(ascii: "<"):
            if lexer.has("<(", at: place) { return nil }
            if lexer.has("<<<", at: place) { return .hereString }
            if lexer.has("<<", at: place) { return .hereDocument }
            return lexer.has("<&", at: place) ? .duplicateInput : .input
        case UInt8(ascii: ">"):
            if lexer.has(">>", at: place) { return .append }
            return lexer.has(">&", at: place) ? .duplicateOutput : .output
        case UInt8(ascii: "&"):
            if lexer.has("&>>", at: place) { return .appendBoth }
            return lexer.has("&>", at: place) ? .bothOutputs : nil
        default: return nil
        }
    }
}
