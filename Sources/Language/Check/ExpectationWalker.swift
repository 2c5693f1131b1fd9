import Syntax

/// Finds expectations whose answer is known beforehand.
///
/// Conditions over constants alone (`expect 90s == 1m30s`) are left alone: they test the language, and
/// say something. So is `expect false`, which is how a script fails on purpose.
struct ExpectationWalker: SyntaxWalker {
    private(set) var findings: [Finding] = []

    mutating func visit(_ statement: Statement) {
        walk(statement)
        switch statement.kind {
        case .expect(let expect): look(at: expect)
        case .invariant(let invariant):
            look(at: invariant.condition, isNegated: invariant.kind == .never)
        case .let, .assign, .if, .for, .while, .break, .continue, .function, .return, .include,
            .file, .setup, .cleanup, .scenario, .exercise, .timer, .behavior, .attach, .skip,
            .print, .expression, .command:
            return
        }
    }

    private mutating func look(at expect: ExpectStatement) {
        switch expect.kind {
        case .now(let condition): look(at: condition)
        case .within(let time, let condition):
            if case .unit(let unit) = time.kind, unit.text.prefix(while: \.isNumber) == "0",
                !unit.text.contains(where: { $0.isNumber && $0 != "0" })
            {
                add(.withinNothing, at: time)
            }
            look(at: condition)
        case .fails, .unchanged, .order: return
        case .output(_, let check):
            guard check.relation != .equals, !check.isNegated,
                case .string(let text) = check.expected.kind, text.literalText == ""
            else { return }
            add(.neverFails(why: "every text holds the empty one"), at: check.expected)
        }
    }

    private mutating func look(at condition: Expression, isNegated: Bool = false) {
        if case .boolean(false) = condition.kind { return }
        guard let verdict = KnownAnswer(condition) else { return }
        let holds = verdict.holds != isNegated
        add(
            holds ? .neverFails(why: verdict.reason) : .neverHolds(why: verdict.reason),
            at: condition)
    }

    private mutating func add(_ warning: CheckWarning, at expression: Expression) {
        findings.append(Finding(warning: warning, span: expression.span))
    }
}

/// What is known of a condition before anything runs.
private struct KnownAnswer {
    let holds: Bool
    let reason: String

    init(holds: Bool, _ reason: String) {
        self.holds = holds
        self.reason = reason
    }

    /// Nil where the condition has to be evaluated.
    init?(_ condition: Expression) {
        guard let verdict = Self.verdict(condition) else { return nil }
        self = verdict
    }

    private static func verdict(_ condition: Expression) -> KnownAnswer? {
        switch condition.kind {
        case .boolean(let value): return KnownAnswer(holds: value, "`\(value)` is known beforehand")
        case .unary(.not, let operand):
            return verdict(operand).map { KnownAnswer(holds: !$0.holds, $0.reason) }
        case .binary(let binary): return verdict(binary)
        case .null, .integer, .float, .unit, .percent, .string, .hereDocument, .list, .map, .timed,
            .name,
            .item, .resource, .resources, .path, .call, .function, .unary, .range, .presence,
            .filter,
            .sort, .quantified, .conditional, .output:
            return nil
        }
    }

    private static func verdict(_ binary: BinaryExpression) -> KnownAnswer? {
        let (left, right) = (binary.left, binary.right)
        switch binary.operation {
        case .and, .or:
            // One side decides: `or` where it holds, `and` where it does not.
            let decides = binary.operation == .or
            let sides = [verdict(left), verdict(right)].compactMap { $0 }
            if let one = sides.first(where: { $0.holds == decides }) { return one }
            if sides.count == 2 { return sides[0] }
            return decides ? opposites(left, right) : nil
        case .contains, .matchesRegex:
            guard case .string(let text) = right.kind, text.literalText == "" else { return nil }
            return KnownAnswer(holds: true, "every text holds the empty one")
        case .equal, .lessOrEqual, .greaterOrEqual, .notEqual, .less, .greater:
            return sameSides(binary) ?? ofCount(binary)
        case .matches, .in, .notIn, .add, .subtract, .multiply, .divide, .remainder: return nil
        }
    }

    /// `x exists or x absent`
    private static func opposites(_ left: Expression, _ right: Expression) -> KnownAnswer? {
        guard case .presence(let one, let isPresent) = left.kind,
            case .presence(let other, let isOther) = right.kind, isPresent != isOther,
            SyntaxPrinter.text(of: one) == SyntaxPrinter.text(of: other)
        else { return nil }
        return KnownAnswer(holds: true, "one of the two always holds")
    }

    /// `x == x`, of what is read and not computed anew.
    private static func sameSides(_ binary: BinaryExpression) -> KnownAnswer? {
        guard isRead(binary.left),
            SyntaxPrinter.text(of: binary.left) == SyntaxPrinter.text(of: binary.right)
        else { return nil }
        let holds: Bool
        switch binary.operation {
        case .equal, .lessOrEqual, .greaterOrEqual: holds = true
        default: holds = false
        }
        return KnownAnswer(holds: holds, "both sides are the same")
    }

    private static func isRead(_ expression: Expression) -> Bool {
        switch expression.kind {
        case .name, .item, .resource, .resources: true
        case .path(let base, _): isRead(base)
        default: false
        }
    }

    /// `count(…) >= 0` and the like: a count is never below zero.
    private static func ofCount(_ binary: BinaryExpression) -> KnownAnswer? {
        let reason = "a count is never below zero"
        if isCount(binary.left), let number = integer(binary.right) {
            return verdict(binary.operation, number).map { KnownAnswer(holds: $0, reason) }
        }
        if isCount(binary.right), let number = integer(binary.left) {
            return verdict(binary.operation.turned, number).map { KnownAnswer(holds: $0, reason) }
        }
        return nil
    }

    /// What `count OPERATION number` gives for every count; nil where that depends.
    private static func verdict(_ operation: BinaryOperator, _ number: Int64) -> Bool? {
        switch operation {
        case .greaterOrEqual where number <= 0: true
        case .greater where number < 0: true
        case .notEqual where number < 0: true
        case .less where number <= 0: false
        case .lessOrEqual where number < 0: false
        case .equal where number < 0: false
        default: nil
        }
    }

    private static func isCount(_ expression: Expression) -> Bool {
        guard case .call(let call) = expression.kind, case .name(let name) = call.callee.kind else {
            return false
        }
        return name == "count" || name == "length"
    }

    private static func integer(_ expression: Expression) -> Int64? {
        switch expression.kind {
        case .integer(let number): number
        case .unary(.negate, let operand): integer(operand).flatMap { $0 == .min ? nil : -$0 }
        default: nil
        }
    }
}

extension BinaryOperator {
    /// The comparison with its sides exchanged.
    fileprivate var turned: BinaryOperator {
        switch self {
        case .less: .greater
        case .lessOrEqual: .greaterOrEqual
        case .greater: .less
        case .greaterOrEqual: .lessOrEqual
        default: self
        }
    }
}
