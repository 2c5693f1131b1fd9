import Support
import Value

// Origin: apiextensions-apiserver, apis/apiextensions/validation/validation.go.
extension Validator {
    /// ValidateCustomResourceDefinition, and ValidateCustomResourceDefinitionUpdate with an old version.
    mutating func customResourceDefinition(_ definition: Value, old: Value?) {
        let spec = definition[.spec]
        let path = ErrorPath("spec")
        let name = definition[.metadata].text(.name)
        if old == nil, name != "\(spec[.names].text("plural")).\(spec.text(.group))" {
            add(
                .invalid(
                    ErrorPath("metadata").child("name"), Value(name),
                    "must be spec.names.plural+\".\"+spec.group"))
        }
        definitionSpec(spec, path)
        if let old {
            let before = old[.spec]
            if Conditions(old[.status][.conditions]).isTrue("Established") {
                immutable(spec["scope"], before["scope"], path.child("scope"))
                immutable(
                    spec[.names][.kind], before[.names][.kind], path.child("names").child("kind"))
            }
            immutable(spec[.group], before[.group], path.child("group"))
            immutable(
                spec[.names]["plural"], before[.names]["plural"],
                path.child("names").child("plural"))
        }
        storedVersions(definition)
        approval(of: definition, old: old)
        if spec["preserveUnknownFields"].bool == true {
            add(
                .invalid(
                    path.child("preserveUnknownFields"), true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
                        + "spec.versions[*].schema instead"))
        }
    }

    /// validateCustomResourceDefinitionSpec.
    private mutating func definitionSpec(_ spec: Value, _ path: ErrorPath) {
        let group = spec.text(.group)
        if group.isEmpty {
            add(.required(path.child("group")))
        } else if case let problems = NameRules.dns1123Subdomain(group), !problems.isEmpty {
            add(.invalid(path.child("group"), Value(group), problems.joined(separator: ",")))
        } else if !group.contains(".") {
            add(
                .invalid(
                    path.child("group"), Value(group), "should be a domain with at least one dot"))
        }
        oneOf(spec["scope"], ["Cluster", "Namespaced"], path.child("scope"))
        let shared = SharedByVersions(spec)
        let versions = spec.list("versions")
        if shared["schema"]?["openAPIV3Schema"].isNull != false {
            for (index, version) in versions.enumerated()
            where version["schema"]["openAPIV3Schema"].isNull {
                add(
                    .required(
                        path.child("versions")[index].child("schema").child("openAPIV3Schema")))
            }
        }
        for (index, version) in versions.enumerated() {
            definitionVersion(version, shared, path.child("versions")[index])
        }
        let shown = shared.versionsAsShown
        if Set(versions.map { $0.text(.name) }).count < versions.count {
            add(.invalid(path.child("versions"), json: shown, "must contain unique version names"))
        }
        if versions.count(where: { $0["storage"].bool == true }) != 1 {
            add(
                .invalid(
                    path.child("versions"), json: shown,
                    "must have exactly one version marked as storage version"))
        }
        if let first = versions.first?.text(.name) {
            label1035(first, path.child("version"))
        }
        definitionNames(spec[.names], path.child("names"), isRequired: true)
        if let schema = shared["schema"] {
            rootSchema(schema["openAPIV3Schema"], path.child("validation").child("openAPIV3Schema"))
        }
        subresources(shared["subresources"] ?? .null, path.child("subresources"))
        for (index, column) in (shared["additionalPrinterColumns"] ?? .null).elements.enumerated() {
            printerColumn(column, path.child("additionalPrinterColumns")[index])
        }
        oneOf(
            spec["conversion"][.strategy], ["None", "Webhook"],
            path.child("conversion").child("strategy"))
    }

