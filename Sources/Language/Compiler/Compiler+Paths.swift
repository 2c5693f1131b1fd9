import Support
import Syntax
import Value

extension Compiler {
    mutating func compilePath(
        _ expression: Expression, _ base: Expression, _ segments: [PathSegment], to target: Int
    ) -> Shape {
        if let list = kindReading(of: expression) { return emitValue(list, to: target) }
        let register = operand(base)
        let (plan, shape) = pathPlan(segments, shape: lastShape)
        let isPlain = plan.steps.allSatisfy { if case .field = $0 { true } else { false } }
        let span =
            segments.isEmpty
            ? expression.span
            : SourceSpan(start: Int(base.span.start), end: Int(segments.last!.span.end))
        emit(
            Instruction(isPlain ? .fields : .path, target, register, addPath(plan)), at: span)
        return shape
    }

    /// `deployments.apps[app=web]` is a list of a kind with its group unless the root is a variable.
    func kindReading(of expression: Expression) -> Expression? {
        guard case .path(let base, _) = expression.kind, case .name(let name) = base.kind,
            lookUp(name) == nil, let reading = expression.dottedKindReading
        else { return nil }
        return reading
    }

    mutating func addPath(_ plan: PathPlan) -> Int {
        code.paths.append(plan)
        return code.paths.count - 1
    }

    // MARK: Plans

    /// The plan of a path, checked against the facts about the value it starts from.
    mutating func pathPlan(
        _ segments: [PathSegment], shape: Shape, isAssigned: Bool = false
    ) -> (PathPlan, Shape) {
        var walk = PathWalk(shape: shape)
        var steps: [PathStep] = []
        for segment in segments {
            steps.append(step(for: segment, walk: &walk))
        }
        let text = segments.map { source.text(in: $0.span) }.joined()
        var missing = Value.null
        if !isAssigned, case .known(let type, readsZero: true)? = walk.fact(facts) {
            missing = type == .boolean ? .bool(false) : .int(0)
        }
        let plan = PathPlan(
            steps: steps, text: text, missing: missing, isChecked: walk.isKnown,
            spans: segments.map(\.span))
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
                return .register(operand(expression))
            }
        case .select(let selector):
            walk.enterItem(facts)
            return .select(selector.requirements.map { selectPlan($0) })
        }
    }

    private mutating func selectPlan(_ requirement: Requirement) -> SelectPlan {
        func plan(
            _ key: NameText, _ relation: LabelRequirement.Relation, _ values: [SelectorValue],
            _ compiler: inout Compiler
        ) -> SelectPlan {
            SelectPlan(
                key: compiler.textPlan(key), relation: relation,
                values: values.map { compiler.textPlan($0.pieces, at: $0.span) },
                areQuoted: values.contains(where: \.isQuoted))
        }
        switch requirement.kind {
        case .equal(let key, let value): return plan(key, .equal, [value], &self)
        case .notEqual(let key, let value): return plan(key, .notEqual, [value], &self)
        case .oneOf(let key, let values): return plan(key, .oneOf, values, &self)
        case .noneOf(let key, let values): return plan(key, .noneOf, values, &self)
        case .exists(let key): return plan(key, .exists, [], &self)
        case .absent(let key): return plan(key, .absent, [], &self)
        }
    }

    // MARK: Texts

    mutating func textPlan(_ name: NameText) -> TextPlan { textPlan(name.pieces, at: name.span) }

    /// A text that is known, or a register in which its parts are joined.
    mutating func textPlan(_ pieces: [StringPiece], at span: SourceSpan) -> TextPlan {
        if let text = pieces.literalText { return .text(text) }
        let register = temporary(at: span)
        compile(pieces, to: register, at: span)
        return .register(register)
    }
}

extension [StringPiece] {
    /// The text when nothing is interpolated.
    var literalText: String? {
        var text = ""
        for piece in self {
            guard case .text(let part) = piece else { return nil }
            text += part
        }
        return text
    }
}

/// Follows a path through the facts about a kind.
struct PathWalk {
    private var kind: KindFacts?
    private var path: [FactStep] = []
    /// The value is a list of such values that is no field.
    private var isList = false
    /// A `[*]` was passed: the result is a list.
    var isMapped = false

    init(shape: Shape) {
        switch shape {
        case .unknown: break
        case .value(let kind, let path):
            self.kind = kind
            self.path = path
        case .items(let kind, let path):
            self.kind = kind
            self.path = path
            isList = true
        }
    }

    /// The facts hold to the end of the path.
    var isKnown: Bool { kind != nil }

    var result: Shape {
        guard let kind else { return .unknown }
        return isMapped || isList ? .items(kind, path) : .value(kind, path)
    }

    /// What is known of the field at the end.
    func fact(_ facts: any Facts) -> FieldFact? {
        guard let kind, !isList else { return nil }
        guard !path.isEmpty else { return .known(.map, readsZero: false) }
        return facts.fieldFact(of: kind, at: path)
    }

    private var text: String {
        var text = ""
        for step in path {
            switch step {
            case .field(let name): text += "." + name
            case .item: text += "[*]"
            }
        }
        return text
    }

    private mutating func forget() {
        kind = nil
        path = []
        isList = false
    }

    /// Steps into a field; gives what is wrong with it.
    mutating func enter(_ name: String, _ facts: any Facts) -> CheckError? {
        guard let kind else { return nil }
        if isList {
            forget()
            return .fieldOfList(kind.resource)
        }
        switch fact(facts) {
        case .known(.list, _)?:
            defer { forget() }
            return .fieldOfList(text)
        case .known(let type, _)? where type.isScalar:
            defer { forget() }
            return .fieldOfScalar(text, type: type.phrase)
        case .unchecked?, .known(.any, _)?:
            forget()
            return nil
        default: break
        }
        let next = path + [.field(name)]
        switch facts.fieldFact(of: kind, at: next) {
        case .unknown(let owner, let nearest):
            forget()
            return .unknownField("." + name, owner: owner, nearest: nearest.map { "." + $0 })
        case .unchecked:
            forget()
        case .known:
            path = next
        }
        return nil
    }

    /// Steps into any item of a list.
    mutating func enterItem(_ facts: any Facts) {
        guard kind != nil else { return }
        if isList {
            isList = false
        } else if case .known(.list, _)? = fact(facts) {
            path.append(.item)
        } else {
            forget()
        }
    }

    /// Steps into `["key"]`.
    mutating func enterKey(_ name: String, _ facts: any Facts) {
        guard let kind, !isList else { return forget() }
        let next = path + [.field(name)]
        if case .known = facts.fieldFact(of: kind, at: next) { path = next } else { forget() }
    }

    /// Steps into `[e]`, which may be an index or a key.
    mutating func enterIndexed(_ facts: any Facts) {
        if isList {
            isList = false
        } else if case .known(.list, _)? = fact(facts) {
            path.append(.item)
        } else {
            forget()
        }
    }
}

extension FieldType {
    /// Whether nothing lies inside.
    var isScalar: Bool {
        switch self {
        case .list, .map, .any: false
        default: true
        }
    }

    /// The type with its article.
    var phrase: String {
        switch self {
        case .boolean: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "text"
        case .quantity: "a quantity"
        case .integerOrString: "an integer or text"
        case .duration: "a duration"
        case .time: "a timestamp"
        case .list: "a list"
        case .map: "a map"
        case .any: "anything"
        }
    }
}

extension Compiler {
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
