/// Brace lists and ranges: `{a,b}`, `{1..5}`.
extension Parser {
    /// The end of `{a,b}` or `{1..5}` that begins at an offset; nil where the brace is no such list.
    func bracesEnd(from place: Int) -> Int? {
        guard expandsBraces, lexer.byte(place) == UInt8(ascii: "{") else { return nil }
        return rangeEnd(from: place) ?? choicesEnd(from: place, depth: 0)
    }

    /// "{", integer, "..", integer, "}"
    func rangeEnd(from place: Int) -> Int? {
        guard let first = integerEnd(place + 1), lexer.has("..", at: first),
            let last = integerEnd(first + 2), lexer.byte(last) == UInt8(ascii: "}")
        else { return nil }
        return last + 1
    }

    func integerEnd(_ place: Int) -> Int? {
        let digits = lexer.byte(place) == UInt8(ascii: "-") ? place + 1 : place
        var end = digits
        while Characters.isDigit(lexer.byte(end)), end - digits < 9 { end += 1 }
        return end > digits ? end : nil
    }

    /// "{", choice, ",", choice, { ",", choice }, "}" ; with plain text and such braces in the choices
    func choicesEnd(from place: Int, depth: Int) -> Int? {
        guard depth < options.limits.nesting else { return nil }
        var place = place + 1
        var commas = 0
        var isFirst = true
        while place < lexer.limit {
            let byte = lexer.bytes[place]
            switch byte {
            case UInt8(ascii: ","):
                commas += 1
                isFirst = true
                place += 1
                continue
            case UInt8(ascii: "}"): return commas > 0 ? place + 1 : nil
            case UInt8(ascii: "{"):
                guard
                    let end = rangeEnd(from: place) ?? choicesEnd(from: place, depth: depth + 1)
                else { return nil }
                place = end
            case UInt8(ascii: ".") where isFirst: return nil
            case UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "+"):
                place += 1
            case _ where Characters.isNamePart(byte): place += 1
            default: return nil
            }
            isFirst = false
        }
        return nil
    }

    /// braces = "{", choice, ",", choice, { ",", choice }, "}" | "{", integer, "..", integer, "}" ;
    mutating func parseBraces(to end: Int) throws(SyntaxFailure) -> WordPiece {
        let start = offset
        let text = lexer.text(start..<end)
        move(to: end)
        lastEnd = end
        let limit = options.limits.choices
        guard let choices = Self.choices(Substring(text), limit: limit) else {
            throw fail(.tooManyChoices(limit: limit), at: span(from: start))
        }
        return .braces(choices)
    }

    /// The texts that a text with braces stands for; nil where they are more than `limit`.
    static func choices(_ text: Substring, limit: Int) -> [String]? {
        guard let open = text.firstIndex(of: "{") else { return [String(text)] }
        let (parts, close) = parts(text[open...])
        var firsts: [String] = []
        if parts.count == 1 {
            guard let numbers = numbers(parts[0], limit: limit) else { return nil }
            firsts = numbers
        } else {
            for part in parts {
                guard let more = choices(part, limit: limit - firsts.count) else { return nil }
                firsts += more
            }
        }
        guard let rests = choices(text[text.index(after: close)...], limit: limit),
            firsts.count * rests.count <= limit
        else { return nil }
        return firsts.flatMap { first in rests.map { text[..<open] + first + $0 } }
    }

    /// What stands between the commas of the first brace, and the place of its partner.
    static func parts(_ text: Substring) -> (parts: [Substring], close: String.Index) {
        var depth = 0
        var parts: [Substring] = []
        var start = text.index(after: text.startIndex)
        for index in text.indices {
            switch text[index] {
            case "{": depth += 1
            case "}": depth -= 1
            case "," where depth == 1:
                parts.append(text[start..<index])
                start = text.index(after: index)
            default: break
            }
            if depth == 0 { return (parts + [text[start..<index]], index) }
        }
        preconditionFailure("the braces pair")
    }

    /// `1..3` as its numbers, up or down; nil where they are more than `limit`.
    static func numbers(_ text: Substring, limit: Int) -> [String]? {
        let ends = text.split(separator: ".").compactMap { Int($0) }
        guard ends.count == 2, abs(ends[0] - ends[1]) < limit else { return nil }
        let (first, last) = (ends[0], ends[1])
        return first <= last
            ? (first...last).map(String.init) : (last...first).reversed().map(String.init)
    }
}
