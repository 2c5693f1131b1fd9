import Language
import Model
import Syntax
import Tools
import Verbs

extension HelpBook {
    /// The page of a topic; nil where there is no such thing.
    package func page(of topic: HelpTopic) -> HelpPage? {
        switch topic {
        case .guide(let name): return HelpGuide.named(name)?.page
        case .verb(let path):
            guard let verb = VerbRegistry.verb(at: path) else { return nil }
            return HelpPage(text: HelpText.of(verb, path: path), examples: verb.examples)
        case .tool(let name):
            guard let tool = ToolRegistry.tool(named: name) else { return nil }
            return HelpPage(text: tool.help, examples: tool.examples)
        case .keyword(let name): return keyword(name)
        case .function(let name): return Builtins.named(name).map(function)
        case .kind(let name): return kinds.kind(named: name).map { kind(kinds[$0]) }
        case .setting(let name):
            let all = BehaviorSettings.all.filter { $0.name == name }
            return all.isEmpty ? nil : setting(all)
        case .code(let code):
            return Explanation.of(code).map { HelpPage(text: $0.text(), examples: []) }
        }
    }

    private func page(
        _ form: String, _ meaning: String, _ examples: [String], further: String = ""
    ) -> HelpPage {
        var text = form + "\n\n" + Self.sentence(meaning) + "\n" + further
        if !examples.isEmpty { text += "\nExamples:\n" + Self.indented(examples) }
        return HelpPage(text: text, examples: examples)
    }

    static func indented(_ examples: [String]) -> String {
        examples.map { example in
            example.split(separator: "\n", omittingEmptySubsequences: false)
                .map { "  \($0)\n" }.joined()
        }.joined()
    }

    static func sentence(_ text: String) -> String {
        guard let first = text.first else { return text }
        let end = text.last.map { ".!?:".contains($0) } ?? false
        return first.uppercased() + text.dropFirst() + (end ? "" : ".")
    }

    static func table(_ rows: [(name: String, summary: String)]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { row in
            let gap = String(repeating: " ", count: width - row.name.count + 3)
            return "  \(row.name)\(gap)\(row.summary)\n"
        }.joined()
    }

    // MARK: Words

    private func keyword(_ name: String) -> HelpPage? {
        if let word = ContextualWord.all.first(where: { $0.name == name }) {
            return page(word.form, word.meaning, word.examples)
        }
        guard let keyword = Keyword(rawValue: name) else { return nil }
        var further = ""
        if keyword == .behavior {
            func rows(_ isOfStorage: Bool) -> String {
                Self.table(
                    BehaviorSettings.all.filter { $0.isOfStorage == isOfStorage }
                        .map { ($0.name, $0.summary) })
            }
            further = "\nSettings of containers:\n" + rows(false)
            further += "\nSettings of storage classes (behavior storageclass/NAME):\n" + rows(true)
        }
        if keyword == .exercise {
            further =
                "\nParts:\n"
                + Self.table(ExerciseWord.allCases.map { ($0.rawValue, $0.meaning) })
                + "\nHow they are written:\n"
                + Self.indented(ExerciseWord.allCases.map(\.form))
        }
        return page(keyword.form, keyword.meaning, keyword.examples, further: further)
    }

    private func function(_ builtin: Builtin) -> HelpPage {
        page(builtin.signature, builtin.summary, [builtin.example])
    }

    // MARK: Kinds and settings

    private func kind(_ kind: KindDescriptor) -> HelpPage {
        let place = kind.isNamespaced ? "in a namespace" : "in no namespace"
        let names = ([kind.plural, kind.singular] + kind.shortNames).joined(separator: ", ")
        var summary = "a kind that this cluster was told of"
        if let explanation = try? Explain.explain(kind, path: []),
            let first = explanation.descriptions.first
        {
            summary = first
        }
        var examples = ["explain \(kind.qualifiedPlural)"]
        if kind.verbs.contains("list") {
            examples = ["get \(kind.qualifiedPlural)"] + examples
            examples.append("print count(\(kind.qualifiedPlural)[])")
        }
        return page(
            "\(kind.name) (\(kind.apiVersion), \(place))", summary, examples,
            further: "\nNames: \(names)\n")
    }

    /// - Parameter facts: a setting of containers, and the one of storage classes of that name.
    private func setting(_ facts: [BehaviorSettingFacts]) -> HelpPage {
        let forms = facts.map { fact in
            let target = fact.isOfStorage ? "storageclass/NAME" : "IMAGE"
            return "behavior \(target) { \(fact.name): … }   (\(fact.type))"
        }
        let examples = facts.compactMap { fact in
            SettingExample.value(of: fact).map { value in
                let target = fact.isOfStorage ? "storageclass/standard" : "nginx"
                return "behavior \(target) { \(fact.name): \(value) }"
            }
        }
        let meanings = facts.map { Self.sentence($0.summary) }.joined(separator: "\n")
        return page(forms.joined(separator: "\n"), meanings, examples)
    }
}

/// What a setting of `behavior` can be set to, for its example.
enum SettingExample {
    static func value(of fact: BehaviorSettingFacts) -> String? {
        switch fact.name {
        case "memory", "disk": return "[{from: 1m, use: 200Mi}]"
        case "message": return "\"out of luck\""
        case "ready", "provisions": return "false"
        case "http": return "{\"/\": \"v1 {hostname}\", \"/healthz\": 503 after 30s}"
        case "listens": return "[80, 8080]"
        case "logs": return "[\"started\", \"ready\" after 2s, \"tick\" every 10s]"
        default: break
        }
        if fact.type.hasPrefix("duration") { return "2s" }
        if fact.type.hasPrefix("text") { return "\"no such luck\"" }
        if fact.type.hasPrefix("boolean or list") { return "[{from: 30s, ok: false}]" }
        if fact.type.hasPrefix("boolean") { return "true" }
        if fact.type.hasPrefix("0 to") || fact.type.hasPrefix("count") { return "1" }
        return nil
    }
}
