/// Two sequences of lines compared as Python's difflib does, whose choice among equally short answers the
/// server's messages show: the longest equal run first, the earliest of several, then what stands before and
/// after it likewise.
///
/// Costs the product of the lengths at worst.
struct SequenceDiff {
    private struct Run {
        let old: Int
        let new: Int
        let count: Int
    }

    private static let context = 3
    /// From so many lines on, those that are more than a hundredth of all begin no run (autojunk).
    private static let popularityLimit = 200

    private let old: [String]
    private let new: [String]
    private var places: [String: [Int]] = [:]
    private var runs: [Run] = []

    init(_ old: [String], _ new: [String]) {
        self.old = old
        self.new = new
        for (index, line) in new.enumerated() { places[line, default: []].append(index) }
        if new.count >= Self.popularityLimit {
            let limit = new.count / 100 + 1
            places = places.filter { $0.value.count <= limit }
        }
        collect(0..<old.count, 0..<new.count)
        runs.append(Run(old: old.count, new: new.count, count: 0))
    }

    private mutating func collect(_ left: Range<Int>, _ right: Range<Int>) {
        let run = longest(left, right)
        guard run.count > 0 else { return }
        if left.lowerBound < run.old, right.lowerBound < run.new {
            collect(left.lowerBound..<run.old, right.lowerBound..<run.new)
        }
        if let last = runs.last, last.old + last.count == run.old, last.new + last.count == run.new
        {
            runs[runs.count - 1] = Run(old: last.old, new: last.new, count: last.count + run.count)
        } else {
            runs.append(run)
        }
        let (oldEnd, newEnd) = (run.old + run.count, run.new + run.count)
        if oldEnd < left.upperBound, newEnd < right.upperBound {
            collect(oldEnd..<left.upperBound, newEnd..<right.upperBound)
        }
    }

    private func longest(_ left: Range<Int>, _ right: Range<Int>) -> Run {
        var best = Run(old: left.lowerBound, new: right.lowerBound, count: 0)
        var lengths: [Int: Int] = [:]
        for index in left {
            var next: [Int: Int] = [:]
            for place in places[old[index]] ?? [] where right.contains(place) {
                let count = (lengths[place - 1] ?? 0) + 1
                next[place] = count
                if count > best.count {
                    best = Run(old: index - count + 1, new: place - count + 1, count: count)
                }
            }
            lengths = next
        }
        // Lines that begin no run still lengthen one.
        var (first, second, count) = (best.old, best.new, best.count)
        while first > left.lowerBound, second > right.lowerBound, old[first - 1] == new[second - 1]
        {
            (first, second, count) = (first - 1, second - 1, count + 1)
        }
        while first + count < left.upperBound, second + count < right.upperBound,
            old[first + count] == new[second + count]
        {
            count += 1
        }
        return Run(old: first, new: second, count: count)
    }

    // MARK: Printing

    /// A stretch of both sequences, equal or not.
    private struct Stretch {
        var old: Range<Int>
        var new: Range<Int>
        let isSame: Bool
    }

    private var stretches: [Stretch] {
        var result: [Stretch] = []
        var (left, right) = (0, 0)
        for run in runs {
            if left < run.old || right < run.new {
                result.append(Stretch(old: left..<run.old, new: right..<run.new, isSame: false))
            }
            (left, right) = (run.old + run.count, run.new + run.count)
            if run.count > 0 {
                result.append(Stretch(old: run.old..<left, new: run.new..<right, isSame: true))
            }
        }
        return result
    }

    /// The changes, each with up to three equal lines before and after it.
    var hunks: String {
        var groups: [[Stretch]] = []
        var group: [Stretch] = []
        let stretches = stretches
        guard stretches.contains(where: { !$0.isSame }) else { return "" }
        for (index, stretch) in stretches.enumerated() {
            guard stretch.isSame else {
                group.append(stretch)
                continue
            }
            let (isFirst, isLast) = (index == 0, index == stretches.count - 1)
            if isFirst {
                group.append(Self.end(of: stretch))
            } else if isLast {
                group.append(Self.beginning(of: stretch))
            } else if stretch.old.count > 2 * Self.context {
                groups.append(group + [Self.beginning(of: stretch)])
                group = [Self.end(of: stretch)]
            } else {
                group.append(stretch)
            }
        }
        groups.append(group)
        return groups.map(hunk).joined()
    }

    private static func beginning(of stretch: Stretch) -> Stretch {
        let count = min(context, stretch.old.count)
        return Stretch(
            old: stretch.old.prefix(count), new: stretch.new.prefix(count), isSame: true)
    }

    private static func end(of stretch: Stretch) -> Stretch {
        let count = min(context, stretch.old.count)
        return Stretch(
            old: stretch.old.suffix(count), new: stretch.new.suffix(count), isSame: true)
    }

    private func hunk(_ group: [Stretch]) -> String {
        guard let first = group.first, let last = group.last else { return "" }
        let span = { (range: Range<Int>) in
            let start = range.isEmpty ? range.lowerBound : range.lowerBound + 1
            return range.count == 1 ? "\(start)" : "\(start),\(range.count)"
        }
        let (left, right) = (
            first.old.lowerBound..<last.old.upperBound, first.new.lowerBound..<last.new.upperBound
        )
        var text = "@@ -\(span(left)) +\(span(right)) @@\n"
        for stretch in group {
            for index in stretch.old { text += (stretch.isSame ? " " : "-") + old[index] + "\n" }
            if stretch.isSame { continue }
            for index in stretch.new { text += "+" + new[index] + "\n" }
        }
        return text
    }
}
