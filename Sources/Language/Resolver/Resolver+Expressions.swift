import Support
import Syntax
import Value

/// A resolved expression with what is known of its value.
struct Resolved {
    let node: NodeIndex
    var shape = Shape.unknown
}

extension Resolver {
    /// The node that gives the value of an expression.
    mutating func value(_ expression: Expression) -> Resolved {
        let span = expression.span
        if let value = constantValue(expression) {
            if case .string(let literal) = expression.kind { checkDollars(in: literal) }
            return Resolved(node: addConstant(value, at: span))
        }
        switch expression.kind {
        case .null, .boolean, .integer, .float, .unit, .percent:
            // A unit that nothing reads does not parse; what is left is out of range.
            checkRange(expression)
            return Resolved(node: addConstant(.null, at: span))
        case .string(let literal): return Resolved(node: resolve(literal))
        case .hereDocument(let document): return Resolved(node: resolve(document))
        case .list(let list): return Resolved(node: resolve(list, at: span))
        case .map(let entries): return Resolved(node: resolve(entries, at: span))
        case .timed(let timed): return Resolved(node: resolve(timed.entries, at: span))
        case .name(let name): return resolveName(name, at: span)
        case .item: return resolveItem(at: span)
        case .resource(let literal): return resolve(literal, at: span)
        case .resources(let literal): return resolve(literal, at: span)
        case .path(let base, let segments): return resolvePath(expression, base, segments)
        case .call(let call): return Resolved(node: resolve(call, at: span))
        case .function(let literal): return Resolved(node: resolveClosure(literal, at: span))
        case .unary(.negate, let operand):
            return Resolved(node: add(.negate(noted(operand).node), at: span))
        case .unary(.not, _), .presence, .quantified:
            return Resolved(node: condition(expression))
        case .binary(let binary): return Resolved(node: resolve(binary, at: span))
        case .range(let lower, let upper):
            let (first, last) = (value(lower).node, value(upper).node)
            return Resolved(node: add(.structure(.range(first, last)), at: span))
        case .filter(let source, let condition):
            return resolveFilter(source, condition, at: span)
        case .sort(let sort): return resolve(sort, at: span)
        case .conditional(let condition, let first, let second):
            let test = self.condition(condition)
            let (one, other) = (value(first).node, value(second).node)
            return Resolved(node: add(.logic(.conditional(test, one, other)), at: span))
        case .output(let block): return Resolved(node: resolveOutput(block, at: span))
        }
    }

    /// Resolves with the reports' sense of "not" turned round.
    mutating func negated<T>(_ body: (inout Resolver) -> T) -> T {
        function.recorder?.isNegated.toggle()
        defer { function.recorder?.isNegated.toggle() }
        return body(&self)
    }

    // MARK: Constants

    func constantValue(_ expression: Expression) -> Value? {
        switch expression.kind {
        case .null: return .null
        case .boolean(let flag): return .bool(flag)
        case .integer(let number): return .int(number)
        case .float(let number): return .double(number)
        case .unit(let literal): return try? Units.value(of: literal)
        case .percent(let text): return try? Units.percent(text)
        case .string(let literal): return literal.literalText.map { Value($0) }
        case .unary(.negate, let operand):
            if case .integer(let number) = operand.kind, number != .min { return .int(-number) }
            if case .float(let number) = operand.kind { return .double(-number) }
            return nil
        case .unary(.not, _), .hereDocument, .list, .map, .timed, .name, .item, .resource,
            .resources,
            .path, .call, .function, .binary, .range, .presence, .filter, .sort, .quantified,
            .conditional, .output:
            return nil
        }
    }

    private mutating func checkRange(_ literal: Expression) {
        do throws(NumberRangeError) {
            switch literal.kind {
            case .unit(let unit): _ = try Units.value(of: unit)
            case .percent(let text): _ = try Units.percent(text)
            default: break
            }
        } catch {
            report(.outOfRange(error), at: literal.span)
        }
    }

    // MARK: Text

    mutating func resolve(_ literal: StringLiteral) -> NodeIndex {
        checkDollars(in: literal)
        return resolve(literal.pieces, at: literal.span)
    }

    private mutating func resolve(_ document: HereDocument) -> NodeIndex {
        let outer = documentTag
        documentTag = document.isShellStyle ? document.tag : nil
        defer { documentTag = outer }
        return resolve(document.pieces, at: document.span)
    }

    /// The node of a text with its interpolations.
    mutating func resolve(_ pieces: [StringPiece], at span: SourceSpan) -> NodeIndex {
        if let text = pieces.literalText { return addConstant(Value(text), at: span) }
        var nodes: [NodeIndex] = []
        for piece in pieces {
            switch piece {
            case .text(let text): nodes.append(addConstant(Value(text), at: span))
            case .interpolation(let expression): nodes.append(value(expression).node)
            case .expansion: preconditionFailure("stands in commands alone")
            }
        }
        return add(.structure(.text(tree.list(of: nodes))), at: span)
    }

    // MARK: Structures

    private mutating func resolve(_ list: ListLiteral, at span: SourceSpan) -> NodeIndex {
        let nodes = list.items.map { value($0).node }
        let items = tree.list(of: nodes)
        return add(.structure(list.isOpen ? .openList(items) : .list(items)), at: span)
    }

    private mutating func resolve(_ entries: [MapEntry], at span: SourceSpan) -> NodeIndex {
        var keys: [MapPlan.EntryKey] = []
        var values: [NodeIndex] = []
        for entry in entries {
            switch entry.key {
            case .name(let name): keys.append(.known(Key(name.name)))
            case .string(let literal):
                if let text = literal.literalText {
                    keys.append(.known(Key(text)))
                } else {
                    keys.append(.computed(resolve(literal)))
                }
            }
            values.append(value(entry.value).node)
        }
        let plan = MapPlan(keys: keys, values: tree.list(of: values))
        return add(.structure(.map(tree.maps.add(plan))), at: span)
    }

    // MARK: Names

    private mutating func resolveName(_ name: String, at span: SourceSpan) -> Resolved {
        guard let binding = lookUp(name) else {
            if shellNames.contains(name) {
                let row = tree.parameters.add(ParameterPlan(name: name, operation: .value))
                return Resolved(node: add(.world(.parameter(row)), at: span))
            }
            if let index = Builtins.index[name] {
                let builtin = BuiltinFunction(index: index)
                return Resolved(node: addConstant(.opaque(builtin), at: span))
            }
            reportUndefined(name, at: span)
            return Resolved(node: addConstant(.null, at: span))
        }
        if !binding.isDeclared, case .main = function.role {
            report(.usedBeforeDeclaration(name), at: span)
        }
        return Resolved(node: add(.variable(binding.variable), at: span), shape: binding.shape)
    }

    mutating func reportUndefined(_ name: String, at span: SourceSpan) {
        if lacksInclude { return }
        if let tag = documentTag {
            report(.undefinedInDocument(name, tag: tag), at: span)
        } else if facts.kind(named: name) != nil {
            report(.undefinedName(name, nearest: "\(name)[]"), at: span)
        } else {
            report(.undefinedName(name, nearest: nearestVisible(to: name)), at: span)
        }
    }

    func nearestVisible(to name: String) -> String? { nearestName(to: name, among: visibleNames) }

    private mutating func resolveItem(at span: SourceSpan) -> Resolved {
        guard let item = function.items.last else {
            report(.noItem, at: span)
            return Resolved(node: addConstant(.null, at: span))
        }
        return Resolved(node: add(.variable(.local(item.slot)), at: span), shape: item.shape)
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
