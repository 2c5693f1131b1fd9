import Value

/// One object's stages over time.
package struct Lane: Sendable {
    /// From an instant on, up to that of the next one.
    package struct Span: Sendable, Equatable {
        package let start: Milliseconds
        /// Nil: the object does not exist.
        package let stage: Stage?
        /// Of a pod: that of its revision.
        package let letter: Character?

        package init(start: Milliseconds, stage: Stage?, letter: Character? = nil) {
            self.start = start
            self.stage = stage
            self.letter = letter
        }

        /// How it is drawn.
        package var sign: Character {
            guard let stage else { return " " }
            switch (stage, letter) {
            case (.ready, .some(let letter)): return letter
            case (.starting, .some(let letter)):
                return letter.lowercased().first ?? letter
            default: return stage.sign
            }
        }
    }

    package let name: String
    package private(set) var spans: [Span] = []

    package init(name: String) { self.name = name }

    /// What the object is from an instant on. Instants come in order; of several at one instant the last
    /// one counts.
    package mutating func append(_ span: Span) {
        if let last = spans.last, last.start >= span.start { spans.removeLast() }
        if let last = spans.last, last.stage == span.stage, last.letter == span.letter { return }
        spans.append(span)
    }

    /// The spans that lie in a time, the one that it begins in among them; in order. O(log n + found).
    func spans(from start: Milliseconds, to end: Milliseconds) -> ArraySlice<Span> {
        var (low, high) = (0, spans.count)
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= start { low = middle + 1 } else { high = middle }
        }
        let first = max(low - 1, 0)
        let last = spans[first...].firstIndex { $0.start >= end && $0.start > start } ?? spans.count
        return spans[first..<max(last, first)]
    }

    /// What it is at an instant; nil before it was known.
    func span(at instant: Milliseconds) -> Span? {
        spans(from: instant, to: instant).last { $0.start <= instant }
    }
}

/// The lanes of what one workload owns, or of all nodes.
package struct LaneGroup: Sendable {
    /// "deployment/web"; empty for nodes and for pods that nobody owns.
    package let title: String
    package var lanes: [Lane] = []
    /// Whether its lanes are pods, of which a row can tell how many are ready.
    package let countsReady: Bool

    package init(title: String, countsReady: Bool) {
        self.title = title
        self.countsReady = countsReady
    }
}
