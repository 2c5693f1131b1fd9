/// Swift text with comments and the contents of literals blanked; line feeds stay where they were.
///
/// Knows line and nested block comments, literals of one and of several lines, raw ones, and code
/// inside interpolations, which stays.
struct CodeText {
    private(set) var blanked = ""
    private let bytes: [UInt8]
    private var position = 0
    private var result: [UInt8] = []

    init(_ text: String) {
        bytes = Array(text.utf8)
        result.reserveCapacity(bytes.count)
        code(untilParenthesis: false)
        blanked = String(decoding: result, as: UTF8.self)
    }

    private static let slash = UInt8(ascii: "/")
    private static let star = UInt8(ascii: "*")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")
    private static let open = UInt8(ascii: "(")
    private static let close = UInt8(ascii: ")")
    private static let lineFeed = UInt8(ascii: "\n")

    private func byte(_ offset: Int = 0) -> UInt8 {
        position + offset < bytes.count ? bytes[position + offset] : 0
    }

    private mutating func keep() {
        result.append(bytes[position])
        position += 1
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<min(count, bytes.count - position) {
            result.append(bytes[position] == Self.lineFeed ? Self.lineFeed : UInt8(ascii: " "))
            position += 1
        }
    }

    /// Code up to the end, or up to the parenthesis that closes an interpolation.
    private mutating func code(untilParenthesis: Bool) {
        var depth = 0
        while position < bytes.count {
            switch byte() {
            case Self.slash where byte(1) == Self.slash:
                while position < bytes.count, byte() != Self.lineFeed { blank() }
            case Self.slash where byte(1) == Self.star: blockComment()
            case Self.quote: literal(hashes: 0)
            case Self.hash:
                var hashes = 0
                while byte(hashes) == Self.hash { hashes += 1 }
                if byte(hashes) == Self.quote {
                    for _ in 0..<hashes { keep() }
                    literal(hashes: hashes)
                } else {
                    keep()
                }
            case Self.open:
                depth += 1
                keep()
            case Self.close:
                if untilParenthesis, depth == 0 { return }
                depth -= 1
                keep()
            default: keep()
            }
        }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if byte() == Self.slash, byte(1) == Self.star {
                depth += 1
                blank(2)
            } else if byte() == Self.star, byte(1) == Self.slash {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && position < bytes.count
    }

    /// A literal; its quotes stay, its text goes.
    private mutating func literal(hashes: Int) {
        let isLong = byte(1) == Self.quote && byte(2) == Self.quote
        let quotes = isLong ? 3 : 1
        for _ in 0..<quotes { keep() }
        while position < bytes.count {
            if ends(quotes, hashes) {
                for _ in 0..<quotes + hashes { keep() }
                return
            }
            if byte() == Self.backslash, isEscape(hashes) {
                blank(1 + hashes)
                if byte() == Self.open {
                    keep()
                    code(untilParenthesis: true)
                    if position < bytes.count { keep() }
                } else {
                    blank()
                }
            } else if !isLong, byte() == Self.lineFeed {
                // Not a literal after all; go on with code.
                return
            } else {
                blank()
            }
        }
    }

    private func ends(_ quotes: Int, _ hashes: Int) -> Bool {
        for offset in 0..<quotes where byte(offset) != Self.quote { return false }
        for offset in 0..<hashes where byte(quotes + offset) != Self.hash { return false }
        return true
    }

    private func isEscape(_ hashes: Int) -> Bool {
        for offset in 0..<hashes where byte(1 + offset) != Self.hash { return false }
        return true
    }
}
