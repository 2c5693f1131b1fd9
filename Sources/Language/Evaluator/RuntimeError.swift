import Syntax
import Value

/// A mistake that shows when a script runs. Codes DD3nnn. The evaluator adds the place.
enum RuntimeError: Error, DiagnosticWords {
    // Types
    case operands(String, Value, Value)
    case ordering(String, Value, Value)
    case orderingNull(String, Value, Value)
    case notBoolean(Value)
    case notNumber(Value)
    case notInteger(String, Value)
    case notSequence(Value)
    case notFunction(Value)
    case ambiguousUnit(String)
    case notDuration(Value)
    case notQuantity(Value)
    case notText(String, Value)
    case unpackCount(expected: Int, found: Int)
    case noRows(String)
    case unset(String)
    // Numbers
    case overflow(String)
    case inexact(String)
    case outOfRange(NumberRangeError)
    case divisionByZero
    // Structures
    case indexOutOfRange(Int, count: Int)
    case indexType(Value, of: Value)
    case fieldOfList(String)
    case fieldOfScalar(String, Value)
    case setInside(String, Value)
    case unknownField(String, owner: String, nearest: String?)
    case closureInObject(Value)
    // Calls
    case argumentCount(function: String, expected: String, found: Int)
    case argument(function: String, parameter: String, expected: String, found: Value)
    case builtin(String, hint: String?)
    // Resources and commands
    case absent(text: String, nearest: String?)
    case neverAny(list: String, why: String)
    case unknownKind(String, nearest: String?)
    case selector(String)
    case nullWord
    case valueInWord(Value)
    case actsInCondition
    case host(String, hint: String?)
    /// In the words of a shell.
    case shell(String)
    // Limits
    case steps(Int)
    case callDepth(Int)
    case nativeDepth(Int)
    case textSize(Int)
    case itemCount(Int)
    case caseCount(Int)
    case nesting(Int)
    case patternSteps(Int)
    case pattern(String)
}

extension RuntimeError {
    var text: DiagnosticText {
        switch self {
        case .operands, .ordering, .orderingNull, .notBoolean, .notNumber, .notInteger,
            .notSequence, .notFunction, .ambiguousUnit, .notDuration, .notQuantity, .notText,
            .unpackCount, .noRows, .unset:
            typeText
        case .overflow, .inexact, .outOfRange, .divisionByZero, .indexOutOfRange, .indexType,
            .fieldOfList,
            .fieldOfScalar, .setInside, .unknownField, .closureInObject:
            structureText
        case .argumentCount, .argument, .builtin, .absent, .neverAny, .unknownKind, .selector,
            .nullWord, .valueInWord, .actsInCondition, .host, .shell:
            callText
        case .steps, .callDepth, .nativeDepth, .textSize, .itemCount, .caseCount, .nesting,
            .patternSteps,
            .pattern:
            limitText
        }
    }

    /// A value with its kind, short enough for a message: `3 (integer)`.
    static func shown(_ value: Value) -> String {
        if value.isNull { return "null" }
        return "\(Rendering.short(value)) (\(value.typeName))"
    }

    private var typeText: DiagnosticText {
        switch self {
        case .operands(let sign, let left, let right):
            DiagnosticText(
                "DD3001",
                "`\(sign)` does not work on \(Self.shown(left)) and \(Self.shown(right))",
                hint: left.isNull || right.isNull ? "a missing field reads as null" : nil)
        case .ordering(let sign, let left, let right):
            DiagnosticText(
                "DD3002",
                "`\(sign)` cannot order \(Self.shown(left)) and \(Self.shown(right))",
                hint: "values of one kind can be ordered: numbers, texts, durations, quantities")
        case .orderingNull(let sign, let left, let right):
            DiagnosticText(
                "DD3003",
                "`\(sign)` cannot order \(Self.shown(left)) and \(Self.shown(right))",
                hint: "the field is missing; test it with `exists` first")
        case .notBoolean(let value):
            DiagnosticText(
                "DD3004", "expected true or false, found \(Self.shown(value))",
                hint: value.isNull
                    ? "a missing field reads as null; test it with `exists`"
                    : "compare it with something: `… == …`")
        case .notNumber(let value):
            DiagnosticText("DD3005", "expected a number, found \(Self.shown(value))")
        case .notInteger(let what, let value):
            DiagnosticText("DD3006", "\(what) must be an integer, found \(Self.shown(value))")
        case .notSequence(let value):
            DiagnosticText(
                "DD3007", "expected a list, a map or a range, found \(Self.shown(value))",
                hint: value.isNull ? "a missing field reads as null" : nil)
        case .notFunction(let value):
            DiagnosticText("DD3008", "expected a function, found \(Self.shown(value))")
        case .ambiguousUnit(let text):
            DiagnosticText(
                "DD3009",
                "`\(text)` can be a duration or a quantity, and the other side does not decide which",
                hint: "write `duration(\"\(text)\")` or `quantity(\"\(text)\")`")
        default: unitText
        }
    }

    private var unitText: DiagnosticText {
        switch self {
        case .notDuration(let value):
            DiagnosticText(
                "DD3010", "expected a duration, found \(Self.shown(value))",
                hint: "write a number with a unit: `30s`, `5m`, `1h30m`")
        case .notQuantity(let value):
            DiagnosticText(
                "DD3011", "expected a quantity, found \(Self.shown(value))",
                hint: "quantities are numbers with a suffix: `500m`, `2Gi`")
        case .notText(let what, let value):
            DiagnosticText("DD3012", "\(what) must be text, found \(Self.shown(value))")
        case .unpackCount(let expected, let found):
            DiagnosticText(
                "DD3013", "there are \(expected) names, but \(found) values to take apart")
        case .noRows(let title):
            DiagnosticText(
                "DD3015", "the list of the scenario \"\(title)\" is empty, so that it never runs",
                hint: "write `skip` in its head where that is meant")
        case .unset(let name):
            DiagnosticText(
                "DD3014", "`\(name)` has no value yet", hint: "its `let` has not been reached")
        default: preconditionFailure("no type error")
        }
    }

