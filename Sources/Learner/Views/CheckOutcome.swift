/// What a check of an exercise found, in the learner's language.
package struct CheckOutcome: Equatable, Sendable {
    package struct Goal: Equatable, Sendable {
        package let text: String
        package let isMet: Bool
        /// What was seen where it is not met, a line each.
        package let seen: [String]

        package init(text: String, isMet: Bool, seen: [String] = []) {
            self.text = text
            self.isMet = isMet
            self.seen = seen
        }
    }

    /// What the world did to the answer, and what came of the goals.
    package struct Trial: Equatable, Sendable {
        package let event: String
        /// What went wrong in the event itself.
        package let seen: [String]
        package let goals: [Goal]

        package init(event: String, seen: [String] = [], goals: [Goal]) {
            self.event = event
            self.seen = seen
            self.goals = goals
        }

        package var isPassed: Bool { seen.isEmpty && goals.allSatisfy(\.isMet) }
    }

    /// What had to hold all the time and did not.
    package struct Break: Equatable, Sendable {
        package let text: String
        /// The instant, as the prompt shows it.
        package let time: String
        /// The learner's command; nil where the world did it.
        package let command: String?
        package let seen: [String]

        package init(text: String, time: String, command: String?, seen: [String] = []) {
            self.text = text
            self.time = time
            self.command = command
            self.seen = seen
        }
    }

    package var isSolved: Bool
    package var goals: [Goal]
    package var trials: [Trial] = []
    package var breaks: [Break] = []
    /// Why something that was done is forbidden.
    package var forbidden: [String] = []
    /// What a typical mistake means that was recognised.
    package var pitfalls: [String] = []
    /// What failed before the goals were asked: a command of the answer, the setup.
    package var troubles: [String] = []

    package init(isSolved: Bool, goals: [Goal]) {
        self.isSolved = isSolved
        self.goals = goals
    }
}
