/// Doubles with a given number of digits, rounded exactly (half to even), as `%f`, `%e` and `%g` of C
/// and Go print them.
package enum DecimalText {
    /// `%.Nf` of a number that is not negative.
    package static func fixed(_ number: Double, decimals: Int) -> String {
        guard number.isFinite else { return number.goTextOfInfinity }
        var exact = ExactDecimal(number)
        exact.round(toDecimals: decimals)
        let digits = exact.digits
        let whole = digits.count + exact.exponent
        var text = whole > 0 ? String(decoding: digits.prefix(whole), as: UTF8.self) : "0"
        if whole > digits.count { text += String(repeating: "0", count: whole - digits.count) }
        guard decimals > 0 else { return text }
        var fraction = String(repeating: "0", count: max(0, -whole))
        if whole < digits.count {
            fraction += String(decoding: digits.dropFirst(max(0, whole)), as: UTF8.self)
        }
        fraction = String(fraction.prefix(decimals))
        return text + "." + fraction + String(repeating: "0", count: decimals - fraction.utf8.count)
    }

    /// `%.Ne` of a number that is not negative.
    package static func scientific(_ number: Double, decimals: Int) -> String {
        guard number.isFinite else { return number.goTextOfInfinity }
        var exact = ExactDecimal(number)
        exact.round(toDigits: decimals + 1)
        let digits = exact.digits
        let power = number == 0 ? 0 : digits.count + exact.exponent - 1
        var text = digits.isEmpty ? "0" : String(decoding: digits.prefix(1), as: UTF8.self)
        if decimals > 0 {
            let fraction = String(decoding: digits.dropFirst().prefix(decimals), as: UTF8.self)
            text += "." + fraction
            text += String(repeating: "0", count: decimals - fraction.utf8.count)
        }
        let amount = String(power.magnitude)
        return text + (power < 0 ? "e-" : "e+") + (amount.utf8.count < 2 ? "0" : "") + amount
    }

    /// `%.Ng` of a number that is not negative: at most `digits` of them, without zeros at the end.
    package static func general(_ number: Double, digits: Int) -> String {
        guard number.isFinite else { return number.goTextOfInfinity }
        var exact = ExactDecimal(number)
        exact.round(toDigits: digits)
        let power = number == 0 ? 0 : exact.digits.count + exact.exponent - 1
        let significant = max(1, exact.digits.reversed().drop { $0 == 0x30 }.count)
        if power < -4 || power >= digits {
            return scientific(number, decimals: significant - 1)
        }
        return fixed(number, decimals: max(0, significant - 1 - power))
    }
}

extension Double {
    fileprivate var goTextOfInfinity: String { isNaN ? "NaN" : "+Inf" }
}

/// A double as its exact decimal digits: digits × 10^exponent. A double has at most about 770 of
/// them.
private struct ExactDecimal {
    /// ASCII, without a leading zero; empty for zero.
    private(set) var digits: [UInt8]
    private(set) var exponent: Int

    init(_ number: Double) {
        exponent = 0
        digits = []
        guard number > 0 else { return }
        let isNormal = number.isNormal
        var mantissa = number.significandBitPattern | (isNormal ? UInt64(1) << 52 : 0)
        var power = (isNormal ? Int(number.exponentBitPattern) : 1) - 1075
        while mantissa & 1 == 0 {
            mantissa >>= 1
            power += 1
        }
        // Little-endian decimal digits, multiplied out: by two, or by five with the point moving.
        var amounts: [UInt32] = []
        while mantissa > 0 {
            amounts.append(UInt32(mantissa % 10))
            mantissa /= 10
        }
        let factor: UInt32 = power < 0 ? 5 : 2
        for _ in 0..<abs(power) {
            var carry: UInt32 = 0
            for index in amounts.indices {
                let product = amounts[index] * factor + carry
                amounts[index] = product % 10
                carry = product / 10
            }
            if carry > 0 { amounts.append(carry) }
        }
        exponent = min(0, power)
        digits = amounts.reversed().map { UInt8($0) + 0x30 }
    }

    mutating func round(toDecimals decimals: Int) {
        round(toDigits: digits.count + exponent + decimals)
    }

    /// Keeps the first `count` digits; a count of zero or less may still round up to one.
    mutating func round(toDigits count: Int) {
        guard count < digits.count else { return }
        guard count >= 0 else {
            digits = []
            return
        }
        let dropped = digits[count...]
        exponent += dropped.count
        let first = dropped.first ?? 0x30
        let isHalf = first == 0x35 && dropped.dropFirst().allSatisfy { $0 == 0x30 }
        digits = Array(digits[..<count])
        let isOdd = (digits.last ?? 0x30) & 1 == 1
        guard first > 0x35 || (first == 0x35 && (!isHalf || isOdd)) else { return }
        var index = count - 1
        while index >= 0, digits[index] == 0x39 {
            digits[index] = 0x30
            index -= 1
        }
        if index >= 0 {
            digits[index] += 1
        } else {
            digits.insert(0x31, at: 0)
        }
    }
}
