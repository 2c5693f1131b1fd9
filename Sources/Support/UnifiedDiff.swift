/// Two texts compared line by line, printed as `diff -u` prints them.
package struct UnifiedDiff {
    /// One line of the result.
    private enum Edit {
        case same(String)
        case removed(String)
        case added(String)

        var line: String {
            switch self {
            case .same(let text): " \(text)"
            case .removed(let text): "-\(text)"
            case .added(let text): "+\(text)"
            }
        }

        var isSame: Bool {
            if case .same = self { return true }
            return false
        }

        var isRemoved: Bool {
            if case .removed = self { return true }
            return false
        }

        var isAdded: Bool {
            if case .added = self { return true }
            return false
        }
    }

    private static let context = 3
    private var edits: [Edit] = []

    /// Compares the lines of two texts.
    package init(_ old: String, _ new: String) {
        self.init(lines: Self.lines(old), Self.lines(new))
    }

    /// As ``init(_:_:)`` for texts that are cut into lines already.
    package init(lines left: [String], _ right: [String]) {
        var (row, column) = (0, 0)
        for pair in LineAlignment.pairs(left, right) {
            edits += left[row..<pair.left].map { .removed($0) }
            edits += right[column..<pair.right].map { .added($0) }
            edits.append(.same(left[pair.left]))
            (row, column) = (pair.left + 1, pair.right + 1)
        }
        edits += left[row...].map { .removed($0) }
        edits += right[column...].map { .added($0) }
    }

    private static func lines(_ text: String) -> [String] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Whether the texts are equal.
    package var isEmpty: Bool { edits.allSatisfy(\.isSame) }

    /// The changes as `diff` prints them without options: `2,3c2` and the lines that went and came.
    package var changes: String {
        var text = ""
        var (old, new) = (0, 0)
        var index = 0
        while index < edits.count {
            if edits[index].isSame {
                (old, new, index) = (old + 1, new + 1, index + 1)
                continue
            }
            let end = edits[index...].firstIndex(where: \.isSame) ?? edits.count
            let removed = edits[index..<end].filter(\.isRemoved)
            let added = edits[index..<end].filter(\.isAdded)
            let span = { (start: Int, count: Int) in
                count == 0
                    ? "\(start)" : count == 1 ? "\(start + 1)" : "\(start + 1),\(start + count)"
            }
            let letter = removed.isEmpty ? "a" : added.isEmpty ? "d" : "c"
            text += span(old, removed.count) + letter + span(new, added.count) + "\n"
            text += removed.map { "< \($0.line.dropFirst())\n" }.joined()
            if letter == "c" { text += "---\n" }
            text += added.map { "> \($0.line.dropFirst())\n" }.joined()
            old += removed.count
            new += added.count
            index = end
        }
        return text
    }

    /// The hunks, each with three lines around the changes.
    package var hunks: String {
        var text = ""
        var index = 0
        while let first = edits[index...].firstIndex(where: { !$0.isSame }) {
            let start = max(first - Self.context, index)
            var last = first
            while let next = edits[(last + 1)...].firstIndex(where: { !$0.isSame }),
                next - last <= 2 * Self.context + 1
            {
                last = next
            }
            let end = min(last + Self.context + 1, edits.count)
            text += hunk(start..<end)
            index = end
        }
        return text
    }

    private func hunk(_ range: Range<Int>) -> String {
        func span(_ skipped: (Edit) -> Bool) -> String {
            let before = edits[..<range.lowerBound].count { !skipped($0) }
            let count = edits[range].count { !skipped($0) }
            let start = count == 0 ? before : before + 1
            return count == 1 ? "\(start)" : "\(start),\(count)"
        }
        let head = "@@ -\(span(\.isAdded)) +\(span(\.isRemoved)) @@\n"
        return head + edits[range].map { $0.line + "\n" }.joined()
    }
}
