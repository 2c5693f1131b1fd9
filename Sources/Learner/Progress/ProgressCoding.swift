import Support
import Value

/// Progress as the JSON that lies on the disk.
package enum ProgressCoding {
    /// Of the form that is written.
    package static let version = 1

    /// Why a text is no progress.
    package enum Problem: Error, Equatable {
        /// In words, with the place.
        case damaged(String)
        /// A later drydock has written it.
        case newer(version: Int)
    }

    // MARK: Writing

    package static func text(_ progress: Progress) -> String {
        JSON.text(value(progress), style: JSONStyle(indent: 2)) + "\n"
    }

    private static func value(_ progress: Progress) -> Value {
        let courses = progress.courses.sorted { $0.key < $1.key }.map { name, course in
            (Key(name), value(course))
        }
        return [
            "version": Value(version), "salt": Value(String(progress.salt)),
            "days": Value(strings: progress.days.map(\.text)),
            "courses": .object(Object(fields: courses)),
        ]
    }

    private static func value(_ course: Progress.Course) -> Value {
        let exercises = course.exercises.sorted { $0.key < $1.key }.map { name, record in
            (Key(name), value(record))
        }
        return [
            "current": Value(course.current), "exercises": .object(Object(fields: exercises)),
        ]
    }

    private static func value(_ record: ExerciseRecord) -> Value {
        var fields: [(Key, Value)] = [
            ("checks", Value(record.checks)), ("hints", Value(record.hints)),
            ("sawSolution", Value(record.sawSolution)), ("askedWhy", Value(record.askedWhy)),
            ("stars", Value(record.stars)), ("reviews", Value(record.reviews)),
        ]
        if let day = record.solved { fields.append(("solved", Value(day.text))) }
        if let day = record.due { fields.append(("due", Value(day.text))) }
        if let passing = record.passing { fields.append(("passing", Value(passing.rawValue))) }
        if !record.notes.isEmpty { fields.append(("notes", Value(strings: record.notes))) }
        if let work = record.work {
            fields.append(
                (
                    "work",
                    [
                        "seed": Value(String(work.seed)),
                        "statements": Value(strings: work.statements),
                    ]
                ))
        }
        return .object(Object(fields: fields))
    }

    // MARK: Reading

    package static func progress(_ text: String) throws(Problem) -> Progress {
        let value: Value
        do throws(JSONError) {
            value = try JSON.parse(text)
        } catch {
            throw .damaged("\(error)")
        }
        guard value.object != nil, let version = value["version"].int else {
            throw .damaged("it has no version")
        }
        guard version <= Self.version else { throw .newer(version: version) }
        guard let salt = value["salt"].string.flatMap(UInt64.init) else {
            throw .damaged("salt is no number")
        }
        var days: [Day] = []
        for element in value["days"].elements { days.append(try day(element, "days")) }
        var courses: [String: Progress.Course] = [:]
        for field in value["courses"].fields {
            courses[field.key.name] = try course(field.value, field.key.name)
        }
        return Progress(salt: salt, courses: courses, days: days)
    }

    private static func course(
        _ value: Value, _ place: String
    ) throws(Problem) -> Progress.Course {
        guard value.object != nil else { throw .damaged("\(place) is no object") }
        var course = Progress.Course()
        course.current = value["current"].string
        for field in value["exercises"].fields {
            course.exercises[field.key.name] = try record(
                field.value, "\(place), \(field.key.name)")
        }
        return course
    }

    private static func record(
        _ value: Value, _ place: String
    ) throws(Problem) -> ExerciseRecord {
        guard value.object != nil else { throw .damaged("\(place) is no object") }
        var record = ExerciseRecord()
        record.checks = try count(value, "checks", place)
        record.hints = try count(value, "hints", place)
        record.sawSolution = value["sawSolution"].bool ?? false
        record.askedWhy = value["askedWhy"].bool ?? false
        record.stars = min(3, try count(value, "stars", place))
        record.reviews = try count(value, "reviews", place)
        if !value["solved"].isNull { record.solved = try day(value["solved"], "\(place).solved") }
        if !value["due"].isNull { record.due = try day(value["due"], "\(place).due") }
        record.passing = value["passing"].string.flatMap(ExerciseRecord.Passing.init)
        record.notes = value["notes"].elements.compactMap(\.string)
        let work = value["work"]
        if !work.isNull {
            guard let seed = work["seed"].string.flatMap(UInt64.init) else {
                throw .damaged("\(place).work.seed is no number")
            }
            record.work = ExerciseRecord.Work(
                seed: seed, statements: work["statements"].elements.compactMap(\.string))
        }
        return record
    }

    private static func count(
        _ value: Value, _ name: String, _ place: String
    ) throws(Problem) -> Int {
        if value[name].isNull { return 0 }
        // Nobody does anything more often; a number that could not grow any more would end the program.
        guard let count = value[name].int, (0...1_000_000_000).contains(count) else {
            throw .damaged("\(place).\(name) is no count")
        }
        return count
    }

    private static func day(_ value: Value, _ place: String) throws(Problem) -> Day {
        guard let day = value.string.flatMap({ Day($0) }) else {
            throw .damaged("\(place) is no day, as 2026-05-17 is one")
        }
        return day
    }
}
