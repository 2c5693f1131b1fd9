import Support
import Value

/// What a value of the host is to expressions: which type it has, and how it is read. Made once from
/// a schema; values are then read as they are asked for, without copies.
public final class CELShape: Sendable {
    /// What kind of value it is.
    public enum Kind: Sendable {
        /// Without a schema: maps, lists and scalars as they are.
        case any
        case bool, int, double, string
        /// A string of base64.
        case bytes
        /// A string of RFC 3339, or a date.
        case timestamp
        /// A string of Go's durations.
        case duration
        /// An integer or a string.
        case intOrString
        case list(CELShape, ListKind)
        case map(CELShape)
        case object(CELFields)
    }

    /// What makes two lists equal, and what their sum is (`x-kubernetes-list-type`).
    public enum ListKind: Sendable, Equatable {
        case atomic
        case set
        case map(keys: [String])
    }

    /// What values of it are.
    public let kind: Kind
    /// How many elements or characters a value can have at most, for the estimate of costs; 0 for values
    /// of which all are of one size.
    public let maxElements: UInt64

    /// A shape of a kind.
    public init(_ kind: Kind, maxElements: UInt64 = 0) {
        self.kind = kind
        self.maxElements = maxElements
    }

    /// The shape of whatever has no schema.
    public static let any = CELShape(.any)

    /// The shape of elements of a list or of values of a map.
    var element: CELShape {
        switch kind {
        case .list(let element, _), .map(let element): element
        case .any, .bool, .int, .double, .string, .bytes, .timestamp, .duration, .intOrString,
            .object:
            .any
        }
    }

    /// The type that expressions see.
    public var type: CELType {
        switch kind {
        case .any, .intOrString: .dyn
        case .bool: .bool
        case .int: .int
        case .double: .double
        case .string: .string
        case .bytes: .bytes
        case .timestamp: .timestamp
        case .duration: .duration
        case .list(let element, _): .list(element.type)
        case .map(let element): .map(.string, element.type)
        case .object(let fields): .object(fields.typeName)
        }
    }

    /// A value of the host as a value of the language; what does not fit the schema is an error
    /// (apiserver `cel/common/valuesunstructured.go`).
    public func read(_ value: Value) -> CELValue {
        switch (kind, value) {
        case (_, .null): .null
        case (.object(let fields), .object(let object)): .object(.host(object, fields))
        case (.object, _): .failed("invalid data, expected a map for the provided schema")
        case (.map, .object(let object)): .map(.host(object, self))
        case (.map, _): .failed("invalid data, expected a map for the provided schema")
        case (.list, .array(let values)): .list(.host(values, self))
        case (.list, _): .failed("invalid data, expected an array for the provided schema")
        case (.double, .int(let number)): .double(Double(number))
        case (.bytes, .text(let text)):
            Base64.decode(text.string).map { .bytes($0) }
                ?? .failed("error decoding base64 string")
        case (.timestamp, .text(let text)):
            CELTimestamp(parsing: text.string).map { .timestamp($0) }
                ?? CELTimestamp(parsing: text.string + "T00:00:00Z").map { .timestamp($0) }
                ?? .failed("invalid date-time \(text.string)")
        case (.duration, .text(let text)):
            CELDurationText.nanos(text.string).map { .duration($0) }
                ?? .failed("invalid duration \(text.string)")
        case (_, .bool(let flag)): .bool(flag)
        case (_, .int(let number)): .int(number)
        case (_, .double(let number)): .double(number)
        case (_, .text(let text)): .string(text.string)
        case (_, .array(let values)): .list(.host(values, .any))
        case (_, .object(let object)): .map(.host(object, .any))
        case (_, .opaque(let value)): value.text.map { .string($0) } ?? .null
        }
    }
}

/// The fields of an object type. The names are those of expressions, where `a-b` is `a__dash__b`.
public final class CELFields: Sendable {
    /// The name of the type in messages.
    public let typeName: String
    private let fields: [String: Field]

