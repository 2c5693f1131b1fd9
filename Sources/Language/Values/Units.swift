import Syntax
import Value

/// Reading numbers with units.
enum Units {
    /// The value of a literal: a duration or a quantity where only one reads it, else both.
    static func value(of literal: UnitLiteral) -> Value? {
        if literal.isDuration, literal.isQuantity { return .opaque(UnitValue(literal.text)) }
        if literal.isDuration, let value = duration(literal.text) { return .opaque(value) }
        if literal.isQuantity, let value = quantity(literal.text) { return .opaque(value) }
        return nil
    }

    static func duration(_ text: String) -> DurationValue? {
        guard let duration = try? Duration(parsing: text, allowsDays: true) else { return nil }
        return DurationValue(duration)
    }

    static func quantity(_ text: String) -> QuantityValue? {
        guard let quantity = try? Quantity(parsing: text) else { return nil }
        return QuantityValue(quantity)
    }

    static func percent(_ text: String) -> Value? {
        Double(text).map { .opaque(PercentValue($0)) }
    }

    /// A value that is or can be a duration.
    static func duration(of value: Value) -> Duration? {
        guard case .opaque(let opaque) = value else { return nil }
        switch opaque {
        case let value as DurationValue: return value.duration
        case let value as UnitValue: return value.asDuration?.duration
        default: return nil
        }
    }

    /// A value that is or can be a quantity, without texts and numbers.
    static func quantity(of value: Value) -> Quantity? {
        guard case .opaque(let opaque) = value else { return nil }
        switch opaque {
        case let value as QuantityValue: return value.quantity
        case let value as UnitValue: return value.asQuantity?.quantity
        default: return nil
        }
    }
}
