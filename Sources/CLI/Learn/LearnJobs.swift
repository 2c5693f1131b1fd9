import Learn
import Session
import Syntax
import struct Verbs.FileProblem

/// Work for a process that judges.
enum LearnJob: Codable {
    case prove(ProveJob)
    case grade(GradeJob)
}

/// An exercise to be tried.
struct ProveJob: Codable {
    let path: String
    /// Those that every text has to be in; empty for those of the title.
    let languages: [String]
    /// The exercises of the course; nil where there is none.
    let known: [String]?
}

/// What came of it.
struct ProveResult: Codable {
    struct Finding: Codable {
        let message: String
        let seen: [String]
    }

    let name: String
    let path: String
    var level = 0
    var languages: [String] = []
    var solutions = 0
    var wrongs = 0
    var checks = 0
    var events = 0
    /// Microseconds of each check, by a clock on the wall.
    var times: [Int64] = []
    var findings: [Finding] = []

    var isProven: Bool { findings.isEmpty }
}

/// An answer to be marked.
struct GradeJob: Codable {
    let student: String
    let exercise: String
    let exercisePath: String
    /// Nil where none was handed in.
    let answer: String?
    let language: String
    let seed: UInt64
}

/// The mark.
struct GradeResult: Codable {
    struct Goal: Codable {
        let text: String
        let isHeld: Bool
        /// What was seen where it does not hold.
        let missing: [String]
    }

    let student: String
    let exercise: String
    var isPassed = false
    var score = 0.0
    var goals: [Goal] = []
    /// What else there is to say: what was refused, broken or failed.
    var notes: [String] = []
}

/// Does the work of ``LearnJob``.
enum LearnWork {
    /// The largest answer that is read, in bytes.
    private static let largestAnswer = 256 << 10

    static func prove(_ job: ProveJob) -> ProveResult {
        let exercise: Exercise
        do throws(ExerciseProblem) {
            exercise = try Exercise.read(job.path)
        } catch {
            var result = ProveResult(name: ExerciseList.name(job.path), path: job.path)
            let lines = error.diagnostics.filter { $0.severity == .error }.map {
                "\($0.location.line): \($0.message)" + ($0.hint.map { " (\($0))" } ?? "")
            }
            result.findings = [
                ProveResult.Finding(
                    message: lines.isEmpty ? error.line : "does not parse or check", seen: lines)
            ]
            return result
        }
        let languages = job.languages.isEmpty ? exercise.title.languages : job.languages
        var times: [Int64] = []
        let proof = Proof(exercise, languages: languages, known: job.known) { check in
            let begin = WallClock.microseconds()
            let verdict = check()
            times.append(WallClock.microseconds() - begin)
            return verdict
        }
        return ProveResult(
            name: exercise.name, path: job.path, level: exercise.level, languages: languages,
            solutions: proof.solutions, wrongs: proof.wrongs, checks: proof.checks,
            events: proof.mostEvents, times: times,
            findings: proof.findings.map {
                ProveResult.Finding(message: $0.message, seen: $0.seen)
            })
    }

    static func grade(_ job: GradeJob) -> GradeResult {
        var result = GradeResult(student: job.student, exercise: job.exercise)
        let exercise: Exercise
        do throws(ExerciseProblem) {
            exercise = try Exercise.read(job.exercisePath)
        } catch {
            result.notes = [error.line]
            return result
        }
        let variant = exercise.variant(job.seed)
        let words = VerdictText(exercise, variant, language: job.language)
        guard let path = job.answer else {
            result.goals = exercise.goals.map {
                GradeResult.Goal(text: words.goal($0.index), isHeld: false, missing: [])
            }
            result.notes = [LearnWords(job.language).say(.noAnswer)]
            return result
        }
        let text: String
        do throws(FileProblem) {
            text = try DiskFile.text(path, atMost: largestAnswer)
        } catch {
            result.notes = ["the answer cannot be read: \(error.message)"]
            return result
        }
        let isManifest = path.hasSuffix(".yaml") || path.hasSuffix(".yml")
        let verdict = Judge(exercise).check(
            isManifest ? .manifest(text) : .script(text), seed: job.seed)
        result.isPassed = verdict.isPassed
        result.score = verdict.score
        let asked = verdict.goals
        result.goals = exercise.goals.map { goal in
            let found = asked.first { $0.goal == goal.index }
            return GradeResult.Goal(
                text: words.goal(goal.index), isHeld: found?.isHeld ?? false,
                missing: found.map { Array(words.lines($0).dropFirst()).map(Self.trimmed) } ?? [])
        }
        var rest = verdict
        rest.leaveOutGoals()
        let notes = words.lines(rest)
        result.notes = notes.prefix(mostNotes).map(Self.trimmed)
        if notes.count > mostNotes { result.notes.append("… +\(notes.count - mostNotes)") }
        return result
    }

    /// The most characters of a line and the most notes that a mark keeps of an answer, which may print what it
    /// likes.
    private static let longestLine = 400
    private static let mostNotes = 40

    private static func trimmed(_ line: String) -> String {
        let line = line.drop { $0 == " " }
        return line.count <= longestLine ? String(line) : line.prefix(longestLine - 1) + "…"
    }
}
