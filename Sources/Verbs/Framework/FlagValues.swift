import Value

/// Which flags commands looked at. Tests ask for it: a flag that has an effect is one that is read.
package final class FlagReads {
    private var names: [String: Set<String>] = [:]

    package init() {}

    fileprivate func note(_ name: String, of command: String) {
        names[command, default: []].insert(name)
    }

    /// The names of the flags that a command has read so far.
    package func names(of command: String) -> Set<String> {
        names[command] ?? []
    }
}

/// The flags of one command line, parsed as kubectl's flag library does.
package struct FlagValues {
    private var given: [String: [String]] = [:]
    private let flags: [Flag]
    /// The given flags as `--name=value`, in their order.
    private(set) var canonical: [String] = []
    /// Where it is noted which flags are read, and the command they are of.
    var reads: (notes: FlagReads, command: String)?

    init(_ flags: [Flag]) { self.flags = flags }

    mutating func add(_ name: String, _ value: String) {
        given[name, default: []].append(value)
        canonical.append("--\(name)=\(value)")
    }

    /// Whether the flag stood on the command line, for those who look at all flags.
    func isGiven(_ name: String) -> Bool { given[name] != nil }

    /// Whether the flag was given.
    package func has(_ name: String) -> Bool {
        note(name)
        return isGiven(name)
    }

    private func note(_ name: String) { reads?.notes.note(name, of: reads?.command ?? "") }

    /// The last value given, or the flag's standard.
    package func string(_ name: String) -> String {
        note(name)
        return given[name]?.last ?? flags.first { $0.name == name }?.standard ?? ""
    }

    /// All values given, in order.
    package func strings(_ name: String) -> [String] {
        note(name)
        return given[name] ?? []
    }

    /// All values given, those with commas taken apart (pflag's string slices).
    package func list(_ name: String) -> [String] {
        strings(name).flatMap { $0.split(separator: ",", omittingEmptySubsequences: false) }
            .map(String.init)
    }

    package func bool(_ name: String) -> Bool { Self.parseBool(string(name)) ?? false }

    /// The number, or 0 where neither given nor standard.
    package func int(_ name: String) -> Int { Int(string(name)) ?? 0 }

    /// Milliseconds; nil where not given and without standard.
    package func milliseconds(_ name: String) -> Int64? {
        let text = string(name)
        return text.isEmpty ? nil : Self.parseDuration(text)
    }

    static func parseBool(_ text: String) -> Bool? {
        switch text {
        case "1", "t", "T", "true", "TRUE", "True": true
        case "0", "f", "F", "false", "FALSE", "False": false
        default: nil
        }
    }

    static func parseDuration(_ text: String) -> Int64? {
        if let seconds = Int64(text) { return Int64(seconds: seconds) }
        guard let duration = try? Duration(parsing: text) else { return nil }
        return Int64(atMost: duration.milliseconds)
    }
}

/// Takes a command line apart.
struct FlagParser {
    let flags: [Flag]
    /// The line behind an error that says where to find help.
    let help: String

    struct Outcome {
        var values: FlagValues
        var arguments: [String] = []
        var argumentsBeforeDashes: Int?
        var wantsHelp = false
    }

    func parse(_ words: [String]) throws(VerbError) -> Outcome {
        var outcome = Outcome(values: FlagValues(flags))
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                outcome.argumentsBeforeDashes = outcome.arguments.count
                outcome.arguments += rest
                break
            }
            if word.hasPrefix("--") {
                try parseLong(word, &rest, &outcome)
            } else if word.hasPrefix("-"), word.count > 1 {
                try parseShort(word, &rest, &outcome)
            } else {
                outcome.arguments.append(word)
            }
        }
        return outcome
    }

    /// The words as they are, but `--help` seen.
    func unread(_ words: [String]) -> Outcome {
        var outcome = Outcome(values: FlagValues(flags))
        outcome.wantsHelp = words.contains("--help") || words.contains("-h")
        outcome.arguments = words
        return outcome
    }

    private func parseLong(
        _ word: String, _ rest: inout ArraySlice<String>, _ outcome: inout Outcome
    ) throws(VerbError) {
        let body = word.dropFirst(2)
        let parts = body.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        if name.isEmpty || name.hasPrefix("-") { throw error("bad flag syntax: \(word)") }
        guard let flag = flags.first(where: { $0.name == name }) else {
            if name == "help" {
                outcome.wantsHelp = true
                return
            }
            throw error("unknown flag: --\(name)")
        }
        if parts.count == 2 {
            try set(flag, String(parts[1]), &outcome)
        } else if let alone = flag.valueAlone {
            try set(flag, alone, &outcome)
        } else if let value = rest.popFirst() {
            try set(flag, value, &outcome)
        } else {
            throw error("flag needs an argument: --\(name)")
        }
    }

    /// `-n name`, `-nname`, `-n=name`, `-Aw`.
    private func parseShort(
        _ word: String, _ rest: inout ArraySlice<String>, _ outcome: inout Outcome
    ) throws(VerbError) {
        var letters = word.dropFirst()
        while let letter = letters.first {
            let shorthands = letters
            letters.removeFirst()
            guard let flag = flags.first(where: { $0.short == letter }) else {
                if letter == "h" {
                    outcome.wantsHelp = true
                    continue
                }
                throw error("unknown shorthand flag: '\(letter)' in -\(shorthands)")
            }
            if letters.first == "=" {
                return try set(flag, String(letters.dropFirst()), &outcome)
            }
            if let alone = flag.valueAlone {
                try set(flag, alone, &outcome)
            } else if !letters.isEmpty {
                return try set(flag, String(letters), &outcome)
            } else if let value = rest.popFirst() {
                return try set(flag, value, &outcome)
            } else {
                throw error("flag needs an argument: '\(letter)' in -\(shorthands)")
            }
        }
    }

    private func set(
        _ flag: Flag, _ value: String, _ outcome: inout Outcome
    ) throws(VerbError) {
        let problem: String?
        switch flag.kind {
        case .bool:
            problem =
                FlagValues.parseBool(value) == nil
                ? "strconv.ParseBool: parsing \"\(value)\": invalid syntax" : nil
        case .int:
            problem =
                Int(value) == nil
                ? "strconv.ParseInt: parsing \"\(value)\": invalid syntax" : nil
        case .duration:
            problem =
                FlagValues.parseDuration(value) == nil
                ? "time: invalid duration \"\(value)\"" : nil
        case .string, .strings:
            problem =
                flag.isPairs && !value.contains("=")
                ? "\(value) must be formatted as key=value" : nil
        }
        if let problem {
            throw error("invalid argument \"\(value)\" for \"\(flag.label)\" flag: \(problem)")
        }
        outcome.values.add(flag.name, value)
    }

    private func error(_ message: String) -> VerbError {
        .flags(message, help: help)
    }
}
