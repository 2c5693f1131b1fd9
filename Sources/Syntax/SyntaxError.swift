/// Everything the front end can say about a script. Codes DD1nnn.
enum SyntaxError: DiagnosticWords {
    /// Something else was due. `nearest` is the keyword that was probably meant.
    case unexpected(expected: String, found: String, nearest: String?, hint: String?)
    case unclosed(
        opener: String, openedAt: SourceSpan, closer: String, found: String, orComma: Bool)
    case strayCloser(String)
    case unterminatedString(quote: String, isInExpression: Bool)
    case unterminatedHereDocument(tag: String)
    case hereDocumentTag(found: String)
    case unknownEscape(String)
    case unicodeEscape
    case meaninglessCharacter(String)
    case loneAssign(left: String)
    case chainedComparison
    case blanksAroundSlash(left: String, right: String)
    case pathGluedToName(name: String, path: String)
    case indexAfterBlank
    case foreignOperator(found: String, write: String)
    case parenthesesNeeded(word: String)
    case incompleteNumber(found: String, write: String)
    case leadingZero(found: String, write: String)
    case integerTooLarge(String)
    case floatTooLarge(String)
    case floatTooSmall(String)
    case unknownUnit(found: String, nearest: String?)
    case keywordAsName(String, what: String)
    /// Unpaired in a command, or any in an expression.
    case backquote(isInCommand: Bool)
    case substitutionInExpression
    case interpolationInExpression
    case blanksAroundAssign(name: String)
    case elseOnNewLine
    case listOfKindNeedsBrackets(kind: String, namespace: String)
    case backgroundNeedsEnd
    /// `expect E within 30s`
    case withinBehind(condition: String, time: String)
    /// `done` and the like where no command can go on. `home` says what it belongs to.
    case strayShellWord(String, home: String)
    /// `name() {`
    case shellFunction(name: String)
    /// `name=(`
    case shellArray(name: String)
    case shellSelect
    /// Trouble in the shell dialect, in bash's words.
    case shell(String)
    case sourceTooLarge(bytes: Int, limit: Int)
    case nestingTooDeep(limit: Int)
    case expressionTooHigh(limit: Int)
    case tooManyChoices(limit: Int)
    case moreDiagnostics(Int)
    /// The formatter found that its own text would mean something else.
    case formattingDiffers

    var text: DiagnosticText {
        switch self {
        case .unexpected, .unclosed, .strayCloser, .elseOnNewLine, .keywordAsName,
            .parenthesesNeeded, .backgroundNeedsEnd, .withinBehind:
            structureText
        case .strayShellWord, .shellFunction, .shellArray, .shellSelect, .shell:
            shellText
        case .unterminatedString, .unterminatedHereDocument, .hereDocumentTag, .unknownEscape,
            .unicodeEscape, .meaninglessCharacter, .backquote, .substitutionInExpression,
            .interpolationInExpression:
            lexicalText
        case .incompleteNumber, .leadingZero, .integerTooLarge, .floatTooLarge, .floatTooSmall,
            .unknownUnit:
            numberText
        case .loneAssign, .chainedComparison, .blanksAroundSlash, .pathGluedToName,
            .indexAfterBlank, .foreignOperator, .blanksAroundAssign, .listOfKindNeedsBrackets:
            operatorText
        case .sourceTooLarge, .nestingTooDeep, .expressionTooHigh, .tooManyChoices,
            .moreDiagnostics, .formattingDiffers:
            limitText
        }
    }

    private var structureText: DiagnosticText {
        switch self {
        case .unexpected(let expected, let found, let nearest, let hint):
            return DiagnosticText(
                "DD1001", "expected \(expected), found \(found)", label: "expected \(expected)",
                hint: nearest.map { "did you mean `\($0)`?" } ?? hint)
        case .unclosed(let opener, let openedAt, let closer, let found, let orComma):
            let comma = orComma ? "`,` or " : ""
            return DiagnosticText(
                "DD1002", "expected \(comma)`\(closer)` to close `\(opener)`, found \(found)",
                label: "expected \(comma)`\(closer)`",
                notes: [DiagnosticNote("`\(opener)` was opened here", at: openedAt)])
        case .strayCloser(let closer):
            return DiagnosticText(
                "DD1003", "`\(closer)` closes nothing", label: "no opening bracket belongs to this",
                hint: "remove it, or look for a bracket that was closed too early")
        case .elseOnNewLine:
            return DiagnosticText(
                "DD1004", "`else` must stand on the line of the `}` before it",
                label: "found at the start of a statement", hint: "write `} else {`")
        case .keywordAsName(let word, let what):
            return DiagnosticText(
                "DD1005", "expected \(what), found the keyword `\(word)`",
                label: "`\(word)` is reserved",
                hint: what.contains("name") ? "choose another, such as `\(word)_`" : nil)
        case .parenthesesNeeded(let word):
            return DiagnosticText(
                "DD1006", "`\(word)` inside another operator needs parentheses",
                label: "it reaches to the end of the expression",
                hint: "put the whole `\(word)` expression into `( )`")
        case .backgroundNeedsEnd:
            return DiagnosticText(
                "DD1007", "expected the end of the statement after `&`", label: "found more words",
                hint: "write `&&` to run the next command after this one")
        case .withinBehind(let condition, let time):
            let isShort = condition.count <= 80 && !condition.contains("\n")
            return DiagnosticText(
                "DD1008", "`within` stands before the condition", label: "found behind it",
                hint: "write `expect within \(time): \(isShort ? condition : "CONDITION")`")
        default: preconditionFailure("not about structure")
        }
    }

