import Support
import Value

extension Builtins {
    static let numbers: [Builtin] = [
        Builtin(
            "abs", ["number"], "the amount without its sign", example: "abs(-3) == 3",
            run: { evaluator, arguments in
                let value = evaluator.value(arguments, 0)
                if let number = value.number {
                    return number < 0 ? try Operators.negate(value) : value
                }
                if !evaluator.isAmbiguous(value), let duration = try Units.duration(of: value) {
                    return duration.milliseconds < 0 ? try Operators.negate(value) : value
                }
                if !evaluator.isAmbiguous(value), let quantity = try Units.quantity(of: value) {
                    return quantity < .zero ? try Operators.negate(value) : value
                }
                throw evaluator.wrong(arguments, 0, "a number, a duration or a quantity")
            }),
        Builtin(
            "round", ["number"], "the nearest integer, halves away from zero",
            example: "round(2.5) == 3", run: { try $0.whole($1, .toNearestOrAwayFromZero) }),
        Builtin(
            "floor", ["number"], "the greatest integer that is not above",
            example: "floor(2.5) == 2", run: { try $0.whole($1, .down) }),
        Builtin(
            "ceil", ["number"], "the least integer that is not below", example: "ceil(2.1) == 3",
            run: { try $0.whole($1, .up) }),
        Builtin(
            "div", ["dividend", "divisor"], "the quotient as a number with its fraction",
            example: "div(7, 2) == 3.5",
            run: { evaluator, arguments in
                guard let one = evaluator.value(arguments, 0).number else {
                    throw evaluator.wrong(arguments, 0, "a number")
                }
                guard evaluator.value(arguments, 1).number != nil else {
                    throw evaluator.wrong(arguments, 1, "a number")
                }
                return try Operators.divide(.double(one), evaluator.value(arguments, 1))
            }),
        Builtin(
            "number", ["value"],
            "a text, quantity, percentage or duration (in seconds) as a number",
            example: "number(\"12\") == 12", run: { try $0.number($1) }),
        Builtin(
            "isNumber", ["value"], "whether a value is an integer or a number",
            example: "isNumber(1.5)", run: { .bool($0.value($1, 0).number != nil) }),
    ]
}

extension Evaluator {
    /// Whether a unit literal is still without a reading.
    fileprivate func isAmbiguous(_ value: Value) -> Bool {
        if case .opaque(let opaque) = value { return opaque is UnitValue }
        return false
    }

    fileprivate func whole(
        _ arguments: Arguments, _ rule: FloatingPointRoundingRule
    ) throws -> Value {
        switch value(arguments, 0) {
        case .int(let number): return .int(number)
        case .double(let number):
            guard let result = Int64(exactly: number.rounded(rule)) else {
                throw RuntimeError.overflow("rounding \(number)")
            }
            return .int(result)
        default: throw wrong(arguments, 0, "a number")
        }
    }

    fileprivate func number(_ arguments: Arguments) throws -> Value {
        let value = value(arguments, 0)
        switch value {
        case .int, .double: return value
        case .bool(let flag): return .int(flag ? 1 : 0)
        case .text(let text):
            let trimmed = TextTools.trimmed(text.string)
            do throws(NumberRangeError) {
                if let number = try Value(exactly: trimmed) { return number }
                if let quantity = try Quantity(exactly: trimmed) { return try quantity.number() }
            } catch {
                throw RuntimeError.outOfRange(error)
            }
        case .opaque(let opaque):
            switch opaque {
            case let quantity as QuantityValue:
                do throws(NumberRangeError) {
                    return try quantity.quantity.number()
                } catch {
                    throw RuntimeError.outOfRange(error)
                }
            case let percent as PercentValue: return .double(percent.percent)
            case let duration as DurationValue:
                let milliseconds = duration.duration.milliseconds
                return milliseconds % 1000 == 0
                    ? .int(milliseconds / 1000) : .double(Double(milliseconds) / 1000)
            case let unit as UnitValue: throw RuntimeError.ambiguousUnit(unit.written)
            default: break
            }
        case .null, .array, .object: break
        }
        throw wrong(arguments, 0, "something that reads as a number")
    }
}