    /// validateCustomResourceDefinitionVersion, for what the versions do not have in common.
    private mutating func definitionVersion(
        _ version: Value, _ shared: SharedByVersions, _ path: ErrorPath
    ) {
        label1035(version.text(.name), path.child("name"))
        let warning = version["deprecationWarning"]
        if !warning.isNull, version["deprecated"].bool != true {
            add(
                .invalid(
                    path.child("deprecationWarning"), warning,
                    "can only be set for deprecated versions"))
        } else if warning.string?.isEmpty == true {
            add(.invalid(path.child("deprecationWarning"), warning, "must not be an empty string"))
        }
        if shared["schema"] == nil {
            rootSchema(
                version["schema"]["openAPIV3Schema"],
                path.child("schema").child("openAPIV3Schema"))
        }
        if shared["subresources"] == nil {
            subresources(version["subresources"], path.child("subresources"))
        }
        if shared["additionalPrinterColumns"] == nil {
            for (index, column) in version.list("additionalPrinterColumns").enumerated() {
                printerColumn(column, path.child("additionalPrinterColumns")[index])
            }
        }
    }

    /// All messages about a label in one error.
    private mutating func label1035(_ name: String, _ path: ErrorPath, _ lead: String = "") {
        let problems = NameRules.dns1035Label(lead.isEmpty ? name : name.lowercased())
        if problems.isEmpty { return }
        add(.invalid(path, Value(name), lead + problems.joined(separator: ",")))
    }

    /// ValidateCustomResourceDefinitionNames.
    private mutating func definitionNames(
        _ names: Value, _ path: ErrorPath, isRequired: Bool
    ) {
        let mixed = "may have mixed case, but should otherwise match: "
        let fields = [("plural", ""), ("singular", ""), ("kind", mixed), ("listKind", mixed)]
        for (field, _) in fields where isRequired && names.text(Key(field)).isEmpty {
            add(.required(path.child(field)))
        }
        for (field, lead) in fields where !names.text(Key(field)).isEmpty {
            label1035(names.text(Key(field)), path.child(field), lead)
        }
        for (index, name) in names.list("shortNames").enumerated() {
            label1035(name.string ?? "", path.child("shortNames")[index])
        }
        if !names.text(.kind).isEmpty, names[.kind] == names["listKind"] {
            add(
                .invalid(
                    path.child("listKind"), names["listKind"],
                    "kind and listKind may not be the same"))
        }
        for (index, name) in names.list("categories").enumerated() {
            label1035(name.string ?? "", path.child("categories")[index])
        }
    }

    /// ValidateCustomResourceDefinitionSubresources.
    private mutating func subresources(_ subresources: Value, _ path: ErrorPath) {
        let scale = subresources["scale"]
        if scale.isNull { return }
        for (field, part) in [("specReplicasPath", "spec"), ("statusReplicasPath", "status")] {
            let place = path.child("scale.\(field)")
            guard let text = scale[Key(field)].string, !text.isEmpty else {
                add(.required(place))
                continue
            }
            guard simplePath(text, place), !text.hasPrefix(".\(part).") else { continue }
            add(.invalid(place, Value(text), "should be a json path under .\(part)"))
        }
        guard let selector = scale["labelSelectorPath"].string, !selector.isEmpty else { return }
        let place = path.child("scale.labelSelectorPath")
        guard simplePath(selector, place), !selector.hasPrefix(".spec."),
            !selector.hasPrefix(".status.")
        else { return }
        add(
            .invalid(
                place, Value(selector), "should be a json path under either .spec or .status"))
    }

    /// validateSimpleJSONPath; answers whether the path is one.
    private mutating func simplePath(_ text: String, _ path: ErrorPath) -> Bool {
        if text.hasPrefix(".") { return true }
        add(.invalid(path, Value(text), "must be a simple json path starting with ."))
        return false
    }

    /// ValidateCustomResourceColumnDefinition.
    private mutating func printerColumn(_ column: Value, _ path: ErrorPath) {
        if column.text(.name).isEmpty { add(.required(path.child("name"))) }
        let types = ["boolean", "date", "integer", "number", "string"]
        let expectation = "must be one of \(types.joined(separator: ","))"
        let type = column.text(.type)
        if type.isEmpty {
            add(.required(path.child("type"), expectation))
        } else if !types.contains(type) {
            add(.invalid(path.child("type"), column[.type], expectation))
        }
        let formats = [
            "byte", "date", "date-time", "double", "float", "int32", "int64", "password",
        ]
        let format = column.text("format")
        if !format.isEmpty, !formats.contains(format) {
            add(
                .invalid(
                    path.child("format"), column["format"],
                    "must be one of \(formats.joined(separator: ","))"))
        }
        let source = column.text("jsonPath")
        if source.isEmpty {
            add(.required(path.child("JSONPath")))
        } else {
            _ = simplePath(source, path.child("JSONPath"))
        }
    }