    private var structureText: DiagnosticText {
        switch self {
        case .overflow(let text):
            DiagnosticText("DD3020", "the result of \(text) does not fit into 64 bits")
        case .inexact(let text):
            DiagnosticText("DD3020", "the result of \(text) cannot be held exactly")
        case .outOfRange(let error):
            DiagnosticText(
                "DD3029", "`\(error.written)` cannot be held exactly", hint: error.bounds)
        case .divisionByZero: DiagnosticText("DD3021", "division by zero")
        case .indexOutOfRange(let index, let count):
            DiagnosticText(
                "DD3022",
                count == 0
                    ? "index \(index) is outside the list, which is empty"
                    : "index \(index) is outside the list, whose indices are 0 to \(count - 1)",
                hint: "negative indices count from the end: `[-1]` is the last item")
        case .indexType(let index, let base):
            DiagnosticText(
                "DD3023", "a \(base.typeName) cannot be indexed with \(Self.shown(index))")
        case .fieldOfList(let path):
            DiagnosticText(
                "DD3024", "`\(path)` is asked of a list, and a list has no fields",
                hint: "say which items: `[0]`, `[name=web]`, or `[*]` for every one")
        case .fieldOfScalar(let path, let value):
            DiagnosticText(
                "DD3025", "`\(path)` is asked of \(Self.shown(value)), which has no fields")
        case .setInside(let path, let value):
            DiagnosticText(
                "DD3026", "cannot set `\(path)` inside \(Self.shown(value))",
                hint: "only maps and lists have parts")
        case .unknownField(let field, let owner, let nearest):
            DiagnosticText(
                "DD3027", "\(owner) has no field `\(field)`",
                hint: nearest.map { "did you mean `\($0)`?" })
        case .closureInObject(let value):
            DiagnosticText(
                "DD3028", "a \(value.typeName) cannot become part of an object or a text")
        default: preconditionFailure("no structure error")
        }
    }

    private var callText: DiagnosticText {
        switch self {
        case .argumentCount(let function, let expected, let found):
            DiagnosticText(
                "DD3030",
                "\(function.isEmpty ? "this function" : "`\(function)`") takes \(expected), but "
                    + "\(found) \(found == 1 ? "is" : "are") given")
        case .argument(let function, let parameter, let expected, let found):
            DiagnosticText(
                "DD3031",
                "the argument `\(parameter)` of `\(function)` must be \(expected), "
                    + "found \(Self.shown(found))",
                hint: found.isNull ? "a missing field reads as null" : nil)
        case .builtin(let message, let hint): DiagnosticText("DD3032", message, hint: hint)
        case .absent(let text, let nearest):
            DiagnosticText(
                "DD3040", "\(text) does not exist", hint: nearest.map { "did you mean `\($0)`?" })
        case .neverAny(let list, let why):
            DiagnosticText(
                "DD3046", "`\(list)` is empty, and could not be otherwise: \(why)",
                hint: "write `count(…) == 0` where nothing must ever have such labels")
        case .unknownKind(let name, let nearest):
            DiagnosticText(
                "DD3041", "there is no kind `\(name)`",
                hint: nearest.map { "did you mean `\($0)`?" })
        case .selector(let text): DiagnosticText("DD3042", "`\(text)` is not a label selector")
        case .nullWord:
            DiagnosticText(
                "DD3043", "the value to insert into the command is null",
                hint: "a missing field reads as null")
        case .valueInWord(let value):
            DiagnosticText(
                "DD3044", "\(Self.shown(value)) cannot be inserted into a word of a command",
                hint: "insert a text or a number; a list of them must be a word of its own")
        case .actsInCondition:
            DiagnosticText(
                "DD3045", "a function that a condition over time calls cannot run commands",
                hint: "a condition only reads; it is evaluated at every state change")
        case .host(let message, let hint): DiagnosticText("DD3050", message, hint: hint)
        case .shell(let message): DiagnosticText("DD3051", message)
        default: preconditionFailure("no call error")
        }
    }

    private var limitText: DiagnosticText {
        switch self {
        case .steps(let limit):
            DiagnosticText(
                "DD3060", "the script took more than \(limit) loop rounds and calls",
                hint: "does the loop here ever end?")
        case .callDepth(let limit):
            DiagnosticText(
                "DD3061", "functions call each other more than \(limit) levels deep",
                hint: "does the recursion here ever end?")
        case .nativeDepth(let limit):
            DiagnosticText(
                "DD3062",
                "blocks and built-in functions run inside each other more than \(limit) "
                    + "levels deep")
        case .textSize(let limit):
            DiagnosticText("DD3063", "a text would grow beyond \(limit) bytes")
        case .itemCount(let limit):
            DiagnosticText("DD3064", "a list would grow beyond \(limit) items")
        case .caseCount(let limit):
            DiagnosticText("DD3068", "the scenarios of a file have more than \(limit) cases")
        case .nesting(let limit):
            DiagnosticText("DD3065", "a value would nest more than \(limit) levels deep")
        case .patternSteps(let limit):
            DiagnosticText("DD3066", "a regular expression took more than \(limit) steps")
        case .pattern(let message):
            DiagnosticText("DD3067", "this is no regular expression: \(message)")
        default: preconditionFailure("no limit error")
        }
    }
}
