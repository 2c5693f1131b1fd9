import Learner
import Support

// The words of an exercise's prompt.

extension ExerciseCoach {
    func perform(_ line: String) {
        guard let (word, rest) = CoachWord.read(line) else { return }
        switch word {
        case .task: showTask()
        case .goals: showGoals()
        case .hint: hint()
        case .check: check()
        case .next: next()
        case .reset: ending = .again
        case .skip: skip()
        case .solution: solution(isInsisting: !rest.isEmpty)
        case .debrief: debrief()
        case .notes: notes(rest)
        case .words: showWords()
        case .quit: ending = .left
        }
        desk.tellRemarks()
    }

    private func showWords() {
        desk.say(.wordsHead)
        let names = CoachWord.allCases.map { $0.name(in: desk.wording.tongue) }
        let width = names.map { TextWidth.columns($0) }.max() ?? 0
        for (word, name) in zip(CoachWord.allCases, names) {
            let help = desk.text.line(desk.wording(word.help))
            desk.screen.show("  \(TextWidth.padded(name, to: width))  \(help)\n")
        }
    }

    // MARK: Hints

    private func hint() {
        guard let number = world.openHints().first(where: { !shownHints.contains($0) }) else {
            return desk.say(.noMoreHints)
        }
        shownHints.append(number)
        let hint = lesson.hints[number]
        if hint.isConditional {
            desk.heading(.hintNow)
        } else {
            let tiers = lesson.hints.indices.filter { !lesson.hints[$0].isConditional }
            let place = tiers.firstIndex(of: number).map { $0 + 1 } ?? 0
            desk.heading(.hintOf, ["number": "\(place)", "all": "\(tiers.count)"])
        }
        desk.show(markdown: hint.text)
        let count = shownHints.count
        if !isSolved { update { $0.hints = max($0.hints, count) } }
    }

    private func solution(isInsisting: Bool) {
        guard isSolved || record.isSolved && purpose == .course || isInsisting else {
            return desk.say(.solutionFirst)
        }
        if !isSolved { update { $0.sawSolution = true } }
        for (index, solution) in lesson.solutions.enumerated() {
            let number = desk.wording(.solutionNumber, ["number": "\(index + 1)"])
            desk.heading(solution.title.isEmpty ? number : "\(number): \(solution.title)")
            desk.show(markdown: "```\n\(solution.text)\n```")
        }
    }

    private func debrief() {
        guard isSolved || record.isSolved && purpose == .course || record.sawSolution else {
            return desk.say(.debriefFirst)
        }
        desk.heading(.debriefTitle)
        desk.show(markdown: lesson.debrief)
    }

    private func notes(_ text: String) {
        guard text.isEmpty else {
            update { $0.notes.append(text) }
            return desk.say(.noted)
        }
        if record.notes.isEmpty { return desk.say(.noNotes) }
        for note in record.notes { desk.screen.show("  \(note.showingControls)\n") }
    }

    // MARK: Going on

    private func next() {
        guard isSolved || record.isBehind && purpose == .course else {
            return desk.say(.nextUnsolved)
        }
        ending = .next
    }

    private func skip() {
        ending = isSolved ? .next : .skipped
    }

    // MARK: Checking

    private func check() {
        let done = statements
        var outcome = lesson.check(.statements(done))
        // Of what failed at the prompt the learner was told then.
        let known = failed
        outcome.troubles.removeAll { trouble in known.contains { trouble.hasPrefix("`\($0)`: ") } }
        update { $0.checks += 1 }
        let view = CheckView(desk.wording, text: desk.text, marks: desk.marks)
        if outcome.isSolved {
            solved()
            desk.screen.show(view.render(outcome))
            tellWhatComes()
        } else {
            desk.heading(.checkFailed)
            if done.isEmpty { desk.say(.nothingTyped) }
            desk.screen.show(view.render(outcome))
            desk.screen.show("\n")
            desk.say(.yourWorldStays)
        }
    }

    private func solved() {
        let hints = lesson.hints.count
        let stars = Stars.earned(by: record, hints: hints, whyCosts: lesson.whyCosts)
        let isFirst = !isSolved
        isSolved = true
        let values = [
            "name": lesson.title, "stars": CourseView.stars(stars, showsUnicode: desk.showsUnicode),
        ]
        desk.heading(.checkPassed, values)
        if record.hints > 0 { desk.say(.hintsStar, ["count": "\(record.hints)"]) }
        if lesson.whyCosts, record.askedWhy { desk.say(.whyNotStar) }
        guard isFirst else { return }
        let (today, isReview) = (desk.today(), purpose == .review)
        let (course, name) = (desk.outline.name, lesson.name)
        desk.store.update {
            $0[course][name].solve(on: today, stars: stars, isReview: isReview)
            $0.note(today)
        }
    }

    private func tellWhatComes() {
        desk.screen.show("\n")
        if purpose == .review {
            if let day = record.due {
                desk.say(.reviewDone, ["day": day.text])
            } else {
                desk.say(.reviewLast)
            }
        }
        desk.say(.goOn)
    }
}
