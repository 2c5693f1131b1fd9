import Language
import Model
import Syntax
import Tools
import Verbs

/// What there are pages of, by what they are.
enum HelpList: String, CaseIterable {
    case verbs, tools, keywords, functions, kinds, settings, codes

    fileprivate var summary: String {
        switch self {
        case .verbs: "what a statement can begin with: kubectl's verbs and the world's"
        case .tools: "grep, jq, sort and the others, also behind `|`"
        case .keywords: "the words of the language: expect, always, for, behavior …"
        case .functions: "count, map, join and the others"
        case .kinds: "deployments, pods …: the kinds of the cluster"
        case .settings: "how containers can be told to act with `behavior`"
        case .codes: "what the codes of errors and warnings mean"
        }
    }
}

extension HelpBook {
    /// A list of pages by its name; nil where there is none.
    func list(named name: String) -> String? {
        switch name {
        case "topics", "topic": return topics
        case "commands", "verb": return list(.verbs)
        case "statements", "keyword": return list(.keywords)
        case "errors", "code": return list(.codes)
        case "setting": return list(.settings)
        case "function": return list(.functions)
        case "tool": return list(.tools)
        case "kind": return list(.kinds)
        default: return HelpList(rawValue: name).map(list)
        }
    }

    private var topics: String {
        "Topics (`help NAME`):\n" + Self.table(HelpGuide.all.map { ($0.name, $0.summary) })
            + "\nLists:\n" + Self.table(HelpList.allCases.map { ($0.rawValue, $0.summary) })
            + "\nEvery name in a list has a page of its own: help rollout undo, help grep, help expect, "
            + "help count,\nhelp pods, help behavior exitCode, help DD2031. Fields are explained too: "
            + "help deployment.spec.strategy\n"
    }

    private func list(_ list: HelpList) -> String {
        switch list {
        case .verbs:
            func verbs(_ group: Verb.Group) -> String {
                Self.table(
                    VerbRegistry.all.filter { $0.group == group }.map { ($0.name, $0.summary) })
            }
            return "The world's:\n" + verbs(.world)
                + "\nkubectl's (the word may be left out):\n" + verbs(.kubectl)
        case .tools:
            return "Tools, also behind `|`:\n"
                + Self.table(
                    ToolRegistry.all.filter { !$0.isOutside }.map { ($0.name, $0.summary) })
                + "\nPrograms of machines (apt-get, systemctl, docker, minikube, kind, helm, ssh, git "
                + "and others) say what does their work here.\n"
        case .keywords:
            let starters = Set(Keyword.statementStarters)
            let rows = Keyword.allCases.map { (word: $0, row: ($0.rawValue, $0.meaning)) }
            return "What begins a statement:\n"
                + Self.table(rows.filter { starters.contains($0.word) }.map(\.row))
                + "\nIn expressions:\n"
                + Self.table(rows.filter { !starters.contains($0.word) }.map(\.row))
                + "\nAt one place only:\n"
                + Self.table(ContextualWord.all.map { ($0.name, $0.meaning) })
        case .functions:
            return "Functions:\n" + Self.table(Builtins.all.map { ($0.signature, $0.summary) })
        case .kinds:
            return "Kinds (`api-resources` has them as kubectl does):\n"
                + Self.table(
                    kinds.all.map { kind in
                        let short = kind.shortNames.joined(separator: ", ")
                        return (
                            kind.qualifiedPlural, kind.name + (short.isEmpty ? "" : " (\(short))")
                        )
                    })
        case .settings:
            return BehaviorSubjectKind.allCases.map { subject in
                "behavior \(subject.target) { … }:\n"
                    + Self.table(
                        BehaviorSettings.all.filter { $0.subject == subject }
                            .map { ($0.name, $0.summary) })
            }.joined(separator: "\n")
        case .codes:
            return "Codes:\n" + Self.table(Explanation.all.map { ($0.code, $0.title) })
        }
    }
}
