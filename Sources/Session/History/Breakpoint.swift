import Cluster
import Language
import Value
import Verbs

/// Stops the world where a condition begins to hold, or at every write to what it reads.
package final class Breakpoint: CommitObserver {
    /// What was asked for, as it was typed.
    package let text: String
    private let condition: Language.Condition
    private let stopsAtWrites: Bool
    private unowned let session: Session
    private var filter: ReadFilter
    private var isHolding = false

    /// - Parameter condition: that of `never`, which is violated where what was asked for holds.
    init(
        _ text: String, _ condition: Language.Condition, atWrites: Bool, in session: Session
    ) {
        self.text = text
        self.condition = condition
        stopsAtWrites = atWrites
        self.session = session
        filter = ReadFilter([], in: session)
        look()
    }

    /// Looks at the state at hand: what holds there already stops nobody.
    func look() { isHolding = holds() }

    private func holds() -> Bool {
        defer { filter = ReadFilter(condition.reads, in: session) }
        guard let verdict = try? condition.check(), case .violated = verdict else { return false }
        return true
    }

    package func committed(_ change: Change, in cluster: SimulatedCluster) -> Bool {
        guard session.stop == nil, filter.concerns(change) else { return false }
        let held = isHolding
        isHolding = holds()
        guard stopsAtWrites || isHolding && !held else { return false }
        let write = WriteText.line(cluster.record(of: change), kinds: cluster.kinds)
        session.stop = WorldStop(text: text, time: change.time, write: write)
        return true
    }
}

/// Where a breakpoint stopped the world.
package struct WorldStop {
    package let text: String
    package let time: Milliseconds
    package let write: String
}

extension Session {
    package var breakpoints: [Breakpoint] { followers.compactMap { $0 as? Breakpoint } }

    /// Sets a breakpoint.
    ///
    /// - Parameter run: runs `never (E) { }`, whose condition is taken.
    package func addBreakpoint(
        _ text: String, atWrites: Bool, _ run: () throws -> Void
    ) rethrows {
        guard let condition = try takeCondition(run) else { return }
        follow(Breakpoint(text, condition, atWrites: atWrites, in: self))
    }

    package func remove(_ breakpoint: Breakpoint) { unfollow(breakpoint) }

    /// Where a breakpoint stopped the world since the last look.
    package func takeStop() -> WorldStop? {
        defer { stop = nil }
        return stop
    }

    func takeCondition(_ run: () throws -> Void) rethrows -> Language.Condition? {
        takesCondition = true
        defer {
            takesCondition = false
            takenCondition = nil
        }
        try run()
        return takenCondition
    }
}
