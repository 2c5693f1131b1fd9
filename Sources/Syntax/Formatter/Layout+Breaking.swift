// Where a line that is too long is broken.

extension Layout {
    /// Adds line ends in a line at the outermost place that helps; false where there is none.
    mutating func addBreaks(in range: Range<Int>, indent: Int) -> Bool {
        let first = range.lowerBound
        var end = range.upperBound
        if end - first > 1, atoms[end - 1].isComment { end -= 1 }
        let line = first..<end
        guard !line.contains(where: { atoms[$0].isComment }) else { return false }
        let levels = Set(line.map { depths[$0] }).sorted()
        for level in levels {
            if breakBeforeTexts(line, level) || breakAfterClause(line, level)
                || breakBlock(line, level) || breakLogical(line, level)
                || breakAfterWord(line, level, ["has", "where", "then"])
                || breakBracket(line, level, indent) || breakAfterWord(line, level, ["=>"])
                || breakOperator(line, level)
            {
                return true
            }
        }
        return false
    }

    /// `{ a; b }` on lines of its own.
    private mutating func breakBlock(_ line: Range<Int>, _ level: Int) -> Bool {
        for index in line where depths[index] == level && atoms[index].region == .block {
            let end = atoms[index].regionEnd
            guard atoms[index].isToken(.leftBrace), end < line.upperBound, end > index + 1 else {
                continue
            }
            breakLine(before: index + 1)
            for place in (index + 1)..<end where depths[place] == level + 1 && atoms[place].isStart
            {
                breakLine(before: place)
            }
            breakLine(before: end)
            return true
        }
        return false
    }

    /// The texts of an exercise's part: a condition before them stays whole.
    private mutating func breakBeforeTexts(_ line: Range<Int>, _ level: Int) -> Bool {
        let places = line.dropFirst().filter { depths[$0] == level && atoms[$0].role == .text }
        for place in places { breakLine(before: place) }
        return !places.isEmpty
    }

    /// `expect within 30s:` and its condition, `expect output { } contains` and its text.
    private mutating func breakAfterClause(_ line: Range<Int>, _ level: Int) -> Bool {
        for index in line.dropLast() where depths[index] == level && atoms[index].role == .clause {
            breakLine(before: index + 1)
            return true
        }
        return false
    }

    /// After each `or`, or where there is none after each `and`.
    private mutating func breakLogical(_ line: Range<Int>, _ level: Int) -> Bool {
        for word in ["or", "and"] {
            let places = line.dropLast().filter {
                depths[$0] == level && atoms[$0].role == .binary && atoms[$0].text == word
            }
            for place in places { breakLine(before: place + 1) }
            if !places.isEmpty { return true }
        }
        return false
    }

    /// The widest bracket of a level: an item a line, or as many single ones as fit.
    private mutating func breakBracket(_ line: Range<Int>, _ level: Int, _ indent: Int) -> Bool {
        var widest: (index: Int, width: Int)?
        for index in line where depths[index] == level && atoms[index].region == .bracket {
            let end = atoms[index].regionEnd
            guard end < line.upperBound, end > index + 1 else { continue }
            let width = (index + 1..<end).reduce(0) { $0 + atoms[$1].width }
            if width > (widest?.width ?? 15) { widest = (index, width) }
        }
        guard let index = widest?.index else { return false }
        let end = atoms[index].regionEnd
        breakLine(before: index + 1)
        breakLine(before: end)
        let starts = (index + 2..<max(end, index + 2)).filter {
            depths[$0] == level + 1 && atoms[$0 - 1].isToken(.comma) && depths[$0 - 1] == level + 1
        }
        if starts.count * 2 + 2 >= end - index - 1 {
            fill(index + 1..<end, indent + SourceFormatter.step)
        } else {
            for start in starts { breakLine(before: start) }
        }
        return true
    }

    /// Single items and commas, as many a line as fit.
    private mutating func fill(_ items: Range<Int>, _ indent: Int) {
        var column = indent
        for index in items {
            let width = atoms[index].width
            let hasComma = index + 1 < items.upperBound && atoms[index + 1].isToken(.comma)
            if index > items.lowerBound, !atoms[index].isToken(.comma),
                column + 1 + width + (hasComma ? 1 : 0) > SourceFormatter.maximumColumns
            {
                breakLine(before: index)
                column = indent
            }
            if index > items.lowerBound, atoms[index].breaks == 0 {
                column += spaces(before: index)
            }
            column += width
        }
    }

    /// After a word that a condition or value follows.
    private mutating func breakAfterWord(
        _ line: Range<Int>, _ level: Int, _ words: [String]
    ) -> Bool {
        for index in line.dropLast() where depths[index] == level {
            let atom = atoms[index]
            guard atom.isKeyword && atom.role != .plain || atom.isToken(.arrow) else { continue }
            if words.contains(atom.text) {
                breakLine(before: index + 1)
                return true
            }
        }
        return false
    }

    /// After the operators that bind least: comparisons, then sums, then products.
    private mutating func breakOperator(_ line: Range<Int>, _ level: Int) -> Bool {
        let places = line.dropLast().filter {
            depths[$0] == level && atoms[$0].role == .binary
                && !["exists", "absent", "not"].contains(atoms[$0].text)
        }
        let signs: [[String]] = [["+", "-"], ["*", "/", "%"]]
        let comparisons = places.filter { place in
            !signs.contains { $0.contains(atoms[place].text) }
        }
        for group in [comparisons]
            + signs.map({ signs in
                places.filter { signs.contains(atoms[$0].text) }
            }) where !group.isEmpty
        {
            for place in group { breakLine(before: place + 1) }
            return true
        }
        return false
    }
}
