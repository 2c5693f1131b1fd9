import Value

/// Fills a text with values: `"%s has %d".format(["a", 1])` (cel-go `ext/formatting.go`).
struct CELFormatter {
    private let format: [UInt8]
    private let arguments: CELList
    /// Whether numbers are written without the grouping and the powers of English, as newer versions
    /// of the library do.
    private let isPlain: Bool
    private var place = 0

    private struct Wrong: Error {
        let message: String
    }

    init(_ format: String, _ arguments: CELList, isPlain: Bool) {
        self.format = Array(format.utf8)
        self.arguments = arguments
        self.isPlain = isPlain
    }

    mutating func run() -> CELValue {
        var text: [UInt8] = []
        var used = 0
        do {
            while place < format.count {
                let byte = format[place]
                place += 1
                guard byte == UInt8(ascii: "%") else {
                    text.append(byte)
                    continue
                }
                if place < format.count, format[place] == UInt8(ascii: "%") {
                    place += 1
                    text.append(byte)
                    continue
                }
                guard used < arguments.count else {
                    throw Wrong(message: "index \(used) out of range")
                }
                guard place < format.count else {
                    throw Wrong(message: "unexpected end of string")
                }
                text += Array(try clause(arguments[used]).utf8)
                used += 1
            }
        } catch {
            return .failed((error as? Wrong)?.message ?? "")
        }
        return .string(String(decoding: text, as: UTF8.self))
    }

    private mutating func clause(_ value: CELValue) throws(Wrong) -> String {
        let precision = try precision()
        guard place < format.count else {
            throw Wrong(
                message: "could not parse formatting clause: unexpected end of string")
        }
        let verb = format[place]
        place += 1
        let result: String?
        switch verb {
        case UInt8(ascii: "s"): result = try string(value)
        case UInt8(ascii: "d"): result = try decimal(value)
        case UInt8(ascii: "f"): result = fixed(value, precision)
        case UInt8(ascii: "e"): result = scientific(value, precision)
        case UInt8(ascii: "b"): result = binary(value)
        case UInt8(ascii: "x"): result = hex(value)
        case UInt8(ascii: "X"): result = hex(value)?.uppercased()
        case UInt8(ascii: "o"): result = radix(value, 8)
        default:
            throw Wrong(
                message: "could not parse formatting clause: unrecognized formatting clause "
                    + "\"\(String(decoding: [verb], as: UTF8.self))\"")
        }
        if let result { return result }
        throw Wrong(
            message: "error during formatting: \(Self.refusal(verb)), was given \(value.typeName)")
    }

    private static func refusal(_ verb: UInt8) -> String {
        switch verb {
        case UInt8(ascii: "f"): "fixed-point clause can only be used on doubles"
        case UInt8(ascii: "e"): "scientific clause can only be used on doubles"
        case UInt8(ascii: "b"): "only integers and bools can be formatted as binary"
        case UInt8(ascii: "o"): "octal clause can only be used on integers"
        case UInt8(ascii: "d"): "decimal clause can only be used on integers"
        case UInt8(ascii: "s"):
            "string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, "
                + "types, durations, and timestamps"
        default: "only integers, byte buffers, and strings can be formatted as hex"
        }
    }

    private mutating func precision() throws(Wrong) -> Int {
        guard format[place] == UInt8(ascii: ".") else { return 6 }
        let digits = format[(place + 1)...].prefix { (0x30...0x39).contains($0) }
        place += 1 + digits.count
        guard place < format.count else {
            throw Wrong(
                message: "could not parse formatting clause: error while parsing precision: "
                    + "could not find end of precision specifier")
        }
        guard let precision = Int(String(decoding: digits, as: UTF8.self)), precision <= 1000 else {
            throw Wrong(
                message: "could not parse formatting clause: error while parsing precision: "
                    + "error while converting precision to integer")
        }
        return precision
    }

    // MARK: Numbers

    private func decimal(_ value: CELValue) throws(Wrong) -> String? {
        switch value {
        case .int, .uint: return value.text
        case .double(let number) where isPlain && !number.isFinite: return special(number)
        default: return nil
        }
    }

    private func number(_ value: CELValue) -> Double? {
        switch value {
        case .double(let number): number
        case .int(let number) where isPlain: Double(number)
        case .uint(let number) where isPlain: Double(number)
        case .string("NaN"): .nan
        case .string("Infinity"): .infinity
        case .string("-Infinity"): -.infinity
        default: nil
        }
    }

