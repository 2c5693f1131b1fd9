import API
import Support

/// Every verb there is: the one place where verbs are listed.
package enum VerbRegistry {
    // tidy: lists static let (\w+): Verb = of Sources/Verbs, or another row does

    /// kubectl's verbs, then the world's.
    package static let all: [Verb] = kubectl + world

    private static let kubectl: [Verb] =
        [
            // Basic
            .create, .expose, .run, .set, .explain, .get, .delete,
            // Deploy
            .rollout, .scale, .autoscale, .auth, .edit,
            // Cluster
            .certificate, .clusterInfo, .top, .cordon, .uncordon, .drain, .taint,
            // Troubleshooting
            .describe, .logs, .attach, .exec, .copy, .events, .debug, .portForward, .proxy,
            // Advanced
            .diff, .apply, .patch, .replace, .wait, .kustomize,
            // Settings
            .label, .annotate,
            // Other
            .apiResources, .apiVersions, .config, .options, .version,
        ] + Verb.lackingVerbs

    private static let world: [Verb] = [
        .node, .world, .load, .advance, .settle, .step, .undo, .rewind, .forward, .snapshot,
        .restore, .branch, .branches, .compare, .reset, .pending, .cancel, .seed, .featureGate,
        .log, .why, .timeline, .tree, .map, .save, .dig, .nslookup, .help,
    ]

    /// The verb that `word` calls.
    package static func verb(_ word: String) -> Verb? { all.first { $0.answers(to: word) } }

    /// A verb that is spelt nearly like `word`.
    package static func nearest(to word: String) -> String? {
        nearestName(to: word, among: all.map(\.name))
    }

    /// The verb that `words` lead to, with the words that are left.
    static func resolve(_ words: [String]) -> (verb: Verb, path: [String], rest: [String])? {
        guard let first = words.first, var verb = verb(first) else { return nil }
        var path = [verb.name]
        var rest = Array(words.dropFirst())
        while !verb.subverbs.isEmpty, let place = firstArgument(in: rest, of: verb),
            let next = verb.subverb(rest[place])
        {
            verb = next
            path.append(next.name)
            rest.remove(at: place)
        }
        return (verb, path, rest)
    }

    /// The first word that is neither a flag nor its value: a subverb may stand behind flags
    /// (`rollout -n shop status deploy/web`).
    private static func firstArgument(in words: [String], of verb: Verb) -> Int? {
        let flags = verb.flags + sharedFlags
        var index = 0
        while index < words.count {
            let word = words[index]
            guard word.hasPrefix("-"), word.count > 1 else { return index }
            if word == "--" { return nil }
            let flag = flags.first { "--\($0.name)" == word || "-\($0.short ?? " ")" == word }
            index += flag != nil && flag?.valueAlone == nil ? 2 : 1
        }
        return nil
    }
}

extension VerbRegistry {
    /// Runs a command line (without `kubectl`) and answers its exit code. Errors of the verb are
    /// written; interruptions and errors of a block are thrown on.
    package static func run(
        _ words: [String], hasKubectl: Bool = true, in context: VerbContext
    ) throws -> Int32 {
        try catching(words, context) {
            let call = try call(words, in: context)
            let (client, outer) = (context.client, context.client.showsManagedFields)
            if call.needsManagedFields(words) { client.showsManagedFields = true }
            defer { client.showsManagedFields = outer }
            try call.verb.run(call)
            try call.failForWarnings()
        }
    }

    private static func catching(
        _ words: [String], _ context: VerbContext, _ work: () throws -> Void
    ) throws -> Int32 {
        do {
            try work()
            // What was left off in the middle says nothing.
            if StopRequest.isMade { throw ClusterError.interrupted }
            return 0
        } catch _ as VerbError where StopRequest.isMade {
            throw ClusterError.interrupted
        } catch let error as VerbError {
            if case .help(let text, _) = error { context.output.write(text) }
            context.output.error(error.text)
            return error.exitCode ?? resolve(words)?.verb.failureCode ?? 1
        } catch ClusterError.interrupted {
            throw ClusterError.interrupted
        } catch let error as ClusterError {
            context.output.error("error: \(error.message)\n")
            return 1
        }
    }

    /// Starts a command that goes on beside others. Answers it, or nil when it has come to its end;
    /// errors are written.
    package static func start(
        _ words: [String], in context: VerbContext
    ) throws -> (following: (any Following)?, exitCode: Int32) {
        var following: (any Following)?
        let code = try catching(words, context) {
            let call = try self.call(words, in: context)
            if let follow = call.verb.follow {
                following = try follow(call)
            } else {
                try call.verb.run(call)
            }
        }
        return (following, code)
    }

