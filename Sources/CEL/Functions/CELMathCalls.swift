/// Functions of numbers.
enum CELMathCalls {
    static func call(_ function: CELMathFunction, _ arguments: [CELValue]) -> CELValue {
        switch function {
        case .greatest, .least: extreme(function, arguments)
        case .bitAnd, .bitOr, .bitXor, .bitShiftLeft, .bitShiftRight:
            arguments.count == 2 ? bits(function, arguments[0], arguments[1]) : .noSuchOverload
        case .ceil, .floor, .round, .trunc, .abs, .sign, .isNaN, .isInf, .isFinite, .sqrt, .bitNot:
            arguments.count == 1 ? one(function, arguments[0]) : .noSuchOverload
        }
    }

    private static func extreme(
        _ function: CELMathFunction, _ arguments: [CELValue]
    ) -> CELValue {
        var values = arguments
        if case .list(let list)? = arguments.first, arguments.count == 1 {
            values = list.elements
            if values.isEmpty {
                return .failed("\(function.rawValue)(list) argument must not be empty")
            }
        }
        guard var best = values.first else { return .noSuchOverload }
        for value in values {
            switch CELValue.numberOrder(best, value) {
            case .less?: if function == .greatest { best = value }
            case .greater?: if function == .least { best = value }
            case .equal?: break
            case .none(let fault)?: return .error(fault)
            case nil: return .failed("no such overload: \(function.rawValue)")
            }
        }
        return best
    }

    private static func one(_ function: CELMathFunction, _ value: CELValue) -> CELValue {
        switch (function, value) {
        case (.ceil, .double(let number)): .double(number.rounded(.up))
        case (.floor, .double(let number)): .double(number.rounded(.down))
        case (.round, .double(let number)): .double(number.rounded(.toNearestOrAwayFromZero))
        case (.trunc, .double(let number)): .double(number.rounded(.towardZero))
        case (.isNaN, .double(let number)): .bool(number.isNaN)
        case (.isInf, .double(let number)): .bool(number.isInfinite)
        case (.isFinite, .double(let number)): .bool(number.isFinite)
        case (.abs, .double(let number)): .double(number.magnitude)
        case (.abs, .int(let number)):
            number == .min ? .failed("integer overflow") : .int(Swift.abs(number))
        case (.abs, .uint): value
        case (.sign, .double(let number)):
            .double(number.isNaN ? number : number > 0 ? 1 : number < 0 ? -1 : 0)
        case (.sign, .int(let number)): .int(number.signum())
        case (.sign, .uint(let number)): .uint(number == 0 ? 0 : 1)
        case (.sqrt, .double(let number)): .double(number.squareRoot())
        case (.sqrt, .int(let number)): .double(Double(number).squareRoot())
        case (.sqrt, .uint(let number)): .double(Double(number).squareRoot())
        case (.bitNot, .int(let number)): .int(~number)
        case (.bitNot, .uint(let number)): .uint(~number)
        default: .noSuchOverload
        }
    }

    private static func bits(
        _ function: CELMathFunction, _ left: CELValue, _ right: CELValue
    ) -> CELValue {
        if case .int(let count) = right, count < 0,
            function == .bitShiftLeft || function == .bitShiftRight
        {
            return .failed("\(function.rawValue)() negative offset: \(count)")
        }
        switch (function, left, right) {
        case (.bitAnd, .int(let left), .int(let right)): return .int(left & right)
        case (.bitOr, .int(let left), .int(let right)): return .int(left | right)
        case (.bitXor, .int(let left), .int(let right)): return .int(left ^ right)
        case (.bitAnd, .uint(let left), .uint(let right)): return .uint(left & right)
        case (.bitOr, .uint(let left), .uint(let right)): return .uint(left | right)
        case (.bitXor, .uint(let left), .uint(let right)): return .uint(left ^ right)
        case (.bitShiftLeft, .int(let left), .int(let count)): return .int(left << count)
        case (.bitShiftLeft, .uint(let left), .int(let count)): return .uint(left << count)
        // Of an integer the bits move without its sign.
        case (.bitShiftRight, .int(let left), .int(let count)):
            return .int(Int64(bitPattern: UInt64(bitPattern: left) >> UInt64(count)))
        case (.bitShiftRight, .uint(let left), .int(let count)): return .uint(left >> count)
        default: return .noSuchOverload
        }
    }
}
