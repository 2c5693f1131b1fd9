/// The operators on values. Integers that overflow are errors, never other numbers.
enum CELOperations {
    static func unary(_ operation: CELOperation, _ value: CELValue) -> CELValue {
        switch (operation, value) {
        case (.not, .bool(let flag)): .bool(!flag)
        case (.negate, .int(let number)):
            number == .min ? .failed(overflow) : .int(-number)
        case (.negate, .double(let number)): .double(-number)
        case (.negate, .duration(let nanos)):
            nanos == .min ? .failed("duration overflow") : .duration(-nanos)
        case (.size, _):
            switch value {
            case .string, .bytes, .list, .map: value.size.map { .int(Int64($0)) } ?? .noSuchOverload
            case .null, .bool, .int, .uint, .double, .object, .timestamp, .duration, .type,
                .optional, .foreign, .error:
                .noSuchOverload
            }
        default: .noSuchOverload
        }
    }

    static func binary(
        _ operation: CELOperation, _ left: CELValue, _ right: CELValue
    ) -> CELValue {
        switch operation {
        case .equal: .bool(CELValue.equal(left, right))
        case .notEqual: .bool(!CELValue.equal(left, right))
        case .less: compare(left, right) { $0 < 0 }
        case .lessOrEqual: compare(left, right) { $0 <= 0 }
        case .greater: compare(left, right) { $0 > 0 }
        case .greaterOrEqual: compare(left, right) { $0 >= 0 }
        case .add: add(left, right)
        case .subtract: subtract(left, right)
        case .multiply: multiply(left, right)
        case .divide: divide(left, right)
        case .remainder: remainder(left, right)
        case .isIn: isIn(left, right)
        case .conditional, .and, .or, .not, .notStrictlyFalse, .negate, .index, .size:
            .noSuchOverload
        }
    }

    private static let overflow = "integer overflow"
    private static let unsignedOverflow = "unsigned integer overflow"

    private static func compare(
        _ left: CELValue, _ right: CELValue, _ holds: (Int) -> Bool
    ) -> CELValue {
        switch CELValue.order(left, right) {
        case .less?: .bool(holds(-1))
        case .equal?: .bool(holds(0))
        case .greater?: .bool(holds(1))
        case .none(let fault)?: .error(fault)
        case nil: .noSuchOverload
        }
    }

    private static func isIn(_ value: CELValue, _ range: CELValue) -> CELValue {
        switch range {
        case .list(let list):
            .bool((0..<list.count).contains { CELValue.equal(list[$0], value) })
        case .map(let map): .bool(map.value(value) != nil)
        case .object(let object):
            value.string.map { .bool(object.value(named: $0) != nil) } ?? .noSuchOverload
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type,
            .optional, .foreign, .error:
            .noSuchOverload
        }
    }

    // MARK: Arithmetic

    private static func checked(_ result: (partialValue: Int64, overflow: Bool)) -> CELValue {
        result.overflow ? .failed(overflow) : .int(result.partialValue)
    }

    private static func checked(_ result: (partialValue: UInt64, overflow: Bool)) -> CELValue {
        result.overflow ? .failed(unsignedOverflow) : .uint(result.partialValue)
    }

    private static func duration(_ result: (partialValue: Int64, overflow: Bool)) -> CELValue {
        result.overflow ? .failed("duration overflow") : .duration(result.partialValue)
    }

    private static func instant(_ nanos: Int128) -> CELValue {
        CELTimestamp(nanosSince1970: nanos).map { .timestamp($0) } ?? .failed("timestamp overflow")
    }

    private static func add(_ left: CELValue, _ right: CELValue) -> CELValue {
        if case .timestamp = right, case .duration = left { return add(right, left) }
        if case .timestamp(let time) = left {
            guard case .duration(let nanos) = right else { return .noSuchOverload }
            return instant(time.nanosSince1970 + Int128(nanos))
        }
        return switch (left, right) {
        case (.int(let left), .int(let right)): checked(left.addingReportingOverflow(right))
        case (.uint(let left), .uint(let right)): checked(left.addingReportingOverflow(right))
        case (.double(let left), .double(let right)): .double(left + right)
        case (.string(let left), .string(let right)): .string(left + right)
        case (.bytes(let left), .bytes(let right)): .bytes(left + right)
        case (.list(let left), .list(let right)): join(left, right)
        case (.duration(let left), .duration(let right)):
            duration(left.addingReportingOverflow(right))
        default: .noSuchOverload
        }
    }

    private static func join(_ left: CELList, _ right: CELList) -> CELValue {
        if case .host(let values, let shape) = left, case .list(_, let kind) = shape.kind,
            kind != .atomic
        {
            return CELListMerge(kind, values, shape).sum(with: right)
                ?? .list(left.elements + right.elements)
        }
        return .list(left.elements + right.elements)
    }

    private static func subtract(_ left: CELValue, _ right: CELValue) -> CELValue {
        if case .timestamp(let time) = left { return subtract(time, right) }
        return switch (left, right) {
        case (.int(let left), .int(let right)): checked(left.subtractingReportingOverflow(right))
        case (.uint(let left), .uint(let right)):
            checked(left.subtractingReportingOverflow(right))
        case (.double(let left), .double(let right)): .double(left - right)
        case (.duration(let left), .duration(let right)):
            duration(left.subtractingReportingOverflow(right))
        default: .noSuchOverload
        }
    }

    private static func subtract(_ time: CELTimestamp, _ right: CELValue) -> CELValue {
        if case .duration(let nanos) = right {
            return instant(time.nanosSince1970 - Int128(nanos))
        }
        guard case .timestamp(let other) = right else { return .noSuchOverload }
        return Int64(exactly: time.nanosSince1970 - other.nanosSince1970).map { .duration($0) }
            ?? .failed("timestamp overflow")
    }

    private static func multiply(_ left: CELValue, _ right: CELValue) -> CELValue {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            checked(left.multipliedReportingOverflow(by: right))
        case (.uint(let left), .uint(let right)):
            checked(left.multipliedReportingOverflow(by: right))
        case (.double(let left), .double(let right)): .double(left * right)
        default: .noSuchOverload
        }
    }

    private static func divide(_ left: CELValue, _ right: CELValue) -> CELValue {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): .failed("division by zero")
        case (.int(let left), .int(let right)): checked(left.dividedReportingOverflow(by: right))
        case (.uint(let left), .uint(let right)): .uint(left / right)
        case (.double(let left), .double(let right)): .double(left / right)
        default: .noSuchOverload
        }
    }

    private static func remainder(_ left: CELValue, _ right: CELValue) -> CELValue {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): .failed("modulus by zero")
        case (.int(let left), .int(let right)):
            checked(left.remainderReportingOverflow(dividingBy: right))
        case (.uint(let left), .uint(let right)): .uint(left % right)
        default: .noSuchOverload
        }
    }
}
