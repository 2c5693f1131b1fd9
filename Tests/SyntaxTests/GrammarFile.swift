import Foundation

/// The grammar as its file says it, flattened: nodes refer to one another by number.
struct Grammar {
    indirect enum Node {
        case text([UInt8], isWord: Bool)
        case rule(Int)
        case sequence([Int])
        case choice([Int])
        case many(Int)
        case optional(Int)
        case ahead(Int)
        case notAhead(Int)
        case glued(Int)
        case mode(Mode, Int)
        case range(UInt8, UInt8)
        case any
        case special(Special)
    }

    enum Mode: String {
        case lines, free, substitution
        var number: Int { self == .lines ? 0 : self == .free ? 1 : 2 }
    }

    enum Special: String {
        case end
        case free
        case notFree = "not free"
        case substitution
        case bodies
        case bodyAhead = "body ahead"
        case rawBody = "raw body"
        case interpolatedBody = "interpolated body"
        case shellBody = "shell body"
        case outermost
        case backquotedList = "backquoted list"
        case script
        case shell
    }

    struct Rule {
        var name: String
        /// Written `:=`: nothing is skipped in it.
        var isExact: Bool
        var node: Int
    }

    private(set) var nodes: [Node] = []
    private(set) var rules: [Rule] = []
    private var numbers: [String: Int] = [:]

    /// The signs of the rule `punctuation`, the longest first where one begins another.
    private(set) var signs: [[UInt8]] = []

    func number(_ name: String) -> Int { numbers[name]! }

    /// The rules that can be a part of a script; the others say what must not stand at some place.
    var constructiveRules: Set<Int> {
        var found: Set<Int> = []
        var open = [number("script")]
        while let rule = open.popLast() {
            guard found.insert(rule).inserted else { continue }
            collect(rules[rule].node, into: &open)
        }
        return found
    }

    private func collect(_ node: Int, into open: inout [Int]) {
        switch nodes[node] {
        case .rule(let rule): open.append(rule)
        case .sequence(let parts), .choice(let parts):
            for part in parts { collect(part, into: &open) }
        case .many(let part), .optional(let part), .glued(let part), .mode(_, let part),
            .ahead(let part):
            collect(part, into: &open)
        case .text, .notAhead, .range, .any, .special: break
        }
    }

