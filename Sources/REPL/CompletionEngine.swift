import Assist
import Language
import Model
import Session
import Syntax
import Value
import Verbs

/// Candidates for the word under the cursor, with the objects of the session's cluster.
final class CompletionEngine {
    private unowned let session: Session
    private let variables: () -> [String]
    private let value: (String) -> Value?
    private let aliases: () -> [String: String]
    private let further: () -> [(name: String, detail: String)]

    /// - Parameters:
    ///   - variables: the names that were declared.
    ///   - value: what a variable holds.
    ///   - aliases: what stands for the names of commands, by the name.
    ///   - further: words that can begin a line, with what they are.
    init(
        session: Session, variables: @escaping () -> [String],
        value: @escaping (String) -> Value? = { _ in nil },
        aliases: @escaping () -> [String: String] = { [:] },
        further: @escaping () -> [(name: String, detail: String)] = { [] }
    ) {
        self.further = further
        self.aliases = aliases
        self.session = session
        self.variables = variables
        self.value = value
    }

    /// The words that can stand at the place of `query`, sorted, each with a few words on what it is.
    ///
    /// The line goes on at once behind them where they stand in brackets or in `${…}`.
    func words(_ query: CompletionQuery) -> CompletionList {
        let place = query.word.lowerBound
        if let own = PromptCompletion.words(query) { return own }
        let replaced =
            PromptCompletion.asStatement(query.line, before: place)
            ?? withoutAlias(query.line, before: place)
        guard let (line, added) = replaced else {
            return words(at: query)
        }
        let word = (query.word.lowerBound + added)..<(query.word.upperBound + added)
        return words(at: CompletionQuery(line: line, word: word))
    }

    /// The line with its first word as its alias writes it, and by how many bytes that is longer; nil
    /// where the first word is none, or still being typed.
    private func withoutAlias(_ line: String, before place: Int) -> (line: String, added: Int)? {
        let aliases = aliases()
        let blanks = line.prefix { $0 == " " }
        let rest = line.dropFirst(blanks.count)
        let name = rest.prefix { $0 != " " }
        guard let text = aliases[String(name)], blanks.utf8.count + name.utf8.count < place else {
            return nil
        }
        // Aliases of aliases; one that names itself is the command.
        var expanded = text
        var seen: Set<String> = [String(name)]
        while case let first = String(expanded.prefix { $0 != " " }), let next = aliases[first],
            seen.insert(first).inserted
        {
            expanded = next + expanded.dropFirst(first.count)
        }
        let whole = blanks + expanded + rest.dropFirst(name.count)
        return (String(whole), expanded.utf8.count - name.utf8.count)
    }

    private func words(at query: CompletionQuery) -> CompletionList {
        var options = ParseOptions()
        let names = variables()
        options.expressionNames = Set(names.filter { VerbRegistry.verb($0) == nil })
        let scene = SessionScene(session: session, names: names, value: value)
        let answer = Completer(scene).complete(
            query.line, at: query.word.upperBound, options: options)
        let bytes = Array(query.line.utf8)
        // What readline replaces begins where its word does.
        let start = min(query.word.lowerBound, bytes.count)
        let words: [CompletionWord]
        if answer.start >= start {
            let lead = String(
                decoding: bytes[start..<min(answer.start, bytes.count)], as: UTF8.self)
            words = answer.candidates.map { CompletionWord(lead + $0.text, $0.detail) }
        } else {
            let cut = start - answer.start
            words = answer.candidates.map {
                CompletionWord(
                    String(decoding: $0.text.utf8.dropFirst(cut), as: UTF8.self), $0.detail)
            }
        }
        var seen: Set<String> = []
        return CompletionList(
            words: (words + PromptCompletion.openings(query, and: further())).filter {
                seen.insert($0.text).inserted
            }.sorted { $0.text < $1.text },
            isGlued: answer.isInside || Self.isInInterpolation(bytes.prefix(query.word.upperBound)))
    }
}

extension CompletionEngine {
    private static func isInInterpolation(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let open = bytes.lastIndex(of: UInt8(ascii: "{")), open > bytes.startIndex,
            bytes[open - 1] == UInt8(ascii: "$")
        else { return false }
        return !bytes[open...].contains(UInt8(ascii: "}"))
    }
}

/// What can be named at the prompt.
struct SessionScene: CompletionScene {
    let session: Session
    let names: [String]
    let value: (String) -> Value?

    var kinds: KindRegistry { session.cluster.api.kinds }

    var symbols: [SceneSymbol] {
        names.map { name in SceneSymbol(name: name, shape: value(name).flatMap(shape)) }
    }

    /// What is known of a value by the object that it is.
    private func shape(of value: Value) -> ValueShape? {
        if case .array(let items) = value {
            var list = items.first.flatMap(shape)
            list?.isList = true
            return list
        }
        guard let version = value["apiVersion"].string, let name = value["kind"].string,
            let kind = try? kinds.kind(apiVersion: version, name: name).get()
        else { return nil }
        return ValueShape(kinds[kind])
    }

    func objects(of kind: KindDescriptor) -> [SceneObject] {
        session.cluster.state.list(
            kind.kind, namespace: kind.isNamespaced ? session.namespace : nil
        ).map { SceneObject(name: $0.name) }
    }

    var files: [String] { files(in: ".") }

    func files(in folder: String) -> [String] {
        let names = session.files.entries(folder) ?? []
        return names.map { name in
            let path = folder == "." ? name : "\(folder)/\(name)"
            return session.files.entries(path) == nil ? name : name + "/"
        }
    }

    /// The scripts of the folder and of those in it.
    var scripts: [String] {
        files.flatMap { name in
            name.hasSuffix("/")
                ? files(in: String(name.dropLast())).filter { $0.hasSuffix(".dock") }.map {
                    name + $0
                }
                : name.hasSuffix(".dock") ? [name] : []
        }
    }

    var moments: [String] { session.lines().filter { $0.kind != .present }.map(\.name) }

    var contexts: [String] { session.kubeConfig.names(.contexts) }

    func labels(of kind: KindDescriptor) -> [(key: String, values: [String])] {
        var found: [String: Set<String>] = [:]
        for object in session.cluster.state.list(kind.kind, namespace: nil).prefix(2_000) {
            for field in object.value[.metadata][.labels].fields {
                found[field.key.name, default: []].insert(field.value.string ?? "")
            }
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted()) }
    }

    func containers(of kind: KindDescriptor, _ name: String) -> [String] {
        let place = kind.kind == .pod ? [.spec] : kind.podSpecPath ?? []
        guard !place.isEmpty,
            let object = session.cluster.state.list(
                kind.kind, namespace: kind.isNamespaced ? session.namespace : nil
            ).first(where: { $0.name == name })
        else { return [] }
        let spec = place.reduce(object.value) { $0[$1] }
        return spec[.containers].elements.compactMap { $0[.name].string }
            + spec[.initContainers].elements.compactMap { $0[.name].string }
    }

    var tags: [String] { [] }

    var pending: [String] { session.pendingBlocks.map { "\($0.number)" } }

    /// Those of the pods that there are.
    var images: [String] {
        let pods = session.cluster.state.list(.pod, namespace: nil).map(\.value)
        return Set(
            pods.flatMap { $0[.spec][.containers].elements.compactMap { $0[.image].string } }
        )
        .sorted()
    }
}
