// `>`, `<`, `2>&1` and here-documents.
extension ShellParser {
    mutating func redirection() throws(ShellSyntaxProblem) -> ShellRedirection? {
        var place = at
        var descriptor: Int?
        while place < bytes.count, (0x30...0x39).contains(bytes[place]), place - at < 3 {
            place += 1
        }
        if place > at { descriptor = Int(String(decoding: bytes[at..<place], as: UTF8.self)) }
        var isBoth = false
        if place == at, isNext("&>") {
            isBoth = true
            place += 1
        }
        guard place < bytes.count,
            bytes[place] == UInt8(ascii: "<") || bytes[place] == UInt8(ascii: ">")
        else { return nil }
        at = place
        if isNext("<<") { return try hereText(descriptor ?? 0) }
        let isInput = peek == UInt8(ascii: "<")
        at += 1
        var kind = isInput ? ShellRedirection.Kind.read : .write
        if peek == UInt8(ascii: ">"), !isInput {
            kind = .append
            at += 1
        } else if peek == UInt8(ascii: "&") {
            kind = .duplicate
            at += 1
        } else if peek == UInt8(ascii: "|"), !isInput {
            at += 1
        }
        skipBlanks()
        guard let target = try word() else { throw .unexpected("newline") }
        // Both streams: descriptor -1.
        return ShellRedirection(
            descriptor: isBoth ? -1 : descriptor ?? (isInput ? 0 : 1), kind: kind,
            target: .init(target))
    }

    private mutating func hereText(_ descriptor: Int) throws(ShellSyntaxProblem) -> ShellRedirection
    {
        at += 2
        if peek == UInt8(ascii: "<") {
            at += 1
            skipBlanks()
            guard var word = try word() else { throw .unexpected("newline") }
            word.parts.append(.text("\n", isQuoted: true))
            return ShellRedirection(descriptor: descriptor, kind: .text, target: .init(word))
        }
        let strips = peek == UInt8(ascii: "-")
        if strips { at += 1 }
        skipBlanks()
        guard let end = try word(), let text = end.constantText else {
            throw .unexpected("newline")
        }
        let here = ShellRedirection.HereText(ShellWord())
        hereTexts.append((here, text, end.plainText == nil, strips))
        return ShellRedirection(descriptor: descriptor, kind: .text, target: here)
    }

    /// The lines of the here-documents that the line before asked for.
    mutating func readHereTexts() throws(ShellSyntaxProblem) {
        let wanted = hereTexts
        hereTexts = []
        for (text, end, isRaw, strips) in wanted {
            var body: [UInt8] = []
            while true {
                guard at < bytes.count else { throw .incomplete }
                let lineEnd = bytes[at...].firstIndex(of: 0x0A) ?? bytes.count
                var line = bytes[at..<lineEnd]
                at = min(lineEnd + 1, bytes.count)
                if strips { line = line.drop { $0 == 0x09 } }
                if String(decoding: line, as: UTF8.self) == end { break }
                body += line
                body.append(0x0A)
            }
            // The newline of the last line stays for whoever asks for a separator.
            if isRaw {
                text.word = ShellWord(
                    parts: [.text(String(decoding: body, as: UTF8.self), isQuoted: true)])
            } else {
                var inner = ShellParser(body)
                inner.depth = depth
                text.word = try inner.quotedText()
            }
        }
    }
}
