/// What a learner has done of one exercise.
package struct ExerciseRecord: Equatable, Sendable {
    /// What was typed in an exercise that is not solved yet.
    package struct Work: Equatable, Sendable {
        /// Of the variant that was begun.
        package var seed: UInt64
        package var statements: [String]

        package init(seed: UInt64, statements: [String]) {
            self.seed = seed
            self.statements = statements
        }
    }

    /// Why an exercise that is not solved is passed over.
    package enum Passing: String, Sendable {
        /// The learner said `skip`.
        case skipped
        /// The placement test found the chapter known.
        case known
    }

    /// How often it was checked.
    package var checks = 0
    /// How many tiers of hints were shown, in the try at hand.
    package var hints = 0
    /// Whether a solution was shown before it was solved, in the try at hand.
    package var sawSolution = false
    /// Whether `why` was asked, in the try at hand.
    package var askedWhy = false
    /// 1 to 3 once it is solved, the best so far; 0 before.
    package var stars = 0
    /// The day on which it was solved first.
    package var solved: Day?
    package var passing: Passing?
    /// How many reviews in a row went well.
    package var reviews = 0
    /// The day from which it comes back; nil for never, before it is solved or after the last review.
    package var due: Day?
    package var notes: [String] = []
    package var work: Work?

    package init() {}

    package var isSolved: Bool { solved != nil }

    /// Whether the course goes on without it.
    package var isBehind: Bool { isSolved || passing != nil }

    /// Begins anew: hints and work of the last try count no longer.
    package mutating func begin(seed: UInt64) {
        (hints, sawSolution, askedWhy) = (0, false, false)
        work = Work(seed: seed, statements: [])
    }

    /// The exercise was solved.
    ///
    /// - Parameters:
    ///   - stars: that this try earned.
    ///   - isReview: whether a solved exercise had come back.
    package mutating func solve(on day: Day, stars earned: Int, isReview: Bool) {
        stars = max(stars, earned)
        work = nil
        passing = nil
        guard isReview, isSolved else {
            solved = solved ?? day
            if due == nil, reviews == 0 { due = Spacing.due(after: 0, on: day) }
            return
        }
        reviews += 1
        due = Spacing.due(after: reviews, on: day)
    }

    /// A review was given up: the exercise comes back soon.
    package mutating func missReview(on day: Day) {
        work = nil
        reviews = 0
        due = Spacing.due(after: 0, on: day)
    }
}

/// When solved exercises come back.
package enum Spacing {
    /// Days until each review, from the day on which the exercise was solved or last reviewed.
    package static let days = [1, 3, 7, 21]

    /// The day of the next review after so many that went well; nil after the last.
    package static func due(after reviews: Int, on day: Day) -> Day? {
        days.indices.contains(reviews) ? day + days[reviews] : nil
    }
}

/// How well an exercise was solved.
package enum Stars {
    /// Three stars; one less for hints, or for `why` where an exercise asks for an answer without it; one where
    /// all hints were shown, or the solution.
    ///
    /// With 3 hints: none shown 3, two shown 2, three shown 1; `why` asked and no hint 2, one hint 1.
    package static func earned(by record: ExerciseRecord, hints: Int, whyCosts: Bool) -> Int {
        if record.sawSolution || (hints > 1 && record.hints >= hints) { return 1 }
        return 3 - (record.hints > 0 ? 1 : 0) - (whyCosts && record.askedWhy ? 1 : 0)
    }
}
