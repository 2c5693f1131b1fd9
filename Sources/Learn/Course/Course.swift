import Session
import struct Verbs.FileProblem

/// A folder of exercises in order, as its `course.toml` says.
package struct Course: Sendable {
    /// A text of the course in its languages.
    package struct Text: Sendable, Equatable {
        /// By language, English first.
        let entries: [(language: String, text: String)]

        /// The text in a language, or the first one.
        package func text(_ language: String) -> String {
            (entries.first { $0.language == language } ?? entries.first)?.text ?? ""
        }

        package var languages: [String] { entries.map(\.language) }

        package static func == (one: Text, other: Text) -> Bool {
            one.entries.elementsEqual(other.entries) { $0 == $1 }
        }
    }

    /// Exercises that belong together.
    package struct Chapter: Sendable {
        package let title: Text
        /// Below the folder of the course; empty for the folder itself.
        package let folder: String
        /// Names of exercises, which are those of their files.
        package let exercises: [String]
    }

    package let folder: String
    package let title: Text
    package let languages: [String]
    package let chapters: [Chapter]

    /// What a course is described in.
    package static let fileName = "course.toml"

    /// Whether a folder holds a course.
    package static func isCourse(_ folder: String) -> Bool {
        DiskFile.exists(folder + "/" + fileName)
    }

    package static func read(folder: String) throws(CourseProblem) -> Course {
        let folder = folder.hasSuffix("/") && folder != "/" ? String(folder.dropLast()) : folder
        let path = folder + "/" + fileName
        let text: String
        do throws(FileProblem) {
            text = try DiskFile.text(path, atMost: Exercise.maximumSize)
        } catch {
            throw CourseProblem("\(path): \(error.message)")
        }
        return try parse(text, folder: folder, name: path)
    }

    /// - Parameters:
    ///   - folder: where the course is.
    ///   - name: what messages call the text.
    package static func parse(
        _ text: String, folder: String = ".", name: String = fileName
    ) throws(CourseProblem) -> Course {
        let table = try CourseFile.read(text, name: name)
        let languages = try table.list("languages") ?? [LocalText.standard]
        let chapters = try table.tables("chapter").map { row throws(CourseProblem) in
            guard let exercises = try row.list("exercises") else {
                throw row.problem("the chapter has no `exercises = [\"…\"]`")
            }
            return Chapter(
                title: try row.text("title", languages), folder: try row.string("folder") ?? "",
                exercises: exercises)
        }
        var seen: Set<String> = []
        for exercise in chapters.flatMap(\.exercises) where !seen.insert(exercise).inserted {
            throw CourseProblem("\(name): the exercise `\(exercise)` stands in the course twice")
        }
        return Course(
            folder: folder, title: try table.text("title", languages), languages: languages,
            chapters: chapters)
    }

    /// The file of an exercise.
    package func path(_ chapter: Chapter, _ exercise: String) -> String {
        let below = chapter.folder.isEmpty ? "" : "\(chapter.folder)/"
        return "\(folder)/\(below)\(exercise).dock"
    }

    /// The files of all exercises, in order.
    package var paths: [String] {
        chapters.flatMap { chapter in chapter.exercises.map { path(chapter, $0) } }
    }
}

/// What is wrong with the file of a course.
package struct CourseProblem: Error, Sendable {
    package let message: String

    package init(_ message: String) { self.message = message }
}
