/// A set of completion indexes as an Indexed Job writes it: "1,3-5,7".
struct JobIndexes: Equatable {
    /// Ascending, disjoint, not adjacent.
    private(set) var ranges: [ClosedRange<Int>] = []

    init() {}

    /// The indexes below `limit` that `text` lists; what is no number is left out.
    init(_ text: String, below limit: Int) {
        for part in text.split(separator: ",") {
            let ends = part.split(separator: "-").compactMap { Int($0) }
            guard let first = ends.first, let last = ends.last, first <= last, first >= 0,
                first < limit
            else { continue }
            append(first...min(last, limit - 1))
        }
    }

    /// The set of these indexes.
    init(_ indexes: some Sequence<Int>) {
        for index in indexes.sorted() where !contains(index) { append(index...index) }
    }

    private mutating func append(_ range: ClosedRange<Int>) {
        if let last = ranges.last, range.lowerBound <= last.upperBound + 1 {
            ranges[ranges.count - 1] =
                last.lowerBound...max(last.upperBound, range.upperBound)
        } else {
            ranges.append(range)
        }
    }

    /// O(log ranges).
    func contains(_ index: Int) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < index { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= index
    }

    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// The indexes in ascending order.
    var elements: [Int] { ranges.flatMap { Array($0) } }

    /// Both sets together. O(ranges).
    func union(_ other: JobIndexes) -> JobIndexes {
        var result = JobIndexes()
        var (left, right) = (ranges[...], other.ranges[...])
        while let first = left.first ?? right.first {
            if let second = right.first, left.isEmpty || second.lowerBound < first.lowerBound {
                result.append(second)
                right.removeFirst()
            } else {
                result.append(first)
                left.removeFirst()
            }
        }
        return result
    }

    /// The lowest `most` indexes below `limit` that are not in the set.
    func gaps(below limit: Int, most: Int) -> [Int] {
        var found: [Int] = []
        var candidate = 0
        for range in ranges {
            while found.count < most, candidate < min(range.lowerBound, limit) {
                found.append(candidate)
                candidate += 1
            }
            candidate = max(candidate, range.upperBound + 1)
        }
        while found.count < most, candidate < limit {
            found.append(candidate)
            candidate += 1
        }
        return found
    }

    /// Two adjacent indexes are written apart, three or more as a range: "1,2" but "1-3".
    var text: String {
        ranges.map { range in
            switch range.count {
            case 1: "\(range.lowerBound)"
            case 2: "\(range.lowerBound),\(range.upperBound)"
            default: "\(range.lowerBound)-\(range.upperBound)"
            }
        }.joined(separator: ",")
    }
}
