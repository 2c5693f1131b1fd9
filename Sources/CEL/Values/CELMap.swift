import Support
import Value

/// A map: of entries that the expression made, or of the host.
public enum CELMap: Sendable {
    case entries(CELEntries)
    case host(Object, CELShape)

    /// The number of entries. O(1).
    public var count: Int {
        switch self {
        case .entries(let entries): entries.keys.count
        case .host(let object, _): object.count
        }
    }

    /// The values, where the expression made the map; none of those of the host.
    public var madeValues: [CELValue] {
        if case .entries(let entries) = self { return entries.values }
        return []
    }

    /// The keys in the order in which they came in.
    var keys: [CELValue] {
        switch self {
        case .entries(let entries): entries.keys
        case .host(let object, _): object.map { .string($0.key.name) }
        }
    }

    /// The value of a key; nil where there is none.
    func value(_ key: CELValue) -> CELValue? {
        switch self {
        case .entries(let entries):
            guard let key = CELKey(key) else { return nil }
            return entries.value(key)
        case .host(let object, let shape):
            guard case .string(let name) = key else { return nil }
            return Self.field(name, object, shape)
        }
    }

    /// The value of a field by its name.
    func value(named name: String) -> CELValue? {
        switch self {
        case .entries(let entries): entries.value(.string(CELText(name)))
        case .host(let object, let shape): Self.field(name, object, shape)
        }
    }

    private static func field(_ name: String, _ object: Object, _ shape: CELShape) -> CELValue? {
        let key = Key(name)
        guard object.contains(key) else { return nil }
        return shape.element.read(object[key])
    }

    /// An entry by its place.
    func entry(_ index: Int) -> (key: CELValue, value: CELValue) {
        switch self {
        case .entries(let entries): (entries.keys[index], entries.values[index])
        case .host(let object, let shape):
            (.string(object[index].key.name), shape.element.read(object[index].value))
        }
    }
}

/// The entries of a map in the order in which they came in.
public final class CELEntries: @unchecked Sendable {  // written only while uniquely referenced
    private(set) var keys: [CELValue] = []
    private(set) var values: [CELValue] = []
    private var places: [CELKey: Int] = [:]

    init() {}

    private init(_ other: CELEntries) {
        keys = other.keys
        values = other.values
        places = other.places
    }

    func value(_ key: CELKey) -> CELValue? { places[key].map { values[$0] } }

    /// Adds an entry, to a copy where somebody else holds the map; answers what is wrong with it.
    static func add(
        _ entries: inout CELEntries, _ key: CELValue, _ value: CELValue
    ) -> CELFault? {
        guard let index = CELKey(key) else {
            return .failed("unsupported key type: \(key.typeName)")
        }
        guard entries.places[index] == nil else {
            return .failed("insert failed: key \(key.text) already exists")
        }
        if !isKnownUniquelyReferenced(&entries) { entries = CELEntries(entries) }
        entries.places[index] = entries.keys.count
        entries.keys.append(key)
        entries.values.append(value)
        return nil
    }
}

/// A key as maps compare it: numbers of all types by their amount, texts by their code points.
enum CELKey: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    /// Above what an integer holds.
    case uint(UInt64)
    case string(CELText)
    case bytes([UInt8])
    case type(String)

    init?(_ value: CELValue) {
        switch value {
        case .bool(let flag): self = .bool(flag)
        case .int(let number): self = .int(number)
        case .uint(let number): self = Int64(exactly: number).map { .int($0) } ?? .uint(number)
        case .double(let number):
            if let number = Int64(exactly: number) {
                self = .int(number)
            } else if let number = UInt64(exactly: number) {
                self = .uint(number)
            } else {
                return nil
            }
        case .string(let text): self = .string(CELText(text))
        case .bytes(let bytes): self = .bytes(bytes)
        case .type(let name): self = .type(name)
        case .null, .list, .map, .object, .timestamp, .duration, .optional, .foreign, .error:
            return nil
        }
    }
}

/// A text that is equal to another if its code points are: Swift's own equality passes over
/// differences of composition.
struct CELText: Hashable, Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: CELText, right: CELText) -> Bool { left.text.isSame(as: right.text) }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

extension String {
    /// Whether both have the same code points.
    func isSame(as other: String) -> Bool {
        utf8.count == other.utf8.count && utf8.elementsEqual(other.utf8)
    }
}
