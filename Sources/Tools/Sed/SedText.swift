/// The texts inside sed's commands: escapes of patterns, pieces of replacements, characters of `y`.
enum SedText {
    /// What `\t` and its like stand for.
    static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "a"): 7
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        case UInt8(ascii: "v"): 11
        default: nil
        }
    }

    /// `\x41`, `\d065`, `\o101` and `\cA` at the start of what follows a backslash: the byte and how
    /// many bytes it takes.
    private static func numericEscape(_ text: ArraySlice<UInt8>) -> (byte: UInt8, count: Int)? {
        guard let kind = text.first else { return nil }
        if kind == UInt8(ascii: "c"), let letter = text.dropFirst().first {
            return (letter.asciiUppercased ^ 0x40, 2)
        }
        let bases: [UInt8: (radix: Int, digits: Int)] = [
            UInt8(ascii: "x"): (16, 2), UInt8(ascii: "d"): (10, 3), UInt8(ascii: "o"): (8, 3),
        ]
        guard let base = bases[kind] else { return nil }
        let digits = text.dropFirst().prefix(base.digits).prefix { byte in
            byte < 128
                && Character(Unicode.Scalar(byte)).hexDigitValue.map { $0 < base.radix } ?? false
        }
        guard let value = Int(digits.text, radix: base.radix) else { return nil }
        return (UInt8(truncatingIfNeeded: value), digits.count + 1)
    }

    /// A pattern with the escapes that only sed knows written out.
    static func patternText(_ text: [UInt8], isExtended: Bool) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            let next = text[place]
            place += 1
            guard next == UInt8(ascii: "\\"), place < text.count else {
                result.append(next)
                continue
            }
            if let byte = simpleEscape(text[place]) {
                result.append(byte)
                place += 1
            } else if let (byte, count) = numericEscape(text[place...]) {
                // A sign that is written by its number is plain.
                if "^$.*[]\\/+?(){}|".utf8.contains(byte),
                    isExtended || "^$.*[]\\".utf8.contains(byte)
                {
                    result.append(UInt8(ascii: "\\"))
                }
                result.append(byte)
                place += count
            } else {
                result += [next, text[place]]
                place += 1
            }
        }
        return result
    }

    /// `\1`, `&`, `\n`, `\U` and escaped characters of a replacement.
    static func pieces(_ text: [UInt8]) -> [SedPiece] {
        var pieces: [SedPiece] = []
        var plain: [UInt8] = []
        var place = 0
        func flush() {
            if !plain.isEmpty { pieces.append(.text(plain)) }
            plain = []
        }
        while place < text.count {
            let next = text[place]
            place += 1
            if next == UInt8(ascii: "&") {
                flush()
                pieces.append(.group(0))
                continue
            }
            guard next == UInt8(ascii: "\\"), place < text.count else {
                plain.append(next)
                continue
            }
            let escaped = text[place]
            if escaped.isDigit {
                flush()
                pieces.append(.group(Int(escaped - 0x30)))
                place += 1
            } else if let letterCase = letterCase(escaped) {
                flush()
                pieces.append(.letterCase(letterCase))
                place += 1
            } else if let byte = simpleEscape(escaped) {
                plain.append(byte)
                place += 1
            } else if let (byte, count) = numericEscape(text[place...]) {
                plain.append(byte)
                place += count
            } else {
                plain.append(escaped)
                place += 1
            }
        }
        flush()
        return pieces
    }

    private static func letterCase(_ letter: UInt8) -> SedLetterCase? {
        switch letter {
        case UInt8(ascii: "U"): .upper
        case UInt8(ascii: "L"): .lower
        case UInt8(ascii: "E"): .end
        case UInt8(ascii: "u"): .nextUpper
        case UInt8(ascii: "l"): .nextLower
        default: nil
        }
    }

    /// The characters of one side of `y`.
    static func characters(_ text: [UInt8]) -> [UInt32] {
        var plain: [UInt8] = []
        var place = 0
        while place < text.count {
            let next = text[place]
            place += 1
            guard next == UInt8(ascii: "\\"), place < text.count else {
                plain.append(next)
                continue
            }
            plain.append(simpleEscape(text[place]) ?? text[place])
            place += 1
        }
        return String(decoding: plain, as: UTF8.self).unicodeScalars.map(\.value)
    }
}
