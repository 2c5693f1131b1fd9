import Support
import Value

extension Operators {
    /// What an operator gives for two integers; nil where that is no integer of 64 bits.
    @inline(__always)
    static func integers(_ sign: ArithmeticOperator, _ one: Int64, _ other: Int64) -> Int64? {
        switch sign {
        case .add:
            let (sum, isOver) = one.addingReportingOverflow(other)
            return isOver ? nil : sum
        case .subtract:
            let (difference, isOver) = one.subtractingReportingOverflow(other)
            return isOver ? nil : difference
        case .multiply:
            let (product, isOver) = one.multipliedReportingOverflow(by: other)
            return isOver ? nil : product
        case .divide:
            guard other > 0 else { return nil }
            let quotient = one / other
            return quotient * other > one ? quotient - 1 : quotient
        case .remainder:
            guard other > 0 else { return nil }
            let rest = one % other
            return rest < 0 ? rest + other : rest
        }
    }

    /// What an operator gives for any two values.
    static func arithmetic(
        _ sign: ArithmeticOperator, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value {
        switch sign {
        case .add: try add(left, right)
        case .subtract: try subtract(left, right)
        case .multiply: try multiply(left, right)
        case .divide: try divide(left, right)
        case .remainder: try remainder(left, right)
        }
    }

    private static func text(_ left: Value, _ sign: String, _ right: Value) -> String {
        "\(Rendering.short(left)) \(sign) \(Rendering.short(right))"
    }

    /// Numbers, texts, lists, maps (the right side wins), durations and quantities.
    static func add(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let one), .int(let other)):
            let (sum, isOver) = one.addingReportingOverflow(other)
            if isOver { throw .overflow(text(left, "+", right)) }
            return .int(sum)
        case (.text(let one), .text(let other)): return Value(one.string + other.string)
        case (.array(let one), .array(let other)): return .array(one + other)
        case (.object(let one), .object(let other)):
            var merged = one
            for field in other { merged.set(field.key, to: field.value) }
            return .object(merged)
        default: return try combine(left, "+", right, sign: 1)
        }
    }

    static func subtract(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        if case .int(let one) = left, case .int(let other) = right {
            let (difference, isOver) = one.subtractingReportingOverflow(other)
            if isOver { throw .overflow(text(left, "-", right)) }
            return .int(difference)
        }
        return try combine(left, "-", right, sign: -1)
    }

    /// Sums and differences of everything that is not an integer.
    private static func combine(
        _ left: Value, _ operation: String, _ right: Value, sign: Int64
    ) throws(RuntimeError) -> Value {
        if let absent = left.absentObject ?? right.absentObject { throw absent.error }
        if let one = left.number, let other = right.number {
            return try finite(one + Double(sign) * other, left, operation, right)
        }
        if isDuration(left) || isDuration(right),
            let one = try Units.duration(of: left), let other = try Units.duration(of: right)
        {
            let sum = Int128(one.milliseconds) + Int128(sign) * Int128(other.milliseconds)
            return try duration(sum, left, operation, right)
        }
        if isQuantity(left) || isQuantity(right),
            let one = try Units.amount(left), let other = try Units.amount(right)
        {
            guard let sum = one.adding(other * sign) else {
                throw .inexact(text(left, operation, right))
            }
            return .opaque(QuantityValue(sum))
        }
        for value in [left, right] {
            if case .opaque(let unit as UnitValue) = value { throw .ambiguousUnit(unit.written) }
        }
        throw .operands(operation, left, right)
    }

    // MARK: Results within their range

    private static func finite(
        _ number: Double, _ left: Value, _ operation: String, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard number.isFinite else { throw .inexact(text(left, operation, right)) }
        return .double(number)
    }

    private static func duration(
        _ milliseconds: Int128, _ left: Value, _ operation: String, _ right: Value
    ) throws(RuntimeError) -> Value {
        guard let duration = Duration(exactly: milliseconds) else {
            throw .inexact(text(left, operation, right))
        }
        return .opaque(DurationValue(duration))
    }

    static func multiply(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        switch (left, right) {
        case (.int(let one), .int(let other)):
            let (product, isOver) = one.multipliedReportingOverflow(by: other)
            if isOver { throw .overflow(text(left, "*", right)) }
            return .int(product)
        default: break
        }
        if let one = left.number, let other = right.number {
            return try finite(one * other, left, "*", right)
        }
        if let absent = left.absentObject ?? right.absentObject { throw absent.error }
        if case .opaque = left, let product = try scaled(left, by: right, left, right) {
            return product
        }
        if case .opaque = right, let product = try scaled(right, by: left, left, right) {
            return product
        }
        for value in [left, right] {
            if case .opaque(let unit as UnitValue) = value { throw .ambiguousUnit(unit.written) }
        }
        throw .operands("*", left, right)
    }

    /// A duration an integer of times, or a quantity any number of times; nil for other values.
    private static func scaled(
        _ value: Value, by factor: Value, _ left: Value, _ right: Value
    ) throws(RuntimeError) -> Value? {
        guard case .opaque(let opaque) = value else { return nil }
        switch (opaque, factor) {
        case (let duration as DurationValue, .int(let factor)):
            return try self.duration(
                Int128(duration.duration.milliseconds) * Int128(factor), left, "*", right)
        case (let quantity as QuantityValue, .int), (let quantity as QuantityValue, .double),
            (let quantity as QuantityValue, .opaque(is PercentValue)):
            guard let factor = try Units.amount(factor) else { return nil }
            guard let product = quantity.quantity.multiplied(by: factor) else {
                throw .inexact(text(left, "*", right))
            }
            return .opaque(QuantityValue(product))
        default: return nil
        }
    }

    /// Integers divide to an integer, rounded down; with a float to a float. Two durations or two
    /// quantities give their ratio.
    static func divide(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        if case .int(let one) = left, case .int(let other) = right {
            if other == 0 { throw .divisionByZero }
            let (quotient, isOver) = one.dividedReportingOverflow(by: other)
            if isOver { throw .overflow(text(left, "/", right)) }
            let isBelow = one % other != 0 && (one < 0) != (other < 0)
            return .int(isBelow ? quotient - 1 : quotient)
        }
        if let one = left.number, let other = right.number {
            if other == 0 { throw .divisionByZero }
            return try finite(one / other, left, "/", right)
        }
        if let absent = left.absentObject ?? right.absentObject { throw absent.error }
        if isDuration(left) || isDuration(right), let one = try Units.duration(of: left) {
            if let other = try Units.duration(of: right) {
                if other.milliseconds == 0 { throw .divisionByZero }
                return .double(Double(one.milliseconds) / Double(other.milliseconds))
            }
            if case .int(let divisor) = right {
                if divisor == 0 { throw .divisionByZero }
                return try duration(
                    Int128(one.milliseconds) / Int128(divisor), left, "/", right)
            }
        }
        if isQuantity(left), case .int(let divisor) = right, let one = try Units.amount(left) {
            if divisor == 0 { throw .divisionByZero }
            guard let part = one.divided(by: divisor) else {
                throw .inexact(text(left, "/", right))
            }
            return .opaque(QuantityValue(part))
        }
        if let one = try Units.quantity(of: left), let other = try Units.quantity(of: right) {
            if other.isZero { throw .divisionByZero }
            return .double(one.double / other.double)
        }
        throw .operands("/", left, right)
    }

    /// The remainder that belongs to ``divide(_:_:)``: it has the sign of the divisor.
    static func remainder(_ left: Value, _ right: Value) throws(RuntimeError) -> Value {
        if let absent = left.absentObject ?? right.absentObject { throw absent.error }
        if case .int(let one) = left, case .int(let other) = right {
            if other == 0 { throw .divisionByZero }
            if other == -1 { return .int(0) }
            let rest = one % other
            return .int(rest != 0 && (rest < 0) != (other < 0) ? rest + other : rest)
        }
        if let one = left.number, let other = right.number {
            if other == 0 { throw .divisionByZero }
            let rest = one.truncatingRemainder(dividingBy: other)
            return .double(rest != 0 && (rest < 0) != (other < 0) ? rest + other : rest)
        }
        throw .operands("%", left, right)
    }

    static func negate(_ value: Value) throws(RuntimeError) -> Value {
        switch value {
        case .int(let number):
            if number == .min { throw .overflow("-\(number)") }
            return .int(-number)
        case .double(let number): return .double(-number)
        case .opaque(let opaque):
            switch opaque {
            case let duration as DurationValue:
                return .opaque(DurationValue(duration.duration * -1))
            case let quantity as QuantityValue:
                return .opaque(QuantityValue(-quantity.quantity))
            case let absent as AbsentObject: throw absent.error
            default: throw .notNumber(value)
            }
        default: throw .notNumber(value)
        }
    }
}
