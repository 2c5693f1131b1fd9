/// The characters that one place of a pattern takes, by their Unicode scalar values.
package struct CharacterSet: Sendable, Equatable {
    /// Kinds of characters outside ASCII; the ASCII ones stand in ``ranges``.
    struct Classes: OptionSet, Sendable {
        let rawValue: UInt8

        static let alphabetic = Classes(rawValue: 1)
        static let numeric = Classes(rawValue: 2)
        static let whitespace = Classes(rawValue: 4)
        static let uppercase = Classes(rawValue: 8)
        static let lowercase = Classes(rawValue: 16)
        static let punctuation = Classes(rawValue: 32)
        /// Everything but controls and white space.
        static let graphic = Classes(rawValue: 64)
    }

    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var classes: Classes = []
    private(set) var isNegated = false
    /// Whether ``ranges`` hold the ASCII character of the bit's number.
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ ranges: [ClosedRange<UInt32>] = [], classes: Classes = [], isNegated: Bool = false) {
        self.classes = classes
        self.isNegated = isNegated
        for range in ranges { insert(range) }
    }

    /// Only this character.
    init(_ character: UInt32) { insert(character...character) }

    mutating func insert(_ range: ClosedRange<UInt32>) {
        ranges.append(range)
        guard range.lowerBound < 128 else { return }
        for value in range.lowerBound...min(range.upperBound, 127) {
            if value < 64 { low |= 1 << UInt64(value) } else { high |= 1 << UInt64(value - 64) }
        }
    }

    /// Takes what `other`, which is not negated, takes too.
    mutating func formUnion(_ other: CharacterSet) {
        for range in other.ranges { insert(range) }
        classes.formUnion(other.classes)
    }

    /// Takes from now on what it did not take.
    mutating func invert() { isNegated.toggle() }

    package func contains(_ character: UInt32) -> Bool {
        if character < 64 { return ((low >> UInt64(character)) & 1 == 1) != isNegated }
        if character < 128 { return ((high >> UInt64(character - 64)) & 1 == 1) != isNegated }
        return holds(character) != isNegated
    }

    private func holds(_ character: UInt32) -> Bool {
        for range in ranges where range.contains(character) { return true }
        guard !classes.isEmpty, let scalar = Unicode.Scalar(character) else { return false }
        return Self.classes(of: scalar).isDisjoint(with: classes) == false
    }

    private static func classes(of scalar: Unicode.Scalar) -> Classes {
        let properties = scalar.properties
        var classes: Classes = []
        if properties.isAlphabetic { classes.insert(.alphabetic) }
        if properties.numericType != nil { classes.insert(.numeric) }
        if properties.isWhitespace { classes.insert(.whitespace) }
        if properties.isUppercase { classes.insert(.uppercase) }
        if properties.isLowercase { classes.insert(.lowercase) }
        switch properties.generalCategory {
        case .control, .unassigned, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator,
            .spaceSeparator, .format:
            break
        default:
            classes.insert(.graphic)
            if classes.isDisjoint(with: [.alphabetic, .numeric]) { classes.insert(.punctuation) }
        }
        return classes
    }

    /// The same with both cases of every letter in it.
    func folded() -> CharacterSet {
        var result = self
        for range in ranges {
            // A wide range (all of a script) holds both cases already, or its negation does not
            // depend on them; ASCII is folded in any case.
            let values = range.count <= 1024 ? range : range.clamped(to: 0...127)
            for value in values {
                for other in Self.otherCases(of: value) { result.insert(other...other) }
            }
        }
        if !classes.isDisjoint(with: [.uppercase, .lowercase]) {
            result.classes.formUnion([.uppercase, .lowercase])
        }
        return result
    }

    /// The upper and lower case of a letter where they are one character each.
    private static func otherCases(of value: UInt32) -> [UInt32] {
        guard let scalar = Unicode.Scalar(value) else { return [] }
        let mappings = [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping]
        return mappings.compactMap { mapping in
            let scalars = mapping.unicodeScalars
            guard scalars.count == 1, let only = scalars.first, only != scalar else { return nil }
            return only.value
        }
    }
}

// MARK: Named sets

extension CharacterSet {
    static let everything = CharacterSet(isNegated: true)
    static let notNewline = CharacterSet([10...10], isNegated: true)
    static let digits = CharacterSet([48...57])
    /// RE2's `\w` and `\s`, which know ASCII only.
    static let word = CharacterSet([48...57, 65...90, 95...95, 97...122])
    static let blanks = CharacterSet([9...10, 12...13, 32...32])
    /// `\w` of the POSIX tools in a UTF-8 locale.
    static let unicodeWord = CharacterSet(word.ranges, classes: [.alphabetic, .numeric])

    /// The ASCII members of `[:name:]`.
    private static let named: [String: [ClosedRange<UInt32>]] = [
        "alnum": [48...57, 65...90, 97...122], "alpha": [65...90, 97...122],
        "ascii": [0...127], "blank": [9...9, 32...32], "cntrl": [0...31, 127...127],
        "digit": [48...57], "graph": [33...126], "lower": [97...122], "print": [32...126],
        "punct": [33...47, 58...64, 91...96, 123...126], "space": [9...13, 32...32],
        "upper": [65...90], "word": [48...57, 65...90, 95...95, 97...122],
        "xdigit": [48...57, 65...70, 97...102],
    ]

    private static let beyondASCII: [String: Classes] = [
        "alnum": [.alphabetic, .numeric], "alpha": .alphabetic, "graph": .graphic,
        "lower": .lowercase, "print": .graphic, "punct": .punctuation, "space": .whitespace,
        "upper": .uppercase,
    ]

    /// `[:name:]` of RE2, which knows ASCII only; nil for an unknown name.
    static func ascii(named name: String) -> CharacterSet? {
        named[name].map { CharacterSet($0) }
    }

    /// `[:name:]` of POSIX in a UTF-8 locale; nil for an unknown name.
    package static func posix(named name: String) -> CharacterSet? {
        guard let ranges = named[name], name != "ascii", name != "word" else { return nil }
        return CharacterSet(ranges, classes: beyondASCII[name] ?? [])
    }
}
