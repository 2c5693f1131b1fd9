import Model
import Support
import Value

extension Verb {
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
                Flag("prefix", nil, .string, "before the names of all variables"),
                Flag("list", nil, .bool, "print the environment"),
                Flag("resolve", nil, .bool, "with --list: show the values of references"),
                .overwriteByDefault,
            ]
        verb.holdsGoTypes = true
        verb.completes = .resources
        verb.run = { call in try EnvironmentChange(call).run() }
        return verb
    }()
}

/// What `set env` does. Source: kubectl's cmd/set/set_env.go and cmd/set/env.
private struct EnvironmentChange {
    let command: SetCommand
    let words: [String]
    /// Variables in the order given, as containers have them.
    private var added: [(name: String, entry: Value)] = []
    private var removed: [String] = []

    private var call: VerbCall { command.call }

    init(_ call: VerbCall) throws(VerbError) {
        command = SetCommand(call: call)
        let (words, changes) = command.split(Self.isChange)
        self.words = words
        if !changes.allSatisfy(Self.isChange) {
            throw .message(
                "all resources must be specified before environment changes: "
                    + call.arguments.joined(separator: " "))
        }
        if words.isEmpty, !call.hasFiles {
            throw .message(
                "one or more resources must be specified as <resource> <name> or <resource>/<name>")
        }
        if call.flags.bool("list"), call.flags.has("output") {
            throw .message("--list and --output may not be specified together")
        }
        if call.flags.has("keys"), call.flags.string("from").isEmpty {
            throw .message(
                "when specifying --keys, a configmap or secret must be provided with --from")
        }
        try parse(call.flags.strings("env") + changes)
        added += try references()
        let prefix = call.flags.string("prefix")
        if !prefix.isEmpty {
            added = added.map { name, entry in
                var entry = entry
                entry[.name] = Value(prefix + name)
                return (prefix + name, entry)
            }
        }
    }

    private static func isChange(_ word: String) -> Bool {
        word.hasSuffix("-") || word.contains("=") && !word.hasPrefix("=")
    }

    /// `A=1` sets, `A-` removes.
    private mutating func parse(_ changes: [String]) throws(VerbError) {
        for change in changes {
            if let equals = change.firstIndex(of: "=") {
                let name = String(change[..<equals])
                let problems = NameRules.environmentName(name)
                if !problems.isEmpty {
                    throw .message(
                        "\"\(name)\" is not a valid key name: \(problems.joined(separator: ";"))")
                }
                let value = String(change[change.index(after: equals)...])
                added.append((name, [.name: Value(name), .value: Value(value)]))
            } else if change.hasSuffix("-") {
                removed.append(String(change.dropLast()))
            } else {
                throw .message("unknown environment variable: \(change)")
            }
        }
        if removed.contains(where: { name in added.contains { $0.name == name } }) {
            throw .message(
                "can not both modify and remove the same environment variable in the same command")
        }
    }

    func run() throws {
        if call.flags.bool("list") { return try list() }
        let found = try command.targets(words)
        try command.update(
            found, "env", failure: "failed to patch env update to pod template: "
        ) { value, info, _ throws(VerbError) in
            let object = value
            try value.modify(at: command.podSpec(info, value)) { spec throws(VerbError) in
                let isAny = try command.forEachContainer(of: &spec) { container throws(VerbError) in
                    try refuseOverwriting(container[.env], info, object)
                    container[.env] = changed(container[.env])
                }
                if !isAny { warnOfNoContainer(info, object) }
            }
        }
    }

    private func warnOfNoContainer(_ info: KindDescriptor, _ object: Value) {
        call.context.output.error(
            "Warning: \(info.name)/\(object[.metadata].text(.name)) does not have any containers matching "
                + "\"\(call.flags.string("containers"))\"\n")
    }

