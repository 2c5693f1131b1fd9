import API
import Model
import Value

/// What the words after a verb name: single objects, or all objects of some kinds.
///
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
        switch try ResourceWords.parse(words, kinds) {
        case .none: throw .message(ObjectQuery.resourceRequired)
        case .kinds(let names): return .kinds(try infos(names))
        case .names(let kind, let names):
            if kind.contains(",") { throw .message("you must specify only one resource") }
            let info = try info(kind)
            return .objects(names.map { ResourceSelection.ObjectReference(info: info, name: $0) })
        case .pairs(let pairs):
            var objects: [ResourceSelection.ObjectReference] = []
            for (kind, name) in pairs {
                objects.append(
                    ResourceSelection.ObjectReference(info: try info(kind), name: name))
            }
            return .objects(objects)
        }
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
    func selectors() throws(APIError) -> ListOptions {
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
        let text = flags.string("dry-run")
        if let isDry = FlagValues.parseBool(text) {
            context.log(
                .warning, isDry ? "helpers.go:733" : "helpers.go:736",
                "--dry-run=\(text) is deprecated (boolean value) and can be replaced with "
                    + "--dry-run=\(isDry ? "client" : "none").")
            return isDry ? .client : .none
        }
        switch text {
        case "", "none": return .none
        case "client": return .client
        case "server": return .server
        case "unchanged":
            context.log(
                .warning, "helpers.go:719",
                "--dry-run is deprecated and can be replaced with --dry-run=client.")
            return .client
        case let other:
            throw .message(
                "Invalid dry-run value (\(other)). Must be \"none\", \"server\", or \"client\".")
        }
    }

    /// In whose name the verb writes: what `--field-manager` says, or the verb's own name; a verb
    /// without the flag is kubectl. Server-side apply is kubectl as well (GetApplyFieldManagerFlag).
    private var fieldManager: String {
        guard verb.flags.contains(where: { $0.name == "field-manager" }) else { return "kubectl" }
        let isOnServer =
            verb.flags.contains(where: { $0.name == "server-side" }) && flags.bool("server-side")
        if isOnServer, !flags.has("field-manager") { return "kubectl" }
        return flags.string("field-manager")
    }

    /// Options for writes under `--dry-run` and `--validate`.
    package func writeOptions() throws(VerbError) -> WriteOptions {
        var options = WriteOptions()
        options.isDryRun = try dryRun() == .server
        options.fieldManager = fieldManager
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
                "invalid - validate option \"\(other)\"; must be one of: strict (or true), warn, ignore "
                    + "(or false)"
            )
        }
        return options
    }
}

extension VerbCall {
    /// The kind of a word, where a command asks for it without looking for objects: then the error has no
    /// prefix. Source: kubectl's checkErr, NoResourceMatchError.
    func mapped(_ word: String) throws(VerbError) -> KindDescriptor {
        if case .success(let kind) = context.kinds.resolve(word) { return context.kinds[kind] }
        let parts = word.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let group = parts.count > 1 ? " in group \"\(parts[1])\"" : ""
        throw .plain("the server doesn't have a resource type \"\(parts.first ?? "")\"\(group)")
    }

    /// Throws where `--cascade` is none of its values; tells of those that are deprecated.
    func checkCascade() throws(VerbError) {
        let cascade = flags.string("cascade")
        if ["true", "false"].contains(cascade) {
            let word = cascade == "true" ? "background" : "orphan"
            context.output.error(
                "warning: --cascade=\(cascade) is deprecated (boolean value) and can be replaced "
                    + "with --cascade=\(word).\n")
        } else if !["background", "orphan", "foreground"].contains(cascade) {
            throw .message(
                "invalid cascade value (\(cascade)). Must be \"background\", \"foreground\", or "
                    + "\"orphan\"")
        }
    }

    /// What `--raw` takes instead of objects: a path, and one file or standard input.
    func checkRaw() throws(VerbError) {
        if flags.list("filename").count > 1 {
            throw .message("--raw can only use a single local file or stdin")
        }
        for other in ["output", "selector", "edit"] where !flags.string(other).isEmpty {
            throw .message("--raw and --\(other) are mutually exclusive")
        }
    }

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
