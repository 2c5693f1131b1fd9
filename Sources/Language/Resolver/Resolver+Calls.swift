import Support
import Syntax
import Value

extension Resolver {
    mutating func resolve(_ call: CallExpression, at span: SourceSpan) -> NodeIndex {
        guard case .name(let name) = call.callee.kind else { return valueCall(call, at: span) }
        let binding = lookUp(name)
        if let binding, let function = binding.function {
            checkArguments(call, of: name, function, at: span)
            guard case .global = binding.variable else { return valueCall(call, at: span) }
            let arguments = arguments(call)
            return add(.call(.function(function, arguments)), at: span)
        }
        if let index = Builtins.index[name], !(binding?.mayBeCalled ?? false) {
            return resolveBuiltin(index, call, at: span)
        }
        guard binding != nil else {
            let functions = globals.names.filter { globals.binding($0)?.isFunction ?? false }
            let nearest = nearestName(to: name, among: functions + Builtins.names)
            if !lacksInclude {
                report(.undefinedName(name, nearest: nearest), at: call.callee.span)
            }
            _ = arguments(call)
            return addConstant(.null, at: span)
        }
        return valueCall(call, at: span)
    }

    private mutating func arguments(_ call: CallExpression) -> NodeList {
        let nodes = call.arguments.map { value($0).node }
        return tree.list(of: nodes)
    }

    private mutating func valueCall(_ call: CallExpression, at span: SourceSpan) -> NodeIndex {
        let callee = value(call.callee).node
        let arguments = arguments(call)
        return add(.call(.value(callee, arguments)), at: span)
    }

    private mutating func checkArguments(
        _ call: CallExpression, of name: String, _ function: Row<Function>, at span: SourceSpan
    ) {
        let required = Int(tree.entries[Int(function.raw)].required)
        let parameters = tree.functions[function].parameters
        let count = call.arguments.count
        guard count < required || count > parameters.count else { return }
        report(
            .argumentCount(
                function: name, expected: Arity.phrase(required, parameters.count), found: count,
                signature: "\(name)(\(parameters.joined(separator: ", ")))"),
            at: span)
    }

    // MARK: Built-ins

    private mutating func resolveBuiltin(
        _ index: Int, _ call: CallExpression, at span: SourceSpan
    ) -> NodeIndex {
        let builtin = Builtins.all[index]
        let count = call.arguments.count
        if count < builtin.required || count > builtin.maximum {
            report(
                .argumentCount(
                    function: builtin.name,
                    expected: Arity.phrase(builtin.required, builtin.maximum), found: count,
                    signature: builtin.signature),
                at: span)
            _ = arguments(call)
            return addConstant(.null, at: span)
        }
        if builtin.readsClock, function.conditionKeyword != nil {
            report(.readsClock, at: span)
        }
        if builtin.readsResources { function.readsResources = true }
        if builtin.name == "map" {
            return resolveMap(call.arguments[0], call.arguments[1], at: span)
        }
        let arguments =
            builtin.name == "groupBy"
            ? groupArguments(call.arguments[0], call.arguments[1]) : arguments(call)
        return add(.call(.builtin(BuiltinIndex(raw: UInt32(index)), arguments)), at: span)
    }

    /// `map(list, e)`: e mentions the item, or gives a function of it.
    private mutating func resolveMap(
        _ source: Expression, _ mapping: Expression, at span: SourceSpan
    ) -> NodeIndex {
        var scan = NameScan()
        scan.scan(mapping)
        guard scan.hasFreeItem else {
            let function = value(mapping).node
            let list = value(source).node
            return add(.items(.mapFunction(function, list)), at: span)
        }
        let list = value(source)
        let (item, each) = perItem(of: list.shape, at: span) { $0.value(mapping).node }
        return add(.items(.map(list.node, item, each)), at: span)
    }

    /// `groupBy(list, e)`: an expression about the item is made a function of it.
    private mutating func groupArguments(_ source: Expression, _ key: Expression) -> NodeList {
        let list = value(source)
        var scan = NameScan()
        scan.scan(key)
        let function =
            scan.hasFreeItem
            ? resolveItemFunction(key, itemShape(of: list.shape)) : value(key).node
        return tree.list(of: [list.node, function])
    }

    // MARK: Lists item by item

    /// Resolves what is evaluated for each item of a list; answers the slot of the item as well.
    private mutating func perItem(
        of shape: Shape, at span: SourceSpan, _ body: (inout Resolver) -> NodeIndex
    ) -> (item: Slot, node: NodeIndex) {
        let item = slot(at: span)
        function.items.append((item, itemShape(of: shape)))
        let node = unreported(body)
        function.items.removeLast()
        return (item, node)
    }

    mutating func resolveFilter(
        _ source: Expression, _ condition: Expression, at span: SourceSpan
    ) -> Resolved {
        let list = value(source)
        let (item, test) = perItem(of: list.shape, at: span) { $0.condition(condition) }
        return Resolved(
            node: add(.items(.filter(list.node, item, test)), at: span),
            shape: listShape(ofItems: itemShape(of: list.shape)))
    }

    mutating func resolve(_ sort: SortExpression, at span: SourceSpan) -> Resolved {
        let list = value(sort.source)
        let (item, key) = perItem(of: list.shape, at: span) { $0.value(sort.key).node }
        let node: ItemsNode =
            sort.isDescending
            ? .descending(list.node, item, key) : .ascending(list.node, item, key)
        return Resolved(
            node: add(.items(node), at: span),
            shape: listShape(ofItems: itemShape(of: list.shape)))
    }

    private func listShape(ofItems shape: Shape) -> Shape {
        if case .value(let kind, let path) = shape { return .items(kind, path) }
        return .unknown
    }

    /// `every list has condition`.
    mutating func resolve(
        _ quantified: QuantifiedExpression, at span: SourceSpan
    ) -> NodeIndex {
        let list = value(quantified.source)
        let item = slot(at: span)
        let outer = function.recorder
        function.items.append((item, itemShape(of: list.shape)))
        let condition: NodeIndex
        var report = ReportPlan()
        if outer == nil {
            condition = self.condition(quantified.condition)
        } else {
            (condition, report) = reported(isNegated: quantified.quantifier == .none) {
                $0.condition(quantified.condition)
            }
        }
        function.items.removeLast()
        let plan = QuantifierPlan(
            quantifier: quantified.quantifier, list: list.node, item: item,
            condition: condition, report: report, isNegated: outer?.isNegated ?? false)
        return add(.logic(.quantified(tree.quantifiers.add(plan))), at: span)
    }
}

/// Words for numbers of arguments.
enum Arity {
    static func phrase(_ required: Int, _ maximum: Int) -> String {
        if required == maximum { return counted(required) }
        if maximum == .max { return "at least \(counted(required))" }
        return "\(required) to \(counted(maximum))"
    }

    private static func counted(_ count: Int) -> String {
        switch count {
        case 0: "no arguments"
        case 1: "1 argument"
        default: "\(count) arguments"
        }
    }
}
