import Syntax

/// What is wrong with the parts of an exercise. Codes DD23nn.
enum ExerciseError: DiagnosticWords {
    /// Parts without which nobody could practise.
    case missing([ExerciseWord])
    case repeated(ExerciseWord, first: SourceSpan)
    /// A second exercise, or one beside scenarios.
    case notAlone
    case textName(String, nearest: String?)
    case values(String)
    case unknownTarget(String, kind: String, nearest: String?)
    case pattern(String, why: String)
    case repeatedLanguage(String)
    case repeatedText(String, first: SourceSpan)
    case level(Int)
    case isAtPrompt

    var text: DiagnosticText {
        switch self {
        case .missing(let words):
            let list = words.map { "`\($0.rawValue)`" }.joined(separator: ", ")
            return DiagnosticText(
                "DD2301", "the exercise has no \(list)",
                label: words.count == 1 ? "a part is missing" : "parts are missing",
                hint: "write \(words.map(Self.form).joined(separator: "; "))")
        case .repeated(let word, let first):
            return DiagnosticText(
                "DD2302", "the exercise has two parts `\(word.rawValue)`", label: "the second one",
                notes: [DiagnosticNote("the first one is here", at: first)],
                hint: Self.mendOfRepeated(word))
        case .notAlone:
            return DiagnosticText(
                "DD2303", "a file holds one exercise and nothing else that runs",
                label: "does not belong here", hint: "move it into a file of its own")
        case .textName(let name, let nearest):
            return DiagnosticText(
                "DD2304", "the text names `${\(name)}`, and `vary` declares no `\(name)`",
                label: "not declared",
                hint: nearest.map { "did you mean `${\($0)}`?" }
                    ?? "declare it with `vary \(name) in [\"a\", \"b\"]`, or write `$\(name)`")
        case .values(let name):
            return DiagnosticText(
                "DD2305", "`vary` takes a list of plain texts, numbers and durations",
                label: "not known beforehand",
                hint: "write `vary \(name) in [\"a\", \"b\"]`: which one it is, is drawn")
        case .unknownTarget(let text, let kind, let nearest):
            return DiagnosticText(
                "DD2306", "no `\(kind)` of the exercise is called \"\(text)\"", label: "not found",
                hint: nearest.map { "did you mean \"\($0)\"?" })
        case .pattern(let pattern, let why):
            return DiagnosticText(
                "DD2307", "\"\(pattern)\" says not what is meant: \(why)", label: why,
                hint: "write a verb and perhaps a kind or an object: \"delete pod\", "
                    + "\"patch deployment/web\", \"* pdb\", \"set image\", \"why\"")
        case .repeatedLanguage(let language):
            return DiagnosticText(
                "DD2308", "the text stands here twice in \(language)", label: "once more",
                hint: "keep one of them")
        case .repeatedText(let word, let first):
            return DiagnosticText(
                "DD2309", "two parts `\(word)` have the same name", label: "the second one",
                notes: [DiagnosticNote("the first one is here", at: first)],
                hint: "`expects` names a part by its text, so texts differ")
        case .level(let level):
            return DiagnosticText(
                "DD2310", "there is no level \(level)", label: "1 to 5",
                hint: "`level 1` is easy, `level 5` is hard")
        case .isAtPrompt:
            return DiagnosticText(
                "DD2311", "an exercise stands in a file of its own", label: "not at the prompt",
                hint: "write it into a file; `drydock learn` shows it, `drydock run` tries its "
                    + "solutions")
        }
    }

    private static func form(_ word: ExerciseWord) -> String {
        switch word {
        case .title, .task, .story, .debrief, .hint: "`\(word.rawValue) \"…\"`"
        case .level: "`level 1`"
        case .time: "`time 5`"
        case .topics: "`topics pods`"
        case .setup: "`setup { … }`"
        case .goal: "`goal \"…\" { expect … }`"
        case .solution: "`solution { … }`"
        case .wrong: "`wrong { … } expects goal \"…\"`"
        case .needs, .vary, .forbid, .allow, .always, .never, .after, .pitfall: word.rawValue
        }
    }

    private static func mendOfRepeated(_ word: ExerciseWord) -> String {
        switch word {
        case .story, .task, .debrief, .title:
            "a further language has its name: `\(word.rawValue) zh \"…\"`"
        default: "put both into one"
        }
    }
}
