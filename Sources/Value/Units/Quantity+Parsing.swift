/// Why a text is no quantity, in the words of the API server.
public enum QuantityError: Error, Equatable, Sendable {
    /// The text has not the form of a number with a suffix.
    case formatWrong
    /// The number before the suffix cannot be read.
    case numeric
    /// The suffix is none of the known ones.
    case suffix

    /// The error in the API server's words.
    public var message: String {
        switch self {
        case .formatWrong:
            "quantities must match the regular expression "
                + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        case .numeric: "unable to parse numeric part of quantity"
        case .suffix: "unable to parse quantity's suffix"
        }
    }
}

extension Quantity {
    /// Reads a quantity as the API server does (apimachinery `ParseQuantity`).
    ///
    /// Accepted beside the usual forms: `+5`, `.5`, `5.`, `1e3`, `12E3`. An amount below a
    /// billionth is rounded away from zero; a binary one is capped at 2⁶³-1.
    public init(parsing text: String) throws(QuantityError) {
        self = try Self.read(text).quantity
    }

    /// A quantity, and whether it is what was written: neither rounded up to a billionth nor capped.
    static func read(_ text: String) throws(QuantityError) -> (quantity: Quantity, isExact: Bool) {
        var scanner = try QuantityScanner(text)
        let quantity = try scanner.quantity()
        return (quantity, scanner.isExact)
    }

    /// The text that the API server keeps of `text`: what was written where that is canonical or
    /// one of the spellings it lets pass (`+5`, `5.`, `1e-3`), else the canonical text.
    public static func normalized(_ text: String) throws(QuantityError) -> String {
        var scanner = try QuantityScanner(text)
        let quantity = try scanner.quantity()
        return scanner.keepsSpelling ? text : quantity.text
    }

    /// The amount that a field of an API object holds: a text or a plain number. Nil for every
    /// other kind and for a text that is no quantity.
    public init?(_ value: Value) {
        switch value {
        case .int(let number): self.init(number)
        case .double(let number) where number.isFinite:
            guard let quantity = try? Quantity(parsing: number.jsonText) else { return nil }
            self = quantity
        case .text(let text):
            guard let quantity = try? Quantity(parsing: text.string) else { return nil }
            self = quantity
        case .opaque(let opaque):
            guard let quantity = opaque as? QuantityValue else { return nil }
            self = quantity.quantity
        case .null, .bool, .double, .array, .object: return nil
        }
    }
}

/// The parts of a quantity's text.
private struct QuantityScanner {
    var isNegative = false
    /// The digits before the point, without leading zeros.
    var whole: ArraySlice<UInt8> = []
    /// The digits behind the point.
    var fraction: ArraySlice<UInt8> = []
    var suffix = ""
    /// Whether nothing of the amount was lost.
    private(set) var isExact = true

