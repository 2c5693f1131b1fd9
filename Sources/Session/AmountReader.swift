import Cluster
import Model
import Value

/// Gives scripts the objects of the cluster with amounts where the API has texts: a field that the facts
/// call a quantity (also inside requests, limits, capacity, hard, used) is one in every expression, however
/// far the value was passed on.
final class AmountReader {
    /// The fields of a type in or beneath which there are quantities.
    private var fields: [TypeID: [FieldFact]] = [:]
    /// The last version of each object that was asked for, so that a condition that is judged at every
    /// write converts what was written and nothing else.
    private var seen: [Place: (object: StoredObject, value: Value)] = [:]

    private struct Place: Hashable {
        let kind: Kind
        let slot: Slot
    }

    /// Parts that were converted lately, by their storage: pods of one template share most of theirs.
    private var parts: [Part: (source: Object, value: Value)] = [:]
    private static let partLimit = 512

    private struct Part: Hashable {
        let storage: ObjectIdentifier
        let type: TypeID
    }

    /// The object as the API serves it, quantities read.
    func value(of object: StoredObject) -> Value {
        guard let root = FieldFacts.root(of: object.kind), !amountFields(of: root).isEmpty else {
            return object.apiValue
        }
        let place = Place(kind: object.kind, slot: object.slot)
        if let last = seen[place], last.object === object { return last.value }
        let value = converted(object.apiValue, root)
        seen[place] = (object, value)
        return value
    }

    /// Converts what is inside an object, or inside a part of it that others may share.
    private func converted(_ value: Value, _ type: TypeFacts, depth: Int = 0) -> Value {
        guard case .object(let source) = value else { return value }
        // An object, its spec and its status are its own.
        guard depth > 1 else { return convert(source, type, depth) }
        let part = Part(storage: source.identity, type: type.id)
        if let known = parts[part] { return known.value }
        let result = convert(source, type, depth)
        if parts.count >= Self.partLimit { parts.removeAll(keepingCapacity: true) }
        parts[part] = (source, result)
        return result
    }

    private func convert(_ source: Object, _ type: TypeFacts, _ depth: Int) -> Value {
        var object = source
        for field in amountFields(of: type) {
            let old = object[field.key]
            switch old {
            case .null: continue
            case .array(let items) where field.container == .list:
                object.set(field.key, to: .array(items.map { element($0, field, depth) }))
            case .object(var entries) where field.container == .map:
                for entry in entries {
                    entries.set(entry.key, to: element(entry.value, field, depth))
                }
                object.set(field.key, to: .object(entries))
            default:
                object.set(field.key, to: element(old, field, depth))
            }
        }
        return .object(object)
    }

    private func element(_ value: Value, _ field: FieldFact, _ depth: Int) -> Value {
        if let type = field.elementType { return converted(value, type, depth: depth + 1) }
        guard case .text(let text) = value, let amount = Quantity(value) else { return value }
        return .opaque(QuantityValue(amount, written: text))
    }

    private func amountFields(of type: TypeFacts) -> [FieldFact] {
        if let known = fields[type.id] { return known }
        let found = FieldFacts.amountFields(of: type)
        fields[type.id] = found
        return found
    }
}
