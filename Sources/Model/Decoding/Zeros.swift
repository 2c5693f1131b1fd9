import Support
import Value

extension FieldFact {
    /// Whether Go's omitempty drops the zero of this field: optional scalars that are no pointers.
    var dropsZero: Bool {
        guard !isRequired, !isPointer else { return false }
        switch element {
        case .string, .boolean, .int32, .int64, .double, .bytes: return true
        case .quantity, .intOrString, .time, .microTime, .object, .any: return false
        }
    }
}

extension ElementShape {
    /// What Go reads a null as.
    var zero: Value {
        switch self {
        case .string, .bytes: ""
        case .boolean: false
        case .int32, .int64: 0
        case .double: 0.0
        case .quantity: "0"
        case .intOrString: 0
        case .time, .microTime, .any: .null
        case .object: .emptyObject
        }
    }
}

extension Value {
    /// Whether this is the zero of its Go type.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .int(let number): number == 0
        case .double(let number): number == 0
        case .text(let text): text.string.isEmpty
        case .array, .object, .opaque: false
        }
    }
}

/// The fields that Go cannot omit: structs that are no pointers, shown as `{}` when they are empty.
package enum GoZeroFields {
    /// Adds the missing ones, in the whole object: as `kubectl create --dry-run=client -o yaml`
    /// prints a new object, and as the API server stores it.
    package static func fill(_ value: inout Value, kind: KindDescriptor) {
        guard let root = FieldFacts.root(of: kind.kind) else { return }
        fill(&value, root, isRoot: true)
    }

    private static func fill(_ value: inout Value, _ type: TypeFacts, isRoot: Bool = false) {
        if type === FieldFacts.objectMeta { return }
        for fact in type.filledFields {
            guard let inner = fact.elementType else { continue }
            // An object's own metadata is always there.
            if isRoot, fact.key == .metadata { continue }
            switch fact.container {
            case .single:
                var child = value[fact.key]
                if child.isNull {
                    guard fact.isAlwaysPresent else { continue }
                    child = .emptyObject
                }
                let before = child
                fill(&child, inner)
                if value[fact.key].isNull || !child.isIdentical(to: before) {
                    value[fact.key] = child
                }
            case .list:
                guard case .array(var entries) = value[fact.key] else { continue }
                var isChanged = false
                for index in entries.indices {
                    let before = entries[index]
                    fill(&entries[index], inner)
                    if !entries[index].isIdentical(to: before) { isChanged = true }
                }
                if isChanged { value[fact.key] = .array(entries) }
            case .map, .mapOfLists: continue
            }
        }
    }
}

extension Value {
    /// Whether both are objects of one storage.
    func isIdentical(to other: Value) -> Bool {
        guard case .object(let left) = self, case .object(let right) = other else { return false }
        return left.isIdentical(to: right)
    }
}
