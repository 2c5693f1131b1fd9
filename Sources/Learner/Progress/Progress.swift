import Support

/// What a learner has done of all courses.
package struct Progress: Equatable, Sendable {
    /// Of one course.
    package struct Course: Equatable, Sendable {
        package var exercises: [String: ExerciseRecord] = [:]
        /// The exercise that was begun last.
        package var current: String?

        package init() {}

        package subscript(name: String) -> ExerciseRecord {
            get { exercises[name] ?? ExerciseRecord() }
            set { exercises[name] = newValue == ExerciseRecord() ? nil : newValue }
        }
    }

    /// Draws the variants of this learner, so that those of others differ.
    package var salt: UInt64
    /// By the course's name.
    package var courses: [String: Course] = [:]
    /// On which something was solved, in order.
    package private(set) var days: [Day] = []

    package init(salt: UInt64) { self.salt = salt }

    init(salt: UInt64, courses: [String: Course], days: [Day]) {
        (self.salt, self.courses) = (salt, courses)
        self.days = Array(Set(days)).sorted()
    }

    package subscript(course: String) -> Course {
        get { courses[course] ?? Course() }
        set { courses[course] = newValue }
    }

    /// Notes that something was solved.
    package mutating func note(_ day: Day) {
        guard !days.contains(day) else { return }
        days = (days + [day]).sorted()
    }

    /// How many days in a row something was solved, up to today or yesterday: a day that is not over yet breaks
    /// nothing.
    package func streak(on today: Day) -> Int {
        var last = days.contains(today) ? today : today + -1
        var count = 0
        while days.contains(last) {
            count += 1
            last = last + -1
        }
        return count
    }

    /// The seed of an exercise as it is written.
    package static let firstSeed: UInt64 = 1

    /// The seed of an exercise's variant: as it is written for the first practice, another one for each review.
    package func seed(of exercise: String, in course: String) -> UInt64 {
        let record = self[course][exercise]
        guard record.isSolved, let due = record.due else { return Self.firstSeed }
        var stream = RandomStream(
            seed: salt, labels: [course, exercise, "\(record.reviews)", due.text])
        return stream.next() >> 11 | 2
    }
}
