import Syntax
import Value

/// What a check of a script can find before it runs. Codes DD2nnn.
enum CheckError: DiagnosticWords {
    // Names
    case undefinedName(String, nearest: String?)
    case undefinedInDocument(String, tag: String)
    case undefinedTarget(String, nearest: String?)
    case duplicateName(String, first: SourceSpan?)
    case usedBeforeDeclaration(String)
    case assignedFunction(String)
    case namedAsKind(String, kind: String)
    case noItem
    /// `x=1` for a variable of the language.
    case shellAssignment(String)
    /// `"$x"` for a variable of the language.
    case dollarStays(String)
    // Control
    case outsideLoop(String)
    case outsideFunction
    case leavesBlock(String, block: String)
    // Calls
    case argumentCount(function: String, expected: String, found: Int, signature: String)
    case defaultBeforeRequired(String)
    // Kinds and fields
    case unknownKind(String, nearest: String?, looksLikeDivision: Bool)
    case unknownField(String, owner: String, nearest: String?)
    case fieldOfList(String)
    case fieldOfScalar(String, type: String)
    case unknownValue(String, field: String, kind: String, known: [String], nearest: String?)
    // Structure
    case topLevel
    case nestedScenario(String)
    case nestedInclude
    case includeNotFound(String)
    case includeTooDeep(Int)
    case includedScenario(String)
    /// The files from one to itself.
    case includeCycle([String])
    case misplacedFinally(isPrompt: Bool)
    case teardownWithoutScenario(isPrompt: Bool)
    case skipsInCleanup(String)
    // Time
    case readsNoResource(String)
    case readsClock
    case actsInCondition(String)
    case deferredAdvances(String)
    case ambiguousUnit(String)
    case notDuration(String)
    case outOfRange(NumberRangeError)
    // Others
    case command(String, hint: String?)
    case pattern(String)
    case duplicateSetting(String)
    case tooManySlots(Int)
    case tooManyWords(Int)
}

extension CheckError {
    var text: DiagnosticText {
        switch self {
        case .undefinedName, .undefinedInDocument, .undefinedTarget, .duplicateName,
            .usedBeforeDeclaration, .assignedFunction, .namedAsKind, .noItem, .shellAssignment,
            .dollarStays:
            nameText
        case .outsideLoop, .outsideFunction, .leavesBlock, .argumentCount, .defaultBeforeRequired:
            controlText
        case .unknownKind, .unknownField, .fieldOfList, .fieldOfScalar, .unknownValue: fieldText
        case .topLevel, .nestedScenario, .nestedInclude, .includeNotFound, .includeTooDeep,
            .includedScenario, .includeCycle, .misplacedFinally, .teardownWithoutScenario,
            .skipsInCleanup:
            structureText
        case .readsNoResource, .readsClock, .actsInCondition, .deferredAdvances, .ambiguousUnit,
            .notDuration:
            timeText
        case .command, .pattern, .duplicateSetting, .tooManySlots, .tooManyWords, .outOfRange:
            otherText
        }
    }

    private static func meant(_ nearest: String?) -> String? {
        nearest.map { "did you mean `\($0)`?" }
    }

    private var nameText: DiagnosticText {
        switch self {
        case .undefinedName(let name, let nearest):
            DiagnosticText(
                "DD2001", "nothing is named `\(name)` here", label: "not defined",
                hint: Self.meant(nearest)
                    ?? "declare it with `let \(name) = …`, or quote it if text was meant")
        case .undefinedInDocument(let name, let tag):
            DiagnosticText(
                "DD2002", "nothing is named `\(name)` here", label: "not defined",
                hint: "write `<<'\(tag)'` to keep `${\(name)}` as it stands")
        case .undefinedTarget(let name, let nearest):
            DiagnosticText(
                "DD2003", "nothing is named `\(name)` here, so it cannot be assigned",
                label: "not defined",
                hint: Self.meant(nearest) ?? "declare it with `let \(name) = …`")
        case .duplicateName(let name, let first):
            DiagnosticText(
                "DD2004", "`\(name)` is declared twice in one block", label: "declared again",
                notes: first.map { [DiagnosticNote("first declared here", at: $0)] } ?? [],
                hint: "assign with `\(name) = …`, or choose another name")
        case .usedBeforeDeclaration(let name):
            DiagnosticText(
                "DD2005", "`\(name)` is used before it is declared", label: "not declared yet",
                hint: "move its `let` above this line")
        case .assignedFunction(let name):
            DiagnosticText(
                "DD2006", "`\(name)` is a function and cannot be assigned",
                label: "a function", hint: "choose another name for the variable")
        case .namedAsKind(let name, let kind):
            DiagnosticText(
                "DD2007",
                "a variable cannot be named `\(name)`, which is a name of the kind \(kind)",
                label: "the name of a kind",
                hint: "choose another name, such as `\(name)Name` or `my\(kind)`")
        case .shellAssignment(let name):
            DiagnosticText(
                "DD2009",
                "`\(name)` is a variable of the language, and this sets one of the shell",
                label: "an assignment of the shell",
                hint: "write `\(name) = …` with blanks, or choose another name")
        case .dollarStays(let name):
            DiagnosticText(
                "DD2090", "`$\(name)` stays as it is here, and a variable is named `\(name)`",
                label: "text, not its value",
                hint: "write `${\(name)}` for the value, or `'$\(name)'` for the text",
                severity: .warning)
        default:
            DiagnosticText(
                "DD2008", "there is no item here that `it` or a leading `.` could mean",
                label: "no item",
                hint: "an item exists after `where`, `has` and `by`, and in the second argument of "
                    + "`map`; a path follows its operand: `deployment/web .spec`")
        }
    }

