import Model
import Session
import Syntax
import Tools
import Verbs

extension CommandWords.Role {
    fileprivate var isFlagOrValue: Bool {
        switch self {
        case .flag, .value: true
        case .verb, .tool, .argument, .unknown: false
        }
    }
}

extension Completer {
    /// What can be the next word of a command, and how much of what was typed stands before the part that
    /// a candidate replaces (`--output=`, `deployment/`), in UTF-8 bytes.
    func arguments(
        behind words: [Word], _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        guard let first = words.first else { return (verbs, 0) }
        if first.literalText == "behavior" { return behaviorTargets(typed) }
        let command = CommandWords(words)
        if let tool = command.tool {
            guard typed.hasPrefix("-") else { return files(typed) }
            return (options(of: tool), 0)
        }
        if let flag = command.pendingFlag { return values(of: flag, in: command, typed) }
        guard let verb = command.verb else {
            // Behind `kubectl -n shop`, where flags stand before the verb.
            let isBefore =
                words.allSatisfy { $0.literalText?.hasPrefix("-") ?? false }
                || command.roles.allSatisfy(\.isFlagOrValue)
            if typed.hasPrefix("-"), isBefore { return flags(of: command, typed) }
            return (isBefore ? verbs.filter { $0.kind == .verb } : [], 0)
        }
        if typed.hasPrefix("-") { return flags(of: command, typed) }
        if !verb.subverbs.isEmpty, command.arguments.isEmpty {
            let subverbs = verb.subverbs.map {
                Candidate(
                    $0.name, .verb, detail: $0.summary, topic: .verb(command.path + [$0.name]))
            }
            if case .nothing = verb.completes { return (subverbs, 0) }
            return (subverbs + arguments(of: verb, command, typed).candidates, 0)
        }
        return arguments(of: verb, command, typed)
    }

    private var verbs: [Candidate] {
        VerbRegistry.all.map {
            Candidate($0.name, .verb, detail: $0.summary, topic: .verb([$0.name]), rank: 1)
        }
            + ToolRegistry.all.filter { !$0.isOutside }.map {
                Candidate($0.name, .tool, detail: $0.summary, topic: .tool($0.name), rank: 2)
            }
    }

    // MARK: Flags

    private func flags(
        of command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        if let sign = typed.firstIndex(of: "="), let flag = command.flag(of: typed) {
            let value = String(typed[typed.index(after: sign)...])
            let (found, more) = values(of: flag, in: command, value)
            return (found, typed[...sign].utf8.count + more)
        }
        let shown = command.flags.filter { $0.deprecation == nil && !$0.isAlpha }
        var found = shown.map { flag in
            Candidate(
                flag.kind.isBool ? "--\(flag.name)" : "--\(flag.name)=", .flag,
                detail: flag.summary, topic: .flag(flag.name, of: command.path),
                rank: Self.rank(of: flag))
        }
        if !typed.hasPrefix("--") {
            found += shown.compactMap { flag in
                flag.short.map {
                    Candidate(
                        "-\($0)", .flag, detail: flag.summary,
                        topic: .flag(flag.name, of: command.path), rank: Self.rank(of: flag) + 1)
                }
            }
        }
        return (found, 0)
    }

    /// Flags that change nothing come last.
    private static func rank(of flag: Flag) -> Int {
        switch flag.fate {
        case .effect: 2
        case .none, .refused: 7
        }
    }

    private func options(of tool: Tool) -> [Candidate] {
        tool.options.flatMap { option in
            let long = option.long.map { name in
                if case .required = option.argument { "--\(name)=" } else { "--\(name)" }
            }
            return [option.short.map { "-\($0)" }, long].compactMap(\.self).map {
                Candidate($0, .flag, detail: option.summary)
            }
        }
    }

    // MARK: Arguments

    private func arguments(
        of verb: Verb, _ command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        if let own = ownArguments(command, typed) { return own }
        switch verb.completes {
        case .nothing: return ([], 0)
        case .words(let words): return (words.map { Candidate($0, .value) }, 0)
        case .files: return files(typed)
        case .topics: return (helpTopics(behind: command.arguments), 0)
        case .pending:
            return (scene.pending.map { Candidate($0, .value) } + [Candidate("all", .value)], 0)
        case .names(let kind):
            if typed.contains("/") { return resources(command, typed) }
            return (objects(named: kind), 0)
        case .resources:
            if verb.name == "explain" { return explained(typed) }
            if verb.name == "why" { return asked(command, typed) }
            return resources(command, typed)
        }
    }

    /// What `help` has pages of; behind `behavior` and verbs, what belongs to them.
    private func helpTopics(behind words: [String]) -> [Candidate] {
        if words == ["behavior"] {
            return BehaviorSettings.names.map { name in
                let type = BehaviorSettings.all.first { $0.name == name }?.type
                return Candidate(name, .setting, detail: type ?? "", topic: .setting(name))
            }
        }
        if let path = VerbRegistry.path(of: words), path.count == words.count,
            let verb = VerbRegistry.verb(at: path)
        {
            return verb.subverbs.map {
                Candidate($0.name, .verb, detail: $0.summary, topic: .verb(path + [$0.name]))
            }
        }
        return words.isEmpty
            ? HelpBook(kinds: scene.kinds).names.map { Candidate($0, .value) } : []
    }

    /// A kind, then names of that kind; or kind/name.
    private func resources(
        _ command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        if let slash = typed.firstIndex(of: "/") {
            let kind = String(typed[..<slash])
            return (objects(named: kind), typed[...slash].utf8.count)
        }
        if let kind = command.arguments.first, !kind.contains("/") {
            return (objects(named: kind), 0)
        }
        return listed(kindNames, typed)
    }

    /// An object, perhaps after `gone`, then what is said of it: `pending`, `not ready`.
    private func asked(
        _ command: CommandWords, _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        let objects = command.arguments.filter { $0 != "gone" }
        guard let first = objects.first else {
            if typed.contains("/") { return resources(command, typed) }
            let gone = Candidate("gone", .value, detail: "who took an object away, and why")
            return ((command.arguments.isEmpty ? [gone] : []) + kindNames, 0)
        }
        if !first.contains("/"), objects.count == 1 { return (self.objects(named: first), 0) }
        return ((["not"] + WhyText.states).map { Candidate($0, .value) }, 0)
    }

    var kindNames: [Candidate] {
        scene.kinds.all.flatMap { kind in
            ([kind.plural, kind.singular] + kind.shortNames).map {
                Candidate(
                    $0, .kindOfObject, detail: kind.name, topic: .kind(kind.qualifiedPlural),
                    rank: $0 == kind.plural ? 4 : 5)
            }
        } + [Candidate("all", .kindOfObject)]
    }

    /// `deployment.spec.str`: a kind, then fields.
    private func explained(_ typed: String) -> (candidates: [Candidate], skipped: Int) {
        let parts = typed.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1 else { return (kindNames, 0) }
        var shape = kinds(named: parts[0]).first.map { ValueShape($0) }
        for name in parts.dropFirst().dropLast() {
            shape = shape?.field(name)
            while let item = shape?.item { shape = item }
        }
        let skipped = typed.utf8.count - (parts.last?.utf8.count ?? 0)
        return (shape.map(Self.fields) ?? [], skipped)
    }

    /// Values of a list with commas: the last is the one that is typed.
    func listed(
        _ candidates: [Candidate], _ typed: String
    ) -> (candidates: [Candidate], skipped: Int) {
        guard let comma = typed.lastIndex(of: ",") else { return (candidates, 0) }
        return (candidates, typed[...comma].utf8.count)
    }
}
