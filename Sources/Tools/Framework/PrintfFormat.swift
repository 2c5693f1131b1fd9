import Value

/// A format of `printf` cut into texts and conversions.
struct PrintfFormat {
    enum Piece {
        case text([UInt8])
        case conversion(PrintfConversion)
    }

    private(set) var pieces: [Piece] = []
    /// What is wrong behind the pieces.
    private(set) var problem: Problem?

    /// Why a text is no format.
    enum Problem: Error {
        case missingCharacter(String)
        case invalidCharacter(String)
        case tooWide
    }

    /// - Parameters:
    ///   - kinds: the letters that may end a conversion.
    ///   - style: how escapes are written; nil where there are none.
    init(
        _ format: some Sequence<UInt8>, kinds: String, escapes style: EscapeText.Style? = nil
    ) {
        let format = Array(format)
        var plain: [UInt8] = []
        var place = 0
        while place < format.count {
            let next = format[place]
            place += 1
            if next == UInt8(ascii: "\\"), let style {
                place += EscapeText.escape(format[place...], style, &plain)
            } else if next != UInt8(ascii: "%") {
                plain.append(next)
            } else if place < format.count, format[place] == UInt8(ascii: "%") {
                plain.append(next)
                place += 1
            } else {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = []
                var reader = PrintfReader(format, from: place)
                do throws(Problem) {
                    pieces.append(.conversion(try reader.read(kinds)))
                } catch {
                    problem = error
                    return
                }
                place = reader.place
            }
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
    }

    /// How many arguments one use of the format takes.
    var argumentCount: Int {
        pieces.reduce(0) { count, piece in
            guard case .conversion(let conversion) = piece else { return count }
            return count + 1 + (conversion.width == .argument ? 1 : 0)
                + (conversion.precision == .argument ? 1 : 0)
        }
    }
}

/// A conversion such as `%-8.3f`.
struct PrintfConversion {
    enum Amount: Equatable {
        case none
        case number(Int)
        /// Taken from the arguments: `*`.
        case argument
    }

    var isLeft = false
    var isSigned = false
    var hasSpace = false
    var isAlternate = false
    var isZeroPadded = false
    var width = Amount.none
    var precision = Amount.none
    /// The letter at its end.
    var kind: UInt8 = 0
    /// What stands between `%(` and `)T`.
    var timeFormat = ""

    static let widthLimit = 1_000_000

    /// A conversion with its amounts known.
    mutating func settle(width: Int?, precision: Int?) {
        if let width {
            if width < 0 { isLeft = true }
            self.width = .number(min(Self.widthLimit, Int(clamping: width.magnitude)))
        }
        if let precision {
            self.precision = precision < 0 ? .none : .number(min(Self.widthLimit, precision))
        }
    }

    private var widthNumber: Int { if case .number(let number) = width { number } else { 0 } }

    var precisionNumber: Int? { if case .number(let number) = precision { number } else { nil } }

    // MARK: Converting

    /// `%s`: width and precision count characters.
    func converted(text: [UInt8]) -> [UInt8] {
        var text = text
        if let precision = precisionNumber {
            text = Array(
                String(decoding: text, as: UTF8.self).unicodeScalars.prefix(precision)
                    .reduce(into: "") { $0.unicodeScalars.append($1) }.utf8)
        }
        return padded(text)
    }

    private func padded(_ text: [UInt8]) -> [UInt8] {
        let room = widthNumber - text.count { $0 & 0xC0 != 0x80 }
        guard room > 0 else { return text }
        let blanks = [UInt8](repeating: .space, count: room)
        return isLeft ? text + blanks : blanks + text
    }

    /// `%d`, `%i`, `%o`, `%u`, `%x`, `%X`.
    func converted(integer: Int64) -> [UInt8] {
        let isDecimal = kind == UInt8(ascii: "d") || kind == UInt8(ascii: "i")
        let magnitude = isDecimal ? integer.magnitude : UInt64(bitPattern: integer)
        let radix = kind == UInt8(ascii: "o") ? 8 : kind | 0x20 == UInt8(ascii: "x") ? 16 : 10
        var digits = String(magnitude, radix: radix, uppercase: kind == UInt8(ascii: "X"))
        if let precision = precisionNumber {
            if magnitude == 0, precision == 0 { digits = "" }
            digits = String(repeating: "0", count: max(0, precision - digits.utf8.count)) + digits
        }
        var lead = ""
        if isDecimal { lead = integer < 0 ? "-" : isSigned ? "+" : hasSpace ? " " : "" }
        if isAlternate, magnitude != 0 {
            if radix == 16 { lead = kind == UInt8(ascii: "X") ? "0X" : "0x" }
            if radix == 8, !digits.hasPrefix("0") { digits = "0" + digits }
        }
        return padded(lead, digits, takesZeros: precisionNumber == nil)
    }

