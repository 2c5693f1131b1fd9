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

    private func converted(_ value: Value, _ type: TypeFacts) -> Value {
        guard case .object(var object) = value else { return value }
        for field in amountFields(of: type) {
            let old = object[field.key]
            switch old {
            case .null: continue
            case .array(let items) where field.container == .list:
                object.set(field.key, to: .array(items.map { element($0, field) }))
            case .object(var entries) where field.container == .map:
                for entry in entries {
                    entries.set(entry.key, to: element(entry.value, field))
                }
                object.set(field.key, to: .object(entries))
            default:
                object.set(field.key, to: element(old, field))
            }
        }
        return .object(object)
    }

    private func element(_ value: Value, _ field: FieldFact) -> Value {
        if let type = field.elementType { return converted(value, type) }
        guard case .text(let text) = value, let amount = Quantity(value) else { return value }
        return .opaque(QuantityValue(amount, written: text))
    }

    private func amountFields(of type: TypeFacts) -> [FieldFact] {
        if let known = fields[type.id] { return known }
        // A type inside itself (a JSON schema) holds no quantities but for those found on the way.
        fields[type.id] = []
        let found = type.fields.filter { field in
            if let inner = field.elementType { return !amountFields(of: inner).isEmpty }
            return field.element == .quantity
        }
        fields[type.id] = found
        return found
    }
}
