/// Fields and elements.
extension CELEvaluator {
    /// What the read of a part costs: where it is no part of a variable, the read itself counts too.
    private mutating func chargePart(_ operand: CELNodeID) {
        charge(code.isAttribute(operand) ? 1 : 2)
    }

    mutating func select(_ operand: CELNodeID, _ field: String) -> CELValue {
        let value = evaluate(operand)
        if case .error = value { return value }
        chargePart(operand)
        if case .optional(let optional) = value {
            guard let content = optional.content else { return .none }
            if environment.libraries.contains(.newest), !Self.hasFields(content) {
                return .noSuchOverload
            }
            return Self.field(field, of: content).map { Self.optional($0) } ?? .none
        }
        return Self.field(field, of: value) ?? .error(.noSuchKey(field))
    }

    /// The value of a field; nil where it is absent.
    private static func field(_ name: String, of value: CELValue) -> CELValue? {
        switch value {
        case .map(let map): map.value(named: name)
        case .object(let object): object.value(named: name)
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .timestamp, .duration,
            .type, .optional, .foreign, .error:
            nil
        }
    }

    private static func hasFields(_ value: CELValue) -> Bool {
        switch value {
        case .map, .object: true
        case .null, .bool, .int, .uint, .double, .string, .bytes, .list, .timestamp, .duration,
            .type, .optional, .foreign, .error:
            false
        }
    }

    /// Errors stay errors, all else becomes a value that is there.
    private static func optional(_ value: CELValue) -> CELValue {
        if case .error = value { return value }
        return .some(value)
    }

    mutating func optionalSelect(_ operand: CELNodeID, _ field: String) -> CELValue {
        var value = evaluate(operand)
        if case .error = value { return value }
        chargePart(operand)
        if case .optional(let optional) = value {
            guard let content = optional.content else { return .none }
            value = content
        }
        return Self.field(field, of: value).map { Self.optional($0) } ?? .none
    }

    mutating func has(_ operand: CELNodeID, _ field: String) -> CELValue {
        var value = evaluate(operand)
        if case .error = value { return value }
        if case .optional(let optional) = value {
            guard let content = optional.content else { return .bool(false) }
            value = content
        }
        guard Self.hasFields(value) else { return .noSuchOverload }
        return .bool(Self.field(field, of: value) != nil)
    }

    mutating func index(_ operand: CELNodeID, _ key: CELNodeID) -> CELValue {
        let value = evaluate(operand)
        if case .error = value { return value }
        let index = evaluate(key)
        if case .error = index { return index }
        chargePart(operand)
        if case .optional(let optional) = value {
            guard let content = optional.content else { return .none }
            return Self.element(index, of: content).map { Self.optional($0) } ?? .none
        }
        if let element = Self.element(index, of: value) { return element }
        if case .list = value {
            guard Self.place(index) != nil else {
                return .failed("unsupported index type '\(index.typeName)' in list")
            }
            return .failed("index out of bounds: \(index.text)")
        }
        guard Self.hasFields(value) else { return .noSuchOverload }
        return .error(.noSuchKey(index.text))
    }

    mutating func optionalIndex(_ operand: CELNodeID, _ key: CELNodeID) -> CELValue {
        var value = evaluate(operand)
        if case .error = value { return value }
        let index = evaluate(key)
        if case .error = index { return index }
        chargePart(operand)
        if case .optional(let optional) = value {
            guard let content = optional.content else { return .none }
            value = content
        }
        return Self.element(index, of: value).map { Self.optional($0) } ?? .none
    }

    private static func element(_ key: CELValue, of value: CELValue) -> CELValue? {
        switch value {
        case .list(let list):
            guard let place = place(key), place >= 0, place < list.count else { return nil }
            return list[place]
        case .map(let map): return map.value(key)
        case .object(let object): return key.string.flatMap { object.value(named: $0) }
        case .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration, .type,
            .optional, .foreign, .error:
            return nil
        }
    }

    /// A place in a list: a whole number of any type.
    private static func place(_ value: CELValue) -> Int? {
        switch value {
        case .int(let number): Int(exactly: number)
        case .uint(let number): Int(exactly: number)
        case .double(let number): Int(exactly: number)
        case .null, .bool, .string, .bytes, .list, .map, .object, .timestamp, .duration, .type,
            .optional, .foreign, .error:
            nil
        }
    }

    mutating func optionalOr(
        _ left: CELNodeID, _ right: CELNodeID, unwraps: Bool
    ) -> CELValue {
        let first = evaluate(left)
        guard case .optional(let optional) = first else {
            if case .error = first { return first }
            return .noSuchOverload
        }
        if let content = optional.content { return unwraps ? content : first }
        return evaluate(right)
    }
}
