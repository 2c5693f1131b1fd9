/// Which lines of two texts are the same ones: what a diff keeps.
///
/// Texts of ordinary size are aligned by their longest common subsequence, which gives the fewest
/// changes. Where the table for that would be large, lines that stand once in each text hold the two
/// together (Bram Cohen's patience diff), and what lies between them is aligned by itself; so the cost
/// grows with the size and its logarithm, whatever the texts are.
enum LineAlignment {
    /// A line of the left text and the one of the right text that it is; both numbers grow from pair to pair.
    typealias Pair = (left: Int, right: Int)

    /// The largest table, in cells of four bytes.
    private static let largestTable = 1 << 22

    /// The pairs, in order.
    static func pairs(_ left: [String], _ right: [String]) -> [Pair] {
        var numbers: [String: Int] = [:]
        func number(_ line: String) -> Int {
            if let known = numbers[line] { return known }
            numbers[line] = numbers.count
            return numbers.count - 1
        }
        var aligned = Alignment(left: left.map(number), right: right.map(number))
        aligned.align(left.indices, right.indices)
        return aligned.pairs
    }

    /// The work on two texts whose lines are numbers.
    private struct Alignment {
        let left: [Int]
        let right: [Int]
        var pairs: [Pair] = []

        /// Aligns a part of each text; the parts that are still to do wait in a list, not on the stack.
        mutating func align(_ rows: Range<Int>, _ columns: Range<Int>) {
            var waiting = [(rows, columns, keeps: 0)]
            while let (rows, columns, keeps) = waiting.popLast() {
                if keeps > 0 {
                    keep(keeps, rows.lowerBound, columns.lowerBound)
                    continue
                }
                let head = zip(rows, columns).prefix { left[$0] == right[$1] }.count
                let (restRows, restColumns) = (rows.dropFirst(head), columns.dropFirst(head))
                let tail = zip(restRows.reversed(), restColumns.reversed())
                    .prefix { left[$0] == right[$1] }.count
                keep(head, rows.lowerBound, columns.lowerBound)
                let (middleRows, middleColumns) = (
                    restRows.dropLast(tail), restColumns.dropLast(tail)
                )
                if tail > 0 {
                    waiting.append((restRows.suffix(tail), restColumns.suffix(tail), keeps: tail))
                }
                guard !middleRows.isEmpty, !middleColumns.isEmpty else { continue }
                let (cells, isTooMany) = (middleRows.count + 1)
                    .multipliedReportingOverflow(by: middleColumns.count + 1)
                if !isTooMany, cells <= largestTable {
                    alignByTable(middleRows, middleColumns)
                    continue
                }
                // The last part is taken first: they are put down from the end.
                var (rowEnd, columnEnd) = (middleRows.upperBound, middleColumns.upperBound)
                let anchors = anchors(middleRows, middleColumns)
                guard !anchors.isEmpty else { continue }
                for anchor in anchors.reversed() {
                    waiting.append(
                        (anchor.left + 1..<rowEnd, anchor.right + 1..<columnEnd, keeps: 0))
                    waiting.append(
                        (anchor.left..<anchor.left + 1, anchor.right..<anchor.right + 1, keeps: 1))
                    (rowEnd, columnEnd) = (anchor.left, anchor.right)
                }
                waiting.append(
                    (middleRows.lowerBound..<rowEnd, middleColumns.lowerBound..<columnEnd, keeps: 0)
                )
            }
        }

        private mutating func keep(_ count: Int, _ row: Int, _ column: Int) {
            for step in 0..<count { pairs.append((row + step, column + step)) }
        }

        /// The longest common subsequence; where several are, that which removes first.
        private mutating func alignByTable(_ rows: Range<Int>, _ columns: Range<Int>) {
            let width = columns.count + 1
            var common = [Int32](repeating: 0, count: (rows.count + 1) * width)
            func place(_ row: Int, _ column: Int) -> Int {
                (row - rows.lowerBound) * width + column - columns.lowerBound
            }
            for row in rows.reversed() {
                for column in columns.reversed() {
                    common[place(row, column)] =
                        left[row] == right[column]
                        ? common[place(row + 1, column + 1)] + 1
                        : max(common[place(row + 1, column)], common[place(row, column + 1)])
                }
            }
            var (row, column) = (rows.lowerBound, columns.lowerBound)
            while row < rows.upperBound, column < columns.upperBound {
                if left[row] == right[column] {
                    pairs.append((row, column))
                    (row, column) = (row + 1, column + 1)
                } else if common[place(row + 1, column)] >= common[place(row, column + 1)] {
                    row += 1
                } else {
                    column += 1
                }
            }
        }

        /// The lines that stand once in each part, as many of them as stand in the same order.
        private func anchors(_ rows: Range<Int>, _ columns: Range<Int>) -> [Pair] {
            let onRight = Self.single(right, columns)
            let onLeft = Self.single(left, rows)
            let shared = rows.compactMap { row -> Pair? in
                guard onLeft[left[row]] == row, let column = onRight[left[row]], column >= 0 else {
                    return nil
                }
                return (row, column)
            }
            return Self.longestRising(shared)
        }

        /// By line: where it stands, or -1 if in several places.
        private static func single(_ lines: [Int], _ places: Range<Int>) -> [Int: Int] {
            var found: [Int: Int] = [:]
            for place in places { found[lines[place]] = found[lines[place]] == nil ? place : -1 }
            return found
        }

        /// The longest run of pairs, not necessarily neighbours, whose right numbers rise.
        private static func longestRising(_ pairs: [Pair]) -> [Pair] {
            // By length: the pair with the lowest right number that such a run can end with.
            var ends: [Int] = []
            var before = [Int](repeating: -1, count: pairs.count)
            for (index, pair) in pairs.enumerated() {
                var (low, high) = (0, ends.count)
                while low < high {
                    let middle = (low + high) / 2
                    if pairs[ends[middle]].right < pair.right {
                        low = middle + 1
                    } else {
                        high = middle
                    }
                }
                if low > 0 { before[index] = ends[low - 1] }
                if low == ends.count { ends.append(index) } else { ends[low] = index }
            }
            var run: [Pair] = []
            var next = ends.last ?? -1
            while next >= 0 {
                run.append(pairs[next])
                next = before[next]
            }
            return run.reversed()
        }
    }
}
