import Model
import Support
import Value
import YAML

/// Reads the objects of `-f`: files, folders, standard input, with lists taken apart.
///
/// Source of rules and texts: cli-runtime's resource visitors.
struct ManifestReader {
    let context: VerbContext
    /// The namespace of `-n`; nil without the flag.
    let givenNamespace: String?
    /// Whether objects without a namespace get the one in force.
    var fillsNamespace = true
    /// Whether the verb validates what it reads (`--validate`).
    var isValidating = false

    private static let endings = [".json", ".yaml", ".yml"]

    /// The texts that a path stands for, with their names.
    private func texts(
        _ path: String, recursive: Bool
    ) throws(VerbError) -> [(name: String, text: String)] {
        if path == "-" { return [("STDIN", context.input)] }
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            throw .message(
                "unable to read URL \"\(path)\": the simulator opens no network connections; save "
                    + "the manifest to a file below the script's folder")
        }
        if let entries = context.files.entries(path) {
            return try folder(path, entries, recursive: recursive)
        }
        guard context.files.exists(path) else {
            throw .message("the path \"\(path)\" does not exist")
        }
        do throws(FileProblem) {
            return [(path, try context.files.read(path))]
        } catch {
            throw .message("open \(path): \(error.message)")
        }
    }

    private func folder(
        _ path: String, _ entries: [String], recursive: Bool
    ) throws(VerbError) -> [(name: String, text: String)] {
        let base = path.hasSuffix("/") ? String(path.dropLast()) : path
        var found: [(name: String, text: String)] = []
        for entry in entries.sorted() {
            let child = base == "." ? entry : "\(base)/\(entry)"
            if let below = context.files.entries(child) {
                // kubectl follows no links to folders (`filepath.Walk`).
                if recursive, !context.files.isLink(child) {
                    found += try folder(child, below, recursive: true)
                }
            } else if Self.endings.contains(where: { entry.hasSuffix($0) }) {
                found += try texts(child, recursive: false)
            }
        }
        return found
    }

    /// The objects of `paths`, in order. An empty result is not an error here.
    func objects(_ paths: [String], recursive: Bool) throws(VerbError) -> [FoundObject] {
        var objects: [FoundObject] = []
        for path in paths {
            let texts = try texts(path, recursive: recursive)
            if texts.isEmpty {
                throw .message(
                    "error reading [\(path)]: recognized file extensions are [.json .yaml .yml]")
            }
            for (name, text) in texts { objects += try self.objects(of: text, named: name) }
        }
        return objects
    }

    /// The objects in one text.
    func objects(of text: String, named source: String) throws(VerbError) -> [FoundObject] {
        let stream = YAML.read(text)
        if let error = stream.error {
            throw .message("error parsing \(source): \(error.kubectlMessage)")
        }
        var objects: [FoundObject] = []
        for document in stream.documents where !document.value.isNull {
            if let duplicate = document.duplicates.first {
                throw .message("error parsing \(source): \(duplicate.kubectlMessage)")
            }
            try add(document.value, source, &objects)
        }
        return objects
    }

    private func add(
        _ value: Value, _ source: String, _ objects: inout [FoundObject]
    ) throws(VerbError) {
        guard case .object = value else {
            throw .message(
                "error parsing \(source): a manifest is a map of fields, found a \(value.typeName)")
        }
        let kind = value.text(.kind)
        if isValidating { try checkType(value, source) }
        if kind.isEmpty { throw missing("Kind", value, source) }
        if value.text(.apiVersion).isEmpty { throw missing("apiVersion", value, source) }
        if kind.hasSuffix("List"), case .array(let items) = value[.items] {
            for item in items { try add(item, source, &objects) }
            return
        }
        objects.append(try resolve(value, kind, source))
    }

    /// Source: kubectl's validation schema, which looks at the type before anything is decoded.
    private func checkType(_ value: Value, _ source: String) throws(VerbError) {
        let unset = ["apiVersion", "kind"].filter { value.text(Key($0)).isEmpty }
            .map { "\($0) not set" }
        guard !unset.isEmpty else { return }
        let list = unset.joined(separator: ", ")
        throw .message(
            "error validating \"\(source)\": error validating data: "
                + (unset.count > 1 ? "[\(list)]" : list)
                + "; if you choose to ignore these errors, turn validation off with --validate=false"
        )
    }

    private func missing(_ field: String, _ value: Value, _ source: String) -> VerbError {
        let text = JSON.text(value, style: .canonical)
        return .message(
            "unable to decode \"\(source)\": Object '\(field)' is missing in '\(text)'")
    }

    private func resolve(
        _ value: Value, _ kind: String, _ source: String
    ) throws(VerbError) -> FoundObject {
        let metadata = value[.metadata]
        switch context.kinds.kind(apiVersion: value.text(.apiVersion), name: kind) {
        case .failure(let problem):
            var text =
                "resource mapping not found for name: \"\(metadata.text(.name))\" namespace: "
                + "\"\(metadata.text(.namespace))\" from \"\(source)\": \(problem.message)\n"
                + "ensure CRDs are installed first"
            if !context.session.givesHints {
                throw .message(text)
            } else if let version = problem.servedVersion {
                text += "\n(this cluster serves \(kind) as \(version))"
            } else if let suggestion = problem.suggestion {
                text += "\n(did you mean kind: \(suggestion)?)"
            }
            throw .message(text)
        case .success(let found):
            let info = context.kinds[found]
            var object = value
            if info.isNamespaced {
                let own = metadata.text(.namespace)
                if let givenNamespace, !own.isEmpty, own != givenNamespace {
                    throw .message(
                        "the namespace from the provided object \"\(own)\" does not match the "
                            + "namespace \"\(givenNamespace)\". You must pass "
                            + "'--namespace=\(own)' to perform this operation.")
                }
                if own.isEmpty, fillsNamespace {
                    object[.metadata][.namespace] = Value(givenNamespace ?? context.namespace)
                }
            }
            return FoundObject(info: info, value: object, source: source)
        }
    }
}

extension VerbCall {
    /// The objects of `-f` and `-k`; empty manifests are an error that names the verb's participle.
    package func manifests() throws(VerbError) -> [FoundObject] {
        let given = flags.string("namespace")
        var reader = ManifestReader(
            context: context, givenNamespace: given.isEmpty ? nil : given)
        reader.isValidating =
            verb.flags.contains { $0.name == "validate" }
            && !["ignore", "false"].contains(flags.string("validate"))
        if flags.has("kustomize") {
            return try Kustomization(reader: reader).objects(flags.string("kustomize"))
        }
        return try reader.objects(flags.list("filename"), recursive: flags.bool("recursive"))
    }
}
