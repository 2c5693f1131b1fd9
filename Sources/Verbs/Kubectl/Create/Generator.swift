import Model
import Support
import Value

extension Flag {
    /// The flags of commands that make up an object.
    static let generatorFlags: [Flag] = [
        .dryRun, .output, .saveConfig, .fieldManager, .template, .showManagedFields,
        .allowMissingTemplateKeys,
    ]
}

extension Flag {
    static let appendHash = Flag(
        "append-hash", nil, .bool, "put a hash of the contents behind the name")
}

extension VerbCall {
    /// The one NAME that a generator takes. Words behind `--` are no names.
    func onlyName() throws(VerbError) -> String {
        let count = argumentsBeforeDashes ?? arguments.count
        guard count == 1 else {
            throw usageError("exactly one NAME is required, got \(count)")
        }
        return arguments[0]
    }

    /// The words behind `--`, or behind the name: a command for a container.
    var commandWords: [String] {
        Array(arguments.dropFirst(argumentsBeforeDashes ?? 1))
    }
}

extension Verb {
    /// A generator of `create`.
    static func generator(
        _ name: String, aliases: [String] = [], summary: String, usage: String,
        examples: [String], flags: [Flag],
        run: @escaping @Sendable (VerbCall) throws -> Void
    ) -> Verb {
        var verb = Verb(name, summary: summary)
        verb.aliases = aliases
        verb.usage = usage
        verb.examples = examples
        verb.flags = flags + Flag.generatorFlags + [.validate]
        verb.holdsGoTypes = true
        verb.run = run
        return verb
    }
}

/// `key=value` lists of flags such as `--labels`.
enum KeyValueText {
    /// The pairs of `text`, parted by commas; nil where a part has no `=` or no key.
    static func pairs(_ text: String) -> [(key: String, value: String)]? {
        if text.isEmpty { return [] }
        var found: [(key: String, value: String)] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                return nil
            }
            found.append(
                (String(part[..<equals]), String(part[part.index(after: equals)...])))
        }
        return found
    }

    /// The pairs as a map.
    static func map(_ pairs: [(key: String, value: String)]) -> Value {
        var map = Value.emptyObject
        for (key, value) in pairs { map[key] = Value(value) }
        return map
    }
}
