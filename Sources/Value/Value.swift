import Support

/// The one value type: a cluster object, a patch, a list in a script and the answer of an
/// expression are all a `Value`.
///
/// A value is 16 bytes with copy-on-write storage: null, booleans and numbers are inline; texts,
/// arrays and objects are one reference, so equal subtrees can be shared freely.
public enum Value: Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case text(Text)
    case array([Value])
    case object(Object)
    /// A value that exists only in scripts: a duration, a quantity, a range, a closure.
    case opaque(OpaqueValue)
}

extension Value {
    /// A text value.
    @inlinable
    public init(_ string: String) { self = .text(Text(string)) }

    /// A text value, or null where there is no string.
    @inlinable
    public init(_ string: String?) {
        if let string { self = .text(Text(string)) } else { self = .null }
    }

    /// An integer.
    @inlinable
    public init(_ number: Int) { self = .int(Int64(number)) }

    /// An integer.
    @inlinable
    public init(_ number: Int64) { self = .int(number) }

    /// A floating-point number.
    @inlinable
    public init(_ number: Double) { self = .double(number) }

    /// A truth value.
    @inlinable
    public init(_ flag: Bool) { self = .bool(flag) }

    /// A list.
    @inlinable
    public init(_ values: [Value]) { self = .array(values) }

    /// A map.
    @inlinable
    public init(_ object: Object) { self = .object(object) }

    /// A list of texts.
    @inlinable
    public init(strings: some Sequence<String>) { self = .array(strings.map { Value($0) }) }

    /// An empty object.
    public static let emptyObject = Value.object(Object())

    /// An empty list.
    public static let emptyArray = Value.array([])
}

// MARK: - Reading

extension Value {
    /// Whether it is null, which a missing field reads as.
    @inlinable
    public var isNull: Bool {
        if case .null = self { return true }
        return false
    }

    /// The string of a text; nil for every other kind.
    @inlinable
    public var string: String? {
        if case .text(let text) = self { return text.string }
        return nil
    }

    /// The number of an integer; nil for every other kind (also for a double).
    @inlinable
    public var int: Int? {
        if case .int(let number) = self { return Int(number) }
        return nil
    }

    /// The number of an integer or a double.
    @inlinable
    public var number: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The truth value; nil for anything else.
    @inlinable
    public var bool: Bool? {
        if case .bool(let flag) = self { return flag }
        return nil
    }

    /// The elements of a list; nil for every other kind.
    @inlinable
    public var array: [Value]? {
        if case .array(let values) = self { return values }
        return nil
    }

    /// The elements of a list; empty for every other kind.
    @inlinable
    public var elements: [Value] {
        if case .array(let values) = self { return values }
        return []
    }

    /// The map; nil for anything else.
    @inlinable
    public var object: Object? {
        if case .object(let object) = self { return object }
        return nil
    }

    /// The fields of an object; empty for every other kind.
    @inlinable
    public var fields: Object {
        if case .object(let object) = self { return object }
        return Object()
    }

    /// The number of elements, fields or characters; 0 for everything else.
    public var count: Int {
        switch self {
        case .array(let values): values.count
        case .object(let object): object.count
        case .text(let text): text.string.count
        default: 0
        }
    }
}

// MARK: - Fields and elements

extension Value {
    /// The field `key` of an object; null where it is absent or this is no object.
    ///
    /// Setting makes an object of anything that is none, and setting null removes the field
    /// (``Object/set(_:to:)`` stores an explicit null). Writing through a chain of keys copies only
    /// what is shared: O(fields on the path).
    public subscript(key: Key) -> Value {
        @inlinable
        get {
            if case .object(let object) = self { return object[key] }
            return .null
        }
        // Not inlinable: inlined twice into one statement, it crashes the optimiser of Swift 6.3.
        _modify {
            var object = takeObject()
            defer { self = .object(object) }
            yield &object[key]
        }
    }

    /// The field named `name`; see the subscript by key.
    public subscript(name: String) -> Value {
        @inlinable get { self[Key(name)] }
        _modify { yield &self[Key(name)] }
    }

    /// The element at `index`; null where it is outside the list or this is no list.
    public subscript(index: Int) -> Value {
        @inlinable
        get {
            if case .array(let values) = self, values.indices.contains(index) {
                return values[index]
            }
            return .null
        }
        _modify {
            var values = takeArray()
            defer { self = .array(values) }
            yield &values[index]
        }
    }

    /// Appends to a list; makes a list of anything that is none.
    @inlinable
    public mutating func append(_ value: Value) {
        var values = takeArray()
        values.append(value)
        self = .array(values)
    }

    /// Takes the object out of this value, which is null until it is put back: so that the storage
    /// stays unique while it is changed.
    @inlinable
    mutating func takeObject() -> Object {
        if case .object(let object) = self {
            self = .null
            return object
        }
        return Object()
    }

    @inlinable
    mutating func takeArray() -> [Value] {
        if case .array(let values) = self {
            self = .null
            return values
        }
        return []
    }
}

// MARK: - Literals

extension Value: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(floatLiteral value: Double) { self = .double(value) }
    public init(stringLiteral value: String) { self = .text(Text(value)) }
    public init(arrayLiteral elements: Value...) { self = .array(elements) }

    /// `[.name: "web", .replicas: 3]`: a null stays an explicit null.
    public init(dictionaryLiteral elements: (Key, Value)...) {
        self = .object(Object(fields: elements))
    }
}
