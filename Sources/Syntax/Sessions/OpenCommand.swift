/// Follows the lines of a command of a shell: whether it goes on behind the last one.
///
/// Knows quotes, `\` at the end of a line, here-documents, comments and loops, as pages have them.
package struct OpenCommand: Sendable {
    private var quote: UInt8?
    private var isContinued = false
    /// The ends of the here-documents that were begun.
    private var tags: [[UInt8]] = []
    /// Loops and conditions that were begun and not ended.
    private var loops = 0
    /// Where a comment behind the last line begins, as an offset in it; nil where there is none.
    package private(set) var comment: Int?

    package init() {}

    /// Whether the command goes on in the next line.
    package var isOpen: Bool { isInText || isContinued || loops > 0 }

    /// Whether the next line is the text of a quote or of a here-document.
    package var isInText: Bool { quote != nil || !tags.isEmpty }

    package var isInDocument: Bool { !tags.isEmpty }

    /// Takes the next line.
    package mutating func take(_ line: some StringProtocol) {
        let bytes = Array(line.utf8)
        comment = nil
        if let tag = tags.first, quote == nil, !isContinued {
            if bytes.filter({ !Characters.isBlank($0) }) == tag { tags.removeFirst() }
            return
        }
        isContinued = false
        var found: [[UInt8]] = []
        var place = 0
        var isWordStart = true
        while place < bytes.count {
            let byte = bytes[place]
            if let open = quote {
                if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") { place += 1 }
                if byte == open { quote = nil }
                place += 1
                isWordStart = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"):
                isContinued = place == bytes.count - 1
                place += 2
            case UInt8(ascii: "'"), UInt8(ascii: "\""):
                quote = byte
                place += 1
            case UInt8(ascii: "#") where isWordStart || isOtherScript(bytes, place + 1):
                comment = place
                place = bytes.count
                continue
            case UInt8(ascii: "/") where isWordStart && isSlashComment(bytes, place):
                comment = place
                place = bytes.count
                continue
            case UInt8(ascii: "<")
            where bytes[place...].starts(with: "<<".utf8)
                && !bytes[place...].starts(with: "<<<".utf8):
                found += [readTag(bytes, &place)].compactMap { $0 }
            default:
                if isWordStart { countLoop(bytes, place) }
                place += 1
            }
            isWordStart = Characters.isBlank(byte) || ";|&(".utf8.contains(byte)
        }
        tags += found
    }

    /// `// words` behind a command, as pages write comments.
    private func isSlashComment(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard place > 0, place + 1 < bytes.count, bytes[place + 1] == UInt8(ascii: "/") else {
            return false
        }
        guard place + 2 < bytes.count else { return true }
        return Characters.isBlank(bytes[place + 2]) || bytes[place + 2] > 127
    }

    /// `pods#查看`: no word of a command goes on like this.
    private func isOtherScript(_ bytes: [UInt8], _ place: Int) -> Bool {
        place < bytes.count && bytes[place] >= 0xE3 && bytes[place] < 0xF0
    }

    private mutating func countLoop(_ bytes: [UInt8], _ place: Int) {
        let word = bytes[place...].prefix { Characters.isLetter($0) }
        let end = place + word.count
        guard end == bytes.count || Characters.isBlank(bytes[end]) || ";)".utf8.contains(bytes[end])
        else { return }
        switch String(decoding: word, as: UTF8.self) {
        case "for", "while", "until": if isCommandStart(bytes, place) { loops += 1 }
        case "done": loops = max(0, loops - 1)
        default: break
        }
    }

    /// Whether nothing of a command stands before: `kubectl wait for x` begins no loop.
    private func isCommandStart(_ bytes: [UInt8], _ place: Int) -> Bool {
        guard let last = bytes[..<place].last(where: { !Characters.isBlank($0) }) else {
            return true
        }
        return ";|&(".utf8.contains(last)
    }

    /// The tag behind `<<`, without quotes.
    private func readTag(_ bytes: [UInt8], _ place: inout Int) -> [UInt8]? {
        place += 2
        while place < bytes.count, " -~'\"\\$".utf8.contains(bytes[place]) { place += 1 }
        let tag = bytes[place...].prefix { Characters.isNamePart($0) }
        place += tag.count
        if place < bytes.count, "'\"".utf8.contains(bytes[place]) { place += 1 }
        return tag.isEmpty ? nil : Array(tag)
    }
}
