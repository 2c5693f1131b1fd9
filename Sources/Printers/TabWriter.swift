/// Aligns tab-separated cells into columns: the elastic tab stops of Go's text/tabwriter, which
/// kubectl lays out its tables and descriptions with.
///
/// A cell is what a tab ends; the text behind the last tab of a line is no cell and never padded.
/// A column is a run of consecutive lines that have a cell at that place; its width is the widest
/// of them plus the padding. So in a description the values line up within a block of lines, and a
/// line without a tab ends the block.
///
/// Example, with padding 2: `"a\tb\nccc\td\n"` gives `"a    b\nccc  d\n"`.
package struct TabWriter: Sendable {
    /// How wide columns are made.
    package struct Layout: Sendable {
        /// No column is narrower than this.
        let minimumWidth: Int
        /// The blanks between the widest cell of a column and the next column.
        let padding: Int
        /// Whether a column keeps the width it once had after a flush, as the rows of a watch do.
        let remembersWidths: Bool

        /// `kubectl get`: cli-runtime, printers.GetNewTabWriter (6, 4, 3, ' ', RememberWidths).
        package static let table = Layout(minimumWidth: 6, padding: 3, remembersWidths: true)

        /// `kubectl describe` and `api-resources`-like text: (0, 8, 2, ' ', 0).
        package static let description = Layout(
            minimumWidth: 0, padding: 2, remembersWidths: false)

        /// A layout with the given numbers.
        package init(minimumWidth: Int, padding: Int, remembersWidths: Bool) {
            self.minimumWidth = minimumWidth
            self.padding = padding
            self.remembersWidths = remembersWidths
        }
    }

    private struct Cell {
        let text: String
        /// In Unicode scalars, which is how Go counts runes.
        let width: Int
    }

    private let layout: Layout
    /// The lines since the last flush; the last one is still being written.
    private var lines: [[Cell]] = [[]]
    private var unfinished = ""
    private var remembered: [Int] = []
    private var output = ""

    /// A writer without text.
    package init(_ layout: Layout) {
        self.layout = layout
    }

    /// Takes text in; tabs and vertical tabs end a cell, newlines and form feeds a line.
    package mutating func write(_ text: String) {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\t", "\u{0B}":
                endCell()
            case "\n", "\u{0C}":
                endCell()
                let cells = lines[lines.count - 1].count
                lines.append([])
                // A line of one cell bounds every column: what stands above it is final.
                if scalar == "\u{0C}" || cells == 1 { align() }
            default:
                unfinished.unicodeScalars.append(scalar)
            }
        }
    }

    /// Lays out all that is pending and answers the text since the last call.
    package mutating func flush() -> String {
        align()
        defer { output = "" }
        return output
    }

    /// Forgets the widths of earlier flushes: what follows is another table.
    package mutating func forgetWidths() {
        remembered = []
    }

    /// Lays out `text` at once.
    package static func align(_ text: String, _ layout: Layout = .description) -> String {
        var writer = TabWriter(layout)
        writer.write(text)
        return writer.flush()
    }

    private mutating func endCell() {
        lines[lines.count - 1].append(
            Cell(text: unfinished, width: unfinished.unicodeScalars.count))
        unfinished = ""
    }

    private mutating func align() {
        if !unfinished.isEmpty { endCell() }
        var widths: [Int] = []
        format(0..<lines.count, &widths)
        lines = [[]]
    }

    /// Writes the lines of `range`, in which the columns left of `widths.count` are settled.
    private mutating func format(_ range: Range<Int>, _ widths: inout [Int]) {
        let column = widths.count
        var start = range.lowerBound
        var line = start
        while line < range.upperBound {
            guard hasCell(line, column) else {
                line += 1
                continue
            }
            emit(start..<line, widths)
            start = line
            var width = layout.minimumWidth
            while line < range.upperBound, hasCell(line, column) {
                width = max(width, lines[line][column].width + layout.padding)
                line += 1
            }
            widths.append(remember(width, at: column, widths))
            format(start..<line, &widths)
            widths.removeLast()
            start = line
        }
        emit(start..<range.upperBound, widths)
    }

    /// Whether a tab ends a cell there; the last text of a line belongs to no column.
    private func hasCell(_ line: Int, _ column: Int) -> Bool {
        column < lines[line].count - 1
    }

    private mutating func remember(_ width: Int, at column: Int, _ widths: [Int]) -> Int {
        guard layout.remembersWidths else { return width }
        if remembered.count < column {
            remembered.append(contentsOf: widths[remembered.count..<column])
        }
        if remembered.count == column {
            remembered.append(width)
        } else {
            remembered[column] = max(remembered[column], width)
        }
        return remembered[column]
    }

    private mutating func emit(_ range: Range<Int>, _ widths: [Int]) {
        for line in range {
            for (column, cell) in lines[line].enumerated() {
                output += cell.text
                guard column < widths.count else { continue }
                output += String(repeating: " ", count: max(0, widths[column] - cell.width))
            }
            // The last line is the one still open: it has no newline yet.
            if line + 1 < lines.count { output += "\n" }
        }
    }
}
