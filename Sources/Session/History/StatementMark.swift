import Cluster
import Language
import Value

/// A statement as it began: a place to go back to. Marks are a chain, as deeds are.
final class StatementMark {
    private(set) var before: StatementMark?
    let number: Int
    /// Where the world stood before the statement.
    let place: WorldPlace
    /// The statement in its source; nil for one that was typed.
    let statement: Place?
    /// The statement as it was typed at a prompt.
    let typed: String?
    /// How what was typed ended: how a script would say it, with which code, and where.
    var end: (script: String?, code: Int32, place: WorldPlace)?

    init(after before: StatementMark?, at place: WorldPlace, statement: Place?, typed: String?) {
        self.before = before
        number = (before?.number ?? -1) + 1
        self.place = place
        self.statement = statement
        self.typed = typed
    }

    deinit {
        var next = before
        before = nil
        while next != nil, isKnownUniquelyReferenced(&next) {
            let following = next?.before
            next?.before = nil
            next = following
        }
    }

    /// Whether the world is another one since; taken for granted of what is still at work.
    var hasActed: Bool { end.map { !$0.place.isSame(as: place) } ?? true }

    /// The statement on one line.
    var text: String {
        let words = (typed ?? statement?.text ?? "").split(whereSeparator: \.isWhitespace)
        var line = ""
        for word in words {
            line += (line.isEmpty ? "" : " ") + word
            if line.count > Self.width { return line.prefix(Self.width - 1) + "…" }
        }
        return line
    }

    private static let width = 100

    /// Whether the text of the statement has that in it.
    func contains(_ text: String) -> Bool {
        (typed ?? statement?.text ?? "").contains(text)
    }

    /// Whether a statement of a script is a part of this one.
    func encloses(_ other: Place) -> Bool {
        guard let statement, statement.source === other.source else { return typed != nil }
        return statement.span.start <= other.span.start && other.span.end <= statement.span.end
            && statement.span != other.span
    }
}

/// A place in time with the way that led to it.
struct Moment {
    let place: WorldPlace
    let mark: StatementMark?
}

/// A place that was kept.
struct KeptMoment {
    let name: String
    let kind: TimelineRowKind
    let moment: Moment
    /// The objects there.
    let objects: KnownObjects
}

/// What session and world remember in order to go back.
struct SessionHistory {
    /// The last statement that began.
    var last: StatementMark?
    /// What was kept, in order; of each name one.
    private(set) var kept: [KeptMoment] = []
    /// What `forward` goes back to, and where the world must stand for that.
    var undone: [(landing: WorldPlace, tip: Moment)] = []
    private var undoneCount = 0

    /// How many places a session keeps by name, and how many that were undone.
    static let nameLimit = 1_000
    static let undoneLimit = 100

    mutating func begin(_ statement: Place?, typed: String?, at place: WorldPlace) {
        var before = last
        // Of statements that leave the world alone the last one is enough.
        if typed == nil, let statement, let mark = last, mark.typed == nil,
            mark.place.isSame(as: place), !mark.encloses(statement)
        {
            before = mark.before
        }
        last = StatementMark(after: before, at: place, statement: statement, typed: typed)
    }

    func find(_ name: String) -> KeptMoment? { kept.first { $0.name == name } }

    mutating func keep(_ moment: KeptMoment) {
        kept.removeAll { $0.name == moment.name }
        kept.append(moment)
    }

    /// Keeps a line that is left, unless it is a part of one that is kept already.
    mutating func keepUndone(_ moment: Moment, _ objects: KnownObjects) {
        if kept.contains(where: { moment.place.isOnWay(to: $0.moment.place) }) { return }
        undoneCount += 1
        keep(
            KeptMoment(
                name: "undone-\(undoneCount)", kind: .undone, moment: moment, objects: objects))
        let old = kept.filter { $0.kind == .undone }
        guard old.count > Self.undoneLimit else { return }
        kept.removeAll { $0.name == old[0].name }
    }

    /// What was undone is the present again.
    mutating func forgetUndone(_ place: WorldPlace) {
        kept.removeAll { $0.kind == .undone && $0.moment.place.isSame(as: place) }
    }

    /// The statements between a place and a later one, oldest first: what was typed is one, and of the
    /// others those that did something.
    func statements(from place: WorldPlace, to moment: Moment) -> [StatementMark] {
        let isOneWorld = place.isInWorld(of: moment.place)
        var found: [StatementMark] = []
        var (next, end) = (moment.mark, moment.place)
        var isTyped = false
        while let mark = next, !mark.place.isOnWay(to: place) || mark.place.isSame(as: place) {
            if isOneWorld, !mark.place.isInWorld(of: place) { break }
            next = mark.before
            // What was typed stands for all that it is made of.
            if mark.typed != nil { isTyped = true } else if isTyped { continue }
            if mark.place.isSame(as: end) { continue }
            end = mark.place
            found.append(mark)
        }
        return found.reversed()
    }
}