    /// Resolves and parses a command line, and lets the client's time pass.
    private static func call(_ words: [String], in context: VerbContext) throws -> VerbCall {
        let (leading, words) = split(words)
        guard let (verb, path, rest) = resolve(words) else {
            throw unknown(words.first)
        }
        let prefix = verb.group == .kubectl ? "kubectl " : ""
        if verb.group == .kubectl, let flag = leading.first(where: { !isGlobal($0) }) {
            throw VerbError.plain("Error: flags cannot be placed before plugin name: \(flag)")
        }
        let flags = flags(of: verb, path: path)
        let parser = FlagParser(
            flags: flags, help: flagHelp(of: verb, prefix + path.joined(separator: " ")))
        let given = leading + (verb.hasSingleDashFlags ? withTwoDashes(rest, flags) : rest)
        var outcome = verb.takesAnyFlags ? parser.unread(given) : try parser.parse(given)
        if let notes = context.flagReads {
            outcome.values.reads = (notes, path.joined(separator: " "))
        }
        if outcome.wantsHelp { throw VerbError.help(HelpText.of(verb, path: path)) }
        if verb.group == .kubectl { try ClusterChoice.check(outcome.values, path, context) }
        for flag in flags where outcome.values.isGiven(flag.name) {
            guard let text = flag.deprecation else { continue }
            context.output.error("Flag --\(flag.name) has been deprecated, \(text)\n")
        }
        for flag in flags where outcome.values.isGiven(flag.name) {
            if case .refused(let reason) = flag.fate {
                throw VerbError.message("--\(flag.name) has no place here: \(reason)")
            }
        }
        let missing = verb.flags.filter { $0.isRequired && !outcome.values.isGiven($0.name) }
        if !missing.isEmpty {
            throw VerbError.missingFlags(missing.map(\.name).sorted())
        }
        // A deferred block acts within one instant (DECISIONS 14), so no client's time passes in it.
        if verb.group == .kubectl, !context.clock.standsStill {
            try context.advance(by: context.clock.commandPause)
        }
        return VerbCall(
            verb: verb, path: path, flags: outcome.values, arguments: outcome.arguments,
            argumentsBeforeDashes: outcome.argumentsBeforeDashes, context: context,
            commandLine: commandLine(path, outcome))
    }

    /// The words of a command line without its flags: the verb and its subverbs by their own names, then the
    /// arguments. Words that are no command are what they are.
    package static func withoutFlags(_ words: [String]) -> [String] {
        let words = split(words).words
        guard let (verb, path, rest) = resolve(words) else { return words }
        let flags = flags(of: verb, path: path)
        let parser = FlagParser(flags: flags, help: "")
        let given = verb.hasSingleDashFlags ? withTwoDashes(rest, flags) : rest
        if verb.takesAnyFlags { return path + parser.unread(given).arguments }
        // What cannot be parsed is never run.
        return path + ((try? parser.parse(given).arguments) ?? rest)
    }

    /// Flags may stand before the verb: `kubectl -n shop get pods`.
    private static func split(_ words: [String]) -> (leading: [String], words: [String]) {
        var words = words
        var leading: [String] = []
        while let word = words.first, word.hasPrefix("-") {
            leading.append(words.removeFirst())
            if !word.contains("="),
                globalFlags.contains(where: {
                    "-\($0.short ?? " ")" == word || "--\($0.name)" == word
                }),
                !words.isEmpty
            {
                leading.append(words.removeFirst())
            }
        }
        return (leading, words)
    }

    /// Where errors about flags point. A verb with a code of its own words them as other errors.
    private static func flagHelp(of verb: Verb, _ command: String) -> String {
        verb.failureCode == 1
            ? "See '\(command) --help' for usage."
            : "See '\(command) -h' for help and examples"
    }

    /// Puts a second dash before the flags of several letters that have but one.
    private static func withTwoDashes(_ words: [String], _ flags: [Flag]) -> [String] {
        words.map { word in
            guard word.hasPrefix("-"), !word.hasPrefix("--") else { return word }
            let name = word.dropFirst().prefix { $0 != "=" }
            return name.count > 1 && flags.contains { $0.name == name } ? "-" + word : word
        }
    }

    /// The command as `--record` keeps it: arguments, then the given flags.
    private static func commandLine(_ path: [String], _ outcome: FlagParser.Outcome) -> String {
        (["kubectl"] + path + outcome.arguments + outcome.values.canonical).joined(separator: " ")
    }

    private static func unknown(_ word: String?) -> VerbError {
        guard let word else {
            return .help("kubectl controls the simulated cluster; see `help` for its verbs.\n")
        }
        var text = "error: unknown command \"\(word)\" for \"kubectl\""
        // Source: cobra's SuggestionsFor, with kubectl's commands in the order of their groups.
        let near = kubectl.map(\.name).filter {
            editDistance(word.lowercased(), $0) <= 2 || $0.hasPrefix(word.lowercased())
        }
        if !near.isEmpty {
            text += "\n\nDid you mean this?\n" + near.map { "\t\($0)\n" }.joined()
        }
        return .plain(text)
    }

    /// Whether a word before the verb is a flag of every verb, or the value of one.
    private static func isGlobal(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word != "-h", word != "--help" else { return true }
        let name = word.drop { $0 == "-" }.prefix { $0 != "=" }
        return globalFlags.contains {
            $0.name == name || !word.hasPrefix("--") && $0.short == name.first
        }
    }

    /// All flags that a verb takes: its own, those of kubectl that have no effect here, and those that
    /// every verb has, unless it means something else by them.
    package static func flags(of verb: Verb, path: [String]) -> [Flag] {
        guard verb.group == .kubectl else { return verb.flags }
        let own = FurtherFlags.complete(verb.flags, of: path)
        let names = Set(own.map(\.name))
        let letters = Set(own.compactMap(\.short))
        return own
            + globalFlags.filter {
                !names.contains($0.name) && !($0.short.map(letters.contains) ?? false)
            }
    }

    /// The flags that every verb of kubectl has.
    package static var sharedFlags: [Flag] { globalFlags }
}