    private var controlText: DiagnosticText {
        switch self {
        case .outsideLoop(let keyword):
            DiagnosticText(
                "DD2010", "`\(keyword)` stands outside a loop", label: "no loop around it",
                hint: "it belongs inside `for … { }` or `while … { }`")
        case .outsideFunction:
            DiagnosticText(
                "DD2011", "`return` stands outside a function", label: "no function around it",
                hint: "it belongs inside `fn … { }`")
        case .leavesBlock(let keyword, let block):
            DiagnosticText(
                "DD2012", "`\(keyword)` cannot leave the block of `\(block)`",
                label: "would leave the block",
                hint: "let the block run to its end and use a variable for the decision")
        case .argumentCount(let function, let expected, let found, let signature):
            DiagnosticText(
                "DD2020",
                "`\(function)` takes \(expected), but \(found == 0 ? "none" : "\(found)") "
                    + "\(found == 1 ? "is" : "are") given",
                label: "takes \(expected)", hint: "its form is `\(signature)`")
        default:
            if case .defaultBeforeRequired(let name) = self {
                DiagnosticText(
                    "DD2022",
                    "the parameter `\(name)` without a default follows one with a default",
                    label: "needs a default",
                    hint: "put parameters with defaults last")
            } else {
                preconditionFailure("no control error")
            }
        }
    }

    private var fieldText: DiagnosticText {
        switch self {
        case .unknownKind(let name, let nearest, let looksLikeDivision):
            DiagnosticText(
                "DD2030", "there is no kind `\(name)`", label: "not a kind",
                hint: looksLikeDivision
                    ? "for a division write blanks around the sign: `\(name) / …`"
                    : Self.meant(nearest))
        case .unknownField(let field, let owner, let nearest):
            DiagnosticText(
                "DD2031", "\(owner) has no field `\(field)`", label: "no such field",
                hint: Self.meant(nearest))
        case .fieldOfList(let path):
            DiagnosticText(
                "DD2032", "`\(path)` is a list, and a list has no fields", label: "a list",
                hint: "say which items: `[0]`, `[name=web]`, or `[*]` for every one")
        case .unknownValue(let value, let field, let kind, let known, let nearest):
            DiagnosticText(
                "DD2034", "`\(field)` of a \(kind) is never \"\(value)\"", label: "no such value",
                hint: Self.meant(nearest) ?? "it is one of \(known.joined(separator: ", "))")
        default:
            if case .fieldOfScalar(let path, let type) = self {
                DiagnosticText(
                    "DD2033", "`\(path)` is \(type) and has no fields", label: "nothing inside")
            } else {
                preconditionFailure("no field error")
            }
        }
    }

    private var structureText: DiagnosticText {
        switch self {
        case .topLevel:
            DiagnosticText(
                "DD2040", "this statement stands outside the scenarios of the file",
                label: "belongs to no scenario",
                hint: "move it into a `scenario` or into `setup { }`; beside scenarios stand only "
                    + "`file`, `let`, `param`, `fn`, `include`, `behavior`, `seed`, "
                    + "`feature-gate`, `setup` and `teardown`")
        case .nestedScenario(let keyword):
            DiagnosticText(
                "DD2041", "`\(keyword)` stands inside another block", label: "nested",
                hint: "move it to the top level of the file")
        case .nestedInclude:
            DiagnosticText(
                "DD2042", "`include` stands inside a block", label: "nested",
                hint: "move it to the top level of the file")
        case .includeNotFound(let path):
            DiagnosticText(
                "DD2043", "cannot read \"\(path)\"", label: "not found or not allowed",
                hint:
                    "the path counts from the folder of this script; `--allow-read DIR`, or `allow-read` in "
                    + "drydock.yaml, lets scripts read other folders")
        case .includeTooDeep(let limit):
            DiagnosticText(
                "DD2044", "files include each other more than \(limit) levels deep",
                label: "too deep")
        case .includedScenario(let keyword):
            DiagnosticText(
                "DD2045", "an included file cannot hold a `\(keyword)`", label: "not here",
                hint: "run the file itself, or move the shared parts into a file of functions")
        default: cleanupText
        }
    }