    struct Field: Sendable {
        let key: Key
        let shape: CELShape
    }

    /// - Parameter fields: the names as the host has them, with their shapes. Names that cannot be
    ///   written in an expression are left out.
    public init(typeName: String, fields: [(name: String, shape: CELShape)]) {
        self.typeName = typeName
        var known: [String: Field] = [:]
        for (name, shape) in fields {
            guard let escaped = CELFieldName.escaped(name) else { continue }
            known[escaped] = Field(key: Key(name), shape: shape)
        }
        self.fields = known
    }

    subscript(name: String) -> Field? { fields[name] }

    /// The shapes of all fields, by name.
    var shapes: [CELShape] { fields.sorted { $0.key < $1.key }.map(\.value.shape) }

    /// The shape of a field by its name in expressions.
    public func shape(of name: String) -> CELShape? { fields[name]?.shape }
}

/// An object: of the host, or made by an expression.
public enum CELObject: Sendable {
    case host(Object, CELFields)
    case made(CELMadeObject)

    /// What the function `type` answers: objects of the host are maps to it.
    var typeName: String {
        switch self {
        case .host: "map"
        case .made(let made): made.typeName
        }
    }

    /// The number of fields that are set.
    var count: Int {
        switch self {
        case .host(let object, _): object.count
        case .made(let made): made.fields.count
        }
    }

    /// The value of a field; nil where it is not set.
    func value(named name: String) -> CELValue? {
        switch self {
        case .host(let object, let fields):
            // A null is as good as no field.
            guard let field = fields[name], !object[field.key].isNull else { return nil }
            return field.shape.read(object[field.key])
        case .made(let made): return made.fields.value(named: name)
        }
    }
}

/// An object that an expression made: `JSONPatch{op: "add", path: "/x"}`.
public final class CELMadeObject: Sendable {
    /// The name of its type.
    public let typeName: String
    /// The fields that were given, by their names in expressions.
    public let fields: CELMap

    init(typeName: String, fields: CELMap) {
        self.typeName = typeName
        self.fields = fields
    }

    /// An object that the host makes of values; of two fields of one name the first stays.
    public init(typeName: String, fields: [(name: String, value: CELValue)]) {
        self.typeName = typeName
        var entries = CELEntries()
        for (name, value) in fields { _ = CELEntries.add(&entries, .string(name), value) }
        self.fields = .entries(entries)
    }

    /// The fields that were given, in the order in which they came in.
    public var namedFields: [(name: String, value: CELValue)] {
        (0..<fields.count).map { index in
            let (key, value) = fields.entry(index)
            return (key.text, value)
        }
    }

    /// The value of a field; nil where it was not given.
    public subscript(name: String) -> CELValue? { fields.value(named: name) }
}

/// Names of fields in expressions (apiserver `cel/escaping.go`).
public enum CELFieldName {
    /// The names that an expression cannot use as they are.
    static let keywords: Set<String> = [
        "true", "false", "null", "in", "as", "break", "const", "continue", "else", "for",
        "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
        "while",
    ]

    /// The name to write in an expression: `a.b-c` is `a__dot__b__dash__c`. Nil where there is none.
    public static func escaped(_ name: String) -> String? {
        guard let first = name.utf8.first, !(0x30...0x39).contains(first) else { return nil }
        if keywords.contains(name) { return "__\(name)__" }
        var result = ""
        var bytes = Array(name.utf8)[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "_") where bytes.first == UInt8(ascii: "_"):
                bytes = bytes.dropFirst()
                result += "__underscores__"
            case UInt8(ascii: "."): result += "__dot__"
            case UInt8(ascii: "-"): result += "__dash__"
            case UInt8(ascii: "/"): result += "__slash__"
            default:
                let scalar = Unicode.Scalar(byte)
                guard scalar.isNamePart else { return nil }
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
