import Patterns

/// Turns a checked tree into nodes: names become places, constants are made, expressions compiled.
struct CELLowering {
    let checker: CELChecker
    private(set) var code = CELCode()
    private(set) var used: Set<Int> = []
    private var scopes: [(name: String, slot: Int32)] = []

    init(_ checker: CELChecker) { self.checker = checker }

    private var tree: CELTree { checker.tree }

    mutating func run(_ root: CELTermID) { code.root = lower(root) }

    private mutating func add(_ node: CELNode) -> CELNodeID {
        code.nodes.append(node)
        return Int32(code.nodes.count - 1)
    }

    private mutating func constant(_ value: CELValue) -> CELNodeID {
        code.constants.append(value)
        return add(.constant(Int32(code.constants.count - 1)))
    }

    private mutating func text(_ text: String) -> Int32 {
        code.texts.append(text)
        return Int32(code.texts.count - 1)
    }

    private mutating func failure(_ fault: CELFault) -> CELNodeID {
        code.faults.append(fault)
        return add(.failure(Int32(code.faults.count - 1)))
    }

    /// The value of a node that is a constant.
    private func value(of id: CELNodeID) -> CELValue? {
        if case .constant(let row) = code.nodes[Int(id)] { return code.constants[Int(row)] }
        return nil
    }

    // MARK: Terms

    private mutating func lower(_ id: CELTermID) -> CELNodeID {
        switch tree[id] {
        case .literal(let value): return constant(value)
        case .name: return lowerName(id)
        case .select(let operand, let field, let isTest):
            switch checker.meanings[Int(id.index)] {
            case .variable, .local, .type: return lowerName(id)
            case .none, .unknown, .function, .namespaced: break
            }
            let operand = lower(operand)
            return add(isTest ? .has(operand, text(field)) : .select(operand, text(field)))
        case .call(let name, let target, let arguments):
            return lowerCall(id, name, target, arguments)
        case .list(let elements, let optional): return lowerList(elements, optional)
        case .map(let entries): return lowerMap(entries)
        case .structure(_, let fields):
            guard case .type(let name) = checker.meanings[Int(id.index)] else {
                return failure(.noSuchOverload)
            }
            let structure = CELCode.Structure(
                typeName: name, names: fields.map(\.name), values: fields.map { lower($0.value) },
                optional: fields.map(\.isOptional))
            code.structures.append(structure)
            return add(.structure(Int32(code.structures.count - 1)))
        case .fold(let fold): return lowerFold(fold)
        case .broken: return failure(.noSuchOverload)
        }
    }

    private mutating func lowerName(_ id: CELTermID) -> CELNodeID {
        switch checker.meanings[Int(id.index)] {
        case .variable(let place):
            used.insert(place)
            return add(.variable(Int32(place)))
        case .local(let name):
            guard let scope = scopes.last(where: { $0.name == name }) else {
                return failure(.failed("no such attribute(s): \(name)"))
            }
            return add(.local(scope.slot))
        case .type(let name): return constant(.type(name))
        case .unknown(let name): return failure(.failed("no such attribute(s): \(name)"))
        case .none, .function, .namespaced: return failure(.noSuchOverload)
        }
    }

    private mutating func lowerList(
        _ elements: [CELTermID], _ optional: [Bool]
    ) -> CELNodeID {
        let nodes = elements.map { lower($0) }
        let isPlain = !optional.contains(true)
        let values = nodes.compactMap { value(of: $0) }
        if isPlain, values.count == nodes.count { return constant(.list(values)) }
        return add(
            .list(
                first: operands(nodes), count: Int32(nodes.count),
                optional: isPlain ? nil : flags(optional)))
    }

    private mutating func lowerMap(_ entries: [CELTerm.Entry]) -> CELNodeID {
        let nodes = entries.flatMap { [lower($0.key), lower($0.value)] }
        let optional = entries.map(\.isOptional)
        let isPlain = !optional.contains(true)
        let values = nodes.compactMap { value(of: $0) }
        if isPlain, values.count == nodes.count {
            var entries = CELEntries()
            var fault: CELFault?
            for index in stride(from: 0, to: values.count, by: 2) {
                fault = fault ?? CELEntries.add(&entries, values[index], values[index + 1])
            }
            if fault == nil { return constant(.map(.entries(entries))) }
        }
        return add(
            .map(
                first: operands(nodes), count: Int32(entries.count),
                optional: isPlain ? nil : flags(optional)))
    }

    private mutating func operands(_ nodes: [CELNodeID]) -> Int32 {
        code.operands += nodes
        return Int32(code.operands.count - nodes.count)
    }

    private mutating func flags(_ flags: [Bool]) -> Int32 {
        code.optional.append(flags)
        return Int32(code.optional.count - 1)
    }

    private mutating func lowerFold(_ fold: CELTerm.Fold) -> CELNodeID {
        let range = lower(fold.range)
        let start = lower(fold.start)
        let depth = scopes.count
        let total = scope(fold.total)
        let item = scope(fold.item)
        let second = fold.second.map { scope($0) }
        let condition = lower(fold.condition)
        let step = lower(fold.step)
        scopes.removeSubrange((depth + 1)...)
        let result = lower(fold.result)
        scopes.removeSubrange(depth...)
        code.folds.append(
            CELCode.Fold(
                range: range, item: item, second: second, total: total, start: start,
                condition: condition, step: step, result: result, isBinding: fold.isBinding))
        return add(.fold(Int32(code.folds.count - 1)))
    }

