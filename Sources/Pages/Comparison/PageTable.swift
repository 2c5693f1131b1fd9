/// A table as kubectl prints them, read from a page: columns may have lost their width.
struct PageTable {
    let columns: [String]
    var rows: [[String]]
    /// The indices of the lines that the table has, in the text it was read from.
    let lines: Range<Int>

    func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

    /// Headers of two words.
    private static let pairs: Set<String> = [
        "NODE SELECTOR", "NOMINATED NODE", "READINESS GATES", "ACCESS MODES", "RECLAIM POLICY",
        "LAST SEEN",
        "FIRST SEEN", "LAST SCHEDULE", "MIN AVAILABLE", "MAX UNAVAILABLE", "ALLOWED DISRUPTIONS",
        "UP TO", "EXTERNAL IP", "VOLUME MODE",
    ]

    /// Whether a line is the head of a table: two words or more, all in capitals.
    static func isHeader(_ line: String) -> Bool {
        let words = PageText.words(line)
        if words.count == 1 { return words[0] == "REVISION" || words[0] == "NAME" }
        guard words.count > 1 else { return false }
        return words.allSatisfy { word in
            word.contains(where: \.isLetter)
                && word.allSatisfy { $0.isASCII && !$0.isLowercase && !":<>=,\"'{}[]".contains($0) }
        } && words.contains { $0.count > 2 }
    }

    /// The tables in an output, one below the other.
    static func tables(in lines: [String]) -> [PageTable] {
        var tables: [PageTable] = []
        var place = 0
        while place < lines.count {
            guard isHeader(lines[place]) else {
                place += 1
                continue
            }
            let first = place
            place += 1
            while place < lines.count, !PageText.isBlank(lines[place]), !isHeader(lines[place]) {
                place += 1
            }
            tables.append(PageTable(lines[first], Array(lines[(first + 1)..<place]), first..<place))
        }
        return tables
    }

    private init(_ header: String, _ body: [String], _ range: Range<Int>) {
        let isWide = Self.parts(header, isWide: true).count > 1 || PageText.words(header).count == 1
        columns = isWide ? Self.parts(header, isWide: true) : Self.joined(PageText.words(header))
        lines = range
        let starts = Self.starts(of: columns, in: header)
        rows = []
        for line in body where !Self.isRule(line) {
            rows.append(Self.cells(line, columns, starts, isWide: isWide))
        }
    }

    /// Lines of dots that stand for rows left out.
    static func isEllipsis(_ line: String) -> Bool {
        let text = PageText.trimmed(line)
        return !text.isEmpty && text.allSatisfy { ".…．。·".contains($0) }
    }

    private static func isRule(_ line: String) -> Bool {
        isEllipsis(line) || PageText.trimmed(line).hasPrefix("^C")
    }

    private static func parts(_ line: String, isWide: Bool) -> [String] {
        guard isWide else { return PageText.words(line) }
        var parts: [String] = []
        var part = ""
        var blanks = 0
        for character in line {
            if character == "\t" {
                blanks += 2
            } else if character == " " {
                blanks += 1
            } else {
                if blanks > 1, !part.isEmpty {
                    parts.append(part)
                    part = ""
                } else if blanks == 1, !part.isEmpty {
                    part += " "
                }
                blanks = 0
                part.append(character)
            }
        }
        if !part.isEmpty { parts.append(part) }
        return parts
    }

    private static func joined(_ words: [String]) -> [String] {
        var columns: [String] = []
        for word in words {
            if let last = columns.last, pairs.contains("\(last) \(word)") {
                columns[columns.count - 1] = "\(last) \(word)"
            } else {
                columns.append(word)
            }
        }
        return columns
    }

    /// Where each column's header begins, in characters.
    private static func starts(of columns: [String], in header: String) -> [Int] {
        var rest = header[...]
        var offset = 0
        var starts: [Int] = []
        for column in columns {
            guard let range = rest.firstRange(of: column) else { return [] }
            let start = offset + rest.distance(from: rest.startIndex, to: range.lowerBound)
            starts.append(start)
            offset = start + column.count
            rest = rest[range.upperBound...]
        }
        return starts
    }

    private static func cells(
        _ line: String, _ columns: [String], _ starts: [Int], isWide: Bool
    ) -> [String] {
        var parts = parts(line, isWide: isWide)
        if parts.count > columns.count, columns.count == 2, columns[0] == "REVISION" {
            return [parts[0], parts[1...].joined(separator: " ")]
        }
        if !isWide || parts.count < columns.count, let place = columns.firstIndex(of: "RESTARTS") {
            parts = withRestarts(parts, at: place)
        }
        if parts.count == columns.count { return parts }
        if isWide, let cells = cut(line, starts), parts.count < columns.count { return cells }
        let missing = columns.count - parts.count
        if missing < 0 {
            return Array(parts[..<(columns.count - 1)])
                + [parts[(columns.count - 1)...].joined(separator: " ")]
        }
        return parts + Array(repeating: "", count: missing)
    }

    /// `2 (30s ago)` is one cell.
    private static func withRestarts(_ parts: [String], at place: Int) -> [String] {
        guard place + 1 < parts.count,
            let open = parts[(place + 1)...].firstIndex(where: { $0.hasPrefix("(") }),
            open == place + 1, let close = parts[open...].firstIndex(where: { $0.hasSuffix(")") })
        else { return parts }
        let cell = parts[place...close].joined(separator: " ")
        return Array(parts[..<place]) + [cell] + parts[(close + 1)...]
    }

    /// The cells by the places of the headers; nil where a word lies across one.
    private static func cut(_ line: String, _ starts: [Int]) -> [String]? {
        guard !starts.isEmpty else { return nil }
        let characters = Array(line)
        var cells: [String] = []
        for (index, start) in starts.enumerated() {
            let end = min(
                index + 1 < starts.count ? starts[index + 1] : characters.count, characters.count)
            guard start < end else {
                cells.append("")
                continue
            }
            if start > 0, characters[start - 1] != " ", characters[start] != " " { return nil }
            cells.append(PageText.trimmed(String(characters[start..<end])))
        }
        return cells
    }
}
