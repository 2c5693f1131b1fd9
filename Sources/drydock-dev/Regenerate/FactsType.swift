import Foundation
import Value

/// A type as the OpenAPI document has it, in the notation of the table (FactsTable.swift) but without
/// the marks that ``FactsSupplement`` adds.
struct FactsType {
    let name: String
    let isAtomic: Bool
    /// In alphabetical order.
    let fields: [FactsField]
}

/// A field of a ``FactsType``.
struct FactsField {
    let name: String
    /// `s`, `[@Container`.
    let shape: String
    let isRequired: Bool
    /// Patch strategy, merge key and list kind: `~m/name#m`.
    let listMarks: String

    /// The full name of the type of its objects, or of those in its list; nil for anything else.
    func reference(in type: String) -> String? {
        let shape = shape.hasPrefix("[") ? shape.dropFirst() : shape[...]
        guard shape.hasPrefix("@") else { return nil }
        let name = shape.dropFirst()
        return String(name.contains(".") ? name : type[...type.lastIndex(of: ".")!] + name)
    }
}

// MARK: - From the table

extension FactsType {
    /// The types of the table that stands in `folder` already.
    static func all(inTable folder: String) throws -> [FactsType] {
        var types: [FactsType] = []
        for part in FactsFiles.parts {
            let path = FactsFiles.path(part)
            let source = try String(contentsOfFile: path, encoding: .utf8)
            guard let open = source.firstRange(of: "#\"\"\"\n"),
                let close = source.firstRange(of: "\"\"\"#")
            else { throw RegenerateProblem("\(path): there is no table") }
            let indent = FactsFiles.indent.count
            var paragraph: [Substring] = []
            for line in source[open.upperBound..<close.lowerBound].split(separator: "\n") {
                let line = line.dropFirst(indent)
                if !line.hasPrefix(" "), !paragraph.isEmpty {
                    types.append(FactsType(paragraph))
                    paragraph = []
                }
                if !line.isEmpty { paragraph.append(line) }
            }
            if !paragraph.isEmpty { types.append(FactsType(paragraph)) }
        }
        return types.sorted { $0.name < $1.name }
    }

    private init(_ paragraph: [Substring]) {
        let heading = paragraph[0].split(separator: " ")
        name = String(heading[0])
        isAtomic = heading.count > 1
        fields = paragraph.dropFirst().flatMap { $0.split(separator: " ") }.map(FactsField.init)
    }
}

extension FactsField {
    /// Reads `name:shape`, required or not, past the supplement's marks to those of lists.
    fileprivate init(_ token: Substring) {
        let colon = token.firstIndex(of: ":")!
        name = String(token[..<colon])
        var rest = token[token.index(after: colon)...]
        shape = String(rest.prefix { !"!*+>~/#^".contains($0) })
        rest = rest.dropFirst(shape.count)
        isRequired = rest.first == "!"
        rest = rest.drop { "!*+>".contains($0) }
        listMarks = String(rest.prefix { $0 != "^" })
    }
}

// MARK: - From the document

extension FactsType {
    /// The types of a document that maps names to fields; lists of objects are left out.
    static func all(inDocument types: Object) -> [FactsType] {
        types.sortedByName.filter { !$0.key.name.hasSuffix("List") }.map { type in
            let name = type.key.name
            let package = String(name[...name.lastIndex(of: ".")!])
            let required = Set(type.value["required"].elements.compactMap(\.string))
            return FactsType(
                name: name, isAtomic: type.value["mapType"].string == "atomic",
                fields: type.value["fields"].fields.sortedByName.map { field in
                    FactsField(
                        name: field.key.name,
                        shape: FactsField.shape(field.value, package: package),
                        isRequired: required.contains(field.key.name),
                        listMarks: FactsField.listMarks(field.value))
                })
        }
    }
}

extension FactsField {
    /// The letter of a scalar, `@Type`, `[` before the shape of a list's elements and `{` before that
    /// of a map's values.
    fileprivate static func shape(_ facts: Value, package: String) -> String {
        if let reference = facts["ref"].string { return code(reference, package: package) }
        switch (facts["type"].string, facts["format"].string) {
        case ("array", _): return "[" + shape(facts["items"], package: package)
        case ("object", _):
            return facts["values"].isNull ? "r" : "{" + shape(facts["values"], package: package)
        case ("string", "byte"): return "y"
        case ("string", _): return "s"
        case ("integer", "int64"): return "l"
        case ("integer", _): return "i"
        case ("number", _): return "d"
        case ("boolean", _): return "b"
        default: return "r"
        }
    }

    private static func code(_ reference: String, package: String) -> String {
        switch reference {
        case "api.resource.Quantity": return "q"
        case "meta.v1.Time": return "t"
        case "meta.v1.MicroTime": return "m"
        case "util.intstr.IntOrString": return "x"
        case "runtime.RawExtension", "meta.v1.FieldsV1", "apiextensions.v1.JSON",
            "apiextensions.v1.JSONSchemaPropsOrArray", "apiextensions.v1.JSONSchemaPropsOrBool",
            "apiextensions.v1.JSONSchemaPropsOrStringArray":
            return "r"
        default:
            return "@"
                + (reference.hasPrefix(package)
                    ? String(reference.dropFirst(package.count)) : reference)
        }
    }

    fileprivate static func listMarks(_ facts: Value) -> String {
        var text = ""
        switch facts["patchStrategy"].string {
        case "merge": text += "~m"
        case "merge,retainKeys": text += "~mk"
        case "retainKeys": text += "~k"
        case "replace": text += "~r"
        default: break
        }
        if let key = facts["mergeKey"].string { text += "/" + key }
        let keys = facts["listMapKeys"].elements.compactMap(\.string)
        switch facts["listType"].string ?? facts["mapType"].string {
        case "set": text += "#s"
        case "atomic": text += "#a"
        case "map":
            text +=
                "#m" + (keys == [facts["mergeKey"].string] ? "" : "/" + keys.joined(separator: ","))
        case "granular": text += "#g"
        default: break
        }
        return text
    }
}
