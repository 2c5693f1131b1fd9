import Support

/// Shows Markdown on a terminal, or as plain text that reads well without colours.
package struct MarkdownText {
    private let width: Int
    private let usesColor: Bool
    private let showsUnicode: Bool

    /// - Parameters:
    ///   - width: of a line, in columns.
    ///   - usesColor: whether sequences of escape may stand in it.
    ///   - showsUnicode: whether the terminal shows marks beyond ASCII.
    package init(width: Int, usesColor: Bool, showsUnicode: Bool) {
        self.width = max(20, width)
        self.usesColor = usesColor
        self.showsUnicode = showsUnicode
    }

    /// The text, each line ended; paragraphs have an empty line between them.
    package func render(_ markdown: String) -> String {
        var lines: [String] = []
        var previous: MarkdownBlock?
        for block in MarkdownBlock.blocks(of: markdown) {
            if let previous, !(previous.isItem && block.isItem) { lines.append("") }
            lines += render(block)
            previous = block
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// One line of Markdown, as a title or a goal has it, without breaking it.
    package func line(_ markdown: String) -> String {
        MarkdownSpan.spans(of: markdown).map(shown).joined()
    }

    private func render(_ block: MarkdownBlock) -> [String] {
        switch block {
        case .heading(let level, let text):
            let title = MarkdownSpan.spans(of: text).map(\.text).joined()
            if usesColor { return [painted("1", title)] }
            guard level <= 2 else { return [title] }
            let mark = showsUnicode ? (level == 1 ? "═" : "─") : (level == 1 ? "=" : "-")
            return [title, String(repeating: mark, count: min(width, TextWidth.columns(title)))]
        case .paragraph(let text): return filled(text, first: "", others: "")
        case .item(let depth, let mark, let text):
            let indent = String(repeating: "  ", count: depth)
            let lead = indent + (mark == "•" && !showsUnicode ? "-" : mark) + " "
            let others = String(repeating: " ", count: TextWidth.columns(lead))
            return filled(text, first: lead, others: others)
        case .code(let code): return code.map { line in shownCode(line) }
        case .quote(let text):
            let bar = showsUnicode ? "│ " : "| "
            return filled(text, first: bar, others: bar)
        case .table(let rows): return table(rows)
        case .rule: return [String(repeating: showsUnicode ? "─" : "-", count: min(width, 40))]
        }
    }

    private func shownCode(_ line: String) -> String {
        line.isEmpty ? "" : "    " + (usesColor ? painted("36", line) : line)
    }

    private func filled(_ text: String, first: String, others: String) -> [String] {
        let lines = LineFiller(MarkdownSpan.spans(of: text))
            .lines(width - TextWidth.columns(first))
        return lines.enumerated().map { index, line in
            (index == 0 ? first : others) + line.map(shown).joined()
        }
    }

    /// Cells stand below each other by the columns that they take, whatever characters they have.
    private func table(_ rows: [[String]]) -> [String] {
        let count = rows.map(\.count).max() ?? 0
        let cells = rows.map { row in row.map { MarkdownSpan.spans(of: $0).map(shown).joined() } }
        let widths = (0..<count).map { column in
            cells.map { column < $0.count ? TextWidth.columns($0[column]) : 0 }.max() ?? 0
        }
        func line(_ row: [String]) -> String {
            let parts = row.enumerated().map { column, cell in
                column + 1 == row.count ? cell : TextWidth.padded(cell, to: widths[column])
            }
            return parts.joined(separator: "  ")
        }
        var lines = cells.map(line)
        if lines.count > 1 {
            let mark = showsUnicode ? "─" : "-"
            let rule = widths.map { String(repeating: mark, count: $0) }.joined(separator: "  ")
            lines.insert(rule, at: 1)
        }
        return lines
    }

    private func shown(_ span: MarkdownSpan) -> String {
        switch span.face {
        case .plain: span.text
        case .strong: usesColor ? painted("1", span.text) : span.text
        case .code: usesColor ? painted("36", "`\(span.text)`") : "`\(span.text)`"
        }
    }

    private func painted(_ code: String, _ text: String) -> String {
        "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}

extension MarkdownBlock {
    fileprivate var isItem: Bool {
        switch self {
        case .item: true
        case .heading, .paragraph, .code, .quote, .table, .rule: false
        }
    }
}
