/// Reads a JSONPath template: text with `{…}` actions in it.
struct JSONPathParser {
    private let input: [Unicode.Scalar]
    private var position = 0

    private init(_ text: String) { input = Array(text.unicodeScalars) }

    /// template := { text | "{" action "}" }
    static func parse(_ text: String) throws(JSONPathError) -> [JSONPathNode] {
        var parser = JSONPathParser(text)
        var nodes: [JSONPathNode] = []
        while true {
            let literal = parser.take { $0 != "{" }
            if !literal.isEmpty { nodes.append(.text(literal)) }
            guard parser.peek != nil else { return nodes }
            parser.position += 1
            nodes.append(.list(try parser.action()))
        }
    }

    /// The nodes of one action, for the parts of unions and filters.
    private static func parseAction(_ text: String) throws(JSONPathError) -> [JSONPathNode] {
        guard case .list(let nodes)? = try parse("{" + text + "}").first else { return [] }
        return nodes
    }

    private var peek: Unicode.Scalar? { position < input.count ? input[position] : nil }

    private mutating func take(while condition: (Unicode.Scalar) -> Bool) -> String {
        let start = position
        while let scalar = peek, condition(scalar) { position += 1 }
        return text(start, position)
    }

    private func text(_ start: Int, _ end: Int) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: input[start..<end])
        return String(view)
    }

    private func hasPrefix(_ prefix: String) -> Bool {
        input[position...].starts(with: prefix.unicodeScalars)
    }

    /// action := { field | array | filter | ".." | string | number | word | "@" | "$" | " " } "}"
    private mutating func action() throws(JSONPathError) -> [JSONPathNode] {
        var nodes: [JSONPathNode] = []
        while true {
            if hasPrefix("}") {
                position += 1
                return nodes
            }
            if hasPrefix("[?(") {
                nodes.append(try filter())
                continue
            }
            if hasPrefix("..") {
                if nodes.last == .recursive {
                    throw JSONPathError("invalid multiple recursive descent")
                }
                position += 2
                nodes.append(.recursive)
                if let next = peek, Self.isAlphaNumeric(next) { nodes.append(field()) }
                continue
            }
            guard let scalar = peek, scalar != "\n", scalar != "\r" else {
                throw JSONPathError("unclosed action")
            }
            position += 1
            switch scalar {
            case " ", "@", "$": continue
            case "[": nodes += try array()
            case "\"", "'": nodes.append(try string(scalar))
            case ".": nodes.append(field())
            case _ where scalar == "+" || scalar == "-" || Self.isDigit(scalar):
                position -= 1
                nodes.append(try number())
            case _ where Self.isAlphaNumeric(scalar):
                position -= 1
                nodes.append(word())
            default:
                let code = String(scalar.value, radix: 16, uppercase: true)
                let padded = String(repeating: "0", count: max(0, 4 - code.utf8.count)) + code
                throw JSONPathError(
                    "unrecognized character in action: U+\(padded) '\(Character(scalar))'")
            }
        }
    }

    /// field := "." name, where a backslash takes any character into the name
    private mutating func field() -> JSONPathNode {
        var name = String.UnicodeScalarView()
        while let scalar = peek {
            if scalar == "\\" {
                position += 1
                if let escaped = peek, escaped != "\\" { name.append(escaped) }
                position += 1
            } else if Self.isTerminator(scalar) {
                break
            } else {
                name.append(scalar)
                position += 1
            }
        }
        position = min(position, input.count)
        return String(name) == "*" ? .wildcard : .field(String(name))
    }

    private mutating func word() -> JSONPathNode {
        let word = take { !Self.isTerminator($0) }
        switch word {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return .identifier(word)
        }
    }

    private mutating func number() throws(JSONPathError) -> JSONPathNode {
        let start = position
        if peek == "+" || peek == "-" { position += 1 }
        _ = take { $0 == "." || Self.isDigit($0) }
        let text = text(start, position)
        if let number = Int(text) { return .int(number) }
        if let number = Double(text) { return .double(number) }
        throw JSONPathError("cannot parse number \(text)")
    }

    private mutating func string(_ quote: Unicode.Scalar) throws(JSONPathError) -> JSONPathNode {
        let start = position
        while true {
            guard let scalar = peek, scalar != "\n" else {
                throw JSONPathError("unterminated quoted string")
            }
            position += 1
            if scalar == quote, input[position - 2] != "\\" { break }
        }
        guard let value = GoSyntax.unquoted(input[start..<position - 1], quote: quote) else {
            throw JSONPathError(
                "unquote string \(text(start - 1, position)) error invalid syntax")
        }
        return .text(value)
    }

    private static func isTerminator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", "\t", "\r", "\n", ".", ",", "[", "]", "$", "@", "{", "}": true
        default: false
        }
    }

    private static func isAlphaNumeric(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.properties.isAlphabetic || isDigit(scalar)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .decimalNumber
    }
}

