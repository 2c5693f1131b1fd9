import Language
import Pictures
import Value
import Verbs

/// What was asked and expected of a world, for pictures: the last ones, as they were, so that keeping
/// them costs next to nothing.
struct Journal {
    private enum Entry {
        case command(words: [String], place: Place, begin: Milliseconds, end: Milliseconds)
        case judgement(place: Place, holds: Bool, time: Milliseconds)

        /// When it was over.
        var end: Milliseconds {
            switch self {
            case .command(_, _, _, let end): end
            case .judgement(_, _, let time): time
            }
        }
    }

    /// More than a picture can show.
    private static let limit = 2_000
    private var entries: [Entry] = []

    mutating func add(_ call: CommandCall, from begin: Milliseconds, to end: Milliseconds) {
        append(.command(words: call.words, place: call.place, begin: begin, end: end))
    }

    mutating func add(_ place: Place, holds: Bool, at time: Milliseconds) {
        append(.judgement(place: place, holds: holds, time: time))
    }

    /// Forgets what came later than an instant, to which the world has gone back.
    mutating func forget(after instant: Milliseconds) {
        entries.removeAll { entry in
            switch entry {
            case .command(_, _, let begin, _): begin > instant
            case .judgement(_, _, let time): time > instant
            }
        }
    }

    private mutating func append(_ entry: Entry) {
        // What was undone did not happen in this world.
        while let last = entries.last, last.end > entry.end { entries.removeLast() }
        // Half at a time, so that an entry costs the same however many came before it.
        if entries.count == 2 * Self.limit { entries.removeFirst(Self.limit) }
        entries.append(entry)
    }

    /// The marks, with each command that did something of its own.
    ///
    /// - Parameter changes: whether a command of these words changed the world between two instants.
    func marks(where changes: ([String], ClosedRange<Milliseconds>) -> Bool) -> [Mark] {
        entries.suffix(Self.limit).compactMap { entry in
            switch entry {
            case .command(let words, let place, let begin, let end):
                guard changes(words, begin...max(begin, end)) else { return nil }
                return Mark(
                    time: begin, kind: .command, text: Self.line(words.joined(separator: " ")),
                    position: Self.position(place))
            case .judgement(let place, let holds, let time):
                return Mark(
                    time: time, kind: .expectation(holds: holds), text: Self.line(place.text),
                    position: Self.position(place))
            }
        }
    }

    /// Nil at a prompt, where every statement is a source of its own.
    private static func position(_ place: Place) -> Mark.Position? {
        place.source.name == Session.promptName
            ? nil : Mark.Position(file: place.source.name, line: place.start.line)
    }

    /// The first line of a statement, without the block that follows.
    private static func line(_ text: String) -> String {
        let first = text.split(separator: "\n").first.map(String.init) ?? ""
        let line = first.hasSuffix(" {") ? String(first.dropLast(2)) : first
        return line.count > 200 ? line.prefix(199) + "…" : line
    }
}

extension Session {
    package func noteJudgement(at place: Place, holds: Bool) {
        journal.add(place, holds: holds, at: cluster.clock.now)
    }

    package var marks: [Mark] {
        let instants = cluster.log.changes(after: 0).lazy
            .filter { $0.cause.actor == .user }.map(\.time)
        let written = Array(instants)
        return journal.marks { words, time in
            if VerbRegistry.verb(words.first ?? "")?.changesMachines ?? false { return true }
            // A request reaches the server after the client's latency, but for those of a deferred
            // block. The writes come in order: the first one that is not too early decides.
            let isInstant = time.lowerBound == time.upperBound
            var (low, high) = (0, written.count)
            while low < high {
                let middle = (low + high) / 2
                let isEarly =
                    isInstant
                    ? written[middle] < time.lowerBound : written[middle] <= time.lowerBound
                if isEarly { low = middle + 1 } else { high = middle }
            }
            return low < written.count && written[low] <= time.upperBound
        }
    }
}
