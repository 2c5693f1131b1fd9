/// How a run of ours compares with the recorded ones.
package enum TimelineVerdict: Sendable, Equatable {
    /// It agrees with this recorded run, counted from 1.
    case agrees(withRun: Int)
    /// It agrees with none; what separates it from the nearest one, line by line.
    case differs(fromRun: Int, [String])
}

/// Compares a run with a recording: does it take the same steps?
///
/// No two runs of a real cluster write the same: who reports first, and what is reported at once, is
/// drawn by lot. So what counts is what a rule decides. A run agrees if, for some recorded run,
/// - the objects pair one to one, equal names up to random parts;
/// - each field of a pair goes through the same values, in the sense of its ``TimelineFieldRole``:
///   decisions all in order, reports up to what may be reported at once, sums at rest;
/// - pods with names of their own wait for each other as in all recorded runs, and ReplicaSets are
///   scaled in the same order (``TimelineOrder``).
///
/// Which node, volume or claim is taken stays open where the recorded runs differ in it, and only
/// there. The measure of this comparer is that a recorded run which is taken out of its recording
/// agrees with the rest, in nine of ten; a test holds it to that, and to seeing what is damaged.
package struct TimelineComparer {
    private let runs: [TimelineLives]
    private let waits: Set<TimelineOrder.Wait>
    private let open: [String: Set<String>]
    private let nodesAreAlike: Bool

    /// - Parameter nodesAreAlike: whether no line of the session and none of its files tells one node
    ///   from another. Then nodes are called by the order in which they get pods, in every run: which
    ///   of equal nodes the scheduler takes is drawn by lot.
    package init(_ timeline: Timeline, nodesAreAlike: Bool = false) {
        self.init(
            timeline, nodesAreAlike: nodesAreAlike, open: TimelineChoices.open(in: timeline.runs))
    }

    init(_ timeline: Timeline, nodesAreAlike: Bool, open: [String: Set<String>]) {
        self.nodesAreAlike = nodesAreAlike
        self.open = open
        runs = timeline.runs.map { TimelineLives($0.comparable(nodesAreAlike)) }
        let all = runs.map(TimelineOrder.waits)
        waits = all.dropFirst().reduce(all.first ?? []) { $0.intersection($1) }
    }

    /// Compares with every recorded run.
    package func compare(_ run: TimelineRun) -> TimelineVerdict {
        let run = run.comparable(nodesAreAlike)
        let flaws = TimelineTracks(run).flaws
        if !flaws.isEmpty { return .differs(fromRun: 1, flaws) }
        let own = TimelineLives(run)
        var nearest: (run: Int, problems: [String])?
        for index in runs.indices {
            let problems = problems(own, runs[index])
            if problems.isEmpty { return .agrees(withRun: index + 1) }
            if nearest.map({ problems.count < $0.problems.count }) ?? true {
                nearest = (index, problems)
            }
        }
        return .differs(fromRun: (nearest?.run ?? 0) + 1, nearest?.problems ?? ["no recorded run"])
    }

    private func problems(_ own: TimelineLives, _ base: TimelineLives) -> [String] {
        var problems: [String] = []
        let groups = Set(own.lives.map(\.group)).union(base.lives.map(\.group)).sorted()
        for group in groups {
            let pairing = TimelineLifePairing(
                own.lives.filter { $0.group == group }.map { traced($0, own) },
                base.lives.filter { $0.group == group }.map { traced($0, base) })
            problems += pairing.problems
        }
        if !problems.isEmpty { return problems }
        let scalings = TimelineOrder.scalings(own)
        let recorded = TimelineOrder.scalings(base)
        for owner in Set(scalings.keys).union(recorded.keys).sorted()
        where scalings[owner] != recorded[owner] {
            problems.append(
                "ReplicaSets of \(owner) are scaled "
                    + "\(scalings[owner, default: []].joined(separator: " ")), recorded "
                    + recorded[owner, default: []].joined(separator: " "))
        }
        let missing = waits.subtracting(TimelineOrder.waits(own))
        return problems + missing.map(\.description).sorted()
    }

    private func traced(_ life: TimelineLife, _ lives: TimelineLives) -> TracedLife {
        let open = open[life.object.kind] ?? []
        var traces: [String: TimelineTrace] = [
            "life": .sequence(
                life.moments.map(\.moment).filter { $0 == .added || $0 == .deleted }.map(\.rawValue)
            )
        ]
        for (name, history) in life.fields {
            traces[name] = TimelineTrace(
                history, .of(name, kind: life.object.kind), isDrawn: open.contains(name),
                rests: lives.rests)
        }
        return TracedLife(object: life.object, traces: traces)
    }
}

/// An object with what counts of its fields.
struct TracedLife {
    let object: TimelineObject
    let traces: [String: TimelineTrace]

    /// What separates two objects, by field.
    func differences(from base: TracedLife) -> [String] {
        Set(traces.keys).union(base.traces.keys).sorted().compactMap { name in
            switch (traces[name], base.traces[name]) {
            case (let own?, let other?) where own.isLike(other): nil
            case (let own, let other):
                "\(base.object) \(name): recorded \(other.map { "\($0)" } ?? "nothing"), ours "
                    + (own.map { "\($0)" } ?? "nothing")
            }
        }
    }
}

/// A one-to-one pairing of objects that can stand for one another.
struct TimelineLifePairing {
    private(set) var problems: [String] = []

    init(_ own: [TracedLife], _ base: [TracedLife]) {
        let alike = own.map { life in base.map { life.differences(from: $0).isEmpty } }
        var partners = [Int?](repeating: nil, count: base.count)
        for index in own.indices {
            var seen: Set<Int> = []
            _ = Self.augment(index, alike, &partners, &seen)
        }
        let placed = Set(partners.compactMap { $0 })
        let over = own.indices.filter { !placed.contains($0) }
        let left = base.indices.filter { partners[$0] == nil }
        for (index, place) in zip(over, left) {
            problems += own[index].differences(from: base[place])
        }
        problems += left.dropFirst(over.count).map { "missing: \(base[$0].object)" }
        problems += over.dropFirst(left.count).map { "surplus: \(own[$0].object)" }
    }

    private static func augment(
        _ index: Int, _ alike: [[Bool]], _ partners: inout [Int?], _ seen: inout Set<Int>
    ) -> Bool {
        for place in partners.indices where alike[index][place] && !seen.contains(place) {
            seen.insert(place)
            if let other = partners[place], !augment(other, alike, &partners, &seen) { continue }
            partners[place] = index
            return true
        }
        return false
    }
}
