import Model
import Support
import Value

/// An entry of `vars`: a field of a resource that replaces `$(NAME)` in others.
///
/// Source: kustomize, internal/accumulator and filters/refvar.
struct KustomizeVariable {
    let name: String
    private let id: ResourceID
    private let path: [String]

    init(_ entry: Value) {
        name = entry.text("name")
        let target = entry["objref"]
        var type = ResourceType(apiVersion: target.text(.apiVersion), kind: target.text(.kind))
        if target.text(.apiVersion).isEmpty { type = ResourceType(fields: target) }
        id = ResourceID(type, name: target.text(.name), namespace: target.text(.namespace))
        let field = entry["fieldref"]["fieldpath"].string ?? entry["fieldref"]["fieldPath"].string
        let text = field ?? ""
        // `ports[0].port` is the same as `ports.0.port`.
        path = FieldSpec.split(text.isEmpty ? "metadata.name" : text, at: ".").flatMap { part in
            part.split(separator: "[").map {
                $0.hasSuffix("]") ? String($0.dropLast()) : String($0)
            }
        }
    }

    /// Remembers which resource it is read from, whatever that is called later.
    func bind(to resources: [KustomizeResource]) throws(VerbError) {
        let isExact = !id.namespace.isEmpty || id.isClusterScoped
        let found = resources.filter { resource in
            resource.allIDs.contains {
                $0.name == id.name && $0.type == id.type
                    && (!isExact || $0.effectiveNamespace == id.effectiveNamespace)
            }
        }
        if found.count > 1 {
            throw .message(
                "merging vars: found \(found.count) resId matches for var \(name) (unable to "
                    + "disambiguate)")
        }
        found.first?.variables.append(name)
    }

    static func resolve(
        _ variables: [KustomizeVariable], _ specs: [FieldSpec], _ resources: [KustomizeResource]
    ) throws(VerbError) {
        if variables.isEmpty { return }
        var values: [String: Value] = [:]
        for variable in variables {
            guard let source = resources.first(where: { $0.variables.contains(variable.name) })
            else {
                throw .message(
                    "var '\(variable.name)' cannot be mapped to a field in the set of known resources"
                )
            }
            guard let value = KustomizePath.find(variable.path[...], in: source.value) else {
                throw .message(
                    "field specified in var '\(variable.name)' not found in corresponding resource")
            }
            values[variable.name] = value
        }
        for resource in resources {
            for spec in specs {
                try spec.visit(resource) { value throws(VerbError) in
                    switch value {
                    case .text(let text): value = expanded(text.string, values)
                    case .array(let elements):
                        value = .array(
                            try elements.map { element throws(VerbError) in
                                guard let text = element.string else {
                                    throw .message("invalid value type expect a string")
                                }
                                return expanded(text, values)
                            })
                    case .object(var object):
                        for field in object {
                            if let text = field.value.string {
                                object.set(field.key, to: expanded(text, values))
                            }
                        }
                        value = .object(object)
                    case .null, .bool, .int, .double, .opaque: break
                    }
                }
            }
        }
    }

    /// The text with each `$(NAME)` replaced; `$$` stands for one `$`. A text that is nothing but a
    /// variable becomes the variable's value, be it a number.
    private static func expanded(_ text: String, _ values: [String: Value]) -> Value {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            guard let next = rest.first else {
                result += "$"
                break
            }
            if next == "$" {
                result += "$"
                rest = rest.dropFirst()
            } else if next == "(", let end = rest.firstIndex(of: ")") {
                let name = String(rest.dropFirst()[..<end])
                rest = rest[rest.index(after: end)...]
                let value = values[name]
                if let value, text == "$(\(name))", value.object == nil, value.array == nil {
                    return value
                }
                result += value?.scalarText ?? "$(\(name))"
            } else {
                result += "$\(next)"
                rest = rest.dropFirst()
            }
        }
        return Value(result + rest)
    }
}
