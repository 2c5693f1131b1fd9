import Language
import Learner
import Session
import Syntax

/// An exercise in the learner's language, with the names and numbers of one variant.
package protocol Lesson: AnyObject {
    var name: String { get }
    var title: String { get }
    /// 1 easy … 5 hard.
    var level: Int { get }
    var minutes: Int { get }
    /// Markdown.
    var story: String { get }
    var task: String { get }
    var debrief: String { get }
    /// The words of the goals.
    var goals: [String] { get }
    /// The words of all hints, those with a condition among them.
    var hints: [(text: String, isConditional: Bool)] { get }
    /// Titles, which may be empty, and statements.
    var solutions: [(title: String, text: String)] { get }
    /// Whether `why` costs a star.
    var whyCosts: Bool { get }

    /// A new world as a learner finds it.
    ///
    /// - Throws: a ``LessonProblem`` where the setup fails.
    func begin() throws(LessonProblem) -> any LessonWorld

    /// Does an answer in a world of its own and judges it.
    func check(_ answer: LessonAnswer) -> CheckOutcome
}

/// A world at the prompt that its exercise watches over.
package protocol LessonWorld: AnyObject {
    var session: Session { get }
    /// Runs statements in the session.
    var prompt: Prompt { get }
    /// The statement at work, for what is said of what it breaks.
    var statement: String { get set }

    /// Why no learner may run a script, noted as a refusal; nil where one may.
    func refusal(of script: Script) -> String?

    /// Lets the world come to rest, as before somebody looks.
    func rest()

    /// Which goals hold now, in their order; nothing changes by asking.
    func marks() -> [Bool]

    /// The hints to be given, by number, the best first: those whose condition holds, then the tiers.
    func openHints() -> [Int]

    /// What was broken or refused since this was last asked.
    func takeNews() -> LessonNews
}

/// What happened to a world that its exercise watches over.
package struct LessonNews {
    /// What must hold all the time and did not.
    package var breaks: [CheckOutcome.Break]
    /// Why something was refused.
    package var refusals: [String]

    package init(breaks: [CheckOutcome.Break] = [], refusals: [String] = []) {
        self.breaks = breaks
        self.refusals = refusals
    }
}

/// What a learner gives to be judged.
package enum LessonAnswer {
    /// What was typed, statement by statement.
    case statements([String])
    /// A file, by its name.
    case file(name: String, text: String)
}

/// A course with its exercises, in one language.
package protocol LessonBook: AnyObject {
    var outline: CourseOutline { get }

    /// An exercise in the variant of a seed; ``Progress/firstSeed`` is the exercise as it is written.
    ///
    /// - Throws: a ``LessonProblem``.
    func lesson(_ name: String, seed: UInt64) throws(LessonProblem) -> any Lesson
}

/// Why an exercise cannot be begun, in words.
package struct LessonProblem: Error {
    package let message: String

    package init(_ message: String) { self.message = message }
}
