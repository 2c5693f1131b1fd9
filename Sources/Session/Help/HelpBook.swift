import Language
import Model
import Support
import Syntax
import Tools
import Verbs

/// All that `help` can tell of: one page for each verb, tool, word, function, kind, setting and code, lists
/// of them, and some pages about no single word.
///
/// Pages are made of what verbs, functions and the others say of themselves, so that what is added has its
/// page at once.
package struct HelpBook {
    let kinds: KindRegistry

    package init(kinds: KindRegistry = .builtIn) { self.kinds = kinds }

    // MARK: Answers

    /// What is told to whoever typed `help` and these words.
    package func answer(_ words: [String]) -> HelpAnswer {
        var words = words
        while let first = words.first, first == "kubectl" || first == "$" { words.removeFirst() }
        guard let first = words.first else { return .text(HelpGuide.overview) }
        if words.count == 1, let list = list(named: first) { return .text(list) }
        if let wrong = misspelt(words) { return .unknown(wrong) }
        let found = topics(words)
        guard let topic = found.first, let page = page(of: topic) else {
            return .unknown(unknown(words))
        }
        let others = found.dropFirst().map { other in
            let article = other.category.first.map { "aeiou".contains($0) } ?? false ? "an" : "a"
            return "\(other.spokenName(beside: first)) is also \(article) \(other.category): "
                + "help \(other.category) \(other.name)\n"
        }
        return .text(page.text + (others.isEmpty ? "" : "\n" + others.joined()))
    }

    private func unknown(_ words: [String]) -> String {
        let word = words.joined(separator: " ")
        let nearest = nearestName(to: word, among: names) ?? nearestName(to: words[0], among: names)
        return "there is no help on \"\(word)\""
            + (nearest.map { "; did you mean `help \($0)`?" } ?? "")
            + " (`help topics` says what there is)"
    }

    /// What is wrong with the second of two words the first of which is known.
    private func misspelt(_ words: [String]) -> String? {
        guard words.count > 1 else { return nil }
        func refusal(_ what: String, _ names: [String]) -> String {
            let nearest = nearestName(to: words[1], among: names).map {
                "; did you mean `help \(words[0]) \($0)`?"
            }
            return "\(what) \"\(words[1])\"" + (nearest ?? "")
        }
        if words[0] == "behavior", !BehaviorSettings.all.contains(where: { $0.name == words[1] }) {
            return refusal("`behavior` has no setting", BehaviorSettings.all.map(\.name))
                + " (`help settings` lists them)"
        }
        guard let verb = VerbRegistry.verb(words[0]), !verb.subverbs.isEmpty,
            case .nothing = verb.completes, !words[1].hasPrefix("-"), verb.subverb(words[1]) == nil
        else { return nil }
        return refusal("`\(verb.name)` has no subcommand", verb.subverbs.map(\.name))
    }

    /// What some words can mean, the likeliest first.
    package func topics(_ words: [String]) -> [HelpTopic] {
        guard let first = words.first else { return [] }
        if words.count > 1 {
            let rest = Array(words.dropFirst())
            let named = topics(rest).filter { $0.category == first }
            if !named.isEmpty { return named }
            if first == "behavior", setting(rest[0]) != nil { return [.setting(rest[0])] }
            if Self.isKeyword(first), Self.isKeyword(rest[0]) { return [.keyword(rest[0])] }
        }
        var found: [HelpTopic] = []
        if let verb = VerbRegistry.path(of: words) { found.append(.verb(verb)) }
        if Keyword(rawValue: first) != nil { found.append(.keyword(first)) }
        if let tool = ToolRegistry.tool(named: first) { found.append(.tool(tool.name)) }
        if let function = Builtins.named(Self.functionName(first)) {
            found.append(.function(function.name))
        }
        if ContextualWord.all.contains(where: { $0.name == first }) {
            found.append(.keyword(first))
        }
        if let kind = kinds.kind(named: first) { found.append(.kind(kinds[kind].qualifiedPlural)) }
        if setting(first) != nil { found.append(.setting(first)) }
        if let code = Explanation.of(first) { found.append(.code(code.code)) }
        if let guide = HelpGuide.named(first) { found.append(.guide(guide.name)) }
        return found
    }

    /// `count` of `count(…)`, as people copy it.
    private static func functionName(_ word: String) -> String {
        String(word.prefix { $0 != "(" })
    }

    private static func isKeyword(_ word: String) -> Bool {
        Keyword(rawValue: word) != nil || ContextualWord.all.contains { $0.name == word }
    }

    private func setting(_ name: String) -> BehaviorSettingFacts? {
        BehaviorSettings.all.first { $0.name == name }
    }

    // MARK: All there is

    /// Every topic, in the order in which they are listed.
    package var all: [HelpTopic] {
        HelpGuide.all.map { .guide($0.name) } + VerbRegistry.paths.map { .verb($0) }
            + Keyword.allCases.map { .keyword($0.rawValue) }
            + ContextualWord.all.map { .keyword($0.name) }
            + ToolRegistry.all.map { .tool($0.name) } + Builtins.all.map { .function($0.name) }
            + kinds.all.map { .kind($0.qualifiedPlural) }
            + BehaviorSettings.names.map { .setting($0) }
            + Explanation.all.map { .code($0.code) }
    }

    /// The words that can follow `help`, for completion: each once, sorted.
    package var names: [String] {
        let words =
            VerbRegistry.all.map(\.name) + Keyword.allCases.map(\.rawValue)
            + ContextualWord.all.map(\.name) + ToolRegistry.names + Builtins.names
            + kinds.all.flatMap { [$0.plural, $0.singular] + $0.shortNames }
            + BehaviorSettings.all.map(\.name) + HelpGuide.all.map(\.name)
            + HelpList.allCases.map(\.rawValue) + ["topics"]
        return Set(words).sorted()
    }
}

extension HelpTopic {
    /// The topic beside others of the same name.
    fileprivate func spokenName(beside word: String) -> String {
        if case .kind = self { return word }
        return name
    }
}
