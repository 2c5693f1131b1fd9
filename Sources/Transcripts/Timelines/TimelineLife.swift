/// The life of one object in a run, field by field.
struct TimelineLife {
    /// What a field went through.
    struct History {
        /// The values, each with its place among the run's entries.
        var values: [(place: Int, value: String)] = []
    }

    /// Something that happened to the object as a whole or is decisive for others.
    enum Moment: String, Comparable {
        case added, deletionAsked, ready, deleted

        static func < (left: Moment, right: Moment) -> Bool { left.rawValue < right.rawValue }
    }

    let object: TimelineObject
    var fields: [String: History] = [:]
    var moments: [(place: Int, moment: Moment)] = []

    /// Objects among which an order or a choice may differ from run to run belong together.
    var group: TimelineGroup { TimelineGroup(object) }

    fileprivate mutating func note(_ field: String, _ value: String, at place: Int) {
        fields[field, default: History()].values.append((place, value))
        if object.kind == "pod", field == "Ready", value == "True" {
            moments.append((place, .ready))
        }
        if field == "deletionTimestamp" { moments.append((place, .deletionAsked)) }
    }
}

/// A run taken apart by objects and fields.
struct TimelineLives {
    private(set) var lives: [TimelineLife] = []
    /// The places at which the session had settled: of the lines that come after a `~ settle`.
    private(set) var rests: [Int] = []

    init(_ run: TimelineRun) {
        var indices: [TimelineObject: Int] = [:]
        var previous = ""
        for (place, entry) in run.entries.enumerated() {
            switch entry.kind {
            case .session(let line):
                if previous == "~ settle" { rests.append(place) }
                previous = line
            case .write(let object, let write):
                let index = indices[object] ?? lives.count
                if index == lives.count {
                    indices[object] = index
                    lives.append(TimelineLife(object: object))
                }
                take(write, index, place)
            }
        }
    }

    private mutating func take(_ write: TimelineWrite, _ index: Int, _ place: Int) {
        switch write {
        case .added(let fields):
            lives[index].moments.append((place, .added))
            for field in fields { note(field.name, field.value, index, place) }
        case .modified(let changes):
            for change in changes { note(change.name, change.new, index, place) }
        case .deleted: lives[index].moments.append((place, .deleted))
        case .untracked: break
        }
    }

    private mutating func note(_ name: String, _ value: String, _ index: Int, _ place: Int) {
        let halves = value.split(separator: "/", omittingEmptySubsequences: false)
        guard name == "gen/obs", halves.count == 2 else {
            // Which of several equal objects is the owner shows in the owner's own life.
            let value = name == "owner" ? String(value.prefix { $0 != "#" }) : value
            return lives[index].note(name, value, at: place)
        }
        lives[index].note(TimelineFieldRole.generation, String(halves[0]), at: place)
        lives[index].note(TimelineFieldRole.observedGeneration, String(halves[1]), at: place)
    }
}
