import Cluster
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
        var added = try SetCommand.pairs(
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
                where command.isSelected(spec[.containers][index].text(.name)) {
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
}

extension Flag {
    fileprivate static let overwriteByDefault = Flag(
        "overwrite", nil, .bool, "replace variables that are there already", standard: "true")
}
