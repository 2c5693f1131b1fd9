/// Compares a command's output with a recording, by the rules of the corpus.
///
/// Without a mark, lines match one by one in order and optional lines may be absent. `[unordered]`
/// asks for a pairing: every required line with a different output line, and no output line left
/// over. `[dedup]` first collapses runs of equal output lines. `[unstable]` is never compared.
package struct OutputMatcher: Sendable {
    private let expected: ExpectedOutput
    private let patterns: [LinePattern]

    package init(_ expected: ExpectedOutput) {
        self.expected = expected
        patterns = expected.lines.map { LinePattern($0.text) }
    }

    /// Whether normalised output lines agree with the recorded lines. The exit status is not looked
    /// at.
    ///
    /// - Parameter lines: the output as `OutputNormalizer.lines(of:)` gives it.
    package func matches(_ lines: [String]) -> Bool {
        let lines = prepared(lines)
        return expected.isUnordered ? matchesUnordered(lines) : matchesInOrder(lines)
    }

    /// What differs, line by line. Meaningful also when the outputs agree: then no line is marked.
    package func diff(_ lines: [String]) -> [OutputDiffLine] {
        let lines = prepared(lines)
        if expected.isUnordered { return unorderedDiff(lines) }
        let head = agreeingHead(lines)
        let tail = agreeingTail(lines, after: head)
        return lines[..<head].map { .same($0) }
            + orderedDiff(head..<(patterns.count - tail), Array(lines[head..<(lines.count - tail)]))
            + lines[(lines.count - tail)...].map { .same($0) }
    }

    /// How many lines at the beginning agree one by one. Optional lines end the count: they may be
    /// skipped.
    private func agreeingHead(_ lines: [String]) -> Int {
        let limit = min(lines.count, patterns.count)
        return (0..<limit).first {
            expected.lines[$0].isOptional || !patterns[$0].matches(lines[$0])
        } ?? limit
    }

    private func agreeingTail(_ lines: [String], after head: Int) -> Int {
        let limit = min(lines.count, patterns.count) - head
        return (0..<limit).first {
            let row = patterns.count - 1 - $0
            return expected.lines[row].isOptional
                || !patterns[row].matches(lines[lines.count - 1 - $0])
        } ?? limit
    }

    /// A measure of how far the output is from the recording, 0 if each could be a reordering of
    /// the other. O(lines) where lines have no placeholders.
    func distance(_ lines: [String]) -> Int {
        var left: [String: Int] = [:]
        for line in prepared(lines) { left[line, default: 0] += 1 }
        var wild: [Int] = []
        var missing = 0
        for (index, line) in expected.lines.enumerated() {
            if let count = left[line.text], count > 0, patterns[index].isLiteral {
                left[line.text] = count - 1
            } else if patterns[index].isLiteral {
                missing += line.isOptional ? 0 : 1
            } else {
                wild.append(index)
            }
        }
        var rest = prepared(lines).filter { line in
            guard let count = left[line], count > 0 else { return false }
            left[line] = count - 1
            return true
        }
        for index in wild {
            if let hit = rest.firstIndex(where: { patterns[index].matches($0) }) {
                rest.remove(at: hit)
            } else if !expected.lines[index].isOptional {
                missing += 1
            }
        }
        return missing + rest.count
    }

    private func prepared(_ lines: [String]) -> [String] {
        expected.isDeduplicated ? OutputNormalizer.deduplicated(lines) : lines
    }

    // MARK: In order

    /// Walks both sides at once, keeping every number of recorded lines that the output so far can
    /// stand for.
    private func matchesInOrder(_ lines: [String]) -> Bool {
        var reachable = closure(of: [0])
        for line in lines {
            var next: [Int] = []
            for index in reachable where index < patterns.count && patterns[index].matches(line) {
                next.append(index + 1)
            }
            reachable = closure(of: next)
            if reachable.isEmpty { return false }
        }
        return reachable.last == patterns.count
    }

    /// Adds the positions that skipping optional lines leads to; ascending, without repeats.
    private func closure(of positions: [Int]) -> [Int] {
        var result: [Int] = []
        for position in positions {
            var index = max(position, (result.last ?? -1) + 1)
            // An index above `position` is reachable only if everything from `position` to it is
            // optional.
            guard (position..<index).allSatisfy({ expected.lines[$0].isOptional }) else { continue }
            while index <= patterns.count {
                result.append(index)
                guard index < patterns.count, expected.lines[index].isOptional else { break }
                index += 1
            }
        }
        return result
    }

    /// The cheapest alignment: an absent required line and a surplus output line cost one each.
    private func orderedDiff(_ recorded: Range<Int>, _ lines: [String]) -> [OutputDiffLine] {
        let rows = recorded.count
        let first = recorded.lowerBound
        let columns = lines.count
        var cost = [[Int]](repeating: [Int](repeating: 0, count: columns + 1), count: rows + 1)
        for row in stride(from: rows, through: 0, by: -1) {
            for column in stride(from: columns, through: 0, by: -1)
            where row < rows || column < columns {
                var best = Int.max
                if row < rows {
                    best = cost[row + 1][column] + (expected.lines[first + row].isOptional ? 0 : 2)
                }
                if column < columns { best = min(best, cost[row][column + 1] + 2) }
                if row < rows, column < columns {
                    let step = patterns[first + row].matches(lines[column]) ? 0 : 3
                    best = min(best, cost[row + 1][column + 1] + step)
                }
                cost[row][column] = best
            }
        }
        return trace(recorded, lines, cost)
    }

    private func trace(
        _ recorded: Range<Int>, _ lines: [String], _ cost: [[Int]]
    ) -> [OutputDiffLine] {
        var result: [OutputDiffLine] = []
        var row = 0
        var column = 0
        let patterns = Array(self.patterns[recorded])
        let expected = Array(self.expected.lines[recorded])
        while row < patterns.count || column < lines.count {
            let here = cost[row][column]
            if row < patterns.count, column < lines.count {
                let agrees = patterns[row].matches(lines[column])
                if here == cost[row + 1][column + 1] + (agrees ? 0 : 3) {
                    result.append(
                        agrees
                            ? .same(lines[column])
                            : .changed(expected: expected[row].text, actual: lines[column]))
                    row += 1
                    column += 1
                    continue
                }
            }
            let optional = row < patterns.count && expected[row].isOptional
            if row < patterns.count, here == cost[row + 1][column] + (optional ? 0 : 2) {
                if !optional { result.append(.missing(expected[row].text)) }
                row += 1
            } else {
                result.append(.surplus(lines[column]))
                column += 1
            }
        }
        return result
    }

    // MARK: Unordered

    private func matchesUnordered(_ lines: [String]) -> Bool {
        let pairing = pair(lines)
        return pairing.output.allSatisfy { $0 != nil }
            && expected.lines.indices.allSatisfy {
                expected.lines[$0].isOptional || pairing.recorded[$0] != nil
            }
    }

    private func unorderedDiff(_ lines: [String]) -> [OutputDiffLine] {
        let pairing = pair(lines)
        var result: [OutputDiffLine] = []
        for index in patterns.indices {
            if let line = pairing.recorded[index] {
                result.append(.same(lines[line]))
            } else if !expected.lines[index].isOptional {
                result.append(.missing(expected.lines[index].text))
            }
        }
        for index in lines.indices where pairing.output[index] == nil {
            result.append(.surplus(lines[index]))
        }
        return result
    }

    /// A largest pairing that prefers required lines: they are placed first, and an augmenting path
    /// never takes a partner from a line without giving it another.
    private func pair(_ lines: [String]) -> Pairing {
        let fits = patterns.map { pattern in lines.map { pattern.matches($0) } }
        var pairing = Pairing(recorded: patterns.count, output: lines.count)
        let required = patterns.indices.filter { !expected.lines[$0].isOptional }
        let optional = patterns.indices.filter { expected.lines[$0].isOptional }
        for index in required + optional {
            var seen = [Bool](repeating: false, count: lines.count)
            _ = pairing.augment(from: index, fits: fits, seen: &seen)
        }
        return pairing
    }
}

/// Which recorded line stands with which output line.
private struct Pairing {
    var recorded: [Int?]
    var output: [Int?]

    init(recorded: Int, output: Int) {
        self.recorded = Array(repeating: nil, count: recorded)
        self.output = Array(repeating: nil, count: output)
    }

    /// Finds a partner for recorded line `index`, moving others along when that frees one.
    mutating func augment(from index: Int, fits: [[Bool]], seen: inout [Bool]) -> Bool {
        for line in fits[index].indices where fits[index][line] && !seen[line] {
            seen[line] = true
            if let other = output[line], !augment(from: other, fits: fits, seen: &seen) { continue }
            output[line] = index
            recorded[index] = line
            return true
        }
        return false
    }
}
