/// Decides whether a text follows the grammar, straight from the rules: first match wins, results
/// are remembered per rule, place and mode. Shares nothing with the parser.
final class Recogniser {
    private let grammar: Grammar
    private let bytes: [UInt8]
    private let limit: Int
    /// End of each rule at each place in each mode: 0 unknown, 1 no match, else end + 2.
    private var memo: [Int32]
    /// The end of the blanks at each place in each mode, plus 1.
    private var blanks: [Int32]
    /// Where the line after a line end begins when bodies of here-documents come between.
    private var resumption: [Int: Int]
    private let blankRule: Int
    private let isShell: Bool

    /// `asShell` reads the shell dialect.
    init(_ grammar: Grammar, _ text: String, asShell: Bool = false) {
        self.grammar = grammar
        isShell = asShell
        bytes = Array(text.utf8)
        limit = bytes.count
        resumption = [:]
        memo = Array(repeating: 0, count: grammar.rules.count * 3 * (bytes.count + 1))
        blanks = Array(repeating: 0, count: 3 * (bytes.count + 1))
        blankRule = grammar.number("blank")
    }

    /// For the interpolations of a body, which end where the body ends.
    private init(within outer: Recogniser, limit: Int) {
        grammar = outer.grammar
        isShell = outer.isShell
        bytes = outer.bytes
        self.limit = limit
        resumption = outer.resumption
        memo = Array(repeating: 0, count: outer.memo.count)
        blanks = Array(repeating: 0, count: outer.blanks.count)
        blankRule = outer.blankRule
    }

    private var startRule: Int { grammar.number(isShell ? "shell text" : "script") }

    /// True when the whole text is a script, or a text of the shell dialect.
    func accepts() -> Bool { matchRule(startRule, 0, 0) >= 0 }

    // MARK: Coverage

    /// The rules that make up the match of an accepted text.
    func usedRules() -> Set<Int> {
        var used: Set<Int> = []
        if accepts() { walk(rule: startRule, 0, 0, &used) }
        return used
    }

    /// The rules that matched anywhere, if only where they should not.
    func matchedRules() -> Set<Int> {
        let stride = 3 * (bytes.count + 1)
        return Set(
            grammar.rules.indices.filter { rule in
                memo[(rule * stride)..<((rule + 1) * stride)].contains { $0 > 1 }
            })
    }

    private func walk(rule: Int, _ place: Int, _ mode: Int, _ used: inout Set<Int>) {
        used.insert(rule)
        let inner = grammar.rules[rule]
        walk(inner.node, place, mode, skips: !inner.isExact, &used)
    }

    /// Goes the way that the match went; what has matched is remembered, so this costs little.
    private func walk(
        _ node: Int, _ place: Int, _ mode: Int, skips: Bool, _ used: inout Set<Int>
    ) {
        switch grammar.nodes[node] {
        case .text, .range, .any, .special: if skips { walkBlanks(place, mode, &used) }
        case .notAhead: break
        case .rule(let rule):
            let isSkipping = skips && grammar.rules[rule].isExact
            if isSkipping { walkBlanks(place, mode, &used) }
            walk(rule: rule, isSkipping ? skip(place, mode) : place, mode, &used)
        case .glued(let part):
            if case .rule(let rule) = grammar.nodes[part] { walk(rule: rule, place, mode, &used) }
        case .sequence(let parts):
            var place = place
            for part in parts {
                walk(part, place, mode, skips: skips, &used)
                place = match(part, place, mode, skips: skips)
            }
        case .choice(let parts):
            let part = parts.first { match($0, place, mode, skips: skips) >= 0 }
            if let part { walk(part, place, mode, skips: skips, &used) }
        case .many(let part):
            var place = place
            while case let next = match(part, place, mode, skips: skips), next > place {
                walk(part, place, mode, skips: skips, &used)
                place = next
            }
        case .optional(let part), .ahead(let part):
            if match(part, place, mode, skips: skips) >= 0 {
                walk(part, place, mode, skips: skips, &used)
            }
        case .mode(let inner, let part): walk(part, place, inner.number, skips: skips, &used)
        }
    }

