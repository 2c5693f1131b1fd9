import Value

/// Numbers on command lines.
enum ToolNumber {
    private static let powers: [Character: Int] = [
        "K": 1, "k": 1, "M": 2, "G": 3, "T": 4, "P": 5, "E": 6,
    ]

    /// `12`, `3K`, `1MB`, `2b`: a count with a multiplier as coreutils know them; nil for anything
    /// else. What does not fit is the largest number.
    static func count(_ text: String) -> Int? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        let number = Int(digits) ?? .max
        let suffix = text.dropFirst(digits.count)
        switch suffix {
        case "": return number
        case "b": return multiplied(number, 512, 1)
        default:
            guard let first = suffix.first, let power = powers[first] else { return nil }
            switch suffix.dropFirst() {
            case "", "iB": return multiplied(number, 1024, power)
            case "B": return multiplied(number, 1000, power)
            default: return nil
            }
        }
    }

    private static func multiplied(_ number: Int, _ factor: Int, _ power: Int) -> Int {
        var result = number
        for _ in 0..<power {
            let (product, overflows) = result.multipliedReportingOverflow(by: factor)
            if overflows { return .max }
            result = product
        }
        return result
    }

    /// `2`, `0.5`, `2s`, `1m`, `1h`, `1d` as milliseconds, at most 950 years, so that they can be added
    /// to a time; nil for anything else.
    static func milliseconds(_ text: String) -> Int64? {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        let number = unit == nil ? text[...] : text.dropLast()
        if number == "inf" || number == "infinity" { return Milliseconds.longest }
        guard number.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ".") }),
            let value = Double(number)
        else { return nil }
        let milliseconds = value * (unit ?? 1) * 1000
        return Milliseconds(atMost: Int64(min(milliseconds.rounded(), 9e15)))
    }
}
