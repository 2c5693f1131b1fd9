import Model
import Support
import Value

/// What is gathered of a kustomization and of those it asks for.
final class KustomizeBuild {
    let context: VerbContext
    private(set) var list = ResourceList()
    private var config = TransformerConfig.standard
    private var hasOwnConfig = false
    private var variables: [KustomizeVariable] = []

    init(_ context: VerbContext) { self.context = context }

    func warn(_ text: String) { context.output.error(text + "\n") }

    // MARK: Gathering

    /// Adds what the kustomization asks for and makes, and changes all that was gathered as it says.
    ///
    /// The order is Kustomize's: resources, generators, components, transformers.
    func add(_ file: KustomizationFile, _ folder: KustomizeFolder) throws(VerbError) {
        let content = file.content
        for entry in content["resources"].elements + content["bases"].elements {
            do throws(VerbError) {
                try addResource(entry.string ?? "", folder)
            } catch {
                throw .message("accumulating resources: \(error.cause)")
            }
        }
        for entry in content["configurations"].elements.compactMap(\.string) {
            let text = try folder.load(entry)
            let value = try KustomizationParts.first(text, entry)
            try config.merge(try TransformerConfig.read(value, folder.path(entry)))
            hasOwnConfig = true
        }
        let generator = KustomizeGenerator(folder: folder, options: content["generatorOptions"])
        for (field, kind) in [("configMapGenerator", "ConfigMap"), ("secretGenerator", "Secret")] {
            for entry in content[Key(field)].elements {
                try list.absorb(try generator.make(entry, kind: kind))
            }
        }
        for entry in content["components"].elements {
            do throws(VerbError) {
                try addComponent(entry.string ?? "", folder)
            } catch {
                throw .message(
                    "accumulating components: accumulateDirectory: \(JSON.text(Value(error.cause)))"
                )
            }
        }
        try transform(content, folder)
        for entry in content["vars"].elements {
            let variable = KustomizeVariable(entry)
            try variable.bind(to: list.resources)
            guard !variables.contains(where: { $0.name == variable.name }) else {
                throw .message("merging vars: var '\(variable.name)' already encountered")
            }
            variables.append(variable)
        }
    }

    private func addResource(_ path: String, _ folder: KustomizeFolder) throws(VerbError) {
        var objects: [Value]?
        var problem = ""
        do throws(VerbError) {
            objects = try folder.objects(path)
        } catch {
            problem = "accumulating resources from '\(path)': \(error.cause)"
        }
        if let objects {
            do throws(VerbError) {
                return try list.append(objects.map(KustomizeResource.init))
            } catch {
                problem = "merging resources from '\(path)': \(error.cause)"
            }
        }
        if problem.contains("MalformedYAMLError") { throw .message(problem) }
        do throws(VerbError) {
            try addFolder(try folder.folder(path))
        } catch {
            throw .message("accumulation err='\(problem)': \(error.cause)")
        }
    }

    private func addFolder(_ inner: KustomizeFolder) throws(VerbError) {
        let file: KustomizationFile
        do throws(VerbError) {
            file = try KustomizationFile(inner, warn: warn)
        } catch {
            throw .message("couldn't make target for path '\(inner.root)': \(error.cause)")
        }
        if file.isComponent {
            throw .message("expected kind != 'Component' for path '\(inner.root)'")
        }
        let build = KustomizeBuild(context)
        do throws(VerbError) {
            try build.add(file, inner)
        } catch {
            throw .message("recursed accumulation of path '\(inner.root)': \(error.cause)")
        }
        try list.append(build.list.resources)
        if build.hasOwnConfig {
            try config.merge(build.config)
            hasOwnConfig = true
        }
        variables += build.variables
    }

    private func addComponent(_ path: String, _ folder: KustomizeFolder) throws(VerbError) {
        let inner = try folder.folder(path)
        let file = try KustomizationFile(inner, warn: warn)
        guard file.isComponent else {
            throw .message(
                "expected kind 'Component' for path '\(inner.root)' but got "
                    + "'\(file.content[.kind].string ?? "Kustomization")'")
        }
        try add(file, inner)
    }

    // MARK: Changing

    private func transform(_ content: Value, _ folder: KustomizeFolder) throws(VerbError) {
        for patch in try KustomizationParts.patches(content, folder, context.kinds) {
            try patch.apply(to: list)
        }
        try list.transform { resources throws(VerbError) in
            let namespace = content.text("namespace")
            if !namespace.isEmpty {
                try NameTransformers.move(to: namespace, config.namespace, resources)
            }
            try NameTransformers.affix(
                prefix: content.text("namePrefix"), config.namePrefix, resources)
            try NameTransformers.affix(
                suffix: content.text("nameSuffix"), config.nameSuffix, resources)
            for entry in content["labels"].elements {
                try MetadataTransformers.set(
                    entry["pairs"].fields, try labelSpecs(entry), resources)
            }
            try MetadataTransformers.set(
                content["commonLabels"].fields, config.commonLabels, resources)
            try MetadataTransformers.set(
                content["commonAnnotations"].fields, config.commonAnnotations, resources)
        }
        for patch in try KustomizationParts.jsonPatches(content, folder, context.kinds) {
            try patch.apply(to: list)
        }
        try list.transform { resources throws(VerbError) in
            for entry in content["replicas"].elements {
                try MetadataTransformers.scale(
                    entry.text("name"), entry["count"], config.replicas, resources)
            }
            for entry in content["images"].elements + content["imageTags"].elements {
                try ImageTransformer(entry).apply(config.images, resources)
            }
            for entry in try KustomizationParts.replacements(content, folder) {
                try KustomizeReplacement(entry).apply(resources)
            }
        }
        for entry in try KustomizationParts.transformers(content, folder) {
            try BuiltinTransformer(config: entry, folder: folder, kinds: context.kinds).apply(
                to: list)
        }
    }

    private func labelSpecs(_ entry: Value) throws(VerbError) -> [FieldSpec] {
        var specs = TransformerConfig.specs(entry["fields"])
        try TransformerConfig.merge(config.labels, into: &specs)
        if entry.flag("includeSelectors") {
            try TransformerConfig.merge(config.commonLabels, into: &specs)
        } else {
            if entry.flag("includeTemplates") {
                try TransformerConfig.merge(config.templateLabels, into: &specs)
            }
            try TransformerConfig.merge(
                [FieldSpec("metadata/labels", creates: true)], into: &specs)
        }
        return specs
    }

    // MARK: Finishing

    /// What is done once for everything: hashes in names, references to names, variables.
    func finish() throws(VerbError) {
        try list.transform { resources throws(VerbError) in
            for resource in resources where resource.needsHash {
                let hash = KustomizeGenerator.hash(of: resource.value)
                resource.rememberID()
                resource.name += "-" + hash
            }
            try NameReferences(resources).follow(config.references)
            try KustomizeVariable.resolve(variables, config.variables, resources)
            for resource in resources {
                let local = resource.value[.metadata][.annotations][
                    "config.kubernetes.io/local-config"]
                if let text = local.string, text != "false" { resource.value = .null }
            }
        }
    }
}
