import Model
import Support
import Value

/// What a schema must be beside having types, which Model's rules of definitions see to: what its
/// extensions ask for (apiextensions `apis/apiextensions/validation`,
/// ValidateCustomResourceDefinitionOpenAPISchema).
struct SchemaDefinitionCheck {
    private(set) var errors: [FieldError] = []

    private mutating func required(_ path: String, _ detail: String) {
        errors.append(FieldError(path: path, reason: .required, detail: detail))
    }

    private mutating func forbidden(_ path: String, _ detail: String) {
        errors.append(FieldError(path: path, reason: .forbidden, detail: detail))
    }

    private mutating func invalid(_ path: String, _ value: Value, _ detail: String) {
        errors.append(
            FieldError(
                path: path, reason: .invalid, shown: GoSyntax.short(value), detail: detail))
    }

    private mutating func notSupported(_ path: String, _ value: Value, _ known: [String]) {
        let list = known.map { GoSyntax.short(Value($0)) }.joined(separator: ", ")
        errors.append(
            FieldError(
                path: path, reason: .notSupported, shown: GoSyntax.short(value),
                detail: "supported values: \(list)"))
    }

    /// Checks a schema and what is below it.
    mutating func check(_ schema: Value, _ path: String) {
        if schema["uniqueItems"].bool == true {
            forbidden(
                "\(path).uniqueItems",
                "uniqueItems cannot be set to true since the runtime complexity becomes quadratic")
        }
        let others = schema["additionalProperties"]
        if !others.isNull {
            if !schema["properties"].fields.isEmpty, others.bool != true {
                forbidden(
                    "\(path).additionalProperties",
                    "additionalProperties and properties are mutual exclusive")
            }
            if case .object = others { check(others, "\(path).additionalProperties") }
        }
        for property in schema["properties"].fields.sortedByName {
            check(property.value, "\(path).properties[\(property.key.name)]")
        }
        if case .object = schema[.items] { check(schema[.items], "\(path).items") }
        if schema["x-kubernetes-preserve-unknown-fields"].bool == false {
            invalid(
                "\(path).x-kubernetes-preserve-unknown-fields", false, "must be true or undefined")
        }
        checkMapType(schema, path)
        checkListType(schema, path)
        checkKeys(schema, path)
        checkItems(schema, path)
    }

    /// That an extension stands beside the type that it is for.
    private mutating func requireType(
        _ type: String, for extension: String, _ schema: Value, _ path: String
    ) {
        let detail = "must be \(type) if \(`extension`) is specified"
        let found = schema.text(.type)
        if found.isEmpty {
            required("\(path).type", detail)
        } else if found != type {
            invalid("\(path).type", Value(found), detail)
        }
    }

    private mutating func checkMapType(_ schema: Value, _ path: String) {
        let name = "x-kubernetes-map-type"
        let kind = schema[Key(name)]
        if kind.isNull { return }
        requireType("object", for: name, schema, path)
        let known = ["atomic", "granular"]
        if !known.contains(kind.string ?? "") { notSupported("\(path).\(name)", kind, known) }
    }

    private mutating func checkListType(_ schema: Value, _ path: String) {
        let name = "x-kubernetes-list-type"
        let kind = schema[Key(name)]
        if kind.isNull { return }
        if schema.text(.type) != "array" {
            requireType("array", for: name, schema, path)
        } else if kind.string == "set" {
            checkSetItems(schema[.items], "\(path).items")
        }
        let known = ["atomic", "set", "map"]
        if !known.contains(kind.string ?? "") { notSupported("\(path).\(name)", kind, known) }
    }

    /// Lists and objects in a set are compared as wholes.
    private mutating func checkSetItems(_ items: Value, _ path: String) {
        let detail = "must be atomic as item of a list with x-kubernetes-list-type=set"
        switch items.text(.type) {
        case "array":
            let kind = items["x-kubernetes-list-type"]
            if let text = kind.string, text != "atomic" {
                invalid("\(path).x-kubernetes-list-type", kind, detail)
            }
        case "object":
            if items["x-kubernetes-map-type"].string != "atomic" {
                invalid(
                    "\(path).x-kubernetes-map-type", items["x-kubernetes-list-type"], detail)
            }
        default: break
        }
    }

    private mutating func checkKeys(_ schema: Value, _ path: String) {
        let kind = schema["x-kubernetes-list-type"]
        let keys = schema["x-kubernetes-list-map-keys"]
        let place = "\(path).x-kubernetes-list-map-keys"
        if !keys.elements.isEmpty, kind.string != "map" {
            let detail = "must be map if x-kubernetes-list-map-keys is non-empty"
            if kind.isNull {
                required("\(path).x-kubernetes-list-type", detail)
            } else {
                invalid("\(path).x-kubernetes-list-type", kind, detail)
            }
        }
        guard kind.string == "map" else { return }
        if keys.elements.isEmpty {
            required(place, "must not be empty if x-kubernetes-list-type is map")
        }
        let items = schema[.items]
        if items.isNull {
            return required(
                "\(path).items", "must have a schema if x-kubernetes-list-type is map")
        }
        guard items.text(.type) == "object" else {
            return invalid(
                "\(path).items.type", Value(items.text(.type)),
                "must be object if parent array's x-kubernetes-list-type is map")
        }
        var seen: Set<String> = []
        for name in keys.elements.compactMap(\.string) {
            let property = items["properties"][name]
            if property.isNull {
                invalid(place, keys, "entries must all be names of item properties")
            } else if ["array", "object"].contains(property.text(.type)) {
                invalid(
                    "\(path).items.properties[\(name)].type", Value(items.text(.type)),
                    "must be a scalar type if parent array's x-kubernetes-list-type is map")
            }
            if !seen.insert(name).inserted {
                invalid(place, keys, "must not contain duplicate entries")
            }
        }
    }

    /// validateMapListKeysMapSet.
    private mutating func checkItems(_ schema: Value, _ path: String) {
        let items = schema[.items]
        let kind = schema.text("x-kubernetes-list-type")
        guard case .object = items, kind == "set" || kind == "map" else { return }
        if items["nullable"].bool == true {
            forbidden(
                "\(path).items.nullable",
                "cannot be nullable when x-kubernetes-list-type is \(kind)")
        }
        guard kind == "map" else { return }
        let needed = Set(items["required"].elements.compactMap(\.string))
        for name in schema["x-kubernetes-list-map-keys"].elements.compactMap(\.string) {
            let property = items["properties"][name]
            if property.isNull { continue }
            let place = "\(path).items.properties[\(name)]"
            if !needed.contains(name), property["default"].isNull {
                required(
                    "\(place).default",
                    "this property is in x-kubernetes-list-map-keys, so it must have a default or "
                        + "be a required property")
            }
            if property["nullable"].bool == true {
                forbidden(
                    "\(place).nullable",
                    "this property is in x-kubernetes-list-map-keys, so it cannot be nullable")
            }
        }
    }
}
