import Support

/// One field as `explain` and completion show it.
package struct ExplainedField: Sendable {
    package let name: String
    /// kubectl's words for the type: `integer`, `[]Container`, `map[string]string`.
    package let typeName: String
    package let isRequired: Bool
    /// The values that the field may have; empty where any will do, and for lists.
    package let values: [String]
    /// One line of our own; every field of a served kind has one.
    package let summary: String?
    /// The type of the objects in the field; nil where there are none.
    package let type: TypeFacts?
}

/// What `explain` says of a kind or of a field of it.
package struct Explanation: Sendable {
    /// The kind that was asked for.
    package let kind: KindDescriptor
    /// The field that the path ends at; nil for the kind itself.
    package let field: ExplainedField?
    /// What is said of the kind or the field, and then of the kind of object in the field.
    package let descriptions: [String]
    /// The fields beneath, in alphabetical order; empty for a scalar.
    package let fields: [ExplainedField]
}

/// Why a path cannot be explained.
package struct ExplainError: Error, Hashable, Sendable {
    /// The first field that does not exist.
    package let name: String
    /// The nearest field in its place.
    package let suggestion: String?

    package init(name: String, suggestion: String?) {
        self.name = name
        self.suggestion = suggestion
    }

    /// kubectl's words.
    package var message: String { "field \"\(name)\" does not exist" }
}

/// Walks the field facts by name: the data behind `explain`, completion and path checks.
package enum Explain {
    /// Explains `path` (`["spec", "template"]`) beneath a kind; lists and maps are passed through.
    ///
    /// A kind registered at run time has no facts: its path must be empty.
    package static func explain(
        _ kind: KindDescriptor, path: [String]
    ) throws(ExplainError) -> Explanation {
        try walk(kind, from: FieldFacts.root(of: kind.kind), path: path, field: nil)
    }

    /// Explains `path` beneath `metadata`, which the objects of every kind have.
    package static func explainMetadata(
        _ kind: KindDescriptor, path: [String]
    ) throws(ExplainError) -> Explanation {
        let type = FieldFacts.objectMeta
        let metadata = ExplainedField(
            name: "metadata", typeName: type.shortName, isRequired: false, values: [],
            summary: summary(ofEveryObjects: "metadata"), type: type)
        return try walk(kind, from: type, path: path, field: metadata)
    }

    /// What `apiVersion`, `kind`, `metadata`, `spec` or `status` is, whatever the kind.
    package static func summary(ofEveryObjects field: String) -> String? {
        FieldSummaries.families.text(named: "object.\(field)")
    }

    private static func walk(
        _ kind: KindDescriptor, from start: TypeFacts?, path: [String], field: ExplainedField?
    ) throws(ExplainError) -> Explanation {
        var type = start
        var field = field
        for name in path {
            guard let fact = type?[Key(name)], let owner = type else {
                throw ExplainError(
                    name: name, suggestion: type.flatMap { $0.nearestField(to: name) })
            }
            field = describe(fact, of: owner)
            type = fact.elementType
        }
        return Explanation(
            kind: kind, field: field,
            descriptions: [field?.summary, type.flatMap(KindSummaries.of)].compactMap(\.self),
            fields: type.map(fields) ?? [])
    }

    /// The fields of a type that 1.36 has, in alphabetical order.
    package static func fields(of type: TypeFacts) -> [ExplainedField] {
        type.fields.map { describe($0, of: type) }
    }

    private static func describe(_ fact: FieldFact, of type: TypeFacts) -> ExplainedField {
        ExplainedField(
            name: fact.name, typeName: typeName(fact), isRequired: fact.isRequired,
            // OpenAPI gives a list's values to its items, where kubectl does not look.
            values: fact.container == .single ? FieldValues.of(fact.name, in: type) : [],
            summary: FieldSummaries.of(fact.name, in: type), type: fact.elementType)
    }

    /// The words of kubectl's plain-text template for OpenAPI v3.
    static func typeName(_ fact: FieldFact) -> String {
        let element =
            switch fact.element {
            case .string, .bytes, .time, .microTime, .quantity: "string"
            case .boolean: "boolean"
            case .int32, .int64: "integer"
            case .double: "number"
            case .intOrString: "IntOrString"
            case .object(let id): FieldFacts.type(id).shortName
            case .any: "Object"
            }
        let isQuantity = fact.element == .quantity
        switch fact.container {
        case .single: return isQuantity ? "Quantity" : element
        case .list: return "[]" + element
        case .map: return "map[string]" + (isQuantity ? "Quantity" : element)
        case .mapOfLists: return "map[string][]" + element
        }
    }
}
