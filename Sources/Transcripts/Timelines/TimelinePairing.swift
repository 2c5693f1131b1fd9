/// A one-to-one pairing of the objects of two runs.
struct TimelinePairing {
    /// Why there is none: objects without a partner.
    private(set) var problems: [String] = []
    /// For each track of the base, where the other run has each of its writes.
    private var positions: [[Int]]

    /// - Parameters:
    ///   - own: the objects to be placed.
    ///   - base: the recorded objects.
    ///   - known: all recorded sequences of states, which say where writes may be merged.
    init(_ own: [TimelineTrack], _ base: [TimelineTrack], known: [TimelineGroup: [[String]]]) {
        positions = base.map { _ in [] }
        let groups = Set(own.map(\.group)).union(base.map(\.group)).sorted()
        for group in groups {
            pair(
                own.filter { $0.group == group }, base.indices.filter { base[$0].group == group },
                base,
                known: known[group] ?? [])
        }
    }

    /// Where the other run has a write of the base.
    func position(_ track: Int, _ state: Int) -> Int { positions[track][state] }

    private mutating func pair(
        _ own: [TimelineTrack], _ indices: [Int], _ base: [TimelineTrack], known: [[String]]
    ) {
        let alignments = own.map { track in
            indices.map { TimelineAlignment(track, base[$0], known: known) }
        }
        var partner: [Int?] = indices.map { _ in nil }
        for track in own.indices {
            var seen = [Bool](repeating: false, count: indices.count)
            _ = Self.augment(track, alignments, &partner, &seen)
        }
        let placed = Set(partner.compactMap { $0 })
        let left = indices.indices.filter { partner[$0] == nil }
        let over = own.indices.filter { !placed.contains($0) }
        for (place, track) in zip(left, over) {
            problems += Self.difference(own[track], base[indices[place]])
        }
        for place in left.dropFirst(over.count) {
            problems.append("missing: \(base[indices[place]].object)")
        }
        for track in over.dropFirst(left.count) { problems.append("surplus: \(own[track].object)") }
        for (place, track) in partner.enumerated() {
            if let track { positions[indices[place]] = alignments[track][place].positions }
        }
    }

    private static func augment(
        _ track: Int, _ alignments: [[TimelineAlignment]], _ partner: inout [Int?],
        _ seen: inout [Bool]
    ) -> Bool {
        // The partner at the same place in order of appearance first, and nobody is moved for a place
        // that another one would do for as well: where objects are alike, order decides.
        let count = partner.count
        let places = (0..<count).map { ($0 + track) % count }
            .filter { alignments[track][$0].agrees && !seen[$0] }
        if let free = places.first(where: { partner[$0] == nil }) {
            partner[free] = track
            return true
        }
        for place in places where !seen[place] {
            seen[place] = true
            if let other = partner[place], !augment(other, alignments, &partner, &seen) { continue }
            partner[place] = track
            return true
        }
        return false
    }

    /// The first state in which two objects part.
    private static func difference(_ own: TimelineTrack, _ base: TimelineTrack) -> [String] {
        let common = zip(own.states, base.states).prefix { $0 == $1 }.count
        func next(_ track: TimelineTrack) -> String {
            common < track.states.count ? track.states[common] : "(nothing more)"
        }
        return [
            "\(own.object), write \(common + 1): recorded \(next(base)), ours \(next(own))"
        ]
    }
}

/// Two sequences of states side by side.
struct TimelineAlignment {
    /// Whether the sequences are equal up to permitted merges.
    let agrees: Bool
    /// For each write of the base, the position at which the other run has it.
    let positions: [Int]

    init(_ own: TimelineTrack, _ base: TimelineTrack, known: [[String]]) {
        var search = Search(own: own.states, base: base.states, known: known)
        agrees = search.reaches(0, 0)
        guard agrees else {
            positions = []
            return
        }
        var found = [Int](repeating: 0, count: base.states.count)
        var row = 0
        var column = 0
        while row < own.states.count, let step = search.steps[[row, column]] {
            let last = row + step.own - 1
            for offset in 0..<step.base {
                // Writes that ours merged are where the merged write is.
                found[column + offset] = own.positions[step.base == 1 ? last : row]
            }
            row += step.own
            column += step.base
        }
        positions = found
    }

    private struct Search {
        let own: [String]
        let base: [String]
        let known: [[String]]
        /// From a pair of places: how many writes of each side are taken together.
        var steps: [[Int]: (own: Int, base: Int)] = [:]
        private var dead: Set<[Int]> = []

        init(own: [String], base: [String], known: [[String]]) {
            self.own = own
            self.base = base
            self.known = known
        }

        /// Whether the rests from these places on agree.
        mutating func reaches(_ row: Int, _ column: Int) -> Bool {
            if row == own.count || column == base.count {
                return row == own.count && column == base.count
            }
            if dead.contains([row, column]) { return false }
            for step in candidates(row, column) where reaches(row + step.own, column + step.base) {
                steps[[row, column]] = step
                return true
            }
            dead.insert([row, column])
            return false
        }

        /// One write for one, one of ours for several recorded, several of ours for one recorded.
        private func candidates(_ row: Int, _ column: Int) -> [(own: Int, base: Int)] {
            if own[row] == base[column] { return [(1, 1)] }
            var result: [(own: Int, base: Int)] = []
            if let end = base[column...].firstIndex(of: own[row]), isKnown(row, 1) {
                result.append((1, end - column + 1))
            }
            if let end = own[row...].firstIndex(of: base[column]), isKnown(row, end - row + 1) {
                result.append((end - row + 1, 1))
            }
            return result
        }

        /// Whether a recorded run shows our writes in just this form: from the state before to the
        /// last one.
        private func isKnown(_ row: Int, _ count: Int) -> Bool {
            let from = max(0, row - 1)
            let stretch = own[from..<(row + count)]
            return known.contains { states in
                guard states.count >= stretch.count else { return false }
                let starts = row == 0 ? 0..<1 : 0..<(states.count - stretch.count + 1)
                return starts.contains { states[$0...].starts(with: stretch) }
            }
        }
    }
}
