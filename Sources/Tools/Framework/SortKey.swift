/// A part of a line and how it compares.
struct SortKey {
    enum Kind: String {
        case text = "", numeric = "n", general = "g", human = "h", month = "M", version = "V"
    }

    /// A place in a line, counted from 1.
    struct Place {
        var field: Int
        /// 0 at the end of a key stands for the end of the field.
        var character: Int
        var skipsBlanks = false
    }

    var first = Place(field: 1, character: 1)
    var last: Place?
    private(set) var kinds: [Kind] = []
    private(set) var isReversed = false
    private var foldsCase = false
    private var isDictionary = false
    private var ignoresNonprinting = false
    private var skipsBlanks = false
    var skipsBlanksAtEnd = false

    init() {}

    /// `2`, `2,2`, `2n`, `2.3,4.1nr`.
    init(_ text: String) throws(ToolStop) {
        let parts = text.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
        func fail(_ message: String, _ about: String = "") -> ToolStop {
            .failure("\(message): \(about)", status: 2)
        }
        func specification(_ message: String) -> ToolStop {
            fail(message, "invalid field specification \(text.quoted)")
        }
        func place(_ part: Substring, isEnd: Bool) throws(ToolStop) -> Place {
            var rest = part
            func number(_ message: String) throws(ToolStop) -> Int {
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                guard !digits.isEmpty else {
                    throw fail(message, "invalid count at start of \(String(rest).quoted)")
                }
                rest = rest.dropFirst(digits.count)
                return Int(digits) ?? .max
            }
            let field = try number(
                isEnd ? "invalid number after ','" : "invalid number at field start")
            if field == 0 { throw specification("field number is zero") }
            var character = isEnd ? 0 : 1
            if rest.first == "." {
                rest.removeFirst()
                character = try number("invalid number after '.'")
                if character == 0, !isEnd { throw specification("character offset is zero") }
            }
            while let letter = rest.popFirst() {
                guard take(letter, atEnd: isEnd) else {
                    throw specification("stray character in field spec")
                }
            }
            return Place(field: field, character: character)
        }
        first = try place(parts[0], isEnd: false)
        if parts.count > 1 { last = try place(parts[1], isEnd: true) }
    }

    /// Takes an option; false for an unknown one.
    mutating func take(_ letter: Character, atEnd: Bool) -> Bool {
        switch letter {
        case "b": if atEnd { skipsBlanksAtEnd = true } else { skipsBlanks = true }
        case "d": isDictionary = true
        case "f": foldsCase = true
        case "i": ignoresNonprinting = true
        case "r": isReversed = true
        default:
            guard let kind = Kind(rawValue: String(letter)) else { return false }
            if !kinds.contains(kind) { kinds.append(kind) }
        }
        return true
    }

    /// Whether it has an option of its own, and so takes none of the general ones.
    var hasOptions: Bool {
        !kinds.isEmpty || isReversed || foldsCase || isDictionary || ignoresNonprinting
            || skipsBlanks || skipsBlanksAtEnd
    }

    func check() throws(ToolStop) {
        guard
            kinds.count > 1
                || !kinds.isEmpty && kinds != [.version] && (isDictionary || ignoresNonprinting)
        else { return }
        let letters =
            (isDictionary ? "d" : "")
            + ["g", "h", "i", "M", "n", "R", "V"].filter {
                letter in
                letter == "i" ? ignoresNonprinting : kinds.contains { $0.rawValue == letter }
            }.joined()
        throw .failure("options '-\(letters)' are incompatible", status: 2)
    }

    private var kind: Kind { kinds.first ?? .text }

    // MARK: The part of a line

    func part(of line: ArraySlice<UInt8>, _ separator: UInt8?) -> ArraySlice<UInt8> {
        let start = start(in: line, separator)
        let end = max(start, end(in: line, separator))
        return line[start..<end]
    }

    private func start(in line: ArraySlice<UInt8>, _ separator: UInt8?) -> Int {
        if first.field == 1, first.character == 1, !skipsBlanks { return line.startIndex }
        var place = line.startIndex
        for _ in 1..<first.field {
            guard place < line.endIndex else { break }
            place = Self.endOfField(line, place, separator)
            if separator != nil, place < line.endIndex { place += 1 }
        }
        if skipsBlanks { place = line[place...].firstIndex { !$0.isBlank } ?? line.endIndex }
        return min(line.endIndex, place.addingSaturated(first.character - 1))
    }

    private func end(in line: ArraySlice<UInt8>, _ separator: UInt8?) -> Int {
        guard let last else { return line.endIndex }
        var place = line.startIndex
        let skipped = last.character == 0 ? last.field : last.field - 1
        for number in 0..<skipped {
            guard place < line.endIndex else { return place }
            place = Self.endOfField(line, place, separator)
            // Between fields the separator is passed over; the one behind the last field is not
            // part of it.
            if separator != nil, place < line.endIndex, number < skipped - 1 || last.character != 0
            {
                place += 1
            }
        }
        guard last.character != 0 else { return place }
        if skipsBlanksAtEnd { place = line[place...].firstIndex { !$0.isBlank } ?? line.endIndex }
        return min(line.endIndex, place.addingSaturated(last.character))
    }

