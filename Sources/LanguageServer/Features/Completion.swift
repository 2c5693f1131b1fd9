import Assist
import Session
import Syntax
import Value

extension LanguageServer {
    /// `textDocument/completion`
    func completion(_ parameters: Value) throws(RPCError) -> Value {
        let cursor = try cursor(parameters)
        if let place = manifestPlace(at: cursor) {
            let scene = scene(at: cursor, near: cursor.analysis.index)
            let prefix = place.prefix
            let found = place.candidates(scene.kinds) + images(scene, place)
            let fitting = found.filter { $0.text.lowercased().hasPrefix(prefix.lowercased()) }
            return list(fitting, from: cursor.offset - prefix.utf8.count, cursor)
        }
        let text = String(decoding: cursor.lines.bytes.prefix(cursor.offset), as: UTF8.self)
        let context = Parser.completion(in: text, at: cursor.offset)
        // The text up to the statement at the cursor, with what is open closed again, has the names that
        // can be meant there, whatever state the rest is in.
        let before = Array(text.utf8.prefix(context.statementStart))
        let closers = Array(String(repeating: "\n}", count: context.openBlocks).utf8)
        let near = Analysis.index(
            of: Source(name: cursor.path, bytes: before + closers),
            files: workspace.files(besides: cursor.path))
        let scene = scene(at: cursor, near: near, place: context.statementStart)
        let answer = Completer(scene).complete(context, in: text, at: cursor.offset)
        return list(answer.candidates, from: answer.start, cursor)
    }

    private func images(_ scene: ScriptScene, _ place: ManifestPlace) -> [Candidate] {
        guard place.due == .value, place.path.last == "image" else { return [] }
        return scene.images.map { Candidate($0, .value, detail: "image") }
    }

    func scene(at cursor: Cursor, near: ScriptIndex, place: Int? = nil) -> ScriptScene {
        let folder = Workspace.folder(of: cursor.path)
        let isSaved = cursor.path.hasPrefix("/")
        return ScriptScene(
            cursor.analysis.index, near: near, at: place ?? cursor.offset,
            manifests: isSaved ? workspace.manifests.manifests(below: folder) : [],
            names: isSaved ? workspace.manifests.names(in: folder) : [])
    }

    /// The place in a manifest, if the cursor stands in a here-document that looks like one.
    func manifestPlace(at cursor: Cursor) -> ManifestPlace? {
        let source = cursor.analysis.index.sources[0]
        let line = source.lineIndex(at: cursor.offset)
        let document = cursor.analysis.index.documents.first {
            $0.source == 0 && $0.lines.contains(line)
        }
        guard let document else { return nil }
        let name = document.file ?? "stdin.yaml"
        guard [".yaml", ".yml"].contains(where: name.hasSuffix) else { return nil }
        let start = source.lineRange(line).lowerBound
        var before = document.lines.prefix { $0 < line }.map { source.line($0) }
        before.append(
            String(decoding: source.utf8[start..<max(start, cursor.offset)], as: UTF8.self))
        let after = document.lines.drop { $0 <= line }.map { source.line($0) }
        let margin =
            before.filter { !$0.trimmingWhitespace.isEmpty }
            .map { line in line.prefix { $0 == " " }.count }.min() ?? 0
        let shared = min(
            margin,
            after.filter { !$0.trimmingWhitespace.isEmpty }
                .map { line in line.prefix { $0 == " " }.count }.min() ?? margin)
        func stripped(_ line: String) -> Substring {
            line.dropFirst(min(shared, line.prefix { $0 == " " }.count))
        }
        return ManifestPlace(before: before.map(stripped), after: after.map(stripped))
    }

    private func list(_ candidates: [Candidate], from start: Int, _ cursor: Cursor) -> Value {
        let range: Value = [
            "start": cursor.lines.position(of: start, workspace.encoding).value,
            "end": cursor.lines.position(of: cursor.offset, workspace.encoding).value,
        ]
        let items = candidates.map { candidate -> Value in
            var item: Value = [
                "label": Value(candidate.text), "kind": Value(candidate.kind.number),
                "sortText": Value("\(candidate.rank) \(candidate.text)"),
                "textEdit": ["range": range, "newText": Value(candidate.text)],
            ]
            if !candidate.detail.isEmpty { item["detail"] = Value(candidate.detail) }
            if let topic = candidate.topic { item["data"] = Value(strings: topic.words) }
            return item
        }
        return ["isIncomplete": false, "items": .array(items)]
    }

    /// `completionItem/resolve`: what there is to read of a candidate.
    func resolveCompletion(_ item: Value) throws(RPCError) -> Value {
        guard case .object = item else { throw .invalidParameters("an item is an object") }
        var item = item
        let words = item["data"].elements.compactMap(\.string)
        if let topic = Topic(words: words), let text = Descriptions().text(of: topic) {
            item["documentation"] = ["kind": "markdown", "value": Value(text)]
        }
        return item
    }
}

extension Candidate.Kind {
    /// The protocol's number (`CompletionItemKind`).
    fileprivate var number: Int {
        switch self {
        case .keyword: 14
        case .verb, .tool: 2
        case .flag, .setting: 10
        case .value: 12
        case .kindOfObject: 7
        case .object: 18
        case .field: 5
        case .function: 3
        case .variable: 6
        case .file: 17
        case .tag: 20
        }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmingWhitespace: SubSequence {
        var rest = self[...].drop(while: \.isWhitespace)
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}
