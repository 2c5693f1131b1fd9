import Support
import Syntax

/// An exercise that was resolved: a function for each part that does or asks something.
struct ResolvedExercise {
    let place: Place
    let statement: ExerciseStatement
    /// The functions of the parts, by their index; they take the values of `vary`.
    let functions: [Row<Function>?]
}

extension Resolver {
    mutating func resolve(_ statement: ExerciseStatement, at span: SourceSpan) {
        if isPrompt { return report(ExerciseError.isAtPrompt, at: span) }
        guard isTopLevel else { return report(CheckError.nestedScenario("exercise"), at: span) }
        guard includeDepth == 0 else {
            return report(CheckError.includedScenario("exercise"), at: span)
        }
        if !exercises.isEmpty { report(ExerciseError.notAlone, at: statement.name.span) }
        checkParts(statement)
        let names = statement.variables
        let functions = statement.parts.map { part -> Row<Function>? in
            guard part.kind.block != nil || part.kind.condition != nil else { return nil }
            return forgettingNames { resolver in
                resolver.resolveFunction(named: part.kind.word.rawValue, parameters: names) {
                    $0.resolvePart(part)
                }
            }
        }
        exercises.append(
            ResolvedExercise(
                place: Place(source: source, span: span), statement: statement,
                functions: functions))
    }

    private mutating func resolvePart(_ part: ExercisePart) -> NodeIndex {
        if let condition = part.kind.condition {
            var kind = InvariantStatement.Kind.always
            if case .invariant(let invariant) = part.kind { kind = invariant.kind }
            return resolveStanding(
                condition, kind, keyword: part.kind.word.rawValue, at: part.span)
        }
        guard let block = part.kind.block else { return addBlock([], at: part.span) }
        return resolveBody(block.statements, at: block.span)
    }

    // MARK: Parts

    private mutating func checkParts(_ exercise: ExerciseStatement) {
        let words = Set(exercise.parts.map(\.kind.word))
        let missing = ExerciseWord.allCases.filter { $0.isRequired && !words.contains($0) }
        if !missing.isEmpty { report(ExerciseError.missing(missing), at: exercise.name.span) }
        var seen: [String: SourceSpan] = [:]
        for part in exercise.parts {
            checkRepetition(part, &seen)
            checkText(part, exercise.variables.map(\.name))
            check(part.kind, in: exercise)
        }
        checkNames(exercise)
    }

    /// A part that stands once may stand once more for each language.
    private mutating func checkRepetition(
        _ part: ExercisePart, _ seen: inout [String: SourceSpan]
    ) {
        let word = part.kind.word
        guard word.isSingle else { return }
        var languages = [""]
        if case .text(_, let text) = part.kind {
            languages = text.entries.map { $0.language?.name ?? "en" }
        }
        for language in languages {
            let key = "\(word.rawValue) \(language)"
            if let first = seen[key] {
                report(ExerciseError.repeated(word, first: first), at: part.span)
                return
            }
            seen[key] = part.span
        }
    }

    private mutating func check(_ part: ExercisePartKind, in exercise: ExerciseStatement) {
        switch part {
        case .number(.level, let level) where !(1...5).contains(level):
            let span = exercise.parts.first { $0.kind.word == .level }?.span
            report(ExerciseError.level(level), at: span ?? exercise.name.span)
        case .vary(let name, let values):
            if ExerciseValues.read(values) == nil {
                report(ExerciseError.values(name.name), at: values.span)
            }
        case .rule(let rule):
            for pattern in rule.patterns {
                let text = ExerciseTemplate(pattern.pieces).written
                if let why = patternProblem(text) {
                    report(ExerciseError.pattern(text, why: why), at: pattern.span)
                }
            }
        case .wrong(let wrong): check(wrong, in: exercise)
        case .text, .number, .topics, .needs, .setup, .goal, .invariant, .after, .hint, .pitfall,
            .solution:
            return
        }
    }

