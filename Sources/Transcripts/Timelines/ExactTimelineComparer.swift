/// Compares a run with a recording, write by write (DECISIONS 31).
///
/// So exact that a further run of the recorded cluster itself agrees in three cases of ten (a test
/// counts them): see ``TimelineComparer``, which judges. A run agrees if some recorded run pairs one to one with it such that
/// - the objects of a pair, which have equal names up to random parts, go through the same states
///   of all tracked fields. Writes that one of the two merged must be shown merged (or apart) by
///   another recorded run as well;
/// - within a kind, writes come in the recorded order, as far as the recorded runs agree about it.
///
/// Choices that are arbitrary by nature (a pod's node among equal ones, which volume a claim gets)
/// are left open where the recorded runs differ in them, and only there.
struct ExactTimelineComparer {
    private let runs: [TimelineRun]
    /// Fields that some runs fill otherwise than others, of those that are choices.
    private let free: [String: Set<String>]
    private let recorded: [TimelineTracks]
    /// All recorded sequences of states, by group.
    private let known: [TimelineGroup: [[String]]]

    private let nodesAreAlike: Bool

    /// - Parameter nodesAreAlike: whether no line of the session and none of its files tells one node
    ///   from another. Then nodes are called by the order in which they get pods, in every run: which
    ///   of equal nodes the scheduler takes is drawn by lot.
    init(
        _ timeline: Timeline, nodesAreAlike: Bool = false, open: [String: Set<String>]? = nil
    ) {
        self.nodesAreAlike = nodesAreAlike
        runs = timeline.runs.map { $0.comparable(nodesAreAlike) }
        let free = open ?? TimelineChoices.open(in: timeline.runs)
        self.free = free
        recorded = runs.map { TimelineTracks($0, free: free) }
        var known: [TimelineGroup: [[String]]] = [:]
        for track in recorded.flatMap(\.tracks) {
            known[track.group, default: []].append(track.states)
        }
        self.known = known
    }

    /// Compares with every recorded run.
    func compare(_ run: TimelineRun) -> TimelineVerdict {
        let run = run.comparable(nodesAreAlike)
        var nearest: (run: Int, problems: [String])?
        for index in runs.indices {
            let problems = problems(of: run, against: index)
            if problems.isEmpty { return .agrees(withRun: index + 1) }
            if nearest.map({ problems.count < $0.problems.count }) ?? true {
                nearest = (index, problems)
            }
        }
        return .differs(fromRun: (nearest?.run ?? 0) + 1, nearest?.problems ?? ["no recorded run"])
    }

    /// What separates a run from one recorded run; empty if it agrees.
    func problems(of run: TimelineRun, against index: Int) -> [String] {
        let own = TimelineTracks(run, free: free)
        if !own.flaws.isEmpty { return own.flaws }
        let pairing = TimelinePairing(own.tracks, recorded[index].tracks, known: known)
        if !pairing.problems.isEmpty { return pairing.problems }
        return orderProblems(pairing, base: index)
    }

    // MARK: Order

    /// Pairs of writes of one kind, to different objects, that come the other way round than in
    /// every recorded run.
    private func orderProblems(_ pairing: TimelinePairing, base: Int) -> [String] {
        // For each recorded run that pairs with the base: where it has the base's writes.
        let witnesses = recorded.indices.filter { $0 != base }.compactMap {
            other -> TimelinePairing? in
            let pairing = TimelinePairing(
                recorded[other].tracks, recorded[base].tracks, known: known)
            return pairing.problems.isEmpty ? pairing : nil
        }
        var problems: [String] = []
        let tracks = recorded[base].tracks
        for first in tracks.indices {
            for second in tracks.indices
            where second != first && tracks[first].object.kind == tracks[second].object.kind {
                for early in tracks[first].states.indices {
                    for late in tracks[second].states.indices
                    where tracks[first].positions[early] < tracks[second].positions[late] {
                        guard pairing.position(first, early) > pairing.position(second, late) else {
                            continue
                        }
                        let isOpen = witnesses.contains {
                            $0.position(first, early) > $0.position(second, late)
                        }
                        if isOpen { continue }
                        problems.append(
                            "\(tracks[first].object) reaches \(tracks[first].states[early]) after "
                                + "\(tracks[second].object) reaches \(tracks[second].states[late])")
                    }
                }
            }
        }
        return problems
    }
}
