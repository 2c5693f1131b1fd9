import Support

/// A part of a text in Markdown, as far as stories, tasks and debriefs use it.
enum MarkdownBlock: Equatable {
    /// The level is 1 for `#`.
    case heading(level: Int, String)
    case paragraph(String)
    /// A point of a list.
    ///
    /// - Parameters:
    ///   - depth: 0 for a list that is in no other.
    ///   - mark: `•` for points, `2.` for numbers.
    case item(depth: Int, mark: String, String)
    /// Lines between fences, as they are.
    case code([String])
    case quote(String)
    case table([[String]])
    case rule

    /// The blocks of a text.
    static func blocks(of text: String) -> [MarkdownBlock] {
        var reader = MarkdownReader()
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            reader.take(line)
        }
        reader.finish()
        return reader.blocks
    }
}

/// Reads Markdown line by line.
private struct MarkdownReader {
    private(set) var blocks: [MarkdownBlock] = []
    /// The lines of a fence that is open, with its mark and what it is indented by.
    private var fence: (mark: Substring, indent: Int, lines: [String])?
    /// Whether the next line of text goes on with the block before it.
    private var goesOn = false

    mutating func take(_ line: Substring) {
        let indent = line.prefix { $0 == " " }.count
        let content = line.dropFirst(indent)
        if var open = fence {
            if content.hasPrefix(open.mark), content.allSatisfy({ $0 == open.mark.first }) {
                blocks.append(.code(open.lines))
                fence = nil
            } else {
                open.lines.append(String(line.dropFirst(min(indent, open.indent))))
                fence = open
            }
            return
        }
        if content.allSatisfy(\.isWhitespace) {
            goesOn = false
            return
        }
        if content.hasPrefix("```") || content.hasPrefix("~~~") {
            let mark = content.prefix { $0 == content.first }
            fence = (mark, indent, [])
            goesOn = false
        } else if let heading = Self.heading(content) {
            add(heading, goesOn: false)
        } else if content == "---" || content == "***" {
            add(.rule, goesOn: false)
        } else if let (mark, rest) = Self.item(content) {
            add(.item(depth: min(indent / 2, 4), mark: mark, rest), goesOn: true)
        } else if content.hasPrefix("|") {
            row(content)
        } else if content.hasPrefix(">") {
            quote(content.dropFirst().drop { $0 == " " })
        } else {
            textLine(content)
        }
    }

    /// An open fence ends with the text.
    mutating func finish() {
        if let fence { blocks.append(.code(fence.lines)) }
        fence = nil
    }

    private mutating func add(_ block: MarkdownBlock, goesOn: Bool) {
        blocks.append(block)
        self.goesOn = goesOn
    }

    private mutating func textLine(_ content: Substring) {
        let text = String(content).trimmed(\.isWhitespace)
        guard goesOn, let last = blocks.popLast() else {
            return add(.paragraph(text), goesOn: true)
        }
        switch last {
        case .paragraph(let begun): blocks.append(.paragraph(Self.joined(begun, text)))
        case .item(let depth, let mark, let begun):
            blocks.append(.item(depth: depth, mark: mark, Self.joined(begun, text)))
        case .quote(let begun): blocks.append(.quote(Self.joined(begun, text)))
        case .heading, .code, .table, .rule: blocks += [last, .paragraph(text)]
        }
    }

    private mutating func quote(_ content: Substring) {
        if goesOn, case .quote(let begun)? = blocks.last {
            blocks[blocks.count - 1] = .quote(Self.joined(begun, String(content)))
        } else {
            add(.quote(String(content)), goesOn: true)
        }
    }

    private mutating func row(_ content: Substring) {
        let inner = content.trimmed { $0 == "|" || $0.isWhitespace }
        let cells = inner.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimmed(\.isWhitespace) }
        let isRule = cells.allSatisfy { !$0.isEmpty && $0.allSatisfy { "-:".contains($0) } }
        if goesOn, case .table(let rows)? = blocks.last {
            if !isRule { blocks[blocks.count - 1] = .table(rows + [cells]) }
        } else if !isRule {
            add(.table([cells]), goesOn: true)
        }
    }

    /// Lines of one paragraph: a blank is between words, none between characters of East Asia.
    private static func joined(_ first: String, _ second: String) -> String {
        guard let last = first.unicodeScalars.last, let next = second.unicodeScalars.first else {
            return first + second
        }
        let isDense = TextWidth.columns(last) == 2 && TextWidth.columns(next) == 2
        return first + (isDense ? "" : " ") + second
    }

    private static func heading(_ content: Substring) -> MarkdownBlock? {
        let marks = content.prefix { $0 == "#" }
        guard (1...6).contains(marks.count), content.dropFirst(marks.count).first == " " else {
            return nil
        }
        let title = content.dropFirst(marks.count).trimmed { $0 == "#" || $0.isWhitespace }
        return .heading(level: marks.count, title)
    }

    /// The mark of a point and what follows it.
    private static func item(_ content: Substring) -> (mark: String, text: String)? {
        for mark in ["- ", "* ", "+ "] where content.hasPrefix(mark) {
            return ("•", content.dropFirst(2).trimmed(\.isWhitespace))
        }
        let digits = content.prefix { $0.isASCII && $0.isNumber }
        let rest = content.dropFirst(digits.count)
        guard (1...3).contains(digits.count), rest.hasPrefix(". ") || rest.hasPrefix(") ") else {
            return nil
        }
        return ("\(digits).", rest.dropFirst(2).trimmed(\.isWhitespace))
    }
}
