/// Why a text is no JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What was wrong.
    public enum Problem: Equatable, Sendable {
        /// The text ended inside a value.
        case unexpectedEnd
        /// A byte that cannot stand where it was found.
        case unexpected(byte: UInt8, Context)
        /// A number beyond the range of a double.
        case numberOutOfRange(String)
        case tooLarge(limit: Int)
        case tooDeep(limit: Int)
        case tooManyValues(limit: Int)
    }

    /// What the parser was reading when it met an unexpected byte. The words are those of Go's
    /// `encoding/json`, because kubectl and the API server show them.
    public enum Context: Equatable, Sendable {
        case beginningOfValue, beginningOfKey, afterKey, afterPair, afterElement, afterValue
        case inString, inEscape, inHexEscape
        case inNumber, afterDecimalPoint, inExponent
        /// Inside `true`, `false` or `null`: the word and the byte that was due.
        case inLiteral(word: String, expected: UInt8)

        var words: String {
            switch self {
            case .beginningOfValue: "looking for beginning of value"
            case .beginningOfKey: "looking for beginning of object key string"
            case .afterKey: "after object key"
            case .afterPair: "after object key:value pair"
            case .afterElement: "after array element"
            case .afterValue: "after top-level value"
            case .inString: "in string literal"
            case .inEscape: "in string escape code"
            case .inHexEscape: "in \\u hexadecimal character escape"
            case .inNumber: "in numeric literal"
            case .afterDecimalPoint: "after decimal point in numeric literal"
            case .inExponent: "in exponent of numeric literal"
            case .inLiteral(let word, let expected):
                "in literal \(word) (expecting \(JSONError.quote(expected)))"
            }
        }
    }

    /// What is wrong there.
    public let problem: Problem
    /// Where it was found, in bytes from the start of the text.
    public let offset: Int
    /// The line of `offset`, from 1.
    public let line: Int
    /// The column of `offset` in bytes, from 1.
    public let column: Int

    /// One line, as Go's `encoding/json` words it: `invalid character '}' after object key`.
    public var message: String {
        switch problem {
        case .unexpectedEnd: "unexpected end of JSON input"
        case .unexpected(let byte, let context):
            "invalid character \(JSONError.quote(byte)) \(context.words)"
        case .numberOutOfRange(let text):
            "json: cannot unmarshal number \(text) into Go value of type float64"
        case .tooLarge(let limit): "the text is larger than \(limit) bytes"
        case .tooDeep(let limit): "exceeded max depth of \(limit)"
        case .tooManyValues(let limit): "the text holds more than \(limit) values"
        }
    }

    init(_ problem: Problem, at offset: Int, in bytes: [UInt8]) {
        self.problem = problem
        self.offset = offset
        var line = 1
        var start = 0
        for index in 0..<min(offset, bytes.count) where bytes[index] == UInt8(ascii: "\n") {
            line += 1
            start = index + 1
        }
        self.line = line
        column = offset - start + 1
    }

    /// A byte as Go quotes it in these messages.
    private static func quote(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "'"): return "'\\''"
        case UInt8(ascii: "\""): return "'\"'"
        case UInt8(ascii: "\\"): return "'\\\\'"
        case 0x07: return "'\\a'"
        case 0x08: return "'\\b'"
        case 0x0C: return "'\\f'"
        case 0x0A: return "'\\n'"
        case 0x0D: return "'\\r'"
        case 0x09: return "'\\t'"
        case 0x0B: return "'\\v'"
        case 0x20..<0x7F, 0xA1...0xAC, 0xAE...0xFF: return "'\(Character(Unicode.Scalar(byte)))'"
        default: return byte < 0x80 ? "'\\x\(hex(byte))'" : "'\\u00\(hex(byte))'"
        }
    }

    private static func hex(_ byte: UInt8) -> String {
        let text = String(byte, radix: 16)
        return text.utf8.count == 1 ? "0" + text : text
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "line \(line), column \(column): \(message)" }
}
