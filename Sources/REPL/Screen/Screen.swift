import Support

/// What a person sees of the session: text as it comes, or, of a statement that is over at once, page by
/// page where the window cannot hold it.
package final class Screen {
    /// The window, for whoever looks at it.
    package struct Window {
        package let rows: Int
        package let columns: Int

        package init(rows: Int, columns: Int) {
            self.rows = rows
            self.columns = columns
        }
    }

    let usesColor: Bool
    /// Whether nothing is to be seen for now.
    var isMuted = false
    private let shown: (String) -> Void
    /// The window as it is now; nil where the output is no terminal.
    private let window: () -> Window?
    private let page: ((String) -> Bool)?
    private var painter: OutputPainter
    /// A line that is not whole yet, with what it is.
    private var begun = (text: "", form: OutputForm.plain)
    /// What is kept to be shown page by page; nil where text is shown as it comes.
    private var kept: String?
    private var keptLines = 0

    /// - Parameters:
    ///   - write: shows text at once.
    ///   - window: the size of the terminal, asked before each statement.
    ///   - page: shows a long text page by page, and answers whether it could.
    package init(
        usesColor: Bool, window: @escaping () -> Window? = { nil },
        page: ((String) -> Bool)? = nil, write: @escaping (String) -> Void
    ) {
        self.usesColor = usesColor
        shown = write
        self.window = window
        self.page = page
        painter = OutputPainter(usesColor: usesColor, width: nil)
    }

    /// The columns of the window; nil where the output is no terminal.
    var columns: Int? { window()?.columns }

    private func write(_ text: String) { if !isMuted { shown(text) } }

    /// A statement begins.
    ///
    /// - Parameter pages: whether all of its output comes at once.
    func begin(pages: Bool) {
        let size = window()
        painter = OutputPainter(usesColor: usesColor, width: size?.columns)
        kept = pages && page != nil && size != nil ? "" : nil
        keptLines = 0
    }

    /// Text that is neither coloured nor cut here.
    func show(_ text: String) {
        finishLine()
        emit(text)
    }

    /// What a command printed.
    func show(_ text: String, as form: OutputForm) {
        guard usesColor || form == .table, window() != nil || usesColor else { return emit(text) }
        if form != begun.form { finishLine() }
        begun.form = form
        begun.text += text
        guard let end = begun.text.utf8.lastIndex(of: UInt8(ascii: "\n")) else { return }
        let whole = String(begun.text[...end])
        begun.text = String(begun.text[begun.text.utf8.index(after: end)...])
        emit(painter.show(whole, as: form))
    }

    /// The statement has ended.
    ///
    /// - Parameter isInterrupted: whoever stopped it wants to see no more than the end of it.
    func end(isInterrupted: Bool = false) {
        finishLine()
        guard let text = kept else { return }
        kept = nil
        guard let size = window(), size.rows > 2 else { return write(text) }
        let rows = Self.rows(text, columns: size.columns, atMost: 2 * size.rows)
        if rows < size.rows { return write(text) }
        if isInterrupted { return write(Self.lastLines(of: text, size.rows / 2)) }
        if page?(text) != true { write(text) }
    }

    private func finishLine() {
        let text = begun.text
        begun.text = ""
        if !text.isEmpty { emit(text) }
    }

    private func emit(_ text: String) {
        if kept == nil { write(text) } else { kept? += text }
    }

    /// The rows of the window that a text takes; counting ends at `limit`.
    private static func rows(_ text: String, columns: Int, atMost limit: Int) -> Int {
        var (rows, column, isEscape) = (0, 0, false)
        for byte in text.utf8 {
            switch byte {
            case 0x1B: isEscape = true
            case UInt8(ascii: "m") where isEscape: isEscape = false
            case UInt8(ascii: "\n"):
                rows += 1
                column = 0
                if rows >= limit { return rows }
            // Bytes behind the first one of a character take no column.
            case 0x80..<0xC0: break
            default:
                guard !isEscape else { break }
                column += 1
                if columns > 0, column > columns {
                    rows += 1
                    column = 1
                }
            }
        }
        return rows
    }

    private static func lastLines(of text: String, _ count: Int) -> String {
        let bytes = Array(text.utf8)
        var (start, seen) = (bytes.count, 0)
        while start > 0 {
            if bytes[start - 1] == UInt8(ascii: "\n") {
                seen += 1
                if seen > count { break }
            }
            start -= 1
        }
        return "…\n" + String(decoding: bytes[start...], as: UTF8.self)
    }
}
