import Language
import Model
import Support

/// Finds the facts of a field by its path within a kind.
struct FieldLookup {
    private let root: TypeFacts?

    init(_ kind: KindFacts) {
        root = FieldFacts.root(of: Kind(id: UInt16(kind.id)))
    }

    /// For a part of an object.
    init(_ type: TypeFacts) { root = type }

    private enum Place {
        case type(TypeFacts)
        /// A field or an item of one: what it is made of, and how many containers are left.
        case field(Model.FieldFact, ContainerShape, isStatus: Bool)
        case unchecked
        case unknown(owner: String, nearest: String?)
    }

    func fact(at path: [FactStep]) -> Language.FieldFact {
        switch walk(path) {
        case .unchecked: return .unchecked
        case .unknown(let owner, let nearest): return .unknown(owner: owner, nearest: nearest)
        case .type: return .known(.map, readsZero: false)
        case .field(let field, let container, let isStatus):
            let type = type(field, container)
            let isCount = type == .integer || type == .boolean
            return .known(type, readsZero: isStatus && isCount)
        }
    }

    /// The texts that the field at `path`, or its items, can hold.
    func knownValues(at path: [FactStep]) -> KnownValues? {
        let field = path.last == .item ? path.dropLast() : path[...]
        guard case .field(let name)? = field.last else { return nil }
        let owner: TypeFacts? =
            switch walk(Array(field.dropLast())) {
            case .type(let type): type
            case .field(let fact, .single, _): fact.elementType
            case .field, .unchecked, .unknown: nil
            }
        guard let owner, let known = ObservedValues.of(name, in: owner) else { return nil }
        return KnownValues(known.values, isComplete: known.isComplete)
    }

    /// The merge keys of the list at `path`.
    func mergeKeys(at path: [FactStep]) -> [String] {
        guard case .field(let field, .list, _) = walk(path) else { return [] }
        if case .map(let keys) = field.listKind { return keys.map(\.name) }
        return field.mergeKey.map { [$0.name] } ?? []
    }

    private func walk(_ path: [FactStep]) -> Place {
        guard let root else { return .unchecked }
        var place = Place.type(root)
        var isStatus = false
        for (depth, step) in path.enumerated() {
            if depth == 0, step == .field("status") { isStatus = true }
            place = advance(place, step, isStatus: isStatus)
        }
        return place
    }

    private func advance(_ place: Place, _ step: FactStep, isStatus: Bool) -> Place {
        switch (place, step) {
        case (.unchecked, _), (.unknown, _): return place
        case (.type(let type), .field(let name)): return field(name, of: type, isStatus)
        case (.type, .item): return .unchecked
        case (.field(let fact, .list, _), .item):
            return .field(fact, .single, isStatus: isStatus)
        case (.field(let fact, .map, _), .field) where fact.element == .quantity:
            return .field(fact, .single, isStatus: isStatus)
        case (.field(_, .map, _), .field), (.field(_, .mapOfLists, _), _),
            (.field(_, .map, _), .item):
            return .unchecked
        case (.field(let fact, let container, _), .field(let name)):
            guard container == .single else { return .unchecked }
            guard let type = fact.elementType else {
                return fact.element == .any
                    ? .unchecked : .unknown(owner: fact.name, nearest: nil)
            }
            return field(name, of: type, isStatus)
        case (.field, .item): return .unchecked
        }
    }

    private func field(_ name: String, of type: TypeFacts, _ isStatus: Bool) -> Place {
        if type.fields.isEmpty { return .unchecked }
        if let fact = type[Key(name)] { return .field(fact, fact.container, isStatus: isStatus) }
        return .unknown(
            owner: type.shortName, nearest: nearestName(to: name, among: type.fields.map(\.name)))
    }

    private func type(_ field: Model.FieldFact, _ container: ContainerShape) -> FieldType {
        switch container {
        case .list: return .list
        case .map, .mapOfLists: return .map
        case .single: break
        }
        switch field.element {
        case .string, .bytes: return .string
        case .boolean: return .boolean
        case .int32, .int64: return .integer
        case .double: return .number
        case .quantity: return .quantity
        case .intOrString: return .integerOrString
        case .time, .microTime: return .time
        case .object(let id):
            return FieldFacts.type(id).name == "meta.v1.Duration" ? .duration : .map
        case .any: return .any
        }
    }
}
