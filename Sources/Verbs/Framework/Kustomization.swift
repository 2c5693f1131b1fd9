import Model
import Support
import Value
import YAML

/// A folder with a kustomization, built in process: resources and bases, name prefix and suffix,
/// namespace, common labels and annotations, images, replicas and patches.
///
/// What a kustomization has beyond that is an error that names the field, never ignored.
struct Kustomization {
    private let context: VerbContext
    private let reader: ManifestReader

    init(_ call: VerbCall) {
        context = call.context
        // A kustomization is built without asking the cluster: kinds it does not serve are kept.
        reader = ManifestReader(call, isLocal: true)
    }

    private static let names = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

    private static let known: Set<String> = [
        "apiVersion", "kind", "resources", "bases", "namePrefix", "nameSuffix", "namespace",
        "commonLabels", "commonAnnotations", "labels", "images", "replicas", "patches",
        "patchesStrategicMerge", "configMapGenerator", "secretGenerator", "generatorOptions",
        "metadata",
    ]

    /// The most folders inside each other, and the most objects of one build.
    private static let deepest = 64
    private static let most = 10_000

    func objects(_ folder: String) throws(VerbError) -> [FoundObject] {
        try objects(folder, within: [])
    }

    /// - Parameter outer: the folders whose kustomizations ask for this one, outermost first.
    private func objects(
        _ folder: String, within outer: [String]
    ) throws(VerbError) -> [FoundObject] {
        let base = Self.plain(folder)
        if let first = outer.firstIndex(of: base) {
            let way = (outer[first...] + [base]).joined(separator: "' → '")
            throw .message("cycle detected: '\(way)'")
        }
        guard outer.count < Self.deepest else {
            throw .message(
                "kustomizations ask for each other more than \(Self.deepest) levels deep, "
                    + "the last '\(base)'")
        }
        guard let name = Self.names.first(where: { context.files.exists("\(base)/\($0)") })
        else {
            throw .message(
                "unable to find one of 'kustomization.yaml', 'kustomization.yml' or 'Kustomization' "
                    + "in directory '\(folder)'")
        }
        let file = base == "." ? name : "\(base)/\(name)"
        let text = try read(file)
        let stream = YAML.read(text)
        if let error = stream.error { throw .message("\(file): \(error.kubectlMessage)") }
        let content = stream.documents.first?.value ?? .emptyObject
        for field in content.fields where !Self.known.contains(field.key.name) {
            throw .message(
                "\(file): the field \"\(field.key.name)\" of a kustomization is not known")
        }
        var objects: [FoundObject] = []
        for entry in content["resources"].elements + content["bases"].elements {
            let path = "\(base)/\(entry.string ?? "")"
            if context.files.entries(path) != nil {
                objects += try self.objects(path, within: outer + [base])
            } else {
                objects += try manifests([.file(path)])
            }
            guard objects.count <= Self.most else {
                throw .message("\(file): more than \(Self.most) objects")
            }
        }
        objects += try generated(content, base)
        try patch(&objects, content, base)
        for index in objects.indices { transform(&objects[index], content) }
        return objects
    }

    /// The objects of manifests, of which each must be readable.
    private func manifests(_ sources: [ManifestReader.Source]) throws(VerbError) -> [FoundObject] {
        let found = reader.read(sources)
        if let error = found.errors.first { throw error }
        return found.objects
    }

    /// The folder without `.`, `..` and doubled slashes where they can be told away.
    private static func plain(_ folder: String) -> String {
        var parts: [Substring] = []
        for part in folder.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        let path = parts.joined(separator: "/")
        if folder.hasPrefix("/") { return "/" + path }
        return path.isEmpty ? "." : path
    }

    private func read(_ path: String) throws(VerbError) -> String {
        do throws(FileProblem) {
            return try context.files.read(path)
        } catch {
            throw .message("open \(path): \(error.message)")
        }
    }

    // MARK: Generators

    private func generated(_ content: Value, _ base: String) throws(VerbError) -> [FoundObject] {
        var objects: [FoundObject] = []
        for (list, kind) in [("configMapGenerator", Kind.configMap), ("secretGenerator", .secret)] {
            for entry in content[list].elements {
                var data: Value = .emptyObject
                for literal in entry["literals"].elements.compactMap(\.string) {
                    guard let equals = literal.firstIndex(of: "=") else { continue }
                    data[String(literal[..<equals])] = Value(
                        String(literal[literal.index(after: equals)...]))
                }
                for file in entry["files"].elements.compactMap(\.string) {
                    let parts = file.split(separator: "=", maxSplits: 1).map(String.init)
                    let path = parts.last ?? file
                    let key =
                        parts.count == 2
                        ? parts[0] : path.split(separator: "/").last.map(String.init) ?? path
                    data[key] = Value(try read("\(base)/\(path)"))
                }
                var name = entry.text(.name)
                if !content["generatorOptions"].flag("disableNameSuffixHash") {
                    name += "-" + TemplateHash.of(template: data)
                }
                var value: Value = [
                    .apiVersion: "v1", .kind: Value(context.kinds[kind].name),
                    .metadata: [.name: Value(name)],
                ]
                value[kind == .configMap ? "data" : "stringData"] = data
                objects.append(FoundObject(info: context.kinds[kind], value: value))
            }
        }
        return objects
    }

