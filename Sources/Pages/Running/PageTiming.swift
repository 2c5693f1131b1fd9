/// Finds the instant at which a reader has seen what a page shows.
///
/// The world runs on from write to write, and the output of the command is looked at after each. The first
/// instant at which it agrees is the one; where the printed ages say that the reader has waited longer, and it
/// still agrees then, that later one. Where it never agrees within the time that the ages leave, or ten minutes,
/// the world goes back to the instant with the fewest differences, and those are told.
struct PageTiming {
    let world: any PageWorld

    /// How long a reader takes to type the next command.
    static let typing: Int64 = 2_000
    /// How long a reader waits for a container that is to run.
    static let patience: Int64 = 60_000
    private static let window: Int64 = 600_000
    private static let longest: Int64 = 24 * 3_600_000
    /// How many looks are taken at most.
    private static let looks = 2_000

    private struct Look {
        var time: Int64
        var outcome: PageOutcome
        var comparison: PageComparison
    }

    func look(
        _ text: String, _ compare: (String) -> PageComparison
    ) -> (PageOutcome, PageComparison) {
        var best = take(text, compare)
        if best.comparison.isSame { return settled(best, text, compare) }
        let limit = max(Self.window, min(Self.longest, wait(best.comparison, least: false) ?? 0))
        var count = 0
        _ = world.wait(milliseconds: limit) {
            count += 1
            let next = take(text, compare)
            // Of instants that are equally near the last one is where nothing is under way any more.
            if !isNearer(best, next) { best = next }
            return best.comparison.isSame || count >= Self.looks
        }
        let last = take(text, compare)
        if isNearer(last, best) { best = last }
        world.rewind(to: best.time)
        return best.comparison.isSame
            ? settled(best, text, compare) : (best.outcome, best.comparison)
    }

    /// In a world that cannot go back: waits until the output agrees, but no longer than until nothing changes any
    /// more.
    func wait(_ text: String, _ compare: (String) -> PageComparison) {
        let end = world.now + Self.window
        while world.now < end, !take(text, compare).comparison.isSame, !world.isAtRest {
            let isReached = world.wait(milliseconds: Self.step) {
                take(text, compare).comparison.isSame
            }
            if isReached { return }
        }
    }

    /// How far a world that cannot go back goes before it is asked whether it is at rest.
    private static let step: Int64 = 1_000

    private func isNearer(_ look: Look, _ best: Look) -> Bool {
        if look.outcome.hasFailed != best.outcome.hasFailed { return best.outcome.hasFailed }
        return look.comparison.weight < best.comparison.weight
    }

    private func take(_ text: String, _ compare: (String) -> PageComparison) -> Look {
        let outcome = world.look(text)
        return Look(time: world.now, outcome: outcome, comparison: compare(outcome.output))
    }

    /// The look at the instant that the ages tell, where the output is still that of the page then.
    private func settled(
        _ first: Look, _ text: String, _ compare: (String) -> PageComparison
    ) -> (PageOutcome, PageComparison) {
        guard let more = wait(first.comparison, least: true), more > 1_000 else {
            return (first.outcome, first.comparison)
        }
        world.rest(until: first.time + min(more, Self.longest))
        let later = take(text, compare)
        if later.comparison.isSame { return (later.outcome, later.comparison) }
        world.rewind(to: first.time)
        return (first.outcome, first.comparison)
    }

    /// How much longer the reader has waited by the ages of all rows.
    private func wait(_ comparison: PageComparison, least: Bool) -> Int64? {
        let waits = comparison.ages.map { ($0.page.lowerBound - $0.here.lowerBound) * 1_000 }
        return least ? waits.min() : waits.max().map { $0 + 60_000 }
    }
}
