import Support
import Value

/// Cuts a Go template into text and the tokens of its actions.
struct GoTemplateLexer {
    struct Token: Equatable {
        enum Kind: Equatable {
            case text, leftDelimiter, rightDelimiter, end
            case space, word, field, variable, dot, number, character, string, rawString
            case pipe, declare, assign, comma, leftParenthesis, rightParenthesis, other
        }

        let kind: Kind
        let text: String
        /// In bytes from the start of the template.
        let offset: Int
        let line: Int
    }

    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var tokens: [Token] = []
    private var parentheses = 0

    private init(_ text: String) { bytes = Array(text.utf8) }

    static func tokens(_ text: String) throws(GoParseError) -> [Token] {
        var lexer = GoTemplateLexer(text)
        try lexer.template()
        return lexer.tokens
    }

    // MARK: Text

    private mutating func template() throws(GoParseError) {
        var trimsStart = false
        while true {
            let start = offset
            while offset < bytes.count, !starts("{{") { offset += 1 }
            var end = offset
            let hasAction = offset < bytes.count
            if hasAction, starts("{{- ", orTabAt: 3) {
                while end > start, Self.isSpace(bytes[end - 1]) { end -= 1 }
            }
            var begin = start
            if trimsStart { while begin < end, Self.isSpace(bytes[begin]) { begin += 1 } }
            if begin < end { add(.text, begin, end) }
            line += bytes[start..<offset].count { $0 == 0x0A }
            guard hasAction else {
                tokens.append(Token(kind: .end, text: "", offset: offset, line: line))
                return
            }
            trimsStart = try action()
        }
    }

    private func starts(_ prefix: String, orTabAt place: Int? = nil) -> Bool {
        for (index, byte) in prefix.utf8.enumerated() {
            guard offset + index < bytes.count else { return false }
            let found = bytes[offset + index]
            if found == byte || (index == place && Self.isSpace(found)) { continue }
            return false
        }
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }

    private mutating func add(_ kind: Token.Kind, _ start: Int, _ end: Int) {
        tokens.append(
            Token(
                kind: kind, text: String(decoding: bytes[start..<end], as: UTF8.self),
                offset: start, line: line))
    }

    private func error(_ message: String) -> GoParseError {
        GoParseError(line: line, message: message)
    }

    // MARK: Actions

    /// Reads one action; answers whether it trims the text behind it.
    private mutating func action() throws(GoParseError) -> Bool {
        let start = offset
        let trims = starts("{{- ", orTabAt: 3)
        offset += trims ? 3 : 2
        let mark = offset
        if trims { while offset < bytes.count, Self.isSpace(bytes[offset]) { offset += 1 } }
        if starts("/*") { return try comment() }
        offset = mark
        parentheses = 0
        add(.leftDelimiter, start, offset)
        while true {
            if let trimsNext = closing() {
                guard parentheses == 0 else { throw error("unclosed left paren") }
                return trimsNext
            }
            guard offset < bytes.count else { throw error("unclosed action") }
            try token()
        }
    }

    private mutating func closing() -> Bool? {
        if starts(" -}}") || offset < bytes.count && Self.isSpace(bytes[offset]) && behind("-}}") {
            add(.rightDelimiter, offset + 1, offset + 4)
            offset += 4
            return true
        }
        guard starts("}}") else { return nil }
        add(.rightDelimiter, offset, offset + 2)
        offset += 2
        return false
    }

    private func behind(_ text: String) -> Bool {
        bytes[(offset + 1)...].starts(with: text.utf8)
    }

    /// comment := "/*" … "*/", with nothing but the delimiters around it
    private mutating func comment() throws(GoParseError) -> Bool {
        offset += 2
        while offset < bytes.count, !starts("*/") {
            if bytes[offset] == 0x0A { line += 1 }
            offset += 1
        }
        guard offset < bytes.count else { throw error("unclosed comment") }
        offset += 2
        if offset < bytes.count, Self.isSpace(bytes[offset]), behind("-}}") {
            offset += 4
            return true
        }
        guard starts("}}") else { throw error("comment ends before closing delimiter") }
        offset += 2
        return false
    }

    private mutating func token() throws(GoParseError) {
        let start = offset
        let byte = bytes[offset]
        switch byte {
        case _ where Self.isSpace(byte):
            while offset < bytes.count, Self.isSpace(bytes[offset]), closingAhead == false {
                if bytes[offset] == 0x0A { line += 1 }
                offset += 1
            }
            add(.space, start, offset)
        case UInt8(ascii: "\""): try quoted(UInt8(ascii: "\""), .string, "quoted string")
        case UInt8(ascii: "'"): try quoted(UInt8(ascii: "'"), .character, "character constant")
        case UInt8(ascii: "`"): try rawString()
        case UInt8(ascii: "$"): try name(.variable)
        case UInt8(ascii: "."):
            if offset + 1 < bytes.count, (0x30...0x39).contains(bytes[offset + 1]) {
                try number()
            } else {
                try name(.field)
            }
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            try number()
        case UInt8(ascii: "|"): single(.pipe)
        case UInt8(ascii: ","): single(.comma)
        case UInt8(ascii: "="): single(.assign)
        case UInt8(ascii: "("):
            parentheses += 1
            single(.leftParenthesis)
        case UInt8(ascii: ")"):
            parentheses -= 1
            guard parentheses >= 0 else { throw error("unexpected right paren") }
            single(.rightParenthesis)
        case UInt8(ascii: ":"):
            guard behind("=") else { throw error("expected :=") }
            offset += 2
            add(.declare, start, offset)
        case _ where Self.isNamePart(byte): try name(.word)
        case 0x21...0x7E: single(.other)
        default: throw error("unrecognized character in action: \(Self.code(byte))")
        }
    }

