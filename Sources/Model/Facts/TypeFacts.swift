import Support

/// The number of a type in the table of field facts.
public struct TypeID: Hashable, Sendable {
    /// Its row in the table.
    public let index: UInt16
    /// The type at that row of the table.
    @inlinable public init(index: UInt16) { self.index = index }
}

/// What an element of the tree is: a scalar of some form, an object of a known type, or anything.
public enum ElementShape: Hashable, Sendable {
    case string, boolean, int32, int64, double
    /// Base64 text.
    case bytes
    case quantity
    case intOrString
    /// RFC 3339 in whole seconds.
    case time
    /// RFC 3339 with microseconds.
    case microTime
    case object(TypeID)
    /// Any JSON value; nothing is known of what is inside.
    case any
}

/// How often the element stands in the field.
public enum ContainerShape: Hashable, Sendable {
    case single, list, map
    /// A map whose values are lists.
    case mapOfLists
}

/// How a strategic merge patch treats a field.
public struct PatchStrategy: OptionSet, Sendable {
    /// One bit per shape.
    public let rawValue: UInt8
    /// The set with these bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Lists are merged by key, or as sets.
    public static let merge = PatchStrategy(rawValue: 1)
    /// Keys that the patch does not name are dropped ($retainKeys).
    public static let retainKeys = PatchStrategy(rawValue: 2)
    /// The field is replaced whole.
    public static let replace = PatchStrategy(rawValue: 4)
}

/// What identifies the elements of a list in server-side apply.
public enum ListKind: Hashable, Sendable {
    case unspecified, atomic, set
    /// Elements are identified by these fields.
    case map([Key])
}

/// What is known of one field.
public final class FieldFact: Sendable {
    /// Its name in JSON.
    public let key: Key
    /// The field's name, as ``key`` gives it, without a look-up.
    public let name: String
    /// Whether it holds one element, a list or a map.
    public let container: ContainerShape
    /// What one element is.
    public let element: ElementShape
    /// Whether an object without it is refused.
    public let isRequired: Bool
    /// A pointer in Go: an explicit zero is kept where other optional scalars drop it.
    public let isPointer: Bool
    /// A struct that the API shows even when it is empty.
    public let isAlwaysPresent: Bool
    /// Whether some object beneath this field has a field that is always present.
    let leadsToAlwaysPresent: Bool
    /// How a strategic merge patch treats it.
    public let patchStrategy: PatchStrategy
    /// The field that identifies list elements in strategic merge patches.
    public let mergeKey: Key?
    /// How server-side apply treats it where it is a list.
    public let listKind: ListKind

    init(
        key: Key, name: String, container: ContainerShape, element: ElementShape, marks: FieldMarks
    ) {
        self.key = key
        self.name = name
        self.container = container
        self.element = element
        isRequired = marks.isRequired
        isPointer = marks.isPointer
        isAlwaysPresent = marks.isAlwaysPresent
        leadsToAlwaysPresent = marks.leadsToAlwaysPresent
        patchStrategy = marks.patchStrategy
        mergeKey = marks.mergeKey
        listKind = marks.listKind
    }

    /// The facts of the objects in this field; nil where its elements are no objects.
    public var elementType: TypeFacts? {
        if case .object(let id) = element { return FieldFacts.type(id) }
        return nil
    }
}

/// The marks of a field as they stand in the table.
struct FieldMarks {
    var isRequired = false
    var isPointer = false
    var isAlwaysPresent = false
    var leadsToAlwaysPresent = false
    var patchStrategy: PatchStrategy = []
    var mergeKey: Key?
    var listKind: ListKind = .unspecified
}

/// What is known of one type of object.
public final class TypeFacts: Sendable {
    /// Its row in the table.
    public let id: TypeID
    /// The full name: "apps.v1.DeploymentSpec".
    public let name: String
    /// Its fields in alphabetical order.
    public let fields: [FieldFact]
    /// Whether server-side apply replaces the whole object.
    public let isAtomic: Bool
    /// The fields to visit for what is always present (``GoZeroFields``).
    let filledFields: [FieldFact]
    private let keys: [Key]

    init(id: TypeID, name: String, fields: [FieldFact], isAtomic: Bool) {
        self.id = id
        self.name = name
        self.fields = fields
        filledFields = fields.filter { $0.isAlwaysPresent || $0.leadsToAlwaysPresent }
        keys = fields.map(\.key)
        self.isAtomic = isAtomic
    }

    /// The name without its package, as Go and error messages show it: "DeploymentSpec".
    public var shortName: String {
        guard let dot = name.lastIndex(of: ".") else { return name }
        return String(name[name.index(after: dot)...])
    }

    /// The fact of a field; nil for one that 1.36 does not know. O(fields), over integers.
    public subscript(key: Key) -> FieldFact? {
        guard let index = keys.firstIndex(of: key) else { return nil }
        return fields[index]
    }

    /// The name of the field nearest to a misspelt one, if one is near.
    public func nearestField(to name: String) -> String? {
        nearestName(to: name, among: fields.lazy.map(\.name))
    }
}
