/// Numbers at the start of texts, as C's `strtod` reads them.
enum NumberText {
    /// The number that a text begins with, behind blanks; nil without one.
    static func leading(_ text: ArraySlice<UInt8>) -> Double? {
        let (number, length) = scan(text)
        return length == 0 ? nil : number
    }

    /// The number that a text begins with and how many bytes it takes, blanks before it included;
    /// no bytes where there is none. Hexadecimal numbers, `inf` and `nan` count only where
    /// `allowsWords` is set.
    static func scan(
        _ text: ArraySlice<UInt8>, allowsWords: Bool = false
    ) -> (number: Double, length: Int) {
        var place = text.firstIndex { !$0.isSpace } ?? text.endIndex
        let start = place
        if place < text.endIndex,
            text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+")
        {
            place += 1
        }
        if allowsWords, let word = self.word(text, from: place) {
            let isNegative = text[start] == UInt8(ascii: "-")
            return (isNegative ? -word.number : word.number, word.end - text.startIndex)
        }
        let digits = text[place...].prefix(while: \.isDigit)
        place += digits.count
        var hasDigits = !digits.isEmpty
        if place < text.endIndex, text[place] == UInt8(ascii: ".") {
            let decimals = text[(place + 1)...].prefix(while: \.isDigit)
            if hasDigits || !decimals.isEmpty { place += 1 + decimals.count }
            hasDigits = hasDigits || !decimals.isEmpty
        }
        guard hasDigits else { return (0, 0) }
        if place < text.endIndex,
            text[place] == UInt8(ascii: "e") || text[place] == UInt8(ascii: "E")
        {
            var end = place + 1
            if end < text.endIndex, text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "+")
            {
                end += 1
            }
            let power = text[end...].prefix(while: \.isDigit)
            if !power.isEmpty { place = end + power.count }
        }
        return (value(of: text[start..<place]), place - text.startIndex)
    }

    /// Swift's reader wants a digit before and behind the point.
    private static func value(of text: ArraySlice<UInt8>) -> Double {
        var bytes: [UInt8] = []
        for (offset, byte) in text.enumerated() {
            let place = text.startIndex + offset
            if byte == UInt8(ascii: ".") {
                if bytes.last?.isDigit != true { bytes.append(0x30) }
                bytes.append(byte)
                if place + 1 >= text.endIndex || !text[place + 1].isDigit { bytes.append(0x30) }
            } else {
                bytes.append(byte)
            }
        }
        return Double(String(decoding: bytes, as: UTF8.self)) ?? 0
    }

    /// `inf`, `infinity`, `nan` or a hexadecimal number at a place.
    private static func word(
        _ text: ArraySlice<UInt8>, from place: Int
    ) -> (number: Double, end: Int)? {
        let lower = text[place...].prefix(8).map(\.asciiLowercased)
        for (name, number) in [("infinity", Double.infinity), ("inf", .infinity), ("nan", .nan)]
        where lower.starts(with: name.utf8) {
            return (number, place + name.utf8.count)
        }
        guard lower.starts(with: "0x".utf8) else { return nil }
        let digits = text[(place + 2)...].prefix {
            $0.isDigit || (0x61...0x66).contains($0.asciiLowercased)
        }
        guard !digits.isEmpty else { return nil }
        var number = 0.0
        for digit in digits {
            let value = digit.isDigit ? digit - 0x30 : digit.asciiLowercased - 0x57
            number = number * 16 + Double(value)
        }
        return (number, digits.endIndex)
    }
}
