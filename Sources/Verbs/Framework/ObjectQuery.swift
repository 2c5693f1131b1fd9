import API
import Model
import Value

/// Which objects a command works on: what `TYPE NAME …`, `-f`, `-k`, `-l`, `--field-selector` and `--all`
/// name together.
///
/// Source of rules and texts: cli-runtime's resource.Builder.
struct ObjectQuery {
    let call: VerbCall
    /// The words that name objects.
    var words: [String]
    /// Whether a kind alone means all objects of it.
    var allowsKindAlone: Bool
    /// Whether `-l` and `--field-selector` select objects, and do not mean something else.
    var hasSelectors = true
    /// Whether `--all` selects, so that a selector contradicts it.
    var hasAll = false
    /// Whether objects of manifests are read anew from the cluster.
    var readsFilesAnew = true
    /// Whether objects that are named are read from the cluster.
    var readsNamed = true
    /// Whether the command works on manifests alone (`--local`).
    var isLocal = false
    /// Whether nothing is read behind the first manifest that cannot be.
    var stopsAtError = false

    init(_ call: VerbCall, _ words: [String]? = nil, allowsKindAlone: Bool = false) {
        self.call = call
        self.words = words ?? call.arguments
        self.allowsKindAlone = allowsKindAlone
    }

    private var flags: FlagValues { call.flags }

    /// Finds the objects. Throws what is wrong with the command line.
    func run() throws(VerbError) -> Found {
        var reader = ManifestReader(call, isLatest: readsFilesAnew, isLocal: isLocal)
        reader.stopsAtError = stopsAtError
        var problems: [VerbError] = []
        let sources = reader.sources(&problems)
        let selects = selects(&problems)
        let named = ResourceWords.parse(words, call.context.kinds, &problems)
        if isLocal, !words.isEmpty { problems.append(.message(Self.filesRequired)) }
        try call.fail(problems)
        if !sources.isEmpty {
            try refuse(named)
            let selector = selects ? try fileSelector() : .everything
            return reader.read(sources).filter {
                selector.isEverything || selector.matches($0.value[.metadata][.labels].fields)
            }
        }
        if selects { return try select(named) }
        switch named {
        case .pairs(let pairs):
            return try fetch(pairs.map { ($0.kind, [$0.name]) })
        case .names(let kind, let names):
            if kind.contains(",") { throw .message("you must specify only one resource") }
            return try fetch([(kind, names)])
        case .kinds(let kinds):
            let infos = try call.resources.infos(kinds)
            guard allowsKindAlone else {
                throw .message("resource(s) were provided, but no name was specified")
            }
            return call.list(infos)
        case .none: throw .message(Self.resourceRequired)
        }
    }

    // MARK: Selectors

    /// Whether a selector, or `--all` as one, is in force.
    private func selects(_ problems: inout [VerbError]) -> Bool {
        guard hasSelectors else { return false }
        let isGiven = ["selector", "field-selector"].contains {
            flags.string($0).contains { !$0.isWhitespace }
        }
        guard hasAll, flags.bool("all") else { return isGiven }
        if isGiven {
            problems.append(
                .message("setting 'all' parameter but found a non empty selector. "))
        }
        return true
    }

    /// The selector of `-l` for objects of manifests, which kubectl itself looks at.
    private func fileSelector() throws(VerbError) -> LabelSelector {
        let text = flags.string("selector")
        do throws(SelectorError) {
            return try LabelSelector(parsing: text)
        } catch {
            throw .message(
                "the provided selector \"\(text)\" is not valid: \(error.message)")
        }
    }

    private func select(_ named: ResourceWords) throws(VerbError) -> Found {
        switch named {
        case .names: throw .message("name cannot be provided when a selector is specified")
        case .pairs:
            throw .message(
                "selectors and the all flag cannot be used when passing resource/name arguments")
        case .none:
            throw .message("at least one resource must be specified to use a selector")
        case .kinds(let kinds):
            if !flags.string("subresource").isEmpty {
                throw .message("subresource cannot be used when bulk resources are specified")
            }
            return call.list(try call.resources.infos(kinds))
        }
    }

    // MARK: Names

    /// What cannot stand beside manifests.
    private func refuse(_ named: ResourceWords) throws(VerbError) {
        switch named {
        case .none: return
        case .kinds, .names:
            throw .message(
                "when paths, URLs, or stdin is provided as input, you may not specify resource "
                    + "arguments as well")
        case .pairs:
            throw .message(
                "resource/name arguments cannot be provided when a path is specified")
        }
    }

