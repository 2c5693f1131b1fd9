import Patterns
import Syntax
import Value

extension Resolver {
    // MARK: Operators that give a value

    mutating func resolve(_ binary: BinaryExpression, at span: SourceSpan) -> NodeIndex {
        switch binary.operation {
        case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return condition(Expression(kind: .binary(binary), span: span))
        case .add, .subtract, .multiply, .divide, .remainder:
            let (left, right) = (noted(binary.left).node, noted(binary.right).node)
            return addArithmetic(binary.operation.arithmetic, left, right, at: span)
        case .matches: return resolveMatches(binary, at: span)
        case .matchesRegex:
            let left = noted(binary.left).node
            checkPattern(binary.right)
            return add(.comparison(.matchesRegex(left, noted(binary.right).node)), at: span)
        case .contains:
            let (left, right) = (noted(binary.left), noted(binary.right).node)
            // Of a text it is a part that is looked for.
            if case .items = left.shape { checkValues(in: binary.right, of: left.shape) }
            return add(.comparison(.contains(left.node, right)), at: span)
        case .in:
            let (left, right) = (noted(binary.left), noted(binary.right).node)
            checkValues(in: binary.right, of: left.shape)
            return add(.comparison(.inside(left.node, right)), at: span)
        case .notIn:
            let (left, right) = (noted(binary.left), noted(binary.right).node)
            checkValues(in: binary.right, of: left.shape)
            return add(.comparison(.notInside(left.node, right)), at: span)
        }
    }

    mutating func addArithmetic(
        _ sign: ArithmeticOperator, _ left: NodeIndex, _ right: NodeIndex, at span: SourceSpan
    ) -> NodeIndex {
        add(.arithmetic(sign, tree.operand(left), tree.operand(right)), at: span)
    }