    private mutating func scope(_ name: String) -> Int32 {
        let slot = Int32(scopes.count)
        scopes.append((name, slot))
        code.localCount = max(code.localCount, scopes.count)
        return slot
    }

    // MARK: Calls

    private mutating func lowerCall(
        _ id: CELTermID, _ name: String, _ target: CELTermID?, _ arguments: [CELTermID]
    ) -> CELNodeID {
        if name == CELOperator.optionalSelect {
            guard case .literal(.string(let field)) = tree[arguments[1]] else {
                return failure(.noSuchOverload)
            }
            let operand = lower(arguments[0])
            return add(.optionalSelect(operand, text(field)))
        }
        let function: CELFunction
        var terms = arguments
        switch checker.meanings[Int(id.index)] {
        case .function(let found):
            function = found
            if let target { terms.insert(target, at: 0) }
        case .namespaced(let found): function = found
        case .unknown(let name): return failure(.failed("unbound function: \(name)"))
        case .none, .variable, .local, .type: return failure(.noSuchOverload)
        }
        if let grown = lowerGrowth(function, terms) { return grown }
        let nodes = terms.map { lower($0) }
        if let special = special(function, nodes) { return special }
        if case .conversion = function, nodes.count == 1, let value = value(of: nodes[0]),
            let made = CELConversion.constant(function, value)
        {
            return constant(made)
        }
        if let node = patternCall(function, nodes) { return node }
        return add(.call(function, first: operands(nodes), count: Int32(nodes.count)))
    }

    /// Totals that grow by one are changed in place: `@result + [x]`.
    private mutating func lowerGrowth(
        _ function: CELFunction, _ terms: [CELTermID]
    ) -> CELNodeID? {
        guard let first = terms.first, case .name(CELTerm.Fold.totalName) = tree[first],
            let slot = scopes.last(where: { $0.name == CELTerm.Fold.totalName })?.slot
        else { return nil }
        switch function {
        case .operation(.add):
            guard case .list(let elements, _) = tree[terms[1]], elements.count == 1 else {
                return nil
            }
            let element = lower(elements[0])
            return add(.append(slot, element))
        case .list(.insert):
            let key = lower(terms[1])
            if terms.count == 2 { return add(.insertAll(slot, key)) }
            let value = lower(terms[2])
            return add(.insert(slot, key, value))
        case .operation, .conversion, .text, .time, .optional, .list, .network, .measure, .math,
            .authorizer:
            return nil
        }
    }

    /// What has a node of its own.
    private mutating func special(_ function: CELFunction, _ nodes: [CELNodeID]) -> CELNodeID? {
        switch (function, nodes.count) {
        case (.operation(let operation), 1):
            if operation == .notStrictlyFalse { return add(.notStrictlyFalse(nodes[0])) }
            return add(.unary(operation, nodes[0]))
        case (.operation(let operation), 2):
            switch operation {
            case .and: return add(.and(nodes[0], nodes[1]))
            case .or: return add(.or(nodes[0], nodes[1]))
            case .index: return add(.index(nodes[0], nodes[1]))
            case .isIn:
                if let set = constantSet(nodes[1]) {
                    code.sets.append(set)
                    return add(.inSet(nodes[0], Int32(code.sets.count - 1)))
                }
                return add(.binary(operation, nodes[0], nodes[1]))
            case .conditional, .not, .notStrictlyFalse, .equal, .notEqual, .add, .divide,
                .remainder, .multiply, .negate, .subtract, .less, .lessOrEqual, .greater,
                .greaterOrEqual, .size:
                return add(.binary(operation, nodes[0], nodes[1]))
            }
        case (.operation(.conditional), 3):
            return add(.conditional(nodes[0], nodes[1], nodes[2]))
        case (.optional(.or), 2): return add(.optionalOr(nodes[0], nodes[1]))
        case (.optional(.orValue), 2): return add(.optionalOrValue(nodes[0], nodes[1]))
        case (.optional(.optionalIndex), 2): return add(.optionalIndex(nodes[0], nodes[1]))
        default: return nil
        }
    }

    /// The elements of a constant list, where all can be keys.
    private func constantSet(_ id: CELNodeID) -> Set<CELKey>? {
        guard case .list(let list)? = value(of: id) else { return nil }
        var set: Set<CELKey> = []
        for element in list.elements {
            guard let key = CELKey(element) else { return nil }
            set.insert(key)
        }
        return set
    }

    private mutating func patternCall(
        _ function: CELFunction, _ nodes: [CELNodeID]
    ) -> CELNodeID? {
        guard case .text(let text) = function,
            text == .matches || text == .find || text == .findAll,
            nodes.count >= 2, case .string(let expression)? = value(of: nodes[1]),
            let pattern = try? Pattern(expression)
        else { return nil }
        code.patterns.append(pattern)
        return add(
            .pattern(
                text, first: operands(nodes), count: Int32(nodes.count),
                pattern: Int32(code.patterns.count - 1)))
    }
}
