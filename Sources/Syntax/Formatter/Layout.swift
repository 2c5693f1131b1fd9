/// Puts atoms into lines.
struct Layout {
    var atoms: [LayoutAtom]
    /// How many regions lie around each atom; the atoms that begin and end a region lie outside it.
    private(set) var depths: [Int] = []
    /// The innermost region around each atom, by the atom that begins it; -1 for none.
    private(set) var enclosing: [Int] = []
    /// For the atom that begins a statement: the last one that opens a block of it.
    private var lastBlock: [Int: Int] = [:]
    /// Atoms on a line that bodies of here-documents follow: a line end before them would come between.
    private var isPinned: [Bool] = []
    private let source: Source
    private let trailingBody: Range<Int>?
    private let lineEnd: String
    private var frames: [Frame] = []
    private var lines: [Line] = []

    /// A region that is open where a line begins.
    private struct Frame {
        var kind: LayoutRecorder.RegionKind
        /// The atom that begins it, and the one that ends it.
        var start: Int
        var end: Int
        /// Blanks before the line that the region hangs on.
        var base: Int
        /// Blanks before the statement at hand, and the atom that begins it.
        var statement: Int?
        var statementStart = -1
    }

    /// A line to be written.
    private struct Line {
        var text: String
        var comment: String?
        var indent: Int
        /// Characters of the text.
        var width: Int
        /// What goes before it: an escaped line end, bodies, an empty line.
        var continues: Bool
        var body: Range<Int>?
        var isAfterEmptyLine: Bool
    }

