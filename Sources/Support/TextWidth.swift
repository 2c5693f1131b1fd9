/// How many columns of a terminal texts take: wide characters of East Asia take two, marks that sit on
/// others none.
///
/// Source of the ranges: Unicode Standard Annex 11, the properties W and F of EastAsianWidth.txt, in blocks;
/// what is ambiguous there counts as narrow, as terminals show it outside of East Asian locales.
public enum TextWidth {
    /// The columns of a text of one line, without sequences of escape that colour it.
    public static func columns(_ text: some StringProtocol) -> Int {
        var (count, isEscape) = (0, false)
        for scalar in text.unicodeScalars {
            if isEscape {
                isEscape = scalar != "m"
            } else if scalar == "\u{1B}" {
                isEscape = true
            } else {
                count += columns(scalar)
            }
        }
        return count
    }

    /// The columns of one scalar: 0, 1 or 2.
    public static func columns(_ scalar: Unicode.Scalar) -> Int {
        let value = scalar.value
        if value < 0x300 { return value < 0x20 || (0x7F..<0xA0).contains(value) ? 0 : 1 }
        if isMark(scalar) { return 0 }
        return isWide(value) ? 2 : 1
    }

    /// The text with blanks behind it up to `width` columns.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - columns(text)))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x26A1,
            0x2705, 0x274C, 0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50,
            0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
            0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