    private var cleanupText: DiagnosticText {
        switch self {
        case .includeCycle(let files):
            DiagnosticText(
                "DD2046", "files include each other in a circle: \(files.joined(separator: " → "))",
                label: "back to its beginning",
                hint: "move what both need into a file of its own, and include that")
        case .misplacedFinally(let isPrompt):
            DiagnosticText(
                "DD2047", "`finally` is not the last statement of a scenario", label: "not here",
                hint: isPrompt
                    ? "at the prompt type its statements as they are, or end a typed "
                        + "`scenario \"…\" { … }` with it"
                    : "it stands at the end of a `scenario`, or of a script without any; "
                        + "`teardown { }` at the top runs after each scenario")
        case .teardownWithoutScenario(let isPrompt):
            DiagnosticText(
                "DD2048", "there is no scenario after which this `teardown` could run",
                label: "after nothing",
                hint: isPrompt
                    ? "at the prompt type its statements as they are, or put it before a typed "
                        + "`; scenario \"…\" { … }`"
                    : "end a script that is one scenario itself with `finally { … }`")
        default:
            if case .skipsInCleanup(let keyword) = self {
                DiagnosticText(
                    "DD2049", "`\(keyword)` cannot skip a scenario that has run",
                    label: "too late", hint: "put `skip` before what it is to leave out")
            } else {
                preconditionFailure("no cleanup error")
            }
        }
    }

    private var timeText: DiagnosticText {
        switch self {
        case .readsNoResource(let keyword):
            DiagnosticText(
                "DD2050",
                "this condition of `\(keyword)` reads no resource, so no state change can alter it",
                label: "nothing that changes",
                hint: "variables keep the value they have now: write the resource itself here, "
                    + "such as `deployment/web .status.readyReplicas`")
        case .readsClock:
            DiagnosticText(
                "DD2051", "a condition over time cannot read the clock", label: "reads the clock",
                hint: "the limit of `within` is its clock")
        case .actsInCondition(let what):
            DiagnosticText(
                "DD2052", "a condition over time cannot run \(what)", label: "acts",
                hint: "a condition only reads; it is evaluated at every state change")
        case .deferredAdvances(let command):
            DiagnosticText(
                "DD2053", "a block of `at` or `every` cannot let time pass with `\(command)`",
                label: "advances time",
                hint:
                    "the block runs within one instant; schedule another `at` for what comes later"
            )
        case .ambiguousUnit(let text):
            DiagnosticText(
                "DD2054",
                "`\(text)` can be a duration or a quantity, and nothing here decides which",
                label: "minutes or thousandths?",
                hint: "write `duration(\"\(text)\")` or `quantity(\"\(text)\")`")
        default:
            if case .notDuration(let text) = self {
                DiagnosticText(
                    "DD2055", "`\(text)` is not a duration", label: "expected a duration",
                    hint: "write a number with a unit: `30s`, `5m`, `1h30m`")
            } else {
                preconditionFailure("no time error")
            }
        }
    }

    private var otherText: DiagnosticText {
        switch self {
        case .command(let message, let hint):
            DiagnosticText("DD2060", message, hint: hint)
        case .outOfRange(let error):
            DiagnosticText(
                "DD2063", "`\(error.written)` cannot be held exactly", label: "out of range",
                hint: error.bounds)
        case .pattern(let message):
            DiagnosticText("DD2061", "this is no regular expression: \(message)")
        case .duplicateSetting(let name):
            DiagnosticText(
                "DD2062", "`\(name)` is set twice", label: "set again", hint: "keep one of them")
        case .tooManySlots(let limit):
            DiagnosticText(
                "DD2070", "this function needs more than \(limit) variables and values at once",
                label: "too large", hint: "split it into several functions")
        case .tooManyWords(let limit):
            DiagnosticText(
                "DD2071", "the braces of this word stand for more than \(limit) words",
                label: "too many choices", hint: "write a loop: `for i in 1..5 { … }`")
        default: preconditionFailure("no other error")
        }
    }
}
