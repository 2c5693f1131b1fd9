import Syntax

extension Resolver {
    /// Warns of `$name` in a text where a variable has that name: `${name}` is its value.
    mutating func checkDollars(in literal: StringLiteral) {
        let mayHold = literal.pieces.contains { piece in
            if case .text(let text) = piece { text.utf8.contains(UInt8(ascii: "$")) } else { false }
        }
        guard mayHold, !literal.isRaw, !isShell else { return }
        let bytes = source.utf8
        var offset = Int(literal.span.start)
        let end = Int(literal.span.end)
        while offset < end {
            switch bytes[offset] {
            case UInt8(ascii: "\\"): offset += 2
            case UInt8(ascii: "$") where offset + 1 < end && bytes[offset + 1] == UInt8(ascii: "{"):
                offset = Self.end(ofBraces: bytes, from: offset + 1, before: end)
            case UInt8(ascii: "$"):
                let start = offset
                offset += 1
                while offset < end, Self.isNamePart(bytes[offset]) { offset += 1 }
                warnOfDollar(at: SourceSpan(start: start, end: offset))
            default: offset += 1
            }
        }
    }

    /// Warns of a `$name` that stays as it is though a variable has that name.
    mutating func warnOfDollar(at span: SourceSpan) {
        let name = String(source.text(in: span).dropFirst())
        guard !name.isEmpty, let binding = lookUp(name), !binding.isFunction else { return }
        report(.dollarStays(name), at: span)
    }

    /// Behind the brace that closes the one at `start`; what stands between is looked at on its own.
    private static func end(ofBraces bytes: [UInt8], from start: Int, before end: Int) -> Int {
        var depth = 0
        var offset = start
        while offset < end {
            if bytes[offset] == UInt8(ascii: "{") { depth += 1 }
            if bytes[offset] == UInt8(ascii: "}") { depth -= 1 }
            offset += 1
            if depth == 0 { break }
        }
        return offset
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