    init(atoms: [LayoutAtom], source: Source, trailingBody: Range<Int>?) {
        self.atoms = atoms
        self.source = source
        self.trailingBody = trailingBody
        let first = source.utf8.firstIndex(of: UInt8(ascii: "\n")) ?? 0
        lineEnd = first > 0 && source.utf8[first - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
        measure()
        pin()
    }

    mutating func text() -> String {
        settleBreaks()
        frames = [Frame(kind: .block, start: -1, end: atoms.count, base: -SourceFormatter.step)]
        var first = 0
        while first < atoms.count {
            let indent = indentation(of: first)
            var end = lineEnd(after: first)
            while columns(first..<end, indent) > SourceFormatter.maximumColumns,
                !holdsBody(before: end),
                addBreaks(in: first..<end, indent: indent)
            {
                end = lineEnd(after: first)
            }
            lines.append(line(first..<end, indent))
            for index in first..<end { enter(index, indent) }
            first = end
        }
        return joined()
    }

    // MARK: What is known beforehand

    private mutating func measure() {
        depths.reserveCapacity(atoms.count)
        enclosing.reserveCapacity(atoms.count)
        var open: [(start: Int, statement: Int)] = [(-1, -1)]
        for index in atoms.indices {
            while open.count > 1, atoms[open[open.count - 1].start].regionEnd == index {
                open.removeLast()
            }
            depths.append(open.count - 1)
            enclosing.append(open[open.count - 1].start)
            if atoms[index].isStart { open[open.count - 1].statement = index }
            guard let region = atoms[index].region else { continue }
            if region == .block { lastBlock[open[open.count - 1].statement] = index }
            open.append((index, -1))
        }
    }

    private mutating func pin() {
        isPinned = [Bool](repeating: false, count: atoms.count)
        var holdsBody = trailingBody != nil
        for index in atoms.indices.reversed() {
            if atoms[index].breaks > 0 {
                holdsBody = atoms[index].body != nil
            } else {
                isPinned[index] = holdsBody
            }
        }
    }

    /// Whether bodies of here-documents follow the line that ends before `end`.
    private func holdsBody(before end: Int) -> Bool {
        (end < atoms.count ? atoms[end].body : trailingBody) != nil
    }

    /// Takes back empty lines where none belong, and opens blocks that hold line ends.
    private mutating func settleBreaks() {
        for index in atoms.indices {
            let end = atoms[index].regionEnd
            // Nothing stands inside.
            if end == index + 1, atoms[end].body == nil { atoms[end].breaks = 0 }
        }
        // How many lines begin before each atom.
        var broken = [0]
        for atom in atoms { broken.append(broken[broken.count - 1] + min(atom.breaks, 1)) }
        for index in atoms.indices where atoms[index].region == .block {
            let end = atoms[index].regionEnd
            guard atoms[index].isToken(.leftBrace), broken[end + 1] > broken[index + 1] else {
                continue
            }
            breakLine(before: firstInside(index))
            breakLine(before: end)
        }
        for index in atoms.indices {
            if atoms[index].region == .bracket, atoms[firstInside(index)].breaks > 0 {
                breakLine(before: atoms[index].regionEnd)
            }
            guard atoms[index].breaks > 1 else { continue }
            var before = index - 1
            if before >= 0, atoms[before].isTrailingComment { before -= 1 }
            let isFirst = before >= 0 && atoms[before].region != nil
            let isLast = atoms[index].closes > 0
            if isFirst || isLast { atoms[index].breaks = 1 }
        }
    }

    /// The first atom inside a region that may stand on a line of its own.
    private func firstInside(_ index: Int) -> Int {
        let isComment = atoms[index + 1].isTrailingComment
        return isComment && index + 1 < atoms[index].regionEnd ? index + 2 : index + 1
    }

    // MARK: Lines

    private func lineEnd(after first: Int) -> Int {
        var end = first + 1
        while end < atoms.count, atoms[end].breaks == 0 { end += 1 }
        return end
    }

    /// The longest line that the atoms take, without a comment at the end.
    private func columns(_ range: Range<Int>, _ indent: Int) -> Int {
        var column = indent
        var longest = 0
        for index in range where !atoms[index].isTrailingComment || index == range.lowerBound {
            if index > range.lowerBound { column += spaces(before: index) }
            column += atoms[index].width
            longest = max(longest, column)
            if atoms[index].isMultiline { column = atoms[index].lastWidth }
        }
        return longest
    }

    private func line(_ range: Range<Int>, _ indent: Int) -> Line {
        var text = ""
        var comment: String?
        for index in range where !isIdle(index, in: range) {
            if index > range.lowerBound {
                if atoms[index].isComment {
                    comment = atoms[index].text
                    break
                }
                if spaces(before: index) > 0 { text += " " }
            }
            text += atoms[index].text
        }
        let first = atoms[range.lowerBound]
        var width = text.count
        if let last = text.lastIndex(of: "\n") { width = text[last...].count - 1 - indent }
        return Line(
            text: text, comment: comment, indent: indent, width: width,
            continues: first.continues, body: first.body, isAfterEmptyLine: first.breaks > 1)
    }

    /// Whether an atom is a `;` that the line end after it makes needless.
    private func isIdle(_ index: Int, in range: Range<Int>) -> Bool {
        guard atoms[index].isToken(.semicolon), index > range.lowerBound else { return false }
        return index + 1 == range.upperBound || atoms[index + 1].isComment
    }

    /// The blanks before the line that begins with an atom.
    private func indentation(of first: Int) -> Int {
        let step = SourceFormatter.step
        var index = first
        while index < atoms.count, atoms[index].isComment { index += 1 }
        if index == first, atoms[first].closes > 0, let base = closedBase(first) { return base }
        let frame = frames[frames.count - 1]
        let inner = frame.base + step
        guard index < atoms.count, index != frame.end else { return inner }
        if !frame.kind.holdsStatements {
            return startsItem(index, frame) ? inner : inner + step
        }
        if atoms[index].isStart { return inner }
        guard let statement = frame.statement else { return inner }
        if atoms[index].role == .header { return statement }
        let hasBlock = lastBlock[frame.statementStart].map { $0 > index } ?? false
        return statement + (hasBlock || frame.kind == .header ? 2 * step : step)
    }

    /// Where the line stands that begins with the end of the innermost regions.
    private func closedBase(_ index: Int) -> Int? {
        var base: Int?
        for frame in frames.reversed() {
            guard frame.end == index else { break }
            // `;;` belongs to what it ends.
            if frame.kind == .branch {
                base = base ?? frame.base + SourceFormatter.step
            } else {
                base = frame.base
            }
        }
        return base
    }

    /// Whether an item of a list begins here, and not the rest of one.
    private func startsItem(_ index: Int, _ frame: Frame) -> Bool {
        if atoms[frame.start].isToken(.leftParenthesis), !holdsComma(frame) { return true }
        var before = index - 1
        while before > frame.start, atoms[before].isComment { before -= 1 }
        return before <= frame.start || atoms[before].isToken(.comma)
    }

    private func holdsComma(_ frame: Frame) -> Bool {
        var place = frame.start + 1
        while place < frame.end {
            if atoms[place].isToken(.comma) { return true }
            place = max(place + 1, atoms[place].regionEnd)
        }
        return false
    }

    /// Follows which regions are open after an atom.
    private mutating func enter(_ index: Int, _ indent: Int) {
        while frames.count > 1, frames[frames.count - 1].end == index { frames.removeLast() }
        let last = frames.count - 1
        if atoms[index].isStart {
            frames[last].statement = indent
            frames[last].statementStart = index
        }
        guard let region = atoms[index].region else { return }
        let base =
            region.holdsStatements && frames[last].kind.holdsStatements
            ? frames[last].statement ?? indent : indent
        frames.append(Frame(kind: region, start: index, end: atoms[index].regionEnd, base: base))
    }

    // MARK: The text

    private func joined() -> String {
        var result: [UInt8] =
            source.utf8.starts(with: [0xEF, 0xBB, 0xBF]) ? [0xEF, 0xBB, 0xBF] : []
        result.reserveCapacity(source.utf8.count + source.utf8.count / 8)
        let columns = commentColumns()
        for (index, line) in lines.enumerated() {
            if index > 0 {
                if line.continues { result += " \\".utf8 }
                result += lineEnd.utf8
                append(line.body, to: &result)
                if line.isAfterEmptyLine { result += lineEnd.utf8 }
            } else {
                append(line.body, to: &result)
            }
            result += [UInt8](repeating: UInt8(ascii: " "), count: line.indent)
            result += line.text.utf8
            if let comment = line.comment {
                let width = line.indent + line.width
                result += [UInt8](repeating: UInt8(ascii: " "), count: columns[index] - width)
                result += comment.utf8
            }
        }
        if !lines.isEmpty { result += lineEnd.utf8 }
        append(trailingBody, to: &result)
        return String(decoding: result, as: UTF8.self)
    }

    /// Bodies byte for byte; a line end is added where the text ended without one.
    private func append(_ body: Range<Int>?, to result: inout [UInt8]) {
        guard let body else { return }
        result += source.utf8[body]
        if result.last != UInt8(ascii: "\n") { result.append(UInt8(ascii: "\n")) }
    }

    /// The column of each comment that follows something: those of lines one after the other stand
    /// below each other, as far as that makes no line too long.
    private func commentColumns() -> [Int] {
        var columns = [Int](repeating: 0, count: lines.count)
        var group: [Int] = []
        var (column, longest) = (0, 0)
        func finish() {
            for index in group { columns[index] = column }
            group = []
            (column, longest) = (0, 0)
        }
        for (index, line) in lines.enumerated() {
            guard let comment = line.comment else {
                finish()
                continue
            }
            if line.body != nil || line.isAfterEmptyLine { finish() }
            if let last = group.last, lines[last].indent != line.indent { finish() }
            let own = line.indent + line.width + 2
            let length = comment.count
            if max(column, own) + max(longest, length) > SourceFormatter.maximumColumns { finish() }
            group.append(index)
            column = max(column, own)
            longest = max(longest, length)
        }
        finish()
        return columns
    }

    // MARK: Access for the parts in other files

    /// Puts a line end before an atom that has none.
    mutating func breakLine(before index: Int) {
        if atoms[index].breaks == 0, !atoms[index].isComment, !isPinned[index] {
            atoms[index].breaks = 1
        }
    }
}
