import Support
import Syntax
import Value

extension Resolver {
    /// `kind/name@namespace`
    mutating func resolve(_ literal: ResourceLiteral, at span: SourceSpan) -> Resolved {
        let kind = kindFacts(literal.kind, name: literal.name)
        var plan = QueryPlan(
            kind: kind?.known, kindText: textPlan(literal.kind), name: textPlan(literal.name),
            namespace: .current, requirements: [])
        if let namespace = literal.namespace { plan.namespace = .named(textPlan(namespace)) }
        return Resolved(
            node: addRead(plan, at: span), shape: kind.map { .value($0, []) } ?? .unknown)
    }

    /// `kind@namespace[selector]`, or an index into a variable.
    mutating func resolve(_ literal: ResourceListLiteral, at span: SourceSpan) -> Resolved {
        if let name = literal.kind.literalText, lookUp(name) != nil,
            let reading = literal.pathReading
        {
            return value(reading)
        }
        let kind = kindFacts(literal.kind, name: nil)
        var plan = QueryPlan(
            kind: kind?.known, kindText: textPlan(literal.kind), name: nil, namespace: .current,
            requirements: [])
        switch literal.scope {
        case .current: break
        case .named(let name): plan.namespace = .named(textPlan(name))
        case .all: plan.namespace = .all
        }
        for requirement in literal.selector.requirements {
            plan.requirements.append(requirementPlan(requirement))
        }
        return Resolved(
            node: addRead(plan, at: span), shape: kind.map { .items($0, []) } ?? .unknown)
    }

    private mutating func addRead(_ plan: QueryPlan, at span: SourceSpan) -> NodeIndex {
        var plan = plan
        plan.fixed = plan.fixedQuery
        function.readsResources = true
        return add(.world(.read(tree.queries.add(plan))), at: span)
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
        if case .exists(let key) = requirement.kind, key.pieces.count == 1,
            case .interpolation(let expression) = key.pieces[0]
        {
            return .inserted(value(expression).node)
        }
        let (key, relation, values) = requirement.kind.parts
        return .requirement(
            key: textPlan(key), relation, values.map { textPlan($0.pieces, at: $0.span) })
    }
}

extension KindFacts {
    /// The kind where its number is the same in every world; nil where it is looked up when the script
    /// runs.
    var known: KindFacts? { isBuiltIn ? self : nil }
}

extension QueryPlan {
    /// The query, when every part of it is known.
    fileprivate var fixedQuery: ResourceQuery? {
        guard let kind, case .known(let written) = kindText else { return nil }
        var fixedName: String?
        switch name {
        case nil: break
        case .known(let text)?: fixedName = text
        case .computed?: return nil
        }
        let fixedNamespace: ResourceQuery.Namespace
        switch namespace {
        case .current: fixedNamespace = .current
        case .all: fixedNamespace = .all
        case .named(.known(let text)): fixedNamespace = .named(text)
        case .named(.computed): return nil
        }
        var fixedRequirements: [LabelRequirement] = []
        for requirement in requirements {
            guard case .requirement(.known(let key), let relation, let values) = requirement else {
                return nil
            }
            var texts: [String] = []
            for value in values {
                guard case .known(let text) = value else { return nil }
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
