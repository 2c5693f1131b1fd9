import Support
import Syntax
import Value

extension Resolver {
    mutating func resolvePath(
        _ expression: Expression, _ base: Expression, _ segments: [PathSegment]
    ) -> Resolved {
        if let list = kindReading(of: expression) { return value(list) }
        let root = value(base)
        let (plan, shape) = pathPlan(
            segments, shape: root.shape, at: pathSpan(base, segments))
        let path = tree.add(plan)
        let node: PathNode =
            tree.fieldRange(of: path).isEmpty
            ? .steps(root.node, path) : .fields(root.node, path)
        return Resolved(node: add(.path(node), at: expression.span), shape: shape)
    }

    /// A path in the text without parentheses around it.
    func pathSpan(_ base: Expression, _ segments: [PathSegment]) -> SourceSpan {
        SourceSpan(
            start: Int(base.span.start), end: Int(segments.last?.span.end ?? base.span.end))
    }

    /// `deployments.apps[app=web]` is a list of a kind with its group unless the root is a variable.
    func kindReading(of expression: Expression) -> Expression? {
        guard case .path(let base, _) = expression.kind, case .name(let name) = base.kind,
            lookUp(name) == nil, let reading = expression.dottedKindReading
        else { return nil }
        return reading
    }

    // MARK: Plans

    /// The plan of a path, checked against the facts about the value it starts from.
    mutating func pathPlan(
        _ segments: [PathSegment], shape: Shape, isAssigned: Bool = false, at span: SourceSpan
    ) -> (plan: PathPlan, shape: Shape) {
        var walk = PathWalk(shape: shape)
        var steps: [PathStep] = []
        for segment in segments {
            steps.append(step(for: segment, walk: &walk))
        }
        var missing = Value.null
        if !isAssigned, case .known(let type, readsZero: true)? = walk.fact(facts) {
            missing = type == .boolean ? .bool(false) : .int(0)
        }
        let plan = PathPlan(
            steps: steps, missing: missing, isChecked: walk.isKnown,
            isFixed: steps.allSatisfy(\.isFixed),
            span: NodeSpan(source: sourceIndex, span: span))
        return (plan, walk.result)
    }

    private mutating func step(for segment: PathSegment, walk: inout PathWalk) -> PathStep {
        switch segment.kind {
        case .field(let name):
            if let error = walk.enter(name, facts) { report(error, at: segment.span) }
            return .field(Key(name))
        case .all:
            walk.enterItem(facts)
            walk.isMapped = true
            return .all
        case .index(let expression):
            switch constantValue(expression) {
            case .int(let number)?:
                walk.enterItem(facts)
                return .index(Int(clamping: number))
            case .text(let text)?:
                walk.enterKey(text.string, facts)
                return .field(Key(text.string))
            default:
                walk.enterIndexed(facts)
                return .computed(value(expression).node)
            }
        case .select(let selector):
            walk.enterItem(facts)
            for requirement in selector.requirements { checkValues(of: requirement, in: walk) }
            return .select(selector.requirements.map { selectPlan($0) })
        }
    }

    private mutating func selectPlan(_ requirement: Requirement) -> SelectPlan {
        let (key, relation, values) = requirement.kind.parts
        return SelectPlan(
            key: textPlan(key), relation: relation,
            values: values.map { textPlan($0.pieces, at: $0.span) })
    }

    // MARK: Texts

    mutating func textPlan(_ name: NameText) -> TextPlan { textPlan(name.pieces, at: name.span) }

    mutating func textPlan(_ pieces: [StringPiece], at span: SourceSpan) -> TextPlan {
        if let text = pieces.literalText { return .known(text) }
        return .computed(resolve(pieces, at: span))
    }

    /// What is known of the items of a sequence.
    func itemShape(of shape: Shape) -> Shape {
        switch shape {
        case .unknown: return .unknown
        case .items(let kind, let path): return .value(kind, path)
        case .value:
            var walk = PathWalk(shape: shape)
            walk.enterItem(facts)
            return walk.result
        }
    }
}

extension RequirementKind {
    /// The key, what is asked of it, and the values it is held against.
    var parts: (key: NameText, relation: LabelRequirement.Relation, values: [SelectorValue]) {
        switch self {
        case .equal(let key, let value): (key, .equal, [value])
        case .notEqual(let key, let value): (key, .notEqual, [value])
        case .oneOf(let key, let values): (key, .oneOf, values)
        case .noneOf(let key, let values): (key, .noneOf, values)
        case .exists(let key): (key, .exists, [])
        case .absent(let key): (key, .absent, [])
        }
    }
}
