import Patterns

extension Tool {
    static let tr = Tool(
        "tr", summary: "replaces, squeezes or deletes characters",
        usage: "[OPTION]... STRING1 [STRING2]",
        examples: ["echo web | tr a-z A-Z", "tr -s ' ' < table", "tr -d '\\n'"],
        options: [
            ToolOption("c|complement", "all characters that are not in STRING1"),
            ToolOption("C", "the same as -c"),
            ToolOption("d|delete", "delete the characters of STRING1"),
            ToolOption("s|squeeze-repeats", "of a run of a character of the last set print one"),
            ToolOption("t|truncate-set1", "make STRING1 as short as STRING2"),
        ]
    ) { call throws(ToolStop) in
        let options = try call.options()
        var translation = try Translation(options)
        for warning in translation.warnings { call.complain("warning: \(warning)") }
        let bytes = call.input.readAll()
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var place = 0
        let span = bytes.span
        while place < span.count {
            if place & 0xFFFF == 0 { try call.step() }
            let (character, width) = span.character(at: place)
            if let new = translation.translated(character) {
                if new == character {
                    for offset in 0..<width { result.append(span[place + offset]) }
                } else if let scalar = Unicode.Scalar(new) {
                    result += UTF8.encode(scalar) ?? .init()
                }
            }
            place += width
        }
        call.output.write(result)
        return 0
    }
}

/// What becomes of each character.
private struct Translation {
    private(set) var warnings: [String] = []
    private let from: TranslationSet
    private let deletes: Bool
    private let isComplement: Bool
    private var mapping: [UInt32: UInt32] = [:]
    /// What characters outside a complemented set become.
    private var filler: UInt32?
    private var squeezed: Set<UInt32>?
    private let squeezesComplement: Bool
    private var last: UInt32?

    init(_ options: ToolOptions) throws(ToolStop) {
        let operands = options.operands
        deletes = options.has("d")
        isComplement = options.has("c") || options.has("C")
        let squeezes = options.has("s")
        try Self.check(operands, deletes: deletes, squeezes: squeezes)
        from = try TranslationSet(operands[0])
        warnings += from.warnings
        var to: TranslationSet?
        if operands.count > 1 {
            let set = try TranslationSet(
                operands[1], length: isComplement ? nil : from.members.count)
            warnings += set.warnings
            to = set
        }
        let translates = to != nil && !deletes
        squeezesComplement = squeezes && to == nil && isComplement
        if squeezes { squeezed = Set((to ?? from).members) }
        if translates, let to { try translate(to, truncates: options.has("t")) }
    }

    private static func check(
        _ operands: [String], deletes: Bool, squeezes: Bool
    ) throws(ToolStop) {
        let least = deletes == squeezes ? 2 : 1
        let most = deletes && !squeezes ? 1 : 2
        if operands.isEmpty { throw .usage("missing operand") }
        if operands.count < least {
            throw .usage(
                "missing operand after \(operands[0].quoted)\nTwo strings must be given when "
                    + (squeezes ? "both deleting and squeezing repeats." : "translating."))
        }
        if operands.count > most {
            var message = "extra operand \(operands[most].quoted)"
            if operands.count == 2 {
                message +=
                    "\nOnly one string may be given when deleting without squeezing repeats."
            }
            throw .usage(message)
        }
    }

    private mutating func translate(_ to: TranslationSet, truncates: Bool) throws(ToolStop) {
        if to.hasOtherClass {
            throw .failure(
                "when translating, the only character classes that may appear in\n"
                    + "string2 are 'upper' and 'lower'")
        }
        guard let lastMember = to.members.last else {
            if truncates { return }
            throw .failure("when not truncating set1, string2 must be non-empty")
        }
        if isComplement {
            filler = lastMember
            return
        }
        if from.hasCaseClass != to.hasCaseClass, to.hasCaseClass {
            throw .failure("misaligned [:upper:] and/or [:lower:] construct")
        }
        for (index, member) in from.members.enumerated() {
            if index >= to.members.count, truncates { break }
            mapping[member] = index < to.members.count ? to.members[index] : lastMember
        }
    }

    /// The character that takes the place of one; nil when it goes.
    mutating func translated(_ character: UInt32) -> UInt32? {
        let isIn = from.contains(character) != isComplement
        if isIn, deletes { return nil }
        let new = isIn ? filler ?? mapping[character] ?? character : character
        defer { last = new }
        guard let squeezed, new == last else { return new }
        return squeezed.contains(new) != squeezesComplement ? nil : new
    }
}

/// The characters of one argument of `tr`, in order.
private struct TranslationSet {
    private(set) var members: [UInt32] = []
    private(set) var warnings: [String] = []
    private(set) var hasCaseClass = false
    /// A class besides upper and lower.
    private(set) var hasOtherClass = false
    private let all: Set<UInt32>

