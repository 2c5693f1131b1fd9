import Support

/// Turns diagnostics into text for people.
///
///     error[DD1301]: a lone `=` does not compare
///       ┌─ canary.dock:7:40
///       │
///     7 │   expect deployment/web .spec.replicas = 3
///       │                                        ^ found `=`, expected `==`
///       │
///       = hint: write `deployment/web .spec.replicas == …` to compare
package struct DiagnosticRenderer: Sendable {
    /// Whether to emit ANSI colours.
    package var usesColor: Bool
    /// How many columns a tab takes.
    package var tabWidth = 4
    /// Lines longer than this many columns are cut around the place.
    package var maximumColumns = 160

    package init(usesColor: Bool = false) {
        self.usesColor = usesColor
    }

    /// All diagnostics in the order given, with a blank line after each.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var output = ""
        for diagnostic in diagnostics {
            output += render(diagnostic)
            output += "\n"
        }
        return output
    }

    /// One diagnostic; every line ends in a newline.
    package func render(_ diagnostic: Diagnostic) -> String {
        var output = heading(diagnostic)
        let source = diagnostic.source
        var excerpts = [Excerpt(span: diagnostic.span, label: diagnostic.label, isPrimary: true)]
        for note in diagnostic.notes {
            guard let span = note.span else { continue }
            excerpts.append(Excerpt(span: span, label: note.message, isPrimary: false))
        }
        let gutter = gutterWidth(excerpts, in: source)
        let location = diagnostic.location
        let place = "\(source.name.showingControls):\(location.line):\(location.column)"
        output += "\(pad(gutter)) \(paint(.frame, "┌─")) \(place)\n"
        for excerpt in merged(excerpts, in: source) {
            output += "\(pad(gutter)) \(paint(.frame, "│"))\n"
            output += lines(of: excerpt, in: source, gutter: gutter, severity: diagnostic.severity)
        }
        var remarks: [(String, String)] = []
        for note in diagnostic.notes where note.span == nil {
            remarks.append(("note", note.message))
        }
        if let hint = diagnostic.hint { remarks.append(("hint", hint)) }
        if !remarks.isEmpty { output += "\(pad(gutter)) \(paint(.frame, "│"))\n" }
        for (word, text) in remarks {
            output +=
                "\(pad(gutter)) \(paint(.frame, "=")) \(paint(.remark, word)): \(text.showingControls)\n"
        }
        return output
    }

    /// The first line alone: severity, code and message.
    package func heading(_ diagnostic: Diagnostic) -> String {
        let head = "\(diagnostic.severity.rawValue)[\(diagnostic.code)]"
        let style: Style = diagnostic.severity == .error ? .error : .warning
        return "\(paint(style, head))\(paint(.bold, ": \(diagnostic.message.showingControls)"))\n"
    }

    /// One line for logs and editors: `file:line:column: error DDnnnn: message`.
    package func oneLine(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.location
        return "\(diagnostic.source.name):\(place.line):\(place.column): "
            + "\(diagnostic.severity.rawValue) \(diagnostic.code): \(diagnostic.message)"
    }

    // MARK: Excerpts

    /// A place to underline.
    private struct Excerpt {
        var span: SourceSpan
        var label: String
        var isPrimary: Bool
    }

    /// The excerpts in the order of the text, so that the note on an opening bracket stands above
    /// the place where its end was missed.
    private func merged(_ excerpts: [Excerpt], in source: Source) -> [[Excerpt]] {
        var groups: [[Excerpt]] = []
        for excerpt in excerpts.sorted(by: { $0.span.start < $1.span.start }) {
            let line = source.lineIndex(at: Int(excerpt.span.start))
            if let last = groups.last?.last, source.lineIndex(at: Int(last.span.start)) == line {
                groups[groups.count - 1].append(excerpt)
            } else {
                groups.append([excerpt])
            }
        }
        return groups
    }

    private func gutterWidth(_ excerpts: [Excerpt], in source: Source) -> Int {
        var width = 1
        for excerpt in excerpts {
            let line = source.firstLine + source.lineIndex(at: Int(excerpt.span.start))
            width = max(width, String(line).count)
        }
        return width
    }

    /// The source line of a group and an underline for each of its excerpts.
    private func lines(
        of group: [Excerpt], in source: Source, gutter: Int, severity: Severity
    ) -> String {
        let index = source.lineIndex(at: Int(group[0].span.start))
        let range = source.lineRange(index)
        let window = Window(
            bytes: source.utf8[range], focus: Int(group[0].span.start) - range.lowerBound,
            tabWidth: tabWidth, maximumColumns: maximumColumns)
        let number = String(source.firstLine + index)
        let numberText = paint(.frame, "\(pad(gutter - number.count))\(number) │")
        var output = window.text.isEmpty ? "\(numberText)\n" : "\(numberText) \(window.text)\n"
        for excerpt in group.reversed() {
            let start = window.column(Int(excerpt.span.start) - range.lowerBound)
            let stop = min(Int(excerpt.span.end), range.upperBound) - range.lowerBound
            let width = max(1, window.column(stop) - start)
            let mark = String(repeating: excerpt.isPrimary ? "^" : "-", count: width)
            let label = excerpt.label.isEmpty ? "" : " \(excerpt.label.showingControls)"
            let style: Style =
                !excerpt.isPrimary ? .remark : severity == .error ? .error : .warning
            output += "\(pad(gutter)) \(paint(.frame, "│")) \(pad(start))"
            output += "\(paint(style, mark + label))\n"
        }
        return output
    }

    private func pad(_ count: Int) -> String {
        String(repeating: " ", count: max(0, count))
    }

    // MARK: Colour

    private enum Style: String {
        case error = "1;31"
        case warning = "1;33"
        case frame = "34"
        case remark = "1;36"
        case bold = "1"
    }

    private func paint(_ style: Style, _ text: String) -> String {
        usesColor ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }
}

