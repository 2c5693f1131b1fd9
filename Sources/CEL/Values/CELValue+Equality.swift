import Value

/// How two values compare.
enum CELOrder: Sendable {
    case less, equal, greater
    /// They have no order: one is not a number.
    case none(CELFault)
}

extension CELValue {
    /// Equality of the language: numbers of all types by their amount, values of different types are
    /// not equal, and what is not a number is not even equal to itself.
    static func equal(_ left: CELValue, _ right: CELValue) -> Bool {
        switch left {
        case .int, .uint, .double:
            if case .equal? = numberOrder(left, right) { return true }
            return false
        case .null:
            if case .null = right { return true }
        case .bool(let left):
            if case .bool(let right) = right { return left == right }
        case .string(let left):
            if case .string(let right) = right { return left.isSame(as: right) }
        case .bytes(let left):
            if case .bytes(let right) = right { return left == right }
        case .list(let left):
            if case .list(let right) = right { return equal(left, right) }
        case .map(let left):
            if case .map(let right) = right { return equal(left, right) }
            if case .object(.host(let object, _)) = right {
                return equal(left, CELMap.host(object, .any))
            }
        case .object(let left):
            if case .object(let right) = right { return equal(left, right) }
            if case .host(let object, _) = left, case .map(let right) = right {
                return equal(CELMap.host(object, .any), right)
            }
        case .timestamp(let left):
            if case .timestamp(let right) = right { return left == right }
        case .duration(let left):
            if case .duration(let right) = right { return left == right }
        case .type(let left):
            if case .type(let right) = right { return left == right }
        case .optional(let left):
            guard case .optional(let right) = right else { return false }
            guard let left = left.content, let right = right.content else {
                return left.content == nil && right.content == nil
            }
            return equal(left, right)
        case .foreign(let left):
            if case .foreign(let right) = right { return left == right }
        case .error: return false
        }
        return false
    }

    private static func equal(_ left: CELList, _ right: CELList) -> Bool {
        guard left.count == right.count else { return false }
        if case .host(let values, let shape) = left, case .list(_, let kind) = shape.kind,
            kind != .atomic
        {
            return CELListMerge(kind, values, shape).isSame(as: right)
        }
        return (0..<left.count).allSatisfy { equal(left[$0], right[$0]) }
    }

    private static func equal(_ left: CELMap, _ right: CELMap) -> Bool {
        guard left.count == right.count else { return false }
        return (0..<left.count).allSatisfy { index in
            let (key, value) = left.entry(index)
            return right.value(key).map { equal(value, $0) } ?? false
        }
    }

    private static func equal(_ left: CELObject, _ right: CELObject) -> Bool {
        switch (left, right) {
        case (.host(let first, let fields), .host(let second, _)):
            guard first.count == second.count else { return false }
            return first.allSatisfy { field in
                guard second.contains(field.key) else { return false }
                let shape =
                    CELFieldName.escaped(field.key.name).flatMap { fields.shape(of: $0) } ?? .any
                return equal(shape.read(field.value), shape.read(second[field.key]))
            }
        case (.made(let first), .made(let second)):
            return first.typeName == second.typeName && equal(first.fields, second.fields)
        case (.host, .made), (.made, .host): return false
        }
    }

    /// The order of two numbers; nil where one is none.
    static func numberOrder(_ left: CELValue, _ right: CELValue) -> CELOrder? {
        switch (left, right) {
        case (.int(let left), .int(let right)): ordered(left, right)
        case (.uint(let left), .uint(let right)): ordered(left, right)
        case (.double(let left), .double(let right)):
            left.isNaN || right.isNaN ? notANumber : ordered(left, right)
        case (.int(let left), .uint(let right)): left < 0 ? .less : ordered(UInt64(left), right)
        case (.uint(let left), .int(let right)):
            right < 0 ? .greater : ordered(left, UInt64(right))
        case (.int(let left), .double(let right)): order(left, right)
        case (.double(let left), .int(let right)): reversed(order(right, left))
        case (.uint(let left), .double(let right)): order(left, right)
        case (.double(let left), .uint(let right)): reversed(order(right, left))
        default: nil
        }
    }

