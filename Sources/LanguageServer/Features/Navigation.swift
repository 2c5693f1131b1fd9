import Assist
import Model
import Syntax
import Value

extension LanguageServer {
    /// `textDocument/definition`: of names, of included files, of the files that commands read, and of
    /// objects, where they are made.
    func definition(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        let index = cursor.analysis.index
        let places = Places(index, workspace, cursor.path)
        if let mention = index.mention(at: cursor.offset), let id = mention.declaration {
            let declaration = index.declarations[id]
            return workspace.location(declaration.span, in: index.sources[declaration.source])
        }
        for include in index.includes where include.source == 0 {
            guard include.span.touches(cursor.offset), let source = include.included else {
                continue
            }
            return Places.beginning(of: workspace.uri(ofPath: index.sources[source].name))
        }
        if let (command, word) = index.word(at: cursor.offset) {
            let words = CommandWords(command.words)
            if let file = Self.file(named: words, at: word), let place = places.file(file) {
                return place
            }
            if case .argument(let place)? = words.roles[safely: word], place > 0,
                let kind = KindRegistry.builtIn.kind(named: words.arguments[0])
            {
                return .array(
                    places.locations(of: KindRegistry.builtIn[kind], words.texts[word]))
            }
        }
        let object = index.objects.last { $0.source == 0 && $0.span.touches(cursor.offset) }
        guard let object, let name = object.name else { return .null }
        return .array(places.locations(of: object.kind, name))
    }

    /// The file that a word of a command names.
    private static func file(named words: CommandWords, at word: Int) -> String? {
        let flags = ["filename", "patch-file", "from-file", "from-env-file", "kustomize"]
        switch words.roles[safely: word] {
        case .value(of: let flag) where flags.contains(flag.name): return words.texts[word]
        case .flag(let flag) where flags.contains(flag.name):
            let text = words.texts[word]
            if let sign = text.firstIndex(of: "=") {
                return String(text[text.index(after: sign)...])
            }
            return text.hasPrefix("--") || text.count < 3 ? nil : String(text.dropFirst(2))
        case .argument where words.tool != nil: return words.texts[word]
        case .verb, .tool, .flag, .value, .argument, .unknown, nil: return nil
        }
    }

    // MARK: References

    /// The declaration at a cursor, as everybody sees it who looks from another script.
    struct Target: Hashable {
        let path: String
        let span: SourceSpan
        let name: String
        let isTop: Bool
    }

    func target(at cursor: Cursor) -> Target? {
        let index = cursor.analysis.index
        guard let id = index.mention(at: cursor.offset)?.declaration else { return nil }
        let declaration = index.declarations[id]
        return Target(
            path: index.sources[declaration.source].name, span: declaration.span,
            name: declaration.name, isTop: declaration.isTop)
    }

    /// A mention with the file that it stands in.
    struct FoundMention {
        let source: Source
        let span: SourceSpan
        let isWrite: Bool
        let isDeclaration: Bool
    }

    /// Every mention of a declaration, in the script of the cursor and, of a name at the top, in all
    /// scripts that include its file; in the order of files and places.
    func mentions(of target: Target, from cursor: Cursor) -> [FoundMention] {
        var indexes = [cursor.analysis.index]
        if target.isTop {
            for path in workspace.scripts() where path != cursor.path {
                guard let index = workspace.index(ofPath: path),
                    index.sources.contains(where: { $0.name == target.path })
                else { continue }
                indexes.append(index)
            }
        }
        var seen: Set<[String]> = []
        var found: [FoundMention] = []
        for index in indexes {
            let id = index.declarations.firstIndex {
                $0.span == target.span && index.sources[$0.source].name == target.path
            }
            guard let id else { continue }
            for mention in index.mentions(of: id) {
                let source = index.sources[mention.source]
                guard seen.insert([source.name, "\(mention.span.start)"]).inserted else { continue }
                found.append(
                    FoundMention(
                        source: source, span: mention.span, isWrite: mention.isWrite,
                        isDeclaration: mention.span == target.span && source.name == target.path))
            }
        }
        return found.sorted {
            ($0.source.name, $0.span.start) < ($1.source.name, $1.span.start)
        }
    }

    /// `textDocument/references`: of names; of objects, wherever the script mentions them.
    func references(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        let showsDeclaration = parameters["context"]["includeDeclaration"].bool ?? true
        guard let target = target(at: cursor) else {
            return .array(
                objectMentions(at: cursor).map {
                    workspace.location($0, in: cursor.analysis.index.sources[0])
                })
        }
        return .array(
            mentions(of: target, from: cursor)
                .filter { showsDeclaration || !$0.isDeclaration }
                .map { workspace.location($0.span, in: $0.source) })
    }

    private func objectMentions(at cursor: Cursor) -> [SourceSpan] {
        let objects = cursor.analysis.index.objects.filter { $0.source == 0 }
        guard let object = objects.last(where: { $0.span.touches(cursor.offset) }),
            object.name != nil
        else { return [] }
        return objects.filter {
            $0.name == object.name && $0.kind.storedKind == object.kind.storedKind
        }
        .map(\.span)
    }

    /// `textDocument/documentHighlight`
    func highlight(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        guard let target = target(at: cursor) else {
            return .array(
                objectMentions(at: cursor).map {
                    ["range": workspace.range($0, in: cursor.lines), "kind": 1]
                })
        }
        let index = cursor.analysis.index
        let id = index.declarations.firstIndex {
            $0.span == target.span && index.sources[$0.source].name == target.path
        }
        let own = id.map { index.mentions(of: $0) } ?? []
        return .array(
            own.filter { $0.source == 0 }.map {
                [
                    "range": workspace.range($0.span, in: cursor.lines),
                    "kind": $0.isWrite ? 3 : 2,
                ]
            })
    }
}

extension Array {
    /// The element at an index; nil where there is none.
    subscript(safely index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