    /// Why a rule means nothing; nil where it does.
    private func patternProblem(_ pattern: String) -> String? {
        let words = pattern.split(separator: " ").map(String.init)
        guard let verb = words.first else { return "it is empty" }
        let requests = ["create", "update", "patch", "delete", "evict", "bind", "*"]
        guard requests.contains(verb) else { return nil }
        guard words.count <= 2 else { return "too many words" }
        guard words.count == 2, let name = words[1].split(separator: "/").first else { return nil }
        if name == "*" || name.contains("$") { return nil }
        guard facts.kind(named: String(name)) == nil else { return nil }
        // A custom resource is known by its dots, or comes with the exercise.
        return facts.nearestKind(to: String(name)).map {
            "there is no kind `\(name)`; did you mean `\($0)`?"
        }
    }

    private mutating func check(_ wrong: ExerciseWrong, in exercise: ExerciseStatement) {
        guard let what = wrong.what else { return }
        let text = ExerciseTemplate(what.pieces).written
        let names = exercise.parts.compactMap { part -> String? in
            guard part.kind.word.rawValue == wrong.expected.rawValue else { return nil }
            return part.kind.targetName
        }
        if names.contains(text) { return }
        report(
            ExerciseError.unknownTarget(
                text, kind: wrong.expected.rawValue, nearest: nearestName(to: text, among: names)),
            at: what.span)
    }

    /// Goals and the like are told apart by their texts.
    private mutating func checkNames(_ exercise: ExerciseStatement) {
        var seen: [String: SourceSpan] = [:]
        for part in exercise.parts {
            guard let name = part.kind.targetName else { continue }
            let word = part.kind.word.rawValue
            if let first = seen["\(word) \(name)"] {
                report(ExerciseError.repeatedText(word, first: first), at: part.span)
            }
            seen["\(word) \(name)"] = part.span
        }
    }

    // MARK: Texts

    private mutating func checkText(_ part: ExercisePart, _ names: [String]) {
        guard let text = part.kind.text else { return }
        var languages: Set<String> = []
        for entry in text.entries {
            let language = entry.language?.name ?? "en"
            if !languages.insert(language).inserted {
                report(
                    ExerciseError.repeatedLanguage(language),
                    at: entry.language?.span ?? entry.value.span)
            }
            let template = ExerciseTemplate(entry.value)
            for name in template.names where !names.contains(name) {
                report(
                    ExerciseError.textName(name, nearest: nearestName(to: name, among: names)),
                    at: entry.value.span)
            }
        }
    }
}

extension ExerciseWord {
    /// Whether no exercise goes without it.
    var isRequired: Bool {
        switch self {
        case .title, .level, .topics, .time, .story, .task, .setup, .goal, .hint, .solution, .wrong,
            .debrief:
            true
        case .needs, .vary, .forbid, .allow, .always, .never, .after, .pitfall: false
        }
    }

    /// Whether it stands once.
    var isSingle: Bool {
        switch self {
        case .title, .level, .topics, .needs, .time, .story, .task, .setup, .debrief: true
        case .vary, .forbid, .allow, .goal, .always, .never, .after, .hint, .pitfall, .solution,
            .wrong:
            false
        }
    }
}

extension ExercisePartKind {
    /// What `expects` calls the part.
    package var targetName: String? {
        switch self {
        case .goal(let goal): goal.text.first?.written
        case .invariant(let invariant): invariant.text.first?.written
        case .after(let text, _): text.first?.written
        case .pitfall(let pitfall): ExerciseTemplate(pitfall.name.pieces).written
        case .text, .number, .topics, .needs, .vary, .setup, .rule, .hint, .solution, .wrong: nil
        }
    }
}

extension ExerciseText {
    fileprivate var first: ExerciseTemplate? { entries.first.map { ExerciseTemplate($0.value) } }
}

extension Statement {
    var isExercise: Bool {
        if case .exercise = kind { true } else { false }
    }
}
