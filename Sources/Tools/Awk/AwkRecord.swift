import Patterns

/// How texts are cut into fields.
enum AwkSplitter {
    /// At runs of blanks and newlines; those at the ends are left out.
    case blanks
    case byte(UInt8)
    case pattern(Pattern)
    case characters
    /// Nowhere.
    case none

    func parts(of text: [UInt8]) -> [[UInt8]] {
        if text.isEmpty { return [] }
        switch self {
        case .blanks:
            return text.split { $0.isBlank || $0 == .newline }.map(Array.init)
        case .byte(let byte):
            return text.split(separator: byte, omittingEmptySubsequences: false).map(Array.init)
        case .pattern(let pattern):
            var parts: [[UInt8]] = []
            var start = 0
            for match in (try? pattern.matches(in: text.span)) ?? [] where !match.range.isEmpty {
                parts.append(Array(text[start..<match.range.lowerBound]))
                start = match.range.upperBound
            }
            return parts + [Array(text[start...])]
        case .characters: return text.text.unicodeScalars.map { Array(String($0).utf8) }
        case .none: return [text]
        }
    }
}

/// The record in hand, as a text and as fields; each is made of the other when it is asked for.
struct AwkRecord {
    private(set) var text: [UInt8] = []
    private var fields: [[UInt8]] = []
    private(set) var isSplit = false
    private var isJoined = true

    static let maximumCount = 100_000

    var count: Int { fields.count }

    mutating func set(_ text: [UInt8]) {
        self.text = text
        isSplit = false
        isJoined = true
    }

    mutating func split(by splitter: AwkSplitter) {
        fields = splitter.parts(of: text)
        isSplit = true
    }

    /// Makes the text of the fields where they have changed.
    mutating func join(by separator: [UInt8]) {
        guard !isJoined else { return }
        text = Array(fields.joined(separator: separator))
        isJoined = true
    }

    /// A field, counted from 1.
    func field(_ number: Int) -> [UInt8] {
        number > 0 && number <= fields.count ? fields[number - 1] : []
    }

    mutating func setField(_ number: Int, _ text: [UInt8]) {
        if number > fields.count { setCount(number) }
        fields[number - 1] = text
        isJoined = false
    }

    mutating func setCount(_ count: Int) {
        let count = max(0, min(Self.maximumCount, count))
        if count < fields.count {
            fields.removeLast(fields.count - count)
        } else {
            fields += Array(repeating: [], count: count - fields.count)
        }
        isJoined = false
    }
}

/// The records of the files of a call.
struct AwkInput {
    private let call: ToolCall
    var files: ArraySlice<String> = []
    private var current: ToolInput?
    private var wasAnyOpened = false
    /// What is left of a file that is cut by a pattern, with the matches in it.
    private var rest: [UInt8] = []
    private var cuts: ArraySlice<Range<Int>> = []
    private var start = 0
    private var isCut = false

    init(_ call: ToolCall) { self.call = call }

    /// The next file or assignment; standard input when there is none at all.
    mutating func nextFile() -> String? {
        if let next = files.popFirst() {
            if !Self.isAssignment(next) { wasAnyOpened = true }
            return next
        }
        if wasAnyOpened { return nil }
        wasAnyOpened = true
        return "-"
    }

    private static func isAssignment(_ text: String) -> Bool {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")),
            let first = text.utf8.first, first.isLetter || first == UInt8(ascii: "_")
        else { return false }
        return text.utf8[..<equals].allSatisfy {
            $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_")
        }
    }

    mutating func open(_ path: String) throws(ToolStop) {
        do throws(ToolFileProblem) {
            current = try call.open(path)
        } catch {
            throw .failure(
                error == .isDirectory
                    ? "read error (\(error.reason))" : "cannot open \(path) (\(error.reason))",
                status: 2)
        }
        isCut = false
    }

    /// The next record of the file that is open; nil at its end.
    ///
    /// - Parameter pattern: the separator as a pattern, where it has several characters.
    mutating func record(
        separatedBy separator: [UInt8], _ pattern: Pattern?
    ) throws(ToolStop) -> [UInt8]? {
        guard let current else { return nil }
        if !isCut {
            if separator.isEmpty { return paragraph(current) }
            guard let pattern else {
                return current.readLine(endedBy: separator[0]).map { Array($0.bytes) }
            }
            rest = Array(current.readAll())
            // A newline at the very end ends the last record whatever the separator is.
            if rest.last == .newline { rest.removeLast() }
            cuts = try call.allMatches(pattern, rest[...]).map(\.range)
                .filter { !$0.isEmpty }[...]
            start = 0
            isCut = true
        }
        guard start < rest.count else { return nil }
        let cut = cuts.popFirst() ?? rest.count..<rest.count
        defer { start = cut.upperBound }
        return Array(rest[start..<cut.lowerBound])
    }

    /// Lines up to an empty one.
    private func paragraph(_ input: ToolInput) -> [UInt8]? {
        var text: [UInt8]?
        while let line = input.readLine() {
            if line.bytes.isEmpty {
                if text != nil { return text }
                continue
            }
            text = text.map { $0 + [.newline] + line.bytes } ?? Array(line.bytes)
        }
        return text
    }
}

/// Texts of awk programs.
enum AwkText {
    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "a"): 7, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13,
        UInt8(ascii: "t"): 9, UInt8(ascii: "v"): 11, UInt8(ascii: "/"): UInt8(ascii: "/"),
        UInt8(ascii: "\""): UInt8(ascii: "\""),
    ]

    /// A pattern with the escapes that its syntax does not know written out.
    static func pattern(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var place = 0
        while place < text.count {
            let next = text[place]
            place += 1
            if next == UInt8(ascii: "\\"), place < text.count {
                if let byte = escapes[text[place]] {
                    result.append(byte)
                } else {
                    result += [next, text[place]]
                }
                place += 1
            } else {
                result.append(next)
            }
        }
        return result
    }
}
