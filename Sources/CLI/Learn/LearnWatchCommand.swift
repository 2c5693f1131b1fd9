import ArgumentParser
import Glibc
import Learner
import REPL
import Session
import Support
import struct Verbs.FileProblem

/// `drydock learn watch EXERCISE FILE`: checks a file of the learner's own editor.
struct LearnWatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Check a file whenever it is saved: a manifest, or kubectl commands.",
        discussion: """
            Files that end in .yaml, .yml or .json are applied; others are commands, a line each. With --once: exit code \
            0 where the exercise is solved, 4 where it is not, 1 where the file cannot be read.
            """)

    @Argument(help: "The exercise.")
    var exercise: String

    @Argument(help: "The file with your answer.")
    var file: String

    @Flag(help: "Check once and end.")
    var once = false

    @OptionGroup var options: LearnOptions

    func run() throws {
        let setting = try LearnSetting(options)
        try setting.check(exercise)
        let seed = setting.store.progress[setting.book.outline.name][exercise].work?.seed
        let lesson: any Lesson
        do throws(LessonProblem) {
            lesson = try setting.book.lesson(exercise, seed: seed ?? Progress.firstSeed)
        } catch {
            throw Refusal(error.message)
        }
        let watch = FileWatch(lesson, file: file, setting: setting)
        if once {
            let found = try watch.check()
            try watch.finish()
            guard let isSolved = found else { throw ExitCode(ProgramExit.badUsage.rawValue) }
            guard isSolved else { throw ExitCode(ProgramExit.expectationFailed.rawValue) }
            return
        }
        try watch.run()
    }
}

/// Looks at a file and judges it when it was saved.
private final class FileWatch {
    private let lesson: any Lesson
    private let file: String
    private let setting: LearnSetting
    private let output = OutputFile.standardOutput()
    private let text: MarkdownText
    private let marks: GoalMarks

    /// Milliseconds between two looks.
    private static let pause: UInt32 = 100

    init(_ lesson: any Lesson, file: String, setting: LearnSetting) {
        self.lesson = lesson
        self.file = file
        self.setting = setting
        let usesColor = setting.options.color ?? output.showsColor
        text = MarkdownText(width: 80, usesColor: usesColor, showsUnicode: setting.showsUnicode)
        marks = GoalMarks(
            setting.wording, showsUnicode: setting.showsUnicode, usesColor: usesColor)
    }

    func run() throws {
        Interrupts.catchSignals([SIGINT, SIGTERM], secondEnds: true)
        show(text.line(lesson.title) + "\n\n" + text.render(lesson.task) + "\n")
        say(.watching, ["file": file, "name": lesson.name])
        if !DiskFile.exists(file) { say(.watchWaits, ["file": file]) }
        var (seen, checked) = (FileStamp(file), FileStamp?.none)
        while !Interrupts.isPending, output.problem == nil {
            let stamp = FileStamp(file)
            // Editors write in pieces: a file is checked once it has stayed as it is for a moment.
            if let stamp, stamp == seen, stamp != checked {
                checked = stamp
                show("\n")
                say(.watchChecked, ["time": WallClock.timeOfDay()])
                _ = try check()
            }
            seen = stamp
            usleep(Self.pause * 1000)
        }
        try finish()
    }

    /// Ends the program where text was lost.
    func finish() throws { try output.checkWhole() }

    /// Judges the file as it is; answers whether it solves the exercise, nil where it cannot be read.
    func check() throws -> Bool? {
        let content: String
        do throws(FileProblem) {
            content = try DiskFile.text(file, atMost: 1 << 20)
        } catch {
            say(.fileUnreadable, ["file": file, "reason": error.message])
            return nil
        }
        let outcome = lesson.check(.file(name: file, text: content))
        note(outcome)
        let view = CheckView(setting.wording, text: text, marks: marks)
        if !outcome.isSolved { say(.checkFailed) }
        show(view.render(outcome))
        return outcome.isSolved
    }

    private func note(_ outcome: CheckOutcome) {
        let (course, name) = (setting.book.outline.name, lesson.name)
        let record = setting.store.progress[course][name]
        let hints = lesson.hints.count
        let stars = Stars.earned(by: record, hints: hints, whyCosts: lesson.whyCosts)
        let today = WallClock.today()
        setting.store.update {
            $0[course][name].checks += 1
            guard outcome.isSolved else { return }
            $0[course][name].solve(on: today, stars: stars, isReview: false)
            $0.note(today)
        }
        if outcome.isSolved {
            let shown = CourseView.stars(stars, showsUnicode: setting.showsUnicode)
            say(.checkPassed, ["name": lesson.title, "stars": shown])
        }
    }

    private func say(_ phrase: Phrase, _ values: [String: String] = [:]) {
        show(text.render(setting.wording(phrase, values)))
    }

    private func show(_ text: String) {
        output.write(text)
        output.flush()
    }
}

/// What tells that a file is another one than before.
private struct FileStamp: Equatable {
    private let inode: UInt64
    private let size: Int64
    private let seconds: Int
    private let nanoseconds: Int

    /// Nil where there is no file.
    init?(_ path: String) {
        var information = stat()
        guard stat(path, &information) == 0 else { return nil }
        inode = UInt64(information.st_ino)
        size = Int64(information.st_size)
        (seconds, nanoseconds) = (information.st_mtim.tv_sec, information.st_mtim.tv_nsec)
    }
}
