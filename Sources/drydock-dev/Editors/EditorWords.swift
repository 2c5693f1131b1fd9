import Language
import Model
import Session
import Syntax
import Tools
import Verbs

/// The words that editors colour, from the places where the language has them.
enum EditorWords {
    /// What a keyword is to somebody who reads a script.
    enum Role: String, CaseIterable {
        case control, declaration, expectation, operation, constant, item, action
    }

    static func keywords(_ role: Role) -> [String] {
        let found = Keyword.allCases.filter { $0.role == role }.map(\.rawValue)
        return (found + (role == .operation ? operators : role == .expectation ? expectations : []))
            .sorted()
    }

    /// Words that are special at one place only.
    private static let expectations = Keyword.contextual.filter {
        ["within", "fails", "soft", "attach"].contains($0)
    }
    private static let operators = Keyword.contextual.filter { !expectations.contains($0) }

    static let verbs = VerbRegistry.all.flatMap { [$0.name] + $0.aliases }.sorted()

    /// Verbs with the words that may follow them.
    static let subverbs: [(verb: String, words: [String])] =
        VerbRegistry.all.filter { !$0.subverbs.isEmpty }
        .map { verb in (verb.name, verb.subverbs.flatMap { [$0.name] + $0.aliases }.sorted()) }
        .sorted { $0.verb < $1.verb }

    /// The text tools that no verb has the name of.
    static let tools = ToolRegistry.names.filter { name in
        // `[` is no word that a pattern could name as it is.
        !verbs.contains(name) && ToolRegistry.tool(named: name)?.isOutside == false
            && name.allSatisfy { $0.isLetter || $0.isNumber }
    }

    static let builtins = Builtins.names.sorted()

    static let settings = BehaviorSettings.names.sorted()

    /// Every name of every kind.
    static let kinds: [String] = {
        let names = KindRegistry.builtIn.all.flatMap { [$0.plural, $0.singular] + $0.shortNames }
        return Set(names).sorted()
    }()

    /// The units of numbers: those of time, then those of amounts.
    static let units = [
        "ms", "s", "m", "h", "d", "n", "u", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti",
        "Pi", "Ei",
    ]

    /// The parts of exercises that are no keywords elsewhere, those that names follow apart.
    static let parts = ExerciseWord.allCases.map(\.rawValue).filter {
        Keyword(rawValue: $0) == nil && !namedParts.contains($0)
    }
    static let namedParts = [ExerciseWord.topics, .vary].map(\.rawValue)

    /// What a wrong answer of an exercise meets.
    static let refusals = ExerciseWrong.Kind.allCases.map(\.rawValue)

    /// A regular expression for one of several words; longer ones first, so that none hides another.
    static func pattern(_ words: [String], separator: String = "|") -> String {
        words.sorted { ($0.count, $1) > ($1.count, $0) }.joined(separator: separator)
    }
}

extension Keyword {
    fileprivate var role: EditorWords.Role {
        switch self {
        case .if, .else, .then, .for, .while, .return, .break, .continue, .skip: .control
        case .let, .fn, .scenario, .exercise, .setup, .teardown, .finally, .file, .include,
            .behavior:
            .declaration
        case .expect, .always, .never, .at, .every, .any, .none, .has: .expectation
        case .and, .or, .not, .in, .contains, .matches, .exists, .absent, .where: .operation
        case .null, .true, .false: .constant
        case .it: .item
        case .print, .output: .action
        }
    }
}
