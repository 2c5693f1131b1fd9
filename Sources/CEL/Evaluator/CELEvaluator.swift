/// Runs the nodes of one program once.
struct CELEvaluator {
    let code: CELCode
    let environment: CELEnvironment
    private let variables: [CELValue]
    private let limit: UInt64
    private var locals: [CELValue]
    private(set) var cost: UInt64 = 0
    /// Whether the limit was passed: everything ends then, whatever would pass over an error.
    private(set) var isOver = false

    init(_ program: CELProgram, _ variables: [CELValue], limit: UInt64) {
        code = program.code
        environment = program.environment
        self.variables = variables
        self.limit = limit
        locals = Array(repeating: .null, count: code.localCount)
    }

    mutating func run() -> CELValue {
        let value = evaluate(code.root)
        return isOver ? .error(.costExceeded) : value
    }

    mutating func charge(_ amount: UInt64) {
        let (sum, overflow) = cost.addingReportingOverflow(amount)
        cost = overflow ? .max : sum
        if cost > limit { isOver = true }
    }

    /// Takes back what the read of a variable cost.
    private mutating func refund() { if cost > 0 { cost -= 1 } }

    mutating func evaluate(_ id: CELNodeID) -> CELValue {
        if isOver { return .error(.costExceeded) }
        switch code.nodes[Int(id)] {
        case .constant(let row): return code.constants[Int(row)]
        case .variable(let place):
            charge(1)
            return variables[Int(place)]
        case .local(let slot):
            charge(1)
            return locals[Int(slot)]
        case .select(let operand, let field): return select(operand, code.texts[Int(field)])
        case .optionalSelect(let operand, let field):
            return optionalSelect(operand, code.texts[Int(field)])
        case .has(let operand, let field): return has(operand, code.texts[Int(field)])
        case .and(let left, let right): return logic(left, right, decides: false)
        case .or(let left, let right): return logic(left, right, decides: true)
        case .conditional(let condition, let first, let second):
            return conditional(condition, first, second)
        case .notStrictlyFalse(let operand):
            let value = evaluate(operand)
            charge(1)
            if case .bool(let flag) = value { return .bool(flag) }
            return .bool(true)
        case .index(let operand, let key): return index(operand, key)
        case .optionalIndex(let operand, let key): return optionalIndex(operand, key)
        case .unary(let operation, let operand):
            let value = evaluate(operand)
            if case .error = value { return value }
            charge(1)
            return CELOperations.unary(operation, value)
        case .binary(let operation, let left, let right): return binary(operation, left, right)
        case .inSet(let operand, let set):
            let value = evaluate(operand)
            if case .error = value { return value }
            return .bool(CELKey(value).map { code.sets[Int(set)].contains($0) } ?? false)
        case .optionalOr(let left, let right): return optionalOr(left, right, unwraps: false)
        case .optionalOrValue(let left, let right): return optionalOr(left, right, unwraps: true)
        case .call(let function, let first, let count): return call(function, first, count)
        case .pattern(let function, let first, let count, let pattern):
            return patternCall(function, first, count, pattern)
        case .list(let first, let count, let optional): return list(first, count, optional)
        case .map(let first, let count, let optional): return map(first, count, optional)
        case .structure(let row): return structure(code.structures[Int(row)])
        case .fold(let row): return fold(code.folds[Int(row)])
        case .append(let slot, let element): return append(slot, element)
        case .insert(let slot, let key, let value): return insert(slot, key, value)
        case .insertAll(let slot, let map): return insertAll(slot, map)
        case .failure(let row): return .error(code.faults[Int(row)])
        }
    }

    // MARK: Logic

    /// `&&` and `||`: one side that decides is enough, whatever the other one is.
    private mutating func logic(
        _ left: CELNodeID, _ right: CELNodeID, decides: Bool
    ) -> CELValue {
        let first = evaluate(left)
        if case .bool(decides) = first { return first }
        let second = evaluate(right)
        if case .bool(decides) = second { return second }
        if case .error = first { return first }
        if case .error = second { return second }
        guard case .bool = first, case .bool = second else { return .noSuchOverload }
        return .bool(!decides)
    }

    private mutating func conditional(
        _ condition: CELNodeID, _ first: CELNodeID, _ second: CELNodeID
    ) -> CELValue {
        let value = evaluate(condition)
        if case .error = value { return value }
        guard case .bool(let holds) = value else { return .noSuchOverload }
        let branch = holds ? first : second
        let result = evaluate(branch)
        if isPlainAttribute(branch) { refund() }
        return result
    }

    private func isPlainAttribute(_ id: CELNodeID) -> Bool {
        if case .conditional = code.nodes[Int(id)] { return false }
        return code.isAttribute(id)
    }

    private mutating func binary(
        _ operation: CELOperation, _ left: CELNodeID, _ right: CELNodeID
    ) -> CELValue {
        let first = evaluate(left)
        if case .error = first { return first }
        let second = evaluate(right)
        if case .error = second { return second }
        charge(CELCost.binary(operation, first, second))
        return CELOperations.binary(operation, first, second)
    }

    // MARK: Calls

    private mutating func arguments(
        _ first: Int32, _ count: Int32
    ) -> Result<[CELValue], CELFault> {
        var values: [CELValue] = []
        values.reserveCapacity(Int(count))
        for place in first..<first + count {
            let value = evaluate(code.operands[Int(place)])
            if case .error(let fault) = value { return .failure(fault) }
            values.append(value)
        }
        return .success(values)
    }

    private mutating func call(
        _ function: CELFunction, _ first: Int32, _ count: Int32
    ) -> CELValue {
        switch arguments(first, count) {
        case .failure(let fault): return .error(fault)
        case .success(let values):
            if case .list(.range) = function, case .int(let count) = values[0],
                count > Int64(CELLimits.costPerCall)
            {
                charge(limit)
                charge(1)
                return .error(.costExceeded)
            }
            let result = CELLibraryCalls.call(function, values, environment)
            charge(CELCost.call(function, values, result))
            return result
        }
    }

    private mutating func patternCall(
        _ function: CELTextFunction, _ first: Int32, _ count: Int32, _ pattern: Int32
    ) -> CELValue {
        switch arguments(first, count) {
        case .failure(let fault): return .error(fault)
        case .success(let values):
            charge(CELCost.call(.text(function), values, .null))
            return CELTextCalls.match(function, values, code.patterns[Int(pattern)])
        }
    }

    // MARK: Locals

    func local(_ slot: Int32) -> CELValue { locals[Int(slot)] }

    mutating func setLocal(_ slot: Int32, _ value: CELValue) { locals[Int(slot)] = value }

    /// The value of a total, which is then held by nobody else.
    mutating func takeLocal(_ slot: Int32) -> CELValue {
        let value = locals[Int(slot)]
        locals[Int(slot)] = .null
        return value
    }
}
