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
        case (.object(let one), .object(let other)):
            if one.isIdentical(to: other) { return true }
            guard one.count == other.count else { return false }
            for field in one {
                guard other.contains(field.key), try equal(field.value, other[field.key]) else {
                    return false
                }
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
            if case .double(let number) = other {
                return compare(quantity.quantity, number) == 0
            }
            return try Units.amount(other) == quantity.quantity
        case let percent as PercentValue:
            if case .opaque(let quantity as QuantityValue) = other {
                return try Units.amount(value) == quantity.quantity
            }
            if case .double(let number) = other { return number == percent.percent / 100 }
            if case .text(let text) = other { return try sameText(opaque, text.string) }
        case is DurationValue:
            if case .text(let text) = other { return try sameText(opaque, text.string) }
        default: break
        }
        return value == other
    }

    /// A percentage or duration against the text that a field holds.
    private static func sameText(
        _ opaque: OpaqueValue, _ text: String
    ) throws(RuntimeError) -> Bool {
        if opaque.text == text { return true }
        if let duration = opaque as? DurationValue {
            return try Units.duration(text) == duration.duration
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
        case let duration as DurationValue:
            return try Units.duration(unit.written) == duration.duration
        case let quantity as QuantityValue:
            return try Units.quantity(unit.written) == quantity.quantity
        case let other as UnitValue:
            return try Units.quantity(unit.written) == Units.quantity(other.written)
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
        case (.double(let one), .double(let other)): return order.holds(one, other)
        case (.int(let one), .double(let other)): return order.holds(compare(one, other), 0)
        case (.double(let one), .int(let other)): return order.holds(0, compare(other, one))
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
            let one = try Units.quantity(one.written), let other = try Units.quantity(other.written)
        {
            // As durations they have the same order.
            return order.holds(one, other)
        }
        if isDuration(left) || isDuration(right) {
            if let one = try duration(left), let other = try duration(right) {
                return order.holds(one, other)
            }
        } else if case .opaque(let one as QuantityValue) = left, case .double(let other) = right {
            return order.holds(compare(one.quantity, other), 0)
        } else if case .double(let one) = left, case .opaque(let other as QuantityValue) = right {
            return order.holds(0, compare(other.quantity, one))
        } else if isQuantity(left) || isQuantity(right) {
            if let one = try Units.amount(left), let other = try Units.amount(right) {
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

    /// Whether it is a number, a duration or a quantity.
    static func isAmount(_ value: Value) throws(RuntimeError) -> Bool {
        if value.number != nil { return true }
        if try Units.duration(of: value) != nil { return true }
        return try Units.quantity(of: value) != nil
    }

    private static func duration(_ value: Value) throws(RuntimeError) -> Duration? {
        if case .text(let text) = value { return try Units.duration(text.string) }
        return try Units.duration(of: value)
    }

    private static func percent(_ value: Value) -> Double? {
        switch value {
        case .double(let number): return number * 100
        case .opaque(let opaque): return (opaque as? PercentValue)?.percent
        case .text(let text):
            let string = text.string
            return string.hasSuffix("%") ? Double(string.dropLast()) : nil
        default: return nil
        }
    }

    /// Below, at or above zero: how an integer compares with a double, without rounding.
    private static func compare(_ one: Int64, _ other: Double) -> Int {
        // Beyond ±2⁶³ no integer of 64 bits comes near.
        if other >= 0x1p63 { return -1 }
        if other < -0x1p63 { return 1 }
        let whole = other.rounded(.down)
        let rounded = Int64(whole)
        if one != rounded { return one < rounded ? -1 : 1 }
        return other > whole ? -1 : 0
    }

    /// As ``compare(_:_:)-(Int64,_)``, for an amount. What is finer or larger than a quantity can be
    /// compares all the same.
    private static func compare(_ one: Quantity, _ other: Double) -> Int {
        guard let exact = try? Quantity(exactly: other) else {
            return one.double < other ? -1 : 1
        }
        return one < exact ? -1 : one == exact ? 0 : 1
    }

    // MARK: Membership

    /// `container contains item`: text in text, item in list, key in map, integer in range.
    static func contains(_ container: Value, _ item: Value) throws(RuntimeError) -> Bool {
        switch (container, item) {
        case (.text(let text), .text(let part)): return Search.contains(text.string, part.string)
        case (.opaque(let quantity as QuantityValue), .text(let part)):
            guard let text = quantity.written else { break }
            return Search.contains(text.string, part.string)
        case (.array(let values), _):
            for value in values {
                if try equal(value, item) { return true }
            }
            return false
        case (.object(let object), .text(let key)): return object.contains(Key(key.string))
        case (.opaque(let opaque as RangeValue), .int(let number)):
            return opaque.lower <= number && number <= opaque.upper
        case (.opaque(let opaque as AbsentObject), _): throw opaque.error
        default: break
        }
        throw .operands("contains", container, item)
    }
}