/// A source line as shown: tabs expanded, control characters replaced, cut when too long.
struct Window {
    /// What is printed.
    private(set) var text = ""
    /// The display column of each byte of the line, and of its end.
    private var columns: [Int] = []
    private var shift = 0
    private var visible = 0

    /// - Parameters:
    ///   - bytes: the line without its end.
    ///   - focus: offset in the line that must be visible.
    init(bytes: ArraySlice<UInt8>, focus: Int, tabWidth: Int, maximumColumns: Int) {
        var cells: [(String, Int)] = []
        var column = 0
        for character in String(decoding: bytes, as: UTF8.self) {
            let (shown, width) = Self.cell(character, at: column, tabWidth: tabWidth)
            columns += Array(repeating: column, count: character.utf8.count)
            cells.append((shown, width))
            column += width
        }
        columns.append(column)
        visible = column
        if column > maximumColumns {
            let center = columns[min(max(focus, 0), columns.count - 1)]
            shift = max(0, min(center - maximumColumns / 2, column - maximumColumns))
            visible = min(column, shift + maximumColumns)
        }
        var at = 0
        for (shown, width) in cells {
            if at >= shift, at + width <= visible { text += shown }
            at += width
        }
        if shift > 0 { text = "…" + text.dropFirst() }
        if visible < column { text = text.dropLast() + "…" }
        while text.last == " " { text.removeLast() }
    }

    /// The display column of a byte offset of the line, within what is visible.
    func column(_ offset: Int) -> Int {
        let column = columns[min(max(offset, 0), columns.count - 1)]
        return min(max(column, shift), visible) - shift
    }

    private static func cell(_ character: Character, at column: Int, tabWidth: Int) -> (String, Int)
    {
        if character == "\t" {
            let width = tabWidth - column % tabWidth
            return (String(repeating: " ", count: width), width)
        }
        guard let scalar = character.unicodeScalars.first else { return ("", 0) }
        if scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) { return ("\u{FFFD}", 1) }
        if (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value) {
            return ("\u{FFFD}", 1)  // Direction overrides could make a line show as another one.
        }
        return (String(character), isWide(scalar) ? 2 : 1)
    }

    /// East Asian wide and fullwidth characters and most emoji take two columns (UAX #11).
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