    private func walkBlanks(_ place: Int, _ mode: Int, _ used: inout Set<Int>) {
        var place = place
        while case let next = matchRule(blankRule, place, mode), next > place {
            walk(rule: blankRule, place, mode, &used)
            place = next
        }
    }

    // MARK: Matching

    private func matchRule(_ rule: Int, _ place: Int, _ mode: Int) -> Int {
        let slot = (rule * 3 + mode) * (bytes.count + 1) + place
        if memo[slot] != 0 { return memo[slot] == 1 ? -1 : Int(memo[slot]) - 2 }
        let end = match(
            grammar.rules[rule].node, place, mode, skips: !grammar.rules[rule].isExact)
        memo[slot] = end < 0 ? 1 : Int32(end + 2)
        return end
    }

    private func skip(_ place: Int, _ mode: Int) -> Int {
        let slot = mode * (bytes.count + 1) + place
        if blanks[slot] != 0 { return Int(blanks[slot]) - 1 }
        var end = place
        while true {
            let next = matchRule(blankRule, end, mode)
            if next <= end { break }
            end = next
        }
        blanks[slot] = Int32(end + 1)
        return end
    }

    private func match(_ node: Int, _ place: Int, _ mode: Int, skips: Bool) -> Int {
        switch grammar.nodes[node] {
        case .text(let text, let isWord):
            return matchText(text, isWord, skips ? skip(place, mode) : place, inRegister: skips)
        case .rule(let rule):
            let start = skips && grammar.rules[rule].isExact ? skip(place, mode) : place
            return matchRule(rule, start, mode)
        case .sequence(let parts):
            var end = place
            for part in parts {
                end = match(part, end, mode, skips: skips)
                if end < 0 { return -1 }
            }
            return end
        case .choice(let parts):
            for part in parts {
                let end = match(part, place, mode, skips: skips)
                if end >= 0 { return end }
            }
            return -1
        case .many(let part):
            var end = place
            while true {
                let next = match(part, end, mode, skips: skips)
                if next <= end { return end }
                end = next
            }
        case .optional(let part):
            let end = match(part, place, mode, skips: skips)
            return end < 0 ? place : end
        case .ahead(let part): return match(part, place, mode, skips: skips) < 0 ? -1 : place
        case .notAhead(let part): return match(part, place, mode, skips: skips) < 0 ? place : -1
        case .glued(let part): return matchGlued(part, place, mode)
        case .mode(let inner, let part): return match(part, place, inner.number, skips: skips)
        case .range(let low, let high):
            let start = skips ? skip(place, mode) : place
            return start < limit && bytes[start] >= low && bytes[start] <= high ? start + 1 : -1
        case .any:
            let start = skips ? skip(place, mode) : place
            return start < limit ? start + 1 : -1
        case .special(let special):
            return match(special, skips ? skip(place, mode) : place, mode)
        }
    }

    private func matchGlued(_ node: Int, _ place: Int, _ mode: Int) -> Int {
        switch grammar.nodes[node] {
        case .text(let text, let isWord): return matchText(text, isWord, place, inRegister: true)
        case .rule(let rule): return matchRule(rule, place, mode)
        case .special(let special): return match(special, place, mode)
        default: preconditionFailure("`~` before something else")
        }
    }

    private func matchText(
        _ text: [UInt8], _ isWord: Bool, _ place: Int, inRegister: Bool
    ) -> Int {
        guard has(text, place) else { return -1 }
        let end = place + text.count
        guard inRegister else { return end }
        if isWord { return end < limit && isNamePart(bytes[end]) ? -1 : end }
        for sign in grammar.signs where sign.count > text.count {
            if has(sign, place) { return -1 }
        }
        return end
    }

    private func has(_ text: [UInt8], _ place: Int) -> Bool {
        guard place + text.count <= limit else { return false }
        for index in text.indices where bytes[place + index] != text[index] { return false }
        return true
    }

    private func isNamePart(_ byte: UInt8) -> Bool {
        (byte | 0x20) >= 97 && (byte | 0x20) <= 122 || byte >= 48 && byte <= 57 || byte == 95
    }

    // MARK: What the grammar says in words

