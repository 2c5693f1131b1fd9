import Support
import Value

extension Warner {
    /// The formats of a definition's schemas that are not checked, each once; of a change, those that
    /// the old version does not have. Source: the customresourcedefinition strategy.
    mutating func customResourceDefinition(_ definition: Value, _ old: Value?) {
        var known = Set(old.map(Self.uncheckedFormats) ?? [])
        for format in Self.uncheckedFormats(definition) where known.insert(format).inserted {
            add("unrecognized format \(GoSyntax.quote(format))")
        }
    }

    private static func uncheckedFormats(_ definition: Value) -> [String] {
        var formats: [String] = []
        for version in definition[.spec].list("versions") {
            collect(version["schema"]["openAPIV3Schema"], &formats)
        }
        return formats
    }

    /// In the order of SchemaHas; properties by name, since upstream has them in none.
    private static func collect(_ schema: Value, _ formats: inout [String]) {
        let format = schema.text("format")
        if !format.isEmpty, !isChecked(format, of: schema.text(.type)) { formats.append(format) }
        if schema["items"].elements.isEmpty {
            if !schema["items"].isNull { collect(schema["items"], &formats) }
        } else {
            for item in schema["items"].elements { collect(item, &formats) }
        }
        for list: Key in ["allOf", "anyOf", "oneOf"] {
            for part in schema.list(list) { collect(part, &formats) }
        }
        for single: Key in ["not"] where !schema[single].isNull {
            collect(schema[single], &formats)
        }
        for field in schema["properties"].fields.sortedByName { collect(field.value, &formats) }
        if case .object = schema["additionalProperties"] {
            collect(schema["additionalProperties"], &formats)
        }
    }

    /// GetUnrecognizedFormats.
    private static func isChecked(_ format: String, of type: String) -> Bool {
        switch type {
        case "", "string": stringFormats.contains(format.filter { $0 != "-" })
        case "integer": format == "int32" || format == "int64"
        case "number": format == "float" || format == "double"
        default: false
        }
    }

    /// supportedVersionedFormats, without dashes.
    private static let stringFormats: Set<String> = [
        "bsonobjectid", "byte", "cidr", "creditcard", "date", "datetime", "duration", "email",
        "hexcolor", "hostname", "ipv4", "ipv6", "isbn", "isbn10", "isbn13", "k8slongname",
        "k8sshortname", "mac", "password", "rgbcolor", "ssn", "uri", "uuid", "uuid3", "uuid4",
        "uuid5",
    ]
}
