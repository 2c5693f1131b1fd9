import Model
import Support
import Value

/// An entry of `replacements`: the value of one field is copied into others.
///
/// Source: kustomize, filters/replacement.
struct KustomizeReplacement {
    private let entry: Value

    init(_ entry: Value) { self.entry = entry }

    func apply(_ resources: [KustomizeResource]) throws(VerbError) {
        let isComplete =
            (!entry["source"].isNull || !entry["sourceValue"].isNull) && !entry["targets"].isNull
        guard isComplete else {
            throw .message("replacements must specify a source and at least one target")
        }
        let value = try source(resources)
        for target in entry["targets"].elements { try copy(value, to: target, resources) }
    }

    private func source(_ resources: [KustomizeResource]) throws(VerbError) -> Value {
        let source = entry["source"]
        if !entry["sourceValue"].isNull {
            guard source.isNull else {
                throw .message("value and resource selectors are mutually exclusive")
            }
            return entry["sourceValue"]
        }
        let type = ResourceType(fields: source)
        let name = source.text("name")
        let namespace = source.text("namespace")
        let found = resources.filter { resource in
            resource.allIDs.contains { id in
                (name.isEmpty || id.name == name)
                    && (namespace.isEmpty || id.effectiveNamespace == namespace)
                    && id.type.isSelected(by: type)
            }
        }
        let selector = ResourceID(type, name: name, namespace: namespace).text
        guard let first = found.first else { throw .message("nothing selected by \(selector)") }
        guard found.count == 1 else { throw .message("multiple matches for selector \(selector)") }
        let field = source["fieldPath"].string ?? "metadata.name"
        guard let value = KustomizePath.find(KustomizePath.split(field)[...], in: first.value)
        else {
            throw .message(
                "fieldPath `\(field)` is missing for replacement source \(selector)")
        }
        return try refined(value, source["options"])
    }

    /// One part of the value, where the options take it apart.
    private func refined(_ value: Value, _ options: Value) throws(VerbError) -> Value {
        let delimiter = options.text("delimiter")
        if delimiter.isEmpty { return value }
        guard let text = value.scalarText else {
            throw .message("delimiter option can only be used with scalar nodes")
        }
        let parts = Self.parts(text, delimiter)
        let index = options["index"].int ?? 0
        guard parts.indices.contains(index) else {
            throw .message("options.index \(index) is out of bounds for value \(text)")
        }
        return value.string == nil ? Self.resolved(parts[index]) : Value(parts[index])
    }

    private static func parts(_ text: String, _ delimiter: String) -> [String] {
        var parts: [String] = []
        var rest = text[...]
        while let range = rest.firstRange(of: delimiter) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }

    private func copy(
        _ value: Value, to target: Value, _ resources: [KustomizeResource]
    ) throws(VerbError) {
        guard !target["select"].isNull else {
            throw .message("target must specify resources to select")
        }
        let select = try ResourceSelector(target["select"])
        var rejects: [ResourceSelector] = []
        for reject in target["reject"].elements { rejects.append(try ResourceSelector(reject)) }
        let options = target["options"]
        let fields = target["fieldPaths"].elements.compactMap(\.string)
        var leaf: Value?
        if options.flag("create") {
            leaf = value.object != nil ? .emptyObject : value.array != nil ? .emptyArray : Value("")
        }
        for resource in resources where select.holdsMetadata(resource) {
            if rejects.contains(where: { $0.hasMetadata && $0.holdsMetadata(resource) }) {
                continue
            }
            let ids = resource.allIDs
            if rejects.contains(where: { !$0.isOpen && ids.contains(where: $0.holds) }) { continue }
            guard ids.contains(where: select.holds) else { continue }
            for field in fields.isEmpty ? ["metadata.name"] : fields {
                try copy(value, into: field, of: resource, options, leaf)
            }
        }
    }

    private func copy(
        _ value: Value, into field: String, of resource: KustomizeResource, _ options: Value,
        _ leaf: Value?
    ) throws(VerbError) {
        if replaceInText(value, field, of: resource, leaf) { return }
        let problem =
            "unable to find \(leaf == nil ? "" : "or create ")field \"\(field)\" in replacement target"
        var object = resource.value
        let count: Int
        do throws(VerbError) {
            count = try KustomizePath.update(
                &object, KustomizePath.split(field)[...], leaf: leaf,
                { place, isNew throws(VerbError) in
                    try Self.set(&place, to: value, options, isNew: isNew)
                })
        } catch {
            throw .message(problem + ": " + error.cause)
        }
        if count == 0 { throw .message(problem) }
        resource.value = object
    }

    /// Replaces a part of a text that is JSON or YAML, where the path leads into one; whether it did.
    private func replaceInText(
        _ value: Value, _ field: String, of resource: KustomizeResource, _ leaf: Value?
    ) -> Bool {
        let path = KustomizePath.split(field)
        for count in 1..<max(path.count, 1) {
            guard let text = KustomizePath.find(path[..<count], in: resource.value)?.scalarText
            else { continue }
            let structured = StructuredText(text: text)
            guard let replaced = structured.replacing(path[count...], with: value, leaf: leaf)
            else { return false }
            var object = resource.value
            let set = try? KustomizePath.update(
                &object, path[..<count], leaf: nil,
                { place, _ throws(VerbError) in place = Value(replaced) })
            if set == 1 { resource.value = object }
            return set == 1
        }
        return false
    }

    static func set(
        _ place: inout Value, to value: Value, _ options: Value, isNew: Bool
    ) throws(VerbError) {
        var value = value
        let delimiter = options.text("delimiter")
        if !delimiter.isEmpty {
            guard let old = place.scalarText, let new = value.scalarText else {
                throw .message("delimiter option can only be used with scalar nodes")
            }
            var parts = Self.parts(old, delimiter)
            let index = options["index"].int ?? 0
            if index < 0 {
                parts.insert(new, at: 0)
            } else if index >= parts.count {
                parts.append(new)
            } else {
                parts[index] = new
            }
            value = Value(parts.joined(separator: delimiter))
        }
        // A scalar keeps its type: only its text is replaced.
        guard let text = value.scalarText, place.scalarText != nil else { return place = value }
        place = place.string != nil && !isNew ? Value(text) : resolved(text)
    }

    /// What a plain text is in YAML.
    private static func resolved(_ text: String) -> Value {
        switch YAMLScalar.resolve(text) {
        case .int(let number): .int(number)
        case .bool(let flag): .bool(flag)
        case .float(let number): .double(number)
        case .null, .unsigned, .timestamp, .string: Value(text)
        }
    }
}