    /// `%e`, `%f`, `%g` and their capitals.
    func converted(number: Double) -> [UInt8] {
        let lead =
            number.sign == .minus && !number.isNaN ? "-" : isSigned ? "+" : hasSpace ? " " : ""
        guard number.isFinite else {
            let name = number.isNaN ? "nan" : "inf"
            return padded(lead, kind < 0x60 ? name.uppercased() : name, takesZeros: false)
        }
        let size = number.magnitude
        let precision = precisionNumber ?? 6
        var digits =
            switch kind | 0x20 {
            case UInt8(ascii: "e"): DecimalText.scientific(size, decimals: precision)
            case UInt8(ascii: "g"): DecimalText.general(size, digits: max(1, precision))
            default: DecimalText.fixed(size, decimals: precision)
            }
        if kind < 0x60 { digits = digits.uppercased() }
        return padded(lead, digits, takesZeros: true)
    }

    private func padded(_ lead: String, _ digits: String, takesZeros: Bool) -> [UInt8] {
        let room = max(0, widthNumber - lead.utf8.count - digits.utf8.count)
        if isZeroPadded, takesZeros, !isLeft {
            return Array((lead + String(repeating: "0", count: room) + digits).utf8)
        }
        return padded(Array((lead + digits).utf8))
    }
}

/// Reads one conversion behind its `%`.
private struct PrintfReader {
    private let format: [UInt8]
    private(set) var place: Int
    private let start: Int

    init(_ format: [UInt8], from place: Int) {
        self.format = format
        self.place = place
        start = place
    }

    private var peek: UInt8? { place < format.count ? format[place] : nil }

    mutating func read(_ kinds: String) throws(PrintfFormat.Problem) -> PrintfConversion {
        var conversion = PrintfConversion()
        flags: while let next = peek {
            switch next {
            case UInt8(ascii: "-"): conversion.isLeft = true
            case UInt8(ascii: "+"): conversion.isSigned = true
            case UInt8(ascii: " "): conversion.hasSpace = true
            case UInt8(ascii: "#"): conversion.isAlternate = true
            case UInt8(ascii: "0"): conversion.isZeroPadded = true
            case UInt8(ascii: "'"): break
            default: break flags
            }
            place += 1
        }
        conversion.width = try readAmount()
        if peek == UInt8(ascii: ".") {
            place += 1
            conversion.precision = try readAmount()
            if conversion.precision == .none { conversion.precision = .number(0) }
        }
        // Lengths of C's types say nothing here.
        while let next = peek, "hlLqjzt".utf8.contains(next), place + 1 < format.count {
            place += 1
        }
        guard let kind = peek else { throw .missingCharacter(text) }
        place += 1
        conversion.kind = kind
        if kind == UInt8(ascii: "("), kinds.utf8.contains(kind) {
            let end = format[place...].firstIndex(of: UInt8(ascii: ")"))
            guard let end, end + 1 < format.count, format[end + 1] == UInt8(ascii: "T") else {
                throw .invalidCharacter("(")
            }
            conversion.timeFormat = format[place..<end].text
            place = end + 2
            return conversion
        }
        guard kinds.utf8.contains(kind) else {
            throw .invalidCharacter(format[(place - 1)...].prefix(1).text)
        }
        return conversion
    }

    private var text: String { "%" + format[start..<place].text }

    private mutating func readAmount() throws(PrintfFormat.Problem) -> PrintfConversion.Amount {
        if peek == UInt8(ascii: "*") {
            place += 1
            return .argument
        }
        var number: Int?
        while let next = peek, next.isDigit {
            number = (number ?? 0) * 10 + Int(next - 0x30)
            if let number, number > PrintfConversion.widthLimit { throw .tooWide }
            place += 1
        }
        return number.map { .number($0) } ?? .none
    }
}
