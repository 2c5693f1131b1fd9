import Support
import Value

// Origin: apiextensions-apiserver, apiserver/schema/validation.go and the OpenAPI rules of
// apis/apiextensions/validation/validation.go.
extension Validator {
    /// What a schema must be as a schema: every value has a type, and only such types as there are.
    mutating func rootSchema(_ schema: Value, _ path: ErrorPath) {
        if schema.isNull { return }
        var structure = Validator()
        structure.structure(of: schema, .root, path)
        for error in structure.errors.sorted(by: { $0.message < $1.message }) { add(error) }
        schemaTypes(schema, path)
    }

    private enum Level: String {
        case root = "at the root"
        case item = "for specified array items"
        case field = "for specified object fields"
    }

    /// validateStructuralInvariants.
    private mutating func structure(of schema: Value, _ level: Level, _ path: ErrorPath) {
        let type = schema.text(.type)
        let items = schema[.items]
        if type == "array", items.isNull {
            add(.required(path.child("items"), "must be specified"))
        }
        if case .object = items { structure(of: items, .item, path.child("items")) }
        for property in schema["properties"].fields.sortedByName {
            structure(of: property.value, .field, path.child("properties").key(property.key.name))
        }
        let others = schema["additionalProperties"]
        if !others.isNull {
            let place = path.child("additionalProperties")
            if level == .root { add(.forbidden(place, "must not be used at the root")) }
            if case .object = others { structure(of: others, .field, place) }
        }
        defaultType(of: schema, path.child("default"))
        let isFree = schema["x-kubernetes-preserve-unknown-fields"].bool == true
        let isIntOrString = schema["x-kubernetes-int-or-string"].bool == true
        if isFree, isIntOrString {
            add(
                .invalid(
                    path.child("x-kubernetes-preserve-unknown-fields"), true,
                    "must be false if x-kubernetes-int-or-string is true"))
        }
        if type.isEmpty, !isIntOrString, !isFree {
            add(.required(path.child("type"), "must not be empty \(level.rawValue)"))
        }
        guard level == .root else { return }
        if !type.isEmpty, type != "object" {
            add(.invalid(path.child("type"), Value(type), "must be object at the root"))
        }
        for name in ["kind", "apiVersion"] {
            let property = schema["properties"][Key(name)]
            guard !property.isNull, property.text(.type) != "string" else { continue }
            add(
                .invalid(
                    path.child("properties").key(name).child("type"),
                    Value(property.text(.type)), "must be string"))
        }
    }

    /// Of a default only its type is looked at.
    private mutating func defaultType(of schema: Value, _ path: ErrorPath) {
        let found: String
        switch schema["default"] {
        case .null: return
        case .bool: found = "boolean"
        case .int: found = "integer"
        case .double: found = "number"
        case .text, .opaque: found = "string"
        case .array: found = "array"
        case .object: found = "object"
        }
        let type = schema.text(.type)
        guard Self.types.contains(type), type != found, (type, found) != ("number", "integer")
        else { return }
        let shown = GoSyntax.quote(found)
        add(
            .invalid(
                path, json: shown, " in body must be of type \(type): \(shown)"))
    }

    private static let types = ["array", "boolean", "integer", "number", "object", "string"]

    /// specStandardValidatorV3.
    private mutating func schemaTypes(_ schema: Value, _ path: ErrorPath) {
        let type = schema.text(.type)
        if !type.isEmpty, !Self.types.contains(type) {
            add(.notSupported(path.child("type"), Value(type), Self.types))
        }
        for name in ["id", "$ref"] where !schema.text(Key(name)).isEmpty {
            add(.forbidden(path.child(name), "\(name) is not supported"))
        }
        for name in ["additionalItems", "patternProperties", "definitions", "dependencies"]
        where !schema[Key(name)].isNull {
            add(.forbidden(path.child(name), "\(name) is not supported"))
        }
        if case .array = schema[.items] {
            add(.forbidden(path.child("items"), "items must be a schema object and not an array"))
        }
        if case .object = schema[.items] { schemaTypes(schema[.items], path.child("items")) }
        if case .object = schema["additionalProperties"] {
            schemaTypes(schema["additionalProperties"], path.child("additionalProperties"))
        }
        for property in schema["properties"].fields.sortedByName {
            schemaTypes(property.value, path.child("properties").key(property.key.name))
        }
    }
}
