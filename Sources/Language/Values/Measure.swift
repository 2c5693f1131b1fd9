import Value

/// Bounds on the size of structures. Lists and maps share their parts, so a few statements can
/// describe a structure with more parts than there is memory.
enum Measure {
    /// Throws when a structure nests too deep or has too many parts.
    /// - Parameter asJSON: it is to become text: functions and objects that do not exist have none.
    static func check(
        _ value: Value, _ limits: Limits, asJSON: Bool = false
    ) throws(RuntimeError) {
        var left = limits.items
        try walk(value, depth: 0, &left, limits, asJSON)
    }

    private static func walk(
        _ value: Value, depth: Int, _ left: inout Int, _ limits: Limits, _ asJSON: Bool
    ) throws(RuntimeError) {
        left -= 1
        if left < 0 { throw .itemCount(limits.items) }
        switch value {
        case .array(let values):
            if depth >= limits.nesting { throw .nesting(limits.nesting) }
            for value in values { try walk(value, depth: depth + 1, &left, limits, asJSON) }
        case .object(let object):
            if depth >= limits.nesting { throw .nesting(limits.nesting) }
            for field in object { try walk(field.value, depth: depth + 1, &left, limits, asJSON) }
        case .opaque(let opaque):
            guard asJSON else { return }
            if let absent = opaque as? AbsentObject { throw absent.error }
            if opaque.text == nil { throw .closureInObject(value) }
        default: break
        }
    }
}

extension Evaluator {
    /// The text of a value, as strings and output show it.
    func shown(_ value: Value) throws -> String {
        try Rendering.text(value, limits: limits)
    }

    /// The text of the value of an expression.
    mutating func shownValue(_ expression: NodeIndex) throws -> String {
        let value = try value(expression)
        return try shown(value)
    }

    /// To be called with each new structure that holds structures: looks at every sixteenth, which
    /// is enough, because one statement adds only a few levels.
    mutating func noteNesting(_ value: Value, levels: Int = 1) throws {
        nestedLevels &+= levels
        guard nestedLevels >= 16 else { return }
        nestedLevels = 0
        try Measure.check(value, limits)
    }
}

extension Value {
    /// A list or a map.
    @inline(__always)
    var isStructure: Bool {
        switch self {
        case .array, .object: true
        default: false
        }
    }
}
