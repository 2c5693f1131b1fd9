import Patterns
import Syntax
import Value

extension Compiler {
    // MARK: Operators that give a value

    mutating func compile(_ binary: BinaryExpression, to target: Int, at span: SourceSpan) {
        switch binary.operation {
        case .and, .or:
            let isAnd = binary.operation == .and
            emitBoolean(binary.left, to: target)
            let jump = emitJump(isAnd ? .jumpUnless : .jumpIf, target, at: binary.left.span)
            emitBoolean(binary.right, to: target)
            land([jump])
        case .add, .subtract, .multiply, .divide, .remainder:
            compileArithmetic(binary, to: target, at: span)
        case .matches: compileMatches(binary, to: target, at: span)
        case .matchesRegex:
            let left = notedOperand(binary.left)
            checkPattern(binary.right)
            let right = notedOperand(binary.right)
            emit(Instruction(.matchesPattern, target, left, right), at: span)
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            let (left, right) = comparisonOperands(binary, at: span)
            emit(Instruction(binary.operation.comparison, target, left, right), at: span)
        case .contains, .in, .notIn:
            let left = notedOperand(binary.left)
            let right = notedOperand(binary.right)
            let op: Opcode =
                switch binary.operation {
                case .contains: .contains
                case .in: .inside
                default: .notInside
                }
            emit(Instruction(op, target, left, right), at: span)
        }
    }

    /// Emits a value that must be true or false.
    mutating func emitBoolean(_ expression: Expression, to target: Int) {
        let value = notedOperand(expression)
        emit(Instruction(.requireBoolean, target, value), at: expression.span)
    }

    private mutating func compileArithmetic(
        _ binary: BinaryExpression, to target: Int, at span: SourceSpan
    ) {
        if let immediate = smallInteger(binary.right) {
            let isSum = binary.operation == .add
            if isSum || binary.operation == .subtract {
                let left = notedOperand(binary.left)
                let amount = isSum ? immediate : -immediate
                emit(Instruction(.addInteger, target, left, amount), at: span)
                return
            }
        }
        let left = notedOperand(binary.left)
        let right = notedOperand(binary.right)
        emit(Instruction(binary.operation.opcode, target, left, right), at: span)
    }

    /// A literal integer that fits into an operand and whose negation does.
    private func smallInteger(_ expression: Expression) -> Int? {
        guard case .int(let number)? = constantValue(expression),
            let small = Int16(exactly: number), small != .min
        else { return nil }
        return Int(small)
    }

    private mutating func compileMatches(
        _ binary: BinaryExpression, to target: Int, at span: SourceSpan
    ) {
        let isWholeObject: Bool
        if case .resource = binary.left.kind { isWholeObject = true } else { isWholeObject = false }
        // Of a whole object the differences say enough.
        let left = isWholeObject ? operand(binary.left) : notedOperand(binary.left)
        var plan = MatchPlan(kind: nil, path: [])
        if case .value(let kind, let path) = lastShape {
            plan = MatchPlan(kind: kind, path: path)
        }
        let right = operand(binary.right)
        code.matches.append(plan)
        let index = code.matches.count - 1
        noteComparison(.matches(index), left, right)
        emit(Instruction(.matches, target, left, right), at: span)
        // The plan travels in a word of its own, which the evaluator skips.
        emit(Instruction(.jump, 0, 0, index), at: span)
    }

    private mutating func checkPattern(_ expression: Expression) {
        guard case .string(let literal) = expression.kind, let text = literal.literalText else {
            return
        }
        do throws(PatternError) {
            _ = try Pattern(text, limits: limits.pattern)
        } catch {
            report(.pattern(error.message), at: expression.span)
        }
    }

    // MARK: Comparisons

    /// The registers of both sides, read as quantities or durations where the field facts of one
    /// side say that it is one (DECISIONS 8).
    mutating func comparisonOperands(
        _ binary: BinaryExpression, at span: SourceSpan
    ) -> (Int, Int) {
        let left = notedOperand(binary.left)
        return finishOperands(binary, left, fieldType(of: lastShape), at: span)
    }

    private mutating func finishOperands(
        _ binary: BinaryExpression, _ left: Int, _ leftType: FieldType?, at span: SourceSpan
    ) -> (Int, Int) {
        let right = notedOperand(binary.right)
        let rightType = fieldType(of: lastShape)
        if binary.operation == .equal { noteComparison(.equal, left, right) }
        let op: Opcode
        switch (leftType, rightType) {
        case (.quantity?, _), (_, .quantity?): op = .readQuantity
        case (.duration?, _), (_, .duration?): op = .readDuration
        default:
            checkAmbiguity(binary)
            return (left, right)
        }
        let first = temporaries(2, at: span)
        emit(Instruction(op, first, left), at: binary.left.span)
        emit(Instruction(op, first + 1, right), at: binary.right.span)
        return (first, first + 1)
    }

    /// `5m` against a literal or against a field that is neither duration nor quantity says nothing.
    private mutating func checkAmbiguity(_ binary: BinaryExpression) {
        for (one, other) in [(binary.left, binary.right), (binary.right, binary.left)] {
            guard case .unit(let unit) = one.kind, unit.isDuration, unit.isQuantity else {
                continue
            }
            if let value = constantValue(other), !(value.isOpaque) {
                report(.ambiguousUnit(unit.text), at: one.span)
            }
        }
    }

    func fieldType(of shape: Shape) -> FieldType? {
        guard case .value(let kind, let path) = shape, !path.isEmpty,
            case .known(let type, _) = facts.fieldFact(of: kind, at: path)
        else { return nil }
        return type
    }