    /// Reads grammar/drydock.ebnf.
    static let drydock: Grammar = {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("grammar/drydock.ebnf")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            preconditionFailure("no grammar at \(file.path)")
        }
        return Grammar(text)
    }()

    init(_ text: String) {
        var reader = Reader(text)
        while !reader.isAtEnd {
            let name = reader.name()
            let isExact = reader.accept(":=")
            if !isExact { reader.need("=") }
            let number = ruleNumber(name)
            precondition(rules[number].node < 0, "rule \(name) is defined twice")
            let node = choice(&reader)
            reader.need(";")
            rules[number] = Rule(name: name, isExact: isExact, node: node)
        }
        for rule in rules { precondition(rule.node >= 0, "rule \(rule.name) is not defined") }
        guard case .choice(let parts) = nodes[rules[number("punctuation")].node] else { return }
        for part in parts {
            if case .text(let bytes, _) = nodes[part] { signs.append(bytes) }
        }
        signs.sort { $0.count > $1.count }
    }

    private mutating func ruleNumber(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = rules.count
        rules.append(Rule(name: name, isExact: false, node: -1))
        return rules.count - 1
    }

    private mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    private mutating func choice(_ reader: inout Reader) -> Int {
        var parts = [sequence(&reader)]
        while reader.accept("|") { parts.append(sequence(&reader)) }
        return parts.count == 1 ? parts[0] : add(.choice(parts))
    }

    private mutating func sequence(_ reader: inout Reader) -> Int {
        var parts = [item(&reader)]
        while reader.accept(",") { parts.append(item(&reader)) }
        return parts.count == 1 ? parts[0] : add(.sequence(parts))
    }

    private mutating func item(_ reader: inout Reader) -> Int {
        if reader.accept("&") { return add(.ahead(item(&reader))) }
        if reader.accept("!") { return add(.notAhead(item(&reader))) }
        if reader.accept("~") { return add(.glued(item(&reader))) }
        if reader.accept("(") { return enclosed(&reader, ")") }
        if reader.accept("{") { return add(.many(enclosed(&reader, "}"))) }
        if reader.accept("[") { return add(.optional(enclosed(&reader, "]"))) }
        if reader.accept("?") {
            let words = reader.name()
            reader.need("?")
            guard let special = Special(rawValue: words) else {
                preconditionFailure("? \(words) ?")
            }
            return add(.special(special))
        }
        if reader.accept("@") {
            guard let mode = Mode(rawValue: reader.name()) else { preconditionFailure("mode") }
            reader.need("(")
            return add(.mode(mode, enclosed(&reader, ")")))
        }
        if let text = reader.text() {
            if reader.accept("..") {
                guard let end = reader.text() else { preconditionFailure("range") }
                return add(.range(text[0], end[0]))
            }
            let isWord = text.allSatisfy { ($0 | 0x20) >= 97 && ($0 | 0x20) <= 122 }
            return add(.text(text, isWord: isWord))
        }
        let name = reader.name()
        return name == "any" ? add(.any) : add(.rule(ruleNumber(name)))
    }

    private mutating func enclosed(_ reader: inout Reader, _ closer: String) -> Int {
        let node = choice(&reader)
        reader.need(closer)
        return node
    }

    /// The tokens of the notation.
    private struct Reader {
        private var tokens: [String] = []
        private var position = 0

        init(_ text: String) {
            var rest = Substring(text)
            while let first = rest.first {
                if first.isWhitespace {
                    rest.removeFirst()
                } else if rest.hasPrefix("(*") {
                    rest = rest[rest.range(of: "*)")!.upperBound...]
                } else if first == "\"" || first == "'" {
                    let end = rest.dropFirst().firstIndex(of: first)!
                    tokens.append(String(rest[...end]))
                    rest = rest[rest.index(after: end)...]
                } else if first == "#" {
                    let hex = rest.prefix(4)
                    tokens.append(String(hex))
                    rest = rest.dropFirst(4)
                } else if first.isLetter {
                    let word = rest.prefix { $0.isLetter || $0 == "-" }
                    tokens.append(String(word))
                    rest = rest.dropFirst(word.count)
                } else {
                    let sign = rest.hasPrefix(":=") || rest.hasPrefix("..") ? 2 : 1
                    tokens.append(String(rest.prefix(sign)))
                    rest = rest.dropFirst(sign)
                }
            }
        }

        var isAtEnd: Bool { position >= tokens.count }

        mutating func accept(_ token: String) -> Bool {
            guard position < tokens.count, tokens[position] == token else { return false }
            position += 1
            return true
        }

        mutating func need(_ token: String) {
            let near = tokens[max(0, position - 6)..<min(position + 2, tokens.count)]
            precondition(accept(token), "expected \(token) near \(near)")
        }

        /// Words in a row.
        mutating func name() -> String {
            var words: [String] = []
            while position < tokens.count, tokens[position].first!.isLetter {
                words.append(tokens[position])
                position += 1
            }
            precondition(!words.isEmpty, "expected a name")
            return words.joined(separator: " ")
        }

        mutating func text() -> [UInt8]? {
            guard position < tokens.count, let first = tokens[position].first else { return nil }
            let token = tokens[position]
            if first == "#" {
                position += 1
                return [UInt8(token.dropFirst(2), radix: 16)!]
            }
            guard first == "\"" || first == "'" else { return nil }
            position += 1
            return Array(token.dropFirst().dropLast().utf8)
        }
    }
}
