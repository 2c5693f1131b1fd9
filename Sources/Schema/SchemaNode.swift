import Model
import Patterns
import Support
import Value

/// A structural schema of a custom resource (apiextensions `apiserver/schema.Structural`), read once
/// from its definition: what is filled in, taken out and refused at one place of an object.
package final class SchemaNode: Sendable {
    /// What may stand under names that no property has.
    package enum Additional: Sendable {
        case undeclared
        case nothing
        case anything
        case schema(SchemaNode)
    }

    package struct Property: Sendable {
        let name: String
        let key: Key
        let node: SchemaNode
    }

    /// `object`, `array`, `string`, …; empty where any type may stand.
    let type: String
    let isIntOrString: Bool
    let preservesUnknown: Bool
    let isEmbedded: Bool
    let isNullable: Bool
    /// Null where there is none.
    let defaultValue: Value
    /// By name.
    let properties: [Property]
    private let places: [Key: Int]
    let additional: Additional
    let items: SchemaNode?
    let checks: SchemaChecks
    let allOf: [SchemaNode]
    let anyOf: [SchemaNode]
    let oneOf: [SchemaNode]
    let not: SchemaNode?
    /// `atomic`, `set` or `map`; empty where nothing is said.
    let listType: String
    let listKeys: [String]
    /// Whether server-side apply replaces the whole map.
    let isAtomicMap: Bool
    /// The rules of `x-kubernetes-validations`, as they were written.
    let rules: [SchemaRule]

    /// Reads a schema as a definition has it.
    package init(_ schema: Value) {
        type = schema.text(.type)
        isIntOrString = schema["x-kubernetes-int-or-string"].bool == true
        preservesUnknown = schema["x-kubernetes-preserve-unknown-fields"].bool == true
        isEmbedded = schema["x-kubernetes-embedded-resource"].bool == true
        isNullable = schema["nullable"].bool == true
        defaultValue = schema["default"]
        properties = schema["properties"].fields.sortedByName.map {
            Property(name: $0.key.name, key: $0.key, node: SchemaNode($0.value))
        }
        var places: [Key: Int] = [:]
        for (index, property) in properties.enumerated() { places[property.key] = index }
        self.places = places
        switch schema["additionalProperties"] {
        case .null: additional = .undeclared
        case .bool(let allows): additional = allows ? .anything : .nothing
        default: additional = .schema(SchemaNode(schema["additionalProperties"]))
        }
        items = schema[.items].isNull ? nil : SchemaNode(schema[.items])
        checks = SchemaChecks(schema)
        func nodes(_ key: Key) -> [SchemaNode] { schema[key].elements.map { SchemaNode($0) } }
        allOf = nodes("allOf")
        anyOf = nodes("anyOf")
        oneOf = nodes("oneOf")
        not = schema["not"].isNull ? nil : SchemaNode(schema["not"])
        listType = schema.text("x-kubernetes-list-type")
        listKeys = schema["x-kubernetes-list-map-keys"].elements.compactMap(\.string)
        isAtomicMap = schema.text("x-kubernetes-map-type") == "atomic"
        rules = schema["x-kubernetes-validations"].elements.map { SchemaRule($0) }
    }

    /// The schema of a property; nil where it is not declared.
    subscript(key: Key) -> SchemaNode? { places[key].map { properties[$0].node } }

    /// The schema of a field, be it a property or an additional one.
    func field(_ key: Key) -> SchemaNode? {
        if let node = self[key] { return node }
        if case .schema(let node) = additional { return node }
        return nil
    }
}

/// What a schema demands of the values of one place, without what stands below it.
struct SchemaChecks: Sendable {
    let format: String
    let maximum: Value
    let minimum: Value
    let isMaximumExclusive: Bool
    let isMinimumExclusive: Bool
    let multipleOf: Value
    let maxLength: Int?
    let minLength: Int?
    let maxItems: Int?
    let minItems: Int?
    let maxProperties: Int?
    let minProperties: Int?
    let hasUniqueItems: Bool
    let required: [String]
    let allowed: [Value]
    let patternText: String
    let pattern: Pattern?
    /// Why the expression cannot be read; empty where it can.
    let patternProblem: String

    init(_ schema: Value) {
        format = SchemaFormat.supported(schema.text("format"), type: schema.text(.type))
        maximum = schema["maximum"]
        minimum = schema["minimum"]
        isMaximumExclusive = schema["exclusiveMaximum"].bool == true
        isMinimumExclusive = schema["exclusiveMinimum"].bool == true
        multipleOf = schema["multipleOf"]
        maxLength = schema["maxLength"].int
        minLength = schema["minLength"].int
        maxItems = schema["maxItems"].int
        minItems = schema["minItems"].int
        maxProperties = schema["maxProperties"].int
        minProperties = schema["minProperties"].int
        hasUniqueItems = schema["uniqueItems"].bool == true
        required = schema["required"].elements.compactMap(\.string)
        allowed = schema["enum"].elements
        patternText = schema.text("pattern")
        do {
            pattern = patternText.isEmpty ? nil : try Pattern(patternText)
            patternProblem = ""
        } catch {
            pattern = nil
            patternProblem = error.message
        }
    }
}