    // MARK: Conditions

    /// Emits jumps that are taken when the condition is false; they wait to be landed.
    mutating func jumpUnless(_ condition: Expression) -> [Int] {
        let span = condition.span
        switch condition.kind {
        case .binary(let binary):
            switch binary.operation {
            case .and: return jumpUnless(binary.left) + jumpUnless(binary.right)
            case .or:
                let holds = jumpIf(binary.left)
                let fails = jumpUnless(binary.right)
                land(holds)
                return fails
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
                return [jumpUnlessComparison(binary, at: span)]
            default: break
            }
        case .unary(.not, let operand):
            var jumps: [Int] = []
            negated { jumps = $0.jumpIf(operand) }
            return jumps
        default: break
        }
        let register = notedOperand(condition)
        return [emitJump(.jumpUnless, register, at: span)]
    }

    /// Emits jumps that are taken when the condition is true.
    mutating func jumpIf(_ condition: Expression) -> [Int] {
        switch condition.kind {
        case .binary(let binary) where binary.operation == .or:
            return jumpIf(binary.left) + jumpIf(binary.right)
        case .binary(let binary)
        where binary.operation == .and || binary.operation.isComparison:
            let fails = jumpUnless(condition)
            let holds = emitJump(.jump, at: condition.span)
            land(fails)
            return [holds]
        case .unary(.not, let operand):
            var jumps: [Int] = []
            negated { jumps = $0.jumpUnless(operand) }
            return jumps
        default:
            let register = notedOperand(condition)
            return [emitJump(.jumpIf, register, at: condition.span)]
        }
    }

    /// A comparison that jumps, with the right side in the instruction where it is a literal.
    private mutating func jumpUnlessComparison(
        _ binary: BinaryExpression, at span: SourceSpan
    ) -> Int {
        if let jump = jumpUnlessField(binary, at: span) { return jump }
        let left = notedOperand(binary.left)
        let type = fieldType(of: lastShape)
        if let value = constantValue(binary.right), !value.isOpaque, type != .quantity,
            type != .duration,
            let jump = jumpUnlessLiteral(binary, left, value, at: span)
        {
            checkAmbiguity(binary)
            return jump
        }
        let (first, second) = finishOperands(binary, left, type, at: span)
        return emitJump(binary.operation.jump, first, second, at: span)
    }

    /// `x.a.b == "text"`, the heart of every scan, in one instruction that copies nothing. Where a
    /// report may want the field's value, the general form keeps it in a register.
    private mutating func jumpUnlessField(
        _ binary: BinaryExpression, at span: SourceSpan
    ) -> Int? {
        guard function.recorder == nil,
            binary.operation == .equal || binary.operation == .notEqual,
            case .text? = constantValue(binary.right),
            case .path(let base, let segments) = binary.left.kind,
            segments.allSatisfy({ if case .field = $0.kind { true } else { false } }),
            kindReading(of: binary.left) == nil, code.constants.count < Int(UInt16.max)
        else { return nil }
        let root = operand(base)
        let (plan, shape) = pathPlan(segments, shape: lastShape)
        if let type = fieldType(of: shape), type == .quantity || type == .duration {
            let value = temporary(at: span)
            emit(Instruction(.fields, value, root, addPath(plan)), at: binary.left.span)
            let (first, second) = finishOperands(binary, value, type, at: span)
            return emitJump(binary.operation.jump, first, second, at: span)
        }
        let text = constantValue(binary.right).map { constant($0) } ?? 0
        let jump = emitJump(
            binary.operation == .equal ? .jumpUnlessFieldEqual : .jumpUnlessFieldNotEqual,
            root, text, at: span)
        emit(Instruction(.jump, 0, 0, addPath(plan)), at: binary.left.span)
        return jump
    }

    private mutating func jumpUnlessLiteral(
        _ binary: BinaryExpression, _ left: Int, _ value: Value, at span: SourceSpan
    ) -> Int? {
        switch binary.operation {
        case .equal, .notEqual:
            guard code.constants.count <= Int(UInt16.max) else { return nil }
            let index = constant(value)
            return emitJump(
                binary.operation == .equal
                    ? .jumpUnlessEqualConstant : .jumpUnlessNotEqualConstant,
                left, index, at: span)
        default:
            guard case .int(let number) = value, let small = Int16(exactly: number) else {
                return nil
            }
            return emitJump(
                binary.operation.integerJump, left, Int(UInt16(bitPattern: small)), at: span)
        }
    }
}

extension BinaryOperator {
    var isComparison: Bool {
        switch self {
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: true
        default: false
        }
    }

    var comparison: Opcode {
        switch self {
        case .notEqual: .notEqual
        case .less: .less
        case .lessOrEqual: .lessOrEqual
        case .greater: .greater
        case .greaterOrEqual: .greaterOrEqual
        default: .equal
        }
    }

    var jump: Opcode {
        switch self {
        case .notEqual: .jumpUnlessNotEqual
        case .less: .jumpUnlessLess
        case .lessOrEqual: .jumpUnlessLessOrEqual
        case .greater: .jumpUnlessGreater
        case .greaterOrEqual: .jumpUnlessGreaterOrEqual
        default: .jumpUnlessEqual
        }
    }

    var integerJump: Opcode {
        switch self {
        case .less: .jumpUnlessLessInteger
        case .lessOrEqual: .jumpUnlessLessOrEqualInteger
        case .greater: .jumpUnlessGreaterInteger
        default: .jumpUnlessGreaterOrEqualInteger
        }
    }
}