    /// - Parameter length: how long the other set is, which `[x*]` fills up to.
    init(_ text: String, length: Int? = nil) throws(ToolStop) {
        var parser = SetParser(text)
        try parser.parse(length: length)
        members = parser.members
        warnings = parser.warnings
        hasCaseClass = parser.hasCaseClass
        hasOtherClass = parser.hasOtherClass
        all = Set(members)
    }

    func contains(_ character: UInt32) -> Bool { all.contains(character) }
}

private struct SetParser {
    private let text: [Unicode.Scalar]
    private var place = 0
    private(set) var members: [UInt32] = []
    private(set) var warnings: [String] = []
    private(set) var hasCaseClass = false
    private(set) var hasOtherClass = false
    /// Where a `[x*]` stands that fills up, and with what.
    private var filler: (place: Int, character: UInt32)?

    init(_ text: String) { self.text = Array(text.unicodeScalars) }

    mutating func parse(length: Int?) throws(ToolStop) {
        while place < text.count {
            if try parseClass() { continue }
            if try parseRepeat() { continue }
            let low = parseCharacter()
            guard place + 1 < text.count, text[place] == "-" else {
                members.append(low)
                continue
            }
            place += 1
            let high = parseCharacter()
            guard low <= high else {
                throw .failure(
                    "range-endpoints of '\(Self.shown(low))-\(Self.shown(high))' are in reverse "
                        + "collating sequence order")
            }
            guard high - low < 100_000 else { throw .failure("a range of more than 100000") }
            members += low...high
        }
        guard let filler, let length, members.count < length else { return }
        members.insert(
            contentsOf: repeatElement(filler.character, count: length - members.count),
            at: filler.place)
    }

    private static func shown(_ character: UInt32) -> String {
        Unicode.Scalar(character).map { String(Character($0)) } ?? ""
    }

    /// `[:upper:]`, `[=x=]`.
    private mutating func parseClass() throws(ToolStop) -> Bool {
        guard place + 1 < text.count, text[place] == "[" else { return false }
        let mark = text[place + 1]
        guard mark == ":" || mark == "=" else { return false }
        var end = place + 2
        while end + 1 < text.count, text[end] != mark || text[end + 1] != "]" { end += 1 }
        guard end + 1 < text.count, end > place + 2 else { return false }
        var name = ""
        name.unicodeScalars.append(contentsOf: text[(place + 2)..<end])
        if mark == "=" {
            guard end == place + 3 else {
                throw .failure("\(name): equivalence class operand must be a single character")
            }
            members.append(text[place + 2].value)
        } else {
            guard let set = CharacterSet.posix(named: name) else {
                throw .failure("invalid character class \(name.quoted)")
            }
            members += (0..<128).filter { set.contains($0) }
            if name == "upper" || name == "lower" {
                hasCaseClass = true
            } else {
                hasOtherClass = true
            }
        }
        place = end + 2
        return true
    }

    /// `[x*]` and `[x*5]`; a count that begins with 0 is octal.
    private mutating func parseRepeat() throws(ToolStop) -> Bool {
        guard text[place] == "[" else { return false }
        let start = place
        place += 1
        guard place < text.count else {
            place = start
            return false
        }
        let character = parseCharacter()
        guard place < text.count, text[place] == "*" else {
            place = start
            return false
        }
        var digits = ""
        place += 1
        while place < text.count, text[place] != "]" {
            digits.unicodeScalars.append(text[place])
            place += 1
        }
        guard place < text.count else {
            place = start
            return false
        }
        place += 1
        if digits.isEmpty || digits.allSatisfy({ $0 == "0" }) {
            filler = (members.count, character)
            return true
        }
        guard let count = Int(digits, radix: digits.hasPrefix("0") ? 8 : 10), count < 1_000_000
        else {
            throw .failure("invalid repeat count \(digits.quoted) in [c*n] construct")
        }
        members += repeatElement(character, count: count)
        return true
    }

    private static let escapes: [Unicode.Scalar: UInt32] = [
        "a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11,
    ]

    /// One character, which a backslash may write.
    private mutating func parseCharacter() -> UInt32 {
        let next = text[place]
        place += 1
        guard next == "\\" else { return next.value }
        guard place < text.count else {
            warnings.append("an unescaped backslash at end of string is not portable")
            return next.value
        }
        let escaped = text[place]
        if let value = Self.escapes[escaped] {
            place += 1
            return value
        }
        var value: UInt32?
        var digits = 0
        while digits < 3, place < text.count, (48...55).contains(text[place].value),
            (value ?? 0) * 8 + text[place].value - 48 < 256
        {
            value = (value ?? 0) * 8 + text[place].value - 48
            digits += 1
            place += 1
        }
        if let value { return value }
        place += 1
        return escaped.value
    }
}