    /// Where the field that begins at `place` ends; without a separator, a field begins with the
    /// blanks before it.
    private static func endOfField(
        _ line: ArraySlice<UInt8>, _ place: Int, _ separator: UInt8?
    ) -> Int {
        if let separator { return line[place...].firstIndex(of: separator) ?? line.endIndex }
        let text = line[place...].firstIndex { !$0.isBlank } ?? line.endIndex
        return line[text...].firstIndex { $0.isBlank } ?? line.endIndex
    }

    // MARK: Comparing

    func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        let result =
            switch kind {
            case .text: compareTexts(left, right)
            case .numeric: SortNumber.compare(left, right)
            case .human: SortNumber.compareHuman(left, right)
            case .general: SortNumber.compareGeneral(left, right)
            case .month: SortNumber.month(left) - SortNumber.month(right)
            case .version: VersionOrder.compare(left, right)
            }
        return isReversed ? -result : result
    }

    private func compareTexts(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        guard foldsCase || isDictionary || ignoresNonprinting else {
            return Self.compareBytes(left, right)
        }
        return Self.compareBytes(counting(left)[...], counting(right)[...])
    }

    private func counting(_ text: ArraySlice<UInt8>) -> [UInt8] {
        text.filter { byte in
            if isDictionary, byte < 128, !byte.isBlank, !byte.isLetter, !byte.isDigit {
                return false
            }
            return !ignoresNonprinting || byte >= 32 && byte != 127
        }.map { foldsCase ? $0.asciiUppercased : $0 }
    }

    static func compareBytes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
        return left.count - right.count
    }
}

extension Int {
    func addingSaturated(_ other: Int) -> Int {
        let (sum, overflows) = addingReportingOverflow(other)
        return overflows ? .max : sum
    }
}

/// Numbers as `sort` reads them off the start of a text, of any length.
enum SortNumber {
    /// A decimal number: sign, digits without leading zeros, decimals.
    private struct Decimal {
        var isNegative = false
        var whole: ArraySlice<UInt8>
        var decimals: ArraySlice<UInt8> = []
        var rest: ArraySlice<UInt8>

        init(_ text: ArraySlice<UInt8>) {
            var rest = text.drop(while: \.isBlank)
            if rest.first == UInt8(ascii: "-") {
                isNegative = true
                rest = rest.dropFirst()
            }
            whole = rest.prefix(while: \.isDigit)
            rest = rest.dropFirst(whole.count)
            whole = whole.drop { $0 == 0x30 }
            if rest.first == UInt8(ascii: ".") {
                decimals = rest.dropFirst().prefix(while: \.isDigit)
                rest = rest.dropFirst(decimals.count + 1)
                while decimals.last == 0x30 { decimals = decimals.dropLast() }
            }
            self.rest = rest
            if whole.isEmpty, decimals.isEmpty { isNegative = false }
        }

        func compare(_ other: Decimal) -> Int {
            if isNegative != other.isNegative { return isNegative ? -1 : 1 }
            let result =
                whole.count != other.whole.count
                ? whole.count - other.whole.count : SortKey.compareBytes(whole, other.whole)
            let size = result != 0 ? result : SortKey.compareBytes(decimals, other.decimals)
            return isNegative ? -size : size
        }
    }

    static func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        Decimal(left).compare(Decimal(right))
    }

    /// `2K` before `1G`: first by the suffix, then by the number.
    static func compareHuman(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        let (a, b) = (Decimal(left), Decimal(right))
        let units = unit(a) - unit(b)
        return units != 0 ? units : a.compare(b)
    }

    private static func unit(_ number: Decimal) -> Int {
        let order = Array("KMGTPEZY".utf8)
        let suffix = number.rest.first.map { $0 == UInt8(ascii: "k") ? UInt8(ascii: "K") : $0 }
        let size = suffix.flatMap { order.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
        let isZero = number.whole.isEmpty && number.decimals.isEmpty
        return isZero ? 0 : number.isNegative ? -size : size
    }

    /// Texts that are no numbers come first, then numbers by their value.
    static func compareGeneral(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
        let (a, b) = (NumberText.leading(left), NumberText.leading(right))
        switch (a, b) {
        case (nil, nil): return 0
        case (nil, _): return -1
        case (_, nil): return 1
        case (let a?, let b?): return a < b ? -1 : a > b ? 1 : 0
        }
    }

    private static let months = [
        "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
    ].map { Array($0.utf8) }

    /// 1 to 12, and 0 for what is no month.
    static func month(_ text: ArraySlice<UInt8>) -> Int {
        let name = text.drop(while: \.isBlank).prefix(3).map(\.asciiUppercased)
        return months.firstIndex(of: name).map { $0 + 1 } ?? 0
    }
}
