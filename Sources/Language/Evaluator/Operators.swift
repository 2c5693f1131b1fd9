import Support
import Value

/// The operators on values of all kinds.
enum Operators {
    enum Order {
        case less, lessOrEqual, greater, greaterOrEqual

        var sign: String {
            switch self {
            case .less: "<"
            case .lessOrEqual: "<="
            case .greater: ">"
            case .greaterOrEqual: ">="
            }
        }

        @inline(__always)
        func holds<T: Comparable>(_ left: T, _ right: T) -> Bool {
            switch self {
            case .less: left < right
            case .lessOrEqual: left <= right
            case .greater: left > right
            case .greaterOrEqual: left >= right
            }
        }
    }

    // MARK: Equality

    /// Equality by content: numbers by amount, quantities by amount also against numbers and texts,
    /// percentages against their text; a unit literal takes the reading of the other side.
    static func equal(_ left: Value, _ right: Value) throws(RuntimeError) -> Bool {
        switch (left, right) {
        case (.text(let one), .text(let other)): return one == other
        case (.int(let one), .int(let other)): return one == other
        case (.opaque(let one), _): return try equal(one, left, right)
        case (_, .opaque(let other)): return try equal(other, right, left)
        case (.array(let one), .array(let other)):
            guard one.count == other.count else { return false }
            for (one, other) in zip(one, other) {
                guard try equal(one, other) else { return false }
            }
            return true
        default: return left == right
        }
    }

    /// `value` is the opaque value itself.
    private static func equal(
        _ opaque: OpaqueValue, _ value: Value, _ other: Value
    ) throws(RuntimeError) -> Bool {
        if let absent = opaque as? AbsentObject {
            if other.isNull { return true }
            throw absent.error
        }
        if case .opaque(let otherOpaque) = other {
            if let absent = otherOpaque as? AbsentObject { throw absent.error }
            if opaque === otherOpaque { return true }
        }
        if other.isNull { return false }
        if let unit = opaque as? UnitValue { return try equal(unit, value, other) }
        if case .opaque(let unit as UnitValue) = other { return try equal(unit, other, value) }
        switch opaque {
        case let quantity as QuantityValue:
            guard let amount = Units.quantity(of: other) ?? Quantity(other) else { return false }
            return amount == quantity.quantity
        case is PercentValue, is DurationValue:
            if case .text(let text) = other { return sameText(opaque, text.string) }
        default: break
        }
        return value == other
    }

    /// A percentage or duration against the text that a field holds.
    private static func sameText(_ opaque: OpaqueValue, _ text: String) -> Bool {
        if opaque.text == text { return true }
        if let duration = opaque as? DurationValue {
            return Units.duration(text)?.duration == duration.duration
        }
        return false
    }

    private static func equal(
        _ unit: UnitValue, _ value: Value, _ other: Value
    ) throws(RuntimeError) -> Bool {
        guard case .opaque(let opaque) = other else {
            throw .ambiguousUnit(unit.written)
        }
        switch opaque {
        case let duration as DurationValue: return unit.asDuration?.duration == duration.duration
        case let quantity as QuantityValue: return unit.asQuantity?.quantity == quantity.quantity
        case let other as UnitValue: return unit.asDuration?.duration == other.asDuration?.duration
        default: return false
        }
    }

    // MARK: Order

    static func ordered(
        _ left: Value, _ right: Value, _ order: Order
    ) throws(RuntimeError) -> Bool {
        switch (left, right) {
        case (.int(let one), .int(let other)): return order.holds(one, other)
        case (.text(let one), .text(let other)): return order.holds(one.string, other.string)
        case (.double, .int), (.int, .double), (.double, .double):
            if let one = left.number, let other = right.number { return order.holds(one, other) }
        case (.opaque, _), (_, .opaque):
            return try orderedOpaque(left, right, order)
        case (.array(let one), .array(let other)):
            return try orderedLists(one, other, order)
        case (.null, _), (_, .null):
            throw .orderingNull(order.sign, left, right)
        default: break
        }
        throw .ordering(order.sign, left, right)
    }

    private static func orderedOpaque(
        _ left: Value, _ right: Value, _ order: Order
    ) throws(RuntimeError) -> Bool {
        if let absent = left.absentObject ?? right.absentObject { throw absent.error }
        if left.isNull || right.isNull { throw .orderingNull(order.sign, left, right) }
        if case .opaque(let one as UnitValue) = left, case .opaque(let other as UnitValue) = right,
            let one = one.asDuration, let other = other.asDuration
        {
            return order.holds(one.duration, other.duration)
        }
        if isDuration(left) || isDuration(right) {
            if let one = duration(left), let other = duration(right) {
                return order.holds(one, other)
            }
        } else if isQuantity(left) || isQuantity(right) {
            if let one = Units.quantity(of: left) ?? Quantity(left),
                let other = Units.quantity(of: right) ?? Quantity(right)
            {
                return order.holds(one, other)
            }
        } else if let one = percent(left), let other = percent(right) {
            return order.holds(one, other)
        }
        for value in [left, right] {
            if case .opaque(let unit as UnitValue) = value { throw .ambiguousUnit(unit.written) }
        }
        throw .ordering(order.sign, left, right)
    }

    private static func orderedLists(
        _ left: [Value], _ right: [Value], _ order: Order
    ) throws(RuntimeError) -> Bool {
        for (one, other) in zip(left, right) {
            if try equal(one, other) { continue }
            return try ordered(one, other, order)
        }
        return order.holds(left.count, right.count)
    }

    static func isDuration(_ value: Value) -> Bool {
        if case .opaque(let opaque) = value { return opaque is DurationValue }
        return false
    }

    static func isQuantity(_ value: Value) -> Bool {
        if case .opaque(let opaque) = value { return opaque is QuantityValue }
        return false
    }

    private static func duration(_ value: Value) -> Duration? {
        if case .text(let text) = value { return Units.duration(text.string)?.duration }
        return Units.duration(of: value)
    }

    private static func percent(_ value: Value) -> Double? {
        switch value {
        case .opaque(let opaque): return (opaque as? PercentValue)?.percent
        case .text(let text):
            let string = text.string
            return string.hasSuffix("%") ? Double(string.dropLast()) : nil
        default: return nil
        }
    }

    // MARK: Membership

    /// `container contains item`: text in text, item in list, key in map, integer in range.
    static func contains(_ container: Value, _ item: Value) throws(RuntimeError) -> Bool {
        switch (container, item) {
        case (.text(let text), .text(let part)): return Search.contains(text.string, part.string)
        case (.array(let values), _):
            for value in values {
                if try equal(value, item) { return true }
            }
            return false
        case (.object(let object), .text(let key)): return object.contains(Key(key.string))
        case (.opaque(let opaque as RangeValue), .int(let number)):
            return opaque.lower <= number && number <= opaque.upper
        case (.opaque(let opaque as AbsentObject), _): throw opaque.error
        default: throw .operands("contains", container, item)
        }
    }
}
