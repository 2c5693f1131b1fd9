/// A small generator of numbers, the same on every machine (xorshift).
struct TestRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return state
    }
}

/// Changes of one token.
enum Mutation {
    /// A text cut into names, numbers, runs of blanks and single signs.
    static func tokens(_ text: String) -> [String] {
        var tokens: [String] = []
        var rest = Substring(text)
        while let first = rest.first {
            let token: Substring
            if first.isASCII, first.isLetter || first.isNumber || first == "_" {
                token = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
            } else if first == " " {
                token = rest.prefix { $0 == " " }
            } else {
                token =
                    signs.first { rest.hasPrefix($0) }.map { rest.prefix($0.count) }
                    ?? rest.prefix(1)
            }
            tokens.append(String(token))
            rest = rest.dropFirst(token.count)
        }
        return tokens
    }

    private static let signs = [
        "...", "==", "!=", "<=", ">=", "=~", "=>", "<<", "..", "${", "$(", "&&", "||", "+=",
    ]

    /// What is put into texts, besides the tokens of other texts.
    private static let extras = [
        "{", "}", "(", ")", "[", "]", "\"", "'", "=", "==", "<", "<<", ">", "|", "&", "$", "${",
        "$(",
        "`", ".", "..", "...", "…", ",", ":", ";", "\n", " ", "#", "\\", "/", "@", "*", "%", "!",
        "-",
        "+", "?", "~", "not", "if", "in", "every", "where", "sort by", "has", "fn", "output", "it",
        "1", "0", "5m", "25%", "x", "é", "then", "else", "expect", "matches", "=>", "let", "and",
        "at", "for", "scenario", "within", "contains", "exists", "print", "return",
    ]

    /// The text with one token deleted, doubled, swapped with the next, replaced or inserted.
    static func mutate(_ text: String, pool: [String], _ random: inout TestRandom) -> String {
        var tokens = tokens(text)
        let place = Int.random(in: 0..<tokens.count, using: &random)
        let fromPool = Int.random(in: 0..<4, using: &random) == 0
        let other = (fromPool ? pool : extras).randomElement(using: &random)!
        switch Int.random(in: 0..<6, using: &random) {
        case 0: tokens.remove(at: place)
        case 1: tokens.insert(tokens[place], at: place)
        case 2 where place + 1 < tokens.count: tokens.swapAt(place, place + 1)
        case 3: tokens[place] = other
        default: tokens.insert(other, at: place)
        }
        return tokens.joined()
    }
}
