import Patterns

/// Expressions.
extension AwkMachine {
    mutating func text(_ value: AwkValue) throws(ToolStop) -> [UInt8] {
        guard case .number = value else { return value.text(Self.standardFormat) }
        return value.text(format(text(.convfmt)))
    }

    mutating func text(_ node: AwkNode) throws(ToolStop) -> [UInt8] { try text(value(node)) }

    mutating func key(_ parts: [AwkNode]) throws(ToolStop) -> [UInt8] {
        var key: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index > 0 { key += text(.subsep) }
            key += try text(part)
        }
        return key
    }

    mutating func value(_ node: AwkNode) throws(ToolStop) -> AwkValue {
        try checkDepth()
        switch program.expressions[node] {
        case .number(let number): return .number(number)
        case .text(let text): return .text(text)
        case .pattern(let pattern):
            return .number(try call.matches(pattern, recordText()[...]) ? 1 : 0)
        case .variable(let slot): return variable(slot)
        case .element(let array, let parts): return arrays[array][try key(parts)]
        case .field(let number): return try field(value(number).number)
        case .not(let inner): return .number(try value(inner).isTrue ? 0 : 1)
        case .negative(let inner): return .number(-(try value(inner).number))
        case .positive(let inner): return .number(try value(inner).number)
        case .chain(let chain): return try run(chain)
        case .power(let base, let exponent):
            return .number(AwkMath.power(try value(base).number, try value(exponent).number))
        case .joined(let parts):
            var text: [UInt8] = []
            for part in parts {
                text += try self.text(part)
                try call.check(size: text.count)
            }
            return .text(text)
        case .all(let parts):
            for part in parts where try !value(part).isTrue { return .number(0) }
            return .number(1)
        case .any(let parts):
            for part in parts where try value(part).isTrue { return .number(1) }
            return .number(0)
        case .comparison(let comparison, let left, let right):
            return .number(try holds(comparison, value(left), value(right)) ? 1 : 0)
        case .match(let text, let pattern, let isNegated):
            let subject = try self.text(text)
            let isMatched = try call.matches(self.pattern(of: pattern), subject[...])
            return .number(isMatched != isNegated ? 1 : 0)
        case .choice(let condition, let yes, let no):
            return try value(condition).isTrue ? value(yes) : value(no)
        case .contains(let array, let parts):
            return .number(arrays[array].contains(try key(parts)) ? 1 : 0)
        case .assign(let target, let operation, let right):
            return try assign(target, operation, right)
        case .step(let target, let amount, let isPrefix):
            let old = try value(target).number
            try assign(target, .number(old + amount))
            return .number(isPrefix ? old + amount : old)
        case .call(let function, let arguments): return try run(function, arguments)
        case .count(let array): return .number(Double(arrays[array].count))
        case .split(let text, let array, let separator):
            return try split(text, array, separator)
        case .group(let inner): return try value(inner)
        }
    }

    private mutating func variable(_ slot: Int) -> AwkValue {
        if slot == AwkVariable.nf.slot, !record.isSplit { splitRecord() }
        return variables[slot]
    }

    private mutating func field(_ number: Double) throws(ToolStop) -> AwkValue {
        let number = number.clamped
        if number < 0 { throw .failure("negative field index $\(number)", status: 2) }
        if number == 0 { return .input(try recordText()) }
        if !record.isSplit { splitRecord() }
        return number > record.count ? .none : .input(record.field(number))
    }

    private mutating func run(
        _ chain: [(operation: AwkOperator, operand: AwkNode)]
    ) throws(ToolStop) -> AwkValue {
        var result = try value(chain[0].operand).number
        for (operation, operand) in chain.dropFirst() {
            result = AwkMath.result(operation, result, try value(operand).number)
        }
        return .number(result)
    }

    private mutating func holds(
        _ comparison: AwkComparison, _ left: AwkValue, _ right: AwkValue
    ) throws(ToolStop) -> Bool {
        if left.isNumeric, right.isNumeric {
            let (a, b) = (left.number, right.number)
            switch comparison {
            case .less: return a < b
            case .lessOrEqual: return a <= b
            case .equal: return a == b
            case .notEqual: return a != b
            case .greater: return a > b
            case .greaterOrEqual: return a >= b
            }
        }
        let order = SortKey.compareBytes(try text(left)[...], try text(right)[...])
        switch comparison {
        case .less: return order < 0
        case .lessOrEqual: return order <= 0
        case .equal: return order == 0
        case .notEqual: return order != 0
        case .greater: return order > 0
        case .greaterOrEqual: return order >= 0
        }
    }

    /// A pattern as it stands, or the one that a value is the text of.
    mutating func pattern(of node: AwkNode) throws(ToolStop) -> Pattern {
        if case .pattern(let pattern) = program.expressions[node] { return pattern }
        return try pattern(text(node))
    }

    // MARK: Assigning

    private mutating func assign(
        _ target: AwkNode, _ operation: AwkOperator?, _ right: AwkNode
    ) throws(ToolStop) -> AwkValue {
        var new = try value(right)
        if let operation {
            new = .number(AwkMath.result(operation, try value(target).number, new.number))
        }
        try assign(target, new)
        return new
    }

    mutating func assign(_ target: AwkNode, _ new: AwkValue) throws(ToolStop) {
        switch program.expressions[target] {
        case .variable(let slot): setVariable(slot, new)
        case .element(let array, let parts): arrays[array][try key(parts)] = new
        case .field(let number):
            let number = try value(number).number.clamped
            let text = try self.text(new)
            guard number >= 0, number <= AwkRecord.maximumCount else {
                throw .failure(
                    number < 0
                        ? "negative field index $\(number)"
                        : "maximum number of fields (\(AwkRecord.maximumCount)) exceeded", status: 2
                )
            }
            if number == 0 { return record.set(text) }
            if !record.isSplit { splitRecord() }
            record.setField(number, text)
            set(.nf, .number(Double(record.count)))
        case .group(let inner): try assign(inner, new)
        // The parser lets nothing else be a target.
        case .number, .text, .pattern, .not, .negative, .positive, .chain, .power, .joined, .all,
            .any, .comparison, .match, .choice, .contains, .assign, .step, .call, .count, .split:
            break
        }
    }
}