    private var lexicalText: DiagnosticText {
        switch self {
        case .unterminatedString(let quote, let isInExpression):
            return DiagnosticText(
                "DD1101", "this string has no closing `\(quote)`", label: "the string starts here",
                hint: isInExpression && quote == "\""
                    ? "a string ends on its line; write `<<EOF` for text of several lines" : nil)
        case .unterminatedHereDocument(let tag):
            return DiagnosticText(
                "DD1102", "this here-document has no end",
                label: "expected a line that holds only `\(tag)`")
        case .hereDocumentTag(let found):
            return DiagnosticText(
                "DD1103", "expected the name of a here-document after `<<`, found \(found)",
                label: "expected a name such as `EOF`")
        case .unknownEscape(let escape):
            return DiagnosticText(
                "DD1104", "unknown escape `\(escape)` in a string",
                label: "expected one of \\n \\t \\r \\\" \\' \\\\ \\$ \\u{…}",
                hint: "write `\\\\` for a backslash, or use a raw string `'…'`")
        case .unicodeEscape:
            return DiagnosticText(
                "DD1105", "`\\u{…}` needs the number of a character",
                label: "expected 1 to 6 hexadecimal digits", hint: "for example `\\u{e9}` for é")
        case .meaninglessCharacter(let character):
            return DiagnosticText(
                "DD1106", "`\(character)` means nothing here", label: "unexpected character",
                hint: "text belongs in quotes")
        case .backquote(let isInCommand):
            return isInCommand
                ? DiagnosticText(
                    "DD1107", "this backquote has no partner", label: "found a backquote",
                    hint: "write `$(…)` to insert what a command prints")
                : DiagnosticText(
                    "DD1107", "backquotes belong to commands", label: "expected an expression",
                    hint: "write `output { … }` for the text that commands print")
        case .substitutionInExpression:
            return DiagnosticText(
                "DD1108", "`$(…)` belongs to commands", label: "expected an expression",
                hint: "write `output { … }` for the text that commands print")
        case .interpolationInExpression:
            return DiagnosticText(
                "DD1109", "`${…}` belongs to strings, words and resource names",
                label: "expected an expression", hint: "in an expression write the name alone")
        default: preconditionFailure("not lexical")
        }
    }

    private var shellText: DiagnosticText {
        switch self {
        case .strayShellWord(let word, let home):
            return DiagnosticText(
                "DD1401", "`\(word)` begins no command", label: "found outside \(home)",
                hint:
                    "a shell's `for`, `while` and `until` read `do … done`, its `if` `then … fi`; "
                    + "a block of the language stands in `{ }`")
        case .shellFunction(let name):
            return DiagnosticText(
                "DD1402", "functions of a shell are not part of the language",
                label: "a function of a shell",
                hint: "write `fn \(name)(a, b) { … }` and call it with `\(name)(x, y)`")
        case .shellArray(let name):
            return DiagnosticText(
                "DD1403", "arrays of a shell are not part of the language",
                label: "an array of a shell",
                hint: "write `let \(name) = [\"a\", \"b\"]` and `for x in \(name) { … }`")
        case .shellSelect:
            return DiagnosticText(
                "DD1404", "`select` asks a person, which no script can",
                label: "a menu of a shell", hint: "write `for x in LIST { … }`")
        case .shell(let message): return DiagnosticText("DD1405", message)
        default: preconditionFailure("not about a shell")
        }
    }

