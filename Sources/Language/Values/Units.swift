import Syntax
import Value

/// Reading numbers with units: exactly, or not at all (see ``NumberRangeError``).
enum Units {
    /// The value of a literal: a duration or a quantity where only one reads it, else both.
    static func value(of literal: UnitLiteral) throws(NumberRangeError) -> Value? {
        if literal.isDuration, literal.isQuantity { return .opaque(UnitValue(literal.text)) }
        if literal.isDuration, let duration = try Duration(exactly: literal.text) {
            return .opaque(DurationValue(duration))
        }
        if literal.isQuantity, let quantity = try Quantity(exactly: literal.text) {
            return .opaque(QuantityValue(quantity))
        }
        return nil
    }

    static func percent(_ text: String) throws(NumberRangeError) -> Value? {
        try Value(exactly: text)?.number.map { .opaque(PercentValue($0)) }
    }

    /// The duration that a text is; nil for other texts.
    static func duration(_ text: String) throws(RuntimeError) -> Duration? {
        do throws(NumberRangeError) {
            return try Duration(exactly: text)
        } catch {
            throw .outOfRange(error)
        }
    }

    /// The quantity that a text is; nil for other texts.
    static func quantity(_ text: String) throws(RuntimeError) -> Quantity? {
        do throws(NumberRangeError) {
            return try Quantity(exactly: text)
        } catch {
            throw .outOfRange(error)
        }
    }

    /// A value that is or can be a duration.
    static func duration(of value: Value) throws(RuntimeError) -> Duration? {
        guard case .opaque(let opaque) = value else { return nil }
        switch opaque {
        case let value as DurationValue: return value.duration
        case let value as UnitValue: return try duration(value.written)
        default: return nil
        }
    }

    /// A value that is or can be a quantity, without texts and numbers.
    static func quantity(of value: Value) throws(RuntimeError) -> Quantity? {
        guard case .opaque(let opaque) = value else { return nil }
        switch opaque {
        case let value as QuantityValue: return value.quantity
        case let value as UnitValue: return try quantity(value.written)
        default: return nil
        }
    }

    /// The amount of a value beside a quantity: of quantities, integers, numbers, percentages (50% is
    /// 500m) and texts; nil for every other value.
    static func amount(_ value: Value) throws(RuntimeError) -> Quantity? {
        do throws(NumberRangeError) {
            switch value {
            case .int(let number): return Quantity(number)
            case .double(let number): return try Quantity(exactly: number)
            case .text(let text): return try Quantity(exactly: text.string)
            case .opaque(let percent as PercentValue):
                guard let amount = try Quantity(exactly: percent.percent).divided(by: 100) else {
                    throw NumberRangeError(percent: percent)
                }
                return amount
            case .null, .bool, .array, .object, .opaque: break
            }
        } catch {
            throw .outOfRange(error)
        }
        return try quantity(of: value)
    }
}
