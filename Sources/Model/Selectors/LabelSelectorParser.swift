import Support
import Value

/// Why a selector's text is refused, in apimachinery's words.
package struct SelectorError: Error, Hashable, Sendable {
    package let message: String
    init(_ message: String) { self.message = message }
}

extension LabelSelector {
    /// Reads the string form: requirements parted by commas, each `key`, `!key`, `key=value`,
    /// `key==value`, `key!=value`, `key in (a,b)`, `key notin (a,b)`, `key>1` or `key<1`. An empty
    /// text selects everything.
    ///
    /// Source of grammar and words: apimachinery, pkg/labels.
    package init(parsing text: String) throws(SelectorError) {
        var parser = LabelSelectorParser(text)
        self.init(try parser.selector())
    }
}

private struct LabelSelectorParser {
    private enum Token: Hashable {
        case word(String)
        case symbol(String)
        case end

        var literal: String {
            switch self {
            case .word(let text), .symbol(let text): text
            case .end: ""
            }
        }
        var isWord: Bool {
            if case .word = self { return true }
            return false
        }
    }

    private var bytes: Substring.UTF8View
    private var token: Token = .end

    init(_ text: String) {
        bytes = text[...].utf8
        advance()
    }

    /// selector = [ requirement { "," requirement } ]
    mutating func selector() throws(SelectorError) -> [LabelSelector.Requirement] {
        var requirements: [LabelSelector.Requirement] = []
        if token == .end { return [] }
        guard token.isWord || token == .symbol("!") else {
            throw SelectorError(
                "found '\(token.literal)', expected: !, identifier, or 'end of string'")
        }
        while true {
            do throws(SelectorError) {
                requirements.append(try requirement())
            } catch {
                throw SelectorError("unable to parse requirement: " + error.message)
            }
            if token == .end { return requirements }
            guard token == .symbol(",") else {
                throw SelectorError("found '\(token.literal)', expected: ',' or 'end of string'")
            }
            advance()
            guard token.isWord || token == .symbol("!") else {
                throw SelectorError("found '\(token.literal)', expected: identifier after ','")
            }
        }
    }

    /// requirement = [ "!" ] key | key operator values
    private mutating func requirement() throws(SelectorError) -> LabelSelector.Requirement {
        let isNegated = token == .symbol("!")
        if isNegated { advance() }
        guard case .word(let key) = token else {
            throw SelectorError("found '\(token.literal)', expected: identifier")
        }
        advance()
        try check(NameRules.qualifiedName(key), shown: key, path: "")
        if token == .end || token == .symbol(",") {
            return LabelSelector.Requirement(
                key: Key(key), operator: isNegated ? .doesNotExist : .exists, values: [])
        }
        if isNegated {
            // apimachinery infers no operator here either: `!a=b` reads on and fails at the comma.
            return LabelSelector.Requirement(key: Key(key), operator: .doesNotExist, values: [])
        }
        let `operator` = try self.operator()
        let values: [String]
        switch `operator` {
        case .isIn, .notIn: values = try list()
        default: values = [try exactValue()]
        }
        if `operator` == .greaterThan || `operator` == .lessThan, Int64(values[0]) == nil {
            throw SelectorError(
                "values[0]: Invalid value: \(GoSyntax.quote(values[0])): for 'Gt', 'Lt' operators, "
                    + "the value must be an integer")
        }
        for (index, value) in Array(Set(values)).sorted().enumerated() {
            try check(NameRules.labelValue(value), shown: value, path: "values[\(index)][\(key)]")
        }
        return LabelSelector.Requirement(key: Key(key), operator: `operator`, values: values)
    }

    private func check(
        _ messages: [String], shown: String, path: String
    ) throws(SelectorError) {
        guard !messages.isEmpty else { return }
        throw SelectorError(
            (path.isEmpty ? "<nil>" : path) + ": Invalid value: " + GoSyntax.quote(shown) + ": "
                + messages.joined(separator: "; "))
    }

    private mutating func `operator`() throws(SelectorError) -> LabelSelector.Operator {
        let found = token
        advance()
        switch found.literal {
        case "in": return .isIn
        case "notin": return .notIn
        case "=": return .equals
        case "==": return .doubleEquals
        case "!=": return .notEquals
        case ">": return .greaterThan
        case "<": return .lessThan
        default:
            throw SelectorError(
                "found '\(found.literal)', expected: in, notin, =, ==, !=, gt, lt")
        }
    }

    /// list = "(" [ value ] { "," [ value ] } ")"; a gap stands for the empty value
    private mutating func list() throws(SelectorError) -> [String] {
        guard token == .symbol("(") else {
            throw SelectorError("found '\(token.literal)' expected: '('")
        }
        advance()
        var values: [String] = []
        var needsValue = true
        guard token.isWord || token == .symbol(",") || token == .symbol(")") else {
            throw SelectorError("found '\(token.literal)', expected: ',', ')' or identifier")
        }
        while true {
            switch token {
            case .word(let value) where needsValue:
                values.append(value)
                needsValue = false
            case .symbol(","):
                if needsValue { values.append("") }
                needsValue = true
            case .symbol(")"):
                if needsValue { values.append("") }
                advance()
                return values
            case .word, .symbol, .end:
                throw SelectorError(
                    needsValue
                        ? "found '\(token.literal)', expected: ',', or identifier"
                        : "found '\(token.literal)', expected: ',' or ')'")
            }
            advance()
        }
    }

    private mutating func exactValue() throws(SelectorError) -> String {
        switch token {
        case .end, .symbol(","): return ""
        case .word(let value):
            advance()
            return value
        default: throw SelectorError("found '\(token.literal)', expected: identifier")
        }
    }

    private mutating func advance() {
        while let byte = bytes.first, Self.isBlank(byte) { bytes.removeFirst() }
        guard let first = bytes.first else {
            token = .end
            return
        }
        if !Self.isSymbol(first) {
            let end = bytes.firstIndex { Self.isBlank($0) || Self.isSymbol($0) } ?? bytes.endIndex
            token = .word(String(Substring(bytes[..<end])))
            bytes = bytes[end...]
            return
        }
        let isPair =
            (first == UInt8(ascii: "=") || first == UInt8(ascii: "!"))
            && bytes.dropFirst().first == UInt8(ascii: "=")
        token = .symbol(String(Substring(bytes.prefix(isPair ? 2 : 1))))
        bytes = bytes.dropFirst(isPair ? 2 : 1)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }

    private static func isSymbol(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: "("), UInt8(ascii: ")"),
            UInt8(ascii: ","), UInt8(ascii: ">"), UInt8(ascii: "<"):
            true
        default: false
        }
    }
}
