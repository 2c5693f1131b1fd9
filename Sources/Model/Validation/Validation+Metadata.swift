import Support
import Value

extension Validator {
    private static let metadata = ErrorPath("metadata")
    private static let annotationBytes = 256 * 1024

    /// ValidateObjectMeta.
    mutating func objectMeta(_ meta: Value, _ kind: KindDescriptor) {
        let path = Self.metadata
        let prefix = meta.text(.generateName)
        if !prefix.isEmpty {
            // A prefix may end in a dash, since more follows it.
            let masked = prefix.hasSuffix("-") ? prefix.dropLast() + "a" : prefix
            messages(kind.rules.name(String(masked)), prefix, path.child("generateName"))
        }
        let name = meta.text(.name)
        if name.isEmpty {
            add(.required(path.child("name"), "name or generateName is required"))
        } else {
            messages(kind.rules.name(name), name, path.child("name"))
        }
        let namespace = meta.text(.namespace)
        if kind.isNamespaced {
            if namespace.isEmpty {
                add(.required(path.child("namespace")))
            } else {
                messages(NameRules.dns1123Label(namespace), namespace, path.child("namespace"))
            }
        } else if !namespace.isEmpty {
            add(.forbidden(path.child("namespace"), "not allowed on this type"))
        }
        common(meta, path, kind)
    }

    /// ValidateObjectMetaUpdate.
    mutating func objectMetaUpdate(_ meta: Value, _ old: Value, _ kind: KindDescriptor) {
        let path = Self.metadata
        for key in [Key.name, .namespace, .uid, .creationTimestamp, .deletionTimestamp] {
            immutable(meta[key], old[key], path.child(key))
        }
        if meta.int(.generation) < old.int(.generation) {
            add(.invalid(path.child("generation"), meta[.generation], "must not be decremented"))
        }
        if !old[.deletionTimestamp].isNull {
            let known = old.list(.finalizers)
            let added = meta.list(.finalizers).filter { !known.contains($0) }
            if !added.isEmpty {
                let list = GoSyntax.strings(added.compactMap(\.string))
                add(
                    .forbidden(
                        path.child("finalizers"),
                        "no new finalizers can be added if the object is being deleted, found new "
                            + "finalizers \(list)"))
            }
        }
        common(meta, path, kind)
    }

    private mutating func common(_ meta: Value, _ path: ErrorPath, _ kind: KindDescriptor) {
        nonnegative(meta[.generation], path.child("generation"))
        labels(meta[.labels], path.child("labels"))
        annotations(meta[.annotations], path.child("annotations"))
        ownerReferences(meta.list(.ownerReferences), path.child("ownerReferences"))
        for (index, entry) in meta.list(.finalizers).enumerated() {
            finalizer(entry.string ?? "", path.child("finalizers")[index], kind)
        }
    }

    /// ValidateLabels; also for node selectors.
    mutating func labels(_ labels: Value, _ path: ErrorPath) {
        // The order of names is that of messages: mostly there are none.
        let areValid = labels.fields.allSatisfy { field in
            NameRules.isQualifiedName(field.key.name)
                && NameRules.labelValue(field.value.string ?? "").isEmpty
        }
        if areValid { return }
        for field in labels.fields.sortedByName {
            messages(NameRules.qualifiedName(field.key.name), field.key.name, path)
            let text = field.value.string ?? ""
            messages(NameRules.labelValue(text), text, path)
        }
    }

    /// ValidateAnnotations.
    mutating func annotations(_ annotations: Value, _ path: ErrorPath) {
        var bytes = 0
        var areValid = true
        for field in annotations.fields {
            let name = field.key.name
            areValid = areValid && NameRules.isQualifiedName(name)
            bytes += name.utf8.count + (field.value.string ?? "").utf8.count
        }
        // A name that is valid as it stands is so in lower case; only others need the order of messages.
        for field in areValid ? [] : annotations.fields.sortedByName {
            let name = field.key.name
            messages(NameRules.qualifiedName(name.lowercased()), name, path)
        }
        if bytes > Self.annotationBytes { add(.tooLong(path, Self.annotationBytes)) }
    }

    /// ValidateFinalizerName. Of custom objects the server only warns (``Warner/finalizers(_:_:)``).
    private mutating func finalizer(_ name: String, _ path: ErrorPath, _ kind: KindDescriptor) {
        messages(NameRules.qualifiedName(name), name, path)
        guard kind.kind.isBuiltIn else { return }
        let standard = ["kubernetes", "orphan", "foregroundDeletion"]
        if !name.contains("/"), !standard.contains(name) {
            add(
                .invalid(
                    path, Value(name),
                    "name is neither a standard finalizer name nor is it fully qualified"))
        }
    }

    private mutating func ownerReferences(_ references: [Value], _ path: ErrorPath) {
        var controller: String?
        for reference in references {
            for key in [Key.apiVersion, .kind, .name, .uid] where reference.text(key).isEmpty {
                let word = key == .apiVersion ? "version " : ""
                // Upstream does not say which reference it is.
                add(
                    .invalid(
                        path.child(key), reference[key].isNull ? "" : reference[key],
                        "\(word)must not be empty"))
            }
            guard reference.flag(.controller) else { continue }
            let name = reference.text(.kind) + "/" + reference.text(.name)
            if let controller {
                add(
                    .invalid(
                        path, json: Self.shown(references),
                        "Only one reference can have Controller set to true. Found \"true\" in "
                            + "references for \(controller) and \(name)"))
            } else {
                controller = name
            }
        }
    }

    /// Owner references in the order of their fields.
    private static func shown(_ references: [Value]) -> String {
        let keys: [Key] = [.apiVersion, .kind, .name, .uid, .controller, .blockOwnerDeletion]
        let texts = references.map { reference in
            let fields = keys.filter { !reference[$0].isNull }.map {
                "\"\($0.name)\":" + GoSyntax.json(reference[$0])
            }
            return "{" + fields.joined(separator: ",") + "}"
        }
        return "[" + texts.joined(separator: ",") + "]"
    }

    /// ValidateLabelSelector of metav1.
    mutating func labelSelector(_ selector: Value, _ path: ErrorPath) {
        labels(selector[.matchLabels], path.child("matchLabels"))
        for (index, entry) in selector.list(.matchExpressions).enumerated() {
            let place = path.child("matchExpressions")[index]
            let values = entry.list(.values)
            switch entry.text(.operator) {
            case "In", "NotIn":
                if values.isEmpty {
                    add(
                        .required(
                            place.child("values"),
                            "must be specified when `operator` is 'In' or 'NotIn'"))
                }
            case "Exists", "DoesNotExist":
                if !values.isEmpty {
                    add(
                        .forbidden(
                            place.child("values"),
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
                }
            case let other:
                add(
                    .invalid(
                        place.child("operator"), Value(other), "not a valid selector operator"))
            }
            let key = entry.text(.key)
            messages(NameRules.qualifiedName(key), key, place.child("key"))
            for (number, value) in values.enumerated() {
                let text = value.string ?? ""
                messages(NameRules.labelValue(text), text, place.child("values")[number])
            }
        }
    }
}
