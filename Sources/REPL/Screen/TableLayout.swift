/// The columns of a table of kubectl's, read from its header.
struct TableLayout {
    /// Where each column begins, in characters.
    let starts: [Int]
    let titles: [Substring]

    /// The layout that a line gives as a header; nil for other lines.
    ///
    /// Titles are of capitals, with something in brackets perhaps, and stand three blanks apart at least;
    /// a title may have a blank in it (`NOMINATED NODE`).
    init?(header line: Substring) {
        guard let first = line.utf8.first, (65...90).contains(first) else { return nil }
        for word in line.split(separator: " ") {
            guard let letter = word.utf8.first, (65...90).contains(letter) else { return nil }
            let name = word.prefix { $0 != "(" && $0 != "/" }
            guard name.utf8.allSatisfy({ (65...90).contains($0) || $0 == 45 || $0 == 95 }) else {
                return nil
            }
        }
        var (starts, titles): ([Int], [Substring]) = ([], [])
        var rest = line
        var column = 0
        while !rest.isEmpty {
            let end = Self.endOfCell(rest)
            starts.append(column)
            titles.append(rest[..<end])
            let next = rest[end...].drop { $0 == " " }
            column += rest.distance(from: rest.startIndex, to: next.startIndex)
            rest = next
        }
        guard titles.count > 1 || titles.first == "NAME" else { return nil }
        self.starts = starts
        self.titles = titles
    }

    /// Up to two blanks or the end.
    private static func endOfCell(_ line: Substring) -> Substring.Index {
        var index = line.startIndex
        while index < line.endIndex {
            if line[index] == " " {
                let next = line.index(after: index)
                if next == line.endIndex || line[next] == " " { return index }
            }
            index = line.index(after: index)
        }
        return line.endIndex
    }

    /// Whether the cells of a row begin where the titles do.
    func fits(_ characters: [Character]) -> Bool {
        starts.dropFirst().allSatisfy { $0 >= characters.count || characters[$0 - 1] == " " }
    }

    /// The characters of a column's cell in a row, without the blanks behind it; nil where it is empty.
    func cell(_ column: Int, of characters: [Character]) -> Range<Int>? {
        let start = starts[column]
        guard start < characters.count else { return nil }
        var end =
            column + 1 < starts.count ? min(starts[column + 1], characters.count) : characters.count
        while end > start, characters[end - 1] == " " { end -= 1 }
        return end > start ? start..<end : nil
    }

    /// How many columns a window of so many characters holds whole, if not all: at least the names.
    ///
    /// - Parameter widest: the longest line, in characters.
    func columns(within width: Int, widest: Int) -> Int? {
        guard widest > width, titles.last != "MESSAGE" else { return nil }
        let least = titles.first == "NAMESPACE" ? 2 : 1
        var count = titles.count - 1
        // A column ends three blanks before the next one begins.
        while count > least, starts[count] - 3 > width { count -= 1 }
        return max(count, least) < titles.count ? max(count, least) : nil
    }
}
