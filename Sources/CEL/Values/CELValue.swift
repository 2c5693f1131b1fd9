import Value

/// A value of the language.
public enum CELValue: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case double(Double)
    case string(String)
    case bytes([UInt8])
    case list(CELList)
    case map(CELMap)
    /// An object with declared fields.
    case object(CELObject)
    case timestamp(CELTimestamp)
    /// A length of time in nanoseconds.
    case duration(Int64)
    /// A type by the name that the function `type` answers.
    case type(String)
    /// A value that is there or not.
    case optional(CELOptional)
    /// A value of Kubernetes' libraries.
    case foreign(CELForeign)
    /// No value. Errors go on from call to call until something passes over them.
    case error(CELFault)
}

/// What an optional value holds.
public final class CELOptional: Sendable {
    /// Nil for `optional.none()`.
    public let content: CELValue?

    init(_ content: CELValue?) { self.content = content }

    static let none = CELOptional(nil)
}

/// An instant: seconds since 1970-01-01T00:00:00Z and the nanoseconds that belong to them.
public struct CELTimestamp: Hashable, Sendable {
    /// Since 1970; negative before.
    public let seconds: Int64
    /// 0 to 999,999,999.
    public let nanos: Int32

    /// An instant of the simulated clock.
    public init(_ timestamp: Timestamp) {
        seconds = timestamp.seconds
        nanos = Int32(timestamp.millisecond * 1_000_000)
    }

    init(seconds: Int64, nanos: Int32) {
        self.seconds = seconds
        self.nanos = nanos
    }
}

extension CELValue {
    /// An optional value.
    public static func optionalValue(_ content: CELValue?) -> CELValue {
        .optional(CELOptional(content))
    }

    static func some(_ value: CELValue) -> CELValue { .optional(CELOptional(value)) }
    static var none: CELValue { .optional(CELOptional.none) }
    static func list(_ values: [CELValue]) -> CELValue { .list(.values(values)) }
    static func failed(_ message: String) -> CELValue { .error(.failed(message)) }
    static var noSuchOverload: CELValue { .error(.noSuchOverload) }

    /// The fault of an error; nil for a value.
    public var fault: CELFault? {
        if case .error(let fault) = self { return fault }
        return nil
    }

    /// The truth value; nil for everything else.
    public var bool: Bool? {
        if case .bool(let flag) = self { return flag }
        return nil
    }

    /// The text of a string; nil for everything else.
    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    /// What the function `type` answers for it.
    var typeName: String {
        switch self {
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .list: "list"
        case .map: "map"
        case .object(let object): object.typeName
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .type: "type"
        case .optional: "optional_type"
        case .foreign(let foreign): foreign.typeName
        case .error: "error"
        }
    }

    /// What the function `size` answers; nil where it has none.
    var size: Int? {
        switch self {
        case .string(let text): text.unicodeScalars.count
        case .bytes(let bytes): bytes.count
        case .list(let list): list.count
        case .map(let map): map.count
        case .object(let object): object.count
        case .foreign(let foreign): foreign.size
        case .null, .bool, .int, .uint, .double, .timestamp, .duration, .type, .optional,
            .error:
            nil
        }
    }

    /// Whether it is the zero of its type, as `optional.ofNonZeroValue` asks.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .uint(let number): number == 0
        case .double(let number): number == 0
        case .string(let text): text.isEmpty
        case .bytes(let bytes): bytes.isEmpty
        case .list(let list): list.count == 0
        case .map(let map): map.count == 0
        case .duration(let nanos): nanos == 0
        case .timestamp(let instant): instant.seconds == -62_135_596_800 && instant.nanos == 0
        case .optional(let optional): optional.content.map(\.isZero) ?? true
        case .object, .type, .foreign, .error: false
        }
    }
}

/// A list: of values that the expression made, or of the host, whose elements are read when they are
/// asked for.
public enum CELList: Sendable {
    case values([CELValue])
    case host([Value], CELShape)

    /// The number of elements. O(1).
    public var count: Int {
        switch self {
        case .values(let values): values.count
        case .host(let values, _): values.count
        }
    }

    /// The element at a place from 0. O(1).
    public subscript(index: Int) -> CELValue {
        switch self {
        case .values(let values): values[index]
        case .host(let values, let shape): shape.element.read(values[index])
        }
    }

    /// All elements.
    public var elements: [CELValue] {
        if case .values(let values) = self { return values }
        return (0..<count).map { self[$0] }
    }
}
