import API
import Model
import Support
import Value
import YAML

/// Reads the objects of `-f` and `-k`: files, folders, standard input, with lists taken apart. What
/// cannot be read keeps nothing else from being read (DECISIONS 37).
///
/// Source of rules and texts: cli-runtime's resource visitors.
struct ManifestReader {
    let context: VerbContext
    let call: VerbCall
    /// The namespace of `-n`; nil without the flag.
    let givenNamespace: String?
    /// Whether the verb validates what it reads (`--validate`).
    private(set) var isValidating: Bool
    /// Whether objects are read anew from the cluster.
    let isLatest: Bool
    /// Whether the cluster is not asked, not even for its kinds.
    let isLocal: Bool
    /// Whether reading ends at the first thing that is wrong.
    var stopsAtError = false

    init(_ call: VerbCall, isLatest: Bool = false, isLocal: Bool = false) {
        self.call = call
        self.isLatest = isLatest && !isLocal
        self.isLocal = isLocal
        context = call.context
        let given = call.flags.string("namespace")
        givenNamespace = given.isEmpty ? nil : given
        isValidating =
            call.verb.flags.contains { $0.name == "validate" }
            && !["ignore", "false"].contains(call.flags.string("validate"))
    }

    /// Something that manifests are read from.
    enum Source {
        case input
        case file(String)
        case kustomization(String)
    }

    // MARK: Reading

    /// The objects of `sources`, in order.
    func read(_ sources: [Source]) -> Found {
        var found = Found()
        for source in sources where !isOver(found) {
            do throws(VerbError) {
                switch source {
                case .input: take(context.input(), from: "STDIN", into: &found)
                case .file(let path): take(try text(path), from: path, into: &found)
                case .kustomization(let folder):
                    for built in try Kustomization(call).objects(folder) {
                        take(built, from: folder, into: &found)
                    }
                }
            } catch {
                found.unread.append(error)
            }
        }
        return found
    }

    /// The objects in a text that comes from no file, whatever types they have.
    func read(_ text: String, from source: String) -> Found {
        var found = Found()
        var reader = self
        reader.isValidating = false
        reader.take(text, from: source, into: &found)
        return found
    }

    private func isOver(_ found: Found) -> Bool { stopsAtError && !found.errors.isEmpty }

    private func text(_ path: String) throws(VerbError) -> String {
        do throws(FileProblem) {
            return try context.files.read(path)
        } catch {
            throw .message("open \(path): \(error.message)")
        }
    }

    /// The objects in one text. A document that does not parse or validate ends it.
    private func take(_ text: String, from source: String, into found: inout Found) {
        let stream = YAML.read(text)
        for document in stream.documents where !document.value.isNull {
            if isOver(found) { return }
            if StopRequest.isMade { break }
            if isValidating, let problem = Self.typeProblem(document.value) {
                found.unread.append(
                    .message(
                        "error validating \"\(source)\": error validating data: \(problem); if you "
                            + "choose to ignore these errors, turn validation off with "
                            + "--validate=false"))
                return
            }
            take(document.value, from: source, into: &found)
        }
        if StopRequest.isMade {
            found.unread.append(.message("interrupted"))
        } else if let error = stream.error, !isOver(found) {
            found.unread.append(.message("error parsing \(source): \(error.kubectlMessage)"))
        }
    }

    /// What is wrong with the type of a document. Source: kubectl's validation schema, which looks at the
    /// type before anything is decoded.
    private static func typeProblem(_ value: Value) -> String? {
        let problems = typeProblems(value)
        if problems.isEmpty { return nil }
        return problems.count == 1 ? problems[0] : "[\(problems.joined(separator: ", "))]"
    }

    /// What is wrong with the type of an edited text, or with the text itself.
    static func typeProblem(_ content: EditedText.Content) -> String? {
        switch content {
        case .value(let value): typeProblem(value)
        case .broken(let text, let error):
            (YAML.read(text).error ?? error).decoderMessage
        }
    }

    private static func typeProblems(_ value: Value) -> [String] {
        guard case .object = value else { return ["invalid object to validate"] }
        var problems: [String] = []
        for key in [Key.apiVersion, .kind] {
            switch value[key].string {
            case ""?: problems.append("\(key.name) not set")
            case nil:
                problems.append(
                    value[key].isNull ? "\(key.name) not set" : "\(key.name) isn't string type")
            case _?: break
            }
        }
        guard problems.isEmpty, value.text(.kind) == "List" else { return problems }
        guard case .array(let items) = value[.items] else { return ["invalid object to validate"] }
        for item in items {
            for problem in typeProblems(item) where !problems.contains(problem) {
                problems.append(problem)
            }
        }
        return problems
    }

    // MARK: Documents

    private func take(_ value: Value, from source: String, into found: inout Found) {
        if let problem = decodingProblem(value) {
            return found.unread.append(.message("unable to decode \"\(source)\": \(problem)"))
        }
        guard value.text(.kind).hasSuffix("List"), case .array = value[.items] else {
            do throws(VerbError) {
                try add(value, from: source, isItem: false, into: &found)
            } catch {
                found.unread.append(error)
            }
            return
        }
        var problems: [VerbError] = []
        for item in items(of: value) {
            do throws(VerbError) {
                try add(item, from: source, isItem: true, into: &found)
            } catch {
                problems.append(error)
            }
        }
        if !problems.isEmpty { found.unread.append(.several(problems)) }
    }

