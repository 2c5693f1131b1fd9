/// Finds what a condition asks of lists of objects and can be kept item by item: `count`, `sum`, `min`,
/// `max` and quantifiers over a list that was read, with `where`s around it, whose conditions look at the
/// item, at what the condition took along, and at nothing else.
struct TrackingScan {
    enum Place {
        case quantifier(Row<QuantifierPlan>)
        case call(NodeIndex)
    }

    private let tree: Tree
    private let body: NodeIndex
    /// The slots whose contents stay as they are from one judgement to the next.
    private let constants: Range<UInt32>
    private(set) var questions: [(at: Place, question: TrackedQuestion)] = []

    init(_ tree: Tree, _ function: Row<Function>) {
        self.tree = tree
        let entry = tree.entry(of: function)
        body = entry.body
        let first = UInt32(entry.parameters)
        constants = first..<first + UInt32(tree.functions[function].captures.count)
    }

    mutating func run() {
        if tree.isExpression(at: body) { scan(body) }
    }

    private mutating func scan(_ index: NodeIndex) {
        let node = tree.expression(at: index)
        switch node {
        case .logic(.quantified(let row)):
            let plan = tree.quantifiers[row]
            if let source = source(plan.list), isOwn(plan.condition, plan.item) {
                questions.append((.quantifier(row), source.asked(.quantifier(row))))
            }
        case .call(.builtin(let row, let arguments)) where arguments.count == 1:
            if let question = question(
                Builtins.all[Int(row.raw)].name, tree.child(arguments, 0))
            {
                questions.append((.call(index), question))
            }
        default: break
        }
        for child in tree.children(of: node) { scan(child) }
    }

    private func question(_ name: String, _ argument: NodeIndex) -> TrackedQuestion? {
        if name == "count" || name == "length" { return source(argument)?.asked(.count) }
        guard let (source, part) = part(argument) else { return nil }
        return switch name {
        case "sum": source.asked(.sum(part))
        case "min": source.asked(.least(part))
        case "max": source.asked(.greatest(part))
        default: nil
        }
    }

    // MARK: Lists

    /// A list that is read, with the `where`s around it.
    private struct Source {
        let query: Row<QueryPlan>
        var filters: [TrackedQuestion.Filter] = []

        func asked(_ aggregate: TrackedQuestion.Aggregate) -> TrackedQuestion {
            TrackedQuestion(query: query, filters: filters, aggregate: aggregate)
        }
    }

    private func source(_ index: NodeIndex) -> Source? {
        switch tree.expression(at: index) {
        case .world(.read(let row)):
            let plan = tree.queries[row]
            guard plan.name == nil, plan.nodes.allSatisfy({ isOwn($0, nil) }) else { return nil }
            return Source(query: row)
        case .items(.filter(let list, let slot, let condition)):
            guard var source = source(list), isOwn(condition, slot) else { return nil }
            source.filters.append(TrackedQuestion.Filter(slot: slot, condition: condition))
            return source
        case .reading(.noted(let list, _)): return source(list)
        default: return nil
        }
    }

    /// `list[*].a.b`, or `map(list, e)`.
    private func part(_ index: NodeIndex) -> (Source, TrackedQuestion.Part)? {
        switch tree.expression(at: index) {
        case .path(.steps(let root, let row)):
            let plan = tree.paths[row]
            guard plan.isFixed, !plan.isProbe, plan.steps.count > 1,
                case .all = plan.steps[0]
            else { return nil }
            return source(root).map { ($0, .path(row)) }
        case .items(.map(let list, let slot, let each)):
            guard isOwn(each, slot) else { return nil }
            return source(list).map { ($0, .each(slot, each)) }
        case .reading(.noted(let list, _)): return part(list)
        default: return nil
        }
    }

    // MARK: Purity

    /// Whether an expression gives the same for the same item, whatever the state around it.
    private func isOwn(_ index: NodeIndex, _ item: Slot?) -> Bool {
        var walk = PurityWalk(tree)
        walk.visit(index)
        guard walk.isPure else { return false }
        return walk.used.allSatisfy {
            constants.contains($0.raw) || $0 == item || walk.bound.contains($0)
        }
    }
}

/// Looks for what an expression depends on.
private struct PurityWalk {
    private let tree: Tree
    private(set) var isPure = true
    /// The variables that it reads, and the slots that its loops fill themselves.
    private(set) var used: Set<Slot> = []
    private(set) var bound: Set<Slot> = []
    /// Functions that were looked into.
    private var functions: Set<Row<Function>> = []

    init(_ tree: Tree) { self.tree = tree }

    mutating func visit(_ index: NodeIndex) {
        guard isPure else { return }
        let node = tree.expression(at: index)
        switch node {
        case .variable(.local(let slot)), .variable(.cell(let slot)): used.insert(slot)
        case .call(let call): visit(call)
        case .world, .items(.mapFunction): isPure = false
        case .logic(.quantified(let row)): bound.insert(tree.quantifiers[row].item)
        case .items(.filter(_, let slot, _)), .items(.map(_, let slot, _)),
            .items(.ascending(_, let slot, _)), .items(.descending(_, let slot, _)):
            bound.insert(slot)
        case .constant, .integer, .variable(.global), .arithmetic, .negate, .comparison, .logic,
            .path, .structure, .reading:
            break
        }
        for slot in tree.operandSlots(of: node) { used.insert(slot) }
        for child in tree.children(of: node) { visit(child) }
    }

    private mutating func visit(_ call: CallNode) {
        switch call {
        case .builtin(let row, _):
            let builtin = Builtins.all[Int(row.raw)]
            if builtin.readsClock || builtin.readsResources { isPure = false }
        case .function(let function, _):
            guard functions.insert(function).inserted else { return }
            let entry = tree.entry(of: function)
            guard tree.isExpression(at: entry.body) else { return isPure = false }
            // The variables of the function are its own.
            let (outerUsed, outerBound) = (used, bound)
            visit(entry.body)
            (used, bound) = (outerUsed, outerBound)
        case .value, .closure, .frozenClosure: isPure = false
        }
    }
}
