/// The lines of a text that are the text of here-documents: no prompt stands among them.
struct DocumentLines {
    private var lines: Set<Int> = []

    /// O(bytes of the lines).
    init(_ lines: [Substring]) {
        var place = 0
        while place < lines.count {
            let end = Self.end(from: place, lines)
            if let end { self.lines.formUnion(place + 1..<end) }
            place = end ?? place + 1
        }
    }

    func contains(_ line: Int) -> Bool { lines.contains(line) }

    /// The line that ends the here-documents which begin on a line; nil where none begins, or where the next one
    /// of the same name begins before the end: pages lose lines.
    private static func end(from start: Int, _ lines: [Substring]) -> Int? {
        guard hasMark(lines[start]) else { return nil }
        var command = OpenCommand()
        command.take(lines[start])
        guard command.isInDocument else { return nil }
        var line = start + 1
        while line < lines.count {
            if hasMark(lines[line]), begins(lines[line], as: lines[start]) { return nil }
            command.take(unmarked(lines[line]))
            if !command.isInDocument { return line }
            line += 1
        }
        return nil
    }

    private static func hasMark(_ line: Substring) -> Bool {
        var before: UInt8 = 0
        for byte in line.utf8 {
            if byte == UInt8(ascii: "<"), before == byte { return true }
            before = byte
        }
        return false
    }

    /// Whether a line opens here-documents of the same names as another.
    private static func begins(_ line: Substring, as other: Substring) -> Bool {
        func tags(_ line: Substring) -> [String] {
            line.split(separator: "<<").dropFirst().map { text in
                String(
                    text.drop { " -~'\"\\$".contains($0) }
                        .prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            }
        }
        return tags(line) == tags(other)
    }

    /// A line without the mark of a shell that waits for more.
    private static func unmarked(_ line: Substring) -> Substring {
        line.hasPrefix("> ") ? line.dropFirst(2) : line == ">" ? "" : line
    }
}