// MARK: - Brackets

extension JSONPathParser {
    /// array := "[" ( "*" | slice | "'" name "'" | part { "," part } ) "]"
    private mutating func array() throws(JSONPathError) -> [JSONPathNode] {
        let content = take { $0 != "]" && $0 != "\n" }
        guard peek == "]" else { throw JSONPathError("unterminated array") }
        position += 1
        let parts = content.split(separator: ",", omittingEmptySubsequences: false)
        if parts.count > 1 {
            var union: [[JSONPathNode]] = []
            for part in parts {
                let trimmed = part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
                union.append(try Self.parseAction("[" + String(trimmed) + "]"))
            }
            return [.union(union)]
        }
        if content.count >= 2, content.hasPrefix("'"), content.hasSuffix("'") {
            let name = content.dropFirst().dropLast()
            if !name.contains("'") { return try Self.parseAction("." + name) }
        }
        return [.slice(try slice(content == "*" ? ":" : content))]
    }

    /// slice := [ index ] [ ":" [ index ] [ ":" [ index ] ] ]
    private func slice(_ text: String) throws(JSONPathError) -> JSONPathSlice {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        let isForm = parts.allSatisfy { part in
            (part.hasPrefix("-") ? part.dropFirst() : part[...]).utf8.allSatisfy {
                (0x30...0x39).contains($0)
            }
        }
        guard parts.count <= 3, isForm else { throw JSONPathError("invalid array index \(text)") }
        var numbers: [Int?] = []
        for part in parts {
            if part.isEmpty {
                numbers.append(nil)
            } else if let number = Int(part) {
                numbers.append(number)
            } else {
                throw JSONPathError("array index \(part) is not a number")
            }
        }
        if numbers.count == 1 {
            let start = numbers[0]
            return JSONPathSlice(start: start, end: (start ?? 0) &+ 1, isIndex: true)
        }
        return JSONPathSlice(
            start: numbers[0], end: numbers[1], step: numbers.count > 2 ? numbers[2] : nil)
    }

    /// filter := "[?(" left [ operator right ] ")]"; a closing parenthesis inside one quoted string
    /// does not end it.
    private mutating func filter() throws(JSONPathError) -> JSONPathNode {
        position += 3
        let start = position
        var quote: Unicode.Scalar?
        var isClosed = false
        scan: while true {
            guard let scalar = peek, scalar != "\n" else {
                throw JSONPathError("unterminated filter")
            }
            position += 1
            switch scalar {
            case "\"", "'":
                if quote == nil {
                    quote = scalar
                } else if scalar == quote, input[position - 2] != "\\" {
                    isClosed = true
                }
            case ")":
                if (quote != nil) == isClosed { break scan }
            default: break
            }
        }
        let end = position - 1
        guard peek == "]" else { throw JSONPathError("unclosed array expect ]") }
        position += 1
        let operators: Set<Unicode.Scalar> = ["!", "<", ">", "="]
        let body = input[start..<end]
        // left, operator and right each hold at least one character.
        guard let mark = body.firstIndex(where: operators.contains), mark > start,
            let rest = longestOperator(from: mark, to: end, operators)
        else {
            return .filter(
                left: try Self.parseAction(text(start, end)), comparison: "exists", right: [])
        }
        return .filter(
            left: try Self.parseAction(text(start, mark)), comparison: text(mark, rest),
            right: try Self.parseAction(text(rest, end)))
    }

    /// Where the operator at `mark` ends such that something is left behind it; nil where nothing
    /// is.
    private func longestOperator(
        from mark: Int, to end: Int, _ operators: Set<Unicode.Scalar>
    ) -> Int? {
        var rest = mark
        while rest < end, operators.contains(input[rest]) { rest += 1 }
        if rest == end { rest -= 1 }
        return rest > mark ? rest : nil
    }
}
