import Cluster
import Model
import Support
import Value

extension Verb {
    /// `kubectl set` with its subcommands.
    static let set: Verb = {
        var verb = Verb("set", summary: "Change parts of objects: image, env, resources, selector")
        verb.subverbs = [.setImage, .setEnv, .setResources, .setSelector, .setServiceAccount]
        return verb
    }()

    fileprivate static let setFlags: [Flag] = [
        .filename, .recursive, .kustomize, .output, .selector, .all, .dryRun, .record, .local,
        .template, .fieldManager, .showManagedFields,
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
    func targets(_ words: [String]) throws(VerbError) -> (
        objects: [FoundObject], errors: [VerbError]
    ) {
        if words.isEmpty, !call.flags.has("filename"), !call.flags.has("kustomize") {
            throw .message(VerbCall.resourceRequired)
        }
        if call.flags.bool("local") {
            return (try call.manifests(), [])
        }
        return try call.find(words, allowsKindAlone: false)
    }

    /// Changes each object and says `… image updated` where something changed; nothing is printed where
    /// nothing did, as kubectl does.
    func update(
        _ words: [String], _ what: String,
        _ change: (inout Value, KindInfo) throws(VerbError) -> Void
    ) throws {
        let dryRun = try call.dryRun()
        let printer = try ResultPrinter(call)
        let (objects, errors) = try targets(words)
        try call.forEach(objects, after: errors) { object throws(VerbError) in
            let result = try call.patch(object) { value throws(VerbError) in
                try change(&value, object.info)
            }
            guard let result else { return }
            try printer.confirm(result, "\(what) updated", dryRun: dryRun)
        }
    }

    /// The path of the pod spec, or the error of kinds without one.
    func podSpec(_ info: KindInfo) throws(VerbError) -> [Key] {
        guard let path = PodTemplatePath.podSpec(info.kind) else {
            throw .message("the object is not a pod or does not have a pod template: \(info.name)")
        }
        return path
    }
}

extension Verb {
    /// `kubectl set image`.
    static let setImage: Verb = {
        var verb = Verb("image", summary: "Change the images of containers")
        verb.aliases = ["images"]
        verb.usage = "(-f FILE | TYPE NAME | TYPE/NAME) CONTAINER=IMAGE … [flags]"
        verb.examples = [
            "set image deployment/web nginx=nginx:1.25", "set image deploy --all '*=nginx:1.25'",
        ]
        verb.flags = setFlags
        verb.completes = .resources
        verb.run = setImage
        return verb
    }()

    private static func setImage(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let (words, changes) = command.split { $0.contains("=") }
        let images = try pairs(changes, "image")
        if images.isEmpty {
            if words.isEmpty, !call.flags.has("filename") {
                throw VerbError.message(VerbCall.resourceRequired)
            }
            throw VerbError.message("at least one image update is required")
        }
        try command.update(words, "image") { value, info throws(VerbError) in
            try value.modify(command.podSpec(info)) { spec throws(VerbError) in
                for (name, image) in images {
                    var isFound = false
                    for key in [Key.initContainers, .containers] {
                        for index in spec[key].elements.indices
                        where name == "*" || spec[key][index].text(.name) == name {
                            spec[key][index][.image] = Value(image)
                            isFound = true
                        }
                    }
                    if !isFound {
                        throw .message("unable to find container named \"\(name)\"")
                    }
                }
            }
        }
    }

