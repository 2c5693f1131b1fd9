import ArgumentParser
import Glibc
import Learner
import REPL
import Session
import Support
import struct Verbs.FileProblem

/// What all commands of a learner take.
struct LearnOptions: ParsableArguments {
    @Option(
        help: "The folder of another course, with course.toml (default: the course that ships).")
    var course: String?

    @Option(help: "The language: en or zh (default: by LC_ALL, LC_MESSAGES, LANG).")
    var lang: String?

    @Flag(inversion: .prefixedNo, help: "Colour what is shown (default: on a terminal).")
    var color: Bool?

    func validate() throws {
        if let lang, Tongue(named: lang) == nil {
            throw ValidationError("there is no language \(lang): en and zh are spoken here")
        }
    }

    /// Whether a path leads to the folder of a course.
    static func isCourse(_ path: String) -> Bool { DiskFile.exists("\(path)/course.toml") }
}

/// A learner's course, progress and language.
struct LearnSetting {
    let options: LearnOptions
    let wording: Wording
    let book: any LessonBook
    let store: ProgressStore
    let showsUnicode: Bool

    init(_ options: LearnOptions) throws {
        self.options = options
        let tongue = options.lang.flatMap(Tongue.init(named:)) ?? Tongue(variable: Self.variable)
        wording = Wording(tongue)
        showsUnicode = Tongue.showsUnicode(variable: Self.variable)
        if let folder = options.course, !LearnOptions.isCourse(folder) {
            throw Refusal(wording(.noCourse, ["path": folder]))
        }
        do throws(LessonProblem) {
            let course = try CourseBook(folder: options.course, in: tongue)
            // One exercise that cannot be read does not keep the others from being practised.
            for problem in course.problems { OutputFile.tell(problem) }
            book = course
        } catch {
            throw Refusal(error.message)
        }
        var random = SystemRandomNumberGenerator()
        store = ProgressStore(path: ProgressStore.standardPath(), salt: random.next())
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    var view: CourseView {
        CourseView(
            book.outline, store.progress[book.outline.name], on: WallClock.today(), in: wording,
            showsUnicode: showsUnicode)
    }

    /// Refuses a name that no exercise has.
    func check(_ name: String) throws {
        let names = book.outline.exercises.map(\.name)
        if names.contains(name) { return }
        guard let nearest = nearestName(to: name, among: names) ?? names.first else {
            throw Refusal(wording(.emptyCourse))
        }
        throw Refusal(wording(.noExercise, ["name": name, "nearest": nearest]))
    }

    /// Prints a text, after what there is to say of the file of progress.
    func print(_ text: String) throws {
        let output = OutputFile.standardOutput()
        for remark in store.takeRemarks() {
            let (phrase, values) = remark.words(path: store.path ?? "")
            OutputFile.tell(wording(phrase, values))
        }
        output.write(text)
        output.flush()
        try output.checkWhole()
    }

    func export(to path: String) throws {
        do throws(FileProblem) {
            try LearnFile.write(ProgressCoding.text(store.progress), to: path)
        } catch {
            let words = wording(.progressUnwritten, ["file": path, "reason": error.message])
            throw Refusal(words)
        }
        try print(wording(.exported, ["file": path]) + "\n")
    }

    // MARK: The terminal

    /// Practises at the terminal, or on piped input.
    func practise(_ plan: Classroom.Plan) throws {
        Interrupts.catchSignals([SIGINT], secondEnds: isatty(0) == 0)
        let output = OutputFile.standardOutput()
        let desk = LearnDesk(
            book: book, store: store, wording: wording, today: { WallClock.today() },
            showsUnicode: showsUnicode, screen: PromptCommand.screen(output, color: options.color))
        let room = Classroom(
            desk,
            interrupts: REPL.Interrupts(
                isPending: { Interrupts.isPending }, clear: { Interrupts.clear() }),
            isLost: { output.problem != nil })
        do throws(LessonProblem) {
            try room.run(plan)
        } catch {
            throw Refusal(error.message)
        }
        try output.checkWhole()
    }
}
