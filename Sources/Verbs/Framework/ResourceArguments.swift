import API
import Model
import Value

/// What the words after a verb name: single objects, or all objects of some kinds.
///
/// Source of rules and texts: cli-runtime's resource.Builder (ResourceTypeOrNameArgs).
package enum ResourceSelection {
    case objects([ObjectReference])
    case kinds([KindDescriptor])

    /// One object by kind and name.
    package struct ObjectReference: Hashable {
        package let info: KindDescriptor
        package let name: String

        package static func == (left: Self, right: Self) -> Bool {
            left.info === right.info && left.name == right.name
        }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(info.kind)
            hasher.combine(name)
        }
    }
}

/// Takes `TYPE NAME…`, `TYPE/NAME…` and `TYPE,TYPE` apart.
package struct ResourceArguments {
    let kinds: KindRegistry

    package init(_ kinds: KindRegistry) { self.kinds = kinds }

    /// What `words` name; `words` is not empty.
    package func parse(_ words: [String]) throws(VerbError) -> ResourceSelection {
        if words.contains(where: { $0.contains("/") }) { return try parsePairs(words) }
        let infos = try self.infos(words[0])
        if words.count == 1 { return .kinds(infos) }
        var objects: [ResourceSelection.ObjectReference] = []
        for info in infos {
            for name in words.dropFirst() {
                objects.append(ResourceSelection.ObjectReference(info: info, name: name))
            }
        }
        return .objects(objects)
    }

    private func parsePairs(_ words: [String]) throws(VerbError) -> ResourceSelection {
        var objects: [ResourceSelection.ObjectReference] = []
        for word in words {
            let parts = word.split(separator: "/", omittingEmptySubsequences: false).map(
                String.init)
            guard parts.count == 2 else {
                if parts.count > 2 {
                    throw .message(
                        "arguments in resource/name form may not have more than one slash")
                }
                throw .message(
                    "there is no need to specify a resource type as a separate argument when "
                        + "passing arguments in resource/name form (e.g. 'kubectl get "
                        + "resource/<resource_name>' instead of 'kubectl get resource "
                        + "resource/<resource_name>'")
            }
            if parts[0].isEmpty || parts[1].isEmpty {
                throw .message(
                    "arguments in resource/name form must have a single resource and name")
            }
            objects.append(
                ResourceSelection.ObjectReference(info: try info(parts[0]), name: parts[1]))
        }
        return .objects(objects)
    }

    /// The kinds in a list such as `deploy,svc` or `all`, each once.
    package func infos(_ text: String) throws(VerbError) -> [KindDescriptor] {
        var found: [KindDescriptor] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part)
            let category = kinds.kinds(inCategory: name)
            let added = category.isEmpty ? [try info(name)] : category.map { kinds[$0] }
            for info in added where !found.contains(where: { $0 === info }) { found.append(info) }
        }
        return found
    }

    /// The kind by any name kubectl takes.
    package func info(_ name: String) throws(VerbError) -> KindDescriptor {
        switch kinds.resolve(name) {
        case .success(let kind): return kinds[kind]
        case .failure(let problem): throw .message(problem.message)
        }
    }
}

extension VerbCall {
    /// The words that name resources.
    package var resources: ResourceArguments { ResourceArguments(context.kinds) }

    /// The namespace of `-n`, or the one in force.
    package var namespace: String {
        let given = flags.string("namespace")
        return given.isEmpty ? context.namespace : given
    }

    /// The namespace that a request for objects of a kind names: nil for all namespaces.
    package func listNamespace(_ info: KindDescriptor) -> String? {
        info.isNamespaced && !flags.bool("all-namespaces") ? namespace : nil
    }

    /// The namespace of one object: empty for kinds of the cluster.
    package func namespace(of info: KindDescriptor) -> String { info.isNamespaced ? namespace : "" }

    /// The selectors of `-l` and `--field-selector`.
    package func listOptions() throws(VerbError) -> ListOptions {
        do throws(APIError) {
            return try selectors()
        } catch {
            throw .api(error, nil)
        }
    }

    /// The selectors as the server reads them: one that does not parse is a bad request.
    private func selectors() throws(APIError) -> ListOptions {
        do throws(SelectorError) {
            return ListOptions(
                labels: flags.has("selector")
                    ? try LabelSelector(parsing: flags.string("selector")) : .everything,
                fields: flags.has("field-selector")
                    ? try FieldSelector(parsing: flags.string("field-selector")) : .everything)
        } catch {
            throw .badRequest(error.message)
        }
    }

    /// `none`, `server` or `client`.
    package func dryRun() throws(VerbError) -> DryRun {
        switch flags.string("dry-run") {
        case "", "none", "false": return .none
        case "client", "true": return .client
        case "server": return .server
        case "unchanged":
            throw .message(
                "--dry-run flag without a value was specified. A value must be set: \"none\", "
                    + "\"server\", or \"client\".")
        case let other:
            throw .message(
                "Invalid dry-run value (\(other)). Must be \"none\", \"server\", or \"client\".")
        }
    }

