import Model
import Patterns
import Support
import Value

extension Verb {
    /// `kubectl set` with its subcommands.
    static let set: Verb = {
        var verb = Verb("set", summary: "Change parts of objects: image, env, resources, selector")
        verb.subverbs = [
            .setImage, .setEnv, .setResources, .setSelector, .setServiceAccount, .setSubject,
        ]
        verb.checksSubverbs = true
        return verb
    }()

    /// The flags of all subcommands.
    static let setFlags: [Flag] = [
        .filename, .recursive, .kustomize, .output, .selector, .all, .dryRun, .local, .template,
        .allowMissingTemplateKeys,
        .fieldManager, .showManagedFields,
    ]
}

/// What the subcommands of `set` have in common: resources, then changes, then patches and a word.
struct SetCommand {
    let call: VerbCall

    /// Splits the arguments at the first word for which `isChange` holds.
    func split(_ isChange: (String) -> Bool) -> (words: [String], changes: [String]) {
        let index = call.arguments.firstIndex(where: isChange) ?? call.arguments.endIndex
        return (Array(call.arguments[..<index]), Array(call.arguments[index...]))
    }

    /// The objects to change: named ones, or with `--all` all of the kinds.
    func targets(_ words: [String]) throws(VerbError) -> Found {
        var query = ObjectQuery(call, words, allowsKindAlone: call.flags.bool("all"))
        query.isLocal = call.flags.bool("local")
        let found = try query.run()
        if query.isLocal { try call.refuseServerDryRun() }
        return found
    }

    /// As ``update(_:_:_:failure:_:)`` for changes that succeed or fail as a whole.
    func update(
        _ words: [String], _ what: String, failure: String? = nil, confirmsAll: Bool = false,
        _ change: (inout Value, KindDescriptor) throws(VerbError) -> Void
    ) throws {
        try update(try targets(words), what, failure: failure, confirmsAll: confirmsAll) {
            value, info, _ throws(VerbError) in
            try change(&value, info)
        }
    }

    /// Changes each object and says `… image updated` where something changed; where nothing did, only
    /// some subcommands of kubectl do. An object that is missing keeps all others unchanged.
    ///
    /// - Parameters:
    ///   - failure: what goes before the API's words when it refuses a change.
    ///   - confirmsAll: whether it is said of objects that are as they were, too.
    ///   - change: may note errors that do not keep the rest of the change from being made.
    func update(
        _ found: Found, _ what: String, failure: String? = nil, confirmsAll: Bool = false,
        _ change: (inout Value, KindDescriptor, inout [VerbError]) throws(VerbError) -> Void
    ) throws {
        try call.fail(found.errors)
        let dryRun = try call.dryRun()
        let printer = try ResultPrinter(call)
        var misses: [VerbError] = []
        var results: [FoundObject] = []
        for object in found.objects {
            try call.context.nextObject()
            do throws(VerbError) {
                let result = try call.patch(object) { value throws(VerbError) in
                    try change(&value, object.info, &misses)
                }
                if let result = result ?? (confirmsAll ? object : nil) { results.append(result) }
            } catch .api(let error, let info) {
                misses.append(
                    failure.map { .message($0 + error.message) } ?? .api(error, info))
            } catch {
                misses.append(error)
            }
        }
        for result in results {
            try printer.confirm(result, "\(what) updated", dryRun: dryRun)
        }
        try call.fail(misses)
    }

    /// The path of the pod spec, or the error of kinds without one.
    func podSpec(_ info: KindDescriptor, _ object: Value) throws(VerbError) -> [Key] {
        guard let path = info.podSpecPath else {
            throw failed(
                info, object,
                "the object is not a pod or does not have a pod template: *v1.\(info.name)")
        }
        return path
    }

    /// Why an object cannot be changed, in the words of `CalculatePatches`. Without the server, kubectl
    /// knows no plurals, and ends the name of what has a group with a line.
    func failed(_ info: KindDescriptor, _ object: Value, _ reason: String) -> VerbError {
        let name = object[.metadata].text(.name)
        let reference =
            call.flags.bool("local")
            ? "\(info.qualifiedSingular)/\(name)" + (info.group.isEmpty ? "" : "\n")
            : "\(info.plural)/\(name)"
        return .message("error: \(reference) \(reason)")
    }

    /// Does `work` for every container, then every init container, that `--containers` picks; answers
    /// whether there is any.
    func forEachContainer(
        of spec: inout Value, _ work: (inout Value) throws(VerbError) -> Void
    ) throws(VerbError) -> Bool {
        var isAny = false
        for key in [Key.containers, .initContainers] {
            for index in spec[key].elements.indices
            where isSelected(spec[key][index].text(.name)) {
                isAny = true
                try work(&spec[key][index])
            }
        }
        return isAny
    }

    /// Whether `--containers` picks a container of this name.
    func isSelected(_ name: String) -> Bool {
        call.flags.string("containers").split(separator: ",").contains { pattern in
            Glob(String(pattern), syntax: .star).matches(name)
        }
    }

    /// Splits the arguments into resources and changes such as `web=nginx:1.25`; a resource must not
    /// come after a change. Source: cmdutil.GetResourcesAndPairs.
    func pairs(_ what: String) throws(VerbError) -> (words: [String], changes: [String]) {
        let (words, changes) = split(Self.isPair)
        if let late = changes.first(where: { !Self.isPair($0) }) {
            throw .message("all resources must be specified before \(what) changes: \(late)")
        }
        return (words, changes)
    }

    private static func isPair(_ word: String) -> Bool {
        word.contains("=") && !word.hasPrefix("=") || word.hasSuffix("-") && word != "-"
    }

    /// The names and values of changes. Source: cmdutil.ParsePairs.
    static func parsed(
        _ changes: [String], _ what: String
    ) throws(VerbError) -> [(name: String, text: String)] {
        let invalid = changes.filter { !$0.contains("=") || $0.hasPrefix("=") }
        if !invalid.isEmpty {
            throw .message("invalid \(what) format: \(invalid.joined(separator: ", "))")
        }
        return try pairs(changes, what)
    }

    /// `name=value` words.
    static func pairs(
        _ words: [String], _ what: String
    ) throws(VerbError) -> [(name: String, text: String)] {
        var found: [(name: String, text: String)] = []
        for word in words {
            guard let equals = word.firstIndex(of: "="), equals != word.startIndex else {
                throw .message("all resources must be specified before \(what) changes: \(word)")
            }
            found.append((String(word[..<equals]), String(word[word.index(after: equals)...])))
        }
        return found
    }
}