    /// The order of two values of one type; nil where they have none.
    static func order(_ left: CELValue, _ right: CELValue) -> CELOrder? {
        switch left {
        case .int, .uint, .double: return numberOrder(left, right)
        case .bool(let left):
            guard case .bool(let right) = right else { return nil }
            return ordered(left ? 1 : 0, right ? 1 : 0)
        case .string(let left):
            guard case .string(let right) = right else { return nil }
            if left.utf8.lexicographicallyPrecedes(right.utf8) { return .less }
            return left.isSame(as: right) ? .equal : .greater
        case .bytes(let left):
            guard case .bytes(let right) = right else { return nil }
            if left.lexicographicallyPrecedes(right) { return .less }
            return left == right ? .equal : .greater
        case .timestamp(let left):
            guard case .timestamp(let right) = right else { return nil }
            return left.seconds == right.seconds
                ? ordered(left.nanos, right.nanos) : ordered(left.seconds, right.seconds)
        case .duration(let left):
            guard case .duration(let right) = right else { return nil }
            return ordered(left, right)
        case .null, .list, .map, .object, .type, .optional, .foreign, .error: return nil
        }
    }

    private static let notANumber = CELOrder.none(.failed("NaN values cannot be ordered"))

    private static func ordered<Number: Comparable>(_ left: Number, _ right: Number) -> CELOrder {
        left < right ? .less : left == right ? .equal : .greater
    }

    /// The order of an integer and a double: beyond the range of integers by sign, else as doubles,
    /// which for large numbers is not exact (cel-go `types/compare.go`).
    private static func order(_ left: Int64, _ right: Double) -> CELOrder {
        if right.isNaN { return notANumber }
        if right < -9_223_372_036_854_775_808.0 { return .greater }
        if right > 9_223_372_036_854_775_807.0 { return .less }
        return ordered(Double(left), right)
    }

    private static func order(_ left: UInt64, _ right: Double) -> CELOrder {
        if right.isNaN { return notANumber }
        if right < 0 { return .greater }
        if right > 18_446_744_073_709_551_615.0 { return .less }
        return ordered(Double(left), right)
    }

    private static func reversed(_ order: CELOrder) -> CELOrder {
        switch order {
        case .less: .greater
        case .greater: .less
        case .equal, .none: order
        }
    }
}

/// Lists of the host that are sets or maps: their order does not matter to equality, and their sum is
/// a union (apiserver `cel/common/valuesunstructured.go`).
struct CELListMerge {
    private let kind: CELShape.ListKind
    private let values: [Value]
    private let shape: CELShape

    init(_ kind: CELShape.ListKind, _ values: [Value], _ shape: CELShape) {
        self.kind = kind
        self.values = values
        self.shape = shape
    }

    /// What tells elements apart.
    private func identity(_ value: Value) -> Value {
        switch kind {
        case .atomic, .set: value
        case .map(let keys): .array(keys.map { value[$0] })
        }
    }

    /// Whether another list has the same elements.
    func isSame(as other: CELList) -> Bool {
        var known: [Value: Value] = [:]
        for value in values { known[identity(value)] = value }
        for index in 0..<other.count {
            guard let raw = Self.raw(other, index), let own = known[identity(raw)],
                CELValue.equal(shape.element.read(own), other[index])
            else { return false }
        }
        return true
    }

    /// The elements of this list, with those of another that are new behind them; of a map's list the
    /// other's stand in the place of those with the same keys.
    func sum(with other: CELList) -> CELValue? {
        var places: [Value: Int] = [:]
        var result = values
        for (index, value) in values.enumerated() { places[identity(value)] = index }
        for index in 0..<other.count {
            guard let raw = Self.raw(other, index) else { return nil }
            if let place = places[identity(raw)] {
                if kind != .set { result[place] = raw }
            } else {
                places[identity(raw)] = result.count
                result.append(raw)
            }
        }
        return .list(.host(result, shape))
    }

    private static func raw(_ list: CELList, _ index: Int) -> Value? {
        switch list {
        case .host(let values, _): values[index]
        case .values(let values): values[index].value
        }
    }
}