    private func refuseOverwriting(
        _ env: Value, _ info: KindDescriptor, _ object: Value
    ) throws(VerbError) {
        if call.flags.bool("overwrite") { return }
        for (name, entry) in added {
            guard let present = env.elements.first(where: { $0.text(.name) == name }),
                present.text(.value) != entry.text(.value)
            else { continue }
            throw command.failed(
                info, object,
                "'\(name)' already has a value (\(present.text(.value))), and --overwrite is false")
        }
    }

    /// New variables take the places of those that had their names, the others follow (`updateEnv`).
    private func changed(_ env: Value) -> Value {
        var covered = Set(removed)
        var result: [Value] = []
        for present in env.elements where !covered.contains(present.text(.name)) {
            let name = present.text(.name)
            if let new = added.first(where: { $0.name == name }) {
                covered.insert(name)
                result.append(new.entry)
            } else {
                result.append(present)
            }
        }
        for (name, entry) in added where covered.insert(name).inserted { result.append(entry) }
        return result.isEmpty ? .null : .array(result)
    }

    // MARK: References

    /// The variables of `--from`.
    private func references() throws(VerbError) -> [(name: String, entry: Value)] {
        let from = call.flags.string("from")
        guard !from.isEmpty else { return [] }
        let objects = try call.findAll([from])
        let keys = call.flags.list("keys")
        var found: [(name: String, entry: Value)] = []
        for object in objects {
            guard object.info.kind == .configMap || object.info.kind == .secret else {
                throw .message("unsupported resource specified in --from")
            }
            let source: Key = object.info.kind == .secret ? .secretKeyRef : .configMapKeyRef
            for key in object.value["data"].fields.sortedByName.map(\.key.name)
            where keys.isEmpty || keys.contains(key) {
                let name = Self.variableName(key)
                let selector: Value = [.key: Value(key), .name: Value(object.name)]
                found.append((name, [.name: Value(name), .valueFrom: [source: selector]]))
            }
        }
        return found
    }

    /// `log.level` → `LOG_LEVEL`.
    private static func variableName(_ key: String) -> String {
        String(
            key.uppercased().map { character in
                let isKept = character.isASCII && (character.isLetter || character.isNumber)
                return isKept ? character : "_"
            })
    }

    // MARK: Listing

    /// The environment with the changes, which are not made.
    private func list() throws {
        let found = try command.targets(words)
        try call.fail(found.errors)
        var failures: [VerbError] = []
        for object in found.objects {
            var spec = object.value.value(at: try command.podSpec(object.info, object.value))
            let isAny = try command.forEachContainer(of: &spec) { container in
                container[.env] = changed(container[.env])
                failures += list(container, object)
            }
            if !isAny { warnOfNoContainer(object.info, object.value) }
        }
        // kubectl tells why on standard error, and succeeds all the same.
        for failure in failures { call.context.output.error(failure.plainText + "\n") }
    }

    private func list(_ container: Value, _ object: FoundObject) -> [VerbError] {
        let output = call.context.output
        output.line("# \(object.info.name) \(object.name), container \(container.text(.name))")
        let reader = EnvironmentReader(call, object)
        var failures: [String: [String]] = [:]
        for entry in container[.env].elements {
            let name = entry.text(.name)
            guard !entry[.valueFrom].isNull else {
                output.line("\(name)=\(entry.text(.value))")
                continue
            }
            if call.flags.bool("resolve") {
                do throws(VerbError) {
                    output.line("\(name)=\(try reader.value(entry[.valueFrom], container))")
                    continue
                } catch {
                    failures[error.plainText, default: []].append(name)
                }
            }
            output.line("# \(name) from \(EnvironmentReader.text(entry[.valueFrom]))")
        }
        return failures.keys.sorted().map { reason in
            let names = (failures[reason] ?? []).sorted().joined(separator: ", ")
            return .message("error retrieving reference for \(names): \(reason)")
        }
    }
}

extension Flag {
    fileprivate static let overwriteByDefault = Flag(
        "overwrite", nil, .bool, "replace variables that are there already", standard: "true")
}