    // MARK: Patches

    private func patch(
        _ objects: inout [FoundObject], _ content: Value, _ base: String
    ) throws(VerbError) {
        var patches: [(target: Value, text: String)] = []
        for entry in content["patches"].elements {
            let text: String
            if let inline = entry["patch"].string {
                text = inline
            } else {
                text = try read("\(base)/\(entry.text("path"))")
            }
            patches.append((entry["target"], text))
        }
        for entry in content["patchesStrategicMerge"].elements.compactMap(\.string) {
            let isFile = context.files.exists("\(base)/\(entry)")
            patches.append((.null, isFile ? try read("\(base)/\(entry)") : entry))
        }
        for (target, text) in patches {
            let stream = YAML.read(text)
            if let error = stream.error { throw .message("patch: \(error.kubectlMessage)") }
            for document in stream.documents {
                try apply(document.value, target, &objects)
            }
        }
    }

    private func apply(
        _ patch: Value, _ target: Value, _ objects: inout [FoundObject]
    ) throws(VerbError) {
        let isJSON = if case .array = patch { true } else { false }
        let kind = target[.kind].string ?? (isJSON ? nil : patch[.kind].string)
        let name = target[.name].string ?? (isJSON ? nil : patch[.metadata][.name].string)
        var hits = 0
        for index in objects.indices
        where (kind == nil || objects[index].info.name == kind)
            && (name == nil || objects[index].name == name)
        {
            hits += 1
            if isJSON {
                do throws(JSONPatchError) {
                    objects[index].value = try JSONPatch(patch).apply(to: objects[index].value)
                } catch {
                    throw .message("patch of \(objects[index].reference): \(error.message)")
                }
            } else {
                do throws(StrategicMergeError) {
                    objects[index].value = try StrategicMergePatch.apply(
                        patch, to: objects[index].value,
                        type: FieldFacts.root(of: objects[index].info.kind))
                } catch {
                    throw .message("patch of \(objects[index].reference): \(error.message)")
                }
            }
        }
        if hits == 0 {
            throw .message(
                "no matches for Id \(kind ?? "*")/\(name ?? "*"); failed to find unique target for patch"
            )
        }
    }

    // MARK: Transformers

    private func transform(_ object: inout FoundObject, _ content: Value) {
        let prefix = content.text("namePrefix")
        let suffix = content.text("nameSuffix")
        if !prefix.isEmpty || !suffix.isEmpty {
            object.value[.metadata][.name] = Value(prefix + object.name + suffix)
        }
        if let namespace = content[.namespace].string, object.info.isNamespaced {
            object.value[.metadata][.namespace] = Value(namespace)
        }
        for field in content["commonAnnotations"].fields {
            object.value[.metadata][.annotations][field.key] = field.value
            annotateTemplate(&object.value, field)
        }
        label(&object, content["commonLabels"].fields, includesSelectors: true, template: true)
        for entry in content["labels"].elements {
            label(
                &object, entry["pairs"].fields, includesSelectors: entry.flag("includeSelectors"),
                template: entry.flag("includeTemplates") || entry.flag("includeSelectors"))
        }
        for image in content["images"].elements { replaceImage(&object.value, image) }
        for entry in content["replicas"].elements where entry.text(.name) == object.name {
            object.value[.spec][.replicas] = entry[.count]
        }
    }

    private func annotateTemplate(_ value: inout Value, _ field: Field) {
        guard !value[.spec][.template].isNull else { return }
        value[.spec][.template][.metadata][.annotations][field.key] = field.value
    }

    private func label(
        _ object: inout FoundObject, _ labels: Object, includesSelectors: Bool, template: Bool
    ) {
        for field in labels {
            object.value[.metadata][.labels][field.key] = field.value
            if template, !object.value[.spec][.template].isNull {
                object.value[.spec][.template][.metadata][.labels][field.key] = field.value
            }
            guard includesSelectors else { continue }
            if object.info.kind == .service {
                object.value[.spec][.selector][field.key] = field.value
            } else if !object.value[.spec][.selector].isNull {
                object.value[.spec][.selector][.matchLabels][field.key] = field.value
            }
        }
    }

    private func replaceImage(_ value: inout Value, _ image: Value) {
        func rewrite(_ containers: inout Value) {
            for index in containers.elements.indices {
                let current = containers[index].text(.image)
                let slash = current.lastIndex(of: "/") ?? current.startIndex
                let colon = current[slash...].firstIndex(of: ":")
                let name = colon.map { String(current[..<$0]) } ?? current
                guard name == image.text(.name) else { continue }
                let newName = image["newName"].string ?? name
                let tag = image["newTag"].string ?? colon.map { String(current[$0...].dropFirst()) }
                containers[index][.image] = Value(tag.map { "\(newName):\($0)" } ?? newName)
            }
        }
        for key in [Key.containers, .initContainers] {
            if !value[.spec][key].isNull { rewrite(&value[.spec][key]) }
            if !value[.spec][.template][.spec][key].isNull {
                rewrite(&value[.spec][.template][.spec][key])
            }
        }
    }
}
