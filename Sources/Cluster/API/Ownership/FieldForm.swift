import Model
import Support
import Value

/// How ownership sees one place of an object: what is owned whole, and what in parts.
///
/// Source: kube-openapi, schemaconv, which makes the same of the API's published schema.
final class FieldForm {
    enum Sort {
        /// One value, or a list or map that is owned whole.
        case leaf
        /// Fields by name: an object, or a map whose values all have one form.
        case object
        /// A list of values that occur once each.
        case set
        /// A list whose items are known by their keys.
        case keyed
        /// What the value is: maps have parts, lists and all else have none.
        case deduced
    }

    struct Member {
        let key: Key
        let form: FieldForm
        /// What Go has in the field where nothing was said: the field is there all the same. Nil for a
        /// field that may be missing.
        let zero: Value?
    }

    let sort: Sort
    /// Of map values without a member of their own, and of a list's items; nil where there can be none.
    let element: FieldForm?
    /// The keys of a list's items by name, each with what a missing one counts as.
    let keys: [(key: Key, standard: Value)]
    private let make: (() -> [Member])?
    private(set) lazy var members: [Member] = make?() ?? []
    private lazy var names: [Key] = members.map(\.key)
    /// The one key of a list's items, where it names something that is like no other of the world.
    let individualKey: Key?

    init(
        _ sort: Sort, element: FieldForm? = nil, keys: [(key: Key, standard: Value)] = [],
        members: (() -> [Member])? = nil
    ) {
        self.sort = sort
        self.element = element
        self.keys = keys.sorted { $0.key.name < $1.key.name }
        make = members
        individualKey =
            sort == .keyed && keys.count == 1 && PathElement.isIndividual(keys[0].key)
            ? keys[0].key : nil
    }

    /// The member of that name; nil where none is declared. O(members), over integers.
    func member(_ key: Key) -> Member? {
        guard let place = names.firstIndex(of: key) else { return nil }
        return members[place]
    }

    /// The form of the value of a field; nil where the schema has no such field.
    func form(of key: Key) -> FieldForm? { member(key)?.form ?? valueForm }

    /// The form of a map's values; a deduced map has deduced values.
    var valueForm: FieldForm? { sort == .deduced ? self : element }

    /// What the form is for a value: only one that is deduced depends on it.
    func sort(for value: Value) -> Sort {
        guard sort == .deduced else { return sort }
        if case .object = value { return .object }
        return .leaf
    }

    /// The step to an item of a list; nil where its keys are missing.
    func element(of item: Value) -> PathElement? {
        if sort == .set {
            switch item {
            case .object, .array, .null: return nil
            default: return .value(PathElement.SetItem(item))
            }
        }
        guard case .object(let object) = item else { return nil }
        var result = Object(minimumCapacity: keys.count)
        for (key, standard) in keys {
            let value = object[key]
            if !value.isNull {
                result.append(key, value)
            } else if !standard.isNull {
                result.append(key, standard)
            }
        }
        return result.isEmpty ? nil : .item(result)
    }

    /// Whether two items of a list are one, in two versions of it.
    func isSameItem(_ left: Value, _ right: Value) -> Bool {
        if sort == .set { return left == right }
        for (key, standard) in keys {
            let (l, r) = (left[key], right[key])
            if (l.isNull ? standard : l) != (r.isNull ? standard : r) { return false }
        }
        return true
    }
}

// tidy: no copy: a copy is shown the schemas of the other
/// The forms of kinds, made when they are first asked for.
final class FieldForms {
    private var types: [TypeID: FieldForm] = [:]
    private var customKinds: [Kind: FieldForm] = [:]
    /// What the custom kinds are seen by.
    private var schemas: [Kind: Value] = [:]
    private let leaf = FieldForm(.leaf)
    /// What is known by its values alone.
    let deduced = FieldForm(.deduced)

    /// Sees custom kinds as another world does.
    func take(_ other: FieldForms) {
        for (kind, schema) in other.schemas { set(kind, schema: schema) }
    }

    /// The form of the objects of a kind.
    func root(of kind: Kind) -> FieldForm {
        if let type = FieldFacts.root(of: kind) { return object(type) }
        return customKinds[kind] ?? deduced
    }

    /// Sees the objects of a custom kind by a schema from now on; null for none.
    func set(_ kind: Kind, schema: Value) {
        schemas[kind] = schema
        customKinds[kind] = schema.isNull ? deduced : customRoot(schema)
    }

    /// Forgets the custom kinds, which are those of one world.
    func forgetCustomKinds() {
        customKinds.removeAll()
        schemas.removeAll()
    }

    // MARK: Built-in kinds

    private func object(_ type: TypeFacts) -> FieldForm {
        if type.isAtomic { return leaf }
        if let known = types[type.id] { return known }
        let form = FieldForm(.object) { [unowned self] in
            type.fields.map { fact in
                FieldForm.Member(
                    key: fact.key, form: self.form(of: fact, in: type), zero: Self.zero(fact))
            }
        }
        types[type.id] = form
        return form
    }