    /// ValidateCustomResourceDefinitionStoredVersions.
    private mutating func storedVersions(_ definition: Value) {
        let path = ErrorPath("status").child("storedVersions")
        let stored = definition[.status]["storedVersions"]
        if stored.elements.isEmpty {
            return add(.invalid(path, .null, "must have at least one stored version"))
        }
        let versions = definition[.spec].list("versions")
        for version in versions where version["storage"].bool == true {
            if stored.elements.contains(version[.name]) { continue }
            add(
                .invalid(
                    path, json: JSON.text(stored, style: .canonical),
                    "must have the storage version \(version.text(.name))"))
        }
        for (index, name) in stored.elements.enumerated()
        where !versions.contains(where: { $0[.name] == name }) {
            let name = name.string ?? ""
            add(
                .invalid(
                    path[index], Value(name),
                    "missing from spec.versions; \(name) was previously a storage version, and must "
                        + "remain in spec.versions until a storage migration ensures no data remains "
                        + "persisted in \(name) and removes \(name) from status.storedVersions"))
        }
    }

    /// validateAPIApproval: the groups of Kubernetes itself want to be approved.
    private mutating func approval(of definition: Value, old: Value?) {
        let group = definition[.spec].text(.group)
        let protected = ["k8s.io", "kubernetes.io"]
        guard protected.contains(where: { group == $0 || group.hasSuffix(".\($0)") }) else {
            return
        }
        let key = "api-approved.kubernetes.io"
        let annotation = definition[.metadata][.annotations].text(Key(key))
        let before = old.map { $0[.metadata][.annotations].text(Key(key)) }
        if before == annotation || annotation.hasPrefix("unapproved")
            || annotation.contains("://")
        {
            return
        }
        let path = ErrorPath("metadata").child("annotations").key(key)
        let demand = "protected groups must have approval annotation \"\(key)\""
        let place = "see https://github.com/kubernetes/enhancements/pull/1111"
        if annotation.isEmpty {
            add(.required(path, "\(demand), \(place)"))
        } else {
            add(
                .invalid(
                    path, Value(annotation),
                    "\(demand) with either a URL or a reason starting with \"unapproved\", \(place)"
                ))
        }
    }
}

/// What all versions of a definition have in common: the server takes it for a part of the definition
/// itself, and says so in the paths of its errors.
private struct SharedByVersions {
    private let versions: [Value]
    private let fields: [Key] = [
        "schema", "subresources", "additionalPrinterColumns", "selectableFields",
    ]

    init(_ spec: Value) { versions = spec.list("versions") }

    /// The value of a field that is the same in all versions; nil where they differ.
    subscript(field: Key) -> Value? {
        guard let first = versions.first?[field] else { return .null }
        return versions.allSatisfy { $0[field] == first } ? first : nil
    }

    /// The versions as Go prints the server's own form of them.
    var versionsAsShown: String {
        let texts = versions.map { version -> String in
            var parts = [
                "\"Name\":\(JSON.text(Value(version.text(.name))))",
                "\"Served\":\(version["served"].bool ?? false)",
                "\"Storage\":\(version["storage"].bool ?? false)",
                "\"Deprecated\":\(version["deprecated"].bool ?? false)",
                "\"DeprecationWarning\":\(JSON.text(version["deprecationWarning"]))",
            ]
            for field in fields {
                let name = field.name.prefix(1).uppercased() + field.name.dropFirst()
                let value = self[field] == nil ? version[field] : .null
                parts.append("\"\(name)\":\(JSON.text(value, style: .canonical))")
            }
            return "{\(parts.joined(separator: ","))}"
        }
        return "[\(texts.joined(separator: ","))]"
    }
}
