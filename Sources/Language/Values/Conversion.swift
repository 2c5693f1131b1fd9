import Support
import Value

/// Reading a value as something that its place asks for.
enum Conversion {
    /// A value beside a quantity field: numbers and texts by their amount; null stays null.
    static func quantity(_ value: Value) throws(RuntimeError) -> Value {
        switch value {
        case .null: return .null
        case .opaque(let opaque):
            if let absent = opaque as? AbsentObject { throw absent.error }
            if opaque is QuantityValue { return value }
        default: break
        }
        guard let quantity = try Units.amount(value) else { throw .notQuantity(value) }
        return .opaque(QuantityValue(quantity))
    }

    /// A value beside a duration field, whose text is a duration; null stays null.
    static func duration(_ value: Value) throws(RuntimeError) -> Value {
        switch value {
        case .null: return .null
        case .text(let text):
            guard let duration = try Units.duration(text.string) else { throw .notDuration(value) }
            return .opaque(DurationValue(duration))
        default:
            if let absent = value.absentObject { throw absent.error }
            guard let duration = try Units.duration(of: value) else { throw .notDuration(value) }
            return .opaque(DurationValue(duration))
        }
    }

    /// Milliseconds of a value that must be a duration.
    static func milliseconds(_ value: Value) throws(RuntimeError) -> Int64 {
        guard let duration = try Units.duration(of: value) else { throw .notDuration(value) }
        return duration.milliseconds
    }

    /// What a loop runs over: the items of a list or range, the `[key, value]` pairs of a map.
    static func sequence(_ value: Value) throws(RuntimeError) -> Value {
        switch value {
        case .array: return value
        case .object(let object):
            return .array(
                object.map { .array([Value($0.key.name), $0.value]) })
        case .opaque(let opaque):
            if let absent = opaque as? AbsentObject { throw absent.error }
            if opaque is RangeValue { return value }
        default: break
        }
        throw .notSequence(value)
    }
}

extension Value {
    /// How many items a list or a range has.
    var sequenceCount: Int {
        if case .opaque(let range as RangeValue) = self { return range.count }
        return elements.count
    }

    /// The items of a list or of a range.
    var sequence: [Value] {
        switch self {
        case .array(let values): values
        case .opaque(let opaque as RangeValue) where opaque.count > 0:
            (opaque.lower...opaque.upper).map { .int($0) }
        default: []
        }
    }
}

/// Sorting with keys that were computed before.
enum Sorting {
    /// The items in the order of their keys; equal keys keep their order. Null keys come last.
    static func sorted(
        _ items: [Value], by keys: [Value], descending: Bool
    ) throws(RuntimeError) -> [Value] {
        var failure: RuntimeError?
        let order = Array(zip(items.indices, keys)).sorted { left, right in
            if StopRequest.isMade { return false }
            if left.1.isNull || right.1.isNull {
                if left.1.isNull != right.1.isNull { return right.1.isNull }
                return left.0 < right.0
            }
            do throws(RuntimeError) {
                if try Operators.ordered(left.1, right.1, descending ? .greater : .less) {
                    return true
                }
                if try Operators.ordered(right.1, left.1, descending ? .greater : .less) {
                    return false
                }
            } catch {
                if failure == nil { failure = error }
            }
            return left.0 < right.0
        }
        if let failure { throw failure }
        return order.map { items[$0.0] }
    }
}
