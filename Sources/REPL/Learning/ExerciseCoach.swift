import Learner
import Session
import Support

/// One exercise at the prompt: shows what it asks, marks its goals, and judges what was done.
final class ExerciseCoach: Coach {
    /// For what an exercise is practised.
    enum Purpose: Equatable {
        /// In the course's order, or because it was asked for.
        case course
        case review
        /// Of a chapter, from 1.
        case placement(chapter: Int)
    }

    /// How the prompt of an exercise ended.
    enum Ending {
        case next
        case again
        case skipped
        case left
    }

    let lesson: any Lesson
    let world: any LessonWorld
    let desk: LearnDesk
    let purpose: Purpose
    /// The prompt it sits at.
    unowned let repl: REPL
    var ending: Ending?
    /// Whether this try was solved.
    var isSolved = false
    private var areMet: [Bool] = []
    private var wasAllMet = false
    private var hasToldOfTime = false
    /// Hints that were shown in this sitting, by number.
    var shownHints: [Int] = []
    /// Where the world stood when the learner got it.
    private let startEvents: Int
    /// Statements of which something was refused.
    private var refused: Set<String> = []

    init(
        _ lesson: any Lesson, _ world: any LessonWorld, at repl: REPL, desk: LearnDesk,
        for purpose: Purpose
    ) {
        self.lesson = lesson
        self.world = world
        self.repl = repl
        self.desk = desk
        self.purpose = purpose
        startEvents = world.session.eventCount
    }

    var record: ExerciseRecord { desk.progress[lesson.name] }

    func update(_ change: (inout ExerciseRecord) -> Void) { desk.update(lesson.name, change) }

    // MARK: Coach

    var isDone: Bool { ending != nil }

    var promptMark: String { areMet.isEmpty ? "" : " " + desk.marks.short(areMet) }

    var completions: [(name: String, detail: String)] {
        CoachWord.allCases.map { ($0.rawValue, desk.wording($0.help)) }
    }

    func takes(_ line: String) -> Bool { CoachWord.read(line) != nil }

    func begin() {
        desk.tellRemarks()
        showTask()
        let work = record.work?.statements ?? []
        if !work.isEmpty { takeUp(work) }
        areMet = world.marks()
        wasAllMet = areMet.allSatisfy { $0 }
        showGoals()
        desk.screen.show("\n")
        desk.say(.words)
    }

    /// Does what was done in the last sitting again.
    private func takeUp(_ statements: [String]) {
        let count = repl.replay(statements) { _ = self.lets($0) }
        _ = world.takeNews()
        desk.screen.show("\n")
        desk.say(.resumed, ["count": "\(count)", "all": "\(statements.count)"])
    }

    func lets(_ statement: String) -> Bool {
        if world.refusal(of: repl.parse(statement).script) != nil {
            for reason in world.takeNews().refusals {
                desk.show(
                    marks: desk.marks.broken, desk.wording(.forbidden, ["reason": reason]))
            }
            return false
        }
        // The judge looks as a learner does: when things have come to rest.
        if Self.looks(statement) { world.rest() }
        world.statement = statement
        return true
    }

    private static func looks(_ statement: String) -> Bool {
        let words = statement.split(whereSeparator: \.isWhitespace)
        let verb = words.first == "kubectl" ? words.dropFirst().first : words.first
        guard let verb, !words.contains("-w"), !words.contains("--watch") else { return false }
        return ["get", "describe", "top", "logs", "events"].contains(String(verb))
    }

    func ran(_ statement: String) {
        if world.session.eventCount < startEvents {
            // Rewound to before the exercise began.
            ending = .again
            return
        }
        tell(world.takeNews(), of: statement)
        turnMarks()
        tellOfTime(statement)
        let asked = statement.split(whereSeparator: \.isWhitespace)
        let work = statements
        let askedWhy = asked.first == "why" || asked.prefix(2) == ["kubectl", "why"]
        update {
            $0.work?.statements = work
            if askedWhy { $0.askedWhy = true }
        }
        desk.tellRemarks()
    }

    func leave() {
        if ending == nil { ending = .left }
    }

    /// What was done in the world, to be judged or done again.
    var statements: [String] {
        world.session.typedStatements.filter {
            ($0.code == 0 || $0.hasActed) && !refused.contains($0.text)
        }.map(\.text)
    }

    /// Statements that failed already when they were typed.
    var failed: [String] { world.session.typedStatements.filter { $0.code != 0 }.map(\.text) }

    private func tell(_ news: LessonNews, of statement: String) {
        // The command itself has said why it was refused.
        if !news.refusals.isEmpty { refused.insert(statement) }
        for found in news.breaks {
            let values = ["time": found.time, "text": found.text]
            desk.show(marks: desk.marks.broken, desk.wording(.alwaysBroken, values))
            for line in found.seen where CheckView.isForLearners(line) {
                desk.screen.show("      \(line.showingControls)\n")
            }
            let command = (found.command ?? statement).firstLine
            let words = desk.wording(.alwaysBrokenBy, ["command": command.showingControls])
            desk.screen.show("    \(desk.text.line(words))\n")
        }
    }

    /// Tells which goals have come to hold, or hold no longer.
    private func turnMarks() {
        let now = world.marks()
        defer { areMet = now }
        for (index, isMet) in now.enumerated()
        where areMet.indices.contains(index) && areMet[index] != isMet {
            desk.show(marks: isMet ? desk.marks.met : desk.marks.open, lesson.goals[index])
        }
        let all = now.allSatisfy { $0 }
        if all, !wasAllMet, !isSolved { desk.say(.allMarked) }
        wasAllMet = all
    }

    /// Says once, to somebody new, why nothing seems to happen.
    private func tellOfTime(_ statement: String) {
        guard !hasToldOfTime, !Self.looks(statement),
            desk.progress.exercises.values.allSatisfy({ !$0.isSolved }),
            areMet.contains(false), world.session.typedStatements.last?.hasActed == true
        else { return }
        hasToldOfTime = true
        desk.say(.timeStands)
    }

    // MARK: Showing

    func showTask() {
        let place = desk.outline.place(of: lesson.name)
        let values = [
            "chapter": "\(place?.chapter ?? 0)", "number": "\(place?.number ?? 0)",
            "level": "\(lesson.level)", "minutes": "\(lesson.minutes)",
        ]
        desk.heading(lesson.title)
        if place != nil { desk.say(.exerciseHead, values) }
        switch purpose {
        case .course: break
        case .review: desk.say(.reviewHead)
        case .placement(let chapter): desk.say(.placementHead, ["chapter": "\(chapter)"])
        }
        desk.screen.show("\n")
        desk.show(markdown: lesson.story)
        desk.heading(.task)
        desk.show(markdown: lesson.task)
    }

    func showGoals() {
        desk.heading(.goals)
        let now = world.marks()
        for (index, goal) in lesson.goals.enumerated() {
            let isMet = now.indices.contains(index) && now[index]
            desk.show(marks: isMet ? desk.marks.met : desk.marks.open, goal)
        }
    }
}

extension String {
    /// Up to the first line's end, with a mark where there is more.
    fileprivate var firstLine: String {
        guard let end = firstIndex(of: "\n") else { return self }
        return self[..<end] + " …"
    }
}
