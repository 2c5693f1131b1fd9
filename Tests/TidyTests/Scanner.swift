/// The words and braces of blanked code.
struct Scanner {
    struct Word {
        let text: String
        /// Offsets of its first byte and of the byte after it.
        let start: Int
        let end: Int
    }

    private(set) var words: [Word] = []
    /// Where each word stands in ``words``.
    private var places: [String: [Int]] = [:]
    private let bytes: [UInt8]
    /// How many braces are open before each byte.
    private var depths: [Int32] = []
    /// The line of each byte, from 1.
    private var lines: [Int32] = []
    /// The brace that closes each brace that opens.
    private var closers: [Int: Int] = [:]

    /// - Parameter code: Swift without comments and texts (``CodeText``).
    init(_ code: String) {
        bytes = Array(code.utf8)
        depths.reserveCapacity(bytes.count)
        lines.reserveCapacity(bytes.count)
        var depth: Int32 = 0
        var line: Int32 = 1
        var start: Int?
        var open: [Int] = []
        for (offset, byte) in bytes.enumerated() {
            // A closing brace has the depth of what it closes.
            if byte == UInt8(ascii: "}") {
                depth -= 1
                if let open = open.popLast() { closers[open] = offset }
            }
            depths.append(depth)
            lines.append(line)
            if byte == UInt8(ascii: "{") {
                depth += 1
                open.append(offset)
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            if Self.isWord(byte) {
                if start == nil { start = offset }
            } else if let first = start {
                words.append(word(first, offset))
                start = nil
            }
        }
        if let start { words.append(word(start, bytes.count)) }
        for (index, word) in words.enumerated() { places[word.text, default: []].append(index) }
    }

    /// The lines on which a piece of code stands: a word with what surrounds it, such as `.random(in:`.
    func lines(of piece: String) -> [Int] {
        let piece = Array(piece.utf8)
        guard let first = piece.firstIndex(where: Self.isWord) else { return [] }
        let end = piece[first...].firstIndex { !Self.isWord($0) } ?? piece.count
        let name = String(decoding: piece[first..<end], as: UTF8.self)
        return places[name, default: []].compactMap { index in
            let start = words[index].start - first
            guard start >= 0, bytes[start...].starts(with: piece) else { return nil }
            return line(at: words[index].start)
        }
    }

    private func word(_ start: Int, _ end: Int) -> Word {
        Word(text: String(decoding: bytes[start..<end], as: UTF8.self), start: start, end: end)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
    }

    func line(at offset: Int) -> Int { Int(lines[offset]) }

    func depth(at offset: Int) -> Int { Int(depths[offset]) }

    func words(from start: Int, to end: Int) -> ArraySlice<Word> {
        var low = words.startIndex
        var high = words.endIndex
        while low < high {
            let middle = (low + high) / 2
            if words[middle].start < start { low = middle + 1 } else { high = middle }
        }
        let first = low
        while low < words.endIndex, words[low].start < end { low += 1 }
        return words[first..<low]
    }

    /// The next byte that is no blank; 0 at the end.
    func byte(after offset: Int) -> UInt8 {
        bytes[offset...].first { !Self.isBlank($0) } ?? 0
    }

    /// Whether the word stands where a declaration's keyword can: not after a dot (`self.init`) or in
    /// backquotes.
    func isDeclaration(_ word: Word) -> Bool {
        guard let before = bytes[..<word.start].last(where: { !Self.isBlank($0) }) else {
            return true
        }
        return before != UInt8(ascii: ".") && before != UInt8(ascii: "`")
    }

    /// Whether a `case` belongs to an `if`, `guard`, `while` or `for` and not to a switch.
    func isCondition(_ word: Word) -> Bool {
        let before = words(from: word.start - 12, to: word.start).last
        if let before, ["if", "guard", "while", "for"].contains(before.text) { return true }
        return bytes[..<word.start].last { !Self.isBlank($0) } == UInt8(ascii: ",")
    }

    /// The offset of the brace that opens the body of what began before `offset`; nil where there is no
    /// body, as in a protocol.
    func bodyStart(after offset: Int) -> Int? {
        var depth = 0
        var index = offset
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return nil }
            case UInt8(ascii: "{"):
                // A closure among the arguments.
                if depth == 0 { return index }
                guard let end = close(of: index) else { return nil }
                index = end
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "\n") where depth == 0 && !continues(at: index): return nil
            default: break
            }
            index += 1
        }
        return nil
    }

    /// Whether a signature goes on after the line feed at `offset`.
    private func continues(at offset: Int) -> Bool {
        let rest = bytes[offset...].drop(while: Self.isBlank).prefix(8)
        let text = String(decoding: rest, as: UTF8.self)
        if ["{", "->", "where ", "async", "throws", "rethrow"].contains(where: text.hasPrefix) {
            return true
        }
        // An operator or a comma ends a line that goes on.
        let before = bytes[..<offset].last { !Self.isBlank($0) }
        return before.map { ",+-*/&|<>=?:.".utf8.contains($0) } == true
            || ["&& ", "|| ", "?? ", "+ ", "- ", "? ", ": ", "."].contains(where: text.hasPrefix)
    }

    /// The offset of the brace that closes the one at `open`.
    func close(of open: Int) -> Int? { closers[open] }

    /// The names that a `case` of an enumeration declares: `a, b(Int), c = 1`.
    func caseNames(after offset: Int) -> Set<String> {
        var names: Set<String> = []
        var depth = 0
        var isDue = true
        var index = offset
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: ">"): depth -= 1
            case UInt8(ascii: ",") where depth == 0: isDue = true
            case UInt8(ascii: "\n") where depth == 0 && !isDue: return names
            case UInt8(ascii: "}"), UInt8(ascii: ";"): return names
            case _ where Self.isWord(byte) && depth == 0 && isDue:
                let end = bytes[index...].firstIndex { !Self.isWord($0) } ?? bytes.count
                names.insert(String(decoding: bytes[index..<end], as: UTF8.self))
                isDue = false
                index = end - 1
            default: break
            }
            index += 1
        }
        return names
    }

    /// The names in the pattern of a `case` of a switch: `a` and `b` of `case .a, .b(let x) where …:`.
    func patternNames(after offset: Int) -> Set<String> {
        var names: Set<String> = []
        var depth = 0
        // What follows `where` is no pattern, up to the next comma.
        var isGuard = false
        var index = offset
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
            case UInt8(ascii: ":") where depth == 0: return names
            case UInt8(ascii: ",") where depth == 0: isGuard = false
            case UInt8(ascii: ".") where depth == 0 && !isGuard && !Self.isWord(bytes[index - 1]):
                let end = bytes[(index + 1)...].firstIndex { !Self.isWord($0) } ?? bytes.count
                names.insert(String(decoding: bytes[(index + 1)..<end], as: UTF8.self))
                index = end - 1
            case _ where Self.isWord(byte) && depth == 0:
                let end = bytes[index...].firstIndex { !Self.isWord($0) } ?? bytes.count
                if String(decoding: bytes[index..<end], as: UTF8.self) == "where" { isGuard = true }
                index = end - 1
            default: break
            }
            index += 1
        }
        return names
    }
}
