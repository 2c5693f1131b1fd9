import Syntax

/// A part of a page: prose, or lines that are set as code.
struct PageBlock {
    enum Kind: Equatable {
        case prose
        /// Code; `info` is what stands behind the fence.
        case code(info: String)
        /// The text of an HTML comment.
        case comment
        /// The head of a page between lines of dashes.
        case frontMatter
    }

    let kind: Kind
    /// The lines without what indents them all.
    var lines: [String]
    /// The index of the first of them in the page.
    let first: Int
    /// What indents them.
    let indent: String
}

/// Cuts a page into blocks.
struct PageBlocks {
    private let lines: [String]
    private var place = 0
    private var blocks: [PageBlock] = []
    private var prose: [String] = []

    init(_ lines: [String]) { self.lines = lines }

    static func of(_ lines: [String]) -> [PageBlock] {
        // Root's `#` is a prompt or a comment by what stands around it: such a text is one session.
        if SessionText(lines.map { $0[...] })?.style == .root,
            !lines.contains(where: { fence($0.drop { $0 == " " }) != nil })
        {
            return [PageBlock(kind: .code(info: ""), lines: lines, first: 0, indent: "")]
        }
        var cutter = PageBlocks(lines)
        return cutter.cut()
    }

    private mutating func cut() -> [PageBlock] {
        readFrontMatter()
        while place < lines.count {
            let line = lines[place]
            let body = line.drop { $0 == " " || $0 == "\t" }
            if body.hasPrefix("<!--") {
                readComment()
            } else if let fence = Self.fence(body) {
                readFence(fence, indent: String(line.prefix(line.count - body.count)))
            } else if body.hasPrefix("<pre") {
                readPreformatted()
            } else if Self.beginsManifest(line) {
                readPlainManifest()
            } else if isIndented(line) {
                readIndented()
            } else if ShellPrompt(of: line).map({ $0.kind != .hash }) == true || isBareCommand(line)
            {
                readPlainSession()
            } else {
                prose.append(line)
                place += 1
            }
        }
        endProse()
        return blocks
    }

    private mutating func endProse() {
        if prose.isEmpty { return }
        blocks.append(
            PageBlock(kind: .prose, lines: prose, first: place - prose.count, indent: ""))
        prose = []
    }

    private mutating func add(_ kind: PageBlock.Kind, _ range: Range<Int>, indent: String = "") {
        let block = lines[range].map { line in
            var rest = line[...]
            for character in indent where rest.first == character { rest.removeFirst() }
            return String(rest)
        }
        blocks.append(PageBlock(kind: kind, lines: block, first: range.lowerBound, indent: indent))
    }

    // MARK: The kinds of blocks

    private mutating func readFrontMatter() {
        guard lines.first == "---", let end = lines.dropFirst().firstIndex(of: "---") else {
            return
        }
        add(.frontMatter, 1..<end)
        place = end + 1
    }

    private mutating func readComment() {
        endProse()
        let first = place
        while place < lines.count, !lines[place].contains("-->") { place += 1 }
        place = min(place + 1, lines.count)
        add(.comment, first..<place)
    }

    /// The marks of a fence; nil where the line begins none.
    private static func fence(_ body: Substring) -> Substring? {
        guard let mark = body.first, mark == "`" || mark == "~" else { return nil }
        let marks = body.prefix { $0 == mark }
        if marks.count < 3 || mark == "`" && body.dropFirst(marks.count).contains("`") {
            return nil
        }
        return marks
    }

    private mutating func readFence(_ fence: Substring, indent: String) {
        endProse()
        let body = lines[place].drop { $0 == " " || $0 == "\t" }
        let info = PageText.trimmed(body.dropFirst(fence.count))
        let first = place + 1
        place = first
        while place < lines.count {
            let line = PageText.trimmed(lines[place])
            if line.hasPrefix(fence), line.allSatisfy({ $0 == fence.first }) { break }
            place += 1
        }
        add(.code(info: info), first..<place, indent: indent)
        place = min(place + 1, lines.count)
    }

    private mutating func readPreformatted() {
        endProse()
        let isOneLine = lines[place].contains("</pre>")
        let first = place
        while place < lines.count, !lines[place].contains("</pre>") { place += 1 }
        place = min(place + 1, lines.count)
        if isOneLine { return }
        add(.code(info: ""), (first + 1)..<max(first + 1, place - 1))
        let head = lines[first]
        if let start = head.lastIndex(of: ">"), start < head.index(before: head.endIndex) {
            blocks[blocks.count - 1] = PageBlock(
                kind: .code(info: ""),
                lines: [String(head[head.index(after: start)...])] + blocks[blocks.count - 1].lines,
                first: first, indent: "")
        }
    }

    private func isIndented(_ line: String) -> Bool {
        (line.hasPrefix("    ") || line.hasPrefix("\t")) && !PageText.isBlank(line)
    }

    /// Lines that are indented by four blanks or a tab, and blank ones between them.
    private mutating func readIndented() {
        endProse()
        let indent = lines[place].hasPrefix("\t") ? "\t" : "    "
        let first = place
        var end = place
        while place < lines.count, lines[place].hasPrefix(indent) || PageText.isBlank(lines[place])
        {
            place += 1
            if !PageText.isBlank(lines[place - 1]) { end = place }
        }
        place = end
        add(.code(info: ""), first..<end, indent: indent)
    }

    private static func beginsManifest(_ line: String) -> Bool {
        line.hasPrefix("apiVersion: ")
    }

    /// A manifest that stands among the prose, without fence and indentation.
    private mutating func readPlainManifest() {
        endProse()
        let first = place
        var end = place
        while place < lines.count {
            let line = lines[place]
            if PageText.isBlank(line) {
                place += 1
                continue
            }
            guard ManifestText.isManifestLine(line), place - end < 2 else { break }
            place += 1
            end = place
        }
        place = end
        add(.code(info: "yaml"), first..<end)
    }

    /// Whether a line of prose is nothing but a command of kubectl.
    private func isBareCommand(_ line: String) -> Bool {
        guard line.hasPrefix("kubectl "), !PageText.isForeign(line) else { return false }
        let session = SessionText([line[...]], .bare)
        guard !session.entries.isEmpty, !line.hasSuffix("."), !line.hasSuffix(",") else {
            return false
        }
        return PageCommands.verb(of: line) != nil
    }

    /// Commands among the prose, with what stands right below them.
    private mutating func readPlainSession() {
        endProse()
        let first = place
        while place < lines.count, !PageText.isBlank(lines[place]) { place += 1 }
        add(.code(info: "console"), first..<place)
    }
}
