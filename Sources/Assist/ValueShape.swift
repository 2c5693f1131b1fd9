import Model
import Support

/// What is known of a value before it exists: at which place of which kind it stands.
///
/// It follows paths as the checker does (`PathWalk`), and keeps what the checker has no use for: the
/// facts of the field itself, for completion and for what is shown of it.
package struct ValueShape: Sendable {
    /// A step from an object to a value in it.
    package enum Step: Hashable, Sendable {
        case field(String)
        /// Any item of a list, or any value of a map.
        case item
    }

    /// The kind of the object that the value lies in.
    package let kind: KindDescriptor
    /// The way there; empty for the object itself.
    package private(set) var path: [Step] = []
    /// The field that the way ends at; nil for the object itself.
    package private(set) var field: FieldFact?
    /// The type that has the field.
    package private(set) var owner: TypeFacts?
    /// The type of the objects at the place; nil where there are none.
    package private(set) var type: TypeFacts?
    /// How the objects stand in the field.
    package private(set) var container = ContainerShape.single
    /// The value is a list of such values, and no field itself: `pods[]`, `x[*].spec`.
    package var isList = false

    /// An object of a kind.
    package init(_ kind: KindDescriptor) {
        self.kind = kind
        type = FieldFacts.root(of: kind.kind)
    }

    /// The objects of a kind.
    package static func list(of kind: KindDescriptor) -> ValueShape {
        var shape = ValueShape(kind)
        shape.isList = true
        return shape
    }

    /// The field of that name in the value; nil where there is none, or nothing is known.
    package func field(_ name: String) -> ValueShape? {
        guard !isList else { return nil }
        var next = self
        switch container {
        case .map:
            // A key of a map, such as a label or a resource's name.
            next.container = .single
        case .list, .mapOfLists: return nil
        case .single:
            guard let type, let fact = type[Key(name)] else { return nil }
            next.owner = type
            next.field = fact
            next.type = fact.elementType
            next.container = fact.container
        }
        next.path.append(.field(name))
        return next
    }

    /// Any item of the list that the value is.
    package var item: ValueShape? {
        var next = self
        if isList {
            next.isList = false
            return next
        }
        guard container == .list else { return nil }
        next.container = .single
        next.path.append(.item)
        return next
    }

    /// The fields of the value; empty where it is no object with known fields.
    package var fields: [ExplainedField] {
        guard !isList, container == .single, let type else { return [] }
        return Explain.fields(of: type)
    }

    /// The texts that the value, or each of its items, can hold; nil where it may be anything.
    package var knownValues: [String]? {
        guard let field, let owner else { return nil }
        return ObservedValues.of(field.name, in: owner)?.values.filter { !$0.isEmpty }
    }

    /// The field as `explain` tells of it; nil for the object itself.
    package var explained: ExplainedField? {
        guard let field, let owner, case .field(let name)? = path.last, name == field.name else {
            return nil
        }
        return Explain.fields(of: owner).first { $0.name == field.name }
    }

    /// The way as people write it: `.spec.containers[*].image`.
    package var pathText: String {
        path.map { step in
            switch step {
            case .field(let name): ".\(name)"
            case .item: "[*]"
            }
        }.joined()
    }
}
