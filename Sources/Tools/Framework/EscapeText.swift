/// Backslash escapes as bash's `echo -e` and `printf` and awk's strings write them.
enum EscapeText {
    /// Where the escapes stand.
    enum Style {
        /// `echo -e` and `%b`: octal numbers begin with `\0`, and `\c` ends the output.
        case echo, argument
        /// The format of `printf`: octal numbers are `\101`.
        case format
    }

    private static let simple: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "b"): 8, UInt8(ascii: "e"): 27, UInt8(ascii: "E"): 27,
        UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        UInt8(ascii: "v"): 11, UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    ]

    /// The bytes with escapes replaced, and whether a `\c` cut them. An unknown escape stays as it is.
    static func unescaped(_ text: [UInt8], _ style: Style) -> (bytes: [UInt8], isCut: Bool) {
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            guard text[place] == UInt8(ascii: "\\"), place + 1 < text.count else {
                result.append(text[place])
                place += 1
                continue
            }
            if text[place + 1] == UInt8(ascii: "c"), style != .format { return (result, true) }
            place += escape(text[(place + 1)...], style, &result) + 1
        }
        return (result, false)
    }

    /// Adds what an escape stands for; answers how many bytes behind the backslash it takes.
    static func escape(_ rest: ArraySlice<UInt8>, _ style: Style, _ result: inout [UInt8]) -> Int {
        guard let next = rest.first else {
            result.append(UInt8(ascii: "\\"))
            return 0
        }
        if let byte = simple[next] {
            result.append(byte)
            return 1
        }
        if style != .echo,
            next == UInt8(ascii: "\"") || style == .format && "'?".utf8.contains(next)
        {
            result.append(next)
            return 1
        }
        switch next {
        case UInt8(ascii: "0")...UInt8(ascii: "7") where style != .echo || next == 0x30:
            let lead = style != .format && next == 0x30 ? 1 : 0
            let (value, count) = number(rest.dropFirst(lead), radix: 8, atMost: 3)
            result.append(UInt8(truncatingIfNeeded: value))
            return lead + count
        case UInt8(ascii: "x"):
            let (value, count) = number(rest.dropFirst(), radix: 16, atMost: 2)
            if count > 0 {
                result.append(UInt8(truncatingIfNeeded: value))
                return count + 1
            }
        case UInt8(ascii: "u"), UInt8(ascii: "U"):
            let (value, count) = number(
                rest.dropFirst(), radix: 16, atMost: next == UInt8(ascii: "u") ? 4 : 8)
            if count > 0 {
                if let scalar = Unicode.Scalar(value) { result += Array(String(scalar).utf8) }
                return count + 1
            }
        default: break
        }
        result += [UInt8(ascii: "\\"), next]
        return 1
    }

    private static func number(
        _ text: ArraySlice<UInt8>, radix: UInt32, atMost limit: Int
    ) -> (value: UInt32, count: Int) {
        var value: UInt32 = 0
        var count = 0
        for byte in text.prefix(limit) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 128,
                digit < radix
            else { break }
            value = value &* radix &+ UInt32(digit)
            count += 1
        }
        return (value, count)
    }
}