    private static func pairs(
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

    /// `kubectl set env`.
    static let setEnv: Verb = {
        var verb = Verb("env", summary: "Change the environment of containers")
        verb.usage = "(-f FILE | TYPE NAME | TYPE/NAME) KEY_1=VAL_1 … KEY- … [flags]"
        verb.examples = ["set env deployment/web LEVEL=debug", "set env deploy/web LEVEL-"]
        verb.flags =
            setFlags + [
                Flag("containers", "c", .string, "the containers to change", standard: "*"),
                Flag("env", "e", .strings, "a variable to set"),
                Flag("from", nil, .string, "take all keys of configmap/NAME or secret/NAME"),
                Flag("keys", nil, .strings, "only these keys of --from"),
                Flag("prefix", nil, .string, "before the names from --from"),
                Flag("list", nil, .bool, "print the environment"),
                Flag("resolve", nil, .bool, "with --list: show the values of references"),
                .overwriteByDefault,
            ]
        verb.completes = .resources
        verb.run = setEnv
        return verb
    }()

    private static func setEnv(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let (words, rest) = command.split {
            $0.contains("=") || $0.hasSuffix("-") && !$0.contains("/")
        }
        let removed = rest.filter { $0.hasSuffix("-") && !$0.contains("=") }.map {
            String($0.dropLast())
        }
        var added = try pairs(
            rest.filter { $0.contains("=") } + call.flags.strings("env"), "environment"
        )
        .map { (name: $0.name, value: [.name: Value($0.name), .value: Value($0.text)] as Value) }
        added += try references(call)
        if call.flags.bool("list") { return try listEnv(command, words) }
        if added.isEmpty, removed.isEmpty {
            throw VerbError.message("at least one environment variable must be provided")
        }
        try command.update(words, "env") { value, info throws(VerbError) in
            try value.modify(command.podSpec(info)) { spec throws(VerbError) in
                for index in spec[.containers].elements.indices
                where isSelected(spec[.containers][index].text(.name), call) {
                    var env = spec[.containers][index][.env].elements
                    for (name, entry) in added {
                        if let place = env.firstIndex(where: { $0.text(.name) == name }) {
                            env[place] = entry
                        } else {
                            env.append(entry)
                        }
                    }
                    env.removeAll { removed.contains($0.text(.name)) }
                    spec[.containers][index][.env] = env.isEmpty ? .null : .array(env)
                }
            }
        }
    }

    private static func isSelected(_ name: String, _ call: VerbCall) -> Bool {
        call.flags.string("containers").split(separator: ",").contains { pattern in
            WildCard.matches(String(pattern), name)
        }
    }

    /// The variables of `--from`.
    private static func references(
        _ call: VerbCall
    ) throws(VerbError) -> [(name: String, value: Value)] {
        let from = call.flags.string("from")
        guard !from.isEmpty else { return [] }
        let (objects, errors) = try call.find([from])
        try call.fail(errors)
        guard let object = objects.first,
            object.info.kind == .configMap || object.info.kind == .secret
        else {
            throw .message(
                "unsupported resource specified in --from; use configmap/NAME or secret/NAME")
        }
        let isSecret = object.info.kind == .secret
        let keys = call.flags.list("keys")
        let names = object.value["data"].fields.sortedByName.map(\.key.name)
        return names.filter { keys.isEmpty || keys.contains($0) }.map { key in
            let name = call.flags.string("prefix") + environmentName(key)
            let selector: Value = [.key: Value(key), .name: Value(object.name)]
            return (
                name,
                [
                    .name: Value(name),
                    .valueFrom: [isSecret ? .secretKeyRef : .configMapKeyRef: selector],
                ]
            )
        }
    }

    private static func environmentName(_ key: String) -> String {
        String(key.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
    }

    private static func listEnv(_ command: SetCommand, _ words: [String]) throws {
        let (objects, errors) = try command.targets(words)
        for object in objects {
            guard let path = PodTemplatePath.podSpec(object.info.kind) else { continue }
            for container in object.value.value(at: path)[.containers].elements {
                command.call.context.output.line(
                    "# \(object.info.name) \(object.name), container \(container.text(.name))")
                for entry in container[.env].elements {
                    let text =
                        entry[.valueFrom].isNull
                        ? "\(entry.text(.name))=\(entry.text(.value))"
                        : "# \(entry.text(.name)) from a reference"
                    command.call.context.output.line(text)
                }
            }
        }
        try command.call.fail(errors)
    }

    /// `kubectl set resources`.
    static let setResources: Verb = {
        var verb = Verb("resources", summary: "Change requests and limits of containers")
        verb.usage = "(-f FILE | TYPE NAME) [--limits=LIMITS & --requests=REQUESTS] [flags]"
        verb.examples = ["set resources deploy web --requests=cpu=100m,memory=64Mi"]
        verb.flags =
            setFlags + [
                Flag("containers", "c", .string, "the containers to change", standard: "*"),
                Flag("limits", nil, .string, "such as cpu=200m,memory=512Mi"),
                Flag("requests", nil, .string, "such as cpu=100m,memory=256Mi"),
            ]
        verb.completes = .resources
        verb.run = setResources
        return verb
    }()

    private static func setResources(_ call: VerbCall) throws {
        let command = SetCommand(call: call)
        let limits = try amounts(call.flags.string("limits"))
        let requests = try amounts(call.flags.string("requests"))
        if limits.isEmpty, requests.isEmpty {
            throw VerbError.message(
                "you must specify an update to requests or limits (in the form of --requests/--limits)"
            )
        }
        try command.update(call.arguments, "resource requirements") {
            value, info throws(VerbError) in
            try value.modify(command.podSpec(info)) { spec throws(VerbError) in
                for index in spec[.containers].elements.indices
                where isSelected(spec[.containers][index].text(.name), call) {
                    for (key, list) in [(Key.limits, limits), (.requests, requests)] {
                        for (name, quantity) in list {
                            spec[.containers][index][.resources][key][name] = Value(quantity)
                        }
                    }
                }
            }
        }
    }

    /// `cpu=100m,memory=1Gi`; an amount of 0 removes nothing: kubectl sets it.
    private static func amounts(
        _ text: String
    ) throws(VerbError) -> [(name: String, quantity: String)] {
        var found: [(name: String, quantity: String)] = []
        for part in text.split(separator: ",") {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false).map(
                String.init)
            guard halves.count == 2 else {
                throw .message("Invalid argument syntax \(part), expected <resource>=<value>")
            }
            do throws(QuantityError) {
                found.append((halves[0], try Quantity(parsing: halves[1]).text))
            } catch {
                throw .message(error.message)
            }
        }
        return found
    }

    /// `kubectl set selector`.
    static let setSelector: Verb = {
        var verb = Verb("selector", summary: "Change the selector of a service")
        verb.usage = "(-f FILE | TYPE NAME) EXPRESSIONS [flags]"
        verb.examples = ["set selector service web app=other"]
        verb.flags = setFlags + [Flag("resource-version", nil, .string, "only for this version")]
        verb.completes = .resources
        verb.run = { call in
            let command = SetCommand(call: call)
            let (words, changes) = command.split { $0.contains("=") }
            guard changes.count == 1 else {
                throw VerbError.message("one selector is required")
            }
            var selector: Value = .emptyObject
            for part in changes[0].split(separator: ",") {
                let halves = part.split(separator: "=", maxSplits: 1).map(String.init)
                guard halves.count == 2 else {
                    throw VerbError.message("invalid selector: \(part), expected key=value")
                }
                selector[halves[0]] = Value(halves[1])
            }
            try command.update(words, "selector") { value, info throws(VerbError) in
                guard info.kind == .service else {
                    throw .message("setting a selector is only supported for Services")
                }
                value[.spec][.selector] = selector
            }
        }
        return verb
    }()

    /// `kubectl set serviceaccount`.
    static let setServiceAccount: Verb = {
        var verb = Verb("serviceaccount", summary: "Change the service account of pods")
        verb.aliases = ["sa"]
        verb.usage = "(-f FILE | TYPE NAME) SERVICE_ACCOUNT [flags]"
        verb.examples = ["set serviceaccount deployment web robot"]
        verb.flags = setFlags
        verb.completes = .resources
        verb.run = { call in
            guard call.arguments.count > 1 || call.flags.has("filename"),
                let name = call.arguments.last
            else { throw VerbError.message("serviceaccount is required") }
            let command = SetCommand(call: call)
            try command.update(Array(call.arguments.dropLast()), "serviceaccount") {
                value, info throws(VerbError) in
                try value.modify(command.podSpec(info)) { spec throws(VerbError) in
                    spec[.serviceAccountName] = Value(name)
                    spec[.serviceAccount] = Value(name)
                }
            }
        }
        return verb
    }()
}

extension Flag {
    fileprivate static let overwriteByDefault = Flag(
        "overwrite", nil, .bool, "replace variables that are there already", standard: "true")
}

/// Names with `*` for any text.
enum WildCard {
    static func matches(_ pattern: String, _ text: String) -> Bool {
        if pattern == "*" { return true }
        guard pattern.contains("*") else { return pattern == text }
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        var rest = text[...]
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else if !part.isEmpty {
                guard let range = rest.firstRange(of: part) else { return false }
                rest = rest[range.upperBound...]
            }
        }
        return true
    }
}