    /// Why a document is no object, in the words of decoding JSON.
    private func decodingProblem(_ value: Value) -> String? {
        guard case .object = value else {
            return Self.mismatch(value, "value of type unstructured.detector")
        }
        if value.text(.kind).isEmpty {
            return "Object 'Kind' is missing in '\(JSON.text(value, style: .canonical))'"
        }
        let metadata = value[.metadata]
        if metadata.isNull { return nil }
        guard case .object = metadata else {
            return Self.mismatch(
                metadata, "struct field metadataOnlyObject.metadata of type v1.ObjectMeta")
        }
        for key in [Key.name, .namespace] where !metadata[key].isNull {
            if metadata[key].string == nil {
                return Self.mismatch(
                    metadata[key], "struct field ObjectMeta.metadata.\(key.name) of type string")
            }
        }
        for key in [Key.annotations, .labels] where !metadata[key].isNull {
            let place = "struct field ObjectMeta.metadata.\(key.name) of type "
            guard case .object(let texts) = metadata[key] else {
                return Self.mismatch(metadata[key], place + "map[string]string")
            }
            for text in texts where text.value.string == nil && !text.value.isNull {
                return Self.mismatch(text.value, place + "string")
            }
        }
        return nil
    }

    /// What Go says of a value that is not of the type of `place`.
    private static func mismatch(_ value: Value, _ place: String) -> String {
        let type =
            switch value {
            case .null: "null"
            case .bool: "bool"
            case .int, .double: "number"
            case .text, .opaque: "string"
            case .array: "array"
            case .object: "object"
            }
        return "json: cannot unmarshal \(type) into Go \(place)"
    }

    /// The items of a list and of the lists in it. Those of a list of one kind need not name it.
    private func items(of list: Value) -> [Value] {
        let kind = String(list.text(.kind).dropLast("List".count))
        return list[.items].elements.flatMap { item -> [Value] in
            var item = item
            if !kind.isEmpty, item.text(.kind).isEmpty {
                item[.kind] = Value(kind)
                item[.apiVersion] = list[.apiVersion]
            }
            guard item.text(.kind).hasSuffix("List"), case .array = item[.items] else {
                return [item]
            }
            return items(of: item)
        }
    }

    // MARK: Objects

    /// Adds an object in its namespace, or why it may not be touched. Throws for a kind that is not
    /// served.
    private func add(
        _ value: Value, from source: String, isItem: Bool, into found: inout Found
    ) throws(VerbError) {
        let info = try kind(of: value, from: source, isItem: isItem)
        var object = FoundObject(info: info, value: value, source: source)
        if isLocal { return found.add(object) }
        call.warnOfVersion(info)
        if info.isNamespaced, object.namespace.isEmpty {
            object.value[.metadata][.namespace] = Value(givenNamespace ?? context.namespace)
        }
        if isLatest {
            do throws(APIError) {
                object.value = try context.client.get(
                    info.kind, namespace: object.namespace, name: object.name)
            } catch {
                throw .api(error, info)
            }
        }
        if let givenNamespace, info.isNamespaced, object.namespace != givenNamespace {
            let own = object.namespace
            return found.fail(
                .message(
                    "the namespace from the provided object \"\(own)\" does not match the namespace "
                        + "\"\(givenNamespace)\". You must pass '--namespace=\(own)' to perform this "
                        + "operation."))
        }
        found.add(object)
    }

    private func kind(
        of value: Value, from source: String, isItem: Bool
    ) throws(VerbError) -> KindDescriptor {
        let (apiVersion, name) = (value.text(.apiVersion), value.text(.kind))
        // Without a version it is of the core group, whose own version the mapper takes.
        if apiVersion.isEmpty,
            case .success(let kind) = context.kinds.kind(apiVersion: "v1", name: name)
        {
            return context.kinds[kind]
        }
        switch context.kinds.kind(apiVersion: apiVersion, name: name) {
        case .success(let kind): return context.kinds[kind]
        case .failure(let problem):
            if isLocal { return .unserved(apiVersion: apiVersion, name: name) }
            let metadata = value[.metadata]
            var text =
                isItem
                ? "unable to recognize \(problem.message)"
                : "resource mapping not found for name: \"\(metadata.text(.name))\" namespace: "
                    + "\"\(metadata.text(.namespace))\" from \"\(source)\": \(problem.message)\n"
                    + "ensure CRDs are installed first"
            if !context.session.givesHints { throw .message(text) }
            if let version = problem.servedVersion {
                text += "\n(this cluster serves \(name) as \(version))"
            } else if let suggestion = problem.suggestion {
                text += "\n(did you mean kind: \(suggestion)?)"
            }
            throw .message(text)
        }
    }
}

extension KindDescriptor {
    /// What is known of a kind that no cluster was asked about.
    fileprivate static func unserved(apiVersion: String, name: String) -> KindDescriptor {
        let parts = apiVersion.split(separator: "/").map(String.init)
        return KindDescriptor(
            Kind(id: .max), name, plural: name.lowercased() + "s",
            group: parts.count > 1 ? parts[0] : "", version: parts.last ?? "")
    }
}
