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
    /// The folder at work as seen from the one that is built, where `buildMetadata` asks for origins; nil
    /// where it does not.
    var originPath: String?

    private(set) var types: MergeTypes

    init(_ context: VerbContext, types: MergeTypes? = nil) {
        self.context = context
        self.types = types ?? MergeTypes(context.kinds)
    }

    func warn(_ text: String) { context.output.error(text + "\n") }

    // MARK: Gathering

    /// Adds what the kustomization asks for and makes, and changes all that was gathered as it says.
    ///
    /// The order is Kustomize's: resources, generators, components, transformers.
    func add(_ file: KustomizationFile, _ folder: KustomizeFolder) throws(VerbError) {
        let content = file.content
        try types.read(content["openapi"], folder)
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
        for entry in content["crds"].elements.compactMap(\.string) {
            let text = try folder.load(entry)
            try config.merge(
                try TransformerConfig.ofKinds(try KustomizationParts.first(text, entry)))
            hasOwnConfig = true
        }
        try generate(file, folder)
        for entry in content["components"].elements {
            do throws(VerbError) {
                try addComponent(entry.string ?? "", folder)
            } catch {
                throw .message(
                    "accumulating components: accumulateDirectory: \(JSON.text(Value(error.cause)))"
                )
            }
        }
        try transform(file, folder)
        try validate(file, folder)
        for entry in content["vars"].elements {
            let variable = KustomizeVariable(entry)
            try variable.bind(to: list.resources)
            guard !variables.contains(where: { $0.name == variable.name }) else {
                throw .message("merging vars: var '\(variable.name)' already encountered")
            }
            variables.append(variable)
        }
    }

    private func generate(
        _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) {
        let content = file.content
        let generator = KustomizeGenerator(folder: folder, options: content["generatorOptions"])
        for kind in ["ConfigMap", "Secret"] {
            let field = kind == "Secret" ? "secretGenerator" : "configMapGenerator"
            for entry in content[Key(field)].elements {
                let made = try generator.make(entry, kind: kind)
                made.origin = origin(of: "\(kind)Generator", file)
                try list.absorb(made)
            }
        }
        if let chart = content["helmCharts"].elements.first
            ?? content["helmChartInflationGenerator"].elements.first
        {
            var settings = content["helmGlobals"].fields
            for field in chart.fields { settings.set(field.key, to: field.value) }
            if settings["namespace"].isNull, !content.text("namespace").isEmpty {
                settings.set("namespace", to: content["namespace"])
            }
            throw KustomizationParts.misconfigured(
                "HelmChartInflationGenerator", .object(settings),
                .message("must specify --enable-helm"))
        }
        let plain = KustomizeGenerator(folder: folder, options: .null)
        for plugin in try KustomizationParts.plugins("generators", file, folder) {
            do throws(VerbError) {
                try KustomizationParts.requireBuiltin(plugin.config)
                let kind = plugin.config.text(.kind)
                guard kind == "ConfigMapGenerator" || kind == "SecretGenerator" else {
                    throw .message(
                        "plugin \(KustomizeResource(plugin.config).currentID.text) not a generator")
                }
                var entry = plugin.config
                entry[.name] = plugin.config[.metadata][.name]
                entry[.namespace] = plugin.config[.metadata][.namespace]
                let made = try plain.make(
                    entry, kind: String(kind.dropLast("Generator".count)))
                made.origin = originPath.map {
                    .configured(plugin.config, in: KustomizeOrigin.join($0, plugin.file))
                }
                try list.absorb(made)
            } catch {
                throw .message(
                    "loading generator plugins: failed to load generator: \(error.cause)")
            }
        }
    }

    private func origin(of part: String, _ file: KustomizationFile) -> KustomizeOrigin? {
        originPath.map { .builtin(part, in: KustomizeOrigin.join($0, file.name)) }
    }

    /// Remembers with every object what has changed it, or made it if it comes from nowhere else.
    private func note(_ origin: KustomizeOrigin?) {
        guard let origin else { return }
        for resource in list.resources {
            if resource.origin == nil {
                resource.origin = origin
            } else {
                resource.transformations.append(origin)
            }
        }
    }

    private func addResource(_ path: String, _ folder: KustomizeFolder) throws(VerbError) {
        var objects: [KustomizeResource]?
        var problem = ""
        do throws(VerbError) {
            objects = try folder.objects(path)
        } catch {
            problem = "accumulating resources from '\(path)': \(error.cause)"
        }
        if let objects {
            do throws(VerbError) {
                if let originPath {
                    let origin = KustomizeOrigin.file(KustomizeOrigin.join(originPath, path))
                    for object in objects { object.origin = origin }
                }
                return try list.append(objects)
            } catch {
                problem = "merging resources from '\(path)': \(error.cause)"
            }
        }
        if problem.contains("MalformedYAMLError") { throw .message(problem) }
        do throws(VerbError) {
            try addFolder(try folder.folder(path), path)
        } catch {
            throw .message("accumulation err='\(problem)': \(error.cause)")
        }
    }

    private func addFolder(_ inner: KustomizeFolder, _ path: String) throws(VerbError) {
        let file: KustomizationFile
        do throws(VerbError) {
            file = try KustomizationFile(inner, warn: warn)
        } catch {
            throw .message("couldn't make target for path '\(inner.root)': \(error.cause)")
        }
        if file.isComponent {
            throw .message("expected kind != 'Component' for path '\(inner.root)'")
        }
        let build = KustomizeBuild(context, types: types)
        build.originPath = originPath.map { KustomizeOrigin.join($0, path) }
        do throws(VerbError) {
            try build.add(file, inner)
        } catch {
            throw .message("recursed accumulation of path '\(inner.root)': \(error.cause)")
        }
        types = build.types
        do throws(VerbError) {
            try list.append(build.list.resources)
        } catch {
            throw .message("recursed merging from path '\(inner.root)': \(error.cause)")
        }
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
        let outer = originPath
        defer { originPath = outer }
        originPath = outer.map { KustomizeOrigin.join($0, path) }
        do throws(VerbError) {
            try add(file, inner)
        } catch {
            throw .message("recursed accumulation of path '\(inner.root)': \(error.cause)")
        }
    }

    // MARK: Changing

    private func transform(
        _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) {
        try patch(file, folder)
        try rename(file)
        for patch in try KustomizationParts.jsonPatches(file.content, folder, types) {
            try patch.apply(to: list)
            note(origin(of: "PatchJson6902Transformer", file))
        }
        try setFields(file, folder)
        for plugin in try KustomizationParts.plugins("transformers", file, folder) {
            try BuiltinTransformer(config: plugin.config, folder: folder, types: types)
                .apply(to: list)
            note(
                originPath.map {
                    .configured(plugin.config, in: KustomizeOrigin.join($0, plugin.file))
                })
        }
    }

    private func patch(
        _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) {
        let merges = try KustomizationParts.mergePatches(file.content, folder, types)
        for patch in merges { try patch.apply(to: list) }
        if !merges.isEmpty { note(origin(of: "PatchStrategicMergeTransformer", file)) }
        for patch in try KustomizationParts.patches(file.content, folder, types) {
            try patch.apply(to: list)
            note(origin(of: "PatchTransformer", file))
        }
    }

    /// Changes all objects by one part of Kustomize.
    private func transform(
        by part: String, _ file: KustomizationFile,
        _ change: ([KustomizeResource]) throws(VerbError) -> Void
    ) throws(VerbError) {
        try list.transform(change)
        note(origin(of: part, file))
    }

    private func rename(_ file: KustomizationFile) throws(VerbError) {
        let (content, config) = (file.content, config)
        let namespace = content.text("namespace")
        if !namespace.isEmpty {
            try transform(by: "NamespaceTransformer", file) { resources throws(VerbError) in
                try NameTransformers.move(to: namespace, config.namespace, resources)
            }
        }
        let (prefix, suffix) = (content.text("namePrefix"), content.text("nameSuffix"))
        if !prefix.isEmpty {
            try transform(by: "PrefixTransformer", file) { resources throws(VerbError) in
                try NameTransformers.affix(prefix: prefix, config.namePrefix, resources)
            }
        }
        if !suffix.isEmpty {
            try transform(by: "SuffixTransformer", file) { resources throws(VerbError) in
                try NameTransformers.affix(suffix: suffix, config.nameSuffix, resources)
            }
        }
        let labels = content["labels"].elements
        for entry in labels {
            let specs = try labelSpecs(entry)
            try transform(by: "LabelTransformer", file) { resources throws(VerbError) in
                try MetadataTransformers.set(entry["pairs"].fields, specs, resources)
            }
        }
        let common = content["commonLabels"].fields
        if !labels.isEmpty || !common.isEmpty {
            try transform(by: "LabelTransformer", file) { resources throws(VerbError) in
                try MetadataTransformers.set(common, config.commonLabels, resources)
            }
        }
        let annotations = content["commonAnnotations"].fields
        if !annotations.isEmpty {
            try transform(by: "AnnotationsTransformer", file) { resources throws(VerbError) in
                try MetadataTransformers.set(annotations, config.commonAnnotations, resources)
            }
        }
    }

    private func setFields(
        _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) {
        let (content, config) = (file.content, config)
        for entry in content["replicas"].elements {
            try transform(by: "ReplicaCountTransformer", file) { resources throws(VerbError) in
                try MetadataTransformers.scale(
                    entry.text("name"), entry["count"], config.replicas, resources)
            }
        }
        for entry in content["images"].elements + content["imageTags"].elements {
            try transform(by: "ImageTagTransformer", file) { resources throws(VerbError) in
                try ImageTransformer(entry).apply(config.images, resources)
            }
        }
        let replacements = try KustomizationParts.replacements(content, folder)
        if !replacements.isEmpty {
            try transform(by: "ReplacementTransformer", file) { resources throws(VerbError) in
                for entry in replacements { try KustomizeReplacement(entry).apply(resources) }
            }
        }
    }

    /// Validators are programs, which kubectl does not run.
    private func validate(
        _ file: KustomizationFile, _ folder: KustomizeFolder
    ) throws(VerbError) {
        for plugin in try KustomizationParts.plugins("validators", file, folder) {
            try KustomizationParts.requireBuiltin(plugin.config)
            throw .message(
                "validator shouldn't modify the resource map: \(plugin.config.text(.kind)) is a "
                    + "transformer")
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
