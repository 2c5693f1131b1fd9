/// What an unquoted YAML scalar stands for, by the rules of kubectl's reader (go-yaml v2 behind
/// `sigs.k8s.io/yaml`): YAML 1.1 booleans (`y`, `no`, `on`), octals with and without `o`,
/// underscores in numbers.
///
/// The printer asks the same question to know which strings need quotes.
public enum YAMLScalar: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    /// An integer above the range of Int64, as go-yaml keeps it.
    case unsigned(UInt64)
    case float(Double)
    case timestamp
    case string

    /// The kind of scalar that `text` is when it stands unquoted. `isTagged` leaves timestamps out,
    /// which upstream recognises only where no tag was written.
    public static func resolve(_ text: String, isTagged: Bool = false) -> YAMLScalar {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            if let word = resolveWord(text) { return word }
            if !isTagged, isTimestamp(text) { return .timestamp }
            return resolveNumber(text)
        case UInt8(ascii: "."):
            if let word = resolveWord(text) { return word }
            if isFloat(text), let number = Double(text), number.isFinite { return .float(number) }
            return .string
        default: return resolveWord(text) ?? .string
        }
    }

    private static func resolveWord(_ text: String) -> YAMLScalar? {
        switch text {
        case "~", "null", "Null", "NULL": .null
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF":
            .bool(false)
        case ".nan", ".NaN", ".NAN": .float(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .float(.infinity)
        case "-.inf", "-.Inf", "-.INF": .float(-.infinity)
        default: nil
        }
    }

    private static func resolveNumber(_ text: String) -> YAMLScalar {
        let plain = text.utf8.contains(UInt8(ascii: "_")) ? text.filter { $0 != "_" } : text
        if let number = resolveInteger(plain) { return number }
        if isFloat(plain), let number = Double(plain), number.isFinite { return .float(number) }
        return .string
    }

    /// integer := [ sign ] ( "0x" | "0b" | "0o" | "0" ) digits, as Go's `ParseInt` with base 0.
    private static func resolveInteger(_ text: String) -> YAMLScalar? {
        var digits = text.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        let isSigned = isNegative || digits.first == UInt8(ascii: "+")
        if isSigned { digits = digits.dropFirst() }
        var radix = 10
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            switch digits.dropFirst().first {
            case UInt8(ascii: "x"), UInt8(ascii: "X"): radix = 16
            case UInt8(ascii: "b"), UInt8(ascii: "B"): radix = 2
            case UInt8(ascii: "o"), UInt8(ascii: "O"): radix = 8
            default: radix = -8
            }
            digits = digits.dropFirst(radix < 0 ? 1 : 2)
        }
        // Swift's own parser would take a second sign here.
        guard let first = digits.first, hexDigit(first) != nil,
            let amount = UInt64(String(Substring(digits)), radix: abs(radix))
        else { return nil }
        if isNegative {
            guard amount <= UInt64(1) << 63 else { return nil }
            return .int(Int64(truncatingIfNeeded: 0 &- amount))
        }
        if let number = Int64(exactly: amount) { return .int(number) }
        return isSigned ? nil : .unsigned(amount)
    }

    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`
    private static func isFloat(_ text: String) -> Bool {
        var rest = text.utf8[...]
        func digits() -> Int { rest.prefix { (0x30...0x39).contains($0) }.count }
        if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            rest = rest.dropFirst()
        }
        let whole = digits()
        rest = rest.dropFirst(whole)
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            let fraction = digits()
            guard whole + fraction > 0 else { return false }
            rest = rest.dropFirst(fraction)
        } else if whole == 0 {
            return false
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                rest = rest.dropFirst()
            }
            let exponent = digits()
            guard exponent > 0 else { return false }
            rest = rest.dropFirst(exponent)
        }
        return rest.isEmpty
    }

    /// `Y-M-D`, optionally with a time behind `T`, `t` (then with a zone) or a blank (without):
    /// the layouts that go-yaml takes for a time.
    private static func isTimestamp(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 8, bytes[4] == UInt8(ascii: "-") else { return false }
        var reader = TimestampReader(rest: bytes[...])
        guard let year = reader.number(4...4), reader.take("-"), let month = reader.number(1...2),
            reader.take("-"), let day = reader.number(1...2), (1...12).contains(month), day >= 1,
            day <= CalendarTime.days(in: month, of: year)
        else { return false }
        if reader.rest.isEmpty { return true }
        let hasZone = reader.take("T") || reader.take("t")
        guard hasZone || reader.take(" "), let hour = reader.number(1...2), reader.take(":"),
            let minute = reader.number(1...2), reader.take(":"), let second = reader.number(1...2),
            hour < 24, minute < 60, second < 60
        else { return false }
        if reader.take(".") || reader.take(",") {
            guard reader.number(1...30) != nil else { return false }
        }
        return hasZone ? reader.zone() : reader.rest.isEmpty
    }
}

private struct TimestampReader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let byte = rest.first, UInt32(byte) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A number of so many digits; its last nine digits count.
    mutating func number(_ widths: ClosedRange<Int>) -> Int? {
        let digits = rest.prefix(widths.upperBound).prefix { (0x30...0x39).contains($0) }
        guard digits.count >= widths.lowerBound else { return nil }
        rest = rest.dropFirst(digits.count)
        return digits.suffix(9).reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    mutating func zone() -> Bool {
        if take("Z") { return rest.isEmpty }
        guard take("+") || take("-"), let hours = number(2...2), take(":"),
            let minutes = number(2...2)
        else { return false }
        return hours <= 24 && minutes < 60 && rest.isEmpty
    }
}
