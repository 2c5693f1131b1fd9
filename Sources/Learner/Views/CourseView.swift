import Support

/// A course and what a learner has done of it, as tables.
package struct CourseView {
    private let outline: CourseOutline
    private let progress: Progress.Course
    private let today: Day
    private let wording: Wording
    private let showsUnicode: Bool

    package init(
        _ outline: CourseOutline, _ progress: Progress.Course, on today: Day, in wording: Wording,
        showsUnicode: Bool
    ) {
        self.outline = outline
        self.progress = progress
        self.today = today
        self.wording = wording
        self.showsUnicode = showsUnicode
    }

    // MARK: Marks

    /// Stars as `★★☆`, or `**-` without Unicode.
    package static func stars(_ count: Int, showsUnicode: Bool) -> String {
        let (full, empty) = showsUnicode ? ("★", "☆") : ("*", "-")
        return String(repeating: full, count: count) + String(repeating: empty, count: 3 - count)
    }

    /// How an exercise stands: a sign, or a word where there are no signs.
    private func mark(_ exercise: CourseOutline.Exercise, isNext: Bool) -> String {
        let record = progress[exercise.name]
        let sign: (String, Phrase)
        if let due = record.due, due <= today {
            sign = ("↻", .markDue)
        } else if record.isSolved {
            sign = ("✓", .markSolved)
        } else if isNext {
            sign = ("▸", .markNext)
        } else if record.passing == .known {
            sign = ("≈", .markKnown)
        } else if record.passing == .skipped {
            sign = ("–", .markSkipped)
        } else {
            sign = ("·", .markOpen)
        }
        return showsUnicode ? sign.0 : wording(sign.1)
    }

    // MARK: Tables

    /// All chapters with their exercises.
    package var list: String {
        let next = outline.next(progress)?.name
        let all = outline.exercises
        let names = all.map { TextWidth.columns($0.name) }.max() ?? 0
        let titles = all.map { TextWidth.columns($0.title) }.max() ?? 0
        let marks = all.map { TextWidth.columns(mark($0, isNext: $0.name == next)) }.max() ?? 0
        var text = "\(outline.title)  (\(solvedText(all)))\n"
        for (index, chapter) in outline.chapters.enumerated() {
            let solved = chapter.exercises.count { progress[$0.name].isSolved }
            text += "\n\(index + 1) \(chapter.title)  \(solved)/\(chapter.exercises.count)\n"
            for exercise in chapter.exercises {
                let record = progress[exercise.name]
                let end =
                    record.isSolved
                    ? Self.stars(record.stars, showsUnicode: showsUnicode)
                    : wording(
                        .levelAndMinutes,
                        ["level": "\(exercise.level)", "minutes": "\(exercise.minutes)"])
                let sign = mark(exercise, isNext: exercise.name == next)
                text += "  \(TextWidth.padded(sign, to: marks)) "
                text += "\(TextWidth.padded(exercise.name, to: names))  "
                text += "\(TextWidth.padded(exercise.title, to: titles))  \(end)\n"
            }
        }
        text += "\n"
        if let next { text += wording(.nextIs, ["name": next]) + "\n" }
        let due = outline.due(progress, on: today).count
        if due > 0 { text += wording(.reviewsWait, ["count": "\(due)"]) + "\n" }
        return text
    }

    private func solvedText(_ exercises: [CourseOutline.Exercise]) -> String {
        let solved = exercises.count { progress[$0.name].isSolved }
        return wording(.solvedOf, ["solved": "\(solved)", "all": "\(exercises.count)"])
    }

    /// What was done, in numbers; nothing is said of what was not.
    package func summary(streak: Int) -> String {
        let all = outline.exercises
        func count(_ phrase: Phrase, _ number: Int, of total: Int) -> (String, String) {
            (wording(phrase), wording(.countOf, ["count": "\(number)", "all": "\(total)"]))
        }
        let stars = all.reduce(0) { $0 + progress[$1.name].stars }
        var rows = [
            count(.progressSolved, all.count { progress[$0.name].isSolved }, of: all.count),
            count(.progressStars, stars, of: 3 * all.count),
        ]
        if streak > 1 { rows.append((wording(.progressStreak), "\(streak)")) }
        for (phrase, passing) in [
            (Phrase.progressSkipped, ExerciseRecord.Passing.skipped), (.progressKnown, .known),
        ] {
            let number = all.count { progress[$0.name].passing == passing }
            if number > 0 { rows.append((wording(phrase), "\(number)")) }
        }
        let due = outline.due(progress, on: today).count
        if due > 0 {
            rows.append((wording(.progressDue), "\(due)"))
        } else if let day = outline.nextReview(progress, after: today) {
            rows.append((wording(.progressNextReview), day.text))
        }
        let width = rows.map { TextWidth.columns($0.0) }.max() ?? 0
        var text = outline.title + "\n"
        for row in rows { text += "  \(TextWidth.padded(row.0, to: width))  \(row.1)\n" }
        return text + notes
    }

    private var notes: String {
        let noted = outline.exercises.filter { !progress[$0.name].notes.isEmpty }
        guard !noted.isEmpty else { return "" }
        var text = "\n\(wording(.progressNotes))\n"
        for exercise in noted {
            for note in progress[exercise.name].notes { text += "  \(exercise.name): \(note)\n" }
        }
        return text
    }
}
