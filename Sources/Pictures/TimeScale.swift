import Value

/// Instants to columns of a picture.
///
/// Within a picture time is even, but for long stretches in which nothing happens: each of them takes
/// ``breakWidth`` columns, so that a rollout of three seconds can be read beside a deadline of ten
/// minutes.
package struct TimeScale: Sendable {
    /// A part of the time with even columns.
    package struct Part: Sendable, Equatable {
        package let start: Milliseconds
        package let end: Milliseconds
        package let columns: Range<Int>
        /// Whether it is a stretch that was squeezed.
        package let isBreak: Bool
    }

    /// The columns of a squeezed stretch.
    package static let breakWidth = 3
    /// The time of a column at its finest, beside breaks.
    private static let finest: Milliseconds = 50
    /// At most so much of the width goes to squeezed stretches: one part in so many.
    private static let breakShare = 3

    package private(set) var parts: [Part] = []

    /// - Parameters:
    ///   - instants: when something happens, in order.
    ///   - width: the columns there are, at least 1.
    package init(
        from start: Milliseconds, to end: Milliseconds, instants: [Milliseconds], width: Int
    ) {
        let end = max(end, start + 1)
        var stops = [start]
        for instant in instants where instant > stops[stops.count - 1] && instant < end {
            stops.append(instant)
        }
        stops.append(end)
        let gaps = zip(stops, stops.dropFirst()).map { (start: $0, end: $1) }
        let squeezed = Self.squeezed(gaps.map { $0.end - $0.start }, width)
        layOut(gaps, squeezed, width)
    }

    /// The gaps that are too long to be drawn evenly: those that are longer than twice all shorter ones
    /// together, as long as there is room for their breaks.
    private static func squeezed(_ gaps: [Milliseconds], _ width: Int) -> Set<Int> {
        let order = gaps.indices.sorted { (gaps[$0], $0) < (gaps[$1], $1) }
        let limit = width / breakShare / breakWidth
        var (shorter, equal) = (Milliseconds(0), Milliseconds(0))
        for (place, gap) in order.enumerated() {
            if place > 0, gaps[order[place - 1]] < gaps[gap] {
                (shorter, equal) = (shorter + equal, 0)
            }
            if shorter > 0, gaps[gap] / 2 > shorter, order.count - place <= limit {
                return Set(order[place...])
            }
            equal += gaps[gap]
        }
        return []
    }

    private mutating func layOut(
        _ gaps: [(start: Milliseconds, end: Milliseconds)], _ squeezed: Set<Int>, _ width: Int
    ) {
        var even = gaps.indices.filter { !squeezed.contains($0) }.reduce(Milliseconds(0)) {
            $0 + (gaps[$1].end - gaps[$1].start)
        }
        var free = max(width - squeezed.count * Self.breakWidth, 0)
        var spare = 0
        if !squeezed.isEmpty {
            // Less time than this tells nobody anything: the breaks take what is left of the width.
            let needed = Int(min(even / Self.finest + Milliseconds(gaps.count), Milliseconds(free)))
            (free, spare) = (needed, free - needed)
        }
        var breaksLeft = squeezed.count
        // Each even part has a column at least.
        var partsLeft = gaps.indices.count { index in
            !squeezed.contains(index) && (index == 0 || squeezed.contains(index - 1))
        }
        var column = 0
        var index = 0
        while index < gaps.count {
            if squeezed.contains(index) {
                let extra = spare / breaksLeft
                (spare, breaksLeft) = (spare - extra, breaksLeft - 1)
                let next = min(column + Self.breakWidth + extra, width)
                parts.append(
                    Part(
                        start: gaps[index].start, end: gaps[index].end, columns: column..<next,
                        isBreak: true))
                column = next
                index += 1
                continue
            }
            let begin = index
            while index < gaps.count, !squeezed.contains(index) { index += 1 }
            let length = gaps[index - 1].end - gaps[begin].start
            // What is left is shared by what is left, so that rounding never adds up.
            partsLeft -= 1
            let columns =
                partsLeft == 0
                ? free
                : 1 + Int(Self.share(length, of: max(even, 1), in: max(free - partsLeft - 1, 0)))
            parts.append(
                Part(
                    start: gaps[begin].start, end: gaps[index - 1].end,
                    columns: column..<column + columns, isBreak: false))
            column += columns
            free -= columns
            even -= length
        }
    }

    /// The column of an instant; nil outside of the picture.
    package func column(of instant: Milliseconds) -> Int? {
        guard let part = parts.last(where: { $0.start <= instant }), instant <= part.end,
            !part.columns.isEmpty
        else { return nil }
        let place = Int(
            Self.share(instant - part.start, of: part.end - part.start, in: part.columns.count))
        return min(part.columns.lowerBound + place, part.columns.upperBound - 1)
    }

    /// From when to when each column is; in order.
    package var columns: [(start: Milliseconds, end: Milliseconds, isBreak: Bool)] {
        parts.flatMap { part in
            let length = part.end - part.start
            let count = Milliseconds(part.columns.count)
            // The first instant that ``column(of:)`` puts into a column.
            func edge(_ number: Int) -> Milliseconds {
                part.start + Self.share(Milliseconds(number), of: count, in: length, roundsUp: true)
            }
            return part.columns.indices.map { index in
                let number = index - part.columns.lowerBound
                return (edge(number), edge(number + 1), part.isBreak)
            }
        }
    }

    /// `amount / total` of `whole`, without overflow on the way; `amount` is at most `total`.
    private static func share(
        _ amount: Milliseconds, of total: Milliseconds, in whole: some BinaryInteger,
        roundsUp: Bool = false
    ) -> Milliseconds {
        let product = amount.multipliedFullWidth(by: Milliseconds(whole))
        let (quotient, remainder) = total.dividingFullWidth(product)
        return roundsUp && remainder > 0 ? quotient + 1 : quotient
    }
}
