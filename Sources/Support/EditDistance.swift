/// The number of single-character insertions, deletions, replacements and swaps of neighbours that
/// turn one text into the other (optimal string alignment, over UTF-8 bytes). O(product of lengths).
public func editDistance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8)
    let right = Array(right.utf8)
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    var current = beforeLast
    for row in 1...left.count {
        current[0] = row
        for column in 1...right.count {
            let cost = left[row - 1] == right[column - 1] ? 0 : 1
            var best = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if row > 1, column > 1, left[row - 1] == right[column - 2],
                left[row - 2] == right[column - 1]
            {
                best = min(best, beforeLast[column - 2] + 1)
            }
            current[column] = best
        }
        (beforeLast, last, current) = (last, current, beforeLast)
    }
    return last[right.count]
}

/// The candidate nearest to `name`, if one is near enough to be what was meant: at most one change
/// for every three characters, and at least one allowed. Case counts less than other changes; of
/// equally near candidates the first wins. A name of more than 256 bytes is no slip of anybody's.
public func nearestName(to name: String, among candidates: some Sequence<String>) -> String? {
    guard name.utf8.count <= 256 else { return nil }
    let lowered = name.lowercased()
    var best: (distance: Int, name: String)?
    for candidate in candidates {
        let limit = max(1, min(name.utf8.count, candidate.utf8.count) / 3)
        // A length that differs by more than the limit cannot be near: skip the table.
        guard abs(name.utf8.count - candidate.utf8.count) <= limit else { continue }
        let distance = editDistance(lowered, candidate.lowercased())
        if distance <= limit, distance < best?.distance ?? Int.max {
            best = (distance, candidate)
        }
    }
    return best?.name
}