    private var numberText: DiagnosticText {
        switch self {
        case .incompleteNumber(let found, let write):
            return DiagnosticText(
                "DD1201", "`\(found)` is not a complete number",
                label: "expected digits on both sides of the point", hint: "write `\(write)`")
        case .leadingZero(let found, let write):
            return DiagnosticText(
                "DD1202", "the number `\(found)` starts with a zero",
                label: "expected a number without leading zeros",
                hint: "write `\(write)`, or quote it if it is text")
        case .integerTooLarge(let digits):
            return DiagnosticText(
                "DD1203", "the integer \(Self.shortened(digits)) does not fit in 64 bits",
                label: "expected at most 9223372036854775807")
        case .floatTooLarge(let digits):
            return DiagnosticText(
                "DD1204", "the number \(Self.shortened(digits)) is too large",
                label: "expected at most 1.7e308")
        case .floatTooSmall(let digits):
            return DiagnosticText(
                "DD1206", "the number \(Self.shortened(digits)) is too small",
                label: "expected 0 or at least 2.3e-308")
        case .unknownUnit(let found, let nearest):
            return DiagnosticText(
                "DD1205", "`\(Self.shortened(found))` has an unknown unit",
                label: "expected a duration (ms s m h d) or a quantity (m k M G Ki Mi Gi …)",
                hint: nearest.map { "did you mean `\($0)`?" } ?? "put text into quotes")
        default: preconditionFailure("not about numbers")
        }
    }

    private var operatorText: DiagnosticText {
        switch self {
        case .loneAssign(let left):
            return DiagnosticText(
                "DD1301", "a lone `=` does not compare", label: "found `=`, expected `==`",
                hint:
                    "write `\(Self.shortened(left)) == …` to compare; an assignment is a statement")
        case .chainedComparison:
            return DiagnosticText(
                "DD1302", "comparisons do not chain", label: "a second comparison",
                hint: "join two comparisons with `and`, as in `a < b and b < c`")
        case .blanksAroundSlash(let left, let right):
            return DiagnosticText(
                "DD1303", "division is written with a blank on both sides of `/`",
                label: "expected blanks around this", hint: "write `\(left) / \(right)`")
        case .pathGluedToName(let name, let path):
            return DiagnosticText(
                "DD1304", "expected a blank before the path `\(path)`",
                label: "this reads as part of the name", hint: "write `\(name) \(path)`")
        case .indexAfterBlank:
            return DiagnosticText(
                "DD1305", "an index stands right after what it indexes",
                label: "found a blank before `[`",
                hint: "remove the blank before `[`")
        case .foreignOperator(let found, let write):
            return DiagnosticText(
                "DD1306", "`\(found)` is not an operator of expressions",
                label: "expected `\(write)`", hint: "write `\(write)`")
        case .blanksAroundAssign(let name):
            return DiagnosticText(
                "DD1307", "an assignment is written with a blank on both sides of `=`",
                label: "expected blanks around this", hint: "write `\(name) = …`")
        case .listOfKindNeedsBrackets(let kind, let namespace):
            return DiagnosticText(
                "DD1308", "expected `[` after the namespace", label: "expected `[`",
                hint: "write `\(kind)@\(namespace)[]` for all of them, "
                    + "or `\(kind)/NAME@\(namespace)` for one")
        default: preconditionFailure("not about operators")
        }
    }

    private var limitText: DiagnosticText {
        switch self {
        case .sourceTooLarge(let bytes, let limit):
            return DiagnosticText(
                "DD1901", "the script has \(bytes) bytes; the limit is \(limit)",
                hint: "put manifests into files of their own, or split the script with `include`")
        case .nestingTooDeep(let limit):
            return DiagnosticText(
                "DD1902", "blocks and brackets are nested more than \(limit) deep",
                label: "this one is too deep",
                hint: "move an inner part into a function or a variable")
        case .expressionTooHigh(let limit):
            return DiagnosticText(
                "DD1903", "this expression has more than \(limit) levels",
                label: "too many operators", hint: "split it with `let`, or use a list and `sum(…)`"
            )
        case .tooManyChoices(let limit):
            return DiagnosticText(
                "DD1905", "these braces stand for more than \(limit) words",
                label: "too many choices", hint: "write a loop: `for i in 1..5 { … }`")
        case .moreDiagnostics(let count):
            return DiagnosticText(
                "DD1904", "\(count) more \(count == 1 ? "error" : "errors") not shown",
                hint: "mend the ones above first")
        case .formattingDiffers:
            return DiagnosticText(
                "DD1906", "the formatter cannot lay this out without changing what it means",
                label: "the first statement that would change",
                hint: "the file stays as it is; please report it as a bug")
        default: preconditionFailure("not a limit")
        }
    }

    private static func shortened(_ text: String) -> String {
        text.count <= 40 ? text : text.prefix(37) + "…"
    }
}
