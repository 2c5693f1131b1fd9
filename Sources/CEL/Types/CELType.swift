/// The type of an expression.
public indirect enum CELType: Hashable, Sendable {
    /// Whatever it turns out to be.
    case dyn
    /// What an issue was already noted for.
    case error
    case null
    case bool
    case int
    case uint
    case double
    case string
    case bytes
    case timestamp
    case duration
    /// The type of a type.
    case type(CELType?)
    case list(CELType)
    case map(CELType, CELType)
    case optional(CELType)
    /// What stands for any type in a declaration.
    case parameter(String)
    /// A type of a library without fields: `net.IP`.
    case abstract(String)
    /// A type with declared fields.
    case object(String)
}

extension CELType: CustomStringConvertible {
    /// As messages show it: `map(string, list(int))`.
    public var description: String {
        switch self {
        case .dyn: "dyn"
        case .error: "!error!"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .type(let type): type.map { "type(\($0))" } ?? "type"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .optional(let type): "optional_type(\(type))"
        case .parameter(let name), .abstract(let name), .object(let name): name
        }
    }

    /// What the function `type` answers for a value of it.
    public var runtimeName: String {
        switch self {
        case .null: "null_type"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .list: "list"
        case .map: "map"
        case .optional: "optional_type"
        case .dyn, .error, .bool, .int, .uint, .double, .string, .bytes, .parameter, .abstract,
            .object:
            description
        }
    }

    var isDyn: Bool { self == .dyn }

    var isDynOrError: Bool { self == .dyn || self == .error }

    var isParameter: Bool {
        if case .parameter = self { return true }
        return false
    }

    /// The type inside an optional; nil for all others.
    var optionalContent: CELType? {
        if case .optional(let type) = self { return type }
        return nil
    }

    /// Whether null may stand for it (cel-go `isLegacyNullable`).
    var isNullable: Bool {
        switch self {
        case .null, .timestamp, .duration, .optional, .abstract, .object: true
        case .dyn, .error, .bool, .int, .uint, .double, .string, .bytes, .type, .list, .map,
            .parameter:
            false
        }
    }

    /// The types that it is made of.
    var parameters: [CELType] {
        switch self {
        case .list(let type), .optional(let type): [type]
        case .map(let key, let value): [key, value]
        case .type(let type): [type].compactMap(\.self)
        case .dyn, .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp,
            .duration, .parameter, .abstract, .object:
            []
        }
    }

    /// The same with other types inside.
    func with(_ change: (CELType) -> CELType) -> CELType {
        switch self {
        case .list(let type): .list(change(type))
        case .optional(let type): .optional(change(type))
        case .map(let key, let value): .map(change(key), change(value))
        case .type(let type): .type(type.map(change))
        case .dyn, .error, .null, .bool, .int, .uint, .double, .string, .bytes, .timestamp,
            .duration, .parameter, .abstract, .object:
            self
        }
    }

    /// Whether both are made alike, whatever is inside.
    func isSameKind(as other: CELType) -> Bool {
        switch (self, other) {
        case (.list, .list), (.map, .map), (.optional, .optional), (.type, .type): true
        default: self == other
        }
    }
}
