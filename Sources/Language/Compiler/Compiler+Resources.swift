import Support
import Syntax
import Value

extension Compiler {
    /// `kind/name@namespace`
    mutating func compile(
        _ literal: ResourceLiteral, to target: Int, at span: SourceSpan
    ) -> Shape {
        let kind = kindFacts(literal.kind, name: literal.name)
        var plan = QueryPlan(
            kind: kind, kindText: textPlan(literal.kind), name: textPlan(literal.name),
            namespace: .current, requirements: [])
        if let namespace = literal.namespace { plan.namespace = .named(textPlan(namespace)) }
        emitRead(plan, to: target, at: span)
        return kind.map { .value($0, []) } ?? .unknown
    }

    /// `kind@namespace[selector]`, or an index into a variable.
    mutating func compile(
        _ literal: ResourceListLiteral, to target: Int, at span: SourceSpan
    ) -> Shape {
        if let name = literal.kind.literalText, lookUp(name) != nil,
            let reading = literal.pathReading
        {
            return emitValue(reading, to: target)
        }
        let kind = kindFacts(literal.kind, name: nil)
        var plan = QueryPlan(
            kind: kind, kindText: textPlan(literal.kind), name: nil, namespace: .current,
            requirements: [])
        switch literal.scope {
        case .current: break
        case .named(let name): plan.namespace = .named(textPlan(name))
        case .all: plan.namespace = .all
        }
        for requirement in literal.selector.requirements {
            plan.requirements.append(requirementPlan(requirement))
        }
        emitRead(plan, to: target, at: span)
        return kind.map { .items($0, []) } ?? .unknown
    }

    private mutating func emitRead(_ plan: QueryPlan, to target: Int, at span: SourceSpan) {
        var plan = plan
        plan.fixed = plan.fixedQuery
        function.readsResources = true
        code.queries.append(plan)
        emit(Instruction(.read, target, 0, code.queries.count - 1), at: span)
    }

    /// The kind, when its name is known now; an unknown one is reported.
    private mutating func kindFacts(_ text: NameText, name: NameText?) -> KindFacts? {
        guard let written = text.literalText else { return nil }
        if let kind = facts.kind(named: written) { return kind }
        let nameText = name?.literalText ?? ""
        let isNumber = nameText.utf8.first.map { $0 >= 48 && $0 <= 57 } ?? false
        let looksLikeDivision =
            name != nil && (isNumber || lookUp(written) != nil)
        if name == nil, lookUp(written) == nil, facts.nearestKind(to: written) == nil,
            nearestVisible(to: written) != nil
        {
            reportUndefined(written, at: text.span)
        } else {
            report(
                .unknownKind(
                    written, nearest: facts.nearestKind(to: written),
                    looksLikeDivision: looksLikeDivision),
                at: text.span)
        }
        return nil
    }

    private mutating func requirementPlan(_ requirement: Requirement) -> RequirementPlan {
        switch requirement.kind {
        case .equal(let key, let value): return labels(key, .equal, [value])
        case .notEqual(let key, let value): return labels(key, .notEqual, [value])
        case .oneOf(let key, let values): return labels(key, .oneOf, values)
        case .noneOf(let key, let values): return labels(key, .noneOf, values)
        case .exists(let key):
            if key.pieces.count == 1, case .interpolation(let expression) = key.pieces[0] {
                return .inserted(register: operand(expression))
            }
            return labels(key, .exists, [])
        case .absent(let key): return labels(key, .absent, [])
        }
    }

    private mutating func labels(
        _ key: NameText, _ relation: LabelRequirement.Relation, _ values: [SelectorValue]
    ) -> RequirementPlan {
        .requirement(
            key: textPlan(key), relation, values.map { textPlan($0.pieces, at: $0.span) })
    }
}

extension QueryPlan {
    /// The query, when every part of it is known.
    fileprivate var fixedQuery: ResourceQuery? {
        guard let kind, case .text(let written) = kindText else { return nil }
        var fixedName: String?
        switch name {
        case nil: break
        case .text(let text)?: fixedName = text
        case .register?: return nil
        }
        let fixedNamespace: ResourceQuery.Namespace
        switch namespace {
        case .current: fixedNamespace = .current
        case .all: fixedNamespace = .all
        case .named(.text(let text)): fixedNamespace = .named(text)
        case .named(.register): return nil
        }
        var fixedRequirements: [LabelRequirement] = []
        for requirement in requirements {
            guard case .requirement(.text(let key), let relation, let values) = requirement else {
                return nil
            }
            var texts: [String] = []
            for value in values {
                guard case .text(let text) = value else { return nil }
                texts.append(text)
            }
            fixedRequirements.append(
                LabelRequirement(key: key, relation: relation, values: texts))
        }
        return ResourceQuery(
            kind: kind, writtenKind: written, name: fixedName, namespace: fixedNamespace,
            requirements: fixedRequirements)
    }
}
