/// What a check of an answer found.
package struct Verdict: Sendable {
    /// When a goal was asked.
    package enum Stage: Sendable, Equatable {
        /// When the answer had been carried out.
        case work
        /// Behind what the world did to it: the index of the `after`.
        case after(Int)
    }

    /// How a goal came out.
    package struct GoalResult: Sendable {
        package let goal: Int
        package let isHeld: Bool
        /// When it did not hold, or was asked last.
        package let stage: Stage
        package let seen: [Seen]
    }

    /// An `always` or `never` that was broken.
    package struct Broken: Sendable {
        package let standing: Int
        package let atMilliseconds: Int64
        /// What the learner had typed last; nil where the world did it afterwards.
        package let statement: String?
        package let seen: [Seen]
    }

    /// An `after` in which something did not hold.
    package struct FailedAfter: Sendable {
        package let after: Int
        package let seen: [Seen]
    }

    /// A statement that failed, or was none.
    package struct StatementTrouble: Sendable, Equatable {
        package let statement: String
        package let message: String
    }

    /// How the check ended.
    package enum Ending: Sendable, Equatable {
        case whole
        /// The answer went on for longer than an answer may.
        case overBudget(JudgeLimits.Kind)
        /// The exercise itself went wrong: the author's fault.
        case broken(String)
    }

    package internal(set) var goals: [GoalResult] = []
    package internal(set) var broken: [Broken] = []
    package internal(set) var failedAfter: FailedAfter?
    /// The pitfalls that were recognised.
    package internal(set) var pitfalls: [Int] = []
    package internal(set) var refusals: [Refusal] = []
    package internal(set) var troubles: [StatementTrouble] = []
    package internal(set) var ending = Ending.whole
    package internal(set) var virtualMilliseconds: Int64 = 0
    package internal(set) var events = 0
    /// The trace of all that happened in the world.
    package internal(set) var trace: UInt64 = 0

    /// Keeps what there is to say beside the goals.
    package mutating func leaveOutGoals() { goals = [] }

    /// Whether the answer solves the exercise.
    package var isPassed: Bool {
        ending == .whole && broken.isEmpty && refusals.isEmpty && failedAfter == nil
            && goals.allSatisfy(\.isHeld)
    }

    /// The share of the goals that hold, 0 to 1: nothing where an `always` broke, or something forbidden was
    /// tried, or the answer did not come to its end.
    package var score: Double {
        guard ending == .whole, broken.isEmpty, refusals.isEmpty, !goals.isEmpty else { return 0 }
        let held = goals.count(where: \.isHeld)
        let all = goals.count + (failedAfter == nil ? 0 : 1)
        return Double(held) / Double(all)
    }
}

/// A goal as it stands now.
package struct GoalMark: Sendable {
    package let goal: Int
    package let isHeld: Bool
    package let seen: [Seen]
}
