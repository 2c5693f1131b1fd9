import Learn
import Learner
import REPL
import Session

/// A course with its exercises in one language, from a folder or the one that ships.
final class CourseBook: LessonBook {
    let outline: CourseOutline
    private let course: Course
    /// Nil for the course that ships.
    private let folder: String?
    private let tongue: Tongue
    private var exercises: [String: Exercise] = [:]
    /// Why exercises are left out.
    private(set) var problems: [String] = []

    /// - Parameter folder: with course.toml; nil for the course that ships.
    init(folder: String?, in tongue: Tongue) throws(LessonProblem) {
        self.folder = folder
        self.tongue = tongue
        do throws(CourseProblem) {
            if let folder {
                course = try Course.read(folder: folder)
            } else {
                course = try Course.parse(
                    ShippedCourse.text(Course.fileName) ?? "", folder: "course")
            }
        } catch {
            throw LessonProblem(error.message)
        }
        var chapters: [CourseOutline.Chapter] = []
        for chapter in course.chapters {
            var rows: [CourseOutline.Exercise] = []
            for name in chapter.exercises {
                let exercise: Exercise
                do throws(LessonProblem) {
                    exercise = try Self.read(course.path(chapter, name), in: folder)
                } catch {
                    problems.append(error.message)
                    continue
                }
                exercises[name] = exercise
                let title = exercise.title.text(
                    tongue.rawValue, exercise.variant(Progress.firstSeed))
                rows.append(
                    CourseOutline.Exercise(
                        name: name, title: title, level: exercise.level, minutes: exercise.minutes,
                        needs: exercise.needs))
            }
            let title = chapter.title.text(tongue.rawValue)
            chapters.append(CourseOutline.Chapter(title: title, exercises: rows))
        }
        outline = CourseOutline(
            name: course.title.text(Tongue.english.rawValue),
            title: course.title.text(tongue.rawValue), chapters: chapters)
    }

    private static func read(_ path: String, in folder: String?) throws(LessonProblem) -> Exercise {
        do throws(ExerciseProblem) {
            if folder != nil { return try Exercise.read(path) }
            // Paths of the course begin with its folder, those of what ships do not.
            let text = ShippedCourse.text(String(path.dropFirst("course/".count))) ?? ""
            return try Exercise(text: text, path: path, folder: ".")
        } catch {
            throw LessonProblem(error.line)
        }
    }

    func lesson(_ name: String, seed: UInt64) throws(LessonProblem) -> any Lesson {
        guard let exercise = exercises[name] else {
            throw LessonProblem("the course has no exercise \(name)")
        }
        return ExerciseLesson(exercise, seed: seed, in: tongue)
    }
}
