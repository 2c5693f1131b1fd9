import Support
import Synchronization

/// The facts of every type: fields, shapes, merge keys and the like. Immutable and thread-safe; a
/// type is parsed when it is first asked for, so that a run pays for the kinds it uses.
package enum FieldFacts {
    private static let parsed = Mutex(
        [TypeFacts?](repeating: nil, count: FactsTable.index.names.count))

    /// The facts of a type. O(1) but for the first time.
    package static func type(_ id: TypeID) -> TypeFacts {
        parsed.withLock { parsed in
            if let facts = parsed[Int(id.index)] { return facts }
            let facts = FactsParser.parse(id)
            parsed[Int(id.index)] = facts
            return facts
        }
    }

    /// The facts of a type by its full name ("core.v1.PodSpec"), or nil.
    package static func type(named name: String) -> TypeFacts? {
        FactsTable.position(of: name).map { type(TypeID(index: UInt16($0))) }
    }

    /// The fields of a type in or beneath which there are quantities. O(1) but for the first time.
    package static func amountFields(of type: TypeFacts) -> [FieldFact] {
        amounts.withLock { amountFields(of: type, in: &$0) }
    }

    private static let amounts = Mutex<[TypeID: [FieldFact]]>([:])

    private static func amountFields(
        of type: TypeFacts, in table: inout [TypeID: [FieldFact]]
    ) -> [FieldFact] {
        if let known = table[type.id] { return known }
        // A type inside itself (a JSON schema) holds no quantities but for those found on the way.
        table[type.id] = []
        let found = type.fields.filter { field in
            if let inner = field.elementType { return !amountFields(of: inner, in: &table).isEmpty }
            return field.element == .quantity
        }
        table[type.id] = found
        return found
    }

    /// The facts of a built-in kind's objects; nil for a kind registered at run time, whose fields
    /// are not in the table.
    package static func root(of kind: Kind) -> TypeFacts? {
        guard kind.isBuiltIn else { return nil }
        return roots[Int(kind.id)].map { type($0) }
    }

    private static let roots: [TypeID?] = KindDescriptor.builtIn.map { row in
        FactsTable.position(of: row.rootType).map { TypeID(index: UInt16($0)) }
    }

    /// `metadata` of every object.
    package static let objectMeta = type(named: "meta.v1.ObjectMeta")!
    /// A pod's spec, also in templates.
    package static let podSpec = type(named: "core.v1.PodSpec")!
    /// A label selector.
    package static let labelSelector = type(named: "meta.v1.LabelSelector")!

    /// The full names of all types, in alphabetical order.
    package static var typeNames: [String] { FactsTable.index.names }
}
