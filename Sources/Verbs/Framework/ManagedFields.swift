import Model
import Support
import Value

extension VerbCall {
    /// Whether the command may show or use who owns fields, so that objects are to come with their
    /// `managedFields`: they are put together when somebody asks for them.
    func needsManagedFields(_ words: [String]) -> Bool {
        if words.contains(where: { $0.contains("managedFields") || $0.hasPrefix("--raw") }) {
            return true
        }
        func isSet(_ name: String) -> Bool {
            verb.flags.contains { $0.name == name } && flags.bool(name)
        }
        if isSet("show-managed-fields") || isSet("server-side") { return true }
        guard flags.isGiven("output") || flags.isGiven("template") else { return false }
        let text = flags.strings("output").joined() + flags.strings("template").joined()
        return Self.showsWholeObjects(text)
    }

    /// Whether a template (`-o jsonpath`, `go-template`, `custom-columns`) prints whole objects or their
    /// whole metadata: with those the owners, which only JSON and YAML leave out.
    private static func showsWholeObjects(_ text: String) -> Bool {
        let isTemplate = ["jsonpath", "go-template", "custom-columns", "template"].contains {
            text.hasPrefix($0)
        }
        guard isTemplate else { return false }
        if text.contains("-file=") || text.contains("..") || text.contains(".*") { return true }
        if text.hasSuffix(".metadata") { return true }
        let wholes = [
            "metadata}", "metadata,", "metadata ", "{}", "{@}", "{$}", "{.}", "items}", "]}",
        ]
        return wholes.contains { text.contains($0) }
    }
}

/// Entries of `metadata.managedFields` as a client changes them.
///
/// Source: client-go, util/csaupgrade.
enum ManagedFieldsUpgrade {
    private static let annotation = "f:" + LastApplied.annotation

    /// The entries of an operation that own the annotation of client-side apply.
    static func ownersOfAnnotation(_ object: Value, _ operation: String) -> [Value] {
        object[.metadata][.managedFields].elements.filter { entry in
            let owned = entry["fieldsV1"]["f:metadata"]["f:annotations"].fields
            guard entry.text("operation") == operation, owned.contains(Key(annotation)) else {
                return false
            }
            let below = owned[Key(annotation)].fields
            return below.isEmpty || below.contains(".")
        }
    }

    /// The entries with what `old` owned by updating as owned by `new`, who applies.
    static func upgraded(_ entries: [Value], from old: String, to new: String) -> [Value] {
        func isOld(_ entry: Value) -> Bool {
            entry.text("manager") == old && entry.text("operation") == "Update"
                && entry.text("subresource").isEmpty
        }
        var entries = entries
        let place: Int
        if let found = entries.firstIndex(where: {
            $0.text("manager") == new && $0.text("operation") == "Apply"
                && $0.text("subresource").isEmpty
        }) {
            place = found
        } else if let found = entries.firstIndex(where: isOld) {
            place = found
            entries[found]["operation"] = "Apply"
            entries[found]["manager"] = Value(new)
        } else {
            return entries
        }
        let version = entries[place].text("apiVersion")
        if let other = entries.first(where: { isOld($0) && $0.text("apiVersion") == version }) {
            entries[place]["fieldsV1"] = union(
                entries[place]["fieldsV1"], other["fieldsV1"], isRoot: true)
        }
        return entries.filter { !isOld($0) }
    }

    /// The members of two sets. An empty one is a member itself, but for the root.
    private static func union(_ left: Value, _ right: Value, isRoot: Bool = false) -> Value {
        if left.fields.isEmpty || right.fields.isEmpty {
            var result = left.fields.isEmpty ? right : left
            if !isRoot, !result.fields.isEmpty { result["."] = .emptyObject }
            return result
        }
        var result = left.fields
        for field in right.fields {
            result.set(
                field.key,
                to: result.contains(field.key)
                    ? union(result[field.key], field.value) : field.value)
        }
        return .object(result)
    }
}
