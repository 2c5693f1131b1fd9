extension SyntaxPrinter {
    mutating func print(_ statement: Statement) {
        switch statement.kind {
        case .let(let statement):
            text += statement.isParameter ? "param " : "let "
            printNames(statement.names)
            text += " = "
            print(statement.value, .whole)
        case .assign(let statement): print(statement)
        case .if(let statement): print(statement)
        case .for(let statement):
            text += "for "
            printNames(statement.names)
            text += " in "
            print(statement.sequence, .whole)
            printTrailing(statement.body)
        case .while(let statement):
            text += "while "
            print(statement.condition, .whole)
            printTrailing(statement.body)
        case .break: text += "break"
        case .continue: text += "continue"
        case .function(let declaration):
            text += "fn \(declaration.name.name)"
            printSignatureAndBody(declaration.function)
        case .return(let value):
            text += "return"
            if let value {
                text += " "
                print(value, .whole)
            }
        case .print(let values):
            text += "print"
            for (index, value) in values.enumerated() {
                text += index == 0 ? " " : ", "
                print(value, .whole)
            }
        case .expression(let expression): printStatement(expression)
        case .command(let line): print(line)
        case .include, .file, .setup, .cleanup, .scenario, .exercise, .expect, .invariant, .timer,
            .behavior, .attach, .skip:
            printScenarioStatement(statement)
        }
    }

    private mutating func printScenarioStatement(_ statement: Statement) {
        switch statement.kind {
        case .include(let name):
            text += "include "
            print(name)
        case .file(let file):
            text += "file "
            print(file.name)
            text += " "
            if case .hereDocument = file.content.kind {} else { text += "= " }
            print(file.content, .whole)
        case .setup(let block):
            text += "setup"
            printTrailing(block)
        case .cleanup(let cleanup):
            text += cleanup.kind.rawValue
            printTrailing(cleanup.body)
        case .attach(let attach):
            text += "attach "
            print(attach.name)
            text += " "
            print(attach.value, .whole)
        case .scenario(let scenario): print(scenario)
        case .exercise(let exercise): print(exercise)
        case .expect(let expect): print(expect)
        case .invariant(let invariant):
            text += "\(invariant.kind.rawValue) "
            print(invariant.condition, .whole)
            printTrailing(invariant.body)
        case .timer(let timer):
            text += "\(timer.kind.rawValue) "
            print(timer.time, .sum)
            printTrailing(timer.body)
        case .behavior(let behavior): print(behavior)
        case .skip(let reason):
            text += "skip"
            printReason(reason)
        case .let, .assign, .if, .for, .while, .break, .continue, .function, .return, .print,
            .expression, .command:
            preconditionFailure("printed elsewhere")
        }
    }

    mutating func printTrailing(_ block: Block) {
        text += " "
        print(block)
    }

    private mutating func printReason(_ reason: StringLiteral?) {
        guard let reason else { return }
        text += " "
        print(reason)
    }

    private mutating func print(_ statement: AssignStatement) {
        text += statement.name.name
        print(statement.segments)
        text += " \(statement.operation?.rawValue ?? "")= "
        print(statement.value, .whole)
    }

    private mutating func print(_ statement: IfStatement) {
        for (index, branch) in statement.branches.enumerated() {
            text += index == 0 ? "if " : " else if "
            print(branch.condition, .whole)
            printTrailing(branch.body)
        }
        guard let otherwise = statement.otherwise else { return }
        text += " else"
        printTrailing(otherwise)
    }

    private mutating func print(_ scenario: ScenarioStatement) {
        text += "scenario "
        print(scenario.title)
        if !scenario.tags.isEmpty {
            text += " tags "
            printNames(scenario.tags)
        }
        if let skip = scenario.skip {
            text += " skip"
            printReason(skip.reason)
        }
        if let parameters = scenario.parameters {
            text += " for "
            printNames(parameters.names)
            text += " in "
            print(parameters.rows, .whole)
        }
        printTrailing(scenario.body)
    }

    private mutating func print(_ expect: ExpectStatement) {
        text += expect.isSoft ? "expect soft " : "expect "
        switch expect.kind {
        case .now(let condition): printExpected(condition)
        case .within(let time, let condition):
            text += "within "
            print(time, .sum)
            text += ": "
            print(condition, .whole)
        case .fails(let expected, let block):
            text += "fails"
            if let expected {
                text += " "
                if case .map = leftmost(expected).kind {
                    printGroup(expected)
                } else {
                    print(expected, .sum)
                }
            }
            printTrailing(block)
        case .output(let block, let check):
            text += "output"
            printTrailing(block)
            switch check.relation {
            case .equals: text += check.isNegated ? " != " : " == "
            case .contains, .matches:
                text += "\(check.isNegated ? " not" : "") \(check.relation.rawValue) "
            }
            print(check.expected, .sum)
        case .unchanged(let list, let block):
            text += "unchanged "
            printWatched(list)
            printTrailing(block)
        case .order(let conditions, let block):
            text += "order "
            for (index, condition) in conditions.enumerated() {
                if index > 0 { text += " then " }
                if index == 0 { printWatched(condition) } else { print(condition, .whole) }
            }
            printTrailing(block)
        }
        guard let message = expect.message else { return }
        text += ", "
        print(message)
    }

    /// An expression after `unchanged` or `order`, which begins with a name or a bracket.
    private mutating func printWatched(_ expression: Expression) {
        var printer = SyntaxPrinter()
        printer.print(expression, .whole)
        let first = printer.text.utf8.first ?? 0
        let isPlain =
            Characters.isNameStart(first) || first == UInt8(ascii: "[")
            || first == UInt8(ascii: "(")
        let isNegation = printer.text.hasPrefix("not ")
        if isPlain || first == UInt8(ascii: "$"), !isNegation {
            print(expression, .whole)
        } else {
            printGroup(expression)
        }
    }

    /// A condition after `expect`, kept apart from the words that are special there.
    private mutating func printExpected(_ condition: Expression) {
        switch leftmost(condition).kind {
        case .output, .name("within"), .name("fails"), .name("soft"): printGroup(condition)
        default: print(condition, .whole)
        }
    }

    private mutating func print(_ behavior: BehaviorStatement) {
        text += "behavior"
        for word in behavior.target {
            text += " "
            print(word)
        }
        text += " {"
        if behavior.settings.isEmpty {
            text += " }"
            return
        }
        indentation += 1
        for setting in behavior.settings {
            newline()
            text += "\(setting.name.name): "
            print(setting.value, .whole)
        }
        indentation -= 1
        newline()
        text += "}"
    }

    /// An expression as a statement: in parentheses where its start would make it another statement.
    private mutating func printStatement(_ expression: Expression) {
        switch leftmost(expression).kind {
        case .name, .conditional: printGroup(expression)
        default: print(expression, .whole)
        }
    }
}
