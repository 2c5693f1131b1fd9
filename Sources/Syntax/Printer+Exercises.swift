extension SyntaxPrinter {
    mutating func print(_ exercise: ExerciseStatement) {
        text += "exercise "
        print(exercise.name)
        if exercise.parts.isEmpty {
            text += " { }"
            return
        }
        text += " {"
        indentation += 1
        for part in exercise.parts {
            newline()
            print(part.kind)
        }
        indentation -= 1
        newline()
        text += "}"
    }

    private mutating func print(_ part: ExercisePartKind) {
        text += part.word.rawValue
        switch part {
        case .text(_, let text): print(text)
        case .number(_, let number): text += " \(number)"
        case .topics(let topics):
            text += " "
            printNames(topics)
        case .needs(let names): printStrings(names, separator: ",")
        case .vary(let name, let values):
            text += " \(name.name) in "
            print(values, .whole)
        case .setup(let block): printTrailing(block)
        case .rule(let rule):
            printStrings(rule.patterns, separator: "")
            print(rule.reason)
        case .goal(let goal):
            if goal.isOnce { text += " once" }
            if goal.isKept { text += " kept" }
            print(goal.text)
            printTrailing(goal.body)
        case .invariant(let invariant):
            print(invariant.text)
            text += ": "
            print(invariant.condition, .whole)
        case .after(let text, let block):
            print(text)
            printTrailing(block)
        case .hint(let condition, let text):
            if let condition { printWhen(condition) }
            print(text)
        case .pitfall(let pitfall):
            printStrings([pitfall.name], separator: "")
            printWhen(pitfall.condition)
            print(pitfall.text)
        case .solution(let text, let block):
            if let text { print(text) }
            printTrailing(block)
        case .wrong(let wrong): print(wrong)
        }
    }

    private mutating func print(_ wrong: ExerciseWrong) {
        if let text = wrong.text { print(text) }
        printTrailing(wrong.body)
        text += " expects \(wrong.expected.rawValue)"
        if let what = wrong.what { printStrings([what], separator: "") }
    }

    private mutating func printWhen(_ condition: Expression) {
        text += " when "
        print(condition, .whole)
    }

    private mutating func print(_ text: ExerciseText) {
        for entry in text.entries {
            self.text += " "
            if let language = entry.language { self.text += "\(language.name) " }
            print(entry.value, .whole)
        }
    }

    private mutating func printStrings(_ strings: [StringLiteral], separator: String) {
        for (index, string) in strings.enumerated() {
            text += index == 0 ? " " : separator + " "
            print(string)
        }
    }
}