    private func form(of fact: FieldFact, in type: TypeFacts) -> FieldForm {
        switch fact.container {
        case .single:
            return fact.listKind == .atomic ? leaf : element(of: fact, in: type)
        case .map:
            return fact.listKind == .atomic
                ? leaf : FieldForm(.object, element: element(of: fact, in: type))
        case .mapOfLists: return FieldForm(.object, element: leaf)
        case .list: return list(fact, in: type)
        }
    }

    private func element(of fact: FieldFact, in type: TypeFacts) -> FieldForm {
        if let inner = fact.elementType { return object(inner) }
        if case .any = fact.element {
            // A raw object is owned whole; JSON of a schema in parts.
            return type.name.hasPrefix("apiextensions.") ? deduced : leaf
        }
        return leaf
    }

    /// A list type counts before a patch strategy. Source: schemaconv (getListElementRelationship).
    private func list(_ fact: FieldFact, in type: TypeFacts) -> FieldForm {
        switch fact.listKind {
        case .atomic: return leaf
        case .set: return FieldForm(.set, element: leaf)
        case .map(let keys): return keyed(fact, keys, in: type)
        case .unspecified:
            guard fact.patchStrategy.contains(.merge) else { return leaf }
            guard let key = fact.mergeKey else { return FieldForm(.set, element: leaf) }
            return keyed(fact, [key], in: type)
        }
    }

    private func keyed(_ fact: FieldFact, _ keys: [Key], in type: TypeFacts) -> FieldForm {
        let item = fact.elementType
        return FieldForm(
            .keyed, element: element(of: fact, in: type),
            keys: keys.map { ($0, Self.standard(item?[$0])) })
    }

    /// What a missing key counts as: the protocol of a port is TCP; a key that Go always has is its zero.
    private static func standard(_ fact: FieldFact?) -> Value {
        guard let fact else { return .null }
        if fact.name == "protocol" { return "TCP" }
        guard fact.isRequired, !fact.isPointer, fact.container == .single else { return .null }
        return scalarZero(fact.element) ?? .null
    }

    private static func zero(_ fact: FieldFact) -> Value? {
        if fact.isAlwaysPresent { return .emptyObject }
        guard fact.isRequired else { return nil }
        guard fact.container == .single, !fact.isPointer else { return .null }
        return scalarZero(fact.element) ?? .null
    }

    private static func scalarZero(_ shape: ElementShape) -> Value? {
        switch shape {
        case .string: ""
        case .boolean: false
        case .int32, .int64: 0
        case .double, .bytes, .quantity, .intOrString, .time, .microTime, .object, .any: nil
        }
    }

    // MARK: Custom kinds

    private func customRoot(_ schema: Value) -> FieldForm {
        let own = custom(schema, false)
        guard own.sort == .object else { return deduced }
        let fixed: [FieldForm.Member] = [
            FieldForm.Member(key: .apiVersion, form: leaf, zero: nil),
            FieldForm.Member(key: .kind, form: leaf, zero: nil),
            FieldForm.Member(key: .metadata, form: object(FieldFacts.objectMeta), zero: nil),
        ]
        return FieldForm(.object, element: own.element) {
            fixed + own.members.filter { member in !fixed.contains { $0.key == member.key } }
        }
    }

    /// - Parameter keepsUnknown: whether this place or one above it keeps fields without a schema.
    private func custom(_ schema: Value, _ keepsUnknown: Bool) -> FieldForm {
        let keepsUnknown =
            keepsUnknown || schema["x-kubernetes-preserve-unknown-fields"].bool == true
        if schema["x-kubernetes-int-or-string"].bool == true { return leaf }
        switch schema.text(.type) {
        case "": return deduced
        case "object": return customObject(schema, keepsUnknown)
        case "array": return customList(schema, keepsUnknown)
        default: return leaf
        }
    }

    private func customObject(_ schema: Value, _ keepsUnknown: Bool) -> FieldForm {
        if schema["x-kubernetes-map-type"].string == "atomic" { return leaf }
        let properties = schema["properties"].fields
        let additional = schema["additionalProperties"]
        let element: FieldForm? =
            switch additional {
            case .null: keepsUnknown || properties.isEmpty ? deduced : nil
            case .bool(let allows): allows ? deduced : nil
            default: custom(additional, keepsUnknown)
            }
        let members = properties.map {
            FieldForm.Member(key: $0.key, form: custom($0.value, keepsUnknown), zero: nil)
        }
        return FieldForm(.object, element: element) { members }
    }

    private func customList(_ schema: Value, _ keepsUnknown: Bool) -> FieldForm {
        let items = schema[.items]
        switch schema.text("x-kubernetes-list-type") {
        case "set": return FieldForm(.set, element: leaf)
        case "map":
            let properties = items["properties"]
            let keys = schema["x-kubernetes-list-map-keys"].elements.compactMap(\.string).map {
                (key: Key($0), standard: properties[Key($0)]["default"])
            }
            return FieldForm(.keyed, element: custom(items, keepsUnknown), keys: keys)
        default: return leaf
        }
    }
}