    private func match(_ special: Grammar.Special, _ place: Int, _ mode: Int) -> Int {
        switch special {
        case .end: return place == limit ? place : -1
        case .free: return mode == 1 ? place : -1
        case .notFree: return mode == 1 ? -1 : place
        case .substitution: return mode == 2 ? place : -1
        case .bodies: return min(resumption[place - 1] ?? place, limit)
        case .bodyAhead:
            return place < limit && bytes[place] == 10 && resumption[place] != nil ? place : -1
        case .rawBody: return matchBody(at: place, openers: [])
        case .interpolatedBody: return matchBody(at: place, openers: ["${"])
        case .shellBody: return matchBody(at: place, openers: ["${", "$(", "`"])
        case .outermost: return limit == bytes.count ? place : -1
        case .backquotedList: return matchBackquoted(at: place)
        case .script: return isShell ? -1 : place
        case .shell: return isShell ? place : -1
        }
    }

    private func matchBackquoted(at place: Int) -> Int {
        var end = place
        while end < limit, bytes[end] != 96, match(.bodyAhead, end, 0) < 0 {
            end += bytes[end] == 92 ? 2 : 1
        }
        guard end < limit, bytes[end] == 96 else { return -1 }
        let inner = Recogniser(within: self, limit: end)
        let last = inner.matchRule(grammar.number("commands"), place, 0)
        return last >= 0 && inner.skip(last, 0) == end ? end + 1 : -1
    }

    private func matchBody(at place: Int, openers: [String]) -> Int {
        var tagEnd = place
        if bytes[place - 1] == 34 || bytes[place - 1] == 39 { tagEnd -= 1 }
        var tagStart = tagEnd
        while tagStart > 0, isNamePart(bytes[tagStart - 1]) { tagStart -= 1 }
        let tag = bytes[tagStart..<tagEnd]
        var lineEnd = endOfLine(place)
        while lineEnd < limit, bytes[lineEnd - 1] == 92 { lineEnd = endOfLine(lineEnd + 1) }
        let first = resumption[lineEnd].flatMap { $0 > lineEnd + 1 ? bodyStarts[place] ?? $0 : nil }
        let bodyStart = bodyStarts[place] ?? first ?? lineEnd + 1
        bodyStarts[place] = bodyStart
        var start = bodyStart
        while start < limit {
            let end = endOfLine(start)
            let line = bytes[start..<end].drop(while: isBlank)
            let trimmed = line.reversed().drop(while: isBlank).reversed()
            if trimmed.elementsEqual(tag) {
                let indentation = bytes[start..<line.startIndex]
                if !openers.isEmpty, !matchLines(bodyStart..<start, indentation, openers) {
                    return -1
                }
                resumption[lineEnd] = max(resumption[lineEnd] ?? 0, min(end + 1, limit))
                return place
            }
            start = end + 1
        }
        return -1
    }

    /// Where the body of the here-document with this place began; it does not move when the rule is
    /// tried again.
    private var bodyStarts: [Int: Int] = [:]

    /// The interpolations or expansions of a body, which begin with these signs.
    private func matchLines(
        _ body: Range<Int>, _ indentation: ArraySlice<UInt8>, _ openers: [String]
    ) -> Bool {
        let inner = Recogniser(within: self, limit: body.upperBound)
        let expansion = grammar.number(openers.count == 1 ? "interpolation" : "expanded")
        let openers = openers.map { Array($0.utf8) }
        var place = body.lowerBound
        var isLineStart = true
        while place < body.upperBound {
            if isLineStart {
                for byte in indentation {
                    guard place < body.upperBound, bytes[place] == byte else { break }
                    place += 1
                }
                isLineStart = false
                continue
            }
            if openers.contains(where: { has($0, place) }) {
                place = inner.matchRule(expansion, place, 0)
                if place < 0 { return false }
            } else if bytes[place] == 92, place + 1 < body.upperBound,
                [92, 36, 96].contains(bytes[place + 1])
            {
                place += 2
            } else {
                isLineStart = bytes[place] == 10
                place += 1
            }
        }
        return true
    }

    private func endOfLine(_ place: Int) -> Int {
        var place = place
        while place < limit, bytes[place] != 10 { place += 1 }
        return place
    }

    private func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }
}
