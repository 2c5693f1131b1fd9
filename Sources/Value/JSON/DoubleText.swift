/// A finite double as its shortest decimal digits: 0.d₁d₂d₃… × 10^exponent.
///
/// Go and Swift agree on these digits (the shortest that read back as the same number) and differ
/// only in layout.
struct DecimalDigits {
    var isNegative: Bool
    /// At least one digit, as ASCII; without zeros at the end unless it is "0".
    var digits: [UInt8]
    var exponent: Int

    init(_ number: Double) {
        isNegative = number.sign == .minus
        digits = []
        exponent = 0
        var sawPoint = false
        var text = Array(number.magnitude.description.utf8)[...]
        if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
            exponent = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
            text = text[..<mark]
        }
        for byte in text {
            if byte == UInt8(ascii: ".") {
                sawPoint = true
            } else {
                digits.append(byte)
                if !sawPoint { exponent += 1 }
            }
        }
        while digits.count > 1, digits.last == UInt8(ascii: "0") { digits.removeLast() }
        while digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            exponent -= 1
        }
        if digits == [UInt8(ascii: "0")] { exponent = 1 }
    }

    /// Without an exponent: `1500000`, `0.25`.
    var plain: String {
        var text = sign
        if exponent <= 0 {
            text += "0." + String(repeating: "0", count: -exponent)
            return text + String(decoding: digits, as: UTF8.self)
        }
        if digits.count <= exponent {
            text += String(decoding: digits, as: UTF8.self)
            return text + String(repeating: "0", count: exponent - digits.count)
        }
        text += String(decoding: digits[..<exponent], as: UTF8.self) + "."
        return text + String(decoding: digits[exponent...], as: UTF8.self)
    }

    /// With an exponent of at least `width` digits: `1.5e+21`, `2e-07`.
    func scientific(width: Int) -> String {
        var text = sign + String(decoding: digits[..<1], as: UTF8.self)
        if digits.count > 1 { text += "." + String(decoding: digits[1...], as: UTF8.self) }
        let power = exponent - 1
        let amount = String(power.magnitude)
        text += power < 0 ? "e-" : "e+"
        return text + String(repeating: "0", count: max(0, width - amount.utf8.count)) + amount
    }

    private var sign: String { isNegative ? "-" : "" }
}

extension Double {
    /// As Go's `encoding/json` writes a float64: without exponent from 1e-6 up to 1e21.
    public var jsonText: String {
        let digits = DecimalDigits(self)
        if self == 0 || (1e-6..<1e21).contains(magnitude) { return digits.plain }
        return digits.scientific(width: 1)
    }

    /// As Go's `fmt` prints a float64 with `%v`, and `strconv` with 'g' and the shortest precision:
    /// without exponent from 1e-4 up to, and not including, 1e6.
    public var goText: String {
        if let text = notFiniteText { return text }
        let digits = DecimalDigits(self)
        if self == 0 || (1e-4..<1e6).contains(magnitude) { return digits.plain }
        return digits.scientific(width: 2)
    }

    /// As jq prints a number: without exponent from 1e-4 as long as at most 15 zeros end it.
    package var jqText: String {
        let digits = DecimalDigits(self)
        if digits.exponent > -4, digits.exponent <= digits.digits.count + 15 { return digits.plain }
        return digits.scientific(width: 2)
    }

    private var notFiniteText: String? {
        if isNaN { return "NaN" }
        if isInfinite { return self < 0 ? "-Inf" : "+Inf" }
        return nil
    }
}