    /// The objects of those names.
    private func fetch(_ wanted: [(kind: String, names: [String])]) throws(VerbError) -> Found {
        // All kinds are looked at before any object is.
        var infos: [(info: KindDescriptor, names: [String])] = []
        for (kind, names) in wanted { infos.append((try call.resources.info(kind), names)) }
        if flags.bool("all-namespaces"), infos.contains(where: { $0.info.isNamespaced }) {
            throw .message("a resource cannot be retrieved by name across all namespaces")
        }
        var found = Found()
        for (info, names) in infos {
            for name in names { fetch(info, name, &found) }
        }
        return found
    }

    private func fetch(_ info: KindDescriptor, _ name: String, _ found: inout Found) {
        let namespace = call.namespace(of: info)
        guard readsNamed else {
            var metadata: Value = [.name: Value(name)]
            if info.isNamespaced { metadata[.namespace] = Value(namespace) }
            return found.add(FoundObject(info: info, value: [.metadata: metadata]))
        }
        call.warnOfVersion(info)
        do throws(APIError) {
            let value = try call.context.client.get(info.kind, namespace: namespace, name: name)
            found.add(FoundObject(info: info, value: value))
        } catch {
            found.fail(.api(error, info))
        }
    }

    // MARK: Texts

    static let resourceRequired =
        """
        You must provide one or more resources by argument or filename.
        Example resource specifications include:
           '-f rsrc.yaml'
           '--filename=rsrc.json'
           '<resource> <name>'
           '<resource>'
        """

    /// What is said of names where the cluster is not asked.
    static let filesRequired =
        """
        error: you must specify resources by --filename when --local is set.
        Example resource specifications include:
           '-f rsrc.yaml'
           '--filename=rsrc.json'
        """
}

extension VerbCall {
    /// The objects that the command line names, read from the cluster. See ``ObjectQuery``.
    func find(_ words: [String]? = nil, allowsKindAlone: Bool = false) throws(VerbError) -> Found {
        try ObjectQuery(self, words, allowsKindAlone: allowsKindAlone).run()
    }

    /// The objects of `-f` and `-k` as their manifests say, those that `-l` selects.
    func findManifests() throws(VerbError) -> Found {
        var query = ObjectQuery(self, [])
        query.readsFilesAnew = false
        return try query.run()
    }

    /// As ``find(_:allowsKindAlone:)``, but one object that is missing is an error at once.
    func findAll(_ words: [String]) throws(VerbError) -> [FoundObject] {
        let found = try find(words)
        try fail(found.errors)
        return found.objects
    }

    /// A word that names an object: a name alone is that of a pod.
    func podReference(_ word: String) -> String { word.contains("/") ? word : "pod/\(word)" }

    /// Whether the command line has `-f` or `-k`.
    var hasFiles: Bool { flags.has("filename") || flags.has("kustomize") }

    /// Throws when the command line has neither `-f` nor `-k`.
    func requireFiles() throws(VerbError) {
        if !hasFiles { throw .message("must specify one of -f and -k") }
    }

    /// What is said of words where none can stand.
    var unexpectedArguments: VerbError {
        usageError("Unexpected args: [\(arguments.joined(separator: " "))]")
    }

    /// Throws where `--local` and a dry run of the server contradict each other.
    func refuseServerDryRun() throws(VerbError) {
        if try dryRun() == .server {
            throw .message(
                "cannot specify --local and --dry-run=server - did you mean --dry-run=client?")
        }
    }

    /// All objects of `infos` that `-l` and `--field-selector` select.
    func list(_ infos: [KindDescriptor]) -> Found {
        var found = Found()
        for info in infos {
            warnOfVersion(info)
            do throws(APIError) {
                let result = try context.client.list(
                    info.kind, namespace: listNamespace(info), options: try selectors())
                for value in result.items { found.add(FoundObject(info: info, value: value)) }
            } catch {
                found.unread.append(.api(listError(error, info), info))
            }
        }
        return found
    }

    /// The error of a list with what was looked for. Source: cli-runtime's resource.Selector.
    private func listError(_ error: APIError, _ info: KindDescriptor) -> APIError {
        guard error.reason == .badRequest || error.reason == .notFound else { return error }
        let resource = "\"\(info.group)/\(info.version), Resource=\(info.plural)\""
        let (labels, fields) = (flags.string("selector"), flags.string("field-selector"))
        let doing =
            labels.isEmpty && fields.isEmpty
            ? "Unable to list \(resource)"
            : "Unable to find \(resource) that match label selector \"\(labels)\", field selector "
                + "\"\(fields)\""
        return APIError(
            error.reason, "\(doing): \(error.message)", kind: error.kind, name: error.name)
    }
}
