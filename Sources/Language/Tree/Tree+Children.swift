extension Tree {
    /// The expressions that an expression evaluates itself, in the order in which they stand in it; the bodies
    /// of functions are none of them.
    func children(of node: ExpressionNode) -> [NodeIndex] {
        switch node {
        case .constant, .integer, .variable: []
        case .arithmetic(_, let left, let right): nodes(left, right)
        case .negate(let operand): [operand]
        case .comparison(let comparison): children(of: comparison)
        case .logic(let logic): children(of: logic)
        case .path(let path): children(of: path)
        case .structure(let structure): children(of: structure)
        case .call(let call): children(of: call)
        case .items(let items): children(of: items)
        case .world(let world): children(of: world)
        case .reading(let reading): children(of: reading)
        }
    }

    /// The variables that stand beside an operator.
    func operandSlots(of node: ExpressionNode) -> [Slot] {
        let operands: [Operand] =
            switch node {
            case .arithmetic(_, let left, let right): [left, right]
            case .comparison(.equal(let left, let right)),
                .comparison(.notEqual(let left, let right)),
                .comparison(.ordered(_, let left, let right)):
                [left, right]
            default: []
            }
        return operands.compactMap { operand in
            if case .local(let slot) = operand.kind { slot } else { nil }
        }
    }

    private func nodes(_ operands: Operand...) -> [NodeIndex] {
        operands.compactMap { operand in
            if case .node(let index) = operand.kind { index } else { nil }
        }
    }

    private func children(of node: ComparisonNode) -> [NodeIndex] {
        switch node {
        case .equal(let left, let right), .notEqual(let left, let right),
            .ordered(_, let left, let right):
            nodes(left, right)
        case .fieldIs(let row), .fieldIsNot(let row):
            [fieldTests[row].root] + paths[fieldTests[row].path].nodes
        case .contains(let left, let right), .inside(let left, let right),
            .notInside(let left, let right), .matches(let left, let right, _),
            .matchesRegex(let left, let right):
            [left, right]
        }
    }

    private func children(of node: LogicNode) -> [NodeIndex] {
        switch node {
        case .and(let left, let right), .or(let left, let right): [left, right]
        case .not(let operand), .exists(let operand), .absent(let operand): [operand]
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .quantified(let row): [quantifiers[row].list, quantifiers[row].condition]
        }
    }

    private func children(of node: PathNode) -> [NodeIndex] {
        switch node {
        case .fields(let root, let path), .steps(let root, let path): [root] + paths[path].nodes
        }
    }

    private func children(of node: StructureNode) -> [NodeIndex] {
        switch node {
        case .list(let list), .openList(let list), .text(let list): children(list)
        case .map(let row):
            maps[row].keys.compactMap { key in
                if case .computed(let index) = key { index } else { nil }
            } + children(maps[row].values)
        case .range(let lower, let upper): [lower, upper]
        }
    }

    private func children(of node: CallNode) -> [NodeIndex] {
        switch node {
        case .function(_, let arguments), .builtin(_, let arguments): children(arguments)
        case .value(let callee, let arguments): [callee] + children(arguments)
        case .closure, .frozenClosure: []
        }
    }

    private func children(of node: ItemsNode) -> [NodeIndex] {
        switch node {
        case .filter(let list, _, let each), .ascending(let list, _, let each),
            .descending(let list, _, let each), .map(let list, _, let each):
            [list, each]
        case .mapFunction(let function, let list): [function, list]
        }
    }

    private func children(of node: WorldNode) -> [NodeIndex] {
        switch node {
        case .read(let row): queries[row].nodes
        // A block of statements, and words of the shell.
        case .output, .parameter: []
        }
    }

    private func children(of node: ReadingNode) -> [NodeIndex] {
        switch node {
        case .quantity(let operand), .duration(let operand), .noted(let operand, _): [operand]
        }
    }

    private func children(_ list: NodeList) -> [NodeIndex] {
        (0..<list.count).map { child(list, $0) }
    }
}

extension TextPlan {
    /// The expression that gives the text, if there is one.
    fileprivate var nodes: [NodeIndex] {
        if case .computed(let index) = self { [index] } else { [] }
    }
}

extension PathPlan {
    /// The expressions in the steps.
    fileprivate var nodes: [NodeIndex] {
        steps.flatMap { step -> [NodeIndex] in
            switch step {
            case .field, .index, .all, .unusable: []
            case .computed(let index): [index]
            case .select(let requirements):
                requirements.flatMap { $0.key.nodes + $0.values.flatMap(\.nodes) }
            }
        }
    }
}

extension QueryPlan {
    /// The expressions in what is asked for.
    var nodes: [NodeIndex] {
        var nodes = kindText.nodes + (name?.nodes ?? [])
        if case .named(let name) = namespace { nodes += name.nodes }
        for requirement in requirements {
            switch requirement {
            case .requirement(let key, _, let values):
                nodes += key.nodes + values.flatMap(\.nodes)
            case .inserted(let index): nodes.append(index)
            }
        }
        return nodes
    }
}