    /// Options for writes under `--dry-run` and `--validate`.
    package func writeOptions() throws(VerbError) -> WriteOptions {
        var options = WriteOptions()
        options.isDryRun = try dryRun() == .server
        // Verbs without the flag leave the choice to the API server, which warns.
        guard verb.flags.contains(where: { $0.name == "validate" }) else {
            options.fieldValidation = .warn
            return options
        }
        switch flags.string("validate") {
        case "ignore", "false": options.fieldValidation = .ignore
        case "warn": options.fieldValidation = .warn
        case "strict", "true", "": options.fieldValidation = .strict
        case let other:
            throw .message(
                "invalid - validate option \(other); must be strict (or true), warn, or ignore (or false)"
            )
        }
        return options
    }
}

extension VerbCall {
    /// What `--cascade` makes of dependents.
    var propagation: Propagation {
        switch flags.string("cascade") {
        case "orphan", "false": .orphan
        case "foreground": .foreground
        default: .background
        }
    }
}

/// How far a write goes.
package enum DryRun: Sendable {
    case none, client, server

    /// What kubectl adds to its confirmation.
    package var suffix: String {
        switch self {
        case .none: ""
        case .client: " (dry run)"
        case .server: " (server dry run)"
        }
    }
}

/// An object that a verb works on.
package struct FoundObject {
    package let info: KindDescriptor
    package var value: Value
    /// The manifest it came from; nil for one that was named.
    package var source: String?

    package init(info: KindDescriptor, value: Value, source: String? = nil) {
        self.info = info
        self.value = value
        self.source = source
    }

    package var name: String { value[.metadata].text(.name) }
    package var namespace: String { value[.metadata].text(.namespace) }

    /// `deployment.apps/web`, as `-o name` and confirmations print it.
    package var reference: String { "\(info.qualifiedSingular)/\(name)" }
}

extension VerbCall {
    /// Fetches what `arguments` (or `-f`, `-l`, `--all`) name. A missing object does not keep the
    /// others from being found: its error is among `errors`. A verb whose `--selector` means something
    /// else has `ownSelector`.
    package func find(
        _ words: [String]? = nil, allowsKindAlone: Bool = true, ownSelector: Bool = false
    ) throws(VerbError) -> (objects: [FoundObject], errors: [VerbError]) {
        if flags.has("filename") || flags.has("kustomize") { return try findManifests() }
        let words = words ?? arguments
        guard !words.isEmpty else { throw .message(Self.resourceRequired) }
        switch try resources.parse(words) {
        case .objects(let references):
            if flags.has("selector"), !ownSelector {
                throw .message("name cannot be provided when a selector is specified")
            }
            if flags.bool("all-namespaces") {
                throw .message("a resource cannot be retrieved by name across all namespaces")
            }
            return fetch(references)
        case .kinds(let infos):
            guard allowsKindAlone || flags.has("selector") || flags.bool("all") else {
                throw .message("resource(s) were provided, but no name was specified")
            }
            return try list(infos)
        }
    }

    static let resourceRequired =
        """
        You must provide one or more resources by argument or filename.
        Example resource specifications include:
           '-f rsrc.yaml'
           '--filename=rsrc.json'
           '<resource> <name>'
           '<resource>'
        """

    private func fetch(
        _ references: [ResourceSelection.ObjectReference]
    ) -> (objects: [FoundObject], errors: [VerbError]) {
        var objects: [FoundObject] = []
        var errors: [VerbError] = []
        for reference in references {
            do throws(APIError) {
                let value = try context.client.get(
                    reference.info.kind, namespace: namespace(of: reference.info),
                    name: reference.name)
                objects.append(FoundObject(info: reference.info, value: value))
            } catch {
                errors.append(.api(error, reference.info))
            }
        }
        return (objects, errors)
    }

    /// All objects of `infos` that the selectors pick.
    package func list(
        _ infos: [KindDescriptor]
    ) throws(VerbError) -> (objects: [FoundObject], errors: [VerbError]) {
        var objects: [FoundObject] = []
        var errors: [VerbError] = []
        for info in infos {
            do throws(APIError) {
                let result = try context.client.list(
                    info.kind, namespace: listNamespace(info), options: try selectors())
                objects += result.items.map { FoundObject(info: info, value: $0) }
            } catch {
                errors.append(.api(listError(error, info), info))
            }
        }
        return (objects, errors)
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

    private func findManifests() throws(VerbError) -> (objects: [FoundObject], errors: [VerbError])
    {
        let manifests = try manifests()
        var objects: [FoundObject] = []
        var errors: [VerbError] = []
        for manifest in manifests {
            do throws(APIError) {
                let value = try context.client.get(
                    manifest.info.kind, namespace: manifest.namespace, name: manifest.name)
                objects.append(
                    FoundObject(info: manifest.info, value: value, source: manifest.source))
            } catch {
                errors.append(.api(error, manifest.info))
            }
        }
        return (objects, errors)
    }

    /// Throws `errors` together when there are any.
    package func fail(_ errors: [VerbError]) throws(VerbError) {
        if errors.count == 1 { throw errors[0] }
        if !errors.isEmpty { throw .several(errors) }
    }
}
