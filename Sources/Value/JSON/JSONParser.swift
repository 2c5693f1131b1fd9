import Support

/// A recursive-descent reader over bytes.
struct JSONParser {
    let bytes: [UInt8]
    let limits: InputLimits
    /// Whether an integer of more than 64 bits is refused.
    var isExact = false
    var offset = 0
    private var nodes = 0

    init(_ bytes: [UInt8], limits: InputLimits) throws(JSONError) {
        guard bytes.count <= limits.bytes else {
            throw JSONError(.tooLarge(limit: limits.bytes), at: 0, in: [])
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// The byte at the offset; nil at the end.
    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func unexpected(_ byte: UInt8?, _ context: JSONError.Context) -> JSONError {
        guard let byte else { return JSONError(.unexpectedEnd, at: offset, in: bytes) }
        return JSONError(.unexpected(byte: byte, context), at: offset, in: bytes)
    }

    mutating func skipBlanks() {
        while offset < bytes.count {
            switch bytes[offset] {
            case 0x20, 0x0A, 0x0D, 0x09: offset += 1
            default: return
            }
        }
    }

    /// value := object | array | string | number | "true" | "false" | "null"
    mutating func parseValue(depth: Int) throws(JSONError) -> Value {
        skipBlanks()
        nodes += 1
        guard nodes <= limits.nodes else {
            throw JSONError(.tooManyValues(limit: limits.nodes), at: offset, in: bytes)
        }
        guard let byte = peek else { throw unexpected(nil, .beginningOfValue) }
        switch byte {
        case UInt8(ascii: "{"):
            try checkDepth(depth)
            return .object(try parseObject(depth: depth))
        case UInt8(ascii: "["):
            try checkDepth(depth)
            return .array(try parseArray(depth: depth))
        case UInt8(ascii: "\""): return Value(try parseString())
        case UInt8(ascii: "t"): return try parseLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try parseLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try parseLiteral("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try parseNumber()
        default: throw unexpected(byte, .beginningOfValue)
        }
    }

    private func checkDepth(_ depth: Int) throws(JSONError) {
        guard depth < limits.depth else {
            throw JSONError(.tooDeep(limit: limits.depth), at: offset, in: bytes)
        }
    }

    /// object := "{" [ string ":" value { "," string ":" value } ] "}"
    private mutating func parseObject(depth: Int) throws(JSONError) -> Object {
        offset += 1
        var builder = ObjectBuilder()
        skipBlanks()
        if peek == UInt8(ascii: "}") {
            offset += 1
            return Object()
        }
        while true {
            skipBlanks()
            guard peek == UInt8(ascii: "\"") else { throw unexpected(peek, .beginningOfKey) }
            let key = Key(try parseString())
            skipBlanks()
            guard peek == UInt8(ascii: ":") else { throw unexpected(peek, .afterKey) }
            offset += 1
            builder.set(key, to: try parseValue(depth: depth + 1))
            skipBlanks()
            switch peek {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "}"):
                offset += 1
                return builder.object
            default: throw unexpected(peek, .afterPair)
            }
        }
    }

    /// array := "[" [ value { "," value } ] "]"
    private mutating func parseArray(depth: Int) throws(JSONError) -> [Value] {
        offset += 1
        skipBlanks()
        if peek == UInt8(ascii: "]") {
            offset += 1
            return []
        }
        var values: [Value] = []
        while true {
            values.append(try parseValue(depth: depth + 1))
            skipBlanks()
            switch peek {
            case UInt8(ascii: ","): offset += 1
            case UInt8(ascii: "]"):
                offset += 1
                return values
            default: throw unexpected(peek, .afterElement)
            }
        }
    }

    private mutating func parseLiteral(_ word: String, _ value: Value) throws(JSONError) -> Value {
        for expected in word.utf8 {
            guard peek == expected else {
                throw unexpected(peek, .inLiteral(word: word, expected: expected))
            }
            offset += 1
        }
        return value
    }

    /// number := [ "-" ] ( "0" | digit19 { digit } ) [ "." digit { digit } ] [ exponent ]
    private mutating func parseNumber() throws(JSONError) -> Value {
        let start = offset
        if peek == UInt8(ascii: "-") { offset += 1 }
        if peek == UInt8(ascii: "0") {
            offset += 1
        } else {
            try skipDigits(.inNumber)
        }
        var isInteger = true
        if peek == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try skipDigits(.afterDecimalPoint)
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try skipDigits(.inExponent)
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, let number = Int64(text) { return .int(number) }
        guard let number = Double(text), number.isFinite, !(isInteger && isExact) else {
            throw JSONError(.numberOutOfRange(text), at: start, in: bytes)
        }
        return .double(number)
    }

    private mutating func skipDigits(_ context: JSONError.Context) throws(JSONError) {
        guard let first = peek, first >= 0x30, first <= 0x39 else {
            throw unexpected(peek, context)
        }
        while let byte = peek, byte >= 0x30, byte <= 0x39 { offset += 1 }
    }
}

// MARK: - Strings

extension JSONParser {
    /// string := '"' { character | "\" escape } '"'
    fileprivate mutating func parseString() throws(JSONError) -> String {
        offset += 1
        let start = offset
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                let text = String(decoding: bytes[start..<offset], as: UTF8.self)
                offset += 1
                return text
            }
            if byte == UInt8(ascii: "\\") { return try parseEscapedString(from: start) }
            if byte < 0x20 { throw unexpected(byte, .inString) }
            offset += 1
        }
        throw unexpected(nil, .inString)
    }

    /// The rest of a string from its first backslash on.
    private mutating func parseEscapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<offset])
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""):
                offset += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                offset += 1
                try parseEscape(into: &text)
            case 0..<0x20: throw unexpected(byte, .inString)
            default:
                text.append(byte)
                offset += 1
            }
        }
        throw unexpected(nil, .inString)
    }

    private mutating func parseEscape(into text: inout [UInt8]) throws(JSONError) {
        guard let byte = peek else { throw unexpected(nil, .inEscape) }
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            offset += 1
            let scalar = try parseScalar()
            text.append(contentsOf: String(Character(scalar)).utf8)
            return
        default: throw unexpected(byte, .inEscape)
        }
        offset += 1
    }

    /// The scalar of `\uXXXX`, or of two such that form a pair; U+FFFD for a lone surrogate.
    private mutating func parseScalar() throws(JSONError) -> Unicode.Scalar {
        let replacement: Unicode.Scalar = "\u{FFFD}"
        let high = try parseHex()
        guard (0xD800..<0xE000).contains(high) else { return Unicode.Scalar(high) ?? replacement }
        guard high < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { return replacement }
        let mark = offset
        offset += 2
        let low = try parseHex()
        guard (0xDC00..<0xE000).contains(low) else {
            offset = mark
            return replacement
        }
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)) ?? replacement
    }

    private mutating func parseHex() throws(JSONError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek, let digit = hexDigit(byte) else {
                throw unexpected(peek, .inHexEscape)
            }
            number = number << 4 | UInt32(digit)
            offset += 1
        }
        return number
    }
}

/// The amount of a hexadecimal digit.
func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
}
