/// What the learner's side knows of a course: names and order, no worlds.
package struct CourseOutline: Sendable {
    package struct Exercise: Sendable {
        package let name: String
        package let title: String
        /// 1 easy … 5 hard.
        package let level: Int
        /// That a learner needs.
        package let minutes: Int
        /// Names of exercises before it.
        package let needs: [String]

        package init(name: String, title: String, level: Int, minutes: Int, needs: [String]) {
            self.name = name
            self.title = title
            self.level = level
            self.minutes = minutes
            self.needs = needs
        }
    }

    package struct Chapter: Sendable {
        package let title: String
        package let exercises: [Exercise]

        package init(title: String, exercises: [Exercise]) {
            self.title = title
            self.exercises = exercises
        }
    }

    /// Under which progress is kept, the same in all languages.
    package let name: String
    package let title: String
    package let chapters: [Chapter]

    package init(name: String, title: String, chapters: [Chapter]) {
        self.name = name
        self.title = title
        self.chapters = chapters
    }

    package var exercises: [Exercise] { chapters.flatMap(\.exercises) }

    /// The place of an exercise: chapter and number in it, both from 1.
    package func place(of name: String) -> (chapter: Int, number: Int)? {
        for (index, chapter) in chapters.enumerated() {
            if let number = chapter.exercises.firstIndex(where: { $0.name == name }) {
                return (index + 1, number + 1)
            }
        }
        return nil
    }

    // MARK: What comes

    /// The exercise to go on with: the first that is not behind the learner and whose needs are; then the
    /// first that was skipped; nil where all are solved or known.
    ///
    /// - Parameter current: that the learner is at: what follows it is tried first.
    package func next(_ progress: Progress.Course, after current: String? = nil) -> Exercise? {
        let all = exercises
        let names = Set(all.map(\.name))
        func isOpen(_ exercise: Exercise) -> Bool {
            !progress[exercise.name].isBehind
                && exercise.needs.allSatisfy { progress[$0].isBehind || !names.contains($0) }
        }
        let start = current.flatMap { name in all.firstIndex { $0.name == name } } ?? 0
        if let found = all[start...].first(where: { isOpen($0) && $0.name != current })
            ?? all[..<start].first(where: isOpen)
        {
            return found
        }
        return all.first { progress[$0.name].passing == .skipped && $0.name != current }
            ?? all.first { !progress[$0.name].isBehind && $0.name != current }
    }

    /// The exercises that are due for review, those that wait longest first.
    package func due(_ progress: Progress.Course, on today: Day) -> [Exercise] {
        exercises.enumerated().compactMap { place, exercise in
            progress[exercise.name].due.map { (day: $0, place: place, exercise: exercise) }
        }
        .filter { $0.day <= today }
        .sorted { ($0.day, $0.place) < ($1.day, $1.place) }
        .map(\.exercise)
    }

    /// The day of the next review that is not due yet.
    package func nextReview(_ progress: Progress.Course, after today: Day) -> Day? {
        exercises.compactMap { progress[$0.name].due }.filter { $0 > today }.min()
    }
}

/// The placement test: one exercise of each chapter, upwards, as long as they are solved.
package enum Placement {
    /// The exercise that stands for a chapter: of the hardest the one that takes the least time, the first of
    /// several.
    package static func probe(of chapter: CourseOutline.Chapter) -> CourseOutline.Exercise? {
        guard let level = chapter.exercises.map(\.level).max() else { return nil }
        let hardest = chapter.exercises.filter { $0.level == level }
        let least = hardest.map(\.minutes).min()
        return hardest.first { $0.minutes == least }
    }

    /// Marks a chapter as known: its exercises are behind the learner.
    package static func know(_ chapter: CourseOutline.Chapter, in progress: inout Progress.Course) {
        for exercise in chapter.exercises where !progress[exercise.name].isSolved {
            progress[exercise.name].passing = .known
        }
    }
}
