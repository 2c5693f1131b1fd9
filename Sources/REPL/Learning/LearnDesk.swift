import Learner
import Support

/// What all exercises of one sitting share.
package struct LearnDesk {
    let book: any LessonBook
    let store: ProgressStore
    let wording: Wording
    /// Which day it is, for the program's edge knows.
    let today: () -> Day
    let showsUnicode: Bool
    let screen: Screen

    /// - Parameter today: answers which day it is.
    package init(
        book: any LessonBook, store: ProgressStore, wording: Wording, today: @escaping () -> Day,
        showsUnicode: Bool, screen: Screen
    ) {
        self.book = book
        self.store = store
        self.wording = wording
        self.today = today
        self.showsUnicode = showsUnicode
        self.screen = screen
    }

    /// The widest that lines of prose are shown.
    private static let widest = 90

    /// Markdown as wide as the window is now.
    var text: MarkdownText {
        MarkdownText(
            width: min(Self.widest, screen.columns ?? 80), usesColor: screen.usesColor,
            showsUnicode: showsUnicode)
    }

    var marks: GoalMarks {
        GoalMarks(wording, showsUnicode: showsUnicode, usesColor: screen.usesColor)
    }

    var outline: CourseOutline { book.outline }

    /// What was done of the course.
    var progress: Progress.Course { store.progress[outline.name] }

    /// Changes what is kept of an exercise.
    func update(_ name: String, _ change: (inout ExerciseRecord) -> Void) {
        store.update { change(&$0[outline.name][name]) }
    }

    // MARK: Saying

    func say(_ phrase: Phrase, _ values: [String: String] = [:]) {
        screen.show(text.render(wording(phrase, values)))
    }

    func show(markdown: String) { screen.show(text.render(markdown)) }

    func heading(_ phrase: Phrase, _ values: [String: String] = [:]) {
        heading(wording(phrase, values))
    }

    func heading(_ words: String) {
        let shown = words.showingControls
        screen.show("\n" + (screen.usesColor ? Paint.bold(shown) : shown) + "\n")
    }

    func show(marks mark: String, _ words: String) {
        screen.show("  \(mark) \(text.line(words.showingControls))\n")
    }

    /// Says what has happened to the file of progress.
    package func tellRemarks() {
        for remark in store.takeRemarks() {
            let (phrase, values) = remark.words(path: store.path ?? "")
            say(phrase, values)
        }
    }
}

extension ProgressStore.Remark {
    /// The phrase that says it, with its values.
    package func words(path: String) -> (Phrase, [String: String]) {
        switch self {
        case .damaged(let reason, let aside):
            (.progressDamaged, ["reason": reason, "file": aside])
        case .newer(let version): (.progressNewer, ["version": "\(version)"])
        case .unwritten(let reason): (.progressUnwritten, ["file": path, "reason": reason])
        }
    }
}
