import Language
import Model
import Session
import Syntax
import Tools
import Verbs

/// Candidates for the word under the cursor: verbs, tools, subverbs, flags, kinds, names of live objects,
/// keywords, variables and built-in functions.
final class CompletionEngine {
    private unowned let session: Session
    private let variables: () -> [String]

    init(session: Session, variables: @escaping () -> [String]) {
        self.session = session
        self.variables = variables
    }

    /// The words that can stand at the place of `query`, sorted.
    func words(_ query: CompletionQuery) -> [String] {
        let bytes = Array(query.line.utf8)
        let start = min(query.word.lowerBound, bytes.count)
        let end = min(query.word.upperBound, bytes.count)
        let word = String(decoding: bytes[start..<end], as: UTF8.self)
        let before = String(decoding: bytes[..<start], as: UTF8.self)
        let statement = before.split(whereSeparator: { ";{}|".contains($0) }).last ?? ""
        var words = statement.split(separator: " ").map(String.init)
        if before.last.map({ ";{}|".contains($0) }) ?? true { words = [] }
        if words.first == "kubectl" || words.first == "$" { words.removeFirst() }
        let found = candidates(word, words)
        return Set(found.filter { $0.hasPrefix(word) }).sorted()
    }

    private func candidates(_ word: String, _ words: [String]) -> [String] {
        guard let first = words.first else { return openings }
        if let verb = VerbRegistry.verb(first) { return arguments(of: verb, words, word) }
        if let tool = ToolRegistry.tool(named: first) { return arguments(of: tool, word) }
        return expression(word)
    }

    /// What can begin a statement.
    private var openings: [String] {
        var found = VerbRegistry.all.map(\.name)
        found += ToolRegistry.all.map(\.name)
        found += Keyword.statementStarters.map(\.rawValue)
        found += variables()
        found += calls
        found.append("kubectl")
        return found
    }

    /// The built-in functions with their opening bracket.
    private var calls: [String] { Builtins.all.map { "\($0.name)(" } }

    /// What can stand where an operand is due.
    private var operands: [String] {
        var found = variables()
        found += calls
        found += Keyword.allCases.map(\.rawValue)
        found += session.cluster.api.kinds.all.map { "\($0.singular)/" }
        return found
    }

    // MARK: Verbs

    private func arguments(of first: Verb, _ words: [String], _ word: String) -> [String] {
        var verb = first
        var path = [first.name]
        var rest = words.dropFirst()
        while let next = rest.first, let sub = verb.subverb(next) {
            verb = sub
            path.append(sub.name)
            rest = rest.dropFirst()
        }
        if !verb.subverbs.isEmpty, rest.isEmpty { return verb.subverbs.map(\.name) }
        let flags = VerbRegistry.flags(of: verb, path: path)
        if word.hasPrefix("-") {
            return flags.map { $0.kind.isBool ? "--\($0.name)" : "--\($0.name)=" }
        }
        if let last = rest.last, last.hasPrefix("-"), !last.contains("="),
            let flag = flags.first(where: {
                "--\($0.name)" == last || $0.short.map { "-\($0)" } == last
            }),
            flag.valueAlone == nil
        {
            return values(of: flag)
        }
        switch verb.completes {
        case .nothing: return []
        case .words(let words): return words
        case .files: return session.files.entries(".") ?? []
        case .names(let kind): return kinds(named: kind).flatMap(names)
        case .resources: return resources(word, rest.filter { !$0.hasPrefix("-") })
        }
    }

    /// Options behind a dash, else files.
    private func arguments(of tool: Tool, _ word: String) -> [String] {
        guard word.hasPrefix("-") else { return session.files.entries(".") ?? [] }
        return tool.options.flatMap { option in
            let long = option.long.map { name in
                if case .required = option.argument { "--\(name)=" } else { "--\(name)" }
            }
            return [option.short.map { "-\($0)" }, long].compactMap(\.self)
        }
    }

    private func values(of flag: Flag) -> [String] {
        switch flag.name {
        case "namespace": kinds(named: "namespaces").flatMap(names)
        case "filename": session.files.entries(".") ?? []
        default: flag.choices
        }
    }

    /// A kind, then names of that kind; or kind/name.
    private func resources(_ word: String, _ given: [String]) -> [String] {
        if let slash = word.firstIndex(of: "/") {
            let kind = String(word[..<slash])
            return kinds(named: kind).flatMap(names).map { "\(kind)/\($0)" }
        }
        if let kind = given.first, !kind.contains("/") {
            return kinds(named: kind).flatMap(names)
        }
        return kindNames
    }

    private var kindNames: [String] {
        session.cluster.api.kinds.all.flatMap { [$0.plural, $0.singular] + $0.shortNames } + ["all"]
    }

    private func kinds(named name: String) -> [KindDescriptor] {
        guard let kind = session.cluster.api.kinds.kind(named: name) else { return [] }
        return [session.cluster.api.kinds[kind]]
    }

    private func names(_ info: KindDescriptor) -> [String] {
        session.cluster.state.list(
            info.kind, namespace: info.isNamespaced ? session.namespace : nil
        ).map(\.name)
    }

    // MARK: Expressions

    private func expression(_ word: String) -> [String] {
        if let slash = word.firstIndex(of: "/") {
            let kind = String(word[..<slash])
            return kinds(named: kind).flatMap(names).map { "\(kind)/\($0)" }
        }
        return operands
    }
}