    init(_ text: String) throws(QuantityError) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty else { throw .formatWrong }
        var index = 0
        if bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
            isNegative = bytes[0] == UInt8(ascii: "-")
            index = 1
        }
        while index < bytes.count, bytes[index] == UInt8(ascii: "0") { index += 1 }
        func digits() -> ArraySlice<UInt8> {
            bytes[index...].prefix { (0x30...0x39).contains($0) }
        }
        whole = digits()
        index += whole.count
        if index < bytes.count, bytes[index] == UInt8(ascii: ".") {
            index += 1
            fraction = digits()
            index += fraction.count
        }
        let rest = bytes[index...]
        let letters = rest.prefix { Self.suffixLetters.contains($0) }
        var tail = rest.dropFirst(letters.count)
        if let sign = tail.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
            tail = tail.dropFirst()
        }
        guard tail.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .formatWrong }
        suffix = String(decoding: rest, as: UTF8.self)
    }

    private static let suffixLetters = Array("eEinumkKMGTP".utf8)

    /// The suffix read: a power of ten or of two.
    private enum Scale {
        case decimal(Int, Quantity.Format)
        case binary(Int)
    }

    private func scale() throws(QuantityError) -> Scale {
        switch suffix {
        case "n": return .decimal(-9, .decimalSI)
        case "u": return .decimal(-6, .decimalSI)
        case "m": return .decimal(-3, .decimalSI)
        case "": return .decimal(0, .decimalSI)
        case "k": return .decimal(3, .decimalSI)
        case "M": return .decimal(6, .decimalSI)
        case "G": return .decimal(9, .decimalSI)
        case "T": return .decimal(12, .decimalSI)
        case "P": return .decimal(15, .decimalSI)
        case "E": return .decimal(18, .decimalSI)
        case "Ki": return .binary(10)
        case "Mi": return .binary(20)
        case "Gi": return .binary(30)
        case "Ti": return .binary(40)
        case "Pi": return .binary(50)
        case "Ei": return .binary(60)
        default:
            guard let first = suffix.utf8.first,
                first == UInt8(ascii: "e") || first == UInt8(ascii: "E")
            else { throw .suffix }
            // Beyond this the amount saturates or rounds up to a billionth anyway.
            guard let exponent = Int64(suffix.dropFirst()) else { throw .suffix }
            return .decimal(Int(max(-100_000, min(100_000, exponent))), .decimalExponent)
        }
    }

    mutating func quantity() throws(QuantityError) -> Quantity {
        switch try scale() {
        case .decimal(let exponent, let format):
            let nanos = scaled(
                whole + fraction, power: 9 + exponent - fraction.count, doublings: 0)
            return Quantity(nanos: isNegative ? -nanos : nanos, format: format)
        case .binary(let doublings):
            // The fraction apart from the whole, so that both fit in 128 bits.
            let kept = fraction.prefix(18)
            var nanos = saturatingSum(
                scaled(whole, power: 9, doublings: doublings),
                scaled(kept, power: 9 - kept.count, doublings: doublings))
            if fraction.dropFirst(18).contains(where: { $0 != UInt8(ascii: "0") }) {
                nanos = saturatingSum(nanos, 1)
                isExact = false
            }
            let most = Int128(Int64.max) * Quantity.nanosPerUnit
            if nanos > most {
                nanos = most
                isExact = false
            }
            let isFraction = nanos > 0 && nanos < Quantity.nanosPerUnit
            return Quantity(
                nanos: isNegative ? -nanos : nanos, format: isFraction ? .decimalSI : .binarySI)
        }
    }

    /// `digits` × 10^power × 2^doublings, rounded up, at most `Int128.max`.
    private mutating func scaled(_ digits: ArraySlice<UInt8>, power: Int, doublings: Int) -> Int128
    {
        let digits = digits.drop { $0 == UInt8(ascii: "0") }
        if digits.isEmpty { return 0 }
        if digits.count + power > 38 {
            isExact = false
            return .max
        }
        // Digits below a billionth only decide whether to round up.
        let kept = digits.prefix(38)
        var power = power + digits.count - kept.count
        var roundsUp = digits.dropFirst(kept.count).contains { $0 != UInt8(ascii: "0") }
        var amount = kept.reduce(Int128(0)) { $0 * 10 + Int128($1 - 0x30) }
        for _ in 0..<doublings { amount = saturatingProduct(amount, 2) }
        while power > 0, amount != .max {
            amount = saturatingProduct(amount, 10)
            power -= 1
        }
        while power < 0 {
            if amount == 0 { break }
            roundsUp = roundsUp || amount % 10 != 0
            amount /= 10
            power += 1
        }
        if roundsUp { isExact = false }
        return roundsUp ? saturatingSum(amount, 1) : amount
    }

    private mutating func saturatingSum(_ left: Int128, _ right: Int128) -> Int128 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        if overflow { isExact = false }
        return overflow ? .max : sum
    }

    private mutating func saturatingProduct(_ left: Int128, _ right: Int128) -> Int128 {
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        if overflow { isExact = false }
        return overflow ? .max : product
    }

    /// Whether upstream keeps the written text: it only skips the work where it sees at a glance
    /// that the number is in lowest terms, and lets signs, points and exponents pass by that.
    var keepsSpelling: Bool {
        guard let scale = try? scale() else { return false }
        switch scale {
        case .binary(let doublings):
            let precision = 15 - max(1, whole.count) - (doublings * 3 / 10) - 1
            guard fraction.isEmpty, precision >= 0, let last = Int64(text(whole)) else {
                return false
            }
            return last & 7 != 0
        case .decimal(let exponent, _):
            let digits = (whole.isEmpty ? [UInt8(ascii: "0")] : whole) + fraction
            let power = exponent - fraction.count
            return digits.count <= 18 && power >= -9 && power % 3 == 0
                && !digits.suffix(3).elementsEqual("000".utf8)
                && digits.first != UInt8(ascii: "0")
        }
    }

    private func text(_ digits: ArraySlice<UInt8>) -> String {
        String(decoding: digits, as: UTF8.self)
    }
}