    /// Whether a blank here belongs to ` -}}`.
    private var closingAhead: Bool {
        offset + 1 < bytes.count && behind("-}}")
    }

    private mutating func single(_ kind: Token.Kind) {
        offset += 1
        add(kind, offset - 1, offset)
    }

    private mutating func quoted(
        _ quote: UInt8, _ kind: Token.Kind, _ what: String
    ) throws(GoParseError) {
        let start = offset
        offset += 1
        while true {
            guard offset < bytes.count, bytes[offset] != 0x0A else {
                throw error("unterminated \(what)")
            }
            if bytes[offset] == UInt8(ascii: "\\"), offset + 1 < bytes.count {
                offset += 2
                continue
            }
            offset += 1
            if bytes[offset - 1] == quote { break }
        }
        add(kind, start, offset)
    }

    private mutating func rawString() throws(GoParseError) {
        let start = offset
        let startLine = line
        offset += 1
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "`") {
            if bytes[offset] == 0x0A { line += 1 }
            offset += 1
        }
        guard offset < bytes.count else {
            throw GoParseError(line: startLine, message: "unterminated raw quoted string")
        }
        offset += 1
        add(.rawString, start, offset)
    }

    /// name := [ "." | "$" ] { letter | digit | "_" }, and then something that ends a name
    private mutating func name(_ kind: Token.Kind) throws(GoParseError) {
        let start = offset
        if kind != .word { offset += 1 }
        while offset < bytes.count, Self.isNamePart(bytes[offset]) { offset += 1 }
        if kind == .field, offset == start + 1 { return add(.dot, start, offset) }
        guard isAtTerminator else { throw error("bad character \(Self.code(bytes[offset]))") }
        add(kind, start, offset)
    }

    private var isAtTerminator: Bool {
        guard offset < bytes.count else { return true }
        let byte = bytes[offset]
        return Self.isSpace(byte) || ".,|:()=".utf8.contains(byte) || starts("}}")
    }

    private mutating func number() throws(GoParseError) {
        let start = offset
        if bytes[offset] == UInt8(ascii: "+") || bytes[offset] == UInt8(ascii: "-") { offset += 1 }
        while offset < bytes.count {
            let byte = bytes[offset]
            let isExponentSign =
                (byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")) && offset > start
                && [UInt8(ascii: "e"), UInt8(ascii: "E")].contains(bytes[offset - 1])
            guard Self.isNamePart(byte) || byte == UInt8(ascii: ".") || isExponentSign else {
                break
            }
            offset += 1
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard GoNumber.parse(text) != nil else {
            throw error("bad number syntax: \(GoSyntax.quoted(text))")
        }
        add(.number, start, offset)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...0xFF:
            true
        default: false
        }
    }

    /// `U+005B '['`
    private static func code(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        let padded = String(repeating: "0", count: 4 - digits.utf8.count) + digits
        return "U+\(padded) '\(Character(Unicode.Scalar(byte)))'"
    }
}

/// Go's numbers: `12`, `0x1F`, `0b1`, `010`, `1_000`, `1.5`, `1e3`.
enum GoNumber {
    static func parse(_ text: String) -> Value? {
        var digits = text.utf8.first == UInt8(ascii: "+") ? text.dropFirst() : text[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits = digits.dropFirst() }
        guard let first = digits.utf8.first, (0x30...0x39).contains(first) || first == 0x2E else {
            return .none
        }
        let plain = digits.filter { $0 != "_" }
        var radix = 10
        var body = plain[...]
        if plain.utf8.count > 1, plain.hasPrefix("0") {
            switch plain.lowercased().dropFirst().first {
            case "x": radix = 16
            case "b": radix = 2
            case "o": radix = 8
            default: radix = plain.utf8.allSatisfy { (0x30...0x39).contains($0) } ? 8 : 10
            }
            body = plain.dropFirst(
                radix == 10 ? 0 : plain.utf8.allSatisfy { (0x30...0x39).contains($0) } ? 1 : 2)
        }
        if let amount = Int64((isNegative ? "-" : "") + body, radix: radix) { return .int(amount) }
        guard radix == 10, let number = Double(plain), number.isFinite,
            plain.utf8.allSatisfy({ (0x30...0x39).contains($0) || ".eE+-".utf8.contains($0) })
        else { return .none }
        return .double(isNegative ? -number : number)
    }
}