    private func special(_ number: Double) -> String {
        if isPlain { return number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity" }
        return number.isNaN ? "NaN" : number < 0 ? "-∞" : "∞"
    }

    private func fixed(_ value: CELValue, _ precision: Int) -> String? {
        guard let number = number(value) else { return nil }
        guard number.isFinite else { return special(number) }
        let sign = number.sign == .minus ? "-" : ""
        let text = DecimalText.fixed(number.magnitude, decimals: precision)
        if isPlain { return sign + text }
        let whole = text.prefix { $0 != "." }
        return sign + Self.grouped(whole) + text.dropFirst(whole.count)
    }

    /// With a comma before each three digits.
    private static func grouped(_ digits: Substring) -> String {
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    private func scientific(_ value: CELValue, _ precision: Int) -> String? {
        guard let number = number(value) else { return nil }
        guard number.isFinite else { return special(number) }
        let sign = number.sign == .minus ? "-" : ""
        let text = DecimalText.scientific(number.magnitude, decimals: precision)
        if isPlain { return sign + text }
        // As the locale's printer writes it: 1.5 × 10⁰³.
        let parts = text.split(separator: "e")
        let power = parts[1].map { Self.superscripts[$0] ?? "" }.joined()
        return "\(sign)\(parts[0])\u{202F}×\u{202F}10\(power)"
    }

    private static let superscripts: [Character: String] = [
        "+": "", "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶",
        "7": "⁷", "8": "⁸", "9": "⁹",
    ]

    private func binary(_ value: CELValue) -> String? {
        if case .bool(let flag) = value { return flag ? "1" : "0" }
        return radix(value, 2)
    }

    private func radix(_ value: CELValue, _ radix: Int) -> String? {
        switch value {
        case .int(let number): String(number, radix: radix)
        case .uint(let number): String(number, radix: radix)
        default: nil
        }
    }

    private func hex(_ value: CELValue) -> String? {
        switch value {
        case .string(let text): Self.hex(Array(text.utf8))
        case .bytes(let bytes): Self.hex(bytes)
        default: radix(value, 16)
        }
    }

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    // MARK: Texts

    private func string(_ value: CELValue) throws(Wrong) -> String? {
        switch value {
        case .list, .map: return try inner(value)
        case .double(let number) where !number.isFinite:
            return isPlain ? special(number) : value.text
        case .int, .uint, .double, .bool, .string, .timestamp, .duration, .type, .null:
            return value.text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .object(.host(let object, _)): return try inner(.map(.host(object, .any)))
        case .object, .optional, .foreign, .error: return nil
        }
    }

    /// A value inside a list or map, as the expression that makes it; newer versions of the library
    /// write it plainly.
    private func inner(_ value: CELValue) throws(Wrong) -> String {
        switch value {
        case .list(let list):
            var parts: [String] = []
            for element in list.elements { parts.append(try inner(element)) }
            return "[\(parts.joined(separator: ", "))]"
        case .map(let map):
            var parts: [(String, String)] = []
            for index in 0..<map.count {
                let (key, value) = map.entry(index)
                if !Self.canBeKey(key) {
                    throw Wrong(
                        message: "error during formatting: no formatting function for map key of "
                            + "type \(key.typeName)")
                }
                parts.append((try inner(key), try inner(value)))
            }
            parts.sort { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
            let separator = isPlain ? ": " : ":"
            return "{\(parts.map { $0.0 + separator + $0.1 }.joined(separator: ", "))}"
        case .double(let number):
            if isPlain { return number.isFinite ? value.text : special(number) }
            if !number.isFinite { return "\"\(value.text)\"" }
            return (number.sign == .minus ? "-" : "")
                + DecimalText.fixed(number.magnitude, decimals: 6)
        default:
            guard let text = try string(value) else {
                throw Wrong(
                    message: "error during formatting: no formatting function for \(value.typeName)"
                )
            }
            return isPlain ? text : Self.quoted(value, text)
        }
    }

    private static func canBeKey(_ value: CELValue) -> Bool {
        switch value {
        case .string, .bool, .int, .uint: true
        case .null, .double, .bytes, .list, .map, .object, .timestamp, .duration, .type, .optional,
            .foreign, .error:
            false
        }
    }

    private static func quoted(_ value: CELValue, _ text: String) -> String {
        switch value {
        case .string: CELQuoting.go(text)
        case .bytes: "b" + CELQuoting.go(text)
        case .timestamp: "timestamp(\(CELQuoting.go(text)))"
        case .duration: "duration(\(CELQuoting.go(text)))"
        case .null, .bool, .int, .uint, .double, .list, .map, .object, .type, .optional, .foreign,
            .error:
            text
        }
    }
}