    private mutating func resolveMatches(
        _ binary: BinaryExpression, at span: SourceSpan
    ) -> NodeIndex {
        // Of a whole object the differences say enough.
        let isWholeObject = if case .resource = binary.left.kind { true } else { false }
        let left = kept(binary.left, isShown: !isWholeObject)
        var plan = MatchPlan(kind: nil, path: [])
        if case .value(let kind, let path) = left.shape {
            plan = MatchPlan(kind: kind, path: path)
        }
        let row = tree.matches.add(plan)
        let right = kept(binary.right, isShown: false)
        checkValues(in: binary.right, of: left.shape)
        noteComparison(.matches(row), left, right)
        return add(.comparison(.matches(left.node, right.node, row)), at: span)
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

    // MARK: Conditions

    /// The node of an expression that must be true or false.
    mutating func condition(_ condition: Expression) -> NodeIndex {
        let span = condition.span
        switch condition.kind {
        case .binary(let binary):
            switch binary.operation {
            case .and:
                let (left, right) = (self.condition(binary.left), self.condition(binary.right))
                return add(.logic(.and(left, right)), at: span)
            case .or:
                let (left, right) = (self.condition(binary.left), self.condition(binary.right))
                return add(.logic(.or(left, right)), at: span)
            case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
                return resolveComparison(binary, at: span)
            case .matchesRegex, .matches, .contains, .in, .notIn, .add, .subtract, .multiply,
                .divide, .remainder:
                return noted(condition).node
            }
        case .unary(.not, let operand):
            let inner = negated { $0.condition(operand) }
            return add(.logic(.not(inner)), at: span)
        case .presence(let operand, let isPresent):
            let part = presenceOperand(operand)
            return add(.logic(isPresent ? .exists(part) : .absent(part)), at: span)
        case .quantified(let quantified): return resolve(quantified, at: span)
        case .null, .boolean, .integer, .float, .unit, .percent, .string, .hereDocument, .list,
            .map, .timed, .name, .item, .resource, .resources, .path, .call, .function,
            .unary(.negate, _), .range, .filter, .sort, .conditional, .output:
            return noted(condition).node
        }
    }

    // MARK: Comparisons

    /// A comparison whose sides are read as quantities or durations where the field facts of one
    /// say that it is one (DECISIONS 8).
    private mutating func resolveComparison(
        _ binary: BinaryExpression, at span: SourceSpan
    ) -> NodeIndex {
        let left: Kept
        if let (base, segments) = plainFields(binary) {
            let root = value(base)
            let (plan, shape) = pathPlan(
                segments, shape: root.shape, at: pathSpan(base, segments))
            let path = tree.add(plan)
            if !isAmount(fieldType(of: shape)) {
                checkValues(in: binary.right, of: shape)
                return addFieldTest(binary, root.node, path, at: span)
            }
            let fields = add(.path(.fields(root.node, path)), at: binary.left.span)
            left = keep(Resolved(node: fields, shape: shape), binary.left, isShown: true)
        } else {
            left = kept(binary.left, isShown: true)
        }
        let right = kept(binary.right, isShown: true)
        checkValues(in: binary.right, of: left.shape)
        checkValues(in: binary.left, of: right.shape)
        if binary.operation == .equal, !isPlainConstant(binary.right) {
            noteComparison(.equal, left, right)
        }
        var (one, other) = (left.node, right.node)
        switch (fieldType(of: left.shape), fieldType(of: right.shape)) {
        case (.quantity?, _), (_, .quantity?):
            one = add(.reading(.quantity(one)), at: binary.left.span)
            other = add(.reading(.quantity(other)), at: binary.right.span)
        case (.duration?, _), (_, .duration?):
            one = add(.reading(.duration(one)), at: binary.left.span)
            other = add(.reading(.duration(other)), at: binary.right.span)
        default: checkAmbiguity(binary)
        }
        let comparison = binary.operation.comparison(tree.operand(one), tree.operand(other))
        return add(.comparison(comparison), at: span)
    }

    private func isAmount(_ type: FieldType?) -> Bool { type == .quantity || type == .duration }

    /// A literal that is what it is beside any field.
    private func isPlainConstant(_ expression: Expression) -> Bool {
        constantValue(expression).map { !$0.isOpaque } ?? false
    }

    /// `5m` against a literal or against a field that is neither duration nor quantity says nothing.
    private mutating func checkAmbiguity(_ binary: BinaryExpression) {
        for (one, other) in [(binary.left, binary.right), (binary.right, binary.left)] {
            guard case .unit(let unit) = one.kind, unit.isDuration, unit.isQuantity,
                isPlainConstant(other)
            else { continue }
            report(.ambiguousUnit(unit.text), at: one.span)
        }
    }

    func fieldType(of shape: Shape) -> FieldType? {
        guard case .value(let kind, let path) = shape, !path.isEmpty,
            case .known(let type, _) = facts.fieldFact(of: kind, at: path)
        else { return nil }
        return type
    }

    /// The parts of `x.a.b` in `x.a.b == "text"`, the heart of every scan, which becomes one node
    /// that copies nothing.
    private func plainFields(_ binary: BinaryExpression) -> (Expression, [PathSegment])? {
        guard binary.operation == .equal || binary.operation == .notEqual,
            case .text? = constantValue(binary.right),
            case .path(let base, let segments) = binary.left.kind,
            segments.allSatisfy({ if case .field = $0.kind { true } else { false } }),
            kindReading(of: binary.left) == nil
        else { return nil }
        return (base, segments)
    }

    private mutating func addFieldTest(
        _ binary: BinaryExpression, _ root: NodeIndex, _ path: Row<PathPlan>, at span: SourceSpan
    ) -> NodeIndex {
        let text = constantValue(binary.right)?.string ?? ""
        if case .string(let literal) = binary.right.kind { checkDollars(in: literal) }
        var test = FieldTest(root: root, path: path, text: tree.texts.add(text))
        if let recorder = function.recorder {
            let slot = slot(at: binary.left.span)
            test.noted = slot
            recorder.parts.append(PartOfReport(span: binary.left.span, slot: slot))
        }
        let row = tree.fieldTests.add(test)
        let isEqual = binary.operation == .equal
        return add(.comparison(isEqual ? .fieldIs(row) : .fieldIsNot(row)), at: span)
    }
}

extension BinaryOperator {
    /// The node of a comparison. Only for operators that compare by amount or content.
    fileprivate func comparison(_ left: Operand, _ right: Operand) -> ComparisonNode {
        switch self {
        case .equal: .equal(left, right)
        case .notEqual: .notEqual(left, right)
        case .less: .ordered(.less, left, right)
        case .lessOrEqual: .ordered(.lessOrEqual, left, right)
        case .greater: .ordered(.greater, left, right)
        case .greaterOrEqual: .ordered(.greaterOrEqual, left, right)
        case .or, .and, .matchesRegex, .matches, .contains, .in, .notIn, .add, .subtract,
            .multiply, .divide, .remainder:
            preconditionFailure("`\(rawValue)` is no comparison")
        }
    }
}
